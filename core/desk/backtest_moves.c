#include "desk/backtest_moves.h"

#include <string.h>

struct other {
    const struct store_card *version; /* NULL: no card at all */
    size_t came, went;      /* calls that come from it to our card, that go from our card to it */
    const char *example[2]; /* the first of each */
};

struct backtest_moves {
    struct arena *a;
    struct runner *runner;
    const struct store_card *before, *after;
    struct other *others; /* in the order of cards, ours among them; behind the last: no card */
    struct card **cards;  /* one each; NULL until they are needed */
    size_t n, own;
};

/* Those that score; our card has its place whether it is published or not. */
static bool find_others(struct backtest_moves *m, struct store *reader, struct err *e)
{
    struct store_card *all;
    size_t n;
    if (!store_card_list(reader, &(struct store_card_filter){.published = true}, m->a, &all, &n, e))
        return false;
    m->others = arena_array(m->a, n + 2, sizeof *m->others);
    m->own = n + 1;
    for (size_t i = 0; i < n; i++) {
        int order = strcmp(all[i].card, m->after->card);
        if (m->own > n && order >= 0)
            m->own = m->n++;
        if (order && !all[i].off_at)
            m->others[m->n++].version = &all[i];
    }
    if (m->own > n)
        m->own = m->n++;
    return true;
}

bool backtest_moves_new(struct arena *a, struct runner *r, struct store *reader,
                        const struct store_card *before, const struct store_card *after,
                        struct backtest_moves **out, struct err *e)
{
    struct backtest_moves *m = *out = arena_take(a, sizeof *m);
    *m = (struct backtest_moves){.a = a, .runner = r, .before = before, .after = after};
    return find_others(m, reader, e);
}

void backtest_moves_free(struct backtest_moves *m)
{
    for (size_t i = 0; m && m->cards && i < m->n; i++)
        if (i != m->own)
            card_close(m->cards[i]);
}

/* One that does not load any more claims no call: it is switched off where it scores. */
static bool open_cards(struct backtest_moves *m, struct err *e)
{
    if (m->cards)
        return true;
    m->cards = arena_array(m->a, m->n, sizeof(struct card *));
    for (size_t i = 0; i < m->n; i++) {
        const struct store_card *v = m->others[i].version;
        struct card_report report;
        if (v &&
            !card_open(m->runner, slice_of(v->text), v->card, m->a, &m->cards[i], &report, e) &&
            e->kind != ERR_NONE)
            return false;
        card_in_bulk(m->cards[i]);
    }
    return true;
}

static bool owner(struct backtest_moves *m, struct card *own, const struct call *call,
                  struct arena *each, size_t *out, struct err *e)
{
    m->cards[m->own] = own;
    return card_choose(m->cards, m->n, call, each, out, NULL, e);
}

static bool claim_alike(struct card *before, struct card *after)
{
    if (!before || !after)
        return before == after;
    return card_specificity(card_form(before)) == card_specificity(card_form(after));
}

bool backtest_moves_add(struct backtest_moves *m, const struct call *call, struct card *before,
                        struct card *after, struct arena *each, struct err *e)
{
    size_t was, is;
    if (claim_alike(before, after))
        return true;
    if (!open_cards(m, e) || !owner(m, before, call, each, &was, e) ||
        !owner(m, after, call, each, &is, e))
        return false;
    if (was == is)
        return true;
    struct other *other = &m->others[is == m->own ? was : is];
    const char **example = &other->example[is != m->own];
    other->came += is == m->own;
    other->went += is != m->own;
    if (!*example)
        *example = arena_copy(m->a, call->id);
    return true;
}

static void put_card(struct json *j, const char *name, const char *number,
                     const struct store_card *version)
{
    json_put_text(j, name, version ? version->card : "");
    json_put_number(j, number, version ? (double)version->id : 0);
}

static void push(struct json *list, const struct store_card *from, const struct store_card *to,
                 size_t calls, const char *example)
{
    if (!calls)
        return;
    struct json *j = json_object();
    put_card(j, "from", "from_version", from);
    put_card(j, "to", "to_version", to);
    json_put_number(j, "calls", (double)calls);
    json_put_text(j, "example", example);
    json_push(list, j);
}

void backtest_moves_put(const struct backtest_moves *m, struct json *into)
{
    struct json *list = json_array();
    size_t came = 0, went = 0;
    for (size_t i = 0; i <= m->n; i++) {
        const struct other *o = &m->others[i];
        push(list, o->version, m->after, o->came, o->example[0]);
        push(list, m->before, o->version, o->went, o->example[1]);
        came += o->came, went += o->went;
    }
    json_put(into, "moves", list);
    json_put_number(into, "came", (double)came);
    json_put_number(into, "went", (double)went);
}
