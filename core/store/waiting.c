#include "store/waiting.h"

#include "model/pack.h"
#include "store/rows.h"

#include <string.h>

static void copy_id(struct query *q, char id[CALL_ID])
{
    struct slice text = query_get_bytes(q);
    size_t n = text.n < CALL_ID ? text.n : CALL_ID - 1;
    memcpy(id, text.p, n);
    id[n] = 0;
}

static bool find_in(struct store *s, enum statement which, const char *source, const char *key,
                    char id[CALL_ID], struct err *e)
{
    struct query q = query_start(s, which);
    query_text(&q, ":source", source);
    query_text(&q, ":source_key", key);
    if (query_row(&q, e)) {
        if (which == S_CALL_FIND)
            q.column = 3; /* behind n, digest and place */
        copy_id(&q, id);
    }
    return query_end(&q, e);
}

bool store_call_known(struct store *s, const char *source, const char *key, char id[CALL_ID],
                      struct err *e)
{
    id[0] = 0;
    return find_in(s, S_CALL_FIND, source, key, id, e) &&
           (id[0] || find_in(s, S_CALL_NAMED, source, key, id, e));
}

bool store_call_name(struct store *s, const char *call_id, const char *source, const char *key,
                     struct err *e)
{
    int64_t n;
    if (!rows_call_number(s, call_id, &n, e))
        return false;
    struct query q = query_start(s, S_CALL_NAME_PUT);
    query_text(&q, ":source", source);
    query_text(&q, ":source_key", key);
    query_integer(&q, ":call", n);
    return query_run(&q, e);
}

bool store_call_unname(struct store *s, const char *source, const char *key, struct err *e)
{
    struct query q = query_start(s, S_CALL_NAME_DROP);
    query_text(&q, ":source", source);
    query_text(&q, ":source_key", key);
    return query_run(&q, e);
}

bool store_call_by_key(struct store *s, const char *key, struct store_guesses *out, struct err *e)
{
    struct query q = query_start(s, S_CALL_BY_KEY);
    query_text(&q, ":key", key);
    for (out->n = 0; out->n < STORE_GUESSES && query_row(&q, e); out->n++) {
        copy_id(&q, out->ids[out->n]);
        out->undescribed[out->n] = query_get_integer(&q);
    }
    return query_end(&q, e);
}

bool store_call_near(struct store *s, const char *agent, int64_t from, int64_t until,
                     struct store_guesses *out, struct err *e)
{
    enum { LONGEST_WAIT = 2 * 3600 * 1000 };
    struct query q = query_start(s, *agent ? S_CALL_NEAR : S_CALL_AROUND);
    query_integer(&q, ":low", rows_place(*agent ? from - LONGEST_WAIT : from));
    query_integer(&q, ":high", rows_place(until) + STORE_PLACES - 1);
    if (*agent) {
        query_text(&q, ":agent", agent);
        query_integer(&q, ":from", from);
        query_integer(&q, ":until", until);
    }
    for (out->n = 0; out->n < STORE_GUESSES && query_row(&q, e); out->n++)
        copy_id(&q, out->ids[out->n]);
    return query_end(&q, e);
}

bool store_undescribed_set(struct store *s, const char *call_id, bool undescribed, struct err *e)
{
    int64_t n;
    if (!rows_call_number(s, call_id, &n, e))
        return false;
    struct query q = query_start(s, undescribed ? S_UNDESCRIBED_ADD : S_UNDESCRIBED_DROP);
    query_integer(&q, ":call", n);
    return query_run(&q, e);
}

bool store_undescribed(struct store *s, const char *call_id, bool *out, struct err *e)
{
    struct query q = query_start(s, S_UNDESCRIBED_FIND);
    query_text(&q, ":id", call_id);
    *out = query_row(&q, e);
    return query_end(&q, e);
}

bool store_waiting_put(struct store *s, const struct store_part *p, int64_t *id, struct err *e)
{
    struct buf packed = {0};
    pack_call(&packed, &p->part);
    struct query q = query_start(s, S_WAITING_PUT);
    query_text(&q, ":source", p->source);
    query_text(&q, ":source_key", p->source_key);
    query_text(&q, ":name", p->name);
    query_text(&q, ":named_key", p->named_key);
    query_text(&q, ":agent", p->agent);
    query_integer_unless(&q, ":at", p->at, CALL_UNKNOWN);
    query_integer(&q, ":came_at", p->came_at);
    query_text(&q, ":why", p->why);
    query_maybe(&q, ":recording", p->part.recording);
    query_bytes(&q, ":part", buf_all(&packed));
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e); /* RETURNING statements end only when they are asked again */
    }
    bool ok = query_end(&q, e);
    buf_free(&packed);
    return ok;
}

