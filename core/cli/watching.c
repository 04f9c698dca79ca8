#define _GNU_SOURCE
#include "cli/watching.h"

#include "base/file.h"
#include "base/log.h"
#include "desk/imports.h"
#include "desk/settings.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LOOK_MS = 1000,         /* while something there is not settled */
    IDLE_MS = 60 * 1000,    /* not every file system tells of changes */
    AFTER_FAULT_MS = 30000, /* before a full disk is tried again */
    DEPTH_MOST = 16
};

/* What lies in the folder under one name: a file, or a folder with all in it. */
struct entry {
    char *name;
    uint64_t looks; /* sizes and times of all in it */
    int64_t since;  /* clock_monotonic when it began to look so */
    uint64_t left;  /* how it looked when nothing more of it could be taken in; else 0 */
    bool seen, ready;
};

struct watching {
    struct watching_options o;
    char *folder;
    struct entry *entries; /* by name: those of earlier looks, `known`, then what is new */
    size_t n, known, room;
    int notify, stop[2];
    pthread_t thread;
    size_t refused;
};

/* --- what lies there --- */

static uint64_t mix(uint64_t h, uint64_t v)
{
    h ^= v + 0x9E3779B97F4A7C15u + (h << 6) + (h >> 2);
    return h * 0xFF51AFD7ED558CCDu;
}

static uint64_t looks_of(struct arena *a, const char *path, int depth)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return 0;
    uint64_t h = mix(mix((uint64_t)st.st_size, (uint64_t)st.st_mtim.tv_sec),
                     mix((uint64_t)st.st_mtim.tv_nsec, (uint64_t)st.st_ino));
    DIR *all = S_ISDIR(st.st_mode) && depth < DEPTH_MOST ? opendir(path) : NULL;
    for (struct dirent *one; all && (one = readdir(all));) {
        if (strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0)
            h += looks_of(a, file_join(a, path, one->d_name), depth + 1); /* in any order */
    }
    if (all)
        closedir(all);
    return h;
}

static int by_name(const void *a, const void *b)
{
    const struct entry *l = a, *r = b;
    return strcmp(l->name, r->name);
}

static struct entry *entry_of(struct watching *w, char *name)
{
    struct entry wanted = {.name = name};
    struct entry *there =
        w->known ? bsearch(&wanted, w->entries, w->known, sizeof wanted, by_name) : NULL;
    if (there)
        return there;
    if (w->n == w->room) {
        w->room = w->room ? 2 * w->room : 16;
        w->entries = realloc(w->entries, w->room * sizeof *w->entries);
    }
    char *own = strdup(name);
    if (!w->entries || !own)
        abort();
    w->entries[w->n] = (struct entry){.name = own};
    return &w->entries[w->n++];
}

static void forget_gone(struct watching *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (w->entries[i].seen)
            w->entries[kept++] = w->entries[i];
        else
            free(w->entries[i].name);
    }
    w->n = kept;
}

static void sort(struct watching *w)
{
    if (w->n)
        qsort(w->entries, w->n, sizeof *w->entries, by_name);
    w->known = w->n;
}

static bool is_ours(const char *name)
{
    return name[0] == '.' || strcmp(name, "done") == 0 || strcmp(name, "refused") == 0;
}

/* Notes how everything looks; says how many have lain still for long enough. */
static size_t look(struct watching *w, struct arena *a, int64_t settle_ms)
{
    size_t ready = 0;
    DIR *all = opendir(w->folder);
    for (size_t i = 0; i < w->n; i++)
        w->entries[i].seen = false;
    for (struct dirent *one; all && (one = readdir(all));) {
        if (is_ours(one->d_name))
            continue;
        struct entry *x = entry_of(w, one->d_name);
        uint64_t looks = looks_of(a, file_join(a, w->folder, one->d_name), 0);
        int64_t now = clock_monotonic();
        if (looks != x->looks || !x->since)
            x->looks = looks, x->since = now;
        x->seen = true;
        x->ready = now - x->since >= settle_ms && looks != x->left;
        ready += x->ready;
    }
    if (all)
        closedir(all);
    forget_gone(w);
    sort(w);
    return ready;
}

/* --- taking in --- */

struct seen_file {
    struct seen_file *next;
    const char *path;
    bool refused;
};

