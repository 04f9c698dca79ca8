#include "desk/cards.h"

#include "base/near.h"
#include "desk/backtest.h"
#include "desk/claim.h"
#include "desk/settings.h"
#include "desk/trail.h"
#include "score/lineage.h"

#include <string.h>

/* Two cards that claim the same calls equally: found now, not at night. */
static bool has_no_rival(struct desk *d, const struct store_card *card, struct err *e)
{
    struct store_card *all;
    struct form mine, other;
    size_t n;
    if (!cards_form(card, d->arena, &mine, e) ||
        !store_card_list(d->store, &(struct store_card_filter){.published = true}, d->arena, &all,
                         &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i].card, card->card) == 0)
            continue;
        const char *calls;
        if (!cards_form(&all[i], d->arena, &other, e))
            return false;
        if (claim_ties(&mine, &other, d->arena, &calls))
            return err_set(e, ERR_CONFLICT,
                           "%s and the published %s both claim %s equally, so no call of that kind "
                           "would know its card. "
                           "Make the `applies` of one of them narrower, or retire %s.",
                           card->card, all[i].card, calls, all[i].card);
    }
    return true;
}

/* --- two people --- */

static bool second_person(struct desk *d, const struct store_card *card, struct backtest_limit *out,
                          struct err *e)
{
    bool always;
    if (!settings_is_on(d, SETTINGS_SECOND_PERSON, &always, e))
        return false;
    *out = (struct backtest_limit){.why = "this site wants two people for publishing"};
    return always || backtest_limit(d, card->id, out, e);
}

static bool has_second_person(struct desk *d, const struct store_card *card, struct err *e)
{
    struct backtest_limit limit;
    if (!second_person(d, card, &limit, e))
        return false;
    if (!*limit.why || card->author != d->user)
        return true;
    const char *way =
        limit.untested ? arena_format(d->arena, "run a backtest (earshot card backtest %s@%s) or ",
                                      card->card, card->version)
                       : "";
    return err_set(e, ERR_CONFLICT,
                   "%s %s was drafted by you, and %s. It is kept as it is; %ssomebody else must "
                   "publish it (page /cards/%lld).",
                   card->card, card->version, limit.why, way, (long long)card->id);
}

/* --- lineage --- */

static int64_t since_of(const struct store_lineage *before, size_t n, const char *question,
                        int64_t otherwise)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(before[i].question, question) == 0)
            return before[i].since;
    return otherwise;
}

static bool keep_lines(struct desk *d, int64_t version, const struct form *form,
                       const struct lineage *l, const struct store_card *before, struct err *e)
{
    struct store_lineage *lines = NULL;
    size_t n = 0;
    if (before->id && !store_lineage_list(d->store, before->id, d->arena, &lines, &n, e))
        return false;
    for (size_t i = 0; i < form->n_questions; i++) {
        struct store_lineage line = {form->questions[i].id, LINEAGE_NEW, version};
        if (before->id)
            line.change = (int)l->questions[i].change;
        if (before->id && lineage_bridges(l->questions[i].change))
            line.since = since_of(lines, n, line.question, before->id);
        if (!store_lineage_add(d->store, version, &line, e))
            return false;
    }
    return true;
}

static bool keep_lineage(struct desk *d, const struct store_card *card, struct err *e)
{
    int64_t before_id;
    struct store_card before = {0};
    struct form was = {0}, is;
    struct lineage l = {0};
    if (!cards_form(card, d->arena, &is, e) ||
        !store_card_before(d->store, card->card, NULL, &before_id, e))
        return false;
    if (before_id && (!store_card_get(d->store, before_id, d->arena, &before, e) ||
                      !cards_form(&before, d->arena, &was, e)))
        return false;
    if (before_id)
        l = lineage_of(&was, &is, d->arena);
    return keep_lines(d, card->id, &is, &l, &before, e);
}

/* --- moves --- */

static bool audit(struct desk *d, const char *what, const struct store_card *card, struct err *e)
{
    return trail_add(d, what, arena_format(d->arena, "%s %s", card->card, card->version), "done",
                     e);
}

static bool publish(struct desk *d, int64_t id, const char *why, struct err *e)
{
    struct store_act act = {d->user, d->now, why};
    struct store_card card;
    if (!store_card_get(d->store, id, d->arena, &card, e))
        return false;
    if (card.state == STORE_CARD_PUBLISHED)
        return true;
    return (card.state != STORE_CARD_CHECKED ||
            (has_no_rival(d, &card, e) && has_second_person(d, &card, e) &&
             keep_lineage(d, &card, e))) &&
           store_card_publish(d->store, id, &act, e) && audit(d, "publish scorecard", &card, e);
}

static bool retire(struct desk *d, int64_t id, const char *why, struct err *e)
{
    struct store_act act = {d->user, d->now, why};
    struct store_card card;
    return store_card_get(d->store, id, d->arena, &card, e) &&
           store_card_retire(d->store, id, &act, e) && audit(d, "retire scorecard", &card, e);
}

