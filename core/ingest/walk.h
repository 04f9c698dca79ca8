/* walk: the files to be read, what each looks like by its first bytes, and which of them belong to
 * one call because they share a base name in one folder. */
#ifndef INGEST_WALK_H
#define INGEST_WALK_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"

struct raw; /* raw.h */

enum walk_class {
    WALK_JSON,
    WALK_TEXT, /* a table, or anything else that can be read */
    WALK_VTT,
    WALK_SOUND,
    WALK_OTHER, /* nothing that is read here */
    WALK_PASSED /* hidden, named twice, a link to a folder: `why` says which */
};

struct walk_file {
    const char *path, *name;
    const char *folder;
    const char *key;  /* the path below the folder that was named, without its ending */
    const char *base; /* the name without its ending; for one of two sides also without the side */
    const char *why;  /* of WALK_PASSED and WALK_OTHER, or NULL */
    enum walk_class class;
    int side; /* CALL_AGENT or CALL_CUSTOMER for one of two sides, else -1 */
    dev_t device;
    ino_t number;
    nlink_t links;
    const char
        *used_by;   /* the file with the call that names this recording or transcript, or NULL */
    bool left_with; /* and that file was refused */
};

/* Files that belong together, in order of name; a group of one is the usual case. */
struct walk_group {
    struct walk_file **files;
    size_t n;
    const char *key;               /* for the call that nothing else names */
    unsigned took;                 /* what the call of that key has from this group; ingest.c */
    const struct walk_group *twin; /* the next of the same key, the first after the last; or NULL */
};

struct walk {
    struct walk_file **files; /* by folder and name */
    struct walk_file **by_identity;
    size_t n_files;
    struct walk_group
        *groups; /* those with metadata first, then transcripts, then bare recordings */
    size_t n_groups;
};

/* Keys are paths below the folder that was named, or below `below` (or NULL) for what lies in it.
 * `raw` (or NULL): what sound without a header is. False only where a path does not exist or cannot
 * be looked at. */
bool walk_paths(const char *const *paths, size_t n, const char *below, const struct raw *raw,
                struct arena *a, struct walk *out, struct err *e);

/* The file that `path` leads to, or NULL: by identity, however it is spelt. */
struct walk_file *walk_find(const struct walk *w, const char *path);

#endif
