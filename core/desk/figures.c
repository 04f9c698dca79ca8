#include "desk/figures.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "store/media.h"

#include <math.h>
#include <string.h>

enum { MINUTE = 60 * 1000, LEAST_MS = 1000 }; /* of talk that a pace can be told from */

static const struct table_column COLUMNS[] = {
    {"side", "Side", TABLE_TEXT},
    {"talk", "Talk", TABLE_DURATION},
    {"share", "Share of talk", TABLE_PERCENT},
    {"pace", "Words a minute", TABLE_COUNT},
    {"longest_gap", "Longest gap", TABLE_DURATION},
    {"silence", "Silence", TABLE_DURATION},
    {"overlap", "Overlap", TABLE_DURATION},
    {"clipped", "Clipped", TABLE_PERCENT},
    {"recording", "Recording", TABLE_TEXT},
};

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || c == 0x3000;
}

static int64_t words_in(struct slice text)
{
    int64_t n = 0;
    bool inside = false;
    while (text.n) {
        uint32_t c = utf8_next(&text);
        bool han = fold_is_han(c), starts = !inside && fold_is_word(c);
        n += han || starts;
        inside = !han && !is_blank(c) && (inside || starts);
    }
    return n;
}

int64_t figures_words(const struct call *c, enum call_side side)
{
    int64_t n = 0;
    for (size_t i = 0; i < c->n_turns; i++)
        if (c->turns[i].side == side)
            n += words_in(slice_of(c->turns[i].text));
    return n;
}

struct heard { /* of the recording; channels 0 where nothing is known */
    struct store_level levels[STORE_CHANNELS];
    size_t channels;
    int64_t frames;
};

static bool hear(const struct desk *d, const struct call *c, struct heard *out, struct err *e)
{
    struct store_recording r;
    *out = (struct heard){.channels = 0};
    if (!*c->recording)
        return true;
    if (!store_recording_get(d->store, &d->viewer, c->recording, d->arena, &r, e))
        return false;
    out->frames = r.frames;
    return store_levels_get(d->store, c->recording, out->levels, &out->channels, e);
}

/* Of a side, where it has a channel of its own; of all channels for CALL_SYSTEM. */
static double clipped(const struct call *c, const struct heard *h, enum call_side side)
{
    int64_t samples = 0, found = 0;
    for (size_t i = 0; i < h->channels; i++) {
        if (side != CALL_SYSTEM && (h->channels != 2 || c->recording_channels[i] != side))
            continue;
        samples += h->frames, found += h->levels[i].clipped;
    }
    return samples ? 100.0 * (double)found / (double)samples : NAN;
}

static const char *silent(const struct call *c, enum call_side side)
{
    for (size_t i = 0; i < c->n_meta; i++)
        if (strcmp(c->meta[i].name, "silent_channel") == 0 &&
            strstr(c->meta[i].value, call_side_names[side]))
            return "Nothing was recorded of this side";
    return NULL;
}

static void put_ms(struct table *t, bool known, int64_t ms)
{
    if (known)
        table_integer(t, ms);
    else
        table_unknown(t);
}

static void put_pace(struct table *t, const struct call *c, enum call_side side)
{
    int64_t words = figures_words(c, side), ms = c->measures.talk_ms[side];
    if (words && ms >= LEAST_MS)
        table_integer(t, (words * MINUTE + ms / 2) / ms);
    else
        table_unknown(t);
}

static void side_row(struct table *t, const struct call *c, const struct heard *h,
                     enum call_side side)
{
    const struct call_measures *m = &c->measures;
    int64_t both = m->talk_ms[CALL_AGENT] + m->talk_ms[CALL_CUSTOMER];
    table_row(t);
    table_text(t, side == CALL_AGENT ? "Agent" : "Customer");
    put_ms(t, m->known, m->talk_ms[side]);
    table_number(t, both ? 100.0 * (double)m->talk_ms[side] / (double)both : NAN);
    put_pace(t, c, side);
    put_ms(t, m->known, m->longest_gap_ms[side]);
    table_unknown(t);
    table_unknown(t);
    table_number(t, clipped(c, h, side));
    table_text(t, silent(c, side));
}

static void both_row(struct table *t, const struct call *c, const struct heard *h)
{
    const struct call_measures *m = &c->measures;
    table_row(t);
    table_text(t, "Both");
    put_ms(t, m->known, m->talk_ms[CALL_AGENT] + m->talk_ms[CALL_CUSTOMER] - m->overlap_ms);
    table_unknown(t);
    table_unknown(t);
    put_ms(t, m->known, m->longest_silence_ms);
    put_ms(t, m->known, m->silence_ms);
    put_ms(t, m->known, m->overlap_ms);
    table_number(t, clipped(c, h, CALL_SYSTEM));
    table_text(t, NULL);
}

bool figures_of_call(const struct desk *d, const struct call *c, struct table **out, struct err *e)
{
    struct heard h;
    *out = NULL;
    if (!hear(d, c, &h, e))
        return false;
    *out = table_new(d->arena, "", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    if (!c->measures.known && !h.channels)
        return true;
    side_row(*out, c, &h, CALL_AGENT);
    side_row(*out, c, &h, CALL_CUSTOMER);
    both_row(*out, c, &h);
    return true;
}
