#include "cli/demo_versions.h"

#include "cli/builtin.h"
#include "desk/backtest.h"
#include "desk/cards.h"
#include "store/calls.h"
#include "store/sheets.h"

#include <string.h>

enum { BATCH = 200 };

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

static bool as_it_was(struct cli *c, const struct json *card, struct slice *text, struct err *e)
{
    if (!put_version(c, text, json_get_text(card, "version", ""), e))
        return false;
    for (const struct json *x = json_first(json_get(card, "edits")); x; x = json_next(x))
        if (!put_back(c, text, json_get_text(x, "is", ""), json_get_text(x, "was", ""), e))
            return false;
    return true;
}

/* --- publishing --- */

static const struct json *find_card(const struct json *versions, const char *file)
{
    const struct json *card = json_first(json_get(versions, "cards"));
    while (card && strcmp(json_get_text(card, "file", ""), file) != 0)
        card = json_next(card);
    return card;
}

/* Who stands at the desk on a day of the centre's; `login` NULL: the program. */
static bool desk_on(struct cli *c, const struct json *versions, const char *name, const char *login,
                    struct desk *out, struct err *e)
{
    struct store_user user = {.id = 0};
    const char *day = json_get_text(versions, name, "");
    cli_desk(c, out);
    if (login && !store_user_find(c->store, login, c->arena, &user, e))
        return err_within(e, "versions.json");
    if (login)
        out->user = user.id, out->name = user.name;
    return clock_parse(slice_of(arena_format(c->arena, "%sT07:00:00Z", day)), &out->now) ||
           err_set(e, ERR_INPUT, "versions.json: \"%s\" is no day", name);
}

bool demo_versions_begin(struct cli *c, const struct json *versions, struct err *e)
{
    struct desk d;
    struct slice text;
    int64_t id;
    const char *name;
    if (!desk_on(c, versions, "began", NULL, &d, e))
        return false;
    for (size_t i = 0; (name = builtin_card(i, &text)); i++) {
        const struct json *card = find_card(versions, name);
        if ((card && !as_it_was(c, card, &text, e)) || !builtin_keep(c, &d, name, text, &id, e) ||
            !cards_publish(&d, id, "came with the program", e))
            return err_within(e, "%s", name);
        fprintf(c->problems, "Published %s\n", name);
    }
    return true;
}

static bool backtest(struct cli *c, struct desk *d, int64_t version, struct err *e)
{
    struct backtest_means means = {
        .writer = c->store, .runner = c->runner, .clock.fixed_ms = d->now};
    struct backtest_ask ask = {.version = version};
    int64_t id;
    return backtest_want(d, &ask, &id, e) && backtest_run(&means, id, e);
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

static bool score_again(struct cli *c, struct desk *d, const struct json *card, int64_t now,
                        struct err *e)
{
    struct store_card old, version;
    struct card_report report;
    const char *was = arena_format(c->arena, "%s@%s", json_get_text(card, "card", ""),
                                   json_get_text(card, "version", ""));
    if (!cards_find(d, was, &old, e) || !store_card_get(c->store, now, c->arena, &version, e))
        return false;
    struct again g = {.c = c, .a = arena_open(), .since = d->now, .old = old.id, .now = now};
    bool ok =
        card_open(c->runner, slice_of(version.text), version.card, c->arena, &g.card, &report, e) &&
        (g.reader = store_open_reader(store_folder(c->store), e)) && score_calls(&g, e);
    store_close(g.reader);
    card_close(g.card);
    arena_close(g.a);
    return ok;
}

static bool change(struct cli *c, const struct json *versions, const struct json *card,
                   const char *name, struct slice text, struct err *e)
{
    struct desk program, manager;
    int64_t id;
    return desk_on(c, versions, "changed", NULL, &program, e) &&
           desk_on(c, versions, "changed", json_get_text(versions, "by", ""), &manager, e) &&
           builtin_keep(c, &program, name, text, &id, e) && backtest(c, &manager, id, e) &&
           cards_publish(&manager, id, json_get_text(card, "why", ""), e) &&
           score_again(c, &program, card, id, e);
}

bool demo_versions_change(struct cli *c, const struct json *versions, struct err *e)
{
    struct slice text;
    const char *name;
    for (size_t i = 0; (name = builtin_card(i, &text)); i++) {
        const struct json *card = find_card(versions, name);
        if (card && !change(c, versions, card, name, text, e))
            return err_within(e, "%s", name);
    }
    return true;
}
