#include "store/calls.h"

#include "base/json.h"
#include "model/pack.h"
#include "store/rows.h"

#include <math.h>
#include <string.h>

struct known {
    bool there, moved; /* moved: an index must know */
    int64_t n, place;
    char digest[HASH_TEXT];
};

int64_t rows_start(const struct call *c)
{
    if (c->offered != CALL_UNKNOWN)
        return c->offered;
    if (c->answered != CALL_UNKNOWN)
        return c->answered;
    return c->ended != CALL_UNKNOWN ? c->ended : 0;
}

int64_t rows_place(int64_t ms)
{
    enum { SECOND = 1000, SPARE = 1000 };
    int64_t seconds = ms / SECOND - (ms % SECOND < 0);
    const int64_t most = INT64_MAX / STORE_PLACES - SPARE;
    if (seconds > most)
        seconds = most;
    return (seconds < -most ? -most : seconds) * STORE_PLACES;
}

/* Of everything that came from outside; measures are ours. */
static void digest_of(const struct call *c, char out[HASH_TEXT])
{
    struct call bare = *c;
    struct buf packed = {0};
    bare.measures = (struct call_measures){0};
    pack_call(&packed, &bare);
    hash_text(buf_all(&packed), out);
    buf_free(&packed);
}

static bool find(struct store *s, const struct call *c, struct known *out, struct err *e)
{
    struct query q = query_start(s, S_CALL_FIND);
    query_text(&q, ":source", c->source);
    query_text(&q, ":source_key", c->source_key);
    out->there = query_row(&q, e);
    if (out->there) {
        out->n = query_get_integer(&q);
        query_get_hash(&q, out->digest);
        out->place = query_get_integer(&q);
        query_skip(&q);
        out->moved = !query_get_same(&q, c->agent_id) || !query_get_same(&q, c->recording);
    }
    return query_end(&q, e);
}

/* The first free place in the second at which the call began, or in one after it. The first of each
 * second stays free, so that no place is 0: a cursor of 0 means the start. */
static bool choose_place(struct store *s, const struct call *c, int64_t *place, struct err *e)
{
    for (int64_t low = rows_place(rows_start(c));; low += STORE_PLACES) {
        struct query q = query_start(s, S_CALL_PLACE_TAKEN);
        query_integer(&q, ":low", low);
        query_integer(&q, ":high", low + STORE_PLACES - 1);
        *place = query_row(&q, e) ? query_get_integer_or(&q, low) + 1 : low + 1;
        if (!query_end(&q, e))
            return false;
        if (*place < low + STORE_PLACES)
            return true;
    }
}

static bool know_agent(struct store *s, const struct call *c, struct err *e)
{
    if (c->team[0]) {
        struct query q = query_start(s, S_TEAM_KNOW);
        query_text(&q, ":id", c->team);
        query_text(&q, ":name", c->team);
        if (!query_run(&q, e))
            return false;
    }
    if (!c->agent_id[0])
        return true;
    struct query q = query_start(s, S_AGENT_KNOW);
    query_text(&q, ":id", c->agent_id);
    query_text(&q, ":name", c->agent_name);
    query_maybe(&q, ":team", c->team);
    return query_run(&q, e);
}

static bool recording_is_kept(struct store *s, const struct call *c, struct err *e)
{
    if (!c->recording[0])
        return true;
    struct query q = query_start(s, S_RECORDING_SIZE);
    query_text(&q, ":hash", c->recording);
    bool there = query_row(&q, e);
    return query_end(&q, e) &&
           (there || err_set(e, ERR_MISSING, "The recording %s of call %s/%s was not kept first.",
                             c->recording, c->source, c->source_key));
}

static void meta_json(const struct call *c, struct buf *out)
{
    struct json *all = json_array();
    for (size_t i = 0; i < c->n_meta; i++) {
        struct json *pair = json_array();
        json_push(pair, json_new_text(c->meta[i].name));
        json_push(pair, json_new_text(c->meta[i].value));
        json_push(all, pair);
    }
    json_print(all, out);
    json_free(all);
}

