#include "store/sheet_rows.h"

#include "base/wire.h"

enum { VERSION = 1 };

static void put_frac(struct buf *out, struct frac f)
{
    wire_put_i64(out, f.n);
    wire_put_i64(out, f.d);
}

/* A fraction that is not in the form that frac makes is a lie. */
static struct frac get_frac(struct wire *w)
{
    struct frac f = {wire_get_i64(w), 0};
    f.d = wire_get_i64(w);
    if (f.d == 0)
        return f;
    struct frac lowest = frac_of(f.n, f.d);
    if (lowest.n != f.n || lowest.d != f.d)
        w->bad = true;
    return lowest;
}

static void put_score(struct buf *out, const struct sheet_score *s)
{
    wire_put_u8(out, s->scored);
    wire_put_u8(out, (uint8_t)s->outcome);
    wire_put_u8(out, (uint8_t)s->fired);
    wire_put_i64(out, s->fired_by);
    put_frac(out, s->percent);
    put_frac(out, s->earned);
    put_frac(out, s->max);
    put_frac(out, s->would_have);
    put_frac(out, s->critical);
    for (int i = 0; i < FORM_CRITICALS; i++)
        put_frac(out, s->critical_by[i]);
}

static uint8_t get_below(struct wire *w, unsigned count)
{
    uint8_t v = wire_get_u8(w);
    if (v >= count)
        w->bad = true;
    return w->bad ? 0 : v;
}

static struct sheet_score get_score(struct wire *w)
{
    struct sheet_score s = {.scored = get_below(w, 2)};
    s.outcome = (enum sheet_outcome)get_below(w, SHEET_OUTCOMES);
    s.fired = (enum form_scope)get_below(w, FORM_SCOPES);
    int64_t by = wire_get_i64(w);
    if (by < FORM_NONE || by >= FORM_QUESTIONS_MOST)
        w->bad = true;
    s.fired_by = w->bad ? FORM_NONE : (int)by;
    s.percent = get_frac(w);
    s.earned = get_frac(w);
    s.max = get_frac(w);
    s.would_have = get_frac(w);
    s.critical = get_frac(w);
    for (int i = 0; i < FORM_CRITICALS; i++)
        s.critical_by[i] = get_frac(w);
    s.scored = s.scored && frac_ok(s.percent); /* sheets of old could have one without the other */
    return s;
}

void sheet_rows_pack_scores(const struct sheet *s, struct buf *out)
{
    wire_put_u8(out, VERSION);
    put_score(out, &s->agent);
    put_score(out, &s->customer);
}

bool sheet_rows_read_scores(struct slice bytes, struct sheet *s, struct err *e)
{
    struct wire w = {bytes, false};
    if (wire_get_u8(&w) != VERSION)
        w.bad = true;
    s->agent = get_score(&w);
    s->customer = get_score(&w);
    return wire_done(&w) ||
           err_set(e, ERR_IO, "The scores of sheet %lld are damaged.", (long long)s->id);
}

static uint8_t given(const struct form *f, size_t i, const struct answer *a)
{
    const struct form_question *q = &f->questions[i];
    int option =
        q->kind == FORM_CHOICE && a->n_values ? form_find_option(q, a->values[0]) : FORM_NONE;
    if (option == FORM_NONE)
        return STORE_ANSWER_GIVEN;
    option += STORE_ANSWER_OPTION;
    return (uint8_t)(option < STORE_ANSWER_OPTION_MOST ? option : STORE_ANSWER_OPTION_MOST);
}

void sheet_rows_pack_answers(const struct form *f, const struct sheet *s, struct buf *out)
{
    static const uint8_t plain[ANSWER_STATES] = {
        [ANSWER_NONE] = STORE_ANSWER_NONE,
        [ANSWER_NA] = STORE_ANSWER_NA,
        [ANSWER_NA_SYSTEM] = STORE_ANSWER_NA_SYSTEM,
        [ANSWER_FAILED] = STORE_ANSWER_FAILED,
    };
    for (size_t i = 0; i < s->n_answers && i < f->n_questions; i++) {
        const struct answer *a = &s->answers[i];
        uint8_t byte = a->state == ANSWER_GIVEN ? given(f, i, a) : plain[a->state];
        if (a->locus != FORM_AGENT)
            byte |= STORE_ANSWER_EXCUSED;
        wire_put_u8(out, byte);
    }
}

bool sheet_rows_get(struct query *q, struct arena *a, struct store_sheet_row *r, struct err *e)
{
    *r = (struct store_sheet_row){.id = query_get_integer(q)};
    r->call_id = query_get_text(q, a);
    r->agent_id = query_get_text(q, a);
    r->agent_name = query_get_text(q, a);
    r->call_at = query_get_integer(q);
    r->card_version = query_get_integer(q);
    r->card = query_get_text(q, a);
    r->card_title = query_get_text(q, a);
    r->card_version_name = query_get_text(q, a);
    r->author = (enum sheet_author)query_get_integer(q);
    r->author_user = query_get_integer(q);
    r->author_name = query_get_text(q, a);
    r->made_at = query_get_integer(q);
    r->supersedes = query_get_integer(q);
    r->superseded_by = query_get_integer(q);
    r->shown = query_get_integer(q);
    struct sheet scores = {.id = r->id};
    if (!sheet_rows_read_scores(query_get_bytes(q), &scores, e))
        return false;
    r->agent_scored = scores.agent.scored;
    r->customer_scored = scores.customer.scored;
    r->agent_percent = scores.agent.percent;
    r->customer_percent = scores.customer.percent;
    r->outcome = (enum sheet_outcome)query_get_integer(q);
    r->acknowledged_at = query_get_integer(q);
    r->disputes = query_get_integer(q);
    r->failure = query_get_text(q, a);
    return true;
}
