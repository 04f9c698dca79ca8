/* spool: calls of a long file that wait on the disk until the file is known to be good, since
 * nothing of a refused file is kept, and memory is not to grow with it.
 *
 * They lie packed in a file without a name in the temporary folder: nobody else sees it, and it is
 * gone with the process, however that ends. Only for calls that name no other file, and that
 * record_done has looked at.
 */
#ifndef INGEST_SPOOL_H
#define INGEST_SPOOL_H

#include <stdio.h>

#include "base/buf.h"
#include "ingest/calls.h"

struct spool {          /* starts as {.folder = ...} */
    const char *folder; /* borrowed */
    struct arena *a;    /* of the drafts that are put next */
    FILE *file;         /* NULL: nothing was put */
    struct buf ids;
    size_t n;    /* calls in it */
    bool broken; /* the folder could not keep them: the file is not to blame for that */
};

/* Empties it. The arena given is for the drafts that are put next. */
struct arena *spool_start(struct spool *s);
void spool_close(struct spool *s); /* fine where it was never started */

/* Puts the drafts behind those that wait, and empties their list and its arena. */
bool spool_put(struct spool *s, struct drafts *d, struct err *e);

/* Puts those that wait into the list, in `a`, before those that are in it. */
bool spool_gather(struct spool *s, struct arena *a, struct drafts *d, struct err *e);

/* Takes all of them, as calls_take does with those of one file; `path` is theirs. */
enum calls_state spool_take(const struct calls_context *x, const char *path, struct spool *s,
                            struct err *e);

#endif
