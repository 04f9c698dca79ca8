/* walk: the files to be read, what each looks like by its first bytes, and which of them belong to
 * one call because they share a base name in one folder. */
#ifndef INGEST_WALK_H
#define INGEST_WALK_H

#include <stdint.h>
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

struct walk_folder {
    const char *way; /* with its slash, so that a path is a way and a name; "" for none */
    size_t below;    /* keys begin so far behind the start of `way` */
    dev_t device;
};

/* One of what may be a million: paths and keys are put together when they are needed. */
struct walk_file {
    const char *name;
    const struct walk_folder *folder;
    union {
        const char *why;  /* of WALK_PASSED and WALK_OTHER, or NULL */
        const char *user; /* of others: the file with the call that names this one, or NULL */
    };
    ino_t number;
    uint16_t base;  /* length of the name without its ending; of one of two sides also without it */
    uint8_t class;  /* enum walk_class */
    int8_t side;    /* CALL_AGENT or CALL_CUSTOMER for one of two sides, else -1 */
    bool left_with; /* and that one was refused */
    bool linked;    /* it has other names */
    bool alone;     /* JSON that cannot name another file as its transcript */
};

/* Files that belong together, in order of name; a group of one is the usual case. */
struct walk_group {
    uint32_t first, n; /* of the files of the walk */
};

struct walk {
    struct arena *a;
    struct walk_file *files; /* by folder and name */
    uint32_t *by_identity, n_files;
    struct walk_group
        *groups; /* those with metadata first, then transcripts, then bare recordings */
    uint32_t n_groups;
    /* Of each group, where several paths were named; else NULL. The next one of the same key, the
     * first after the last, itself where alone; and what the call of that key has from it. */
    uint32_t *twins;
    uint8_t *took;
    const char *owner; /* the last one that used a file */
};

/* Keys are paths below the folder that was named, or below `below` (or NULL) for what lies in it.
 * `raw` (or NULL): what sound without a header is. False only where a path does not exist or cannot
 * be looked at. Closed by walk_close either way. */
bool walk_paths(const char *const *paths, size_t n, const char *below, const struct raw *raw,
                struct arena *a, struct walk *out, struct err *e);
void walk_close(struct walk *w);

const char *walk_path(const struct walk_file *f, struct arena *a);
/* For the call that nothing else names: the path below the folder that was named, without ending.
 */
const char *walk_key(const struct walk *w, const struct walk_group *g, struct arena *a);

/* A group under another named folder that gave the call of the same key some of `bring` (bits that
 * walk_gave kept) already, or NULL. */
const struct walk_group *walk_rival(const struct walk *w, uint32_t group, uint8_t bring);
void walk_gave(struct walk *w, uint32_t group, uint8_t bring);

/* The file that `path` leads to, or NULL: by identity, however it is spelt. */
struct walk_file *walk_find(const struct walk *w, const char *path);
/* The file with the call that names this one, or NULL. */
const char *walk_user(const struct walk_file *f);
/* Notes that `owner` has the call of the file at `path`, if that is one of the walk. `left`: owner
 * was refused. */
void walk_use(struct walk *w, const char *path, const char *owner, bool left);

#endif
