#include "desk/cards_try.h"

#include "desk/review.h"
#include "score/tally.h"
#include "score/test_text.h"
#include "store/calls.h"

#include <string.h>

static bool fill(struct desk *d, struct card *card, struct cards_try *out, struct err *e)
{
    struct buf json = {0};
    form_write(card_form(card), &json);
    bool ok = form_read(buf_all(&json), d->arena, &out->form, e);
    buf_free(&json);
    if (!ok || !card_applies(card, &out->call, d->arena, &out->applies, &out->failure, e) ||
        !card_score(card, &out->call, d->arena, &out->sheet, e))
        return false;
    out->sheet.author_name = out->card.title;
    for (size_t i = 0; i < out->sheet.n_answers; i++) {
        struct answer *a = &out->sheet.answers[i];
        a->reason = a->reason ? a->reason : "";
        a->note = a->note ? a->note : "";
    }
    if (!out->sheet.failure[0])
        out->how = tally_derivation(&out->form, &out->sheet, false, d->arena);
    return true;
}

bool cards_try(struct desk *d, struct runner *r, int64_t id, const char *call_id,
               struct cards_try *out, struct err *e)
{
    struct card_report report;
    struct card *card;
    *out = (struct cards_try){0};
    if (!store_card_get(d->store, id, d->arena, &out->card, e) ||
        !store_call_get(d->store, &d->viewer, call_id, d->arena, &out->call, e))
        return false;
    if (!card_open(r, slice_of(out->card.text), out->card.card, d->arena, &card, &report, e))
        return e->kind == ERR_NONE
                   ? err_set(e, ERR_INPUT, "%s does not load, so it can be asked about no call.",
                             out->card.card)
                   : false;
    bool ok = fill(d, card, out, e);
    card_close(card);
    return ok;
}

/* --- a review as a test --- */

static bool is_word(const struct answer *a)
{
    return a->state == ANSWER_GIVEN || a->state == ANSWER_NA;
}

/* Indices in `form` of the questions that the card answers too; `agreed` gets the person's answers
 * in the order of that form. */
static size_t agreed_of(const struct form *form, const struct review_sheet *person,
                        struct answer *agreed, int *questions)
{
    size_t n = 0;
    for (size_t i = 0; i < form->n_questions; i++) {
        int asked = form_find_question(&person->form, form->questions[i].id);
        agreed[i] =
            asked < 0 ? (struct answer){.reason = "", .note = ""} : person->sheet.answers[asked];
        if (asked >= 0 && form->questions[i].has_check && is_word(&agreed[i]))
            questions[n++] = (int)i;
    }
    return n;
}

static bool write_test(struct desk *d, const struct review_view *view, const struct form *form,
                       const char *name, struct slice *out, struct err *e)
{
    struct answer *agreed = arena_array(d->arena, form->n_questions, sizeof *agreed);
    int *questions = arena_array(d->arena, form->n_questions, sizeof *questions);
    struct buf text = {0};
    size_t n = agreed_of(form, view->person, agreed, questions);
    if (!n)
        return err_set(e, ERR_INPUT,
                       "Nobody answered a question here that the card answers by "
                       "itself, so there is nothing to test.");
    test_text_write(name, &view->call, form, agreed, questions, n, &text);
    *out = slice_of(arena_text(d->arena, buf_all(&text)));
    buf_free(&text);
    return true;
}

static bool published_of(struct desk *d, const char *id, struct store_card *out, struct form *form,
                         struct err *e)
{
    struct store_card_filter f = {.card = id, .published = true};
    struct store_card *found;
    size_t n;
    if (!store_card_list(d->store, &f, d->arena, &found, &n, e))
        return false;
    if (!n)
        return err_set(e, ERR_CONFLICT,
                       "No version of %s is published, so there is no text to put "
                       "a test into.",
                       id);
    *out = found[0];
    return cards_form(out, d->arena, form, e);
}

bool cards_keep_test(struct desk *d, struct runner *r, int64_t sheet, const char *name, int64_t *id,
                     struct err *e)
{
    struct review_view *view = arena_take(d->arena, sizeof *view);
    struct form *form = arena_take(d->arena, sizeof *form);
    struct cards_check check;
    struct store_card card;
    struct slice test, text;
    if (!slice_trim(slice_of(name)).n)
        return err_set(e, ERR_INPUT, "Give the test a name: it is what people read when it fails.");
    if (!review_open(d, sheet, view, e))
        return false;
    if (!view->person)
        return err_set(e, ERR_INPUT, "This sheet is the card's own. A test needs a person's word.");
    return published_of(d, view->person->form.id, &card, form, e) &&
           write_test(d, view, form, name, &test, e) &&
           test_text_add(slice_of(card.text), test, d->arena, &text, e) &&
           cards_check(r, text, card.card, d->arena, &check, e) &&
           cards_keep(d, text, &check, id, e);
}
