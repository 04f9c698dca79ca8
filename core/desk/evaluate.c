#include "desk/evaluate.h"

#include "desk/evaluate_work.h"

bool evaluate_may(const struct desk *d)
{
    return d->role == STORE_EVALUATOR || d->role == STORE_LEAD || d->role == STORE_MANAGER ||
           d->role == STORE_ADMIN;
}

/* What the form shows at first: the draft, else the own earlier review where it answers the same
 * version, else what the card answers itself. */
static bool first_fields(const struct desk *d, const struct evaluate_work *w,
                         const struct sheet *machine, const struct evaluate_field **out,
                         struct err *e)
{
    if (!w->draft.revision) {
        bool same = w->own && w->own->card_version == w->card.card.id;
        *out = same ? evaluate_fields_from(&w->card.form, w->own, d->arena)
                    : evaluate_fields_begun(&w->card.form, machine, d->arena);
        return true;
    }
    struct json *j = json_parse(slice_of(w->draft.fields), JSON_DEPTH, e);
    bool ok = j && evaluate_fields_of(j, d->arena, out, e);
    json_free(j);
    return ok || err_within(e, "the draft of call %s", w->call.id);
}

/* NULL, too, where what was typed cannot be added up: the form says so when it is sent. */
static const char *score(const struct desk *d, const struct evaluate_work *w,
                         const struct evaluate_field *fields)
{
    struct evaluate_reading reading;
    struct sheet s;
    struct err none = {0};
    evaluate_fields_read(&w->card.form, &w->call, fields, d->arena, &reading);
    return evaluate_work_tally(d, w, &reading, &s, &none) ? evaluate_work_score(d, w, &s) : NULL;
}

static const char *newer_version(const struct desk *d, const struct evaluate_work *w)
{
    struct evaluate_card newest;
    struct err none = {0};
    if (!w->draft.revision || !evaluate_card_choose(d, &w->call, &newest, &none) ||
        newest.card.id == w->card.card.id)
        return "";
    return arena_format(d->arena,
                        "Scorecard %s, version %s, is published by now. This review goes on with "
                        "version %s, with which it was begun.",
                        newest.card.title, newest.card.version, w->card.card.version);
}

static const char *notice(const struct desk *d, const struct evaluate_work *w)
{
    const char *newer = newer_version(d, w);
    const char *again = w->own ? "You have reviewed this call before. What you submit now replaces "
                                 "that review; both stay readable."
                               : "";
    if (!*newer && !*again)
        return NULL;
    return arena_format(d->arena, "%s%s%s", newer, *newer && *again ? " " : "", again);
}

/* Only a version that calls are scored with can be asked yet. */
static bool can_be_asked(const struct evaluate_card *card)
{
    bool checks = false;
    for (size_t i = 0; i < card->form.n_questions; i++)
        checks |= card->form.questions[i].has_check;
    return checks && card->card.state == STORE_CARD_PUBLISHED && !card->card.off_at;
}

bool evaluate_open(const struct desk *d, const char *call_id, int64_t card_version,
                   struct evaluate_view *out, struct err *e)
{
    struct evaluate_work w;
    if (!evaluate_work_open(d, call_id, card_version, &w, e))
        return false;
    *out = (struct evaluate_view){
        .call = w.call,
        .form = w.card.form,
        .card_version = w.card.card.id,
        .revision = w.draft.revision,
        .key = w.own ? w.own->id : 0,
        .notice = notice(d, &w),
    };
    bool asked;
    if (!evaluate_card_sheet(d, w.call.id, &w.card, &out->machine, &asked, e) ||
        !first_fields(d, &w, out->machine, &out->fields, e))
        return false;
    out->unasked = !asked && can_be_asked(&w.card);
    out->score = score(d, &w, out->fields);
    return true;
}
