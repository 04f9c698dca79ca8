#include "store/cards.h"

#include "store/rows.h"
#include "store/unscored.h"

#include <string.h>

const char *const store_card_state_names[STORE_CARD_STATES + 1] = {"draft", "checked", "published",
                                                                   "retired"};

static void read_card(struct query *q, struct arena *a, struct store_card *c)
{
    *c = (struct store_card){.id = query_get_integer(q)};
    c->card = query_get_text(q, a);
    c->version = query_get_text(q, a);
    c->title = query_get_text(q, a);
    query_get_hash(q, c->hash);
    c->text = query_get_text(q, a);
    c->definition = query_get_text(q, a);
    c->report = query_get_text(q, a);
    c->state = (enum store_card_state)query_get_integer(q);
    c->author = query_get_integer_or(q, 0);
    c->author_name = query_get_text(q, a);
    c->made_at = query_get_integer(q);
    c->published_at = query_get_integer(q);
    c->failures = (int)query_get_integer(q);
    c->off_at = query_get_integer(q);
    c->off_why = query_get_text(q, a);
}

static bool read_one(struct query *q, struct arena *a, struct store_card *out, struct err *e)
{
    bool there = query_row(q, e);
    if (there)
        read_card(q, a, out);
    return query_end(q, e) &&
           (there || err_set(e, ERR_MISSING, "There is no such version of a scorecard."));
}

bool store_card_get(struct store *s, int64_t id, struct arena *a, struct store_card *out,
                    struct err *e)
{
    struct query q = query_start(s, S_CARD_GET);
    query_integer(&q, ":id", id);
    return read_one(&q, a, out, e);
}

bool store_card_find(struct store *s, const char *hash, struct arena *a, struct store_card *out,
                     struct err *e)
{
    struct query q = query_start(s, S_CARD_FIND);
    query_text(&q, ":hash", hash);
    return read_one(&q, a, out, e);
}

bool store_card_list(struct store *s, const struct store_card_filter *f, struct arena *a,
                     struct store_card **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_CARD_LIST);
    query_maybe(&q, ":card", f->card);
    query_integer(&q, ":published", f->published);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_card(&q, a, &(*out)[*n]);
    }
    return query_end(&q, e);
}

bool store_card_published(struct store *s, struct arena *a, struct store_card_published **out,
                          size_t *n, struct err *e)
{
    struct query q = query_start(s, S_CARD_PUBLISHED_ALL);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        (*out)[*n].id = query_get_integer(&q);
        (*out)[*n].off_at = query_get_integer(&q);
    }
    return query_end(&q, e);
}

static bool event(struct store *s, int64_t id, const char *was, const char *became,
                  const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    bool ok =
        rows_event(s, STORE_ON_CARD, arena_format(a, "%lld", (long long)id), was, became, act, e);
    arena_close(a);
    return ok;
}

static bool known_text(struct store *s, const char *hash, int64_t *id, struct err *e)
{
    struct arena *a = arena_open();
    struct query q = query_start(s, S_CARD_FIND);
    struct store_card c = {0};
    query_text(&q, ":hash", hash);
    if (query_row(&q, e))
        read_card(&q, a, &c);
    *id = c.id;
    arena_close(a);
    return query_end(&q, e);
}

static bool add(struct store *s, const struct store_card *c, const char *hash,
                const struct store_act *act, int64_t *id, struct err *e)
{
    struct query q = query_start(s, S_CARD_ADD);
    query_text(&q, ":card", c->card);
    query_text(&q, ":version", c->version ? c->version : "");
    query_text(&q, ":title", c->title ? c->title : "");
    query_text(&q, ":hash", hash);
    query_text(&q, ":text", c->text);
    query_text(&q, ":definition", c->definition ? c->definition : "");
    query_text(&q, ":report", c->report ? c->report : "");
    query_integer_unless(&q, ":author", act->user, 0);
    query_integer(&q, ":at", act->at);
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e);
    }
    return query_end(&q, e) && event(s, *id, "", store_card_state_names[0], act, e);
}

static bool claim(struct store *s, int64_t id, const struct store_act *act, struct err *e)
{
    const char *state = NULL;
    struct query q = query_start(s, S_CARD_CLAIM);
    query_integer(&q, ":id", id);
    query_integer(&q, ":author", act->user);
    if (query_row(&q, e)) {
        state = store_card_state_names[query_get_integer(&q)];
        query_row(&q, e);
    }
    return query_end(&q, e) && (!state || event(s, id, state, state, act, e));
}

