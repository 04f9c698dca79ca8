/* recording: one recording on its way in: its length, waveform and measures first, and only when
 * all calls of a file are known to be good, the bytes that are kept. */
#ifndef INGEST_RECORDING_H
#define INGEST_RECORDING_H

#include "ingest/ingest.h"

struct recording {
    const char *paths[2]; /* one file, or the agent's and the customer's side */
    size_t n_paths;
    enum call_side sides[2]; /* who is on channel 0 and 1 */
};

/* Reads all of it once and fills what is known of it but path, temporary and hash. False with file
 * and reason in `e`. */
bool recording_read(const struct recording *r, struct arena *a, struct ingest_recording *out,
                    struct err *e);

/* Makes the bytes to keep: the file itself, or a WAV in `folder` where two sides are joined or a
 * browser could not play it; then the hash. */
bool recording_keep(const struct recording *r, const char *folder, struct arena *a,
                    struct ingest_recording *out, struct err *e);

#endif
