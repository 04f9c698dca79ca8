#include "model/pack.h"

#include "base/utf8.h"
#include "base/wire.h"

#include <math.h>
#include <string.h>

enum {
    VERSION = 1,
    VERSION_WITH_SENTIMENT = 2, /* of turns, and of what holds turns: a byte more a turn */
    NO_SENTIMENT = 255,
    TURN_LEAST = 1 + 8 + 8 + 4 + 4,
    WORD_SIZE = 16,
    EVIDENCE_LEAST = 4 + 8 + 8 + 4 + 4 + 4
};

/* Turns repeat their times closely, but plain fields read back in microseconds; that is worth more
 * here than size. */
static void put_turn(struct buf *out, const struct call_turn *t, unsigned version)
{
    wire_put_u8(out, (uint8_t)t->side);
    if (version >= VERSION_WITH_SENTIMENT)
        wire_put_u8(out, t->has_sentiment ? (uint8_t)(t->sentiment + CALL_SENTIMENT_MOST)
                                          : NO_SENTIMENT);
    wire_put_i64(out, t->start_ms);
    wire_put_i64(out, t->end_ms);
    wire_put_text(out, slice_of(t->text));
    wire_put_u32(out, (uint32_t)t->n_words);
    for (size_t i = 0; i < t->n_words; i++) {
        wire_put_u32(out, t->words[i].from);
        wire_put_u32(out, t->words[i].to);
        wire_put_u32(out, t->words[i].start_ms);
        wire_put_u32(out, t->words[i].end_ms);
    }
}

/* Transcripts without a sentiment stay what they were, byte for byte. */
static uint8_t version_for(const struct call_turn *turns, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (turns[i].has_sentiment)
            return VERSION_WITH_SENTIMENT;
    return VERSION;
}

