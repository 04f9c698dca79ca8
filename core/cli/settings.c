#include "cli/cli.h"

#include "desk/settings.h"

static enum cli_exit run(struct cli *c)
{
    struct desk d;
    struct err e = {0};
    struct table *t;
    cli_desk(c, &d);
    if (c->n_words != 0 && c->n_words != 2)
        return cli_usage(c, "name one setting and its value, or nothing");
    if (c->n_words && !settings_put(&d, c->words[0], c->words[1], &e))
        return cli_fail(c, &e);
    if (!settings_table(&d, &t, &e))
        return cli_fail(c, &e);
    cli_table(c, t);
    return CLI_DONE;
}

const struct cli_command cli_settings = {
    .name = "settings",
    .usage = "settings [NAME VALUE]",
    .help = "show or change what this site decides for itself",
    .flags = CLI_WRITES | CLI_MAKES,
    .run = run,
};
