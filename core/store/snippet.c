#define _GNU_SOURCE
/* snippet: finds the asked words again in a call's own text. The index knows only which call. */
#include "store/search_text.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "model/pack.h"

#include <string.h>

enum { SNIPPET = 200, BEFORE = 60, MARKS_MOST = 32 };

static uint32_t before(struct slice text, size_t at)
{
    size_t n = at;
    while (n && ((unsigned char)text.p[n - 1] & 0xC0) == 0x80)
        n--;
    if (!n)
        return ' ';
    struct slice one = {text.p + n - 1, at - n + 1};
    return utf8_next(&one);
}

static uint32_t after(struct slice text, size_t at)
{
    struct slice rest = {text.p + at, text.n - at};
    return rest.n ? utf8_next(&rest) : ' ';
}

/* Words stand between other characters; Han stands anywhere. */
static bool bounded(struct slice text, size_t from, size_t to)
{
    return !(fold_is_word(before(text, from)) && fold_is_word(after(text, from))) &&
           !(fold_is_word(before(text, to)) && fold_is_word(after(text, to)));
}

static size_t find(struct slice text, size_t from, struct slice what)
{
    while (from + what.n <= text.n) {
        const char *p = memmem(text.p + from, text.n - from, what.p, what.n);
        if (!p)
            break;
        size_t at = (size_t)(p - text.p);
        if (bounded(text, at, at + what.n))
            return at;
        from = at + 1;
    }
    return text.n;
}

/* Sixteen bytes at a time. Every ASCII letter and digit has the bit that parts capitals from small
 * letters; other bytes that look alike with it are sorted out by who looks closer. */
typedef uint8_t lane __attribute__((vector_size(16)));
enum { LANE = sizeof(lane), SMALL = 0x20 };

static lane load(const char *p)
{
    lane v;
    memcpy(&v, p, sizeof v);
    return v;
}

static bool any(lane v)
{
    uint64_t parts[2];
    memcpy(parts, &v, sizeof v);
    return (parts[0] | parts[1]) != 0;
}

static bool is_at(const char *p, struct slice what)
{
    for (size_t i = 0; i < what.n; i++)
        if ((p[i] | SMALL) != what.p[i])
            return false;
    return true;
}

/* Does ASCII text have these small letters and digits in it, in any case? May say yes too often. */
static bool has(struct slice text, struct slice what)
{
    if (text.n < what.n)
        return false;
    /* First and last letter: the first two begin many words. */
    size_t at = 0, last = text.n - what.n, gap = what.n - 1;
    lane first = (lane){0} + (uint8_t)what.p[0], second = (lane){0} + (uint8_t)what.p[gap];
    for (bool end = false; !end && text.n >= LANE + gap; at += LANE) {
        if (at + LANE + gap >= text.n)
            at = text.n - LANE - gap, end = true; /* the last ones are looked at twice */
        lane one = (load(text.p + at) | SMALL) == first;
        if (!any(one & ((load(text.p + at + gap) | SMALL) == second)))
            continue;
        for (size_t i = at; i < at + LANE && i <= last; i++)
            if (is_at(text.p + i, what))
                return true;
    }
    for (; at <= last; at++)
        if (is_at(text.p + at, what))
            return true;
    return false;
}

static bool is_plain(struct slice text)
{
    lane seen = {0};
    size_t at = 0;
    for (; at + LANE <= text.n; at += LANE)
        seen |= load(text.p + at);
    if (text.n >= LANE)
        seen |= load(text.p + text.n - LANE), at = text.n;
    uint8_t rest = 0;
    for (; at < text.n; at++)
        rest |= (uint8_t)text.p[at];
    return !any(seen & 0x80) && rest < 0x80;
}

/* May the text hold more terms than `most`? Folding costs much more than this look, and ASCII folds
 * to ASCII. */
static bool may_beat(size_t most, const struct search_question *ask, struct slice text)
{
    if (!is_plain(text))
        return true;
    size_t lacking = 0;
    for (size_t i = 0; i < ask->n && ask->n - lacking > most; i++) {
        const struct search_term *t = &ask->terms[i];
        lacking += !t->plain || (t->anchor.n && !has(text, t->anchor));
    }
    return ask->n - lacking > most;
}

static size_t terms_in(const struct search_question *ask, struct slice folded)
{
    size_t found = 0;
    for (size_t i = 0; i < ask->n; i++)
        found += find(folded, 0, slice_of(ask->terms[i].folded)) < folded.n;
    return found;
}

