/* unknown: what to say about a file that no reader takes. */
#ifndef INGEST_UNKNOWN_H
#define INGEST_UNKNOWN_H

#include "base/json.h"
#include "ingest/walk.h"

/* Why a file of this name is no input at all (README, LICENSE), or NULL. */
const char *unknown_skip(const char *name);

/* Why the file at `path` is refused, and what to do about it. */
const char *unknown_reason(const struct walk_file *f, const char *path, struct arena *a);

/* What this JSON is, where it is known not to hold what was said in a call; else NULL. */
const char *unknown_json(const struct json *j);

#endif
