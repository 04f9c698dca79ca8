#include "runner/search.h"

#include "runner/lend.h"

#include "base/fold.h"
#include "base/utf8.h"

/* Places are paid for by the text that a search reads, so that the price is the same whichever way
 * they were found. */
static void find_places(lua_State *L, struct search_list *list, size_t i)
{
    if (list->places[i])
        return;
    struct sandbox *s = sandbox_of(L);
    struct slice phrase = search_push_phrase(L, list, i);
    if (!phrase_find(s->phrases, phrase, &list->places[i], &list->n_places[i]))
        luaL_error(L, "a phrase needs 1 to 256 bytes with something to look for");
    limits_charge(&s->limits,
                  10 + phrase.n + phrase_text_bytes(s->phrases) / 64 + list->n_places[i]);
    lua_pop(L, 1);
}

static bool earlier(const struct phrase_place *a, const struct phrase_place *b)
{
    return a->turn != b->turn ? a->turn < b->turn : a->from < b->from;
}

void search_begin(lua_State *L, struct search *s, int only, struct search_walk *w)
{
    w->s = s;
    w->n = 0;
    w->any = false;
    if (s->kind >= 0) {
        w->cursors[0].end = lend_spots(L, (enum spot_kind)s->kind, &w->cursors[0].at);
        w->n = 1;
    }
    for (size_t i = 0; i < s->what.n; i++) {
        if (only >= 0 && i != (size_t)only)
            continue;
        find_places(L, &s->what, i);
        if (!s->what.n_places[i])
            continue;
        w->cursors[w->n].at = s->what.places[i];
        w->cursors[w->n++].end = s->what.places[i] + s->what.n_places[i];
    }
    const struct search_list *sides[] = {&s->near, &s->unless};
    for (size_t k = 0; k < 2 && w->n; k++)
        for (size_t i = 0; i < sides[k]->n; i++)
            find_places(L, (struct search_list *)sides[k], i);
}

static const struct phrase_place *next_place(struct search_walk *w)
{
    size_t best = w->n;
    for (size_t i = 0; i < w->n; i++) {
        const struct phrase_place *at = w->cursors[i].at;
        if (at == w->cursors[i].end)
            continue;
        const struct phrase_place *b = best < w->n ? w->cursors[best].at : NULL;
        if (!b || earlier(at, b) || (!earlier(b, at) && at->to > b->to))
            best = i;
    }
    return best < w->n ? w->cursors[best].at++ : NULL;
}

