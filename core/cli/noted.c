#include "cli/noted.h"

#include "cli/control.h"
#include "desk/desk.h"
#include "desk/trail.h"

static bool add(struct cli *c, struct store *s, const char *what, struct err *e)
{
    struct desk d;
    cli_desk(c, &d);
    d.store = s;
    return store_begin(s, e) && store_end(s, trail_add(&d, "export", what, "done", e), e);
}

static bool add_here(struct cli *c, const char *what, struct err *e)
{
    struct store *s = store_open_writer(c->data, e);
    bool ok = s && add(c, s, what, e);
    store_close(s);
    return ok;
}

bool noted_export(struct cli *c, const char *what, struct err *e)
{
    const char *const words[] = {cli_noted.name, what};
    enum cli_exit status;
    struct err why = {0};
    if (control_send(c, words, 2, &status) || add_here(c, what, &why))
        return true; /* a server has said on `problems` what went wrong */
    if (why.kind == ERR_BUSY)
        return err_set(e, ERR_BUSY,
                       "What is exported must be noted in the audit, and another command writes "
                       "there: %s Try again when it is done.",
                       why.text);
    fprintf(c->problems, "The audit could not take this export: %s\n", why.text);
    return true;
}

static enum cli_exit run(struct cli *c)
{
    struct err e = {0};
    if (c->n_words != 1)
        return cli_usage(c, "takes one word: what was exported");
    return add(c, c->store, c->words[0], &e) ? CLI_DONE : cli_fail(c, &e);
}

const struct cli_command cli_noted = {
    .name = "note-export",
    .usage = "note-export WHAT",
    .help = "for earshot export: what leaves stands in the audit",
    .flags = CLI_WRITES | CLI_INNER,
    .run = run,
};
