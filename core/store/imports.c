#include "store/imports.h"

#include "store/rows.h"

const char *const store_way_names[STORE_WAYS + 1] = {"command", "watched folder", "browser",
                                                     "network"};
const char *const store_verdict_names[STORE_VERDICTS + 1] = {"taken", "refused", "skipped"};

bool store_import_put(struct store *s, const struct store_import *i, struct err *e)
{
    struct query q = query_start(s, S_IMPORT_PUT);
    query_integer(&q, ":at", i->at);
    query_integer(&q, ":way", i->way);
    query_text(&q, ":who", i->who);
    query_text(&q, ":name", i->name);
    query_text(&q, ":place", i->place);
    query_integer(&q, ":verdict", i->verdict);
    query_text(&q, ":format", i->format);
    query_integer(&q, ":calls", i->calls);
    query_text(&q, ":reason", i->reason);
    query_text(&q, ":said", i->said);
    return query_run(&q, e);
}

bool store_import_moved(struct store *s, const char *from, const char *to, struct err *e)
{
    struct query gone = query_start(s, S_IMPORT_GONE); /* an older file of that place */
    query_text(&gone, ":place", to);
    if (!query_run(&gone, e))
        return false;
    struct query q = query_start(s, S_IMPORT_MOVE);
    query_text(&q, ":from", from);
    query_text(&q, ":to", to);
    return query_run(&q, e);
}

static void read_import(struct query *q, struct arena *a, struct store_import *i)
{
    i->id = query_get_integer(q);
    i->at = query_get_integer(q);
    i->way = (enum store_way)query_get_integer(q);
    i->who = query_get_text(q, a);
    i->name = query_get_text(q, a);
    i->place = query_get_text(q, a);
    i->verdict = (enum store_verdict)query_get_integer(q);
    i->format = query_get_text(q, a);
    i->calls = query_get_integer(q);
    i->reason = query_get_text(q, a);
    i->said = query_get_text(q, a);
}

bool store_import_get(struct store *s, int64_t id, struct arena *a, struct store_import *out,
                      struct err *e)
{
    struct query q = query_start(s, S_IMPORT_GET);
    query_integer(&q, ":id", id);
    bool there = query_row(&q, e);
    if (there)
        read_import(&q, a, out);
    return query_end(&q, e) &&
           (there || err_set(e, ERR_MISSING, "There is no import %lld.", (long long)id));
}

bool store_import_list(struct store *s, int verdict, const struct store_page *page, struct arena *a,
                       struct store_import **out, size_t *n, int64_t *total, struct err *e)
{
    struct query q = query_start(s, S_IMPORT_LIST);
    query_integer(&q, ":verdict", verdict);
    query_page(&q, page);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_import(&q, a, &(*out)[*n]);
    }
    if (!query_end(&q, e))
        return false;
    struct query count = query_start(s, S_IMPORT_TOTAL);
    query_integer(&count, ":verdict", verdict);
    return rows_total(&count, total, e);
}

bool store_import_old(struct store *s, int64_t before, int64_t after, size_t most, struct arena *a,
                      struct store_import **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_IMPORT_OLD);
    query_integer(&q, ":before", before);
    query_integer(&q, ":after", after);
    query_integer(&q, ":limit", (int64_t)most);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_import(&q, a, &(*out)[*n]);
    }
    return query_end(&q, e);
}

bool store_import_drop(struct store *s, int64_t id, struct err *e)
{
    struct query q = query_start(s, S_IMPORT_DROP);
    query_integer(&q, ":id", id);
    return query_run(&q, e);
}

bool store_token_add(struct store *s, const char *name, const char *hash, int64_t at,
                     const char *by, struct err *e)
{
    struct query q = query_start(s, S_TOKEN_ADD);
    query_text(&q, ":name", name);
    query_text(&q, ":token", hash);
    query_integer(&q, ":at", at);
    query_text(&q, ":by", by);
    return query_run(&q, e);
}

static void read_token(struct query *q, struct arena *a, struct store_token *t)
{
    t->id = query_get_integer(q);
    t->name = query_get_text(q, a);
    t->made_at = query_get_integer(q);
    t->made_by = query_get_text(q, a);
    t->used_at = query_get_integer_or(q, 0);
    t->revoked_at = query_get_integer_or(q, 0);
}

bool store_token_find(struct store *s, const char *hash, struct arena *a, struct store_token *out,
                      struct err *e)
{
    struct query q = query_start(s, S_TOKEN_FIND);
    query_text(&q, ":token", hash);
    bool there = query_row(&q, e);
    if (there)
        read_token(&q, a, out);
    return query_end(&q, e) &&
           (there || err_set(e, ERR_DENIED, "There is no such token, or it was revoked."));
}

bool store_token_used(struct store *s, int64_t id, int64_t at, struct err *e)
{
    struct query q = query_start(s, S_TOKEN_USED);
    query_integer(&q, ":id", id);
    query_integer(&q, ":at", at);
    return query_run(&q, e);
}

bool store_token_revoke(struct store *s, const char *name, int64_t at, struct err *e)
{
    struct query q = query_start(s, S_TOKEN_REVOKE);
    query_text(&q, ":name", name);
    query_integer(&q, ":at", at);
    bool there = query_row(&q, e);
    if (there)
        query_row(&q, e);
    return query_end(&q, e) &&
           (there || err_set(e, ERR_MISSING, "There is no token \"%.60s\" that holds.", name));
}

bool store_token_list(struct store *s, struct arena *a, struct store_token **out, size_t *n,
                      struct err *e)
{
    struct query q = query_start(s, S_TOKEN_LIST);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_token(&q, a, &(*out)[*n]);
    }
    return query_end(&q, e);
}

bool store_push_find(struct store *s, int64_t token, const char *key, struct arena *a,
                     struct store_push *out, bool *there, struct err *e)
{
    struct query q = query_start(s, S_PUSH_FIND);
    query_integer(&q, ":token", token);
    query_text(&q, ":key", key);
    *there = query_row(&q, e);
    if (*there) {
        query_get_hash(&q, out->body);
        out->status = (int)query_get_integer(&q);
        out->answer = query_get_text(&q, a);
    }
    return query_end(&q, e);
}

bool store_push_add(struct store *s, int64_t token, const char *key, const struct store_push *p,
                    int64_t at, struct err *e)
{
    const int64_t day = (int64_t)24 * 3600 * 1000;
    struct query sweep = query_start(s, S_PUSH_SWEEP);
    query_integer(&sweep, ":before", at - STORE_PUSH_DAYS * day);
    if (!query_run(&sweep, e))
        return false;
    struct query q = query_start(s, S_PUSH_ADD);
    query_integer(&q, ":token", token);
    query_text(&q, ":key", key);
    query_text(&q, ":body", p->body);
    query_integer(&q, ":at", at);
    query_integer(&q, ":status", p->status);
    query_text(&q, ":answer", p->answer);
    return query_run(&q, e);
}
