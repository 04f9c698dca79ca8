#include "cli/cli.h"

#include "desk/imports.h"

#include <string.h>

static enum cli_exit add(struct cli *c, struct desk *d, const char *name)
{
    struct err e = {0};
    char token[IMPORTS_TOKEN];
    if (!imports_token_add(d, name, token, &e))
        return cli_fail(c, &e);
    fprintf(c->out,
            "Token %s, shown only now: %s\nPush calls with: curl -H 'Authorization: Bearer TOKEN' "
            "--data-binary @calls.jsonl ADDRESS/api/calls\n",
            name, token);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *c)
{
    struct err e = {0};
    struct desk d;
    struct table *t;
    const char *verb = c->n_words ? c->words[0] : "";
    cli_desk(c, &d);
    if (strcmp(verb, "add") == 0 && c->n_words == 2)
        return add(c, &d, c->words[1]);
    if (strcmp(verb, "revoke") == 0 && c->n_words == 2) {
        if (!imports_token_revoke(&d, c->words[1], &e))
            return cli_fail(c, &e);
        fprintf(c->out, "%s may push no more\n", c->words[1]);
        return CLI_DONE;
    }
    if (strcmp(verb, "list") != 0)
        return cli_usage(c, "use add NAME, revoke NAME or list");
    if (!imports_token_table(&d, &t, &e))
        return cli_fail(c, &e);
    cli_list(c, t, "There is no token; earshot token add NAME makes one.");
    return CLI_DONE;
}

const struct cli_command cli_token = {
    .name = "token",
    .usage = "token add NAME | token revoke NAME | token list",
    .help = "programs that may push calls over the network",
    .more =
        "A program sends POST /api/calls with the header Authorization: Bearer TOKEN and one "
        "call as JSON, or one a line\n"
        "(`earshot help formats`). With an Idempotency-Key the same request can be sent again "
        "and gets the same answer.\n"
        "A transcript that says no key is a call of its own; the same one again changes nothing.",
    .flags = CLI_WRITES | CLI_MAKES,
    .run = run,
};
