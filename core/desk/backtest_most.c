#include "desk/backtest_most.h"

#include <math.h>
#include <string.h>

struct backtest_most {
    struct backtest_move list[BACKTEST_MOVED]; /* the largest first */
    size_t n;
};

struct backtest_most *backtest_most_new(struct arena *a)
{
    return arena_take(a, sizeof(struct backtest_most));
}

void backtest_most_free(struct backtest_most *m)
{
    for (size_t i = 0; i < m->n; i++)
        arena_close(m->list[i].texts);
}

static bool moves_more(const struct backtest_move *x, const struct backtest_move *y)
{
    if (x->by != y->by)
        return x->by > y->by;
    return strcmp(x->call, y->call) < 0;
}

struct backtest_move *backtest_most_add(struct backtest_most *m, const struct backtest_move *one)
{
    size_t at = m->n;
    while (at && moves_more(one, &m->list[at - 1]))
        at--;
    if (at == BACKTEST_MOVED)
        return NULL;
    if (m->n < BACKTEST_MOVED)
        m->list[m->n++].texts = arena_open();
    struct arena *texts = m->list[m->n - 1].texts; /* of the one that falls out */
    arena_reset(texts);
    memmove(&m->list[at + 1], &m->list[at], (m->n - 1 - at) * sizeof *m->list);
    m->list[at] = *one;
    m->list[at].texts = texts;
    m->list[at].call = arena_copy(texts, one->call);
    return &m->list[at];
}

static void put_percent(struct json *j, const char *name, double value)
{
    if (!isnan(value))
        json_put_number(j, name, value);
}

static struct json *move_json(const struct backtest_move *m)
{
    struct json *j = json_object();
    json_put_text(j, "call", m->call);
    json_put_text(j, "agent", m->agent);
    if (m->at != CALL_UNKNOWN)
        json_put_number(j, "at", (double)m->at);
    put_percent(j, "before", m->before);
    put_percent(j, "after", m->after);
    json_put_text(j, "was", sheet_outcome_names[m->was]);
    json_put_text(j, "became", sheet_outcome_names[m->became]);
    json_put_text(j, "why", m->why);
    return j;
}

struct json *backtest_most_json(const struct backtest_most *m)
{
    struct json *list = json_array();
    for (size_t i = 0; i < m->n; i++)
        json_push(list, move_json(&m->list[i]));
    return list;
}
