/* A finished sheet as JSON, for programs. Amounts come twice: as a number, and exact as a text. */
#include "desk/review.h"

#include "base/clock.h"
#include "base/json.h"

static void put_amount(struct json *into, const char *name, struct frac f)
{
    char text[64];
    if (!frac_ok(f)) {
        json_put(into, name, json_new_text(NULL));
        return;
    }
    struct json *amount = json_object();
    frac_print(f, text, sizeof text);
    json_put_number(amount, "value", frac_to_double(f));
    json_put_text(amount, "exact", text);
    json_put(into, name, amount);
}

static void put_integer(struct json *into, const char *name, int64_t value)
{
    json_put_number(into, name, (double)value);
}

static struct json *score(const struct form *f, const struct sheet_score *s)
{
    struct json *j = json_object();
    json_put_text(j, "outcome", sheet_outcome_names[s->outcome]);
    json_put_bool(j, "scored", s->scored);
    put_amount(j, "percent", s->percent);
    put_amount(j, "earned", s->earned);
    put_amount(j, "max", s->max);
    put_amount(j, "critical", s->critical);
    if (s->scored)
        json_put_text(j, "band", form_band_of(f, s->percent));
    if (s->fired != FORM_FAILS_NOTHING) {
        json_put_text(j, "auto_fail", form_scope_names[s->fired]);
        json_put_text(j, "auto_fail_by", f->questions[s->fired_by].id);
        put_amount(j, "would_have", s->would_have);
    }
    return j;
}

static struct json *evidence(const struct answer *a)
{
    struct json *list = json_array();
    for (size_t i = 0; i < a->n_evidence; i++) {
        const struct evidence *v = &a->evidence[i];
        struct json *j = json_object();
        put_integer(j, "turn", v->turn);
        put_integer(j, "start_ms", v->start_ms);
        put_integer(j, "end_ms", v->end_ms);
        put_integer(j, "from", v->from);
        put_integer(j, "to", v->to);
        json_put_text(j, "label", v->label);
        json_push(list, j);
    }
    return list;
}

static struct json *values(const struct answer *a)
{
    struct json *list = json_array();
    for (size_t i = 0; i < a->n_values; i++)
        json_push(list, json_new_text(a->values[i]));
    return list;
}

static struct json *answer(const struct form_question *q, const struct answer *a,
                           const struct sheet_item *item)
{
    struct json *j = json_object();
    json_put_text(j, "question", q->id);
    json_put_text(j, "ask", q->ask);
    json_put_text(j, "state", sheet_state_names[a->state]);
    json_put(j, "values", values(a));
    json_put_text(j, "note", a->note);
    json_put_text(j, "reason", a->reason);
    json_put_text(j, "locus", form_locus_names[a->locus]);
    json_put_bool(j, "excused", item->excused);
    json_put_bool(j, "counts", item->counts);
    put_amount(j, "contribution", item->contribution);
    json_put(j, "evidence", evidence(a));
    return j;
}

static struct json *answers(const struct review_sheet *r)
{
    struct json *list = json_array();
    for (size_t i = 0; i < r->form.n_questions; i++)
        json_push(list,
                  answer(&r->form.questions[i], &r->sheet.answers[i], &r->sheet.agent.items[i]));
    return list;
}

/* A table as a value inside another: printed and read again, so that it has one form only. */
static struct json *table(const struct table *t)
{
    struct buf text = {0};
    struct err e = {0};
    if (!t)
        return json_new_text(NULL);
    table_json(t, &text);
    struct json *j = json_parse(buf_all(&text), JSON_DEPTH, &e);
    buf_free(&text);
    return j ? j : json_new_text(NULL);
}

static struct json *card(const struct review_sheet *r)
{
    struct json *j = json_object();
    json_put_text(j, "id", r->form.id);
    json_put_text(j, "version", r->form.version);
    json_put_text(j, "title", r->form.title);
    json_put_text(j, "hash", r->sheet.card_hash);
    return j;
}

struct json *review_sheet_json(const struct review_sheet *r)
{
    char made[CLOCK_TEXT];
    struct json *j = json_object();
    clock_print(r->sheet.made_at, made);
    if (r->sheet.id)
        put_integer(j, "id", r->sheet.id);
    json_put_text(j, "call", r->sheet.call_id);
    json_put(j, "card", card(r));
    json_put_text(j, "author", sheet_author_names[r->sheet.author]);
    json_put_text(j, "author_name", r->sheet.author_name);
    if (r->sheet.made_at)
        json_put_text(j, "made_at", made);
    json_put_text(j, "summary", r->sheet.summary);
    json_put_text(j, "failure", r->sheet.failure);
    json_put(j, "agent", score(&r->form, &r->sheet.agent));
    json_put(j, "customer", score(&r->form, &r->sheet.customer));
    json_put(j, "answers", answers(r));
    json_put(j, "how", table(r->how));
    json_put(j, "how_customer", table(r->how_customer));
    return j;
}

void review_json(const struct review_view *v, struct buf *out)
{
    struct json *j = review_sheet_json(v->main);
    if (v->supersedes)
        put_integer(j, "supersedes", v->supersedes);
    if (v->superseded_by)
        put_integer(j, "superseded_by", v->superseded_by);
    if (v->person && v->machine)
        json_put(j, "machine", review_sheet_json(v->machine));
    json_print(j, out);
    json_free(j);
}
