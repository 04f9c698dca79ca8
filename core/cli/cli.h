/* cli: the command line. One file a command, each declared as data; main.c holds the table.
 *
 * The dispatcher does the common work: options and --help from the command's own table, the data
 * folder, the store, the runner. A command that writes while a server has the data folder open runs
 * inside that server (control.h) and shows its output here. Exit status: 0 done, 1 some input was
 * refused (each named), 2 usage, 3 could not work.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

#include <stdio.h>

struct store;
struct runner;

enum cli_exit { CLI_DONE, CLI_REFUSED, CLI_USAGE, CLI_FAILED };

enum cli_flag {
    CLI_WRITES = 1 << 0,  /* needs the store for writing */
    CLI_MAKES = 1 << 1,   /* with CLI_WRITES: makes the data folder where there is none */
    CLI_READS = 1 << 2,   /* needs the store for reading */
    CLI_RUNS = 1 << 3,    /* needs the runner */
    CLI_MAY_RUN = 1 << 5, /* works with the runner, and without where there can be none */
    CLI_ALONE = 1 << 4,   /* never handed to a server: it is one */
    CLI_INNER = 1 << 6    /* for the program itself: not in the list of commands */
};

struct cli_option {
    const char *name;  /* without the dashes */
    const char *value; /* what stands for its value in the help, NULL: a flag */
    const char *help;
};

struct cli;

struct cli_command {
    const char *name, *usage, *help; /* help: one line */
    const char *more;                /* further lines for `help NAME`, or NULL */
    void (*explain)(struct cli *c);  /* prints what of it stands in a table, behind; or NULL */
    unsigned flags;
    const char *filter; /* an option with which it works on its input alone: no store, no server */
    const struct cli_option *options; /* ends with {NULL}; besides --data, --json and --help */
    enum cli_exit (*run)(struct cli *c);
};

/* What a command is given. Nothing in it may be kept after the run. */
struct cli {
    const struct cli_command *command;
    const struct cli_command *const *commands; /* ends with NULL */
    struct arena *arena;
    struct store *store;   /* as the flags ask, else NULL */
    struct runner *runner; /* as the flags ask, else NULL */
    const char *data;      /* the data folder, absolute */
    const char *folder;    /* where the person is: relative paths start here */
    FILE *out, *problems;  /* for results; for errors and progress */
    bool terminal;         /* `problems` is a terminal: progress may be drawn over itself */
    bool json;
    struct clock clock;
    const char *const *words; /* what is no option, in order */
    size_t n_words;
    const struct cli_given *given; /* options; see cli_value */
    size_t n_given;
};

struct cli_given {
    const char *name, *value;
};

/* The value of an option: NULL where it was not given, "" for a flag. A repeated one: the last. */
const char *cli_value(const struct cli *c, const char *name);

/* Absolute form of a path that the person typed. */
const char *cli_path(const struct cli *c, const char *path);

/* Prints "earshot NAME: sentence" and gives the exit status that goes with the kind of error. */
enum cli_exit cli_fail(struct cli *c, const struct err *e);

/* Prints what is wrong with the words typed and how they should be. Gives CLI_USAGE. */
enum cli_exit cli_usage(struct cli *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints what stands around the process that runs scorecards (S6). */
void cli_show_walls(struct cli *c);

/* Prints a table as aligned columns, or as JSON where that was asked for. */
struct table;
void cli_table(struct cli *c, const struct table *t);
/* A list that may be empty: then people read `none`, a sentence. */
void cli_list(struct cli *c, const struct table *t, const char *none);

/* Prints a value on a line of its own, and frees it. */
struct json;
void cli_json(struct cli *c, struct json *j);

/* Who works at a console: the program itself, who may see and do everything. */
struct desk;
void cli_desk(struct cli *c, struct desk *out);

/* Finds the command, parses, opens what it needs, runs it here or in the server. `commands` ends
 * with {NULL}. */
int cli_main(int argc, char **argv, const struct cli_command *const *commands);

/* Parses and runs with store and runner given: what the server does for others. `words` are those
 * after the program's name. */
enum cli_exit cli_run(struct cli *c, const char *const *words, size_t n);

/* The version of the program, written beside every result; cli.c defines it, nothing else does. */
extern const char cli_version[];

extern const struct cli_command cli_ingest, cli_score, cli_card, cli_user, cli_demo, cli_rebuild,
    cli_export, cli_help, cli_settings, cli_sheet, cli_watch, cli_waiting, cli_imports, cli_token,
    cli_plugin, cli_noted, cli_version_command;

#endif
