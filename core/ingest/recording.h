/* recording: one recording on its way in: its length, waveform and measures first, and only when
 * all calls of a file are known to be good, the bytes that are kept. */
#ifndef INGEST_RECORDING_H
#define INGEST_RECORDING_H

#include "ingest/ingest.h"

enum { RECORDING_SECONDS = 24 * 3600 };

struct recording {
    const char *paths[2]; /* one file, or the agent's and the customer's side */
    size_t n_paths;
    enum call_side sides[INGEST_CHANNELS]; /* who is on each channel */
    size_t n_sides;  /* how many of them somebody stated; 0: the first two, as is usual */
    const char *raw; /* what the files are where they have no header, as raw.h reads it; or NULL */
    bool kept;       /* taken in before: read however long it is */
};

/* The map of channels "system,agent,customer": one to eight sides. False with what may be said. */
bool recording_read_sides(const char *text, struct recording *r, struct err *e);

/* Reads all of it once and fills what is known of it but path, temporary and hash. False with file
 * and reason in `e`: also where it lasts longer than RECORDING_SECONDS, or has more than
 * SOUND_BYTES samples on all its channels, since some kilobytes may hold packed silence of years.
 */
bool recording_read(const struct recording *r, struct arena *a, struct ingest_recording *out,
                    struct err *e);

/* Makes the bytes to keep: the file itself, or a WAV in `folder` of two sides joined; beside it, in
 * `folder` too, the copy that browsers play; then hashes and sizes. ERR_INPUT where it is not the
 * folder that failed but the recording. */
bool recording_keep(const struct recording *r, const char *folder, struct arena *a,
                    struct ingest_recording *out, struct err *e);

#endif
