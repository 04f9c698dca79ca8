#include "store/calls.h"

#include "base/json.h"
#include "model/pack.h"
#include "store/rows.h"

#include <math.h>
#include <string.h>

static const char *text_at(const struct json *pair, size_t i, struct arena *a)
{
    const char *text = json_text(json_at(pair, i));
    return arena_copy(a, text ? text : "");
}

static bool read_meta(struct slice text, struct arena *a, struct call *out, struct err *e)
{
    struct json *all = json_parse(text, JSON_DEPTH, e);
    if (!all)
        return err_within(e, "facts of call %s", out->id);
    struct call_pair *pairs = arena_array(a, json_count(all), sizeof *pairs);
    for (const struct json *p = json_first(all); p; p = json_next(p))
        pairs[out->n_meta++] = (struct call_pair){text_at(p, 0, a), text_at(p, 1, a)};
    out->meta = pairs;
    json_free(all);
    return true;
}

static void read_measures(struct query *q, struct call_measures *m)
{
    m->known = !query_get_null(q);
    m->duration_ms = query_get_integer(q);
    m->talk_ms[CALL_AGENT] = query_get_integer(q);
    m->talk_ms[CALL_CUSTOMER] = query_get_integer(q);
    m->longest_gap_ms[CALL_AGENT] = query_get_integer(q);
    m->longest_gap_ms[CALL_CUSTOMER] = query_get_integer(q);
    m->overlap_ms = query_get_integer(q);
    m->silence_ms = query_get_integer(q);
    m->longest_silence_ms = query_get_integer(q);
    m->longest_silence_at_ms = query_get_integer(q);
}

static void read_words(struct query *q, struct arena *a, struct call *c)
{
    memcpy(c->id, query_get_text(q, a), CALL_ID); /* twelve signs, by a CHECK rule */
    c->source = query_get_text(q, a);
    c->source_key = query_get_text(q, a);
    c->channel = (enum call_channel)query_get_integer(q);
    c->type = query_get_text(q, a);
    c->direction = (enum call_direction)query_get_integer(q);
    c->queue = query_get_text(q, a);
    c->agent_id = query_get_text(q, a);
    c->agent_name = query_get_text(q, a);
    c->team = query_get_text(q, a);
    c->customer = query_get_text(q, a);
    c->customer_class = query_get_text(q, a);
    c->language = query_get_text(q, a);
}

/* CALL_ALL behind c.n, c.place. */
static bool call_read(struct query *q, struct arena *a, struct call *c, struct err *e)
{
    call_init(c);
    read_words(q, a, c);
    int64_t *const times[] = {&c->offered, &c->answered, &c->ended,  &c->wait_ms,
                              &c->talk_ms, &c->hold_ms,  &c->wrap_ms};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        *times[i] = query_get_integer_or(q, CALL_UNKNOWN);
    c->outcome = (enum call_outcome)query_get_integer(q);
    c->hung_up = query_get_text(q, a);
    c->wrap_up = query_get_text(q, a);
    c->csat = query_get_real(q);
    c->nps = query_get_real(q);
    c->resolved = (int)query_get_integer_or(q, CALL_UNKNOWN);
    struct slice meta = slice_of(query_get_text(q, a));
    query_get_hash(q, c->recording);
    c->recording_channels[0] = (enum call_side)query_get_integer(q);
    c->recording_channels[1] = (enum call_side)query_get_integer(q);
    c->recording_n_channels = (int)query_get_integer(q);
    c->recording_ms = query_get_integer(q);
    struct slice turns = query_get_bytes(q);
    read_measures(q, &c->measures);
    return read_meta(meta, a, c, e) &&
           (pack_read_turns(turns, a, c, e) || err_within(e, "transcript of call %s", c->id));
}

bool rows_get_whole(struct query *q, struct arena *a, struct call *out, int64_t *n, int64_t *place,
                    struct err *e)
{
    int64_t number = query_get_integer(q), at = query_get_integer(q);
    if (n)
        *n = number;
    if (place)
        *place = at;
    return call_read(q, a, out, e);
}

bool store_call_get(struct store *s, const struct store_viewer *v, const char *id, struct arena *a,
                    struct call *out, struct err *e)
{
    struct query q = query_start(s, S_CALL_GET);
    query_text(&q, ":id", id);
    query_viewer(&q, v);
    bool there = query_row(&q, e);
    bool ok = !there || rows_get_whole(&q, a, out, NULL, NULL, e);
    return query_end(&q, e) && ok &&
           (there || err_set(e, ERR_MISSING, "There is no call %.40s.", id));
}

bool rows_seen(struct query *q, int64_t *cursor, struct arena *a, struct store_call_seen **out,
               size_t *n, struct err *e)
{
    bool ok = true;
    *out = NULL;
    for (*n = 0; ok && query_row(q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        ok = rows_get_whole(q, a, &(*out)[*n].call, cursor, NULL, e);
        query_get_hash(q, (*out)[*n].digest);
    }
    return query_end(q, e) && ok;
}

bool store_call_same(struct store *s, const struct store_call_seen *c, bool *same, struct err *e)
{
    char digest[HASH_TEXT] = "";
    struct query q = query_start(s, S_CALL_DIGEST);
    query_text(&q, ":id", c->call.id);
    if (query_row(&q, e))
        query_get_hash(&q, digest);
    *same = strcmp(digest, c->digest) == 0;
    return query_end(&q, e);
}

bool store_call_batch(struct store *s, int64_t *cursor, size_t most, struct arena *a,
                      struct call **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_CALL_BATCH);
    query_integer(&q, ":after", *cursor ? *cursor : INT64_MIN);
    query_integer(&q, ":limit", (int64_t)most);
    bool ok = true;
    *out = NULL;
    for (*n = 0; ok && query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        ok = rows_get_whole(&q, a, &(*out)[*n], NULL, cursor, e);
    }
    return query_end(&q, e) && ok;
}

