/* sound: a recording as 16-bit samples, whatever it is stored as; the only user of libsndfile.
 *
 * One file, or two files of one channel each that are the two sides of one call (the shorter one is
 * followed by silence). What a file is is told by its bytes, never by its name. Samples are what
 * the decoder gives, clipped to 16 bits; how many there are is known only after the last was read,
 * since headers lie.
 */
#ifndef INGEST_SOUND_H
#define INGEST_SOUND_H

#include "base/arena.h"
#include "base/err.h"

enum { SOUND_CHANNELS = 8 };
#define SOUND_BYTES ((int64_t)2 << 30) /* the largest recording that is read */

struct sound_facts {
    int channels, rate;
    const char *codec; /* "mu-law", for people */
    const char *mime;  /* of the file as it is */
    const char *unfit; /* why a browser cannot play the file as it is, or NULL */
};

struct sound;

/* Do these first bytes of a file look like a recording that is read here? `head` should have some
 * thousand bytes. */
bool sound_is(struct slice head);

/* One path, or two with the agent's side first. Yours to close; NULL with file, byte and reason in
 * `e`. */
struct sound *sound_open(const char *const *paths, size_t n, struct err *e);
void sound_close(struct sound *s); /* NULL is fine */
const struct sound_facts *sound_facts(const struct sound *s);

/* Up to `frames` frames, interleaved. Returns how many; 0 at the end. */
size_t sound_read(struct sound *s, int16_t *out, size_t frames);

/* Writes all that is left to a new WAV at `path`: mu-law or A-law where every source is that (the
 * bytes stay what they were), else 16-bit PCM. Same input, same bytes. */
bool sound_write(struct sound *s, const char *path, struct err *e);

#endif