static void bind_names(struct query *q, const struct call *c)
{
    query_text(q, ":id", c->id);
    query_text(q, ":source", c->source);
    query_text(q, ":source_key", c->source_key);
}

static void bind_indexed(struct query *q, const struct call *c, int64_t place)
{
    query_integer(q, ":place", place);
    query_maybe(q, ":agent", c->agent_id);
    query_maybe(q, ":recording", c->recording);
}

static void bind_facts(struct query *q, const struct call *c)
{
    query_integer(q, ":channel", c->channel);
    query_text(q, ":type", c->type);
    query_integer(q, ":direction", c->direction);
    query_text(q, ":queue", c->queue);
    query_text(q, ":agent_name", c->agent_name);
    query_text(q, ":team", c->team);
    query_text(q, ":customer", c->customer);
    query_text(q, ":customer_class", c->customer_class);
    query_text(q, ":language", c->language);
    query_integer(q, ":outcome", c->outcome);
    query_text(q, ":hung_up", c->hung_up);
    query_text(q, ":wrap_up", c->wrap_up);
    query_integer(q, ":side_0", c->recording_channels[0]);
    query_integer(q, ":side_1", c->recording_channels[1]);
    query_integer(q, ":sides", c->recording_n_channels);
    query_integer(q, ":recording_ms", c->recording_ms);
}

static void bind_numbers(struct query *q, const struct call *c)
{
    const struct {
        const char *name;
        int64_t value;
    } maybe[] = {
        {":offered", c->offered}, {":answered", c->answered},        {":ended", c->ended},
        {":wait_ms", c->wait_ms}, {":talk_ms", c->talk_ms},          {":hold_ms", c->hold_ms},
        {":wrap_ms", c->wrap_ms}, {":length_ms", call_length_ms(c)}, {":resolved", c->resolved},
    };
    for (size_t i = 0; i < sizeof maybe / sizeof maybe[0]; i++)
        query_integer_unless(q, maybe[i].name, maybe[i].value, CALL_UNKNOWN);
    query_real(q, ":csat", c->csat);
    query_real(q, ":nps", c->nps);
}

static bool reindex(struct store *s, const struct call *c, const struct known *k, struct err *e)
{
    struct query q = query_start(s, S_CALL_REINDEX);
    bind_indexed(&q, c, k->place);
    query_integer(&q, ":n", k->n);
    return query_run(&q, e);
}

static bool write_row(struct store *s, const struct call *c, struct known *k, struct err *e)
{
    struct buf meta = {0};
    meta_json(c, &meta);
    struct query q = query_start(s, k->there ? S_CALL_REPLACE : S_CALL_ADD);
    bind_facts(&q, c);
    bind_numbers(&q, c);
    query_text(&q, ":digest", k->digest);
    query_text(&q, ":meta", buf_text(&meta));
    if (k->there) {
        query_integer(&q, ":n", k->n);
    } else {
        bind_names(&q, c);
        bind_indexed(&q, c, k->place);
    }
    if (query_row(&q, e)) {
        k->n = query_get_integer(&q);
        query_row(&q, e); /* RETURNING statements end only when they are asked again */
    }
    bool ok = query_end(&q, e);
    buf_free(&meta);
    return ok && (!k->there || !k->moved || reindex(s, c, k, e));
}

static bool write_turns(struct store *s, const struct call *c, int64_t n, struct err *e)
{
    struct buf packed = {0};
    pack_turns(&packed, c->turns, c->n_turns);
    struct query q = query_start(s, S_TRANSCRIPT_PUT);
    query_integer(&q, ":call", n);
    query_bytes(&q, ":turns", buf_all(&packed));
    bool ok = query_run(&q, e);
    buf_free(&packed);
    return ok;
}

