#define _GNU_SOURCE
#include "ingest/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "ingest/charset.h"
#include "ingest/raw.h"
#include "ingest/sound.h"
#include "model/call.h"

enum { DEPTH_MOST = 32, HEAD = 8192, LOOKED_THROUGH = 64 * 1024, FILES_MOST = 1 << 30 };

struct walker {
    struct walk *w;
    struct walk_folder *folder; /* of the file before */
    size_t room;
    size_t root; /* length of the named folder's path with its slash; 0 for a file named itself */
    struct buf path;
    const struct raw *raw;
    struct err *e;
};

static size_t read_on(int fd, char *into, size_t size)
{
    size_t got = 0;
    for (ssize_t n = 1; n > 0 && got<size; got += n> 0 ? (size_t)n : 0)
        n = read(fd, into + got, size - got);
    return got;
}

/* A call of our own format, which may name a transcript, says which version of it (reader_json.c).
 */
static bool is_alone(struct slice head, int fd)
{
    static const char ours[] = "\"earshot\"";
    char more[LOOKED_THROUGH];
    size_t n = head.n < HEAD ? 0 : read_on(fd, more, sizeof more);
    return n < sizeof more && !memmem(head.p, head.n, ours, sizeof ours - 1) &&
           !memmem(more, n, ours, sizeof ours - 1);
}

static bool is_vtt(struct slice head)
{
    return slice_starts(head, "WEBVTT") && (head.n == 6 || strchr(" \t\r\n", head.p[6]));
}

static enum walk_class class_of(struct slice head, const struct raw *raw, struct walk_file *f)
{
    if (sound_is(head))
        return WALK_SOUND;
    if (!head.n)
        f->why = "is empty, or cannot be read";
    if (f->why || (f->why = sound_stranger(head)))
        return WALK_OTHER;
    if (raw && raw_fits(raw, f->name))
        return WALK_SOUND;
    if (charset_is_utf16(head))
        return WALK_TEXT;
    if (slice_starts(head, "\xEF\xBB\xBF"))
        head.p += 3, head.n -= 3;
    struct slice text = slice_trim(head);
    if (is_vtt(head))
        return WALK_VTT;
    if (text.n && (text.p[0] == '{' || text.p[0] == '['))
        return WALK_JSON;
    return memchr(head.p, 0, head.n) ? WALK_OTHER : WALK_TEXT;
}

static void classify(struct walk_file *f, const char *path, const struct raw *raw)
{
    char bytes[HEAD];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct slice head = {bytes, fd < 0 ? 0 : read_on(fd, bytes, sizeof bytes)};
    f->class = (uint8_t)class_of(head, raw, f);
    f->alone = f->class == WALK_JSON && is_alone(head, fd);
    if (fd >= 0)
        close(fd);
}

/* "x_agent" is the agent's side of "x". */
static void find_side(struct walk_file *f)
{
    static const struct {
        const char *ending;
        int8_t side;
    } endings[] = {{"agent", CALL_AGENT},
                   {"customer", CALL_CUSTOMER},
                   {"caller", CALL_CUSTOMER},
                   {"client", CALL_CUSTOMER}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings && f->class == WALK_SOUND; i++) {
        size_t m = strlen(endings[i].ending), n = f->base;
        if (n > m + 1 && strncasecmp(f->name + n - m, endings[i].ending, m) == 0 &&
            strchr("_-.", f->name[n - m - 1])) {
            f->side = endings[i].side;
            f->base = (uint16_t)(n - m - 1);
            return;
        }
    }
}

/* How long "x" of "x.wav" is, and of "x.vcon.json". */
static uint16_t without_ending(const char *name)
{
    static const char vcon[] = ".vcon";
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name)
        return (uint16_t)strlen(name);
    size_t n = (size_t)(dot - name);
    if (n > sizeof vcon - 1 && strncasecmp(dot - sizeof vcon + 1, vcon, sizeof vcon - 1) == 0)
        n -= sizeof vcon - 1;
    return (uint16_t)n;
}

