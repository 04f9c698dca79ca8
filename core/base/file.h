/* file: whole files in and out, so that a crash leaves the old file or the new one, never half of
 * either. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

/* The whole file, NUL-terminated, in `a`. Refuses what is no regular file and what is larger than
 * `most` bytes. */
bool file_read(struct arena *a, const char *path, size_t most, struct slice *out, struct err *e);

/* Temporary name in the same folder, write, fsync, rename, fsync of the folder. */
bool file_write(const char *path, struct slice bytes, struct err *e);

/* Writes all of it to an open file; false with errno where that fails. Nothing is flushed. */
bool file_put(int fd, struct slice bytes);

/* Makes an empty file in `folder` under a name that nobody else has, `what` and a dash at its
 * front; in `a`, yours to remove. NULL with `e`. */
char *file_fresh(struct arena *a, const char *folder, const char *what, struct err *e);

/* Makes the folder and those above it, mode 0700. Fine where it is there. */
bool file_make_folder(const char *path, struct err *e);

/* `folder`/`name`, in `a`; `name` alone where it is absolute. */
char *file_join(struct arena *a, const char *folder, const char *name);
char *file_folder_of(struct arena *a, const char *path); /* "." for a bare name */
const char *file_name_of(const char *path);

#endif