static bool restore(struct desk *d, int64_t id, const char *why, struct err *e)
{
    struct store_act act = {d->user, d->now, why};
    struct store_card card;
    return store_card_get(d->store, id, d->arena, &card, e) &&
           (card.state != STORE_CARD_RETIRED || has_no_rival(d, &card, e)) &&
           store_card_restore(d->store, id, &act, e) &&
           audit(d, "publish scorecard again", &card, e);
}

static bool roll_back(struct desk *d, int64_t id, const char *why, int64_t *to, struct err *e)
{
    struct store_card card;
    if (!store_card_get(d->store, id, d->arena, &card, e))
        return false;
    if (card.state != STORE_CARD_PUBLISHED)
        return err_set(e, ERR_CONFLICT,
                       "%s %s is %s, not published: there is nothing to go back "
                       "from.",
                       card.card, card.version, store_card_state_names[card.state]);
    if (!store_card_before(d->store, card.card, &card, to, e))
        return false;
    return *to ? restore(d, *to, why, e)
               : err_set(e, ERR_CONFLICT,
                         "%s %s is the first published version: there is none "
                         "to go back to. Retire it, if no call should get it.",
                         card.card, card.version);
}

bool cards_publish(struct desk *d, int64_t id, const char *why, struct err *e)
{
    return store_begin(d->store, e) && store_end(d->store, publish(d, id, why, e), e);
}

bool cards_retire(struct desk *d, int64_t id, const char *why, struct err *e)
{
    return store_begin(d->store, e) && store_end(d->store, retire(d, id, why, e), e);
}

static bool switch_on(struct desk *d, int64_t id, const char *why, struct err *e)
{
    struct store_act act = {d->user, d->now, why};
    struct store_card card;
    return store_card_get(d->store, id, d->arena, &card, e) &&
           store_card_switch_on(d->store, id, &act, e) && audit(d, "switch on scorecard", &card, e);
}

bool cards_switch_on(struct desk *d, int64_t id, const char *why, struct err *e)
{
    if (!slice_trim(slice_of(why)).n)
        return err_set(e, ERR_INPUT,
                       "Say why the card is switched on again: it stands in its history.");
    return store_begin(d->store, e) && store_end(d->store, switch_on(d, id, why, e), e);
}

bool cards_restore(struct desk *d, int64_t id, const char *why, struct err *e)
{
    return store_begin(d->store, e) && store_end(d->store, restore(d, id, why, e), e);
}

bool cards_roll_back(struct desk *d, int64_t id, const char *why, int64_t *to, struct err *e)
{
    if (!slice_trim(slice_of(why)).n)
        return err_set(e, ERR_INPUT, "Say why the card goes back: it stands in its history.");
    return store_begin(d->store, e) && store_end(d->store, roll_back(d, id, why, to, e), e);
}

/* --- by name --- */

bool cards_published(struct desk *d, const char *card, struct store_card *out, struct err *e)
{
    struct store_card *found;
    size_t n;
    if (!store_card_list(d->store, &(struct store_card_filter){.card = card, .published = true},
                         d->arena, &found, &n, e))
        return false;
    *out = n ? found[0] : (struct store_card){.id = 0};
    return true;
}

static bool is_meant(const struct store_card *c, struct slice version)
{
    return !version.p || slice_is(version, c->version);
}

/* The card is there but not the version, or a card of a name like it. */
static bool say_missing(struct desk *d, const char *words, const char *name, size_t versions,
                        struct err *e)
{
    struct store_card *all;
    size_t n;
    struct near near;
    if (versions)
        return err_set(e, ERR_MISSING,
                       "There is no scorecard \"%s\"; \"%s\" has no such version. earshot card "
                       "list names them.",
                       words, name);
    if (!store_card_list(d->store, &(struct store_card_filter){0}, d->arena, &all, &n, e))
        return false;
    near_start(&near, slice_of(name));
    for (size_t i = 0; i < n; i++)
        near_try(&near, all[i].card);
    return err_set(
        e, ERR_MISSING, "There is no scorecard \"%s\". %s%s%searshot card list names them.", words,
        near.name ? "Did you mean " : "", near.name ? near.name : "", near.name ? "? " : "");
}

bool cards_find(struct desk *d, const char *words, struct store_card *out, struct err *e)
{
    int64_t id;
    struct slice version = slice_of(words), name;
    struct store_card *all;
    size_t n;
    if (slice_integer(version, &id))
        return store_card_get(d->store, id, d->arena, out, e);
    slice_cut(&version, '@', &name);
    struct store_card_filter f = {.card = arena_text(d->arena, name)};
    if (!store_card_list(d->store, &f, d->arena, &all, &n, e))
        return false;
    const struct store_card *found = NULL;
    for (size_t i = 0; i < n; i++)
        if (is_meant(&all[i], version) && (!found || all[i].state == STORE_CARD_PUBLISHED))
            found = &all[i];
    if (!found)
        return say_missing(d, words, f.card, n, e);
    *out = *found;
    return true;
}
