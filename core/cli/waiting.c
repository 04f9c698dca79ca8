#include "cli/cli.h"

#include "desk/joining.h"

#include <string.h>

static enum cli_exit list(struct cli *c, struct desk *d)
{
    struct err e = {0};
    struct table *waits, *joined;
    if (!joining_tables(d, &waits, &joined, &e))
        return cli_fail(c, &e);
    if (cli_value(c, "joined"))
        cli_list(c, joined, "No part was joined by guess or by hand.");
    else
        cli_list(c, waits, "No part waits for its call.");
    return CLI_DONE;
}

static enum cli_exit show(struct cli *c, struct desk *d, int64_t id)
{
    struct err e = {0};
    struct joining_view v;
    if (!joining_open(d, id, &v, &e))
        return cli_fail(c, &e);
    if (!c->json)
        fprintf(c->out, "%s: %s\n", v.part.name,
                *v.part.call_id ? arena_format(c->arena, "of call %s", v.part.call_id)
                                : v.part.why);
    if (v.guesses)
        cli_table(c, v.guesses);
    else if (!c->json)
        fprintf(c->out, "No call comes near it.\n");
    return CLI_DONE;
}

static enum cli_exit say(struct cli *c, bool ok, const struct err *e, const char *what)
{
    if (!ok)
        return cli_fail(c, e);
    fprintf(c->out, "%s\n", what);
    return CLI_DONE;
}

static enum cli_exit all_alone(struct cli *c, struct desk *d)
{
    struct err e = {0};
    size_t n = 0;
    bool ok = joining_all_alone(d, &n, &e);
    return say(c, ok, &e,
               ok ? arena_format(c->arena,
                                 n == 1 ? "%zu part is a call of its own"
                                        : "%zu parts are calls of their own",
                                 n)
                  : "");
}

static enum cli_exit run(struct cli *c)
{
    struct err e = {0};
    struct desk d;
    int64_t id = 0;
    const char *verb = c->n_words ? c->words[0] : "";
    cli_desk(c, &d);
    if (!c->n_words)
        return list(c, &d);
    if (strcmp(verb, "alone") == 0 && cli_value(c, "all") && c->n_words == 1)
        return all_alone(c, &d);
    if (c->n_words < 2 || !slice_integer(slice_of(c->words[1]), &id))
        return cli_usage(c, "say which part: its number in the list");
    if (strcmp(verb, "show") == 0)
        return show(c, &d, id);
    if (strcmp(verb, "join") == 0 && c->n_words == 3)
        return say(c, joining_by_hand(&d, id, c->words[2], &e), &e, "joined");
    if (strcmp(verb, "part") == 0)
        return say(c, joining_part(&d, id, &e), &e, "waits again; the call is as it was before");
    if (strcmp(verb, "alone") == 0)
        return say(c, joining_alone(&d, id, &e), &e, "a call of its own now");
    return cli_usage(c, "use show, join, part or alone");
}

static const struct cli_option options[] = {
    {"joined", NULL, "list those that were joined by guess or by hand"},
    {"all", NULL, "with alone: every part that waits"},
    {NULL},
};

const struct cli_command cli_waiting = {
    .name = "waiting",
    .usage =
        "waiting [--joined] | waiting show PART | waiting join PART CALL | waiting part PART |\n"
        "       earshot waiting alone PART | waiting alone --all",
    .help = "recordings and transcripts whose call is not known",
    .more = "join: the part is of that call (its id or its key). part: undoes it; the call is as "
            "it was before. alone: "
            "the part is a call of its own.\n"
            "`earshot help joining` says how parts find their call by themselves.",
    .flags = CLI_WRITES,
    .options = options,
    .run = run,
};
