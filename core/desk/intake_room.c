/* The temporary folder: files on their way in. */
#define _GNU_SOURCE
#include "desk/intake.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { DEPTH = 4 };

const char *intake_temporary(const struct desk *d, struct err *e)
{
    const char *folder = file_join(d->arena, store_folder(d->store), "temporary");
    return file_make_folder(folder, e) ? folder : NULL;
}

const char *intake_room(const struct desk *d, struct err *e)
{
    const char *folder = intake_temporary(d, e);
    if (!folder)
        return NULL;
    char *room = arena_format(d->arena, "%s/in-XXXXXX", folder);
    if (mkdtemp(room))
        return room;
    bool full = errno == ENOSPC || errno == EDQUOT;
    err_set(e, full ? ERR_FULL : ERR_IO, "%s: %s", folder, strerror(errno));
    return NULL;
}

bool intake_has_space(const struct desk *d, int64_t bytes, struct err *e)
{
    enum { SPARE_MB = 500 };
    struct statvfs disk;
    if (statvfs(store_folder(d->store), &disk) != 0)
        return true; /* writing will tell */
    uint64_t free_mb = (uint64_t)disk.f_bavail * disk.f_frsize >> 20;
    uint64_t wanted_mb = SPARE_MB + ((uint64_t)(bytes > 0 ? bytes : 0) >> 20);
    return free_mb >= wanted_mb ||
           err_set(
               e, ERR_FULL,
               "There are %llu MB free where %s lies, and this needs %llu. Make room, then send "
               "it again.",
               (unsigned long long)free_mb, store_folder(d->store), (unsigned long long)wanted_mb);
}

/* Never follows a link out of the folder. Closes `fd`. */
static void clear(int fd, int depth)
{
    DIR *all = fd < 0 ? NULL : fdopendir(fd);
    if (!all) {
        if (fd >= 0)
            close(fd);
        return;
    }
    for (struct dirent *one; (one = readdir(all));) {
        if (strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0 ||
            unlinkat(dirfd(all), one->d_name, 0) == 0 || depth == DEPTH)
            continue;
        clear(openat(dirfd(all), one->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
              depth + 1);
        unlinkat(dirfd(all), one->d_name, AT_REMOVEDIR);
    }
    closedir(all);
}

void intake_clear(const char *folder)
{
    clear(open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), 0);
    rmdir(folder);
}
