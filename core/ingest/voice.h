/* voice: when somebody speaks on one channel, from its energy alone.
 *
 * The sound is cut into frames of about 20 ms (whole blocks of samples). The level of a frame is
 * the logarithm of its mean square in eighths of an octave (0.376 dB), worked out in whole numbers,
 * so that every machine finds the same. A frame is speech where its level reaches a threshold that
 * follows the line:
 *
 *   floor   the level that a tenth of the frames of the 30 s around stay below: the noise of the
 *           line there. A talker who does not stop still leaves gaps between words.
 *   speech  the level that a twentieth of all frames of the channel exceed: how loud this side is.
 *   threshold = floor + 9 dB, at most 9 dB below speech but never less than 4.5 dB above the floor;
 *               at least 30 dB below speech (what leaks over from the other side) and at least
 *               RMS 50 of 32,768.
 *
 * Speech frames less than 300 ms apart are one stretch; a stretch under 60 ms is a click and is
 * dropped. Then pauses of up to CALL_PAUSE_MS become part of the talk, as with words of a
 * transcript. Music and steady noise have too little contrast to count as speech. A channel whose
 * RMS is under 30 is silent: a line on which nothing was recorded, not a person who said nothing.
 */
#ifndef INGEST_VOICE_H
#define INGEST_VOICE_H

#include "base/buf.h"
#include "model/call.h"

enum { VOICE_SILENT_RMS = 30 };

struct voice {
    int rate;
    int blocks; /* to a frame */
    int filled;
    int samples;     /* of the frame being made */
    uint64_t energy; /* of the frame being made */
    uint64_t total;  /* energy of the channel; room for 500 hours at full scale and 8 kHz */
    int64_t n;       /* samples of the channel */
    struct buf levels;
};

void voice_start(struct voice *v, int rate);
/* The energy (sum of squares) of the next block; blocks as in peaks.h. */
void voice_block(struct voice *v, uint64_t energy, int samples);
bool voice_is_silent(const struct voice *v);
double voice_rms(const struct voice *v); /* of 32,768; 0 before the first block */

/* Stretches of speech in order, in `a`; gives back the memory of `v`. */
struct call_stretch *voice_end(struct voice *v, enum call_side side, struct arena *a, size_t *n);

#endif
