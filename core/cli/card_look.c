/* The verbs of "card" that change no version: show, diff, trend, backtest. */
#include "cli/card.h"

#include "base/clock.h"
#include "base/json.h"
#include "cli/progress.h"
#include "desk/backtest.h"
#include "desk/cards_diff.h"
#include "desk/cards_trend.h"

#include <string.h>

static void print_table(struct cli *c, const struct table *t, const char *title)
{
    if (!t || !table_rows(t))
        return;
    if (!c->json)
        fprintf(c->out, "\n%s\n\n", title ? title : table_title(t));
    cli_table(c, t);
}

/* As it is kept, to the byte: what is written to a file is the same version again. */
static void show_text(struct cli *c, const struct store_card *card)
{
    if (!c->json) {
        fputs(card->text, c->out);
        return;
    }
    struct json *j = json_object();
    json_put_text(j, "card", card->card);
    json_put_text(j, "version", card->version);
    json_put_text(j, "hash", card->hash);
    json_put_text(j, "text", card->text);
    cli_json(c, j);
}

enum cli_exit card_show(struct cli *c)
{
    struct desk d;
    struct err e = {0};
    struct store_card card;
    struct cards_view view;
    cli_desk(c, &d);
    if (!cards_find(&d, c->words[1], &card, &e))
        return cli_fail(c, &e);
    if (cli_value(c, "text")) {
        show_text(c, &card);
        return CLI_DONE;
    }
    if (!cards_view(&d, card.id, &view, &e))
        return cli_fail(c, &e);
    if (c->json) {
        cli_table(c, view.questions ? view.questions : view.faults);
        return CLI_DONE;
    }
    fprintf(c->out, "%s %s (%s), number %lld: %s\n%s%s%s%s%s\nSHA-256 of the text: %s\n", card.card,
            card.version, store_card_standing(&card), (long long)card.id, card.title, view.off,
            view.off[0] ? "\n" : "", view.failed, view.failed[0] ? "\n" : "", view.check,
            card.hash);
    print_table(c, view.faults, "What is wrong with it");
    print_table(c, view.questions, "What it asks");
    print_table(c, view.tests, "Its tests");
    print_table(c, view.versions, "Versions");
    print_table(c, view.history, "History");
    return CLI_DONE;
}

enum cli_exit card_diff(struct cli *c)
{
    struct err e = {0};
    struct store_card before, after;
    struct cards_diff diff;
    if (c->n_words != 3)
        return cli_usage(c, "name two versions: card diff OLD NEW");
    if (!card_meant(c, c->words[1], false, &before, &e) ||
        !card_meant(c, c->words[2], false, &after, &e) ||
        !cards_diff(c->arena, &before, &after, &diff, &e))
        return cli_fail(c, &e);
    print_table(c, diff.parts, "Part by part");
    if (!c->json)
        fprintf(c->out, "%s%s", diff.lines[0] ? "\n" : "The texts are the same.\n", diff.lines);
    return CLI_DONE;
}

static const char *value(const struct cli *c, const char *option)
{
    const char *given = cli_value(c, option);
    return given ? given : "";
}

enum cli_exit card_trend(struct cli *c)
{
    struct desk d;
    struct err e = {0};
    struct store_card card;
    struct cards_trend trend;
    const char *by = value(c, "by");
    struct cards_trend_ask ask = {.question = value(c, "question"),
                                  .people = strcmp(by, "people") == 0,
                                  .since = value(c, "since")};
    cli_desk(c, &d);
    if (*by && !ask.people && strcmp(by, "card") != 0)
        return cli_usage(c, "--by takes card or people");
    if (c->n_words != 2)
        return cli_usage(c, "name one card: card trend CARD");
    if (!cards_find(&d, c->words[1], &card, &e) || !cards_trend(&d, card.card, &ask, &trend, &e))
        return cli_fail(c, &e);
    if (c->json) {
        cli_table(c, trend.weeks);
        return CLI_DONE;
    }
    fprintf(c->out, "%s, all versions. %s\n", card.title, trend.told);
    print_table(c, trend.weeks, NULL);
    return CLI_DONE;
}

/* --- backtest --- */

static bool show_progress(void *context, size_t done, size_t all)
{
    progress_show(context, done, all);
    return true;
}

static bool read_day(const char *day, int64_t *ms)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%sT00:00:00Z", day);
    return n < (int)sizeof text && clock_parse(slice_of(text), ms);
}

static bool read_ask(struct cli *c, struct backtest_ask *ask, struct err *e)
{
    const char *since = cli_value(c, "since"), *limit = cli_value(c, "limit"),
               *against = cli_value(c, "against");
    struct store_card card;
    if (since && !read_day(since, &ask->since))
        return err_set(e, ERR_INPUT, "--since %s: write the day as 2026-10-05", since);
    if (limit && (!slice_integer(slice_of(limit), &ask->most) || ask->most < 1))
        return err_set(e, ERR_INPUT, "--limit %s: write how many calls, the newest first", limit);
    if (against && !card_meant(c, against, true, &card, e))
        return false;
    ask->against = against ? card.id : 0;
    return true;
}

static void print_result(struct cli *c, const struct backtest_view *v)
{
    if (c->json) {
        fprintf(c->out, "%s\n", v->run.result);
        return;
    }
    fprintf(c->out, "%s %s. %s\n%s\n", v->card, v->version, v->asked, v->verdict);
    const struct table *const tables[] = {v->summary, v->scores, v->outcomes,  v->cards, v->agents,
                                          v->teams,   v->types,  v->questions, v->moved};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        print_table(c, tables[i], NULL);
}

static bool run(struct cli *c, const struct backtest_ask *ask, struct backtest_view *out,
                struct err *e)
{
    struct desk d;
    struct progress p;
    struct backtest_means means = {.writer = c->store,
                                   .runner = c->runner,
                                   .clock = c->clock,
                                   .progress = show_progress,
                                   .context = &p};
    int64_t id;
    cli_desk(c, &d);
    if (!backtest_want(&d, ask, &id, e))
        return false;
    progress_start(&p, c, "Backtesting");
    bool ok = backtest_run(&means, id, e);
    progress_end(&p);
    return ok && backtest_view(&d, id, out, e);
}

enum cli_exit card_backtest(struct cli *c)
{
    struct desk d;
    struct err e = {0};
    struct store_card card;
    struct backtest_ask ask = {0};
    struct backtest_view view;
    struct backtest_limit limit;
    cli_desk(c, &d);
    if (c->n_words != 2)
        return cli_usage(c, "name one version: card backtest NEW");
    if (!card_meant(c, c->words[1], true, &card, &e) || !read_ask(c, &ask, &e))
        return cli_fail(c, &e);
    ask.version = card.id;
    if (!run(c, &ask, &view, &e))
        return cli_fail(c, &e);
    print_result(c, &view);
    if (!backtest_limit(&d, card.id, &limit, &e))
        return cli_fail(c, &e);
    if (*limit.why)
        fprintf(c->problems, "Publishing it needs a second person: %s.\n", limit.why);
    return CLI_DONE;
}
