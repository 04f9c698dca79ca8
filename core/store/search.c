/* search: the text index. SQLite's own (FTS5, without its content: the transcripts hold it). */
#include "store/search.h"

#include "model/pack.h"
#include "store/rows.h"
#include "store/search_text.h"

struct said {
    struct buf by[CALL_SIDES];
};

static void say(const struct call *c, struct said *out)
{
    struct arena *a = arena_open();
    for (size_t i = 0; i < c->n_turns; i++) {
        search_text_segment(a, slice_of(c->turns[i].text), &out->by[c->turns[i].side]);
        arena_reset(a);
    }
    arena_close(a);
}

static bool put_said(struct store *s, enum statement which, int64_t place, const struct call *c,
                     struct err *e)
{
    struct said said = {0};
    say(c, &said);
    struct query q = query_start(s, which);
    query_integer(&q, ":place", place);
    query_text(&q, ":agent", buf_text(&said.by[CALL_AGENT]));
    query_text(&q, ":customer", buf_text(&said.by[CALL_CUSTOMER]));
    query_text(&q, ":other", buf_text(&said.by[CALL_SYSTEM]));
    bool ok = query_run(&q, e);
    for (int i = 0; i < CALL_SIDES; i++)
        buf_free(&said.by[i]);
    return ok;
}

static bool note_indexed(struct store *s, enum statement which, int64_t place, struct err *e)
{
    struct query q = query_start(s, which);
    query_integer(&q, ":place", place);
    return query_run(&q, e);
}

static bool is_indexed(struct store *s, int64_t place, bool *out, struct err *e)
{
    struct query q = query_start(s, S_INDEXED_HAS);
    query_integer(&q, ":place", place);
    *out = query_row(&q, e);
    return query_end(&q, e);
}

static bool old_turns(struct store *s, int64_t call, struct arena *a, struct call *out,
                      struct err *e)
{
    struct query q = query_start(s, S_TRANSCRIPT_GET);
    query_integer(&q, ":call", call);
    call_init(out);
    bool ok = !query_row(&q, e) || pack_read_turns(query_get_bytes(&q), a, out, e);
    return query_end(&q, e) && ok;
}

/* An index without content forgets a text only when it is told the same text again. */
bool rows_unindex(struct store *s, int64_t call, int64_t place, struct err *e)
{
    bool there;
    if (!is_indexed(s, place, &there, e) || !there)
        return e->kind == ERR_NONE;
    struct arena *a = arena_open();
    struct call old;
    bool ok = old_turns(s, call, a, &old, e) && put_said(s, S_SEARCH_REMOVE, place, &old, e) &&
              note_indexed(s, S_INDEXED_DROP, place, e);
    arena_close(a);
    return ok;
}

bool rows_index(struct store *s, int64_t place, const struct call *c, struct err *e)
{
    return put_said(s, S_SEARCH_ADD, place, c, e) && note_indexed(s, S_INDEXED_ADD, place, e);
}

bool store_search_put(struct store *s, const struct call *c, struct err *e)
{
    struct query q = query_start(s, S_CALL_FIND);
    query_text(&q, ":source", c->source);
    query_text(&q, ":source_key", c->source_key);
    int64_t n = 0, place = 0;
    char digest[HASH_TEXT];
    bool there = query_row(&q, e);
    if (there) {
        n = query_get_integer(&q);
        query_get_hash(&q, digest);
        place = query_get_integer(&q);
    }
    return query_end(&q, e) && (there || err_set(e, ERR_MISSING, "There is no call %s.", c->id)) &&
           rows_unindex(s, n, place, e) && rows_index(s, place, c, e);
}

static bool filters_nothing(const struct store_viewer *v, const struct store_call_filter *f)
{
    const char *const words[] = {f->agent, f->team, f->type, f->queue, f->wrap_up, f->language};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i] && words[i][0])
            return false;
    return v->sees == STORE_SEES_ALL && !f->from && !f->to && !f->channel && !f->direction &&
           !f->outcome && !f->reviewed && f->machine_below <= 0;
}

/* A transcript is looked at where it lies in the row: most of it is never unpacked. */
static bool list_hits(struct query *q, const struct search_question *ask,
                      enum store_search_side side, size_t most, struct arena *a,
                      struct store_hit_list *out, struct err *e)
{
    bool ok = true;
    while (ok && query_row(q, e)) {
        if (out->n == most) {
            out->more = true;
            break;
        }
        out->hits = query_grow(a, out->hits, out->n, sizeof *out->hits);
        struct store_hit *hit = &out->hits[out->n++];
        rows_get_call(q, a, &hit->call);
        ok = search_text_snippet(a, ask, side, query_get_bytes(q), hit, e);
    }
    return query_end(q, e) && ok;
}

static struct query start(struct store *s, const struct store_viewer *v,
                          const struct store_call_filter *f, const char *match,
                          enum statement filtered, enum statement all)
{
    bool any = filters_nothing(v, f);
    struct query q = query_start(s, any ? all : filtered);
    query_text(&q, ":match", match);
    if (!any)
        rows_bind_filter(&q, v, f);
    return q;
}

bool store_search(struct store *s, const struct store_viewer *v, const char *text,
                  enum store_search_side side, const struct store_call_filter *f,
                  const struct store_page *page, struct arena *a, struct store_hit_list *out,
                  struct err *e)
{
    struct search_question ask;
    search_text_ask(a, text, side, &ask);
    *out = (struct store_hit_list){0};
    if (!ask.match)
        return true;
    struct query q = start(s, v, f, ask.match, S_SEARCH_LIST, S_SEARCH_LIST_ALL);
    size_t most = query_page_and_one(&q, page);
    return list_hits(&q, &ask, side, most, a, out, e);
}

bool store_search_count(struct store *s, const struct store_viewer *v, const char *text,
                        enum store_search_side side, const struct store_call_filter *f,
                        int64_t most, struct arena *a, int64_t *out, struct err *e)
{
    struct search_question ask;
    search_text_ask(a, text, side, &ask);
    *out = 0;
    if (!ask.match)
        return true;
    struct query q = start(s, v, f, ask.match, S_SEARCH_COUNT, S_SEARCH_COUNT_ALL);
    query_integer(&q, ":most", most + 1);
    return rows_total(&q, out, e);
}
