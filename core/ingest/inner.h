/* inner: recordings that a description brings along inside its file, or that may lie beside it. */
#ifndef INGEST_INNER_H
#define INGEST_INNER_H

#include "ingest/draft.h"
#include "ingest/recording.h"
#include "ingest/walk.h"

/* Makes a file of the bytes, for as long as they are read: remove it. NULL with `e`. */
const char *inner_unpack(struct slice bytes, const char *folder, struct arena *a, struct err *e);

/* The file `name` beside `owner`, where it is among those read; or NULL. */
const char *inner_beside(const struct walk *w, const char *owner, const char *name,
                         struct arena *a);

/* Of sides that count only for a recording of as many channels (draft.h): forgets them where it has
 * another number, or where there is none. */
void inner_settle_sides(struct draft *d, const struct recording *r);

/* Tells in the metadata whether the recording has the hash that was stated. */
bool inner_check_hash(struct draft *d, const char *path, struct arena *a, struct err *e);

#endif
