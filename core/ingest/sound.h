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

struct raw;

struct sound_facts {
    int channels, rate;
    const char *codec; /* "mu-law", for people */
    const char *mime;  /* of the file as it is */
    const char *unfit; /* why a browser cannot play the file as it is, or NULL */
    int full_scale;    /* the largest sample that the codec knows */
    bool raw;          /* without a header, as `raw` said */
};

struct sound;

/* Do these first bytes of a file look like a recording that is read here? `head` should have some
 * thousand bytes. */
bool sound_is(struct slice head);
/* Sound or film of a kind that is not read here: its name and the way out; else NULL. */
const char *sound_stranger(struct slice head);

/* One path, or two with the agent's side first. `raw` (or NULL): what a file is that has no header
 * at all. Yours to close; NULL with file, byte and reason in `e`. */
struct sound *sound_open(const char *const *paths, size_t n, const struct raw *raw, struct err *e);
void sound_close(struct sound *s); /* NULL is fine */
const struct sound_facts *sound_facts(const struct sound *s);

/* Up to `frames` frames, interleaved. Returns how many; 0 at the end. */
size_t sound_read(struct sound *s, int16_t *out, size_t frames);

/* Once all was read: the first file that holds less than its header claims, by a second or more.
 * False where none does. */
struct sound_shortage {
    int file;
    int64_t stated_ms, there_ms;
};
bool sound_is_short(const struct sound *s, struct sound_shortage *out);

/* Writes all that is left to a new file at `path`. SOUND_WAV: mu-law or A-law where every source is
 * that (the bytes stay what they were), else 16-bit PCM; same input, same bytes, whatever the
 * library. SOUND_FLAC: 16 bits, small, and every browser plays it. */
enum sound_as { SOUND_WAV, SOUND_FLAC };
bool sound_write(struct sound *s, const char *path, enum sound_as as, struct err *e);

#endif
