#include "cli/cli.h"

#include "base/file.h"
#include "desk/cards.h"

#include <string.h>

enum { CARD_MOST = 256 * 1024 };

static void show_check(struct cli *c, const char *path, const struct cards_check *k)
{
    const struct card_report *r = &k->report;
    for (size_t i = 0; i < r->n_faults; i++) {
        const struct card_fault *f = &r->faults[i];
        fprintf(c->out, "%s:%d: %s%s%s\n", path, f->line, f->text, f->remedy[0] ? " " : "",
                f->remedy);
    }
    for (size_t i = 0; i < r->n_tests; i++)
        if (!r->tests[i].passed)
            fprintf(c->out, "%s:%d: test \"%s\" failed: %s\n", path, r->tests[i].line,
                    r->tests[i].name, r->tests[i].text);
    if (r->log[0])
        fprintf(c->out, "%s printed:\n%s", path, r->log);
    if (k->passed)
        fprintf(c->out, "%s: %s %s loads, %zu test%s passed\n", path, k->card, k->version,
                r->n_tests, r->n_tests == 1 ? "" : "s");
    else if (!r->n_faults)
        fprintf(c->out, "%s: %zu of %zu tests failed\n", path, r->n_failed, r->n_tests);
}

static bool check_file(struct cli *c, const char *word, struct slice *text, struct cards_check *out,
                       struct err *e)
{
    const char *path = cli_path(c, word);
    return file_read(c->arena, path, CARD_MOST, text, e) &&
           cards_check(c->runner, *text, file_name_of(path), c->arena, out, e);
}

static enum cli_exit check(struct cli *c)
{
    enum cli_exit status = CLI_DONE;
    for (size_t i = 1; i < c->n_words; i++) {
        struct err e = {0};
        struct slice text;
        struct cards_check k;
        if (!check_file(c, c->words[i], &text, &k, &e)) {
            status = cli_fail(c, &e);
            continue;
        }
        show_check(c, c->words[i], &k);
        if (!k.passed)
            status = CLI_REFUSED;
    }
    return status;
}

static enum cli_exit publish_text(struct cli *c, const char *shown, struct slice text,
                                  const struct cards_check *k)
{
    struct desk d;
    struct err e = {0};
    int64_t id;
    cli_desk(c, &d);
    show_check(c, shown, k);
    if (!k->passed) {
        fprintf(c->out, "%s: not published\n", shown);
        return CLI_REFUSED;
    }
    const char *why = cli_value(c, "why");
    if (!cards_keep(&d, text, k, &id, &e) || !cards_publish(&d, id, why ? why : "", &e))
        return cli_fail(c, &e);
    fprintf(c->out, "%s: published %s %s\n", shown, k->card, k->version);
    return CLI_DONE;
}

static enum cli_exit publish(struct cli *c)
{
    enum cli_exit status = CLI_DONE;
    for (size_t i = 1; i < c->n_words; i++) {
        struct err e = {0};
        struct slice text;
        struct cards_check k;
        enum cli_exit one = check_file(c, c->words[i], &text, &k, &e)
                                ? publish_text(c, c->words[i], text, &k)
                                : cli_fail(c, &e);
        status = one > status ? one : status;
    }
    return status;
}

static enum cli_exit list(struct cli *c)
{
    struct desk d;
    struct err e = {0};
    struct table *t;
    cli_desk(c, &d);
    if (!cards_table(&d, &t, &e))
        return cli_fail(c, &e);
    cli_table(c, t);
    return CLI_DONE;
}

static enum cli_exit run_card(struct cli *c)
{
    const char *verb = c->n_words ? c->words[0] : "";
    if (strcmp(verb, "list") == 0)
        return list(c);
    if (c->n_words < 2)
        return cli_usage(c, "say what to do with which files");
    if (strcmp(verb, "check") == 0 || strcmp(verb, "test") == 0)
        return check(c);
    if (strcmp(verb, "publish") == 0)
        return publish(c);
    return cli_usage(c, "there is no \"%s\"; use check, publish or list", verb);
}

static const struct cli_option options[] = {
    {"why", "TEXT", "publish: a note on what changed"},
    {NULL},
};

const struct cli_command cli_card = {
    .name = "card",
    .usage = "card check FILE... | card publish [--why TEXT] FILE... | card list",
    .help = "check scorecards with the tests inside them, publish them",
    .more = "A scorecard is one Lua file. check names every fault with its line and runs the tests "
            "inside the card. publish does the\n"
            "same first, and refuses a card with a fault, a failing test or a rival for the same "
            "calls.",
    .flags = CLI_WRITES | CLI_RUNS,
    .options = options,
    .run = run_card,
};
