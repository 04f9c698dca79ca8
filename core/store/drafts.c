#include "store/drafts.h"

#include "store/rows.h"

#include <string.h>

static void read_draft(struct query *q, struct arena *a, struct store_draft *d)
{
    d->user = query_get_integer(q);
    d->call_id = query_get_text(q, a);
    d->card_version = query_get_integer(q);
    d->revision = query_get_integer(q);
    d->fields = query_get_text(q, a);
    d->saved_at = query_get_integer(q);
}

static bool read_drafts(struct query *q, struct arena *a, struct store_draft **out, size_t *n,
                        struct err *e)
{
    *out = NULL;
    for (*n = 0; query_row(q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_draft(q, a, &(*out)[*n]);
    }
    return query_end(q, e);
}

static bool newest(struct store *s, int64_t user, const char *call_id, int64_t most,
                   struct arena *a, struct store_draft **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_DRAFT_NEWEST);
    query_integer(&q, ":person", user);
    query_text(&q, ":call", call_id);
    query_integer(&q, ":limit", most);
    return read_drafts(&q, a, out, n, e);
}

bool store_draft_get(struct store *s, int64_t user, const char *call_id, struct arena *a,
                     struct store_draft *out, struct err *e)
{
    struct store_draft *found;
    size_t n;
    if (!newest(s, user, call_id, 1, a, &found, &n, e))
        return false;
    if (!n)
        return err_set(e, ERR_MISSING, "There is no draft about call %.40s.", call_id);
    *out = found[0];
    return true;
}

bool store_draft_history(struct store *s, int64_t user, const char *call_id, struct arena *a,
                         struct store_draft **out, size_t *n, struct err *e)
{
    return newest(s, user, call_id, STORE_DRAFT_KEPT, a, out, n, e);
}

bool store_draft_list(struct store *s, int64_t user, struct arena *a, struct store_draft **out,
                      size_t *n, struct err *e)
{
    struct query q = query_start(s, S_DRAFT_LIST);
    query_integer(&q, ":person", user);
    return read_drafts(&q, a, out, n, e);
}

static bool trim(struct store *s, int64_t user, int64_t call, int64_t oldest, struct err *e)
{
    struct query q = query_start(s, S_DRAFT_TRIM);
    query_integer(&q, ":person", user);
    query_integer(&q, ":call", call);
    query_integer(&q, ":oldest", oldest);
    return query_run(&q, e);
}

static bool add(struct store *s, const struct store_draft *d, int64_t call, int64_t revision,
                struct err *e)
{
    struct query q = query_start(s, S_DRAFT_ADD);
    query_integer(&q, ":person", d->user);
    query_integer(&q, ":call", call);
    query_integer(&q, ":revision", revision);
    query_integer(&q, ":version", d->card_version);
    query_text(&q, ":fields", d->fields);
    query_integer(&q, ":saved_at", d->saved_at);
    return query_run(&q, e) && trim(s, d->user, call, revision - STORE_DRAFT_KEPT, e);
}

bool store_draft_put(struct store *s, const struct store_draft *d, int64_t base, int64_t *revision,
                     struct err *e)
{
    struct arena *a = arena_open();
    struct store_draft *last;
    int64_t call;
    size_t n;
    bool ok = rows_call_number(s, d->call_id, &call, e) &&
              newest(s, d->user, d->call_id, 1, a, &last, &n, e);
    int64_t now = ok && n ? last[0].revision : 0;
    if (ok && n && last[0].card_version == d->card_version &&
        strcmp(last[0].fields, d->fields) == 0)
        *revision = now;
    else if (ok && now != base)
        ok = err_set(e, ERR_CONFLICT,
                     "This draft was saved from another window meanwhile (revision %lld, not "
                     "%lld).",
                     (long long)now, (long long)base);
    else if (ok)
        ok = add(s, d, call, *revision = now + 1, e);
    arena_close(a);
    return ok;
}

bool store_draft_close(struct store *s, int64_t user, const char *call_id, struct err *e)
{
    int64_t call;
    return rows_call_number(s, call_id, &call, e) && trim(s, user, call, INT64_MAX, e);
}