bool store_card_add(struct store *s, const struct store_card *card, const struct store_act *act,
                    int64_t *id, bool *fresh, struct err *e)
{
    char hash[HASH_TEXT];
    hash_text(slice_of(card->text), hash);
    if (!known_text(s, hash, id, e))
        return false;
    *fresh = *id == 0;
    if (*fresh)
        return add(s, card, hash, act, id, e);
    return !act->user || claim(s, *id, act, e);
}

const char store_card_off_name[] = "switched off";

const char *store_card_standing(const struct store_card *c)
{
    return c->off_at ? store_card_off_name : store_card_state_names[c->state];
}

/* Changes the state, with its event; nothing where it is that state already. */
static bool move(struct store *s, const struct store_card *c, enum store_card_state to,
                 const struct store_act *act, struct err *e)
{
    if (c->state == to)
        return true;
    struct query q = query_start(s, S_CARD_MOVE);
    query_integer(&q, ":id", c->id);
    query_integer(&q, ":state", to);
    query_integer(&q, ":published_at",
                  to == STORE_CARD_PUBLISHED && !c->published_at ? act->at : c->published_at);
    return query_run(&q, e) &&
           event(s, c->id, store_card_standing(c), store_card_state_names[to], act, e);
}

static bool set_report(struct store *s, const struct store_card *c, const char *definition,
                       const char *report, bool passed, const struct store_act *act, struct err *e)
{
    enum store_card_state to = passed ? STORE_CARD_CHECKED : STORE_CARD_DRAFT;
    if (c->state > STORE_CARD_CHECKED)
        return err_set(e, ERR_CONFLICT, "%s %s is %s: what is public is not checked again.",
                       c->card, c->version, store_card_state_names[c->state]);
    struct query q = query_start(s, S_CARD_REPORT);
    query_integer(&q, ":id", c->id);
    query_text(&q, ":definition", definition ? definition : "");
    query_text(&q, ":report", report ? report : "");
    query_integer(&q, ":state", to);
    return query_run(&q, e) && move(s, c, to, act, e);
}

bool store_card_set_report(struct store *s, int64_t id, const char *definition, const char *report,
                           bool passed, const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    struct store_card c;
    bool ok =
        store_card_get(s, id, a, &c, e) && set_report(s, &c, definition, report, passed, act, e);
    arena_close(a);
    return ok;
}

static bool retire_published(struct store *s, const char *card, struct arena *a,
                             const struct store_act *act, struct err *e)
{
    struct query q = query_start(s, S_CARD_PUBLISHED);
    query_text(&q, ":card", card);
    int64_t id = query_row(&q, e) ? query_get_integer(&q) : 0;
    struct store_card c;
    return query_end(&q, e) &&
           (!id || (store_card_get(s, id, a, &c, e) && move(s, &c, STORE_CARD_RETIRED, act, e)));
}

static bool name_is_free(struct store *s, const struct store_card *c, struct err *e)
{
    struct query q = query_start(s, S_CARD_NAME_TAKEN);
    query_text(&q, ":card", c->card);
    query_text(&q, ":version", c->version);
    query_integer(&q, ":id", c->id);
    bool taken = query_row(&q, e);
    return query_end(&q, e) &&
           (!taken || err_set(e, ERR_CONFLICT,
                              "Another text was published as %s %s. Give this one a new version.",
                              c->card, c->version));
}

static bool publish(struct store *s, const struct store_card *c, struct arena *a,
                    const struct store_act *act, struct err *e)
{
    if (c->state != STORE_CARD_CHECKED)
        return err_set(e, ERR_CONFLICT, "%s %s is %s: only a checked version can be published.",
                       c->card, c->version, store_card_state_names[c->state]);
    return name_is_free(s, c, e) && retire_published(s, c->card, a, act, e) &&
           move(s, c, STORE_CARD_PUBLISHED, act, e) && store_unscored_again(s, false, e);
}

bool store_card_publish(struct store *s, int64_t id, const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    struct store_card c;
    bool ok = store_card_get(s, id, a, &c, e) && publish(s, &c, a, act, e);
    arena_close(a);
    return ok;
}

