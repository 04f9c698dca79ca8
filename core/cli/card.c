#include "cli/card.h"

#include "base/file.h"
#include "base/json.h"
#include "desk/scoring.h"
#include "score/library.h"

#include <string.h>

enum { CARD_MOST = 256 * 1024 };

const char *card_place(struct cli *c, const char *path, int line)
{
    return line ? arena_format(c->arena, "%s:%d", path, line) : path;
}

static void print_check(struct cli *c, const char *path, const struct cards_check *k)
{
    const struct card_report *r = &k->report;
    for (size_t i = 0; i < r->n_faults; i++) {
        const struct card_fault *f = &r->faults[i];
        fprintf(c->out, "%s: %s%s%s\n", card_place(c, path, f->line), f->text,
                f->remedy[0] ? " " : "", f->remedy);
    }
    for (size_t i = 0; i < r->n_tests; i++)
        if (!r->tests[i].passed)
            fprintf(c->out, "%s: test \"%s\" failed: %s\n", card_place(c, path, r->tests[i].line),
                    r->tests[i].name, r->tests[i].text);
    if (r->log[0])
        fprintf(c->out, "%s printed:\n%s", path, r->log);
    if (k->passed)
        fprintf(c->out, "%s: %s %s loads, %zu test%s passed\n", path, k->card, k->version,
                r->n_tests, r->n_tests == 1 ? "" : "s");
    else if (!r->n_faults)
        fprintf(c->out, "%s: %zu of %zu tests failed\n", path, r->n_failed, r->n_tests);
}

void card_show_check(struct cli *c, const char *path, const struct cards_check *k)
{
    if (!c->json) {
        print_check(c, path, k);
        return;
    }
    struct json *j = cards_check_json(k);
    json_put_text(j, "file", path);
    cli_json(c, j);
}

bool card_is_file(const char *word)
{
    size_t n = strlen(word);
    return strchr(word, '/') || (n > 4 && strcmp(word + n - 4, ".lua") == 0);
}

/* Phrase lists that lie in the folder lib beside the card go before those of the program. */
static bool carry_lists(struct cli *c, const char *path, struct slice *text, struct err *e)
{
    const char *folder = file_join(c->arena, file_folder_of(c->arena, path), "lib");
    const char *const *asked = library_asked(*text, c->arena);
    for (size_t i = 0; asked[i]; i++) {
        struct err unread = {0};
        struct runner_text list = {.name = asked[i]};
        const char *file = file_join(c->arena, folder, arena_format(c->arena, "%s.lua", asked[i]));
        if (!file_read(c->arena, file, CARD_MOST, &list.text, &unread)) {
            if (unread.kind == ERR_MISSING)
                continue;
            *e = unread;
            return false;
        }
        size_t before = text->n;
        *text = library_carry(*text, &list, c->arena);
        if (text->n == before)
            continue;
        asked = library_asked(*text, c->arena); /* a list may ask for others */
        i = (size_t)-1;
    }
    return true;
}

bool card_text(struct cli *c, const char *path, struct slice *out, struct err *e)
{
    return file_read(c->arena, path, CARD_MOST, out, e) && carry_lists(c, path, out, e);
}

bool card_read(struct cli *c, const char *word, struct slice *text, struct cards_check *out,
               struct err *e)
{
    const char *path = cli_path(c, word);
    return card_text(c, path, text, e) &&
           cards_check(c->runner, *text, file_name_of(path), c->arena, out, e);
}

static bool keep_text(struct cli *c, struct slice text, const struct cards_check *k,
                      struct store_card *out, struct err *e)
{
    struct desk d;
    int64_t id;
    cli_desk(c, &d);
    return cards_keep(&d, text, k, &id, e) && store_card_get(d.store, id, c->arena, out, e);
}

static bool meant_file(struct cli *c, const char *word, bool keep, struct store_card *out,
                       struct err *e)
{
    struct slice text;
    struct cards_check k;
    if (!card_read(c, word, &text, &k, e))
        return false;
    if (!k.passed)
        card_show_check(c, word, &k);
    if (keep && !k.definition[0])
        return err_set(e, ERR_INPUT, "%s does not load", word);
    *out = (struct store_card){.card = k.card,
                               .version = k.version,
                               .title = k.title,
                               .text = k.report.text ? k.report.text : arena_text(c->arena, text),
                               .definition = k.definition};
    return !keep || keep_text(c, text, &k, out, e);
}

bool card_meant(struct cli *c, const char *word, bool keep, struct store_card *out, struct err *e)
{
    struct desk d;
    cli_desk(c, &d);
    return card_is_file(word) ? meant_file(c, word, keep, out, e) : cards_find(&d, word, out, e);
}

