#include "cli/cli.h"

#include "base/file.h"
#include "base/log.h"
#include "base/near.h"
#include "cli/control.h"
#include "cli/terminal.h"
#include "desk/denials.h"
#include "desk/intake.h"
#include "runner/runner.h"
#include "store/media.h"
#include "store/store.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char cli_version[] = "0.1.0";

static const struct cli_option common[] = {
    {"data", "FOLDER", "the data folder (default: $EARSHOT_DATA, else ./earshot-data)"},
    {"json", NULL, "print JSON, for scripts"},
    {"help", NULL, "say how this command is used"},
    {NULL},
};

const char *cli_value(const struct cli *c, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < c->n_given; i++)
        if (strcmp(c->given[i].name, name) == 0)
            value = c->given[i].value;
    return value;
}

const char *cli_path(const struct cli *c, const char *path)
{
    return file_join(c->arena, c->folder, path);
}

enum cli_exit cli_fail(struct cli *c, const struct err *e)
{
    fprintf(c->problems, "earshot %s: %s\n", c->command->name, e->text);
    return e->kind == ERR_INPUT || e->kind == ERR_MISSING || e->kind == ERR_CONFLICT ? CLI_REFUSED
                                                                                     : CLI_FAILED;
}

enum cli_exit cli_usage(struct cli *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(c->problems, "earshot %s: ", c->command->name);
    vfprintf(c->problems, format, args);
    fprintf(c->problems, "\nusage: earshot %s\n(earshot help %s says more)\n", c->command->usage,
            c->command->name);
    va_end(args);
    return CLI_USAGE;
}

static const struct cli_option *find_option(const struct cli_option *options, struct slice name)
{
    for (; options && options->name; options++)
        if (slice_is(name, options->name))
            return options;
    return NULL;
}

static const struct cli_command *find_command(const struct cli_command *const *commands,
                                              const char *name)
{
    for (; *commands; commands++)
        if (strcmp((*commands)->name, name) == 0)
            return *commands;
    return NULL;
}

static const char *meant_option(const struct cli *c, struct slice typed)
{
    const struct cli_option *lists[] = {c->command->options, common};
    struct near near;
    near_start(&near, typed);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const struct cli_option *o = lists[i]; o && o->name; o++)
            near_try(&near, o->name);
    return near.name ? arena_format(c->arena, "; did you mean --%s?", near.name) : "";
}

/* "--name", "--name=value" or "--name value"; moves *i past a value that stands apart. */
static enum cli_exit take_option(struct cli *c, const char *const *words, size_t n, size_t *i,
                                 struct cli_given *to)
{
    struct slice rest = slice_of(words[*i] + 2), name;
    slice_cut(&rest, '=', &name);
    const struct cli_option *option = find_option(c->command->options, name);
    if (!option)
        option = find_option(common, name);
    if (!option)
        return cli_usage(c, "there is no option --%.*s%s", (int)name.n, name.p,
                         meant_option(c, name));
    if (!option->value && rest.p)
        return cli_usage(c, "--%s takes no value", option->name);
    if (option->value && !rest.p && *i + 1 == n)
        return cli_usage(c, "--%s needs a value: --%s %s", option->name, option->name,
                         option->value);
    *to = (struct cli_given){option->name, ""};
    if (option->value)
        to->value = rest.p ? rest.p : words[++*i];
    return CLI_DONE;
}

static enum cli_exit parse(struct cli *c, const char *const *words, size_t n)
{
    struct cli_given *given = arena_array(c->arena, n, sizeof *given);
    const char **plain = arena_array(c->arena, n + 1, sizeof *plain);
    bool options_over = false;
    c->given = given, c->words = plain;
    c->n_given = c->n_words = 0;
    for (size_t i = 1; i < n; i++) {
        bool dashes = !options_over && strncmp(words[i], "--", 2) == 0;
        if (dashes && words[i][2] == 0) {
            options_over = true;
        } else if (dashes) {
            enum cli_exit status = take_option(c, words, n, &i, &given[c->n_given]);
            if (status != CLI_DONE)
                return status;
            c->n_given++;
        } else {
            plain[c->n_words++] = words[i];
        }
    }
    c->json = cli_value(c, "json");
    return CLI_DONE;
}

static enum cli_exit run_help(struct cli *c)
{
    c->words = (const char *const[]){c->command->name, NULL};
    c->n_words = 1;
    return cli_help.run(c);
}

