#include "store/backtests.h"

#include "store/rows.h"

const char *const store_backtest_state_names[STORE_BACKTEST_STATES + 1] = {"waiting", "running",
                                                                           "done", "failed"};

static void read_backtest(struct query *q, struct arena *a, struct store_backtest *b)
{
    *b = (struct store_backtest){.id = query_get_integer(q)};
    b->version = query_get_integer(q);
    b->against = query_get_integer_or(q, 0);
    b->since = query_get_integer(q);
    b->most = query_get_integer(q);
    b->user = query_get_integer_or(q, 0);
    b->user_name = query_get_text(q, a);
    b->asked_at = query_get_integer(q);
    b->ended_at = query_get_integer(q);
    b->state = (enum store_backtest_state)query_get_integer(q);
    b->done = query_get_integer(q);
    b->total = query_get_integer(q);
    b->problem = query_get_text(q, a);
    b->against_card = query_get_text(q, a);
    b->against_version = query_get_text(q, a);
    b->result = query_get_text(q, a);
}

bool store_backtest_add(struct store *s, const struct store_backtest *b,
                        const struct store_act *act, int64_t *id, struct err *e)
{
    struct query q = query_start(s, S_BACKTEST_ADD);
    query_integer(&q, ":version", b->version);
    query_integer_unless(&q, ":against", b->against, 0);
    query_integer(&q, ":since", b->since);
    query_integer(&q, ":most", b->most);
    query_integer_unless(&q, ":person", act->user, 0);
    query_integer(&q, ":at", act->at);
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e);
    }
    return query_end(&q, e);
}

bool store_backtest_set(struct store *s, const struct store_backtest *b, struct err *e)
{
    struct query q = query_start(s, S_BACKTEST_SET);
    query_integer(&q, ":id", b->id);
    query_integer(&q, ":state", b->state);
    query_integer(&q, ":ended_at", b->ended_at);
    query_integer(&q, ":done", b->done);
    query_integer(&q, ":total", b->total);
    query_text(&q, ":result", b->result ? b->result : "");
    query_text(&q, ":problem", b->problem ? b->problem : "");
    return query_run(&q, e);
}

bool store_backtest_get(struct store *s, int64_t id, struct arena *a, struct store_backtest *out,
                        struct err *e)
{
    struct query q = query_start(s, S_BACKTEST_GET);
    query_integer(&q, ":id", id);
    bool there = query_row(&q, e);
    if (there)
        read_backtest(&q, a, out);
    return query_end(&q, e) && (there || err_set(e, ERR_MISSING, "There is no such backtest."));
}

bool store_backtest_list(struct store *s, int64_t version, struct arena *a,
                         struct store_backtest **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_BACKTEST_LIST);
    query_integer(&q, ":version", version);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_backtest(&q, a, &(*out)[*n]);
    }
    return query_end(&q, e);
}

bool store_backtest_open(struct store *s, int64_t person, int64_t *out, struct err *e)
{
    struct query q = query_start(s, S_BACKTEST_OPEN);
    query_integer(&q, ":person", person);
    return rows_total(&q, out, e);
}

bool store_backtest_next(struct store *s, enum store_backtest_state state, bool people, int64_t *id,
                         struct err *e)
{
    struct query q = query_start(s, S_BACKTEST_NEXT);
    query_integer(&q, ":state", state);
    query_integer(&q, ":people", people);
    *id = query_row(&q, e) ? query_get_integer(&q) : 0;
    return query_end(&q, e);
}