static enum cli_exit check(struct cli *c)
{
    enum cli_exit status = CLI_DONE;
    for (size_t i = 1; i < c->n_words; i++) {
        struct err e = {0};
        struct slice text;
        struct cards_check k;
        if (!card_read(c, c->words[i], &text, &k, &e)) {
            status = cli_fail(c, &e);
            continue;
        }
        card_show_check(c, c->words[i], &k);
        if (!k.passed)
            status = CLI_REFUSED;
    }
    return status;
}

static const char *why(const struct cli *c)
{
    const char *text = cli_value(c, "why");
    return text ? text : "";
}

/* Each word by itself; the worst status is the command's. */
static enum cli_exit each(struct cli *c,
                          bool (*act)(struct cli *c, const char *word, struct err *e))
{
    enum cli_exit status = CLI_DONE;
    for (size_t i = 1; i < c->n_words; i++) {
        struct err e = {0};
        enum cli_exit one = act(c, c->words[i], &e) ? CLI_DONE : cli_fail(c, &e);
        status = one > status ? one : status;
    }
    return status;
}

/* For scripts how the version stands now, for people what was done. */
static bool tell(struct cli *c, int64_t id, const char *done, struct err *e)
{
    struct store_card card;
    if (!c->json)
        return fprintf(c->out, "%s\n", done) >= 0;
    if (!store_card_get(c->store, id, c->arena, &card, e))
        return false;
    struct json *j = json_object();
    json_put_text(j, "card", card.card);
    json_put_text(j, "version", card.version);
    json_put_number(j, "number", (double)card.id);
    json_put_text(j, "state", store_card_standing(&card));
    cli_json(c, j);
    return true;
}

static bool keep(struct cli *c, const char *word, struct err *e)
{
    struct slice text;
    struct cards_check k;
    struct store_card card;
    if (!card_read(c, word, &text, &k, e) || !keep_text(c, text, &k, &card, e))
        return false;
    card_show_check(c, word, &k);
    return tell(c, card.id,
                arena_format(c->arena, "%s: kept as %s %s, %s, number %lld", word, card.card,
                             card.version, store_card_state_names[card.state], (long long)card.id),
                e);
}

/* Of a version that is published now, how many calls others scored. */
static const char *earlier(struct cli *c, int64_t id)
{
    struct desk d;
    struct store_card card;
    struct err none = {0};
    const char *said;
    int64_t can;
    cli_desk(c, &d);
    if (!store_card_get(d.store, id, c->arena, &card, &none) ||
        !scoring_of_version(&d, &card, "", &said, &can, &none) || !*said)
        return "";
    return arena_format(c->arena, "\n%s%s", said,
                        can ? " earshot score --all has every call scored again." : "");
}

static bool publish(struct cli *c, const char *word, struct err *e)
{
    struct desk d;
    struct store_card card;
    cli_desk(c, &d);
    if (!card_meant(c, word, true, &card, e))
        return false;
    bool again = card.state == STORE_CARD_RETIRED;
    if (!cards_check_again(&d, c->runner, card.id, e) ||
        !(again ? cards_restore(&d, card.id, why(c), e) : cards_publish(&d, card.id, why(c), e)))
        return false;
    return tell(c, card.id,
                arena_format(c->arena, "%s: published %s %s%s%s", word, card.card, card.version,
                             again ? " again" : "", earlier(c, card.id)),
                e);
}

static bool retire(struct cli *c, const char *word, struct err *e)
{
    struct desk d;
    struct store_card card;
    cli_desk(c, &d);
    if (!cards_find(&d, word, &card, e) || !cards_retire(&d, card.id, why(c), e))
        return false;
    return tell(c, card.id,
                arena_format(c->arena, "retired %s %s; no call gets this card any more", card.card,
                             card.version),
                e);
}

static bool switch_on(struct cli *c, const char *word, struct err *e)
{
    struct desk d;
    struct store_card card;
    cli_desk(c, &d);
    if (!cards_find(&d, word, &card, e) || !cards_switch_on(&d, card.id, why(c), e))
        return false;
    return tell(c, card.id,
                arena_format(c->arena, "switched on %s %s; calls are scored with it again",
                             card.card, card.version),
                e);
}

static bool roll_back(struct cli *c, const char *word, struct err *e)
{
    struct desk d;
    struct store_card from, to;
    int64_t id;
    cli_desk(c, &d);
    if (!cards_find(&d, word, &from, e) || !cards_roll_back(&d, from.id, why(c), &id, e) ||
        !store_card_get(d.store, id, c->arena, &to, e))
        return false;
    return tell(c, to.id,
                arena_format(c->arena, "%s: %s is published again, %s is retired%s", to.card,
                             to.version, from.version, earlier(c, to.id)),
                e);
}

