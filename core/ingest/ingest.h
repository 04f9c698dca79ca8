/* ingest: turns files into calls.
 *
 * A reader looks at a file's first bytes (never at its extension alone), says whether it is the one
 * to read it, and makes calls. Nothing is stored here: what was read is handed to the caller, file
 * by file, so that a bad file costs only itself. Recordings are analysed in one pass: peaks for the
 * waveform, and talk, silence, overlap and gaps by side.
 */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

#include "base/arena.h"
#include "base/err.h"
#include "model/call.h"

struct ingest_recording {
    const char
        *path; /* the file to be kept; for two mono sides a joined file in `folder_temporary` */
    bool temporary;                /* to be removed once kept */
    char hash[HASH_TEXT];          /* of its bytes */
    const char *mime;              /* "audio/wav" */
    struct slice peaks;            /* audiowaveform .dat v2, 8 bit */
    struct call_measures measures; /* known only where the sides are on channels of their own */
    int channels, rate;
    int64_t frames;
};

struct ingest_item {
    const struct call *call;
    const struct ingest_recording *recording; /* NULL where the call has none */
};

enum ingest_verdict {
    INGEST_TAKEN,
    INGEST_REFUSED,
    INGEST_SKIPPED /* belongs to another file, or is no input (README) */
};

struct ingest_report {
    const char *path;
    enum ingest_verdict verdict;
    const char *format; /* name of the reader, "" where none took it */
    size_t calls;
    const char *reason; /* why refused or skipped, with its place; "" when taken */
};

struct ingest_options {
    const char *source;    /* source of calls from files that do not name one; default "files" */
    const char *map;       /* path of a CSV column map, or NULL */
    const char *temporary; /* folder for joined recordings */
};

/* Gets every call of a file that could be read. False stops the whole run (the store is full, say)
 * and sets `e`. */
typedef bool ingest_take(void *context, const struct ingest_item *item, struct err *e);
/* After each file; `done` of `all` files. */
typedef void ingest_progress(void *context, const struct ingest_report *report, size_t done,
                             size_t all);

struct ingest_sink {
    ingest_take *take;
    ingest_progress *progress; /* may be NULL */
    void *context;
};

/* Reads files and folders (recursively, in order of name). All calls of one file are taken only
 * after the whole file was read without a fault. False only where `take` said so or a path does not
 * exist. */
bool ingest_paths(const char *const *paths, size_t n, const struct ingest_options *options,
                  const struct ingest_sink *sink, struct err *e);

/* The readers there are, for `help formats`: ends with a row whose name is NULL. */
struct ingest_format {
    const char *name, *what, *example;
};
const struct ingest_format *ingest_formats(void);

#endif
