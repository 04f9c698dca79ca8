/* calls: drafts of one file become calls: their recordings and transcripts are read, the call is
 * checked, and when all of them are good they are handed over. */
#ifndef INGEST_CALLS_H
#define INGEST_CALLS_H

#include "ingest/draft.h"
#include "ingest/recording.h"
#include "ingest/walk.h"

struct calls_context {
    const struct ingest_options *options;
    const struct ingest_sink *sink;
    struct walk *walk;
    struct arena *a;
};

enum calls_state {
    CALLS_TAKEN,
    CALLS_FAULTY, /* nothing was handed over; `e` says why */
    CALLS_STOPPED /* the run is over */
};

/* `path` is the file the drafts came from; what they name lies beside or below it. `beside` is the
 * recording of the same base name, for the only draft, or NULL. */
enum calls_state calls_take(const struct calls_context *x, const char *path, struct drafts *drafts,
                            const struct recording *beside, struct err *e);

/* What the report of `name` would say of its own, said in that of the file it belongs to. */
void calls_tell(struct drafts *to, const struct drafts *from, const char *name, struct arena *a);

/* Gives `to` what was said, from `from`: turns and what else it has that `to` lacks. */
bool calls_join(struct draft *to, const struct draft *from, struct arena *a, struct err *e);

#endif
