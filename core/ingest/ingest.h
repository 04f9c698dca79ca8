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
#include "ingest/match.h"
#include "model/call.h"

struct plugins;

enum { INGEST_CHANNELS = 8 };

/* What is found out about one channel of a recording beside the waveform. */
struct ingest_level {
    double rms;      /* of 32,768; under 30 the channel is silent: nothing was recorded on it */
    int64_t clipped; /* samples at full scale */
};

/* Another file of a recording. */
struct ingest_file {
    const char *path; /* NULL where there is none */
    bool temporary;   /* it is gone when `keep` has returned, unless moved away by then */
    int64_t bytes;
    char hash[HASH_TEXT];
    const char *mime; /* "audio/wav"; of its content, whatever its name */
};

struct ingest_recording {
    /* What is kept as the recording: the file that was read, untouched, or a WAV of its two sides
     * joined in the temporary folder. */
    struct ingest_file file;
    /* Where two sides were joined: both as they came. The call says so in its metadata:
     * recording_converted, recording_original (the hash of the agent's side). */
    struct ingest_file sides[2];
    /* Where browsers cannot play the file: what they play instead, in the temporary folder, and
     * why. The call says why in its metadata: recording_copy. */
    struct ingest_file copy;
    const char *unfit;
    const char *codec;             /* "mu-law", for people */
    const char *cut_short;         /* "the file says 5:00, 3:12 is there"; metadata
                                      recording_cut_short; else NULL */
    const char *raw;               /* as somebody said, where there is no header; metadata
                                      recording_raw; else NULL */
    struct slice peaks;            /* audiowaveform .dat v2, 8 bit: ingest/peaks.h */
    struct call_measures measures; /* known only where both sides are on channels of their own */
    struct ingest_level levels[INGEST_CHANNELS];
    bool silent[2]; /* nothing was recorded of this side: metadata silent_channel names it */
    int channels, rate;
    int64_t frames, duration_ms; /* as decoded, not as the header says */
};

struct ingest_item {
    const struct call *call;
    const struct ingest_recording *recording; /* NULL where the call has none */
    const char *path;                         /* of the file it came from */
    /* Nothing describes the call: a bare recording or transcript, keyed by its file's name. */
    bool part;
    const struct match_found *match; /* of a part whose name fits a pattern; else NULL */
};

enum ingest_verdict {
    INGEST_TAKEN,
    INGEST_REFUSED,
    INGEST_SKIPPED, /* belongs to another file, or is no input (README) */
    INGEST_UNSAVED, /* the run stopped before all of its calls were kept: to be given again */
    INGEST_VERDICTS
};
extern const char *const ingest_verdict_names[INGEST_VERDICTS]; /* "taken" ... "unsaved" */

struct ingest_report {
    const char *path;
    const char *below; /* the folder that was named: its keys are paths below that one */
    enum ingest_verdict verdict;
    const char *format; /* name of the reader, "" where none took it */
    size_t calls;
    const char *reason; /* why refused or skipped, with its place; of a taken one "", or what was
                           left out of it and why */
    size_t left_out;    /* records of a taken log that could not be read */
    bool belongs;       /* skipped because another file's call has it */
};

struct ingest_options {    /* NULL and false where the default will do */
    const char *source;    /* source of calls from files that do not name one; default "files" */
    const char *map;       /* path of a CSV column map, or NULL */
    const char *below;     /* keys from names are paths below this folder, not the one named */
    const char *temporary; /* folder for joined and converted recordings; default /tmp */
    const char *zone;      /* of times that do not say theirs, "+02:00"; default UTC, said so */
    const struct match_rules *rules; /* for the names of parts; NULL: the usual ones */
    const char *const *patterns;     /* that stand in front of the site's in these rules, the last
                                        one first: for whoever makes them (match_add) */
    size_t n_patterns;
    const char *channels; /* who is on which channel of recordings that do not say it:
                             "agent,customer", one to eight of agent, customer, system */
    const char *raw;      /* what recordings without a header are, "ulaw:8000:1"; NULL: refused */
    bool customer_first;  /* stereo recordings and transcripts by channel that do not say it: the
                             customer is on the first channel */
    const char *agents, *customers; /* voices of transcripts, addresses of e-mails and telephones of
                                       Asterisk that are of these sides, with commas: who.h */
    struct plugins *plugins; /* asked about files that no reader takes (plugins.h); NULL: none */
    const char *first_voice; /* "agent" or "customer": who speaks first, where a transcript tells
                                two voices apart but not who they are; NULL: nobody knows */
};

/* What was said of a run, as text, for a file of it whose keys are paths below `below`; and read
 * again: everything but `rules`, `temporary` and `plugins`. */
const char *ingest_said_write(const struct ingest_options *o, const char *below, struct arena *a);
bool ingest_said_read(const char *text, struct arena *a, struct ingest_options *out, struct err *e);

/* Gets every recording of a file that could be read, before its calls. False with ERR_INPUT costs
 * only that file; any other stops the whole run. */
typedef bool ingest_keep(void *context, const struct ingest_recording *r, struct err *e);
/* Gets every call of a file that could be read. False stops the whole run (the store is full, say)
 * and sets `e`. */
typedef bool ingest_take(void *context, const struct ingest_item *item, struct err *e);
/* After each file; `done` of `all` files. Where the run stops, every file that it did not come to,
 * or not to the end of, is INGEST_UNSAVED. */
typedef void ingest_progress(void *context, const struct ingest_report *report, size_t done,
                             size_t all);

/* Gets a file's `n` facts, each of which belongs to a call taken in before, by source and
 * source_key (or, where there is no such call, the only one with that key): csat, nps and resolved
 * where known, and metadata. Sets known[i] where there is one. False stops the run. */
typedef bool ingest_join(void *context, const struct call *const *facts, size_t n, bool *known,
                         struct err *e);

/* Do they say something that is understood? ERR_INPUT with what may be said. (A map is looked at
 * when it is used.) */
bool ingest_check(const struct ingest_options *o, struct err *e);

struct ingest_sink {
    ingest_take *take;
    ingest_progress *progress; /* may be NULL */
    void *context;
    ingest_join *join; /* NULL: files of such facts are refused */
    ingest_keep *keep; /* may be NULL */
};

/* Reads files and folders (recursively): files with metadata first, then transcripts, then bare
 * recordings, each in order of name. All calls of one file are taken only after the whole file and
 * all recordings it names were read and kept without a fault.
 *
 * Files of one base name in one folder are one call and stand or fall together: x.wav, or
 * x_agent.wav and x_customer.wav; x.vtt or a Call Analytics x.json; and metadata (x.json, or x.csv
 * with one row). A call that no file names is keyed by its path below the folder that was named,
 * without the ending.
 *
 * False only where `take` or `keep` said so, a path does not exist, or the temporary folder fails.
 */
bool ingest_paths(const char *const *paths, size_t n, const struct ingest_options *options,
                  const struct ingest_sink *sink, struct err *e);

/* What is worked out from a call taken in before, for rebuilding: the same bytes as at the first
 * time. `recording`: path of the kept file, or NULL. */
struct ingest_heard {
    struct slice peaks; /* empty without a recording */
    struct call_measures measures;
    struct ingest_level levels[INGEST_CHANNELS];
    int channels; /* 0 without a recording */
};
bool ingest_analyse(const struct call *call, const char *path, struct arena *a,
                    struct ingest_heard *out, struct err *e);

/* The readers there are, for `help formats`: the i-th from 0, or NULL behind the last. */
struct ingest_format {
    const char *name, *what, *example;
};
const struct ingest_format *ingest_format_at(size_t i);

#endif