static enum cli_exit choose(struct cli *c, const char *const *words, size_t n)
{
    const char *name = n ? words[0] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = cli_version_command.name;
    c->command = find_command(c->commands, name);
    if (c->command)
        return CLI_DONE;
    struct near near;
    near_start(&near, slice_of(name));
    for (size_t i = 0; c->commands[i]; i++)
        if (!(c->commands[i]->flags & CLI_INNER))
            near_try(&near, c->commands[i]->name);
    fprintf(c->problems, "earshot: there is no command \"%s\". %s%s%searshot help lists them.\n",
            name, near.name ? "Did you mean " : "", near.name ? near.name : "",
            near.name ? "? " : "");
    return CLI_USAGE;
}

static enum cli_exit prepare(struct cli *c, const char *const *words, size_t n)
{
    enum cli_exit status = choose(c, words, n);
    return status == CLI_DONE ? parse(c, words, n) : status;
}

static unsigned flags_of(const struct cli *c)
{
    const struct cli_command *k = c->command;
    bool filters = k->filter && cli_value(c, k->filter);
    return filters ? (k->flags & CLI_RUNS) | CLI_ALONE : k->flags;
}

static bool is_handed_over(const struct cli *c)
{
    return (flags_of(c) & (CLI_WRITES | CLI_ALONE)) == CLI_WRITES;
}

enum cli_exit cli_run(struct cli *c, const char *const *words, size_t n)
{
    enum cli_exit status = prepare(c, words, n);
    if (status != CLI_DONE)
        return status;
    if (cli_value(c, "help"))
        return run_help(c);
    if (!is_handed_over(c))
        return cli_usage(c, "cannot be run inside a server");
    return c->command->run(c);
}

static void find_data(struct cli *c)
{
    const char *data = cli_value(c, "data");
    if (!data)
        data = getenv("EARSHOT_DATA");
    c->data = cli_path(c, data ? data : "earshot-data");
}

/* A mistyped --data must not make an empty centre and call that done. */
static bool may_open(const struct cli *c, struct err *e)
{
    if ((flags_of(c) & CLI_MAKES) || access(file_join(c->arena, c->data, "earshot.db"), F_OK) == 0)
        return true;
    return err_set(
        e, ERR_MISSING,
        "There is no Earshot data in %s. Name its folder with --data, or make one: earshot "
        "ingest, earshot demo.",
        c->data);
}

/* Who holds the lock is the only one with files on their way in: what lies there, a crash left. */
static struct store *open_writer(struct cli *c, struct err *e)
{
    if (!may_open(c, e))
        return NULL;
    struct store *s = store_open_writer(c->data, e);
    if (s)
        intake_clear(file_join(c->arena, c->data, "temporary"));
    if (s)
        store_media_clear(s);
    return s;
}

/* Opens what the command needs, the runner first: its helper must not inherit the database. */
static bool open_all(struct cli *c, struct err *e)
{
    unsigned flags = flags_of(c);
    struct err no_runner = {0};
    if ((flags & CLI_RUNS) && !runner_open(&c->runner, 0, e))
        return false;
    if ((flags & CLI_MAY_RUN) && !runner_open(&c->runner, 0, &no_runner))
        log_warning("plugins are off: %s", no_runner.text);
    if (flags & CLI_WRITES)
        c->store = open_writer(c, e);
    else if (flags & CLI_READS)
        c->store = store_open_reader(c->data, e);
    return e->kind == ERR_NONE;
}

static enum cli_exit run_here(struct cli *c)
{
    struct err e = {0};
    bool ok = open_all(c, &e);
    const struct denials denials = {c->store, c->clock};
    if (c->runner && flags_of(c) & CLI_WRITES)
        denials_watch(&denials, c->runner);
    enum cli_exit status = ok ? c->command->run(c) : cli_fail(c, &e);
    store_close(c->store);
    runner_close(c->runner);
    return status;
}

int cli_main(int argc, char **argv, const struct cli_command *const *commands)
{
    char folder[4096];
    struct cli c = {.commands = commands,
                    .arena = arena_open(),
                    .out = terminal_open(stdout, isatty(STDOUT_FILENO)),
                    .problems = terminal_open(stderr, isatty(STDERR_FILENO)),
                    .terminal = isatty(STDERR_FILENO),
                    .folder = getcwd(folder, sizeof folder) ? folder : "/"};
    const char *const *words = (const char *const *)argv + 1;
    size_t n = (size_t)argc - 1;
    umask(077); /* whatever the data folder's mode, calls are nobody else's to read */
    enum cli_exit status = prepare(&c, words, n);
    if (status == CLI_DONE) {
        find_data(&c);
        if (cli_value(&c, "help"))
            status = run_help(&c);
        else if (!is_handed_over(&c) || !control_send(&c, words, n, &status))
            status = run_here(&c);
    }
    if (c.out != stdout)
        fclose(c.out);
    if (c.problems != stderr)
        fclose(c.problems);
    arena_close(c.arena);
    return (int)status;
}
