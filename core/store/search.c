/* search: the text index. SQLite's own (FTS5, without its content: the transcripts hold it). */
#include "store/search.h"

#include "model/pack.h"
#include "store/rows.h"
#include "store/search_text.h"

#include <stdlib.h>

enum { WAITING_MOST = 8 << 20 /* bytes of text that wait for the end of a transaction */ };

/* The words of a call by side: where each begins in a buffer, ends with NUL there. */
struct handle_said {
    int64_t place;
    size_t by[CALL_SIDES];
};

/* False where nothing was said. */
static bool say(struct store *s, const struct call *c, int64_t place, struct buf *text,
                struct handle_said *out)
{
    out->place = place;
    for (int side = 0; side < CALL_SIDES; side++) {
        out->by[side] = text->n;
        for (size_t i = 0; i < c->n_turns; i++)
            if (c->turns[i].side == (enum call_side)side)
                search_text_segment(s->folding, slice_of(c->turns[i].text), text);
        buf_char(text, 0);
    }
    arena_reset(s->folding);
    return c->n_turns > 0;
}

static bool put_said(struct store *s, enum statement which, const char *text,
                     const struct handle_said *said, struct err *e)
{
    struct query q = query_start(s, which);
    query_integer(&q, ":place", said->place);
    query_text(&q, ":agent", text + said->by[CALL_AGENT]);
    query_text(&q, ":customer", text + said->by[CALL_CUSTOMER]);
    query_text(&q, ":other", text + said->by[CALL_SYSTEM]);
    return query_run(&q, e);
}

static bool note_indexed(struct store *s, enum statement which, int64_t place, struct err *e)
{
    struct query q = query_start(s, which);
    query_integer(&q, ":place", place);
    return query_run(&q, e);
}

void handle_index_forget(struct store *s)
{
    s->n_said = 0;
    if (s->said_text.room > 2 * WAITING_MOST) /* one huge call: not kept for the rest of the day */
        buf_free(&s->said_text);
    buf_clear(&s->said_text);
}

static int by_place(const void *a, const void *b)
{
    const struct handle_said *l = a, *r = b;
    return (l->place > r->place) - (l->place < r->place);
}

/* In order of place, since the index flushes its memory at each step back, too. */
bool handle_index(struct store *s, struct err *e)
{
    bool ok = true;
    if (s->n_said)
        qsort(s->said, s->n_said, sizeof *s->said, by_place);
    for (size_t i = 0; ok && i < s->n_said; i++)
        ok = note_indexed(s, S_INDEXED_ADD, s->said[i].place, e);
    for (size_t i = 0; ok && i < s->n_said; i++)
        ok = put_said(s, S_SEARCH_ADD, buf_text(&s->said_text), &s->said[i], e);
    handle_index_forget(s);
    return ok;
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

/* Not written yet, it is simply forgotten. */
static bool drop_waiting(struct store *s, int64_t place)
{
    for (size_t i = s->n_said; i--;) {
        if (s->said[i].place == place) {
            s->said[i] = s->said[--s->n_said];
            return true;
        }
    }
    return false;
}

/* An index without content forgets a text only when it is told the same text again. */
bool rows_unindex(struct store *s, int64_t call, int64_t place, struct err *e)
{
    bool there;
    if (drop_waiting(s, place))
        return true;
    if (!is_indexed(s, place, &there, e) || !there)
        return e->kind == ERR_NONE;
    struct arena *a = arena_open();
    struct buf text = {0};
    struct handle_said said;
    struct call old;
    bool ok = old_turns(s, call, a, &old, e);
    if (ok)
        say(s, &old, place, &text, &said);
    ok = ok && put_said(s, S_SEARCH_REMOVE, buf_text(&text), &said, e) &&
         note_indexed(s, S_INDEXED_DROP, place, e);
    buf_free(&text);
    arena_close(a);
    return ok;
}

bool rows_index(struct store *s, int64_t place, const struct call *c, struct err *e)
{
    if (s->said_text.n > WAITING_MOST && !handle_index(s, e))
        return false;
    if (s->n_said == s->room_said) {
        s->room_said = s->room_said ? 2 * s->room_said : 64;
        s->said = realloc(s->said, s->room_said * sizeof *s->said);
        if (!s->said)
            abort();
    }
    s->n_said += say(s, c, place, &s->said_text, &s->said[s->n_said]);
    return true;
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
           !f->outcome && !f->reviewed && !f->recorded && f->machine_below <= 0;
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
