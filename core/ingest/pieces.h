/* pieces: a long file of records, read piece by piece, so that memory does not grow with it.
 *
 * It is read twice: once to see that it can be taken at all, since nothing of a refused file is
 * kept, and once to take it. Of records that say the same thing twice in one piece the reader
 * chooses; from piece to piece the store does, as it does from file to file.
 */
#ifndef INGEST_PIECES_H
#define INGEST_PIECES_H

#include "ingest/calls.h"
#include "ingest/text.h"

/* As text_read. A long file whose reader can do so is only looked through: `out` has `piece` set,
 * its count and notes, and no items. Any other file is read whole. */
enum text_state pieces_read(const char *path, struct reader_input in, struct arena *a,
                            const struct reader **reader, struct drafts *out, struct err *e);

/* Takes what pieces_read found so. */
enum calls_state pieces_take(const struct calls_context *x, const char *path,
                             struct reader_input in, const struct reader *reader, struct err *e);

#endif
