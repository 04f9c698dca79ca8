#include "desk/scoring_runs.h"

#include "score/card.h"
#include "store/audit.h"

#include <stdio.h>

static bool read_one(struct store *s, int64_t id, bool anew, struct scoring_version *v,
                     struct arena *a, struct err *e)
{
    if (!store_card_get(s, id, a, &v->card, e))
        return false;
    v->failures = anew ? 0 : v->card.failures;
    v->changed = v->failures != v->card.failures;
    return !v->card.off_at || form_read(slice_of(v->card.definition), a, &v->form, e);
}

bool scoring_runs_read(struct store *s, bool anew, struct arena *a, struct scoring_version **out,
                       size_t *n, struct err *e)
{
    struct store_card *list;
    if (!store_card_list(s, &(struct store_card_filter){.published = true}, a, &list, n, e))
        return false;
    *out = arena_array(a, *n, sizeof **out);
    for (size_t i = 0; i < *n; i++)
        if (!read_one(s, list[i].id, anew, &(*out)[i], a, e))
            return false;
    return true;
}

bool scoring_runs_stand(struct store *s, const struct scoring_version *versions, size_t n,
                        struct arena *a, bool *out, struct err *e)
{
    struct store_card_published *now;
    size_t n_now;
    if (!store_card_published(s, a, &now, &n_now, e))
        return false;
    *out = n == n_now;
    for (size_t i = 0; i < n && *out; i++)
        *out = versions[i].card.id == now[i].id && versions[i].card.off_at == now[i].off_at;
    return true;
}

static bool switch_off(const struct scoring_means *m, const struct store_card *card,
                       const char *failure, struct arena *a, struct err *e)
{
    struct store_act act = {
        .at = clock_now(&m->clock),
        .why = arena_format(a, "%d runs in a row ended without a result. The last: %s",
                            CARD_FAILURES, failure)};
    struct store_audit entry = {
        .at = act.at,
        .who = "program",
        .address = "",
        .action = "switch off scorecard",
        .target = arena_format(a, "%s %s", card->card, card->version),
        .result = "done",
    };
    return store_card_switch_off(m->store, card->id, &act, e) &&
           store_audit_add(m->store, &entry, e);
}

bool scoring_runs_add(const struct scoring_means *m, struct scoring_version *v, const char *failure,
                      bool *off, struct arena *a, struct err *e)
{
    int failures = *failure ? v->failures + 1 : 0;
    v->changed = v->changed || failures != v->failures;
    v->failures = failures;
    if (failures < CARD_FAILURES)
        return true;
    *off = true;
    return switch_off(m, &v->card, failure, a, e);
}

bool scoring_runs_keep(struct store *s, struct scoring_version *versions, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        struct scoring_version *v = &versions[i];
        if (v->changed && v->failures < CARD_FAILURES &&
            !store_card_set_failures(s, v->card.id, v->failures, e))
            return false;
        v->changed = false;
    }
    return true;
}

void scoring_runs_count(const struct sheet *sheet, struct scoring_sum *out)
{
    bool failed = sheet->failure[0];
    out->calls++;
    out->failed += failed;
    out->scored += !failed && sheet->agent.scored;
    out->not_scored += !failed && !sheet->agent.scored;
    if (failed && !out->failure[0])
        snprintf(out->failure, sizeof out->failure, "call %s: %s", sheet->call_id, sheet->failure);
}
