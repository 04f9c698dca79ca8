#include "cli/filter.h"
#include "cli/progress.h"
#include "cli/scored.h"
#include "flow.h"

static bool show_progress(void *context, size_t done, size_t all)
{
    progress_show(context, done, all);
    return true;
}

static void show_json(struct cli *c, const struct scoring_sum *s)
{
    struct json *j = json_object();
    json_put_number(j, "calls", (double)s->calls);
    json_put_number(j, "scored", (double)s->scored);
    json_put_number(j, "not_scored", (double)s->not_scored);
    json_put_number(j, "failed", (double)s->failed);
    json_put_number(j, "without_card", (double)s->without_card);
    json_put_number(j, "waiting", (double)s->waiting);
    cli_json(c, j);
}

enum cli_exit scored_show(struct cli *c, const struct scoring_sum *s)
{
    if (c->json)
        show_json(c, s);
    else
        fprintf(c->out,
                "%zu calls: %zu scored, %zu with nothing that could be scored, %zu for which no "
                "card is published.\n",
                s->calls, s->scored, s->not_scored, s->without_card);
    if (s->failed)
        fprintf(c->problems, "%zu runs ended without a result. The first: %s\n", s->failed,
                s->failure);
    if (s->kept)
        fprintf(c->problems,
                "%zu sheets stay as they are: the versions that made them do not load any more. "
                "earshot card check names their faults.\n",
                s->kept);
    if (s->waiting)
        fprintf(c->problems,
                "%zu calls wait for a scorecard that is switched off (%s). earshot card show says "
                "why; mend it and publish the new version, or earshot card on.\n",
                s->waiting, s->off);
    return s->failed || s->waiting || s->kept ? CLI_REFUSED : CLI_DONE;
}

enum cli_exit scored_run(struct cli *c, const char *what, bool rebuild, bool all)
{
    struct progress p;
    struct scoring_sum scored = {0};
    struct err e = {0};
    struct scoring_means m = {.store = c->store,
                              .runner = c->runner,
                              .clock = c->clock,
                              .program = cli_version,
                              .progress = show_progress,
                              .context = &p};
    progress_start(&p, c, what);
    bool ok = rebuild ? flow_rebuild(&m, &scored, &e) : scoring_run(&m, all, &scored, &e);
    progress_end(&p);
    return ok ? scored_show(c, &scored) : cli_fail(c, &e);
}

static enum cli_exit run(struct cli *c)
{
    bool filters = cli_value(c, "stdin");
    if (c->n_words)
        return cli_usage(c, "takes no words");
    if (filters != (cli_value(c, "cards") != NULL) || filters != (cli_value(c, "ndjson") != NULL))
        return cli_usage(c, "--stdin, --ndjson and --cards FOLDER go together");
    if (filters)
        return filter_run(c, stdin, cli_path(c, cli_value(c, "cards")));
    return scored_run(c, "Scoring", false, cli_value(c, "all"));
}

static const struct cli_option options[] = {
    {"all", NULL, "score calls again that have an automatic sheet already"},
    {"stdin", NULL, "calls come in on standard input, sheets go out; nothing is stored"},
    {"ndjson", NULL, "with --stdin: one JSON object a line, both ways"},
    {"cards", "FOLDER",
     "with --stdin: the folder with the cards (*.lua); phrase lists lie in its folder lib"},
    {NULL},
};

const struct cli_command cli_score = {
    .name = "score",
    .usage = "score [--all] | score --stdin --ndjson --cards FOLDER",
    .help = "score calls with the published scorecards",
    .more =
        "Each call gets the most specific published card that fits it. While a server runs, it "
        "does "
        "this for new calls by itself,\n"
        "unless the setting score_new_calls says no.\n\n"
        "With --stdin it is a filter that keeps nothing: each line of the input is a call as "
        "earshot help formats shows it\n"
        "(\"earshot\"), each line of the output its sheet with answers, evidence, both scores and "
        "the lines of the sum, in the\n"
        "same order and the same bytes each time. A line that cannot be read is answered by "
        "{\"line\", \"error\"}, and the exit\n"
        "status is then 1.",
    .flags = CLI_WRITES | CLI_RUNS,
    .filter = "stdin",
    .options = options,
    .run = run,
};

static enum cli_exit run_rebuild(struct cli *c)
{
    if (c->n_words)
        return cli_usage(c, "takes no words");
    return scored_run(c, "Making results again", true, true);
}

const struct cli_command cli_rebuild = {
    .name = "rebuild",
    .usage = "rebuild",
    .help = "drop every result and make it again from the facts",
    .more =
        "Measures, waveforms, the search index and automatic sheets are made again, byte for "
        "byte: each sheet by the version\n"
        "of the card that made it (for today's cards: score --all). Calls, cards, reviews, notes "
        "and everything else that\n"
        "people did stay untouched.",
    .flags = CLI_WRITES | CLI_RUNS,
    .run = run_rebuild,
};
