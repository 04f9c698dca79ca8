#define _GNU_SOURCE
#include "store/media.h"

#include "base/file.h"
#include "store/rows.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 256 * 1024 };

char *store_media_path(const struct store *s, const char *hash, struct arena *a)
{
    assert(hash_is_text(slice_of(hash)));
    return arena_format(a, "%s/media/%.2s/%s", s->folder, hash, hash);
}

static bool fail(struct err *e, const char *path, const char *what)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return err_set(e, full ? ERR_FULL : ERR_IO, "%s: %s: %s.%s", path, what, strerror(errno),
                   full ? " Make room, then try again." : "");
}

/* Copies and says the hash of what was copied. */
static bool copy(int from, int to, const char *path, char hash[HASH_TEXT], struct err *e)
{
    struct arena *a = arena_open();
    char *piece = arena_take(a, PIECE);
    struct hash_stream *h = hash_open();
    bool ok = true;
    for (ssize_t n; ok && (n = read(from, piece, PIECE)) != 0;) {
        if (n < 0 && errno == EINTR)
            continue;
        struct slice got = {piece, n < 0 ? 0 : (size_t)n};
        ok = (n > 0 || fail(e, path, "cannot be read")) &&
             (file_put(to, got) || fail(e, path, "cannot be kept"));
        hash_add(h, got);
    }
    hash_close(h, hash);
    arena_close(a);
    return ok;
}

static bool flush_folder(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = (fd >= 0 && fsync(fd) == 0) || fail(e, path, "cannot be flushed");
    if (fd >= 0)
        close(fd);
    return ok;
}

static bool put(int from, const char *path, const char *place, const char *hash, struct arena *a,
                struct err *e)
{
    char *temporary = arena_format(a, "%s.part.XXXXXX", place), got[HASH_TEXT];
    int to = mkostemp(temporary, O_CLOEXEC);
    if (to < 0)
        return fail(e, temporary, "cannot be made");
    bool ok = copy(from, to, path, got, e) && (fsync(to) == 0 || fail(e, place, "cannot be kept"));
    close(to);
    if (ok && strcmp(got, hash) != 0)
        ok = err_set(e, ERR_CONFLICT, "%s changed while it was read. Import it again.", path);
    ok = ok && (rename(temporary, place) == 0 || fail(e, place, "cannot be put in place"));
    if (!ok)
        unlink(temporary);
    return ok && flush_folder(file_folder_of(a, place), e);
}

/* The folder of two letters may be new: then its name in media/ must reach the disk, too. */
static bool make_folder(const char *place, struct arena *a, struct err *e)
{
    const char *folder = file_folder_of(a, place);
    struct stat st;
    if (stat(folder, &st) == 0)
        return true;
    return file_make_folder(folder, e) && flush_folder(file_folder_of(a, folder), e);
}

bool store_media_keep(struct store *s, const char *path, const char *hash, struct err *e)
{
    struct arena *a = arena_open();
    const char *place = store_media_path(s, hash, a);
    struct stat st, old;
    int from = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool ok = (from >= 0 && fstat(from, &st) == 0) || fail(e, path, "cannot be read");
    ok = ok && (S_ISREG(st.st_mode) || err_set(e, ERR_INPUT, "%s is not a regular file.", path));
    /* Whole files only ever get this name, so one of the right size is the one. */
    bool there = ok && lstat(place, &old) == 0 && S_ISREG(old.st_mode) && old.st_size == st.st_size;
    if (ok && !there)
        ok = make_folder(place, a, e) && put(from, path, place, hash, a, e);
    if (from >= 0)
        close(from);
    arena_close(a);
    return ok;
}

int store_media_open(struct store *s, const char *hash, struct err *e)
{
    struct arena *a = arena_open();
    struct stat st;
    int fd = -1;
    if (hash_is_text(slice_of(hash)))
        fd = open(store_media_path(s, hash, a), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        fd = -1;
    }
    if (fd < 0)
        err_set(e, ERR_MISSING, "The file of recording %.64s is not there.", hash);
    arena_close(a);
    return fd;
}

