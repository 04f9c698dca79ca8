/* flow: the only place that joins stages for the command line: files -> ingest -> store -> score ->
 * store.
 *
 * Every function works in batches of one transaction each: what was acknowledged (progress) is on
 * the disk, and a run that was cut short can be run again. The store is the writer; nothing here
 * prints.
 */
#ifndef FLOW_H
#define FLOW_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "desk/intake.h"
#include "ingest/ingest.h"
#include "runner/runner.h"
#include "store/store.h"

typedef void flow_progress(void *context, size_t done, size_t all);

struct flow {
    struct store *store;
    struct runner *runner; /* NULL where nothing is to be scored */
    struct clock clock;
    const char *program;     /* its version, written beside every result */
    flow_progress *progress; /* may be NULL */
    void *context;
};

/* Takes files and folders in. `report` gets every file's verdict (as ingest_progress). Recordings
 * are kept beside the database, peaks and measures with the calls. */
bool flow_ingest(struct flow *f, const char *const *paths, size_t n,
                 const struct ingest_options *options, ingest_progress *report, void *context,
                 struct intake_taken *out, struct err *e);

/* Scores calls with the most specific published card that fits each. */
struct flow_scored {
    size_t calls, scored, not_scored,
        failed; /* failed: the run had no result (time, memory, ...) */
    size_t without_card;
    char failure[400]; /* the first one, for the person to see */
};
/* `all`: also calls that have an automatic sheet already. */
bool flow_score(struct flow *f, bool all, struct flow_scored *out, struct err *e);

/* Drops every result and makes it again: measures and peaks from the recordings, the search index,
 * automatic sheets. */
bool flow_rebuild(struct flow *f, struct flow_scored *out, struct err *e);

#endif
