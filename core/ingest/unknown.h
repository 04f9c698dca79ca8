/* unknown: what to say about a file that no reader takes. */
#ifndef INGEST_UNKNOWN_H
#define INGEST_UNKNOWN_H

#include "ingest/walk.h"

/* Why a file of this name is no input at all (README, LICENSE), or NULL. */
const char *unknown_skip(const char *name);

/* Why the file is refused, and what to do about it. */
const char *unknown_reason(const struct walk_file *f, struct arena *a);

#endif
