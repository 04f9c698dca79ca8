#define _GNU_SOURCE
#include "store/media.h"

#include "base/file.h"
#include "store/rows.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BATCH = 500 };

struct list {
    const char **items;
    size_t n;
};

static void add(struct list *l, struct arena *a, const char *text)
{
    l->items = query_grow(a, l->items, l->n, sizeof *l->items);
    l->items[l->n++] = arena_copy(a, text);
}

static bool whole(struct store *s, const struct store_file *f, struct arena *a)
{
    struct stat st;
    return lstat(store_media_path(s, f->hash, a), &st) == 0 && S_ISREG(st.st_mode) &&
           st.st_size == f->bytes;
}

static bool batch_of(struct store *s, const char *after, struct store_file out[BATCH], size_t *n,
                     struct err *e)
{
    struct query q = query_start(s, S_MEDIA_BATCH);
    query_text(&q, ":after", after);
    query_integer(&q, ":limit", BATCH);
    for (*n = 0; query_row(&q, e); ++*n) {
        query_get_hash(&q, out[*n].hash);
        out[*n].bytes = query_get_integer(&q);
    }
    return query_end(&q, e);
}

static bool rows_without_files(struct store *s, struct arena *a, struct list *out, struct err *e)
{
    char after[HASH_TEXT] = "";
    for (size_t n = BATCH; n == BATCH;) {
        struct arena *batch = arena_open();
        struct store_file *r = arena_array(batch, BATCH, sizeof *r);
        bool ok = batch_of(s, after, r, &n, e);
        for (size_t i = 0; ok && i < n; i++)
            if (!whole(s, &r[i], batch))
                add(out, a, r[i].hash);
        if (ok && n)
            memcpy(after, r[n - 1].hash, HASH_TEXT);
        arena_close(batch);
        if (!ok)
            return false;
    }
    return true;
}

static bool has_row(struct store *s, const char *hash, bool *out, struct err *e)
{
    struct query q = query_start(s, S_MEDIA_HAS);
    query_text(&q, ":hash", hash);
    *out = query_row(&q, e);
    return query_end(&q, e);
}

static bool belongs(struct store *s, const char *folder, const char *name, bool *out, struct err *e)
{
    *out = hash_is_text(slice_of(name)) && strncmp(folder, name, 2) == 0;
    return !*out || has_row(s, name, out, e);
}

/* Names of a folder in order, without the dots. */
static bool names_of(const char *path, struct arena *a, struct list *out, struct err *e)
{
    struct dirent **found;
    int n = scandir(path, &found, NULL, alphasort);
    if (n < 0)
        return errno == ENOENT || err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (strcmp(found[i]->d_name, ".") != 0 && strcmp(found[i]->d_name, "..") != 0)
            add(out, a, found[i]->d_name);
        free(found[i]);
    }
    free(found);
    return true;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool files_of(struct store *s, const char *path, const char *folder, struct arena *a,
                     struct list *out, struct err *e)
{
    struct list names = {0};
    if (!names_of(path, a, &names, e))
        return false;
    for (size_t i = 0; i < names.n; i++) {
        bool known;
        if (!belongs(s, folder, names.items[i], &known, e))
            return false;
        if (!known)
            add(out, a, file_join(a, path, names.items[i]));
    }
    return true;
}

static bool files_without_rows(struct store *s, struct arena *a, struct list *out, struct err *e)
{
    struct list folders = {0};
    const char *media = file_join(a, store_folder(s), "media");
    if (!names_of(media, a, &folders, e))
        return false;
    for (size_t i = 0; i < folders.n; i++) {
        const char *path = file_join(a, media, folders.items[i]);
        if (!is_folder(path))
            add(out, a, path);
        else if (!files_of(s, path, folders.items[i], a, out, e))
            return false;
    }
    return true;
}

bool store_media_sweep(struct store *s, struct arena *a, struct store_sweep *out, struct err *e)
{
    struct list missing = {0}, stray = {0};
    if (!rows_without_files(s, a, &missing, e) || !files_without_rows(s, a, &stray, e))
        return false;
    *out = (struct store_sweep){missing.items, missing.n, stray.items, stray.n};
    return true;
}

/* "HASH.part.XXXXXX", as store_media_keep names what is not whole yet. */
static bool is_unfinished(const char *name)
{
    static const char mark[] = ".part.";
    return strlen(name) > HASH_TEXT && hash_is_text((struct slice){name, HASH_TEXT - 1}) &&
           strncmp(name + HASH_TEXT - 1, mark, sizeof mark - 1) == 0;
}

size_t store_media_clear(struct store *s)
{
    struct arena *a = arena_open();
    struct list folders = {0};
    struct err e = {0};
    size_t gone = 0;
    const char *media = file_join(a, store_folder(s), "media");
    names_of(media, a, &folders, &e); /* what cannot be listed is the sweep's to tell */
    for (size_t i = 0; i < folders.n; i++) {
        struct list names = {0};
        const char *path = file_join(a, media, folders.items[i]);
        if (is_folder(path))
            names_of(path, a, &names, &e);
        for (size_t k = 0; k < names.n; k++)
            gone +=
                is_unfinished(names.items[k]) && unlink(file_join(a, path, names.items[k])) == 0;
    }
    arena_close(a);
    return gone;
}
