#include "cli/watching.h"

#include "cli/cli.h"

#include <signal.h>

static bool read_settle(struct cli *c, int *out, struct err *e)
{
    enum { MOST = 3600 };
    const char *text = cli_value(c, "settle");
    int64_t seconds = WATCHING_SETTLE_S;
    if (text && (!slice_integer(slice_of(text), &seconds) || seconds < 0 || seconds > MOST))
        return err_set(e, ERR_INPUT, "--settle %s: a number of seconds from 0 to %d", text, MOST);
    *out = (int)seconds;
    return true;
}

static void wait_for_end(void)
{
    sigset_t end;
    int which;
    sigemptyset(&end);
    sigaddset(&end, SIGINT);
    sigaddset(&end, SIGTERM);
    sigwait(&end, &which);
}

static enum cli_exit watch(struct cli *c, const struct watching_options *o)
{
    struct err e = {0};
    struct watching *w;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL); /* before the thread is there */
    if (!watching_start(&w, o, &e))
        return cli_fail(c, &e);
    fprintf(c->out, "Watching %s. Stop it with Ctrl-C.\n", o->folder);
    fflush(c->out);
    wait_for_end();
    watching_stop(w);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *c)
{
    struct err e = {0};
    size_t refused = 0;
    struct watching_options o = {
        .store = c->store, .runner = c->runner, .clock = c->clock, .out = c->out};
    if (c->n_words != 1)
        return cli_usage(c, "name the folder to watch");
    o.folder = cli_path(c, c->words[0]);
    if (!read_settle(c, &o.settle_s, &e))
        return cli_fail(c, &e);
    if (!cli_value(c, "once"))
        return watch(c, &o);
    if (!watching_once(&o, &refused, &e))
        return cli_fail(c, &e);
    return refused ? CLI_REFUSED : CLI_DONE;
}

static const struct cli_option options[] = {
    {"settle", "SECONDS", "a file that did not change for so long is whole (default 10)"},
    {"once", NULL, "take in what lies there now, and stop"},
    {NULL},
};

const struct cli_command cli_watch = {
    .name = "watch",
    .usage = "watch [--settle SECONDS] [--once] FOLDER",
    .help = "take in what appears in a folder",
    .more = "Files that were taken move to done/ inside the folder, others to refused/; earshot "
            "imports says why, and tries again.\n"
            "Where a server runs, start that with --watch FOLDER instead.",
    .flags = CLI_WRITES | CLI_MAKES | CLI_ALONE | CLI_MAY_RUN,
    .options = options,
    .run = run,
};
