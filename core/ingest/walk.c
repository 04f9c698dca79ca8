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

#include "base/file.h"
#include "ingest/charset.h"
#include "ingest/raw.h"
#include "ingest/sound.h"
#include "model/call.h"

enum { DEPTH_MOST = 32, HEAD = 8192 };

struct walker {
    struct arena *a;
    struct walk_file **files;
    size_t n, room;
    size_t root; /* length of the named folder's path with its slash; 0 for a file named itself */
    const struct raw *raw;
    struct err *e;
};

static struct slice read_head(const char *path, char *into, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd < 0 ? 0 : read(fd, into, size);
    if (fd >= 0)
        close(fd);
    return (struct slice){into, n > 0 ? (size_t)n : 0};
}

static bool is_vtt(struct slice head)
{
    return slice_starts(head, "WEBVTT") && (head.n == 6 || strchr(" \t\r\n", head.p[6]));
}

static void classify(struct walk_file *f, const struct raw *raw)
{
    char bytes[HEAD];
    struct slice head = read_head(f->path, bytes, sizeof bytes);
    f->class = WALK_OTHER;
    if (sound_is(head)) {
        f->class = WALK_SOUND;
    } else if (!head.n) {
        f->why = "is empty, or cannot be read";
    } else if ((f->why = sound_stranger(head))) {
        return;
    } else if (raw && raw_fits(raw, f->name)) {
        f->class = WALK_SOUND;
    } else if (charset_is_utf16(head)) {
        f->class = WALK_TEXT;
    } else {
        if (slice_starts(head, "\xEF\xBB\xBF"))
            head.p += 3, head.n -= 3;
        struct slice text = slice_trim(head);
        if (is_vtt(head))
            f->class = WALK_VTT;
        else if (text.n && (text.p[0] == '{' || text.p[0] == '['))
            f->class = WALK_JSON;
        else if (!memchr(head.p, 0, head.n))
            f->class = WALK_TEXT;
    }
}

/* "x_agent" is the agent's side of "x". */
static void find_side(struct walk_file *f, struct arena *a)
{
    static const struct {
        const char *ending;
        int side;
    } endings[] = {{"agent", CALL_AGENT},
                   {"customer", CALL_CUSTOMER},
                   {"caller", CALL_CUSTOMER},
                   {"client", CALL_CUSTOMER}};
    size_t n = strlen(f->base);
    for (size_t i = 0; i < sizeof endings / sizeof *endings && f->class == WALK_SOUND; i++) {
        size_t m = strlen(endings[i].ending);
        if (n > m + 1 && strcasecmp(f->base + n - m, endings[i].ending) == 0 &&
            strchr("_-.", f->base[n - m - 1])) {
            f->side = endings[i].side;
            f->base = arena_text(a, (struct slice){f->base, n - m - 1});
            return;
        }
    }
}

/* "x" of "x.wav", and of "x.vcon.json". */
static const char *without_ending(struct arena *a, const char *path)
{
    const char *name = file_name_of(path), *dot = strrchr(name, '.');
    if (!dot || dot == name)
        return path;
    size_t n = (size_t)(dot - path);
    static const char vcon[] = ".vcon";
    if (dot - name > (ptrdiff_t)sizeof vcon - 1 &&
        strncasecmp(dot - sizeof vcon + 1, vcon, sizeof vcon - 1) == 0)
        n -= sizeof vcon - 1;
    return arena_text(a, (struct slice){path, n});
}

