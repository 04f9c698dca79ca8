#include "desk/evaluate_work.h"

#include "model/pack.h"
#include "score/tally.h"
#include "store/calls.h"
#include "store/sheets.h"

#include <string.h>

static bool own_review(const struct desk *d, struct evaluate_work *w, struct err *e)
{
    struct store_sheet_filter f = {
        .call = w->call.id, .author_user = d->user, .author = 1 + SHEET_EVALUATOR};
    struct store_page newest = {.limit = 1};
    struct store_sheet_row *rows;
    size_t n;
    int64_t total;
    if (!store_sheet_list(d->store, &d->viewer, &f, &newest, d->arena, &rows, &n, &total, e))
        return false;
    if (!n)
        return true;
    struct sheet *s = arena_take(d->arena, sizeof *s);
    w->own = s;
    return store_sheet_get(d->store, &d->viewer, rows[0].id, d->arena, s, NULL, e);
}

static bool own_draft(const struct desk *d, struct evaluate_work *w, struct err *e)
{
    struct err missing = {0};
    if (store_draft_get(d->store, d->user, w->call.id, d->arena, &w->draft, &missing))
        return true;
    w->draft = (struct store_draft){0};
    return missing.kind == ERR_MISSING || err_set(e, missing.kind, "%s", missing.text);
}

static bool open_card(const struct desk *d, int64_t version, struct evaluate_work *w, struct err *e)
{
    if (w->draft.revision && (!version || version == w->draft.card_version))
        return evaluate_card_get(d, w->draft.card_version, &w->card, e);
    return version ? evaluate_card_for(d, &w->call, version, &w->card, e)
                   : evaluate_card_choose(d, &w->call, &w->card, e);
}

bool evaluate_work_open(const struct desk *d, const char *call_id, int64_t card_version,
                        struct evaluate_work *out, struct err *e)
{
    *out = (struct evaluate_work){0};
    if (!evaluate_may(d))
        return err_set(e, ERR_DENIED, "Reviewing calls is not part of the role %s.",
                       store_role_names[d->role]);
    return store_call_get(d->store, &d->viewer, call_id, d->arena, &out->call, e) &&
           own_review(d, out, e) && own_draft(d, out, e) && open_card(d, card_version, out, e);
}

bool evaluate_work_tally(const struct desk *d, const struct evaluate_work *w,
                         const struct evaluate_reading *reading, struct sheet *out, struct err *e)
{
    *out = (struct sheet){
        .card_version = w->card.card.id,
        .author = SHEET_EVALUATOR,
        .author_user = d->user,
        .author_name = d->name,
        .made_at = d->now,
        .supersedes = w->own ? w->own->id : 0,
        .summary = reading->summary,
        .answers = reading->answers,
        .n_answers = w->card.form.n_questions,
        .failure = "",
    };
    memcpy(out->call_id, w->call.id, sizeof out->call_id);
    memcpy(out->card_hash, w->card.card.hash, sizeof out->card_hash);
    tally_conditions(&w->card.form, out->answers);
    return tally(&w->card.form, out, d->arena, e);
}

bool evaluate_work_repeats(const struct evaluate_work *w, const struct sheet *s)
{
    struct buf mine = {0}, stored = {0};
    if (!w->own || w->own->card_version != s->card_version ||
        strcmp(w->own->summary, s->summary) != 0)
        return false;
    pack_answers(&mine, s->answers, s->n_answers);
    pack_answers(&stored, w->own->answers, w->own->n_answers);
    bool same = slice_equal(buf_all(&mine), buf_all(&stored));
    buf_free(&mine);
    buf_free(&stored);
    return same;
}

const char *evaluate_work_score(const struct desk *d, const struct evaluate_work *w,
                                const struct sheet *s)
{
    char number[64];
    if (!s->agent.scored)
        return NULL;
    frac_print_decimal(s->agent.percent, w->card.form.round, number, sizeof number);
    return arena_format(d->arena, "%s %%", number);
}
