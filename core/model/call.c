#include "model/call.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const call_channel_names[] = {"voice", "chat", "email", "social", NULL};
const char *const call_side_names[] = {"agent", "customer", "system", NULL};
const char *const call_direction_names[] = {"inbound", "outbound", NULL};
const char *const call_outcome_names[] = {"answered", "abandoned", "unanswered", "transferred",
                                          NULL};
const char *const call_mood_names[] = {"negative", "neutral", "positive", NULL};

int call_name_index(const char *const names[], const char *name)
{
    for (int i = 0; name && names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

int call_turn_mood(const struct call_turn *t)
{
    return !t->has_sentiment                      ? CALL_UNKNOWN
           : t->sentiment < -CALL_SENTIMENT_CLEAR ? CALL_NEGATIVE
           : t->sentiment > CALL_SENTIMENT_CLEAR  ? CALL_POSITIVE
                                                  : CALL_NEUTRAL;
}

void call_init(struct call *c)
{
    *c = (struct call){
        .offered = CALL_UNKNOWN,
        .answered = CALL_UNKNOWN,
        .ended = CALL_UNKNOWN,
        .wait_ms = CALL_UNKNOWN,
        .talk_ms = CALL_UNKNOWN,
        .hold_ms = CALL_UNKNOWN,
        .wrap_ms = CALL_UNKNOWN,
        .csat = NAN,
        .nps = NAN,
        .resolved = CALL_UNKNOWN,
        .recording_channels = {CALL_AGENT, CALL_CUSTOMER},
        .recording_ms = CALL_UNKNOWN,
    };
}

static int hex_value(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

bool call_read_id(const char *typed, char out[CALL_ID])
{
    static const char before[] = "/calls/";
    const char *in = strstr(typed, before);
    size_t n = 0;
    for (in = in ? in + strlen(before) : typed; *in && !strchr("/?#", *in); in++) {
        char sign = *in >= 'a' && *in <= 'z' ? (char)(*in - 'a' + 'A') : *in;
        if (strchr(" \t\r\n", sign))
            continue;
        if (n == CALL_ID - 1 || !strchr(signs, sign))
            return false;
        out[n++] = sign;
    }
    out[n] = 0;
    return n == CALL_ID - 1;
}

void call_make_id(const char *source, const char *source_key, char out[CALL_ID])
{
    struct buf key = {0};
    char hash[HASH_TEXT];
    buf_add(&key, source, strlen(source) + 1);
    buf_str(&key, source_key);
    hash_text(buf_all(&key), hash);
    buf_free(&key);
    uint64_t bits = 0;
    for (int i = 0; i < 15; i++)
        bits = bits << 4 | (uint64_t)hex_value(hash[i]);
    for (int i = CALL_ID - 2; i >= 0; i--, bits >>= 5)
        out[i] = signs[bits & 31];
    out[CALL_ID - 1] = 0;
}

/* Every text member, so that nobody forgets one. */
static const size_t texts[] = {
    offsetof(struct call, source),         offsetof(struct call, source_key),
    offsetof(struct call, type),           offsetof(struct call, queue),
    offsetof(struct call, agent_id),       offsetof(struct call, agent_name),
    offsetof(struct call, team),           offsetof(struct call, customer),
    offsetof(struct call, customer_class), offsetof(struct call, language),
    offsetof(struct call, hung_up),        offsetof(struct call, wrap_up),
};

static const char **text_at(const struct call *c, size_t i)
{
    return (const char **)((char *)c + texts[i]);
}

static bool finish_texts(struct call *c, struct err *e)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char **text = text_at(c, i);
        if (!*text)
            *text = "";
        if (!utf8_valid(slice_of(*text)))
            return err_set(e, ERR_INPUT, "a text of the call is not valid UTF-8: \"%.40s\"", *text);
    }
    if (!c->source[0] || !c->source_key[0])
        return err_set(e, ERR_INPUT, "a call needs a source and a key of its own there");
    if (c->hung_up[0] && call_name_index(call_side_names, c->hung_up) < 0)
        return err_set(e, ERR_INPUT, "hung_up is \"%s\"; use agent, customer or system",
                       c->hung_up);
    return true;
}

static bool finish_words(struct call_turn *t)
{
    size_t length = strlen(t->text), last = 0;
    for (size_t i = 0; i < t->n_words; i++) {
        const struct call_word *w = &t->words[i];
        if (w->from < last || w->to <= w->from || w->to > length || w->end_ms < w->start_ms)
            return false;
        last = w->to;
    }
    return true;
}

struct numbered_turn {
    struct call_turn turn;
    size_t number; /* keeps the sort stable */
};

static int by_start(const void *a, const void *b)
{
    const struct numbered_turn *l = a, *r = b;
    if (l->turn.start_ms != r->turn.start_ms)
        return l->turn.start_ms < r->turn.start_ms ? -1 : 1;
    return (l->number > r->number) - (l->number < r->number);
}

static bool finish_turns(struct call *c, struct arena *a, struct err *e)
{
    struct numbered_turn *turns = arena_array(a, c->n_turns, sizeof *turns);
    for (size_t i = 0; i < c->n_turns; i++) {
        struct call_turn *t = &turns[i].turn;
        *t = c->turns[i];
        turns[i].number = i;
        t->text = t->text ? t->text : "";
        if (t->start_ms < 0)
            return err_set(e, ERR_INPUT, "turn %zu starts before the call (%lld ms)", i + 1,
                           (long long)t->start_ms);
        if (t->end_ms < t->start_ms)
            t->end_ms = t->start_ms;
        if (!utf8_valid(slice_of(t->text)))
            return err_set(e, ERR_INPUT, "the text of turn %zu is not valid UTF-8", i + 1);
        if (t->sentiment < -CALL_SENTIMENT_MOST || t->sentiment > CALL_SENTIMENT_MOST)
            return err_set(e, ERR_INPUT, "turn %zu has a sentiment of %d; it goes from -%d to %d",
                           i + 1, t->sentiment, CALL_SENTIMENT_MOST, CALL_SENTIMENT_MOST);
        if (!finish_words(t))
            t->words = NULL, t->n_words = 0;
    }
    qsort(turns, c->n_turns, sizeof *turns, by_start);
    struct call_turn *sorted = arena_array(a, c->n_turns, sizeof *sorted);
    for (size_t i = 0; i < c->n_turns; i++)
        sorted[i] = turns[i].turn;
    c->turns = sorted;
    return true;
}

static bool finish_times(const struct call *c, struct err *e)
{
    if (c->answered != CALL_UNKNOWN && c->offered != CALL_UNKNOWN && c->answered < c->offered)
        return err_set(e, ERR_INPUT, "answered before it was offered");
    if (c->ended != CALL_UNKNOWN && c->offered != CALL_UNKNOWN && c->ended < c->offered)
        return err_set(e, ERR_INPUT, "ended before it was offered");
    const int64_t durations[] = {c->wait_ms, c->talk_ms, c->hold_ms, c->wrap_ms};
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++)
        if (durations[i] < CALL_UNKNOWN)
            return err_set(e, ERR_INPUT, "a duration is negative (%lld ms)",
                           (long long)durations[i]);
    return true;
}

