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

static void explain(struct cli *c)
{
    const struct settings_one *s;
    for (size_t i = 0; (s = settings_at(i)); i++)
        fprintf(c->out, "\n  %s (%s)\n      %s.\n", s->name,
                *s->otherwise ? s->otherwise : "nothing", s->doc);
}

const struct cli_command cli_settings = {
    .name = "settings",
    .usage = "settings [NAME VALUE]",
    .help = "show or change what this site decides for itself",
    .more =
        "Without words: every setting with what holds now. With both: changes one; \"\" takes a "
        "value away that may be\n"
        "left open. The same in the browser: Settings. Settings that begin with files_ say what "
        "files do not say themselves,\n"
        "whichever way they come: upload, watched folder, network, or earshot ingest, whose "
        "options go before them.\n\n"
        "The settings, and what each is where nobody changed it:",
    .explain = explain,
    .flags = CLI_WRITES | CLI_MAKES,
    .run = run,
};
