#include "store/sheets.h"

#include "model/pack.h"
#include "store/rows.h"
#include "store/sheet_rows.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Ids of automatic sheets: FIRST + number of the call x VERSIONS + card version. Facts keep their
 * numbers, so a rebuild gives the same ids; all stay below 2^53, exact as JSON numbers. */
static const int64_t first_card_id = (int64_t)1 << 52;
enum { VERSIONS = 1 << 16 };

bool store_sheet_is_card(int64_t id)
{
    return id >= first_card_id;
}

static double percent(const struct sheet_score *s)
{
    return s->scored ? frac_to_double(s->percent) : NAN;
}

struct packed {
    struct buf scores, answers, detail;
};

static struct packed pack(const struct form *f, const struct sheet *s)
{
    struct packed p = {0};
    assert(s->n_answers == f->n_questions || s->failure[0]);
    sheet_rows_pack_scores(s, &p.scores);
    sheet_rows_pack_answers(f, s, &p.answers);
    pack_answers(&p.detail, s->answers, s->n_answers);
    return p;
}

static void packed_free(struct packed *p)
{
    buf_free(&p->scores);
    buf_free(&p->answers);
    buf_free(&p->detail);
}

static void bind_row(struct query *q, const struct sheet *s, int64_t call, const struct packed *p)
{
    query_integer(q, ":call", call);
    query_integer(q, ":version", s->card_version);
    query_integer(q, ":made_at", s->made_at);
    query_real(q, ":percent", percent(&s->agent));
    query_real(q, ":customer", percent(&s->customer));
    query_integer(q, ":outcome", s->agent.outcome);
    query_bytes(q, ":scores", buf_all(&p->scores));
    query_bytes(q, ":packed", buf_all(&p->answers));
}

static void bind_detail(struct query *q, const struct sheet *s, const struct packed *p)
{
    query_bytes(q, ":answers", buf_all(&p->detail));
    query_text(q, ":summary", s->summary ? s->summary : "");
}

static bool put_detail(struct store *st, enum statement which, int64_t id, const struct sheet *s,
                       const struct packed *p, struct err *e)
{
    struct query q = query_start(st, which);
    query_integer(&q, ":sheet", id);
    bind_detail(&q, s, p);
    return query_run(&q, e);
}

static bool may_supersede(struct store *s, int64_t old, int64_t call, struct err *e)
{
    struct query q = query_start(s, S_SHEET_SUPERSEDED);
    query_integer(&q, ":id", old);
    bool there = query_row(&q, e);
    bool same = there && query_get_integer(&q) == call;
    int64_t by = there ? query_get_integer_or(&q, 0) : 0;
    if (!query_end(&q, e))
        return false;
    if (!same)
        return err_set(e, there ? ERR_CONFLICT : ERR_MISSING, "Sheet %lld is not about this call.",
                       (long long)old);
    return !by || err_set(e, ERR_CONFLICT, "Sheet %lld was corrected meanwhile by sheet %lld.",
                          (long long)old, (long long)by);
}

static bool add(struct store *st, const struct sheet *s, int64_t call, int64_t shown,
                const struct packed *p, int64_t *id, struct err *e)
{
    struct query q = query_start(st, S_SHEET_ADD);
    bind_row(&q, s, call, p);
    query_integer(&q, ":author", s->author);
    query_integer(&q, ":person", s->author_user);
    query_integer_unless(&q, ":supersedes", s->supersedes, 0);
    query_integer_unless(&q, ":shown", shown, 0);
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e);
    }
    return query_end(&q, e) && put_detail(st, S_SHEET_DETAIL_ADD, *id, s, p, e);
}

bool store_sheet_add(struct store *st, const struct form *f, const struct sheet *sheet,
                     int64_t shown, int64_t *id, struct err *e)
{
    int64_t call;
    assert(sheet->author != SHEET_CARD);
    if (!rows_call_number(st, sheet->call_id, &call, e) ||
        (sheet->supersedes && !may_supersede(st, sheet->supersedes, call, e)))
        return false;
    struct packed p = pack(f, sheet);
    bool ok = add(st, sheet, call, shown, &p, id, e);
    packed_free(&p);
    return ok;
}

static bool lapse(struct store *s, int64_t call, int64_t id, struct err *e)
{
    struct query q = query_start(s, S_CARD_SHEET_LAPSE);
    query_integer(&q, ":call", call);
    query_integer(&q, ":id", id);
    return query_run(&q, e);
}

