/* flow: the only place that joins stages for the command line: files -> ingest -> store, and store
 * -> results.
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
#include "desk/scoring.h"
#include "ingest/ingest.h"
#include "store/store.h"

struct flow {
    struct store *store;
    struct runner *runner; /* for plugins; NULL: they are off */
    struct clock clock;
};

/* Takes files and folders in. `report` gets every file's verdict (as ingest_progress). Recordings
 * are kept beside the database, peaks and measures with the calls. */
bool flow_ingest(struct flow *f, const char *const *paths, size_t n,
                 const struct ingest_options *options, ingest_progress *report, void *context,
                 struct intake_taken *out, struct err *e);

/* Drops every result and makes it again: measures and peaks from the recordings, the search index,
 * automatic sheets. */
bool flow_rebuild(const struct scoring_means *m, struct scoring_sum *out, struct err *e);

#endif
