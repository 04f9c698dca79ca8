#define _GNU_SOURCE
/* snippet: finds the asked words again in a call's own text. The index knows only which call. */
#include "store/search_text.h"

#include "base/fold.h"
#include "base/utf8.h"

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

static size_t terms_in(const struct search_question *ask, struct slice text)
{
    size_t found = 0;
    for (size_t i = 0; i < ask->n; i++)
        found += find(text, 0, slice_of(ask->terms[i].folded)) < text.n;
    return found;
}

static bool counts(const struct call_turn *t, enum store_search_side side)
{
    return side == STORE_SAID_BY_ANY ||
           t->side == (side == STORE_SAID_BY_AGENT ? CALL_AGENT : CALL_CUSTOMER);
}

static size_t best_turn(struct arena *a, const struct search_question *ask,
                        enum store_search_side side, const struct call *c)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < c->n_turns && most < ask->n; i++) {
        if (!counts(&c->turns[i], side))
            continue;
        size_t found = terms_in(ask, fold_text(a, slice_of(c->turns[i].text)).text);
        if (found > most)
            best = i, most = found;
    }
    return best;
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

static size_t whole_character(const char *text, size_t at)
{
    while (at && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* A little before the first mark, beginning after a blank where there is one near. */
static size_t cut_start(const char *text, size_t first)
{
    if (first <= BEFORE)
        return 0;
    size_t from = whole_character(text, first - BEFORE);
    const char *blank = memchr(text + from, ' ', first - from);
    return blank ? (size_t)(blank - text) + 1 : from;
}

static size_t cut_end(const char *text, size_t from, size_t n)
{
    if (n - from <= SNIPPET)
        return n;
    size_t to = whole_character(text, from + SNIPPET);
    const char *blank = memrchr(text + to - BEFORE, ' ', BEFORE);
    return blank ? (size_t)(blank - text) : to;
}

void search_text_snippet(struct arena *a, const struct search_question *ask,
                         enum store_search_side side, const struct call *c, struct store_hit *out)
{
    struct store_mark marks[MARKS_MOST];
    out->snippet = "";
    out->turn = -1;
    if (!c->n_turns)
        return;
    size_t i = best_turn(a, ask, side, c);
    const struct call_turn *t = &c->turns[i];
    size_t n = mark_all(ask, fold_text(a, slice_of(t->text)), marks), length = strlen(t->text);
    size_t from = cut_start(t->text, n ? marks[0].from : 0), to = cut_end(t->text, from, length);
    struct store_mark *kept = arena_array(a, n, sizeof *kept);
    for (size_t k = 0; k < n; k++)
        if (marks[k].to <= to)
            kept[out->n_marks++] =
                (struct store_mark){marks[k].from - (uint32_t)from, marks[k].to - (uint32_t)from};
    out->turn = (int)i;
    out->side = t->side;
    out->at_ms = t->start_ms;
    out->snippet = arena_text(a, (struct slice){t->text + from, to - from});
    out->cut_front = from > 0;
    out->cut_back = to < length;
    out->marks = kept;
}
