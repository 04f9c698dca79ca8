#include "cli/cli.h"

#include "base/file.h"
#include "desk/plugin_list.h"
#include "ingest/plugins.h"
#include "runner/protocol.h"

#include <string.h>

static struct plugins *open_all(struct cli *c)
{
    return plugins_open(c->runner, file_join(c->arena, c->data, "plugins"));
}

static enum cli_exit list(struct cli *c)
{
    struct plugins *all = open_all(c);
    cli_table(c, plugin_list_table(all, c->arena));
    plugins_close(all);
    return CLI_DONE;
}

static void show_faults(struct cli *c, const char *path, const struct plugin_report *r)
{
    for (size_t i = 0; i < r->n_faults; i++) {
        const struct plugin_fault *f = &r->faults[i];
        fprintf(c->out, "%s:%d: %s\n", path, f->line, f->text);
    }
    if (*r->log)
        fprintf(c->out, "%s printed:\n%s", path, r->log);
}

static enum cli_exit check_one(struct cli *c, const char *word)
{
    struct err e = {0};
    struct slice text;
    struct plugin *p = NULL;
    struct plugin_report r;
    const char *path = cli_path(c, word);
    if (!file_read(c->arena, path, PROTOCOL_SOURCE, &text, &e))
        return cli_fail(c, &e);
    bool fit = plugin_open(c->runner, file_name_of(path), text, c->arena, &p, &r, &e);
    plugin_close(p);
    if (e.kind)
        return cli_fail(c, &e);
    show_faults(c, word, &r);
    if (fit)
        fprintf(c->out, "%s: %s %s loads, %zu test%s passed\n", word, r.id, r.version, r.n_tests,
                r.n_tests == 1 ? "" : "s");
    return fit ? CLI_DONE : CLI_REFUSED;
}

static enum cli_exit check(struct cli *c)
{
    enum cli_exit worst = CLI_DONE;
    for (size_t i = 1; i < c->n_words; i++) {
        enum cli_exit now = check_one(c, c->words[i]);
        worst = now > worst ? now : worst;
    }
    return worst;
}

static enum cli_exit show(struct cli *c)
{
    struct err e = {0};
    const struct plugins_row *row;
    struct plugins *all = open_all(c);
    size_t i = 0;
    while ((row = plugins_at(all, i)) && strcmp(row->report.id, c->words[1]) != 0 &&
           strcmp(row->file, c->words[1]) != 0)
        i++;
    if (row)
        fwrite(row->text.p ? row->text.p : "", 1, row->text.n, c->out);
    else
        err_set(&e, ERR_MISSING, "There is no plugin %s; earshot plugin list names them.",
                c->words[1]);
    plugins_close(all);
    return row ? CLI_DONE : cli_fail(c, &e);
}

static enum cli_exit run(struct cli *c)
{
    static const struct {
        const char *word;
        size_t least, most;
        enum cli_exit (*run)(struct cli *c);
    } actions[] = {{"list", 1, 1, list}, {"check", 2, SIZE_MAX, check}, {"show", 2, 2, show}};
    if (!c->n_words)
        return list(c);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].word, c->words[0]) == 0 && c->n_words >= actions[i].least &&
            c->n_words <= actions[i].most)
            return actions[i].run(c);
    return cli_usage(c, "use list, check and files, or show and the name of one");
}

const struct cli_command cli_plugin = {
    .name = "plugin",
    .usage = "plugin [list] | plugin check FILE... | plugin show NAME",
    .help = "readers for formats of your own, written in Lua",
    .more =
        "list says which are on, and why one is off. check names every fault with its line and "
        "runs "
        "the tests inside. show\n"
        "prints a text, to be copied. What stands in the folder `plugins` of the data folder, "
        "FILE.lua, is on when it passes\n"
        "its check; those that come with the program are on. Files that no reader of the program "
        "takes are shown to them.\n"
        "How to write one: earshot help plugins",
    .flags = CLI_RUNS,
    .run = run,
};