struct batch {
    struct watching *w;
    struct arena *a;
    struct seen_file *files;
};

static void say(struct watching *w, const struct ingest_report *r)
{
    if (!w->o.out) {
        if (r->verdict == INGEST_REFUSED)
            log_warning("watched folder: refused %s: %s", r->path, r->reason);
        return;
    }
    fprintf(w->o.out, "%-8s %s%s%s\n", ingest_verdict_names[r->verdict], r->path,
            *r->reason ? ": " : "", r->reason);
    fflush(w->o.out);
}

static void see(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct batch *b = context;
    struct seen_file *f = arena_take(b->a, sizeof *f);
    (void)done, (void)all;
    *f = (struct seen_file){b->files, arena_copy(b->a, r->path), r->verdict == INGEST_REFUSED};
    b->files = f;
    b->w->refused += f->refused;
    say(b->w, r);
}

/* Removes folders that are empty now, never behind a link, nor where nothing was taken in: in
 * hidden ones. True where something lies there that came meanwhile. */
static bool remove_empty(int at, const char *name, int depth)
{
    if (depth == DEPTH_MOST)
        return false;
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *all = fd < 0 ? NULL : fdopendir(fd);
    bool more = fd < 0 && errno != ENOENT && errno != EACCES;
    if (!all && fd >= 0)
        close(fd);
    for (struct dirent *one; all && (one = readdir(all));)
        more |= one->d_name[0] != '.' && remove_empty(dirfd(all), one->d_name, depth + 1);
    if (all) {
        closedir(all);
        unlinkat(at, name, AT_REMOVEDIR);
    }
    return more;
}

/* What is left of a folder, a hidden one in it, say, is not taken in again as it is. */
static void leave(struct entry *x, struct arena *a, const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return;
    remove_empty(AT_FDCWD, path, 0);
    uint64_t left = looks_of(a, path, 0);
    x->left = remove_empty(AT_FDCWD, path, 0) ? 0 : left;
}

static bool put_away(struct batch *b, const struct desk *d, struct err *e)
{
    struct watching *w = b->w;
    for (struct seen_file *f = b->files; f; f = f->next) {
        const char *to = file_join(b->a, w->folder, f->refused ? "refused" : "done");
        struct stat st;
        if (lstat(f->path, &st) == 0 && !S_ISDIR(st.st_mode) &&
            !imports_put_away(d, f->path, to, f->path + strlen(w->folder) + 1, e))
            return false;
    }
    return true;
}

static const char **ready_paths(struct watching *w, struct arena *a, size_t *n)
{
    const char **paths = arena_array(a, w->n, sizeof *paths);
    *n = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->entries[i].ready)
            paths[(*n)++] = file_join(a, w->folder, w->entries[i].name);
    return paths;
}

static struct desk desk_of(const struct watching *w, struct arena *a)
{
    return (struct desk){.store = w->o.store,
                         .arena = a,
                         .viewer = store_everything,
                         .name = "watched folder",
                         .role = STORE_ADMIN,
                         .address = "",
                         .now = clock_now(&w->o.clock),
                         .runner = w->o.runner};
}

static bool take(struct watching *w, struct arena *a, struct err *e)
{
    struct desk d = desk_of(w, a);
    struct batch b = {w, a, NULL};
    struct intake_taken taken;
    struct ingest_options options = {.temporary = intake_room(&d, e), .below = w->folder};
    size_t n;
    const char **paths = ready_paths(w, a, &n);
    if (!options.temporary)
        return false;
    bool ok = intake_paths(&d, paths, n, &options, STORE_BY_FOLDER, w->folder, see, &b, &taken, e);
    intake_clear(options.temporary);
    ok = ok && put_away(&b, &d, e);
    for (size_t i = 0; ok && i < w->n; i++) {
        if (w->entries[i].ready)
            leave(&w->entries[i], a, file_join(a, w->folder, w->entries[i].name));
    }
    if (taken.files_unsaved && !w->o.out)
        log_warning("watched folder: %zu files are not saved; they stay there until they are",
                    taken.files_unsaved);
    if (ok && !w->o.out)
        log_info("watched folder: %zu taken, %zu refused, %zu new calls", taken.files_taken,
                 taken.files_refused, taken.calls_new);
    return ok;
}

