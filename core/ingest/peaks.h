/* peaks: the waveform of a recording as audiowaveform's .dat, version 2, 8 bit, in one pass.
 *
 * Header: six little-endian 32-bit numbers (version 2, flags 1 = 8 bit, rate, samples a pixel,
 * pixels, channels); then for each pixel and channel the lowest and the highest sample / 256, one
 * byte each. A pixel is 50 ms up to half an hour of sound and 100 ms above: 400 and 800 samples at
 * 8 kHz, rounded to whole blocks at other rates. So an hour of stereo is 144 KB, whatever its rate.
 */
#ifndef INGEST_PEAKS_H
#define INGEST_PEAKS_H

#include "base/buf.h"

enum { PEAKS_BLOCK = 80, PEAKS_HEAD = 24, PEAKS_CHANNELS = 8 };

struct peaks {
    int channels, rate;
    int blocks; /* to a pixel */
    int filled; /* blocks of the pixel being made */
    int64_t frames;
    int16_t low[PEAKS_CHANNELS], high[PEAKS_CHANNELS];
    struct buf pixels;
};

void peaks_start(struct peaks *p, int channels, int rate);

/* The lowest and highest sample by channel of the next block, of PEAKS_BLOCK frames (fewer only at
 * the end). */
void peaks_block(struct peaks *p, const int16_t *low, const int16_t *high, int frames);

/* Adds the whole .dat to `out` and gives back the memory. */
void peaks_end(struct peaks *p, struct buf *out);

#endif