bool store_recording_put(struct store *s, const struct store_recording *r, struct err *e)
{
    struct query q = query_start(s, S_RECORDING_PUT);
    query_text(&q, ":hash", r->hash);
    query_text(&q, ":mime", r->mime);
    query_integer(&q, ":bytes", r->bytes);
    query_integer(&q, ":channels", r->channels);
    query_integer(&q, ":rate", r->rate);
    query_integer(&q, ":frames", r->frames);
    query_integer(&q, ":ms", r->ms);
    return query_run(&q, e);
}

static void read_recording(struct query *q, struct arena *a, struct store_recording *r)
{
    query_get_hash(q, r->hash);
    r->mime = query_get_text(q, a);
    r->bytes = query_get_integer(q);
    r->channels = (int)query_get_integer(q);
    r->rate = (int)query_get_integer(q);
    r->frames = query_get_integer(q);
    r->ms = query_get_integer(q);
}

bool store_recording_get(struct store *s, const struct store_viewer *v, const char *hash,
                         struct arena *a, struct store_recording *out, struct err *e)
{
    struct query q = query_start(s, S_RECORDING_GET);
    query_text(&q, ":hash", hash);
    query_viewer(&q, v);
    bool there = query_row(&q, e);
    if (there)
        read_recording(&q, a, out);
    return query_end(&q, e) &&
           (there || err_set(e, ERR_MISSING, "There is no recording %.64s.", hash));
}

bool store_recording_file_put(struct store *s, const char *recording, enum store_file_role role,
                              const struct store_file *f, struct err *e)
{
    struct query q = query_start(s, S_RECORDING_FILE_PUT);
    query_text(&q, ":recording", recording);
    query_integer(&q, ":role", role);
    query_text(&q, ":hash", f->hash);
    query_text(&q, ":mime", f->mime);
    query_integer(&q, ":bytes", f->bytes);
    return query_run(&q, e);
}

bool store_recording_played(struct store *s, const struct store_viewer *v, const char *hash,
                            struct arena *a, struct store_file *out, struct err *e)
{
    struct query q = query_start(s, S_RECORDING_PLAYED);
    query_text(&q, ":hash", hash);
    query_viewer(&q, v);
    bool there = query_row(&q, e);
    if (there) {
        query_get_hash(&q, out->hash);
        out->mime = query_get_text(&q, a);
        out->bytes = query_get_integer(&q);
    }
    return query_end(&q, e) &&
           (there || err_set(e, ERR_MISSING, "There is no recording %.64s.", hash));
}

bool store_levels_put(struct store *s, const char *hash, const struct store_level *levels, size_t n,
                      struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct query q = query_start(s, S_LEVELS_PUT);
        query_text(&q, ":hash", hash);
        query_integer(&q, ":channel", (int64_t)i);
        query_real(&q, ":rms", levels[i].rms);
        query_integer(&q, ":clipped", levels[i].clipped);
        ok = query_run(&q, e);
    }
    return ok;
}

bool store_levels_get(struct store *s, const char *hash, struct store_level out[STORE_CHANNELS],
                      size_t *n, struct err *e)
{
    struct query q = query_start(s, S_LEVELS_GET);
    query_text(&q, ":hash", hash);
    for (*n = 0; *n < STORE_CHANNELS && query_row(&q, e); ++*n) {
        out[*n].rms = query_get_real(&q);
        out[*n].clipped = query_get_integer(&q);
    }
    return query_end(&q, e);
}

bool store_peaks_put(struct store *s, const char *hash, struct slice dat, struct err *e)
{
    struct query q = query_start(s, S_PEAKS_PUT);
    query_text(&q, ":hash", hash);
    query_bytes(&q, ":dat", dat);
    return query_run(&q, e);
}

bool store_peaks_get(struct store *s, const char *hash, struct arena *a, struct slice *out,
                     struct err *e)
{
    struct query q = query_start(s, S_PEAKS_GET);
    query_text(&q, ":hash", hash);
    *out = (struct slice){"", 0};
    if (query_row(&q, e)) {
        struct slice dat = query_get_bytes(&q);
        *out = (struct slice){arena_text(a, dat), dat.n};
    }
    return query_end(&q, e);
}
