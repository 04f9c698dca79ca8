/* captions: times and names as people and programs write them in plain text. */
#ifndef INGEST_CAPTIONS_H
#define INGEST_CAPTIONS_H

#include "ingest/spoken.h"

/* [hh:]mm:ss with an optional fraction after a comma or a point, off the front of `*s`. False, and
 * `*s` as it was, where none stands there. */
bool captions_time(struct slice *s, int64_t *ms);

/* "00:01:02,500 --> 00:01:04,000", with or without settings behind it. */
bool captions_times(struct slice line, int64_t *start_ms, int64_t *end_ms);

/* The end of captions of which `dropped` cues could not be read, the first at `line`: the report
 * and the call's metadata (transcript_left_out) say so. False where none could be read; `example`
 * shows what times look like. */
bool captions_done(struct spoken *s, struct drafts *out, size_t dropped, size_t line,
                   const char *example, struct err *e);

#endif
