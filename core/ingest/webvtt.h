/* webvtt: cues out of a WebVTT file, by the rules of the W3C's parser: what is wrong is dropped,
 * never guessed at, and never an error. */
#ifndef INGEST_WEBVTT_H
#define INGEST_WEBVTT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"

struct webvtt_cue {
    struct slice id;
    int64_t start_ms, end_ms; /* end may be before start: the rules allow it */
    struct slice text;        /* with its tags, lines parted by LF */
};

/* False where the bytes do not begin with the signature. NULs become U+FFFD, line ends LF. */
bool webvtt_cues(struct slice bytes, struct arena *a, struct webvtt_cue **out, size_t *n);

/* How many cues are dropped because the line with their arrow has not two times that can be read;
 * `line`: that of the first. */
size_t webvtt_dropped(struct slice bytes, size_t *line);

/* A stretch of a cue by one voice; tags are gone and characters decoded. */
struct webvtt_span {
    const char *voice; /* "" where no <v> names one */
    const char *text;
};
void webvtt_spans(struct slice text, struct arena *a, struct webvtt_span **out, size_t *n);

#endif