static const struct walk_folder *folder_of(struct walker *w, const char *path, dev_t device)
{
    size_t n = (size_t)(file_name_of(path) - path), below = w->root ? w->root : n;
    const struct walk_folder *f = w->folder;
    if (f && f->device == device && f->below == below && strlen(f->way) == n &&
        memcmp(f->way, path, n) == 0)
        return f;
    w->folder = arena_take(w->w->a, sizeof *w->folder);
    *w->folder = (struct walk_folder){arena_text(w->w->a, (struct slice){path, n}), below, device};
    return w->folder;
}

static bool add(struct walker *w, const struct stat *st, const char *why)
{
    const char *path = buf_text(&w->path);
    struct walk *all = w->w;
    if (all->n_files == w->room) {
        w->room = w->room ? 2 * w->room : 64;
        all->files = realloc(all->files, w->room * sizeof *all->files);
        if (!all->files)
            abort();
    }
    if (all->n_files == FILES_MOST || strlen(file_name_of(path)) > UINT16_MAX)
        return err_set(w->e, ERR_FULL, "%s: more than can be taken in at once", path);
    struct walk_file *f = &all->files[all->n_files++];
    *f = (struct walk_file){.name = arena_copy(all->a, file_name_of(path)),
                            .folder = folder_of(w, path, st->st_dev),
                            .why = why,
                            .number = st->st_ino,
                            .side = -1,
                            .linked = st->st_nlink > 1};
    f->base = without_ending(f->name);
    if (!why && f->name[0] == '.')
        f->why = "a hidden file";
    f->class = WALK_PASSED;
    if (!f->why)
        classify(f, path, w->raw);
    find_side(f);
    return true;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool walk_one(struct walker *w, int depth);

/* `path` of the walker is the folder's, before and after. */
static bool walk_folder(struct walker *w, int depth)
{
    struct dirent **entries;
    size_t length = w->path.n;
    int n = scandir(buf_text(&w->path), &entries, NULL, by_name);
    if (n < 0)
        return err_set(w->e, ERR_IO, "%s: cannot be listed: %s", buf_text(&w->path),
                       strerror(errno));
    bool ok = true;
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        if (ok && strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
            buf_format(&w->path, "%s%s", w->path.p[length - 1] == '/' ? "" : "/", name);
            ok = walk_one(w, depth + 1);
            w->path.n = length, w->path.p[length] = 0;
        }
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool walk_one(struct walker *w, int depth)
{
    const char *path = buf_text(&w->path);
    struct stat st, link;
    bool there = lstat(path, &link) == 0;
    if (!there || stat(path, &st) != 0) {
        if (depth == 0)
            return err_set(w->e, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", path,
                           strerror(errno));
        return !there /* gone since its folder was listed */ ||
               add(w, &link, "a link that leads nowhere");
    }
    if (!S_ISDIR(st.st_mode))
        return add(w, &st, S_ISREG(st.st_mode) ? NULL : "not a regular file");
    const char *why = depth && S_ISLNK(link.st_mode)          ? "a link to a folder"
                      : depth && file_name_of(path)[0] == '.' ? "a hidden folder"
                      : depth > DEPTH_MOST                    ? "a folder too deep inside others"
                                                              : NULL;
    return why ? add(w, &st, why) : walk_folder(w, depth);
}

static bool walk_root(struct walker *w, const char *path, const char *below)
{
    struct stat st;
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    buf_clear(&w->path);
    buf_add(&w->path, path, length);
    path = buf_text(&w->path);
    bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    w->root = folder ? length + (strcmp(path, "/") != 0) : 0;
    size_t n = below ? strlen(below) : 0;
    if (n && strncmp(path, below, n) == 0 && path[n] == '/')
        w->root = n + 1;
    return walk_one(w, 0);
}

static int compare_identity(const struct walk_file *l, dev_t device, ino_t number)
{
    if (l->folder->device != device)
        return l->folder->device < device ? -1 : 1;
    return l->number == number ? 0 : l->number < number ? -1 : 1;
}

static char sign_at(const struct walk_file *f, size_t i, size_t way)
{
    return i < way ? f->folder->way[i] : f->name[i - way];
}

static int compare_paths(const struct walk_file *l, const struct walk_file *r)
{
    size_t m = strlen(l->folder->way), n = strlen(r->folder->way), i = 0;
    if (l->folder == r->folder)
        return strcmp(l->name, r->name);
    while (sign_at(l, i, m) && sign_at(l, i, m) == sign_at(r, i, n))
        i++;
    return (unsigned char)sign_at(l, i, m) - (unsigned char)sign_at(r, i, n);
}

static int by_identity(const void *a, const void *b, void *walk)
{
    const struct walk *w = walk;
    const struct walk_file *l = &w->files[*(const uint32_t *)a],
                           *r = &w->files[*(const uint32_t *)b];
    int order = compare_identity(l, r->folder->device, r->number);
    return order ? order : compare_paths(l, r);
}

/* The same file named twice (a folder, and a file in it) is read once. */
static void pass_over_twins(struct walk *w)
{
    w->by_identity = arena_array(w->a, w->n_files, sizeof *w->by_identity);
    for (uint32_t i = 0; i < w->n_files; i++)
        w->by_identity[i] = i;
    qsort_r(w->by_identity, w->n_files, sizeof *w->by_identity, by_identity, w);
    for (uint32_t i = 1; i < w->n_files; i++) {
        struct walk_file *f = &w->files[w->by_identity[i]],
                         *before = &w->files[w->by_identity[i - 1]];
        if (!f->linked && !f->why && compare_identity(before, f->folder->device, f->number) == 0)
            f->class = WALK_PASSED, f->why = "named twice";
    }
}

/* "./x" lies where "x" lies. */
static int compare_folders(const struct walk_file *l, const struct walk_file *r)
{
    const char *a = l->folder->way, *b = r->folder->way;
    return l->folder == r->folder ? 0 : strcmp(*a ? a : "./", *b ? b : "./");
}

static int compare_bases(const struct walk_file *l, const struct walk_file *r)
{
    int order = memcmp(l->name, r->name, l->base < r->base ? l->base : r->base);
    return order ? order : (int)l->base - (int)r->base;
}

static int by_base(const void *a, const void *b)
{
    const struct walk_file *l = a, *r = b;
    int order = compare_folders(l, r);
    order = order ? order : compare_bases(l, r);
    return order ? order : strcmp(l->name, r->name);
}

static uint32_t run_of(const struct walk *w, uint32_t from)
{
    const struct walk_file *f = &w->files[from];
    uint32_t to = from + 1;
    while (to < w->n_files && compare_folders(&w->files[to], f) == 0 &&
           compare_bases(&w->files[to], f) == 0)
        to++;
    return to;
}

/* A side without its other side is a recording like any other. */
static void part_lone_sides(struct walk_file *files, size_t n)
{
    size_t sides[2] = {0};
    for (size_t i = 0; i < n; i++) {
        if (files[i].side >= 0)
            sides[files[i].side]++;
    }
    for (size_t i = 0; i < n && (sides[0] != 1 || sides[1] != 1); i++) {
        if (files[i].side >= 0)
            files[i].base = without_ending(files[i].name), files[i].side = -1;
    }
}

static int rank_of(const struct walk *w, const struct walk_group *g)
{
    int least = WALK_PASSED;
    for (uint32_t i = g->first; i < g->first + g->n; i++)
        least = w->files[i].class < least ? w->files[i].class : least;
    return least > WALK_TEXT ? least : WALK_TEXT;
}

static int by_rank(const void *a, const void *b, void *walk)
{
    const struct walk *w = walk;
    const struct walk_group *l = a, *r = b;
    int order = rank_of(w, l) - rank_of(w, r);
    return order ? order : compare_paths(&w->files[l->first], &w->files[r->first]);
}

static int compare_keys(const struct walk *w, const struct walk_group *l,
                        const struct walk_group *r)
{
    const struct walk_file *a = &w->files[l->first], *b = &w->files[r->first];
    int order = strcmp(a->folder->way + a->folder->below, b->folder->way + b->folder->below);
    return order ? order : compare_bases(a, b);
}

static int by_key(const void *a, const void *b, void *walk)
{
    const struct walk *w = walk;
    uint32_t l = *(const uint32_t *)a, r = *(const uint32_t *)b;
    int order = compare_keys(w, &w->groups[l], &w->groups[r]);
    return order ? order : (l > r) - (l < r);
}

/* Two groups of one key lie below two folders that were named. */
static void find_twins(struct walk *w)
{
    w->twins = arena_array(w->a, w->n_groups, sizeof *w->twins);
    w->took = arena_array(w->a, w->n_groups, sizeof *w->took);
    uint32_t *sorted = malloc(w->n_groups * sizeof *sorted + 1);
    if (!sorted)
        abort();
    for (uint32_t i = 0; i < w->n_groups; i++)
        sorted[i] = w->twins[i] = i;
    qsort_r(sorted, w->n_groups, sizeof *sorted, by_key, w);
    for (uint32_t i = 1, first = 0; i < w->n_groups; i++) {
        if (compare_keys(w, &w->groups[sorted[i]], &w->groups[sorted[i - 1]]) == 0)
            w->twins[sorted[i - 1]] = sorted[i], w->twins[sorted[i]] = sorted[first];
        else
            first = i;
    }
    free(sorted);
}

static void group(struct walk *w)
{
    if (!w->n_files)
        return;
    qsort(w->files, w->n_files, sizeof *w->files, by_base);
    for (uint32_t i = 0, to; i < w->n_files; i = to) {
        to = run_of(w, i);
        part_lone_sides(w->files + i, to - i);
    }
    qsort(w->files, w->n_files, sizeof *w->files, by_base);
    pass_over_twins(w);
    w->groups = arena_array(w->a, w->n_files, sizeof *w->groups);
    for (uint32_t i = 0, to; i < w->n_files; i = to) {
        to = run_of(w, i);
        w->groups[w->n_groups++] = (struct walk_group){.first = i, .n = to - i};
    }
    qsort_r(w->groups, w->n_groups, sizeof *w->groups, by_rank, w);
}

bool walk_paths(const char *const *paths, size_t n, const char *below, const struct raw *raw,
                struct arena *a, struct walk *out, struct err *e)
{
    *out = (struct walk){.a = a};
    struct walker w = {.w = out, .raw = raw, .e = e};
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = walk_root(&w, paths[i], below);
    buf_free(&w.path);
    if (ok)
        group(out);
    if (ok && n > 1)
        find_twins(out);
    return ok;
}

void walk_close(struct walk *w)
{
    free(w->files);
    *w = (struct walk){0};
}

const char *walk_path(const struct walk_file *f, struct arena *a)
{
    return arena_format(a, "%s%s", f->folder->way, f->name);
}

const char *walk_key(const struct walk *w, const struct walk_group *g, struct arena *a)
{
    const struct walk_file *f = &w->files[g->first];
    return arena_format(a, "%s%.*s", f->folder->way + f->folder->below, (int)f->base, f->name);
}

const struct walk_group *walk_rival(const struct walk *w, uint32_t group, uint8_t bring)
{
    uint32_t t = w->twins ? w->twins[group] : group;
    while (t != group && !(w->took[t] & bring))
        t = w->twins[t];
    return t == group ? NULL : &w->groups[t];
}

void walk_gave(struct walk *w, uint32_t group, uint8_t bring)
{
    if (w->took)
        w->took[group] |= bring;
}

const char *walk_user(const struct walk_file *f)
{
    return f->class < WALK_OTHER ? f->user : NULL;
}

struct walk_file *walk_find(const struct walk *w, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return NULL;
    uint32_t from = 0, to = w->n_files;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (compare_identity(&w->files[w->by_identity[middle]], st.st_dev, st.st_ino) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    struct walk_file *f = from < w->n_files ? &w->files[w->by_identity[from]] : NULL;
    return f && compare_identity(f, st.st_dev, st.st_ino) == 0 ? f : NULL;
}

void walk_use(struct walk *w, const char *path, const char *owner, bool left)
{
    struct walk_file *f = walk_find(w, path);
    if (!f || f->class >= WALK_OTHER)
        return;
    if (!w->owner || strcmp(w->owner, owner) != 0)
        w->owner = arena_copy(w->a, owner);
    f->user = w->owner, f->left_with = left;
}