static enum cli_exit list(struct cli *c)
{
    struct desk d;
    struct err e = {0};
    struct table *t;
    cli_desk(c, &d);
    if (!cards_table(&d, &t, &e))
        return cli_fail(c, &e);
    cli_list(c, t, "There is no scorecard yet; earshot card publish FILE adds one.");
    return CLI_DONE;
}

static enum cli_exit keep_all(struct cli *c)
{
    return each(c, keep);
}

static enum cli_exit publish_all(struct cli *c)
{
    return each(c, publish);
}

static enum cli_exit retire_all(struct cli *c)
{
    return each(c, retire);
}

static enum cli_exit switch_on_all(struct cli *c)
{
    return each(c, switch_on);
}

static enum cli_exit roll_back_all(struct cli *c)
{
    return each(c, roll_back);
}

static const struct {
    const char *name;
    enum cli_exit (*run)(struct cli *c);
} verbs[] = {
    {"check", check},       {"test", check},
    {"keep", keep_all},     {"publish", publish_all},
    {"retire", retire_all}, {"rollback", roll_back_all},
    {"diff", card_diff},    {"backtest", card_backtest},
    {"show", card_show},    {"trend", card_trend},
    {"on", switch_on_all},
};

static enum cli_exit run_card(struct cli *c)
{
    const char *verb = c->n_words ? c->words[0] : "";
    if (strcmp(verb, "list") == 0)
        return list(c);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verb, verbs[i].name) == 0)
            return c->n_words > 1 ? verbs[i].run(c) : cli_usage(c, "say which card to %s", verb);
    if (!verb[0])
        return cli_usage(c, "say what to do with which cards");
    return cli_usage(c,
                     "there is no \"%s\"; use list, check, test, keep, publish, retire, "
                     "rollback, on, diff, trend, backtest or show",
                     verb);
}

static const struct cli_option options[] = {
    {"why", "TEXT",
     "a note for the card's history: publish and retire take it, rollback and on need it"},
    {"text", NULL, "show: the card's text as it is kept, with its phrase lists behind"},
    {"against", "CARD",
     "backtest: the version to hold it against (default: the published one, and that one against "
     "the one before)"},
    {"since", "DAY", "backtest, trend: calls from this day on (2026-10-05)"},
    {"limit", "N", "backtest: the newest so many calls"},
    {"question", "ID", "trend: of the answers to this question (default: of the score)"},
    {"by", "WHO", "trend: \"people\" draws evaluators' answers (default: the card's own)"},
    {NULL},
};

const struct cli_command cli_card = {
    .name = "card",
    .usage = "card list | check FILE... | test FILE... | keep FILE... | publish CARD... |\n"
             "       retire CARD... | rollback CARD --why TEXT | on CARD --why TEXT |\n"
             "       show CARD [--text] | diff OLD NEW | trend CARD [--question ID] [--by people] "
             "[--since DAY] |\n"
             "       backtest NEW [--against OLD] [--since DAY] [--limit N]",
    .help = "check, test, compare, backtest and publish scorecards",
    .more =
        "A scorecard is one Lua file. CARD, OLD and NEW are a file (with a slash or .lua), or a "
        "version that is kept:\n"
        "support-voice (the published one), support-voice@3.1, or a number from card list.\n\n"
        "check and test name every fault with its line and run the tests inside the card; they "
        "keep nothing. keep stores the\n"
        "text as a draft (checked, where all is well) for others to look at. publish checks once "
        "more, and refuses a card with\n"
        "a fault, a failing test or a rival for the same calls; the version before retires. Its "
        "calls "
        "keep their sheets until\n"
        "earshot score --all asks the new one. rollback publishes the version before again. "
        "backtest asks the new version and the old one about past calls and shows "
        "what would change; no stored\n"
        "sheet is touched. Past the limits in earshot settings, or without a backtest against the "
        "version it replaces, publishing\n"
        "needs another person than the one who drafted it.\n\n"
        "With --json: a line {\"file\", \"passed\", \"faults\", \"tests\", ...} of each file "
        "that is checked, and a line {\"card\",\n"
        "\"version\", \"number\", \"state\"} of each version that is kept, published or "
        "retired.\n\n"
        "trend shows the mean score, or a question's share of full marks, week by week over all "
        "versions: as one line as long as\n"
        "they are comparable (the same, reworded), as another where they are not (rescored, "
        "new).\n\n"
        "A published card whose runs end five times in a row without a result (a loop, too much "
        "memory), or that does\n"
        "not load any more, is switched off: the calls it is for wait. on switches it on again; "
        "better, publish a mended\nversion.",
    .flags = CLI_WRITES | CLI_MAKES | CLI_RUNS,
    .options = options,
    .run = run_card,
};
