#include "cli/demo_versions.h"

#include "cli/builtin.h"
#include "desk/cards.h"
#include "store/calls.h"
#include "store/sheets.h"

#include <string.h>

enum { BATCH = 200 };

struct past {
    struct cli *c;
    const struct json *cards;
};

/* --- texts --- */

static bool put_back(struct cli *c, struct slice *text, const char *is, const char *was,
                     struct err *e)
{
    const char *all = arena_text(c->arena, *text), *at = *is ? strstr(all, is) : NULL;
    if (!at)
        return err_set(e, ERR_INPUT, "versions.json: the card does not say: %s", is);
    *text =
        slice_of(arena_format(c->arena, "%.*s%s%s", (int)(at - all), all, was, at + strlen(is)));
    return true;
}

static bool put_version(struct cli *c, struct slice *text, const char *version, struct err *e)
{
    static const char begins[] = "version = \"";
    const char *at = strstr(arena_text(c->arena, *text), begins);
    size_t n = at ? strcspn(at + strlen(begins), "\"") : 0;
    return put_back(c, text,
                    at ? arena_format(c->arena, "%.*s", (int)(n + strlen(begins)), at) : begins,
                    arena_format(c->arena, "%s%s", begins, version), e);
}

static bool as_it_was(void *context, const char *name, struct slice *text, struct err *e)
{
    const struct past *p = context;
    for (const struct json *card = json_first(p->cards); card; card = json_next(card)) {
        if (strcmp(json_get_text(card, "file", ""), name) != 0)
            continue;
        if (!put_version(p->c, text, json_get_text(card, "version", ""), e))
            return err_within(e, "%s", name);
        for (const struct json *x = json_first(json_get(card, "edits")); x; x = json_next(x))
            if (!put_back(p->c, text, json_get_text(x, "is", ""), json_get_text(x, "was", ""), e))
                return err_within(e, "%s", name);
    }
    return true;
}

/* --- publishing, on a day of the centre's --- */

static bool day_of(struct cli *c, const struct json *versions, const char *name, int64_t *ms,
                   struct err *e)
{
    const char *day = json_get_text(versions, name, "");
    return clock_parse(slice_of(arena_format(c->arena, "%sT07:00:00Z", day)), ms) ||
           err_set(e, ERR_INPUT, "versions.json: \"%s\" is no day", name);
}

static bool publish(struct cli *c, int64_t day, builtin_edit *edit, struct past *p, struct err *e)
{
    struct clock kept = c->clock;
    c->clock.fixed_ms = day;
    bool ok = builtin_publish(c, edit, p, e) == CLI_DONE;
    c->clock = kept;
    return ok;
}

bool demo_versions_begin(struct cli *c, const struct json *versions, struct err *e)
{
    struct past p = {c, json_get(versions, "cards")};
    int64_t day;
    return day_of(c, versions, "began", &day, e) && publish(c, day, as_it_was, &p, e);
}

/* --- scoring again --- */

struct again {
    struct cli *c;
    struct store *reader;
    struct arena *a; /* of a batch */
    struct card *card;
    int64_t since, old, now; /* UTC ms; versions */
};

/* Is this a call since the change that the old version scored? */
static bool is_meant(struct again *g, const struct call *call, bool *meant, struct err *e)
{
    struct store_sheet_row *rows;
    size_t n;
    *meant = false;
    if (call->offered < g->since)
        return true;
    if (!store_sheet_list_card(g->reader, &store_everything, call->id, g->a, &rows, &n, e))
        return false;
    *meant = n && rows[0].card_version == g->old;
    return true;
}

static bool score_call(struct again *g, const struct call *call, struct err *e)
{
    struct sheet sheet;
    int64_t id;
    bool meant;
    if (!is_meant(g, call, &meant, e) || !meant)
        return e->kind == ERR_NONE;
    if (!card_score(g->card, call, g->a, &sheet, e))
        return false;
    sheet.card_version = g->now;
    sheet.made_at = clock_now(&g->c->clock);
    return store_begin(g->c->store, e) &&
           store_end(
               g->c->store,
               store_sheet_put_card(g->c->store, card_form(g->card), &sheet, cli_version, &id, e),
               e);
}

static bool score_calls(struct again *g, struct err *e)
{
    struct call *calls;
    int64_t cursor = 0;
    size_t n = 1;
    while (n) {
        arena_reset(g->a);
        if (!store_call_batch(g->reader, &cursor, BATCH, g->a, &calls, &n, e))
            return false;
        for (size_t i = 0; i < n; i++)
            if (!score_call(g, &calls[i], e))
                return false;
    }
    return true;
}

static bool score_again(struct cli *c, const struct json *card, int64_t since, struct err *e)
{
    struct desk d;
    struct store_card old, now;
    struct card_report report;
    const char *name = json_get_text(card, "card", "");
    cli_desk(c, &d);
    if (!cards_find(&d, name, &now, e) ||
        !cards_find(&d, arena_format(c->arena, "%s@%s", name, json_get_text(card, "version", "")),
                    &old, e))
        return false;
    struct again g = {.c = c, .a = arena_open(), .since = since, .old = old.id, .now = now.id};
    bool ok = card_open(c->runner, slice_of(now.text), name, c->arena, &g.card, &report, e) &&
              (g.reader = store_open_reader(store_folder(c->store), e)) && score_calls(&g, e);
    store_close(g.reader);
    card_close(g.card);
    arena_close(g.a);
    return ok;
}

bool demo_versions_change(struct cli *c, const struct json *versions, struct err *e)
{
    const struct json *cards = json_get(versions, "cards");
    int64_t day;
    if (!day_of(c, versions, "changed", &day, e) || !publish(c, day, NULL, NULL, e))
        return false;
    for (const struct json *card = json_first(cards); card; card = json_next(card))
        if (!score_again(c, card, day, e))
            return err_within(e, "%s", json_get_text(card, "file", ""));
    return true;
}
