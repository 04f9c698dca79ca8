#include "ingest/voice.h"

#include <math.h>
#include <string.h>

#include "ingest/peaks.h"

enum {
    OCTAVE = 8, /* levels */
    DB_4_5 = 12,
    DB_9 = 24,
    DB_30 = 80,
    LEAST = 90, /* 8 * log2(50 * 50) */
    LEVELS = 256,
    WINDOW = 500, /* frames: about 10 s; the floor looks at three of them */
    JOIN_MS = 300,
    CLICK_MS = 60
};

void voice_start(struct voice *v, int rate)
{
    int blocks = (rate + 25 * PEAKS_BLOCK) / (50 * PEAKS_BLOCK);
    *v = (struct voice){.rate = rate, .blocks = blocks ? blocks : 1};
}

/* OCTAVE * log2(power), the part below a whole octave taken as straight. */
static uint8_t level_of(uint64_t power)
{
    if (power < 2)
        return 0;
    int whole = 63 - __builtin_clzll(power);
    uint64_t part = whole >= 3 ? power >> (whole - 3) : power << (3 - whole);
    return (uint8_t)(whole * OCTAVE + (int)(part & 7));
}

static void end_frame(struct voice *v)
{
    buf_char(&v->levels, (char)level_of(v->energy / (uint64_t)v->samples));
    v->energy = 0, v->filled = 0, v->samples = 0;
}

void voice_block(struct voice *v, uint64_t energy, int samples)
{
    v->energy += energy;
    v->samples += samples;
    v->total += energy;
    v->n += samples;
    if (++v->filled == v->blocks)
        end_frame(v);
}

bool voice_is_silent(const struct voice *v)
{
    return v->total < (uint64_t)VOICE_SILENT_RMS * VOICE_SILENT_RMS * (uint64_t)v->n;
}

double voice_rms(const struct voice *v)
{
    return v->n ? sqrt((double)v->total / (double)v->n) : 0;
}

static void count(const uint8_t *levels, size_t n, uint32_t counts[LEVELS])
{
    for (size_t i = 0; i < n; i++)
        counts[levels[i]]++;
}

/* The level that `part` in a hundred of the counted frames do not exceed. */
static int level_at(const uint32_t counts[LEVELS], unsigned part)
{
    uint64_t all = 0, below = 0;
    for (int i = 0; i < LEVELS; i++)
        all += counts[i];
    int level = 0;
    for (; level < LEVELS - 1; level++) {
        below += counts[level];
        if (below * 100 >= all * part)
            break;
    }
    return level;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

static int threshold(const uint8_t *levels, size_t n, size_t window, int speech)
{
    uint32_t counts[LEVELS] = {0};
    size_t from = window ? (window - 1) * WINDOW : 0, to = (window + 2) * WINDOW;
    count(levels + from, (to < n ? to : n) - from, counts);
    int floor = level_at(counts, 10), above = floor + DB_9;
    int cap = most(speech - DB_9, floor + DB_4_5);
    return most(most(above < cap ? above : cap, speech - DB_30), LEAST);
}

struct stretches {
    struct call_stretch *items;
    size_t n;
};

static void join(struct stretches *s, struct call_stretch next, int64_t gap)
{
    struct call_stretch *last = s->n ? &s->items[s->n - 1] : NULL;
    if (last && next.start_ms - last->end_ms < gap)
        last->end_ms = next.end_ms;
    else
        s->items[s->n++] = next;
}

/* Drops the clicks, then makes short pauses part of the talk. */
static void tidy(struct stretches *s)
{
    struct stretches out = {s->items, 0};
    for (size_t i = 0; i < s->n; i++) {
        if (s->items[i].end_ms - s->items[i].start_ms >= CLICK_MS)
            join(&out, s->items[i], CALL_PAUSE_MS + 1);
    }
    s->n = out.n;
}

struct call_stretch *voice_end(struct voice *v, enum call_side side, struct arena *a, size_t *n)
{
    if (v->samples)
        end_frame(v);
    size_t frames = v->levels.n;
    const uint8_t *levels = (const uint8_t *)buf_text(&v->levels);
    uint32_t counts[LEVELS] = {0};
    count(levels, frames, counts);
    int speech = level_at(counts, 95), least = 0;
    int64_t samples = (int64_t)v->blocks * PEAKS_BLOCK;
    struct stretches s = {arena_array(a, frames / 2 + 1, sizeof *s.items), 0};
    for (size_t i = 0; i < frames; i++) {
        if (i % WINDOW == 0)
            least = threshold(levels, frames, i / WINDOW, speech);
        int64_t from = (int64_t)i * samples, to = from + samples;
        if (levels[i] >= least)
            join(&s, (struct call_stretch){side, from * 1000 / v->rate, to * 1000 / v->rate},
                 JOIN_MS);
    }
    tidy(&s);
    buf_free(&v->levels);
    *n = s.n;
    return s.items;
}
