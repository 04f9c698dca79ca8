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
