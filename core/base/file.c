#define _GNU_SOURCE
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err_kind kind_of(int code)
{
    if (code == ENOENT || code == ENOTDIR)
        return ERR_MISSING;
    if (code == EACCES || code == EPERM)
        return ERR_DENIED;
    return code == ENOSPC || code == EDQUOT || code == EFBIG ? ERR_FULL : ERR_IO;
}

static bool fail(struct err *e, const char *what, const char *path)
{
    return err_set(e, kind_of(errno), "%s: cannot %s: %s", path, what, strerror(errno));
}

static bool read_all(int fd, const char *path, char *to, size_t size, size_t *got, struct err *e)
{
    *got = 0;
    while (*got < size) {
        ssize_t n = read(fd, to + *got, size - *got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(e, "read", path);
        if (n == 0)
            break;
        *got += (size_t)n;
    }
    return true;
}

bool file_read(struct arena *a, const char *path, size_t most, struct slice *out, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail(e, "open", path);
    struct stat st;
    bool ok = fstat(fd, &st) == 0 || fail(e, "look at", path);
    if (ok && !S_ISREG(st.st_mode))
        ok = err_set(e, ERR_INPUT, "%s: not a regular file", path);
    if (ok && (size_t)st.st_size > most)
        ok = err_set(e, ERR_FULL, "%s: %lld bytes, more than the %zu that are read here", path,
                     (long long)st.st_size, most);
    if (ok) {
        char *bytes = arena_take(a, (size_t)st.st_size + 1);
        size_t got;
        ok = read_all(fd, path, bytes, (size_t)st.st_size, &got, e);
        *out = (struct slice){bytes, ok ? got : 0};
    }
    close(fd);
    return ok;
}

bool file_put(int fd, struct slice bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes.p += n, bytes.n -= (size_t)n;
    }
    return true;
}

static bool sync_folder(const char *path, struct err *e)
{
    struct arena *a = arena_open();
    char *folder = file_folder_of(a, path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = (fd >= 0 && fsync(fd) == 0) || fail(e, "flush the folder", folder);
    if (fd >= 0)
        close(fd);
    arena_close(a);
    return ok;
}

bool file_write(const char *path, struct slice bytes, struct err *e)
{
    struct arena *a = arena_open();
    char *temporary = arena_format(a, "%s.XXXXXX", path);
    int fd = mkostemp(temporary, O_CLOEXEC);
    bool ok = fd >= 0 || fail(e, "make", temporary);
    if (ok) {
        ok = (file_put(fd, bytes) && fsync(fd) == 0) || fail(e, "write", path);
        close(fd);
        ok = ok && (rename(temporary, path) == 0 || fail(e, "put in place", path));
        if (!ok)
            unlink(temporary);
    }
    ok = ok && sync_folder(path, e);
    arena_close(a);
    return ok;
}

char *file_fresh(struct arena *a, const char *folder, const char *what, struct err *e)
{
    char *path = arena_format(a, "%s/%s-XXXXXX", folder, what);
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0) {
        err_set(e, ERR_IO, "%s: cannot be made: %s", path, strerror(errno));
        return NULL;
    }
    close(fd);
    return path;
}

bool file_make_folder(const char *path, struct err *e)
{
    struct arena *a = arena_open();
    char *copy = arena_copy(a, path);
    bool ok = true;
    for (char *p = copy + 1; ok && *p; p++) {
        if (*p != '/')
            continue;
        *p = 0;
        ok = mkdir(copy, 0700) == 0 || errno == EEXIST || fail(e, "make the folder", copy);
        *p = '/';
    }
    ok = ok && (mkdir(path, 0700) == 0 || errno == EEXIST || fail(e, "make the folder", path));
    arena_close(a);
    return ok;
}

char *file_join(struct arena *a, const char *folder, const char *name)
{
    if (name[0] == '/')
        return arena_copy(a, name);
    size_t n = strlen(folder);
    return arena_format(a, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name);
}

char *file_folder_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_copy(a, ".");
    return arena_text(a, (struct slice){path, slash == path ? 1 : (size_t)(slash - path)});
}

const char *file_name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
