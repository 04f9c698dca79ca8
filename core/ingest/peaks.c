#include "ingest/peaks.h"

#include <string.h>

#include "base/wire.h"

enum { PIXELS_A_SECOND = 20, HALF_AN_HOUR = 1800 };

void peaks_start(struct peaks *p, int channels, int rate)
{
    int a_second = PIXELS_A_SECOND * PEAKS_BLOCK;
    int blocks = (rate + a_second / 2) / a_second;
    *p = (struct peaks){.channels = channels, .rate = rate, .blocks = blocks ? blocks : 1};
}

static void end_pixel(struct peaks *p)
{
    for (int c = 0; c < p->channels; c++) {
        buf_char(&p->pixels, (char)(p->low[c] / 256));
        buf_char(&p->pixels, (char)(p->high[c] / 256));
    }
    p->filled = 0;
}

void peaks_block(struct peaks *p, const int16_t *low, const int16_t *high, int frames)
{
    for (int c = 0; c < p->channels; c++) {
        p->low[c] = p->filled && p->low[c] < low[c] ? p->low[c] : low[c];
        p->high[c] = p->filled && p->high[c] > high[c] ? p->high[c] : high[c];
    }
    p->frames += frames;
    if (++p->filled == p->blocks)
        end_pixel(p);
}

/* Two pixels become one. The length of a recording is known only at its end. */
static void halve(struct peaks *p)
{
    size_t row = 2 * (size_t)p->channels, rows = p->pixels.n / row;
    signed char *at = (signed char *)p->pixels.p;
    for (size_t r = 0; r < rows; r++) {
        for (size_t i = 0; i < row; i++) {
            signed char v = at[r * row + i], *to = &at[r / 2 * row + i];
            bool wider = i % 2 ? v > *to : v < *to;
            if (r % 2 == 0 || wider)
                *to = v;
        }
    }
    p->pixels.n = (rows + 1) / 2 * row;
    p->blocks *= 2;
}

void peaks_end(struct peaks *p, struct buf *out)
{
    if (p->filled)
        end_pixel(p);
    if (p->frames > (int64_t)HALF_AN_HOUR * p->rate)
        halve(p);
    uint32_t head[] = {2,
                       1,
                       (uint32_t)p->rate,
                       (uint32_t)(p->blocks * PEAKS_BLOCK),
                       (uint32_t)(p->pixels.n / (2 * (size_t)p->channels)),
                       (uint32_t)p->channels};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        wire_put_u32(out, head[i]);
    buf_slice(out, buf_all(&p->pixels));
    buf_free(&p->pixels);
}
