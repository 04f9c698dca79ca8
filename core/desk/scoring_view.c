/* How scoring stands, in words. */
#include "desk/scoring.h"

#include "desk/settings.h"
#include "store/cards.h"
#include "store/unscored.h"

/* What no card fits, unless one that does is switched off (S5). */
static bool unfitted_why(const struct desk *d, const char **out, struct err *e)
{
    struct store_card *cards;
    size_t n;
    if (!store_card_list(d->store, &(struct store_card_filter){.published = true}, d->arena, &cards,
                         &n, e))
        return false;
    *out = "";
    for (size_t i = 0; i < n; i++)
        if (cards[i].off_at)
            *out = ", or the one that does is switched off";
    return true;
}

static const char *calls(const struct desk *d, int64_t n)
{
    return n == 1 ? "One call" : arena_format(d->arena, "%lld calls", (long long)n);
}

/* Why what waits still waits. */
static bool reason(const struct desk *d, const char *problem, const char **out, struct err *e)
{
    bool on;
    if (!settings_is_on(d, SETTINGS_SCORE_NEW, &on, e))
        return false;
    *out = !on ? "New calls are not scored by themselves here: the setting score_new_calls says no."
           : *problem ? arena_format(d->arena, "Scoring cannot go on: %s", problem)
                      : "This goes on by itself.";
    return true;
}

bool scoring_of_all(const struct desk *d, const char *problem, const char **out, struct err *e)
{
    int64_t waiting, unfitted;
    const char *why, *off;
    if (!store_unscored_count(d->store, STORE_UNSCORED_WAITS, &waiting, e) ||
        !store_unscored_count(d->store, STORE_UNSCORED_UNFITTED, &unfitted, e) ||
        !reason(d, problem, &why, e) || !unfitted_why(d, &off, e))
        return false;
    *out = !waiting ? "No call waits to be scored."
                    : arena_format(d->arena, "%s wait%s to be scored. %s", calls(d, waiting),
                                   waiting == 1 ? "s" : "", why);
    if (unfitted)
        *out = arena_format(
            d->arena, "%s %s: no published scorecard fits%s.", *out,
            unfitted == 1 ? "One call was asked about and not scored"
                          : arena_format(d->arena, "%lld calls were asked about and not scored",
                                         (long long)unfitted),
            off);
    return true;
}

bool scoring_of_version(const struct desk *d, const struct store_card *card, const char *problem,
                        const char **out, int64_t *can, struct err *e)
{
    struct store_unscored_earlier earlier = {0};
    const char *why;
    *out = "";
    *can = 0;
    if (card->state != STORE_CARD_PUBLISHED)
        return true;
    if (!store_unscored_earlier(d->store, card->id, &earlier, e) || !reason(d, problem, &why, e))
        return false;
    *can = earlier.can;
    if (earlier.can)
        *out = arena_format(d->arena,
                            "%s ha%s sheets of other versions of this card, so their reviews show "
                            "no suggestions of version %s.",
                            calls(d, earlier.can), earlier.can == 1 ? "s" : "ve", card->version);
    if (earlier.wait)
        *out =
            arena_format(d->arena, "%s%s%s wait%s to be scored again. %s", *out, **out ? " " : "",
                         calls(d, earlier.wait), earlier.wait == 1 ? "s" : "", why);
    return true;
}

bool scoring_of_call(const struct desk *d, const char *id, const char *problem, const char **out,
                     struct err *e)
{
    enum store_unscored state;
    const char *why, *off;
    if (!store_unscored_state(d->store, id, &state, e) || !reason(d, problem, &why, e) ||
        !unfitted_why(d, &off, e))
        return false;
    *out = state == STORE_UNSCORED_WAITS
               ? arena_format(d->arena, "This call waits to be scored. %s", why)
           : state == STORE_UNSCORED_UNFITTED
               ? arena_format(d->arena,
                              "No published scorecard fits this call%s, so it was not "
                              "scored.",
                              off)
               : "";
    return true;
}