bool store_call_count(struct store *s, int64_t *out, struct err *e)
{
    struct query q = query_start(s, S_CALL_COUNT);
    return rows_total(&q, out, e);
}

bool rows_total(struct query *q, int64_t *total, struct err *e)
{
    *total = query_row(q, e) ? query_get_integer(q) : 0;
    return query_end(q, e);
}

bool rows_integer(struct store *s, enum statement which, int64_t id, int64_t none, int64_t *out,
                  struct err *e)
{
    struct query q = query_start(s, which);
    query_integer(&q, ":id", id);
    *out = query_row(&q, e) ? query_get_integer_or(&q, none) : none;
    return query_end(&q, e);
}

static struct store_call_score read_score(struct query *q)
{
    struct store_call_score score = {.sheet = query_get_integer_or(q, 0)};
    score.percent = query_get_real(q);
    score.outcome = (int)query_get_integer(q);
    score.scored = !isnan(score.percent);
    return score;
}

void rows_get_call(struct query *q, struct arena *a, struct store_call_row *r)
{
    r->id = query_get_text(q, a);
    r->at = query_get_integer(q);
    r->channel = (enum call_channel)query_get_integer(q);
    r->direction = (enum call_direction)query_get_integer(q);
    r->outcome = (enum call_outcome)query_get_integer(q);
    r->type = query_get_text(q, a);
    r->queue = query_get_text(q, a);
    r->agent_id = query_get_text(q, a);
    r->agent_name = query_get_text(q, a);
    r->team = query_get_text(q, a);
    r->customer = query_get_text(q, a);
    r->wrap_up = query_get_text(q, a);
    r->language = query_get_text(q, a);
    r->length_ms = query_get_integer_or(q, CALL_UNKNOWN);
    r->recorded = query_get_integer(q);
    r->machine = read_score(q);
    r->review = read_score(q);
}

void rows_bind_filter(struct query *q, const struct store_viewer *v,
                      const struct store_call_filter *f)
{
    query_viewer(q, v);
    query_span(q, f->from, f->to);
    query_integer(q, ":low", f->from ? rows_place(f->from) : INT64_MIN);
    /* A second with more calls than places runs over into the next ones; half a minute is ample. */
    query_integer(q, ":high", f->to ? rows_place(f->to) + 30 * STORE_PLACES : INT64_MAX);
    query_integer_unless(q, ":channel", f->channel - 1, -1);
    query_integer_unless(q, ":direction", f->direction - 1, -1);
    query_integer_unless(q, ":outcome", f->outcome - 1, -1);
    query_maybe(q, ":type", f->type);
    query_maybe(q, ":queue", f->queue);
    query_maybe(q, ":wrap_up", f->wrap_up);
    query_maybe(q, ":language", f->language);
    query_maybe(q, ":agent", f->agent);
    query_maybe(q, ":team", f->team);
    query_real(q, ":below", f->machine_below > 0 ? f->machine_below : NAN);
    query_integer(q, ":reviewed", f->reviewed);
    query_integer(q, ":recorded", f->recorded);
}

/* One agent's calls have an index of their own. */
static const char *one_agent(const struct store_viewer *v, const struct store_call_filter *f)
{
    if (f->agent && f->agent[0])
        return f->agent;
    return v->sees == STORE_SEES_AGENT ? v->agent : NULL;
}

bool store_call_list(struct store *s, const struct store_viewer *v,
                     const struct store_call_filter *f, const struct store_page *page,
                     struct arena *a, struct store_call_list *out, struct err *e)
{
    const char *agent = one_agent(v, f);
    struct query q = query_start(s, agent ? S_CALL_LIST_AGENT : S_CALL_LIST);
    rows_bind_filter(&q, v, f);
    query_page(&q, page);
    if (agent)
        query_text(&q, ":one_agent", agent);
    *out = (struct store_call_list){0};
    for (; query_row(&q, e); out->n++) {
        out->rows = query_grow(a, out->rows, out->n, sizeof *out->rows);
        rows_get_call(&q, a, &out->rows[out->n]);
    }
    if (!query_end(&q, e))
        return false;
    q = query_start(s, agent ? S_CALL_TOTAL_AGENT : S_CALL_TOTAL);
    rows_bind_filter(&q, v, f);
    if (agent)
        query_text(&q, ":one_agent", agent);
    return rows_total(&q, &out->total, e);
}

static bool read_list(struct query *q, struct arena *a, const char *const **out, size_t *n,
                      struct err *e)
{
    const char **list = NULL;
    for (*n = 0; query_row(q, e); ++*n) {
        list = query_grow(a, list, *n, sizeof *list);
        list[*n] = query_get_text(q, a);
    }
    *out = list;
    return query_end(q, e);
}

bool store_call_newest(struct store *s, int64_t from, int64_t most, struct arena *a,
                       const char *const **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_CALL_NEWEST);
    query_integer(&q, ":low", from ? rows_place(from) : INT64_MIN);
    query_span(&q, from, 0);
    query_integer(&q, ":most", most ? most : INT64_MAX);
    return read_list(&q, a, out, n, e);
}

bool store_call_words(struct store *s, enum store_word kind, struct arena *a,
                      const char *const **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_WORD_LIST);
    query_integer(&q, ":kind", kind);
    return read_list(&q, a, out, n, e);
}
