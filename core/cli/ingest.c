#include "cli/progress.h"
#include "flow.h"

#include "base/file.h"

#include <string.h>
#include <unistd.h>

enum { UNSAVED_NAMED = 20 };

struct report {
    struct cli *cli;
    struct progress progress;
    size_t unsaved;
};

static void show_file(struct cli *c, const struct ingest_report *r)
{
    if (c->json) {
        struct json *j = json_object();
        json_put_text(j, "file", r->path);
        json_put_text(j, "verdict", ingest_verdict_names[r->verdict]);
        json_put_text(j, "format", r->format);
        json_put_number(j, "calls", (double)r->calls);
        json_put_number(j, "left_out", (double)r->left_out);
        json_put_text(j, "reason", r->reason);
        cli_json(c, j);
    } else if (r->verdict == INGEST_TAKEN) {
        if (cli_value(c, "verbose") || *r->reason)
            fprintf(c->out, "taken    %s: %s, %zu call%s%s%s\n", r->path, r->format, r->calls,
                    r->calls == 1 ? "" : "s", *r->reason ? "; " : "", r->reason);
    } else if (r->verdict != INGEST_SKIPPED || cli_value(c, "verbose")) {
        fprintf(c->out, "%-8s %s%s%s\n", ingest_verdict_names[r->verdict], r->path,
                *r->reason ? ": " : "", r->reason);
    }
}

static void report_file(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct report *report = context;
    struct cli *c = report->cli;
    report->unsaved += r->verdict == INGEST_UNSAVED;
    if (r->verdict != INGEST_TAKEN && c->terminal)
        progress_end(&report->progress);
    if (report->unsaved <= UNSAVED_NAMED || c->json || cli_value(c, "verbose"))
        show_file(c, r);
    progress_show(&report->progress, done, all);
}

static void show_sum(struct cli *c, const struct intake_taken *t)
{
    FILE *to = c->json ? c->problems : c->out;
    fprintf(to,
            "%zu file%s taken, %zu refused, %zu skipped%s. Calls: %zu new, %zu changed, %zu there "
            "already.\n",
            t->files_taken, t->files_taken == 1 ? "" : "s", t->files_refused, t->files_skipped,
            intake_others(t, c->arena), t->calls_new, t->calls_changed, t->calls_same);
    if (t->left_out)
        fprintf(to, "Left out of files taken, as said above: %zu.\n", t->left_out);
    if (t->waiting || t->joined)
        fprintf(to, "Parts: %zu %s call (earshot waiting says why), %zu found %s.\n", t->waiting,
                t->waiting == 1 ? "waits for its" : "wait for their", t->joined,
                t->joined == 1 ? "its own" : "theirs");
}

/* What is counted is saved, whatever happened then. */
static void show_rest(struct cli *c, const struct intake_taken *t)
{
    if (t->files_unsaved > UNSAVED_NAMED && !c->json && !cli_value(c, "verbose"))
        fprintf(c->problems,
                "Unsaved are the %d files named above and %zu more (--verbose: all).\n",
                UNSAVED_NAMED, t->files_unsaved - UNSAVED_NAMED);
    fprintf(c->problems,
            "What is counted above is saved. Give %s again: what is there already stays as it "
            "is.\n",
            t->files_unsaved ? "the unsaved files, or the same command," : "the same command");
}

static void find_patterns(struct cli *c, struct ingest_options *out)
{
    const char **all = arena_array(c->arena, c->n_given, sizeof *all);
    for (size_t i = 0; i < c->n_given; i++)
        if (strcmp(c->given[i].name, "pattern") == 0)
            all[out->n_patterns++] = c->given[i].value;
    out->patterns = all;
}

static enum cli_exit run(struct cli *c)
{
    struct err e = {0};
    struct ingest_options options = {.source = cli_value(c, "source"),
                                     .map = cli_value(c, "map"),
                                     .zone = cli_value(c, "zone"),
                                     .channels = cli_value(c, "channels"),
                                     .agents = cli_value(c, "agents"),
                                     .customers = cli_value(c, "customers"),
                                     .first_voice = cli_value(c, "first-voice"),
                                     .raw = cli_value(c, "raw")};
    const char **paths = arena_array(c->arena, c->n_words, sizeof *paths);
    if (!c->n_words)
        return cli_usage(c, "name the files or folders to take in");
    if (options.first_voice && strcmp(options.first_voice, "agent") != 0 &&
        strcmp(options.first_voice, "customer") != 0)
        return cli_usage(c, "--first-voice is agent or customer, not \"%s\"", options.first_voice);
    for (size_t i = 0; i < c->n_words; i++)
        paths[i] = cli_path(c, c->words[i]);
    if (options.map)
        options.map = cli_path(c, options.map);
    struct desk d;
    cli_desk(c, &d);
    find_patterns(c, &options);
    if (!(options.temporary = intake_room(&d, &e)))
        return cli_fail(c, &e);
    struct flow f = {.store = c->store, .runner = c->runner, .clock = c->clock};
    struct report report = {.cli = c};
    struct intake_taken taken;
    progress_start(&report.progress, c, "Reading files");
    bool ok = flow_ingest(&f, paths, c->n_words, &options, report_file, &report, &taken, &e);
    progress_end(&report.progress);
    intake_clear(options.temporary);
    show_sum(c, &taken);
    if (ok)
        return taken.files_refused || taken.left_out ? CLI_REFUSED : CLI_DONE;
    enum cli_exit failed = cli_fail(c, &e);
    if (taken.files_unsaved || taken.files_taken)
        show_rest(c, &taken);
    return failed;
}

static const struct cli_option options[] = {
    {"source", "NAME", "where calls come from that do not say so themselves (default: files)"},
    {"map", "FILE", "what is what in tables and JSON of others, one `ours = theirs` a line"},
    {"pattern", "PATTERN", "what file names say: {key}_{date}T{time}.wav (earshot help joining)"},
    {"zone", "+HH:MM", "zone of times that do not say theirs (default: Z, which is UTC)"},
    {"channels", "SIDES",
     "who is on which channel of recordings that do not say it: agent,customer is usual"},
    {"agents", "NAMES",
     "voices of transcripts, e-mail addresses (@domain: all of it), telephones: agents"},
    {"customers", "NAMES", "the same: customers"},
    {"first-voice", "SIDE", "who speaks first where two voices have no names: agent or customer"},
    {"raw", "CODEC:RATE:CHANNELS",
     "what recordings without a header are: ulaw:8000:1, or alaw, gsm, slin"},
    {"verbose", NULL, "name every file, not only those refused"},
    {NULL},
};

const struct cli_command cli_ingest = {
    .name = "ingest",
    .usage = "ingest [--source NAME] [--map FILE] [--zone +HH:MM] FILE|FOLDER...",
    .help = "take in calls: recordings, transcripts, metadata",
    .more =
        "Each file is taken whole or refused with its place and reason; nothing of a refused "
        "file is kept. The same\n"
        "files again change nothing, given from the same folder: a file that nothing in it names "
        "is "
        "known by its path below the\n"
        "folder that was named. Where the disk is full, or the store fails for another "
        "reason, it stops: what it\n"
        "counts is saved, and the same command given again takes the rest. Of logs with a record a "
        "line, a record that cannot be read is "
        "left out and\n"
        "named, and the rest is taken; so are captions (WebVTT, SRT) without times. `earshot help "
        "formats` lists what is read.",
    .flags = CLI_WRITES | CLI_MAKES | CLI_MAY_RUN,
    .options = options,
    .run = run,
};
