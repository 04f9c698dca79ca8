#include "store/unscored.h"

#include "store/rows.h"

bool store_unscored_batch(struct store *s, int64_t *cursor, size_t most, struct arena *a,
                          struct store_call_seen **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_UNSCORED_BATCH);
    query_integer(&q, ":after", *cursor);
    query_integer(&q, ":limit", (int64_t)most);
    return rows_seen(&q, cursor, a, out, n, e);
}

bool rows_unscored(struct store *s, enum statement which, int64_t call, struct err *e)
{
    struct query q = query_start(s, which);
    query_integer(&q, ":call", call);
    return query_run(&q, e);
}

bool store_unscored_unfitted(struct store *s, const char *call_id, struct err *e)
{
    int64_t n;
    return rows_call_number(s, call_id, &n, e) && rows_unscored(s, S_UNSCORED_UNFITTED, n, e);
}

bool store_unscored_again(struct store *s, bool all, struct err *e)
{
    struct query q = query_start(s, all ? S_UNSCORED_FILL : S_UNSCORED_AGAIN);
    return query_run(&q, e);
}

bool store_unscored_earlier(struct store *s, int64_t version, struct store_unscored_earlier *out,
                            struct err *e)
{
    struct query q = query_start(s, S_UNSCORED_EARLIER);
    query_integer(&q, ":version", version);
    if (query_row(&q, e)) {
        out->can = query_get_integer(&q);
        out->wait = query_get_integer(&q);
    }
    return query_end(&q, e);
}

bool store_unscored_renew(struct store *s, int64_t version, struct err *e)
{
    struct query q = query_start(s, S_UNSCORED_RENEW);
    query_integer(&q, ":version", version);
    return query_run(&q, e);
}

bool store_unscored_renew_call(struct store *s, const char *call_id, struct err *e)
{
    int64_t n;
    return rows_call_number(s, call_id, &n, e) && rows_unscored(s, S_UNSCORED_PUT, n, e);
}

void store_unscored_hurry(struct store *s, bool begins)
{
    atomic_fetch_add(&s->hurried, begins ? 1 : -1);
}

bool store_unscored_is_hurried(struct store *s)
{
    return atomic_load(&s->hurried) > 0;
}

bool store_unscored_count(struct store *s, enum store_unscored state, int64_t *out, struct err *e)
{
    struct query q = query_start(s, S_UNSCORED_TOTAL);
    query_integer(&q, ":state", state);
    return rows_total(&q, out, e);
}

bool store_unscored_state(struct store *s, const char *call_id, enum store_unscored *out,
                          struct err *e)
{
    struct query q = query_start(s, S_UNSCORED_STATE);
    query_text(&q, ":id", call_id);
    *out = query_row(&q, e) ? (enum store_unscored)query_get_integer(&q) : STORE_UNSCORED_NOT;
    return query_end(&q, e);
}