static bool counts(enum call_side said_by, enum store_search_side side)
{
    return side == STORE_SAID_BY_ANY ||
           said_by == (side == STORE_SAID_BY_AGENT ? CALL_AGENT : CALL_CUSTOMER);
}

struct best {
    int index; /* -1: no turns */
    struct pack_turn turn;
    struct folded folded; /* text.p NULL: not folded yet */
};

static bool best_turn(struct arena *a, const struct search_question *ask,
                      enum store_search_side side, struct slice packed, struct best *out)
{
    struct pack_walk walk;
    struct pack_turn t;
    size_t most = 0;
    *out = (struct best){.index = -1};
    pack_walk_turns(packed, &walk);
    for (int i = 0; most < ask->n && pack_next_turn(&walk, &t); i++) {
        if (i == 0)
            out->index = 0, out->turn = t;
        if (!counts(t.side, side) || !may_beat(most, ask, t.text))
            continue;
        struct folded f = fold_text(a, t.text);
        size_t found = terms_in(ask, f.text);
        if (found > most)
            *out = (struct best){i, t, f}, most = found;
    }
    return !walk.w.bad && utf8_valid(out->turn.text);
}

static int by_place(const struct store_mark *x, const struct store_mark *y)
{
    return (x->from > y->from) - (x->from < y->from);
}

/* All places of all terms, in the original's bytes, in order, without overlap. */
static size_t mark_all(const struct search_question *ask, struct folded f,
                       struct store_mark marks[MARKS_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < ask->n; i++) {
        struct slice what = slice_of(ask->terms[i].folded);
        for (size_t at = find(f.text, 0, what); at < f.text.n && n < MARKS_MOST;
             at = find(f.text, at + what.n, what)) {
            struct store_mark m = {f.origin[at], f.origin[at + what.n]};
            size_t k = n++;
            for (; k && by_place(&marks[k - 1], &m) > 0; k--)
                marks[k] = marks[k - 1];
            marks[k] = m;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || marks[i].from >= marks[kept - 1].to)
            marks[kept++] = marks[i];
    return kept;
}

static size_t whole_character(struct slice text, size_t at)
{
    while (at && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* A little before the first mark, beginning after a blank where there is one near. */
static size_t cut_start(struct slice text, size_t first)
{
    if (first <= BEFORE)
        return 0;
    size_t from = whole_character(text, first - BEFORE);
    const char *blank = memchr(text.p + from, ' ', first - from);
    return blank ? (size_t)(blank - text.p) + 1 : from;
}

static size_t cut_end(struct slice text, size_t from)
{
    if (text.n - from <= SNIPPET)
        return text.n;
    size_t to = whole_character(text, from + SNIPPET);
    const char *blank = memrchr(text.p + to - BEFORE, ' ', BEFORE);
    return blank ? (size_t)(blank - text.p) : to;
}

bool search_text_snippet(struct arena *a, const struct search_question *ask,
                         enum store_search_side side, struct slice packed, struct store_hit *out,
                         struct err *e)
{
    struct store_mark marks[MARKS_MOST];
    struct best b;
    out->snippet = "";
    out->turn = -1;
    out->n_marks = 0, out->marks = NULL;
    out->cut_front = out->cut_back = false;
    if (!best_turn(a, ask, side, packed, &b))
        return err_set(e, ERR_INPUT, "the packed turns of call %s are damaged", out->call.id);
    if (b.index < 0)
        return true;
    struct slice text = b.turn.text;
    size_t n = b.folded.text.p ? mark_all(ask, b.folded, marks) : 0;
    size_t from = cut_start(text, n ? marks[0].from : 0), to = cut_end(text, from);
    struct store_mark *kept = arena_array(a, n, sizeof *kept);
    for (size_t k = 0; k < n; k++)
        if (marks[k].to <= to)
            kept[out->n_marks++] =
                (struct store_mark){marks[k].from - (uint32_t)from, marks[k].to - (uint32_t)from};
    out->turn = b.index;
    out->side = b.turn.side;
    out->at_ms = b.turn.start_ms;
    out->snippet = arena_text(a, (struct slice){text.p + from, to - from});
    out->cut_front = from > 0;
    out->cut_back = to < text.n;
    out->marks = kept;
    return true;
}
