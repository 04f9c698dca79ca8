#include "cli/cli.h"

#include "desk/imports.h"

#include <string.h>

static enum cli_exit list(struct cli *c, struct desk *d)
{
    struct err e = {0};
    struct table *t;
    int64_t total;
    int verdict = cli_value(c, "refused") ? STORE_REFUSED : -1;
    if (!imports_table(d, verdict, &(struct store_page){STORE_PAGE_MOST, 0}, &t, &total, &e))
        return cli_fail(c, &e);
    cli_list(c, t,
             verdict < 0 ? "No file has come by the browser, a watched folder or the network, and "
                           "none was refused or taken with a remark."
                         : "No file was refused.");
    return CLI_DONE;
}

static enum cli_exit retry(struct cli *c, struct desk *d, const char *word)
{
    struct err e = {0};
    int64_t id;
    enum ingest_verdict verdict;
    const char *reason;
    if (!slice_integer(slice_of(word), &id))
        return cli_usage(c, "\"%s\" is no number of the list", word);
    if (!imports_retry(d, id, &verdict, &reason, &e))
        return cli_fail(c, &e);
    fprintf(c->out, "%s%s%s\n", verdict == INGEST_REFUSED ? "refused" : "taken",
            *reason ? ": " : "", reason);
    return verdict == INGEST_REFUSED ? CLI_REFUSED : CLI_DONE;
}

static enum cli_exit run(struct cli *c)
{
    struct desk d;
    enum cli_exit worst = CLI_DONE;
    cli_desk(c, &d);
    if (!c->n_words)
        return list(c, &d);
    if (strcmp(c->words[0], "retry") != 0 || c->n_words < 2)
        return cli_usage(c, "use retry and the numbers of the list");
    for (size_t i = 1; i < c->n_words; i++) {
        enum cli_exit now = retry(c, &d, c->words[i]);
        worst = now > worst ? now : worst;
    }
    return worst;
}

static const struct cli_option options[] = {
    {"refused", NULL, "only files that were refused"},
    {NULL},
};

const struct cli_command cli_imports = {
    .name = "imports",
    .usage = "imports [--refused] | imports retry NUMBER...",
    .help = "files that came in, and why some were refused",
    .more = "Files of the watched folder, the browser and the network, and those that ingest "
            "refused. The newest 1000.\n"
            "A file tried again is read as it was then: keyed by its path below the folder that "
            "was named, with the source,\n"
            "map and patterns that were given.",
    .flags = CLI_WRITES | CLI_MAY_RUN,
    .options = options,
    .run = run,
};
