/* Who is who among the voices of a transcript: the rule of spoken.h. */
#include "ingest/spoken.h"

#include <string.h>

#include "ingest/who.h"

enum { VOICES_MOST = 200 };

struct cast {
    const struct ingest_options *options;
    int channels;      /* distinct ones */
    int first_channel; /* products count from 0 or from 1 */
    const char *unknown[VOICES_MOST];
    size_t n_unknown;
    bool knows_side; /* some voice is known by its name or channel */
    bool by_channel, by_order;
};

static int side_of_channel(const struct cast *c, int channel)
{
    return c->channels < 2 || channel < c->first_channel
               ? -1
               : who_channel(c->options, (size_t)(channel - c->first_channel), (size_t)c->channels);
}

/* A channel tells voices apart only where there are several. */
static const char *label_of(const struct cast *c, const struct spoken_said *t, struct arena *a)
{
    return *t->voice.label || t->voice.channel < 0 || c->channels < 2
               ? t->voice.label
               : arena_format(a, "channel %d", t->voice.channel);
}

static void count_channels(const struct spoken *s, struct cast *c)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < s->n_said; i++) {
        if (s->said[i].voice.channel >= 0)
            seen |= (uint64_t)1 << s->said[i].voice.channel;
    }
    c->channels = __builtin_popcountll(seen);
    c->first_channel = seen & 1 ? 0 : 1;
}

/* By name, else by channel; -1 where neither says it. */
static int known_side(const struct spoken_said *t, struct cast *c)
{
    int side = *t->voice.label ? who_side(c->options, slice_of(t->voice.label)) : -1;
    if (side < 0 && (side = side_of_channel(c, t->voice.channel)) >= 0)
        c->by_channel = true;
    c->knows_side |= side == CALL_AGENT || side == CALL_CUSTOMER;
    return side;
}

static void find_cast(struct spoken *s, struct cast *c)
{
    count_channels(s, c);
    for (size_t i = 0; i < s->n_said; i++) {
        const char *label = label_of(c, &s->said[i], s->a);
        size_t k = 0;
        if (known_side(&s->said[i], c) >= 0 || !*label)
            continue;
        while (k < c->n_unknown && strcmp(c->unknown[k], label) != 0)
            k++;
        if (k == c->n_unknown && k < VOICES_MOST)
            c->unknown[c->n_unknown++] = label;
    }
    c->by_order = c->options && c->options->first_voice && c->n_unknown == 2 && !c->knows_side;
}

static int side_by_order(const struct cast *c, const char *label)
{
    if (!c->by_order || !*label)
        return -1;
    bool first = strcmp(label, c->unknown[0]) == 0;
    int side = call_name_index(call_side_names, c->options->first_voice);
    return first ? side : side == CALL_AGENT ? CALL_CUSTOMER : CALL_AGENT;
}

/* The label goes before the text, and the words move with it. */
static void put_label(struct call_turn *t, const char *label, struct arena *a)
{
    size_t more = strlen(label) + 2;
    struct call_word *words = arena_array(a, t->n_words, sizeof *words);
    for (size_t i = 0; i < t->n_words; i++) {
        words[i] = t->words[i];
        words[i].from += (uint32_t)more, words[i].to += (uint32_t)more;
    }
    t->text = arena_format(a, "%s: %s", label, t->text);
    t->words = words;
}

static bool give(struct spoken *s, struct cast *c, const struct spoken_said *said, int64_t *at,
                 struct err *e)
{
    const char *label = label_of(c, said, s->a);
    int side = known_side(said, c);
    struct call_turn *t = draft_add_turn(s->draft, s->a, e);
    if (!t)
        return false;
    side = side < 0 ? side_by_order(c, label) : side;
    t->start_ms = said->start_ms < 0 ? *at : said->start_ms;
    t->end_ms = said->end_ms < t->start_ms ? t->start_ms : said->end_ms;
    *at = t->end_ms;
    t->side = side < 0 ? CALL_SYSTEM : (enum call_side)side;
    t->text = said->text, t->words = said->words, t->n_words = said->n_words;
    mood_give(&said->mood, t);
    if (side < 0 && *label)
        put_label(t, label, s->a);
    return true;
}

static bool say_unknown(struct spoken *s, const struct cast *c, struct err *e)
{
    struct buf b = {0};
    for (size_t i = 0; i < c->n_unknown && b.n < DRAFT_META_MOST / 2; i++) {
        if (strlen(c->unknown[i]) < DRAFT_TEXT_MOST)
            buf_format(&b, "%s%s", b.n ? ", " : "", c->unknown[i]);
    }
    bool ok = draft_add_meta(s->draft, s->a, "unknown_voices", buf_all(&b), e);
    buf_free(&b);
    return ok;
}

static bool say_cast(struct spoken *s, const struct cast *c, struct err *e)
{
    if (!c->by_order && !say_unknown(s, c, e))
        return false;
    const char *from = c->by_order ? "order" : c->by_channel ? "channels" : "";
    s->draft->sides_by_channel =
        c->by_channel ? 1 + who_channel(c->options, 0, (size_t)c->channels) : 0;
    return draft_add_meta(s->draft, s->a, "sides_from", slice_of(from), e);
}

bool spoken_end(struct spoken *s, struct err *e)
{
    struct cast *c = arena_take(s->a, sizeof *c);
    int64_t at = 0;
    spoken_close(s);
    c->options = s->in->options;
    find_cast(s, c);
    for (size_t i = 0; i < s->n_said; i++) {
        if (!give(s, c, &s->said[i], &at, e))
            return false;
    }
    return say_cast(s, c, e);
}