/* What it takes where it is packed, and a little more. */
static size_t size_of(const struct call *c)
{
    enum { OF_CALL = 1000, OF_PAIR = 8, OF_TURN = 32, OF_WORD = 16 };
    size_t n = OF_CALL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        n += strlen(*text_at((struct call *)c, i));
    for (size_t i = 0; i < c->n_meta; i++)
        n += OF_PAIR + strlen(c->meta[i].name) + strlen(c->meta[i].value);
    for (size_t i = 0; i < c->n_turns; i++)
        n += OF_TURN + strlen(c->turns[i].text) + OF_WORD * c->turns[i].n_words;
    return n;
}

static bool check_size(const struct call *c, struct err *e)
{
    enum { MB = 1 << 20 };
    size_t n = size_of(c);
    return n <= CALL_BYTES_MOST ||
           err_set(e, ERR_INPUT,
                   "the call holds %zu MB of words and their times; %d is the most that is kept of "
                   "one, so cut it into several",
                   (n + MB - 1) / MB, CALL_BYTES_MOST / MB);
}

bool call_finish(struct call *c, struct arena *a, struct err *e)
{
    if (!finish_texts(c, e) || !finish_times(c, e) || !finish_turns(c, a, e) || !check_size(c, e))
        return false;
    call_make_id(c->source, c->source_key, c->id);
    return true;
}

int64_t call_length_ms(const struct call *c)
{
    if (c->recording_ms != CALL_UNKNOWN)
        return c->recording_ms;
    if (c->channel == CALL_VOICE && c->answered != CALL_UNKNOWN && c->ended != CALL_UNKNOWN)
        return c->ended - c->answered;
    int64_t last = CALL_UNKNOWN;
    for (size_t i = 0; i < c->n_turns; i++)
        last = c->turns[i].end_ms > last ? c->turns[i].end_ms : last;
    return last;
}

void call_copy(const struct call *c, struct arena *a, struct call *out)
{
    *out = *c;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *text_at(out, i) = arena_copy(a, *text_at(c, i));
    struct call_pair *meta = arena_array(a, c->n_meta, sizeof *meta);
    for (size_t i = 0; i < c->n_meta; i++)
        meta[i] =
            (struct call_pair){arena_copy(a, c->meta[i].name), arena_copy(a, c->meta[i].value)};
    out->meta = meta;
    struct call_turn *turns = arena_array(a, c->n_turns, sizeof *turns);
    for (size_t i = 0; i < c->n_turns; i++) {
        turns[i] = c->turns[i];
        turns[i].text = arena_copy(a, c->turns[i].text);
        struct call_word *words = arena_array(a, turns[i].n_words, sizeof *words);
        if (turns[i].n_words)
            memcpy(words, c->turns[i].words, turns[i].n_words * sizeof *words);
        turns[i].words = words;
    }
    out->turns = turns;
}
