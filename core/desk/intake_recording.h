/* intake_recording: a recording on its way into the store. Its bytes go first and outside the
 * transaction: a crash leaves a file without a row, never the reverse. */
#ifndef DESK_INTAKE_RECORDING_H
#define DESK_INTAKE_RECORDING_H

#include "ingest/ingest.h"
#include "store/store.h"

/* The bytes of all its files, beside the database. ERR_FULL, or ERR_INPUT: no other suffers. */
bool intake_recording_keep(struct store *s, const struct ingest_recording *r, struct err *e);
/* Its rows, in the open transaction. */
bool intake_recording_put(struct store *s, const struct ingest_recording *r, struct err *e);

#endif