static bool is_published(const struct store_card *c, struct err *e)
{
    return c->state == STORE_CARD_PUBLISHED ||
           err_set(e, ERR_CONFLICT, "%s %s is %s, not published.", c->card, c->version,
                   store_card_state_names[c->state]);
}

bool store_card_retire(struct store *s, int64_t id, const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    struct store_card c;
    bool ok = store_card_get(s, id, a, &c, e) && is_published(&c, e) &&
              move(s, &c, STORE_CARD_RETIRED, act, e);
    arena_close(a);
    return ok;
}

static bool restore(struct store *s, const struct store_card *c, struct arena *a,
                    const struct store_act *act, struct err *e)
{
    if (c->state != STORE_CARD_RETIRED)
        return err_set(e, ERR_CONFLICT,
                       "%s %s is %s: only a retired version can be published again.", c->card,
                       c->version, store_card_state_names[c->state]);
    return retire_published(s, c->card, a, act, e) && move(s, c, STORE_CARD_PUBLISHED, act, e) &&
           store_unscored_again(s, false, e);
}

bool store_card_restore(struct store *s, int64_t id, const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    struct store_card c;
    bool ok = store_card_get(s, id, a, &c, e) && restore(s, &c, a, act, e);
    arena_close(a);
    return ok;
}

/* --- switched off --- */

bool store_card_set_failures(struct store *s, int64_t id, int failures, struct err *e)
{
    struct query q = query_start(s, S_CARD_FAILURES);
    query_integer(&q, ":id", id);
    query_integer(&q, ":failures", failures);
    return query_run(&q, e);
}

/* `off_at` 0: on. */
static bool turn(struct store *s, const struct store_card *c, int64_t off_at,
                 const struct store_act *act, struct err *e)
{
    const char *published = store_card_state_names[STORE_CARD_PUBLISHED];
    struct query q = query_start(s, S_CARD_TURN);
    query_integer(&q, ":id", c->id);
    query_integer(&q, ":off_at", off_at);
    query_text(&q, ":off_why", off_at && act->why ? act->why : "");
    return query_run(&q, e) && event(s, c->id, off_at ? published : store_card_off_name,
                                     off_at ? store_card_off_name : published, act, e);
}

bool store_card_switch_off(struct store *s, int64_t id, const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    struct store_card c;
    bool ok = store_card_get(s, id, a, &c, e) &&
              (c.state != STORE_CARD_PUBLISHED || c.off_at || turn(s, &c, act->at, act, e));
    arena_close(a);
    return ok;
}

bool store_card_switch_on(struct store *s, int64_t id, const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    struct store_card c;
    bool ok =
        store_card_get(s, id, a, &c, e) && is_published(&c, e) &&
        (c.off_at || err_set(e, ERR_CONFLICT, "%s %s is not switched off.", c.card, c.version)) &&
        turn(s, &c, 0, act, e) && store_unscored_again(s, false, e);
    arena_close(a);
    return ok;
}

bool store_card_before(struct store *s, const char *card, const struct store_card *than,
                       int64_t *id, struct err *e)
{
    struct query q = query_start(s, S_CARD_BEFORE);
    query_text(&q, ":card", card);
    query_integer(&q, ":before", than ? than->published_at : INT64_MAX);
    query_integer(&q, ":id", than ? than->id : 0);
    *id = query_row(&q, e) ? query_get_integer(&q) : 0;
    return query_end(&q, e);
}

bool store_lineage_add(struct store *s, int64_t version, const struct store_lineage *l,
                       struct err *e)
{
    struct query q = query_start(s, S_LINEAGE_ADD);
    query_integer(&q, ":version", version);
    query_text(&q, ":question", l->question);
    query_integer(&q, ":change", l->change);
    query_integer(&q, ":since", l->since);
    return query_run(&q, e);
}

bool store_lineage_list(struct store *s, int64_t version, struct arena *a,
                        struct store_lineage **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_LINEAGE_LIST);
    query_integer(&q, ":version", version);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        struct store_lineage *l = &(*out)[*n];
        l->question = query_get_text(&q, a);
        l->change = (int)query_get_integer(&q);
        l->since = query_get_integer(&q);
    }
    return query_end(&q, e);
}