static bool write_words(struct store *s, const struct call *c, struct err *e)
{
    const char *const words[STORE_WORDS] = {c->type, c->queue, c->wrap_up, c->language};
    for (int i = 0; i < STORE_WORDS; i++) {
        if (!words[i][0])
            continue;
        struct query q = query_start(s, S_WORD_ADD);
        query_integer(&q, ":kind", i);
        query_text(&q, ":word", words[i]);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

static bool write_measures(struct store *s, int64_t n, const struct call_measures *m, struct err *e)
{
    struct query q = query_start(s, S_MEASURES_PUT);
    query_integer(&q, ":call", n);
    query_integer(&q, ":duration", m->duration_ms);
    query_integer(&q, ":talk_agent", m->talk_ms[CALL_AGENT]);
    query_integer(&q, ":talk_customer", m->talk_ms[CALL_CUSTOMER]);
    query_integer(&q, ":gap_agent", m->longest_gap_ms[CALL_AGENT]);
    query_integer(&q, ":gap_customer", m->longest_gap_ms[CALL_CUSTOMER]);
    query_integer(&q, ":overlap", m->overlap_ms);
    query_integer(&q, ":silence", m->silence_ms);
    query_integer(&q, ":longest", m->longest_silence_ms);
    query_integer(&q, ":longest_at", m->longest_silence_at_ms);
    return query_run(&q, e);
}

static bool drop_of_call(struct store *s, int64_t n, struct err *e)
{
    static const enum statement all[] = {S_CARD_SHEET_DETAIL_DROP, S_CARD_SHEET_DROP,
                                         S_MEASURES_DROP};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct query q = query_start(s, all[i]);
        query_integer(&q, ":call", n);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

static bool replace(struct store *s, const struct call *c, struct known *k, const char *digest,
                    const struct store_act *act, struct err *e)
{
    int64_t old = k->place;
    bool moved = old / STORE_PLACES != rows_place(rows_start(c)) / STORE_PLACES;
    k->moved |= moved;
    return rows_unindex(s, k->n, old, e) && drop_of_call(s, k->n, e) &&
           (!moved || choose_place(s, c, &k->place, e)) &&
           rows_event(s, STORE_ON_CALL, c->id, k->digest, digest, act, e);
}

bool store_call_put(struct store *s, const struct call *c, const struct store_act *act,
                    enum store_put *what, struct err *e)
{
    struct known k = {0};
    char digest[HASH_TEXT];
    digest_of(c, digest);
    if (!find(s, c, &k, e))
        return false;
    *what =
        !k.there ? STORE_NEW : (strcmp(digest, k.digest) == 0 ? STORE_UNCHANGED : STORE_UPDATED);
    if (*what == STORE_UNCHANGED)
        return true;
    bool ok = recording_is_kept(s, c, e) && know_agent(s, c, e) &&
              (k.there ? replace(s, c, &k, digest, act, e) : choose_place(s, c, &k.place, e));
    memcpy(k.digest, digest, sizeof digest);
    return ok && write_row(s, c, &k, e) && write_turns(s, c, k.n, e) && write_words(s, c, e) &&
           (!c->measures.known || write_measures(s, k.n, &c->measures, e)) &&
           rows_index(s, k.place, c, e) && rows_unscored(s, S_UNSCORED_PUT, k.n, e);
}

bool rows_call_number(struct store *s, const char *id, int64_t *n, struct err *e)
{
    struct query q = query_start(s, S_CALL_NUMBER);
    query_text(&q, ":id", id);
    bool there = query_row(&q, e);
    if (there)
        *n = query_get_integer(&q);
    return query_end(&q, e) && (there || err_set(e, ERR_MISSING, "There is no call %.40s.", id));
}

bool store_measures_put(struct store *s, const char *call_id, const struct call_measures *m,
                        struct err *e)
{
    int64_t n;
    return rows_call_number(s, call_id, &n, e) && write_measures(s, n, m, e);
}
