/* raw: sound without a header: what it is, as a person says it.
 *
 * "ulaw:8000:1": codec, samples a second, channels; 8000 and 1 may be left out. Nothing in such
 * bytes says what they are, so nothing is guessed: a file is read so only where somebody said it,
 * and where its name does not say otherwise.
 */
#ifndef INGEST_RAW_H
#define INGEST_RAW_H

#include "base/err.h"

struct raw {
    const char *codec; /* "ulaw", "alaw", "gsm", "slin" */
    int format;        /* of libsndfile */
    int rate, channels;
};

/* False with what may be said instead. */
bool raw_read(const char *text, struct raw *out, struct err *e);

/* May a file of this name be that? "x.ulaw" is no A-law; "x.raw", "x.pcm", "x.wav" and "x" may be
 * anything. */
bool raw_fits(const struct raw *r, const char *name);

#endif
