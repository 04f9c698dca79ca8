#include "store/rows.h"
#include "store/sheet_rows.h"
#include "store/sheets.h"

#include <math.h>

/* A call or a person has an index; the rest is read through from the newest on. */
enum walk { WALK_ALL, WALK_CALL, WALK_PERSON, WALKS };
static const enum statement lists[WALKS] = {S_SHEET_LIST, S_SHEET_LIST_CALL, S_SHEET_LIST_PERSON};
static const enum statement totals[WALKS] = {S_SHEET_TOTAL, S_SHEET_TOTAL_CALL,
                                             S_SHEET_TOTAL_PERSON};

static void bind(struct query *q, enum walk walk, const struct store_viewer *v,
                 const struct store_sheet_filter *f)
{
    query_viewer(q, v);
    query_span(q, f->from, f->to);
    query_maybe(q, ":agent", f->agent);
    query_maybe(q, ":team", f->team);
    query_maybe(q, ":card", f->card);
    query_integer_unless(q, ":author", f->author - 1, -1);
    query_integer(q, ":all", f->superseded_too);
    if (walk == WALK_CALL)
        query_text(q, ":call", f->call);
    if (walk != WALK_ALL)
        query_integer_unless(q, ":person", f->author_user, 0);
}

static bool read_rows(struct query *q, struct arena *a, struct store_sheet_row **out, size_t *n,
                      struct err *e)
{
    bool ok = true;
    *out = NULL;
    for (*n = 0; ok && query_row(q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        ok = sheet_rows_get(q, a, &(*out)[*n], e);
    }
    return query_end(q, e) && ok;
}

bool store_sheet_list(struct store *s, const struct store_viewer *v,
                      const struct store_sheet_filter *f, const struct store_page *page,
                      struct arena *a, struct store_sheet_row **out, size_t *n, int64_t *total,
                      struct err *e)
{
    enum walk walk = f->call && f->call[0] ? WALK_CALL : f->author_user ? WALK_PERSON : WALK_ALL;
    struct query q = query_start(s, lists[walk]);
    bind(&q, walk, v, f);
    query_page(&q, page);
    if (!read_rows(&q, a, out, n, e))
        return false;
    q = query_start(s, totals[walk]);
    bind(&q, walk, v, f);
    return rows_total(&q, total, e);
}

bool store_sheet_list_card(struct store *s, const struct store_viewer *v, const char *call_id,
                           struct arena *a, struct store_sheet_row **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_SHEET_LIST_CARD);
    query_text(&q, ":call", call_id);
    query_viewer(&q, v);
    return read_rows(&q, a, out, n, e);
}

bool store_sheet_visit_packed(struct store *s, const struct store_viewer *v, int64_t card_version,
                              bool automatic, int64_t from, int64_t to, store_sheet_visit *visit,
                              void *context, struct err *e)
{
    struct arena *a = arena_open();
    struct query q = query_start(s, automatic ? S_PACKED_LIST_CARD : S_PACKED_LIST);
    query_integer(&q, ":version", card_version);
    query_span(&q, from, to);
    query_viewer(&q, v);
    bool ok = true;
    while (ok && query_row(&q, e)) {
        arena_reset(a);
        struct store_packed p = {.call_id = query_get_text(&q, a)};
        p.agent_id = query_get_text(&q, a);
        p.at = query_get_integer(&q);
        p.percent = query_get_real(&q);
        p.scored = !isnan(p.percent);
        p.answers = query_get_bytes(&q);
        ok = visit(context, &p, e);
    }
    arena_close(a);
    return query_end(&q, e) && ok;
}