bool store_waiting_move(struct store *s, int64_t id, enum store_part_state state,
                        const char *call_id, const struct call *was, const char *became,
                        struct err *e)
{
    struct buf packed = {0};
    int64_t n = 0;
    if (*call_id && !rows_call_number(s, call_id, &n, e))
        return false;
    struct query q = query_start(s, S_WAITING_MOVE);
    query_integer(&q, ":id", id);
    query_integer(&q, ":state", state);
    query_integer_unless(&q, ":call", n, 0);
    query_text(&q, ":became", became);
    if (was) {
        pack_call(&packed, was);
        query_bytes(&q, ":was", buf_all(&packed));
    } else {
        query_null(&q, ":was");
    }
    bool ok = query_run(&q, e);
    buf_free(&packed);
    return ok;
}

static bool read_part(struct query *q, struct arena *a, struct store_part *p, struct err *e)
{
    *p = (struct store_part){.id = query_get_integer(q)};
    p->source = query_get_text(q, a);
    p->source_key = query_get_text(q, a);
    p->name = query_get_text(q, a);
    p->named_key = query_get_text(q, a);
    p->agent = query_get_text(q, a);
    p->at = query_get_integer_or(q, CALL_UNKNOWN);
    p->came_at = query_get_integer(q);
    p->why = query_get_text(q, a);
    p->state = (enum store_part_state)query_get_integer(q);
    if (!pack_read_call(query_get_bytes(q), a, &p->part, e))
        return false;
    p->call_id = query_get_text(q, a);
    p->has_was = !query_get_null(q);
    struct slice was = query_get_bytes(q);
    p->became = query_get_text(q, a);
    return !p->has_was || pack_read_call(was, a, &p->was, e);
}

/* Every row of the query; false where one cannot be read. */
static bool read_parts(struct query *q, struct arena *a, struct store_part **out, size_t *n,
                       struct err *e)
{
    struct err damaged = {0};
    *out = NULL;
    for (*n = 0; !damaged.kind && query_row(q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        if (!read_part(q, a, &(*out)[*n], &damaged))
            break;
    }
    return query_end(q, e) && (!damaged.kind || err_set(e, ERR_IO, "%s", damaged.text));
}

bool store_waiting_get(struct store *s, int64_t id, struct arena *a, struct store_part *out,
                       struct err *e)
{
    struct store_part *all;
    size_t n;
    struct query q = query_start(s, S_WAITING_GET);
    query_integer(&q, ":id", id);
    if (!read_parts(&q, a, &all, &n, e))
        return false;
    if (!n)
        return err_set(e, ERR_MISSING, "There is no part %lld.", (long long)id);
    *out = all[0];
    return true;
}

bool store_waiting_find(struct store *s, const char *source, const char *key, struct arena *a,
                        struct store_part *out, bool *there, struct err *e)
{
    struct store_part *all;
    size_t n;
    struct query q = query_start(s, S_WAITING_FIND);
    query_text(&q, ":source", source);
    query_text(&q, ":source_key", key);
    if (!read_parts(&q, a, &all, &n, e))
        return false;
    *there = n > 0;
    if (n)
        *out = all[0];
    return true;
}

bool store_waiting_batch(struct store *s, enum store_part_state state, int64_t after, size_t most,
                         struct arena *a, struct store_part **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_WAITING_BATCH);
    query_integer(&q, ":state", state);
    query_integer(&q, ":after", after);
    query_integer(&q, ":limit", (int64_t)most);
    return read_parts(&q, a, out, n, e);
}

bool store_waiting_near(struct store *s, const char *key, int64_t from, int64_t until,
                        struct arena *a, int64_t **ids, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_WAITING_NEAR);
    query_text(&q, ":key", key);
    query_integer(&q, ":low", from);
    query_integer(&q, ":high", until);
    *ids = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *ids = query_grow(a, *ids, *n, sizeof **ids);
        (*ids)[*n] = query_get_integer(&q);
    }
    return query_end(&q, e);
}

bool store_waiting_count(struct store *s, enum store_part_state state, int64_t *out, struct err *e)
{
    struct query q = query_start(s, S_WAITING_TOTAL);
    query_integer(&q, ":state", state);
    return rows_total(&q, out, e);
}
