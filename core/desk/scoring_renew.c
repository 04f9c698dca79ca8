/* Calls that have a sheet are scored again. */
#include "desk/cards.h"
#include "desk/evaluate.h"
#include "desk/scoring.h"
#include "desk/trail.h"
#include "store/calls.h"
#include "store/unscored.h"

static bool renew(struct desk *d, const struct store_card *card, struct err *e)
{
    return store_unscored_renew(d->store, card->id, e) &&
           trail_add(d, "score again", arena_format(d->arena, "%s %s", card->card, card->version),
                     "done", e);
}

bool scoring_renew(struct desk *d, int64_t version, struct err *e)
{
    struct store_card card;
    if (!cards_may(d))
        return err_set(e, ERR_DENIED, "Having calls scored again is not part of the role %s.",
                       store_role_names[d->role]);
    if (!store_card_get(d->store, version, d->arena, &card, e))
        return false;
    if (card.state != STORE_CARD_PUBLISHED)
        return err_set(e, ERR_CONFLICT,
                       "%s %s is %s, so no call is scored with it. Publish it first.", card.card,
                       card.version, store_card_state_names[card.state]);
    return store_begin(d->store, e) && store_end(d->store, renew(d, &card, e), e);
}

static bool renew_call(struct desk *d, const char *id, struct err *e)
{
    return store_unscored_renew_call(d->store, id, e) &&
           trail_add(d, "score again", arena_format(d->arena, "call %s", id), "done", e);
}

bool scoring_renew_call(struct desk *d, const char *id, struct err *e)
{
    struct call seen;
    if (!evaluate_may(d))
        return err_set(e, ERR_DENIED, "Having calls scored again is not part of the role %s.",
                       store_role_names[d->role]);
    return store_call_get(d->store, &d->viewer, id, d->arena, &seen, e) &&
           store_begin(d->store, e) && store_end(d->store, renew_call(d, id, e), e);
}