static void put_turns(struct buf *out, const struct call_turn *turns, size_t n)
{
    unsigned version = version_for(turns, n);
    wire_put_u32(out, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        put_turn(out, &turns[i], version);
}

static unsigned get_version(struct wire *w)
{
    unsigned version = wire_get_u8(w);
    if (version != VERSION && version != VERSION_WITH_SENTIMENT)
        w->bad = true;
    return version;
}

static void get_sentiment(struct wire *w, struct call_turn *t)
{
    unsigned v = wire_get_u8(w);
    if (v == NO_SENTIMENT)
        return;
    if (v > 2 * CALL_SENTIMENT_MOST)
        w->bad = true;
    t->has_sentiment = !w->bad;
    t->sentiment = w->bad ? 0 : (int8_t)((int)v - CALL_SENTIMENT_MOST);
}

/* A text fit for the model: valid UTF-8 without NUL. */
static const char *get_text(struct wire *w, struct arena *a)
{
    struct slice s = wire_get_text(w);
    if (!utf8_valid(s))
        w->bad = true;
    return w->bad ? "" : arena_text(a, s);
}

static uint8_t get_below(struct wire *w, unsigned count)
{
    uint8_t v = wire_get_u8(w);
    if (v >= count)
        w->bad = true;
    return w->bad ? 0 : v;
}

static void get_words(struct wire *w, struct arena *a, struct call_turn *t)
{
    t->n_words = wire_get_count(w, WORD_SIZE);
    struct call_word *words = arena_array(a, t->n_words, sizeof *words);
    size_t length = strlen(t->text), last = 0;
    for (size_t i = 0; i < t->n_words; i++) {
        words[i].from = wire_get_u32(w);
        words[i].to = wire_get_u32(w);
        words[i].start_ms = wire_get_u32(w);
        words[i].end_ms = wire_get_u32(w);
        if (words[i].from < last || words[i].to <= words[i].from || words[i].to > length)
            w->bad = true;
        last = words[i].to;
    }
    t->words = t->n_words ? words : NULL;
}

static void get_turns(struct wire *w, unsigned version, struct arena *a, struct call *into)
{
    into->n_turns = wire_get_count(w, TURN_LEAST);
    struct call_turn *turns = arena_array(a, into->n_turns, sizeof *turns);
    for (size_t i = 0; i < into->n_turns && !w->bad; i++) {
        turns[i].side = get_below(w, CALL_SIDES);
        if (version >= VERSION_WITH_SENTIMENT)
            get_sentiment(w, &turns[i]);
        turns[i].start_ms = wire_get_i64(w);
        turns[i].end_ms = wire_get_i64(w);
        turns[i].text = get_text(w, a);
        if (turns[i].start_ms < 0 || turns[i].end_ms < turns[i].start_ms)
            w->bad = true;
        get_words(w, a, &turns[i]);
    }
    into->turns = turns;
}

static bool finish(const struct wire *w, const char *what, struct err *e)
{
    return wire_done(w) || err_set(e, ERR_INPUT, "the packed %s are damaged", what);
}

void pack_turns(struct buf *out, const struct call_turn *turns, size_t n)
{
    wire_put_u8(out, version_for(turns, n));
    put_turns(out, turns, n);
}

bool pack_read_turns(struct slice bytes, struct arena *a, struct call *into, struct err *e)
{
    struct wire w = {bytes};
    unsigned version = get_version(&w);
    if (w.bad)
        return err_set(e, ERR_INPUT, "the packed turns are of an unknown version");
    get_turns(&w, version, a, into);
    return finish(&w, "turns", e);
}

void pack_walk_turns(struct slice bytes, struct pack_walk *out)
{
    *out = (struct pack_walk){.w = {bytes}};
    out->with_sentiment = get_version(&out->w) >= VERSION_WITH_SENTIMENT;
    out->left = wire_get_count(&out->w, TURN_LEAST);
}

/* At once, since a search looks at thousands of turns. */
bool pack_next_turn(struct pack_walk *walk, struct pack_turn *out)
{
    struct wire *w = &walk->w;
    size_t start = 1 + walk->with_sentiment, length = start + 2 * sizeof(int64_t);
    if (w->bad || !walk->left)
        return false;
    walk->left--;
    w->bad = w->rest.n < length || (uint8_t)w->rest.p[0] >= CALL_SIDES;
    if (w->bad)
        return false;
    out->side = (enum call_side)w->rest.p[0];
    memcpy(&out->start_ms, w->rest.p + start, sizeof out->start_ms);
    w->rest.p += length, w->rest.n -= length;
    out->text = wire_get_text(w);
    size_t words = (size_t)wire_get_count(w, WORD_SIZE) * WORD_SIZE;
    if (w->bad)
        return false;
    w->rest.p += words, w->rest.n -= words;
    return true;
}

static void put_measures(struct buf *out, const struct call_measures *m)
{
    wire_put_u8(out, m->known);
    const int64_t all[] = {m->duration_ms,       m->talk_ms[0],         m->talk_ms[1],
                           m->longest_gap_ms[0], m->longest_gap_ms[1],  m->overlap_ms,
                           m->silence_ms,        m->longest_silence_ms, m->longest_silence_at_ms};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        wire_put_i64(out, all[i]);
}

static void get_measures(struct wire *w, struct call_measures *m)
{
    m->known = get_below(w, 2);
    int64_t *all[] = {&m->duration_ms,       &m->talk_ms[0],         &m->talk_ms[1],
                      &m->longest_gap_ms[0], &m->longest_gap_ms[1],  &m->overlap_ms,
                      &m->silence_ms,        &m->longest_silence_ms, &m->longest_silence_at_ms};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = wire_get_i64(w);
}

static void put_facts(struct buf *out, const struct call *c)
{
    const char *texts[] = {c->source,         c->source_key, c->type,    c->queue,
                           c->agent_id,       c->agent_name, c->team,    c->customer,
                           c->customer_class, c->language,   c->hung_up, c->wrap_up,
                           c->recording};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        wire_put_text(out, slice_of(texts[i]));
    const int64_t numbers[] = {c->offered, c->answered, c->ended,    c->wait_ms,     c->talk_ms,
                               c->hold_ms, c->wrap_ms,  c->resolved, c->recording_ms};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        wire_put_i64(out, numbers[i]);
    wire_put_f64(out, c->csat);
    wire_put_f64(out, c->nps);
    const int small[] = {(int)c->channel,
                         (int)c->direction,
                         (int)c->outcome,
                         (int)c->recording_channels[0],
                         (int)c->recording_channels[1],
                         c->recording_n_channels};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        wire_put_u8(out, (uint8_t)small[i]);
}

static void get_facts(struct wire *w, struct arena *a, struct call *c)
{
    const char *recording = "";
    const char **texts[] = {&c->source,         &c->source_key, &c->type,    &c->queue,
                            &c->agent_id,       &c->agent_name, &c->team,    &c->customer,
                            &c->customer_class, &c->language,   &c->hung_up, &c->wrap_up,
                            &recording};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = get_text(w, a);
    if (recording[0] && !hash_is_text(slice_of(recording)))
        w->bad = true;
    else
        memcpy(c->recording, recording, strlen(recording) + 1);
    int64_t resolved = 0;
    int64_t *numbers[] = {&c->offered, &c->answered, &c->ended, &c->wait_ms,     &c->talk_ms,
                          &c->hold_ms, &c->wrap_ms,  &resolved, &c->recording_ms};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = wire_get_i64(w);
    c->resolved = (int)resolved;
    c->csat = wire_get_f64(w);
    c->nps = wire_get_f64(w);
    c->channel = get_below(w, CALL_CHANNELS);
    c->direction = get_below(w, CALL_DIRECTIONS);
    c->outcome = get_below(w, CALL_OUTCOMES);
    c->recording_channels[0] = get_below(w, CALL_SIDES);
    c->recording_channels[1] = get_below(w, CALL_SIDES);
    c->recording_n_channels = wire_get_u8(w);
}

static void get_meta(struct wire *w, struct arena *a, struct call *c)
{
    c->n_meta = wire_get_count(w, 8);
    struct call_pair *meta = arena_array(a, c->n_meta, sizeof *meta);
    for (size_t i = 0; i < c->n_meta; i++) {
        meta[i].name = get_text(w, a);
        meta[i].value = get_text(w, a);
    }
    c->meta = meta;
}

void pack_call(struct buf *out, const struct call *c)
{
    wire_put_u8(out, version_for(c->turns, c->n_turns));
    put_facts(out, c);
    wire_put_u32(out, (uint32_t)c->n_meta);
    for (size_t i = 0; i < c->n_meta; i++) {
        wire_put_text(out, slice_of(c->meta[i].name));
        wire_put_text(out, slice_of(c->meta[i].value));
    }
    put_measures(out, &c->measures);
    put_turns(out, c->turns, c->n_turns);
}

bool pack_read_call(struct slice bytes, struct arena *a, struct call *out, struct err *e)
{
    struct wire w = {bytes};
    call_init(out);
    unsigned version = get_version(&w);
    if (w.bad)
        return err_set(e, ERR_INPUT, "the packed call is of an unknown version");
    get_facts(&w, a, out);
    get_meta(&w, a, out);
    get_measures(&w, &out->measures);
    get_turns(&w, version, a, out);
    if (!w.bad)
        call_make_id(out->source, out->source_key, out->id);
    return finish(&w, "call's bytes", e);
}

enum { STATES = 16 }; /* room for them in half a byte: the state, and what it was before */

static void put_answer(struct buf *out, const struct answer *answer)
{
    wire_put_u8(out, (uint8_t)(answer->state + STATES * answer->before));
    wire_put_u8(out, (uint8_t)answer->locus);
    wire_put_text(out, slice_of(answer->reason));
    wire_put_text(out, slice_of(answer->note));
    wire_put_u32(out, (uint32_t)answer->n_values);
    for (size_t i = 0; i < answer->n_values; i++)
        wire_put_text(out, slice_of(answer->values[i]));
    wire_put_u32(out, (uint32_t)answer->n_evidence);
    for (size_t i = 0; i < answer->n_evidence; i++) {
        const struct evidence *v = &answer->evidence[i];
        wire_put_u32(out, (uint32_t)v->turn);
        wire_put_i64(out, v->start_ms);
        wire_put_i64(out, v->end_ms);
        wire_put_u32(out, v->from);
        wire_put_u32(out, v->to);
        wire_put_text(out, slice_of(v->label));
    }
}

static void get_evidence(struct wire *w, struct arena *a, struct evidence *v)
{
    v->turn = (int)wire_get_u32(w);
    v->start_ms = wire_get_i64(w);
    v->end_ms = wire_get_i64(w);
    v->from = wire_get_u32(w);
    v->to = wire_get_u32(w);
    v->label = get_text(w, a);
    if (v->turn < -1 || v->start_ms < 0 || v->end_ms < v->start_ms || v->to < v->from)
        w->bad = true;
}

static void get_states(struct wire *w, struct answer *answer)
{
    unsigned both = wire_get_u8(w), state = both % STATES, before = both / STATES;
    bool may_have = state == ANSWER_NA_SYSTEM && before != ANSWER_NA_SYSTEM;
    if (state >= ANSWER_STATES || before >= ANSWER_STATES || (before && !may_have))
        w->bad = true;
    answer->state = w->bad ? ANSWER_NONE : (enum answer_state)state;
    answer->before = w->bad ? ANSWER_NONE : (enum answer_state)before;
}

static void get_answer(struct wire *w, struct arena *a, struct answer *answer)
{
    get_states(w, answer);
    answer->locus = get_below(w, FORM_LOCI);
    answer->reason = get_text(w, a);
    answer->note = get_text(w, a);
    answer->n_values = wire_get_count(w, 4);
    const char **values = arena_array(a, answer->n_values, sizeof *values);
    for (size_t i = 0; i < answer->n_values; i++)
        values[i] = get_text(w, a);
    answer->values = values;
    answer->n_evidence = wire_get_count(w, EVIDENCE_LEAST);
    struct evidence *evidence = arena_array(a, answer->n_evidence, sizeof *evidence);
    for (size_t i = 0; i < answer->n_evidence; i++)
        get_evidence(w, a, &evidence[i]);
    answer->evidence = evidence;
}

void pack_answers(struct buf *out, const struct answer *answers, size_t n)
{
    wire_put_u8(out, VERSION);
    wire_put_u32(out, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        put_answer(out, &answers[i]);
}

bool pack_read_answers(struct slice bytes, struct arena *a, struct answer **out, size_t *n,
                       struct err *e)
{
    struct wire w = {bytes};
    if (wire_get_u8(&w) != VERSION)
        return err_set(e, ERR_INPUT, "the packed answers are of an unknown version");
    *n = wire_get_count(&w, 18);
    *out = arena_array(a, *n, sizeof **out);
    for (size_t i = 0; i < *n && !w.bad; i++)
        get_answer(&w, a, &(*out)[i]);
    return finish(&w, "answers", e);
}