static bool put_card(struct store *st, const struct sheet *s, int64_t call, int64_t id,
                     const char *program, bool counts, const struct packed *p, struct err *e)
{
    struct query q = query_start(st, S_CARD_SHEET_PUT);
    bind_row(&q, s, call, p);
    query_integer(&q, ":id", id);
    query_integer(&q, ":counts", counts);
    query_text(&q, ":program", program);
    query_text(&q, ":failure", s->failure ? s->failure : "");
    bind_detail(&q, s, p);
    return query_run(&q, e) && put_detail(st, S_CARD_SHEET_DETAIL_PUT, id, s, p, e);
}

static bool card_sheet_id(struct store *st, const struct sheet *s, int64_t *call, int64_t *id,
                          struct err *e)
{
    assert(s->author == SHEET_CARD);
    assert(s->card_version > 0 && s->card_version < VERSIONS);
    if (!rows_call_number(st, s->call_id, call, e))
        return false;
    *id = first_card_id + *call * VERSIONS + s->card_version;
    return true;
}

bool store_sheet_put_card(struct store *st, const struct form *f, const struct sheet *sheet,
                          const char *program, int64_t *id, struct err *e)
{
    int64_t call;
    if (!card_sheet_id(st, sheet, &call, id, e))
        return false;
    struct packed p = pack(f, sheet);
    bool ok = lapse(st, call, *id, e) && put_card(st, sheet, call, *id, program, true, &p, e) &&
              rows_unscored(st, S_UNSCORED_DROP, call, e);
    packed_free(&p);
    return ok;
}

bool store_sheet_calls(struct store *s, int64_t version, int64_t *cursor, size_t most,
                       struct arena *a, struct store_call_seen **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_CARD_SHEET_CALLS);
    query_integer(&q, ":version", version);
    query_integer(&q, ":after", *cursor);
    query_integer(&q, ":limit", (int64_t)most);
    return rows_seen(&q, cursor, a, out, n, e);
}

bool store_sheet_again(struct store *st, const struct form *f, const struct sheet *sheet,
                       const char *program, bool *counts, struct err *e)
{
    int64_t call, id;
    if (!card_sheet_id(st, sheet, &call, &id, e))
        return false;
    struct query q = query_start(st, S_SHEET_CARD_COUNTS);
    query_integer(&q, ":id", id);
    *counts = query_row(&q, e) && query_get_integer(&q);
    if (!query_end(&q, e))
        return false;
    struct packed p = pack(f, sheet);
    bool ok = put_card(st, sheet, call, id, program, *counts, &p, e);
    packed_free(&p);
    return ok;
}

static bool read_sheet(struct query *q, struct arena *a, struct sheet *out, int64_t *shown,
                       struct err *e)
{
    memcpy(out->call_id, query_get_text(q, a), CALL_ID); /* twelve signs, by a CHECK rule */
    out->card_version = query_get_integer(q);
    query_get_hash(q, out->card_hash);
    out->author = (enum sheet_author)query_get_integer(q);
    out->author_user = query_get_integer(q);
    out->author_name = query_get_text(q, a);
    out->made_at = query_get_integer(q);
    out->supersedes = query_get_integer(q);
    int64_t beside = query_get_integer(q);
    if (shown)
        *shown = beside;
    bool ok = sheet_rows_read_scores(query_get_bytes(q), out, e) &&
              pack_read_answers(query_get_bytes(q), a, &out->answers, &out->n_answers, e);
    out->summary = query_get_text(q, a);
    out->failure = query_get_text(q, a);
    return ok || err_within(e, "sheet %lld", (long long)out->id);
}

bool store_sheet_failed(struct store *s, int64_t version, struct arena *a, struct store_failed *out,
                        struct err *e)
{
    struct query q = query_start(s, S_CARD_SHEET_FAILED);
    query_integer(&q, ":version", version);
    *out = (struct store_failed){.call_id = "", .failure = ""};
    if (query_row(&q, e)) {
        out->call_id = query_get_text(&q, a);
        out->failure = query_get_text(&q, a);
        out->n = query_get_integer(&q);
    }
    return query_end(&q, e);
}

bool store_sheet_get(struct store *s, const struct store_viewer *v, int64_t id, struct arena *a,
                     struct sheet *out, int64_t *shown, struct err *e)
{
    struct query q = query_start(s, store_sheet_is_card(id) ? S_SHEET_GET_CARD : S_SHEET_GET);
    query_integer(&q, ":id", id);
    query_viewer(&q, v);
    *out = (struct sheet){.id = id};
    bool there = query_row(&q, e);
    bool ok = !there || read_sheet(&q, a, out, shown, e);
    return query_end(&q, e) && ok &&
           (there || err_set(e, ERR_MISSING, "There is no sheet %lld.", (long long)id));
}
