#include "cli/demo_reviews.h"

#include "base/clock.h"
#include "desk/evaluate.h"
#include "desk/evaluate_fields.h"
#include "store/sheets.h"

#include <string.h>

struct filled {
    struct evaluate_field *list;
    size_t n;
};

static void begin(struct arena *a, struct filled *f, const struct form *form)
{
    size_t room = 2; /* the summary, the end */
    for (size_t i = 0; i < form->n_questions; i++)
        room += form->questions[i].n_options + 2;
    *f = (struct filled){arena_array(a, room, sizeof *f->list), 0};
}

static void fill(struct arena *a, struct filled *f, const char *front, const char *question,
                 const char *value)
{
    f->list[f->n++] = (struct evaluate_field){
        question ? arena_format(a, "%s.%s", front, question) : front, value};
}

/* Of a bonus the least. */
static const char *best(const struct form_question *q)
{
    const struct form_option *one = q->options;
    for (size_t i = 1; i < q->n_options; i++) {
        int order = frac_compare(q->options[i].score, one->score);
        if (q->bonus ? order < 0 : order > 0)
            one = &q->options[i];
    }
    return q->n_options ? one->id : "";
}

/* A miss and whatever wants a note are told by the summary. */
static void answer(struct arena *a, struct filled *f, const struct form_question *q,
                   const struct answer *card, const char *differs, const char *summary)
{
    const char *value = differs;
    if (!value && card->state == ANSWER_NA)
        value = EVALUATE_IS_NA;
    if (!value && (card->state != ANSWER_GIVEN || !card->n_values))
        value = best(q);
    if (value)
        fill(a, f, EVALUATE_ANSWER, q->id, value);
    else
        for (size_t i = 0; i < card->n_values; i++)
            fill(a, f, EVALUATE_ANSWER, q->id, card->values[i]);
    if (q->note != FORM_NOTE_OPTIONAL)
        fill(a, f, EVALUATE_NOTE, q->id, summary);
}

static bool submit(struct desk *d, const struct json *row, const char *call, int64_t version,
                   struct err *e)
{
    struct evaluate_view view;
    struct evaluate_result result;
    struct filled fields;
    const char *summary = json_get_text(row, "summary", "");
    const struct json *differs = json_get(row, "differs");
    if (!evaluate_open(d, call, version, &view, e))
        return false;
    if (!view.machine)
        return err_set(e, ERR_INPUT, "the card has no sheet about it");
    begin(d->arena, &fields, &view.form);
    for (size_t i = 0; i < view.form.n_questions; i++) {
        const struct form_question *q = &view.form.questions[i];
        answer(d->arena, &fields, q, &view.machine->answers[i], json_get_text(differs, q->id, NULL),
               summary);
    }
    fill(d->arena, &fields, EVALUATE_SUMMARY, NULL, summary);
    struct evaluate_post post = {
        .call_id = call, .card_version = version, .key = view.key, .fields = fields.list};
    if (evaluate_submit(d, &post, &result, e))
        return true;
    for (size_t i = 0; result.errors && i < view.form.n_questions; i++)
        if (result.errors[i])
            return err_within(e, "%s: %s", view.form.questions[i].id, result.errors[i]);
    return false;
}

static bool add(struct desk *d, const struct json *row, struct err *e)
{
    struct store_user user;
    struct store_sheet_row *rows;
    struct desk evaluator = *d;
    char call[CALL_ID];
    size_t n;
    call_make_id("harbour", json_get_text(row, "call", ""), call);
    if (!store_user_find(d->store, json_get_text(row, "by", ""), d->arena, &user, e) ||
        !store_sheet_list_card(d->store, &store_everything, call, d->arena, &rows, &n, e))
        return false;
    evaluator.user = user.id, evaluator.name = user.name, evaluator.role = user.role;
    evaluator.viewer = d->viewer;
    if (!n)
        return err_set(e, ERR_INPUT, "the card has no sheet about it");
    return clock_parse(slice_of(json_get_text(row, "at", "")), &evaluator.now)
               ? submit(&evaluator, row, arena_copy(d->arena, call), rows[0].card_version, e)
               : err_set(e, ERR_INPUT, "it needs \"at\"");
}

bool demo_reviews_add(struct desk *d, const struct json *reviews, struct err *e)
{
    for (const struct json *row = json_first(reviews); row; row = json_next(row))
        if (!add(d, row, e))
            return err_within(e, "reviews.json: %s", json_get_text(row, "call", "?"));
    return true;
}