/* How long to wait before the next look. */
static int step(struct watching *w, int64_t settle_ms, struct err *e)
{
    struct arena *a = arena_open();
    int wait = IDLE_MS;
    if (look(w, a, settle_ms) && !take(w, a, e))
        wait = AFTER_FAULT_MS;
    else if (w->n)
        wait = LOOK_MS;
    arena_close(a);
    return wait;
}

/* --- the thread --- */

static void *watch_thread(void *cookie)
{
    struct watching *w = cookie;
    struct pollfd waits[] = {{w->stop[0], POLLIN, 0}, {w->notify, POLLIN, 0}};
    char events[4096];
    for (;;) {
        struct err e = {0};
        int wait = step(w, w->o.settle_s * 1000LL, &e);
        if (e.kind && w->o.out)
            fprintf(w->o.out, "%s\n", e.text), fflush(w->o.out);
        else if (e.kind)
            log_warning("watched folder: %s", e.text);
        /* After a fault new files must not hurry it. */
        if (poll(waits, wait == AFTER_FAULT_MS ? 1 : 2, wait) < 0 && errno != EINTR)
            return NULL;
        if (waits[0].revents)
            return NULL;
        while (read(w->notify, events, sizeof events) > 0)
            ;
        waits[1].revents = 0;
    }
}

static void close_all(struct watching *w)
{
    const int all[] = {w->notify, w->stop[0], w->stop[1]};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] >= 0)
            close(all[i]);
    for (size_t i = 0; i < w->n; i++)
        free(w->entries[i].name);
    free(w->entries);
    free(w->folder);
    free(w);
}

static bool prepare(struct watching **out, const struct watching_options *o, struct err *e)
{
    struct watching *w = calloc(1, sizeof *w);
    struct arena *a = arena_open();
    if (!w || !(w->folder = strdup(o->folder)))
        abort();
    w->o = *o;
    w->notify = w->stop[0] = w->stop[1] = -1;
    for (size_t n = strlen(w->folder); n > 1 && w->folder[n - 1] == '/'; n--)
        w->folder[n - 1] = 0;
    struct stat st;
    bool ok = (stat(w->folder, &st) == 0 && S_ISDIR(st.st_mode)) ||
              err_set(e, ERR_MISSING, "%s is no folder that can be watched.", w->folder);
    ok = ok && file_make_folder(file_join(a, w->folder, "done"), e) &&
         file_make_folder(file_join(a, w->folder, "refused"), e);
    arena_close(a);
    if (ok)
        *out = w;
    else
        close_all(w);
    return ok;
}

static bool say_settings(const struct watching *w, struct err *e)
{
    struct arena *a = arena_open();
    struct desk d = desk_of(w, a);
    const char *text;
    bool ok = settings_of_files(&d, &text, e);
    if (ok && w->o.out)
        fprintf(w->o.out, "%s (earshot settings)\n", text), fflush(w->o.out);
    else if (ok)
        log_info("watched folder: %s", text);
    arena_close(a);
    return ok;
}

bool watching_start(struct watching **out, const struct watching_options *o, struct err *e)
{
    struct watching *w;
    if (!prepare(&w, o, e))
        return false;
    if (!say_settings(w, e)) {
        close_all(w);
        return false;
    }
    w->notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    bool ok = w->notify >= 0 &&
              inotify_add_watch(w->notify, w->folder,
                                IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR) >= 0 &&
              pipe2(w->stop, O_CLOEXEC) == 0 &&
              pthread_create(&w->thread, NULL, watch_thread, w) == 0;
    if (!ok) {
        err_set(e, ERR_IO, "%s cannot be watched: %s", w->folder, strerror(errno));
        close_all(w);
        return false;
    }
    *out = w;
    return true;
}

void watching_stop(struct watching *w)
{
    if (!w)
        return;
    close(w->stop[1]);
    w->stop[1] = -1;
    pthread_join(w->thread, NULL);
    close_all(w);
}

bool watching_once(const struct watching_options *o, size_t *refused, struct err *e)
{
    struct watching *w;
    if (!prepare(&w, o, e))
        return false;
    step(w, 0, e);
    *refused = w->refused;
    close_all(w);
    return e->kind == ERR_NONE;
}