/* The first word that ends behind `at`, or n_words. */
static size_t word_after(const struct call_turn *t, uint32_t at)
{
    size_t low = 0, high = t->n_words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->words[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void search_times(const struct call *c, const struct phrase_place *p, int64_t *start, int64_t *end)
{
    const struct call_turn *t = &c->turns[p->turn];
    *start = t->start_ms;
    *end = t->end_ms;
    if (!t->n_words)
        return;
    size_t first = word_after(t, p->from), last = word_after(t, p->to - 1);
    if (first == t->n_words || t->words[first].from >= p->to)
        return;
    if (last == t->n_words || t->words[last].from >= p->to)
        last--;
    *start = t->words[first].start_ms;
    *end = t->words[last].end_ms;
}

static bool is_after(const struct phrase_place *p, int64_t start_ms,
                     const struct search_position *a)
{
    if (a->turn < 0)
        return start_ms >= a->ms;
    return p->turn > a->turn || (p->turn == a->turn && p->from >= a->at);
}

static bool is_before(const struct phrase_place *p, int64_t end_ms, const struct search_position *b)
{
    if (b->turn < 0)
        return end_ms <= b->ms;
    return p->turn < b->turn || (p->turn == b->turn && p->to <= b->at);
}

static bool is_inside(const struct search *s, const struct call *c, const struct phrase_place *p)
{
    if (p->turn < s->first || p->turn >= s->last ||
        (s->side >= 0 && (int)c->turns[p->turn].side != s->side))
        return false;
    if (s->until_ms == INT64_MAX && !s->has_after && !s->has_before)
        return true;
    int64_t start, end;
    search_times(c, p, &start, &end);
    return start <= s->until_ms && (!s->has_after || is_after(p, start, &s->after)) &&
           (!s->has_before || is_before(p, end, &s->before));
}

/* No more than `most` words between two places of one turn? A Han character is a word. */
static bool few_words_between(struct slice text, uint32_t from, uint32_t to, int64_t most)
{
    struct slice rest = {text.p + from, to - from};
    int64_t n = 0;
    bool inside = false;
    while (rest.n && n <= most) {
        uint32_t c = utf8_next(&rest);
        bool han = fold_is_han(c), word = fold_is_word(c) || (inside && c == '\'');
        n += han || (word && !inside);
        inside = word;
    }
    return n <= most;
}

static bool is_close(const struct search *s, const struct call *c, const struct phrase_place *p,
                     const struct phrase_place *q)
{
    const struct phrase_place *a = earlier(p, q) ? p : q, *b = a == p ? q : p;
    if (s->ms >= 0) {
        int64_t a_start, a_end, b_start, b_end;
        search_times(c, a, &a_start, &a_end);
        search_times(c, b, &b_start, &b_end);
        return b_start - a_end <= s->ms;
    }
    return a->turn == b->turn &&
           (s->words < 0 ||
            few_words_between(slice_of(c->turns[a->turn].text), a->to, b->from, s->words));
}

static bool overlap(const struct phrase_place *a, const struct phrase_place *b)
{
    return a->turn == b->turn && a->from < b->to && b->from < a->to;
}

/* Is one of these places close to `p`? The nearest on either side that is not part of it decides.
 */
static bool any_close(const struct search *s, const struct call *c, const struct phrase_place *p,
                      const struct phrase_place *places, size_t n)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (earlier(&places[middle], p))
            low = middle + 1;
        else
            high = middle;
    }
    size_t before = low, after = low;
    while (before > 0 && overlap(&places[before - 1], p))
        before--;
    while (after < n && overlap(&places[after], p))
        after++;
    return (before > 0 && is_close(s, c, &places[before - 1], p)) ||
           (after < n && is_close(s, c, p, &places[after]));
}

static bool list_close(lua_State *L, const struct search *s, const struct search_list *list,
                       const struct phrase_place *p)
{
    sandbox_charge(L, list->n * 4);
    for (size_t i = 0; i < list->n; i++)
        if (any_close(s, sandbox_of(L)->call, p, list->places[i], list->n_places[i]))
            return true;
    return false;
}

bool search_next(lua_State *L, struct search_walk *w, struct phrase_place *out)
{
    const struct phrase_place *p;
    const struct search *s = w->s;
    while ((p = next_place(w))) {
        sandbox_charge(L, 1 + w->n / 4);
        if ((w->any && overlap(p, &w->last)) || !is_inside(s, sandbox_of(L)->call, p) ||
            (s->near.n && !list_close(L, s, &s->near, p)) ||
            (s->unless.n && list_close(L, s, &s->unless, p)))
            continue;
        *out = w->last = *p;
        return w->any = true;
    }
    return false;
}

bool search_said(lua_State *L, struct search_list *list, enum call_side side, int64_t from_ms,
                 int64_t to_ms, struct phrase_place *out)
{
    const struct call *c = sandbox_of(L)->call;
    bool any = false;
    for (size_t i = 0; i < list->n; i++) {
        find_places(L, list, i);
        for (size_t k = 0; k < list->n_places[i]; k++) {
            const struct phrase_place *p = &list->places[i][k];
            int64_t start, end;
            search_times(c, p, &start, &end);
            if (c->turns[p->turn].side == side && start >= from_ms && start <= to_ms &&
                (!any || earlier(p, out)))
                *out = *p, any = true;
        }
        sandbox_charge(L, list->n_places[i]);
    }
    return any;
}