static void add(struct walker *w, const char *path, const struct stat *st, const char *why)
{
    if (w->n == w->room) {
        struct walk_file **more = arena_array(w->a, w->room ? 2 * w->room : 64, sizeof *more);
        if (w->n)
            memcpy(more, w->files, w->n * sizeof *more);
        w->files = more, w->room = w->room ? 2 * w->room : 64;
    }
    struct walk_file *f = w->files[w->n++] = arena_take(w->a, sizeof *f);
    f->path = arena_copy(w->a, path);
    f->name = file_name_of(f->path);
    f->folder = file_folder_of(w->a, f->path);
    f->key = without_ending(w->a, w->root ? f->path + w->root : f->name);
    f->base = without_ending(w->a, f->name);
    f->side = -1, f->why = why;
    f->device = st->st_dev, f->number = st->st_ino, f->links = st->st_nlink;
    if (!why && f->name[0] == '.')
        f->why = "a hidden file";
    f->class = WALK_PASSED;
    if (!f->why)
        classify(f, w->raw);
    find_side(f, w->a);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool walk_path(struct walker *w, const char *path, int depth);

static bool walk_folder(struct walker *w, const char *path, int depth)
{
    struct dirent **entries;
    int n = scandir(path, &entries, NULL, by_name);
    if (n < 0)
        return err_set(w->e, ERR_IO, "%s: cannot be listed: %s", path, strerror(errno));
    bool ok = true;
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        if (ok && strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            ok = walk_path(w, file_join(w->a, path, name), depth + 1);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool walk_path(struct walker *w, const char *path, int depth)
{
    struct stat st, link;
    bool there = lstat(path, &link) == 0;
    if (!there || stat(path, &st) != 0) {
        if (depth == 0)
            return err_set(w->e, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: %s", path,
                           strerror(errno));
        if (there)
            add(w, path, &link, "a link that leads nowhere");
        return true; /* gone since its folder was listed */
    }
    if (S_ISDIR(st.st_mode)) {
        if (depth && S_ISLNK(link.st_mode))
            add(w, path, &st, "a link to a folder");
        else if (depth && file_name_of(path)[0] == '.')
            add(w, path, &st, "a hidden folder");
        else if (depth > DEPTH_MOST)
            add(w, path, &st, "a folder too deep inside others");
        else
            return walk_folder(w, path, depth);
    } else {
        add(w, path, &st, S_ISREG(st.st_mode) ? NULL : "not a regular file");
    }
    return true;
}

static bool walk_root(struct walker *w, const char *named, const char *below)
{
    char *path = arena_copy(w->a, named);
    struct stat st;
    for (size_t n = strlen(path); n > 1 && path[n - 1] == '/'; n--)
        path[n - 1] = 0;
    bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    w->root = folder ? strlen(path) + (strcmp(path, "/") != 0) : 0;
    size_t n = below ? strlen(below) : 0;
    if (n && strncmp(path, below, n) == 0 && path[n] == '/')
        w->root = n + 1;
    return walk_path(w, path, 0);
}

static int compare_identity(const struct walk_file *l, dev_t device, ino_t number)
{
    if (l->device != device)
        return l->device < device ? -1 : 1;
    return l->number == number ? 0 : l->number < number ? -1 : 1;
}

static int by_identity(const void *a, const void *b)
{
    const struct walk_file *l = *(struct walk_file *const *)a, *r = *(struct walk_file *const *)b;
    int order = compare_identity(l, r->device, r->number);
    return order ? order : strcmp(l->path, r->path);
}

/* The same file named twice (a folder, and a file in it) is read once. */
static void pass_over_twins(struct walk *w, struct arena *a)
{
    w->by_identity = arena_array(a, w->n_files, sizeof *w->by_identity);
    if (w->n_files)
        memcpy(w->by_identity, w->files, w->n_files * sizeof *w->files);
    qsort(w->by_identity, w->n_files, sizeof *w->files, by_identity);
    for (size_t i = 1; i < w->n_files; i++) {
        struct walk_file *f = w->by_identity[i], *before = w->by_identity[i - 1];
        if (f->links == 1 && !f->why && compare_identity(before, f->device, f->number) == 0)
            f->class = WALK_PASSED, f->why = "named twice";
    }
}

static int by_base(const void *a, const void *b)
{
    const struct walk_file *l = *(struct walk_file *const *)a, *r = *(struct walk_file *const *)b;
    int order = strcmp(l->folder, r->folder);
    order = order ? order : strcmp(l->base, r->base);
    return order ? order : strcmp(l->name, r->name);
}

static size_t run_of(struct walk_file **files, size_t from, size_t n)
{
    size_t to = from + 1;
    while (to < n && strcmp(files[to]->folder, files[from]->folder) == 0 &&
           strcmp(files[to]->base, files[from]->base) == 0)
        to++;
    return to;
}

/* A side without its other side is a recording like any other. */
static void part_lone_sides(struct walk_file **files, size_t n, struct arena *a)
{
    size_t sides[2] = {0};
    for (size_t i = 0; i < n; i++) {
        if (files[i]->side >= 0)
            sides[files[i]->side]++;
    }
    for (size_t i = 0; i < n && (sides[0] != 1 || sides[1] != 1); i++) {
        if (files[i]->side >= 0)
            files[i]->base = without_ending(a, files[i]->name), files[i]->side = -1;
    }
}

static int rank_of(const struct walk_group *g)
{
    int least = WALK_PASSED;
    for (size_t i = 0; i < g->n; i++)
        least = (int)g->files[i]->class < least ? (int)g->files[i]->class : least;
    return least;
}

static int by_rank(const void *a, const void *b)
{
    const struct walk_group *l = a, *r = b;
    int order = (rank_of(l) > WALK_TEXT ? rank_of(l) : WALK_TEXT) -
                (rank_of(r) > WALK_TEXT ? rank_of(r) : WALK_TEXT);
    return order ? order : strcmp(l->files[0]->path, r->files[0]->path);
}

static const char *key_of(const struct walk_group *g, struct arena *a)
{
    const struct walk_file *f = g->files[0];
    size_t folder = strlen(f->key) - strlen(file_name_of(f->key));
    return arena_format(a, "%.*s%s", (int)folder, f->key, f->base);
}

static int by_key(const void *a, const void *b)
{
    const struct walk_group *l = *(struct walk_group *const *)a,
                            *r = *(struct walk_group *const *)b;
    int order = strcmp(l->key, r->key);
    return order ? order : l < r ? -1 : 1;
}

static void find_twins(struct walk *w, struct arena *a)
{
    struct walk_group **sorted = arena_array(a, w->n_groups, sizeof *sorted);
    for (size_t i = 0; i < w->n_groups; i++)
        sorted[i] = &w->groups[i];
    qsort(sorted, w->n_groups, sizeof *sorted, by_key);
    for (size_t i = 1, first = 0; i < w->n_groups; i++) {
        if (strcmp(sorted[i]->key, sorted[i - 1]->key) == 0)
            sorted[i - 1]->twin = sorted[i], sorted[i]->twin = sorted[first];
        else
            first = i;
    }
}

static void group(struct walk *w, struct arena *a)
{
    qsort(w->files, w->n_files, sizeof *w->files, by_base);
    for (size_t i = 0, to; i < w->n_files; i = to) {
        to = run_of(w->files, i, w->n_files);
        part_lone_sides(w->files + i, to - i, a);
    }
    qsort(w->files, w->n_files, sizeof *w->files, by_base);
    w->groups = arena_array(a, w->n_files, sizeof *w->groups);
    for (size_t i = 0, to; i < w->n_files; i = to) {
        to = run_of(w->files, i, w->n_files);
        struct walk_group *g = &w->groups[w->n_groups++];
        *g = (struct walk_group){.files = w->files + i, .n = to - i};
        g->key = key_of(g, a);
    }
    qsort(w->groups, w->n_groups, sizeof *w->groups, by_rank);
    find_twins(w, a);
}

bool walk_paths(const char *const *paths, size_t n, const char *below, const struct raw *raw,
                struct arena *a, struct walk *out, struct err *e)
{
    struct walker w = {.a = a, .e = e, .raw = raw};
    for (size_t i = 0; i < n; i++) {
        if (!walk_root(&w, paths[i], below))
            return false;
    }
    *out = (struct walk){.files = w.files, .n_files = w.n};
    pass_over_twins(out, a);
    group(out, a);
    return true;
}

struct walk_file *walk_find(const struct walk *w, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return NULL;
    size_t from = 0, to = w->n_files;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_identity(w->by_identity[middle], st.st_dev, st.st_ino) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    struct walk_file *f = from < w->n_files ? w->by_identity[from] : NULL;
    return f && compare_identity(f, st.st_dev, st.st_ino) == 0 ? f : NULL;
}
