#include "runner/request.h"

#include "base/wire.h"
#include "model/pack.h"

#include <string.h>

/* A request: the packed call without its turns (a text), how many turns (u32), these, the words of
 * all turns, their texts, each ended by NUL. */
struct laid_turn {
    int64_t start_ms, end_ms;
    uint32_t side, text, words; /* bytes of the text, number of words */
    int16_t has_sentiment, sentiment;
};

void request_put(struct buf *out, const struct call *c)
{
    struct call facts = *c;
    facts.turns = NULL, facts.n_turns = 0;
    size_t length = out->n;
    wire_put_u32(out, 0);
    pack_call(out, &facts);
    uint32_t packed = (uint32_t)(out->n - length - sizeof packed);
    memcpy(out->p + length, &packed, sizeof packed);
    wire_put_u32(out, (uint32_t)c->n_turns);
    struct laid_turn laid;
    memset(&laid, 0, sizeof laid); /* its padding too */
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        laid.start_ms = t->start_ms, laid.end_ms = t->end_ms, laid.side = (uint32_t)t->side;
        laid.has_sentiment = t->has_sentiment, laid.sentiment = t->sentiment;
        laid.text = (uint32_t)strlen(t->text), laid.words = (uint32_t)t->n_words;
        buf_add(out, &laid, sizeof laid);
    }
    for (size_t i = 0; i < c->n_turns; i++)
        buf_add(out, c->turns[i].words, c->turns[i].n_words * sizeof *c->turns[i].words);
    for (size_t i = 0; i < c->n_turns; i++)
        buf_add(out, c->turns[i].text, strlen(c->turns[i].text) + 1);
}

static struct slice cut(struct wire *w, size_t n)
{
    struct slice front = {w->rest.p, n};
    w->bad = w->bad || n > w->rest.n;
    if (w->bad)
        return (struct slice){"", 0};
    w->rest.p += n, w->rest.n -= n;
    return front;
}

static void take_turns(struct wire *w, struct arena *a, struct call *out)
{
    struct laid_turn laid;
    size_t n = wire_get_count(w, sizeof laid), n_words = 0;
    struct slice all = cut(w, n * sizeof laid);
    struct call_turn *turns = arena_array(a, n, sizeof *turns);
    for (size_t i = 0; i < n && !w->bad; i++) {
        memcpy(&laid, all.p + i * sizeof laid, sizeof laid);
        turns[i] = (struct call_turn){.side = (enum call_side)laid.side,
                                      .start_ms = laid.start_ms,
                                      .end_ms = laid.end_ms,
                                      .n_words = laid.words,
                                      .has_sentiment = laid.has_sentiment != 0,
                                      .sentiment = (int8_t)laid.sentiment};
        n_words += laid.words;
    }
    struct slice packed = cut(w, n_words * sizeof(struct call_word));
    struct call_word *words = arena_array(a, n_words, sizeof *words);
    if (packed.n)
        memcpy(words, packed.p, packed.n);
    for (size_t i = 0; i < n && !w->bad; i++) {
        memcpy(&laid, all.p + i * sizeof laid, sizeof laid);
        turns[i].text = cut(w, (size_t)laid.text + 1).p;
        turns[i].words = laid.words ? words : NULL;
        words += laid.words;
    }
    out->turns = turns;
    out->n_turns = n;
}

bool request_take(struct slice bytes, struct arena *a, struct call *out, struct err *e)
{
    struct wire w = {bytes, false};
    if (!pack_read_call(wire_get_text(&w), a, out, e))
        return false;
    take_turns(&w, a, out);
    return wire_done(&w) || err_set(e, ERR_INPUT, "The call came damaged.");
}
