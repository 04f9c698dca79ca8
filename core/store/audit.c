#include "store/audit.h"

#include "base/hash.h"
#include "base/wire.h"
#include "store/rows.h"

#include <string.h>

/* What the first entry stands on. */
static const char nothing[HASH_TEXT] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* Each entry's hash covers the one before it and all of its own fields. */
static void link_hash(const char *before, const struct store_audit *x, char out[HASH_TEXT])
{
    const char *const texts[] = {before, x->who, x->address, x->action, x->target, x->result};
    struct buf b = {0};
    wire_put_i64(&b, x->id);
    wire_put_i64(&b, x->at);
    wire_put_i64(&b, x->user);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        wire_put_text(&b, slice_of(texts[i]));
    hash_text(buf_all(&b), out);
    buf_free(&b);
}

static bool last_entry(struct store *s, int64_t *id, char hash[HASH_TEXT], struct err *e)
{
    struct query q = query_start(s, S_AUDIT_LAST);
    *id = 0;
    memcpy(hash, nothing, HASH_TEXT);
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_get_hash(&q, hash);
    }
    return query_end(&q, e);
}

static void bind(struct query *q, const struct store_audit *x, const char *hash)
{
    query_integer(q, ":id", x->id);
    query_integer(q, ":at", x->at);
    query_integer(q, ":person", x->user);
    query_text(q, ":who", x->who);
    query_text(q, ":address", x->address);
    query_text(q, ":action", x->action);
    query_text(q, ":target", x->target);
    query_text(q, ":result", x->result);
    query_text(q, ":hash", hash);
}

static const char *given(const char *text)
{
    return text ? text : "";
}

bool store_audit_add(struct store *s, const struct store_audit *x, struct err *e)
{
    struct store_audit whole = *x;
    char before[HASH_TEXT], hash[HASH_TEXT];
    if (!last_entry(s, &whole.id, before, e))
        return false;
    whole.id++;
    whole.who = given(x->who), whole.address = given(x->address), whole.action = given(x->action);
    whole.target = given(x->target), whole.result = given(x->result);
    link_hash(before, &whole, hash);
    struct query q = query_start(s, S_AUDIT_ADD);
    bind(&q, &whole, hash);
    return query_run(&q, e);
}

static void read_entry(struct query *q, struct arena *a, struct store_audit *x)
{
    x->id = query_get_integer(q);
    x->at = query_get_integer(q);
    x->user = query_get_integer(q);
    x->who = query_get_text(q, a);
    x->address = query_get_text(q, a);
    x->action = query_get_text(q, a);
    x->target = query_get_text(q, a);
    x->result = query_get_text(q, a);
}

static void bind_filter(struct query *q, const struct store_audit_filter *f)
{
    query_maybe(q, ":action", f->action);
    query_span(q, f->from, f->to);
    if (f->user)
        query_integer(q, ":person", f->user);
    if (f->user || (f->target && f->target[0]))
        query_maybe(q, ":target", f->target);
}

bool store_audit_list(struct store *s, const struct store_audit_filter *f,
                      const struct store_page *page, struct arena *a, struct store_audit **out,
                      size_t *n, int64_t *total, struct err *e)
{
    bool target = f->target && f->target[0];
    struct query q = query_start(s, f->user  ? S_AUDIT_LIST_PERSON
                                    : target ? S_AUDIT_LIST_TARGET
                                             : S_AUDIT_LIST);
    bind_filter(&q, f);
    query_page(&q, page);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_entry(&q, a, &(*out)[*n]);
    }
    if (!query_end(&q, e))
        return false;
    q = query_start(s, f->user  ? S_AUDIT_TOTAL_PERSON
                       : target ? S_AUDIT_TOTAL_TARGET
                                : S_AUDIT_TOTAL);
    bind_filter(&q, f);
    return rows_total(&q, total, e);
}

static bool fits(struct query *q, struct arena *a, int64_t number, char last[HASH_TEXT],
                 struct err *e)
{
    struct store_audit x;
    char kept[HASH_TEXT], made[HASH_TEXT];
    read_entry(q, a, &x);
    query_get_hash(q, kept);
    link_hash(last, &x, made);
    memcpy(last, kept, HASH_TEXT);
    return (x.id == number && strcmp(kept, made) == 0) ||
           err_set(e, ERR_CONFLICT,
                   "The audit log was changed from outside: entry %lld does not fit what stands "
                   "before it. Compare it with a backup.",
                   (long long)number);
}

bool store_audit_verify(struct store *s, int64_t *entries, char last[HASH_TEXT], struct err *e)
{
    struct arena *a = arena_open();
    struct query q = query_start(s, S_AUDIT_WALK);
    bool ok = true;
    memcpy(last, nothing, HASH_TEXT);
    for (*entries = 0; ok && query_row(&q, e);) {
        ok = fits(&q, a, ++*entries, last, e);
        arena_reset(a);
    }
    arena_close(a);
    return query_end(&q, e) && ok;
}
