#include "cli/cli.h"

#include "desk/people.h"
#include "model/call.h"

#include <string.h>

static const char *value_or(const struct cli *c, const char *name, const char *otherwise)
{
    const char *value = cli_value(c, name);
    return value ? value : otherwise;
}

static enum cli_exit add(struct cli *c, struct desk *d)
{
    struct err e = {0};
    char password[PEOPLE_PASSWORD];
    const char *login = c->words[1];
    int role = call_name_index(store_role_names, value_or(c, "role", ""));
    if (role < 0)
        return cli_usage(c, "--role must be evaluator, lead, trainer, manager, admin or agent");
    struct store_user u = {.login = login,
                           .name = value_or(c, "name", login),
                           .role = (enum store_role)role,
                           .team = value_or(c, "team", ""),
                           .agent = value_or(c, "agent", "")};
    if (!people_add(d, &u, password, &e))
        return cli_fail(c, &e);
    fprintf(c->out, "%s may sign in as %s with this password, shown only now: %s\n", u.name, login,
            password);
    return CLI_DONE;
}

static enum cli_exit reset(struct cli *c, struct desk *d)
{
    struct err e = {0};
    char password[PEOPLE_PASSWORD];
    if (!people_reset_password(d, c->words[1], password, &e))
        return cli_fail(c, &e);
    fprintf(c->out, "New password of %s, shown only now: %s\n", c->words[1], password);
    return CLI_DONE;
}

static enum cli_exit set_active(struct cli *c, struct desk *d, bool active)
{
    struct err e = {0};
    if (!people_set_active(d, c->words[1], active, &e))
        return cli_fail(c, &e);
    fprintf(c->out, "%s may %s\n", c->words[1], active ? "sign in" : "sign in no more");
    return CLI_DONE;
}

static enum cli_exit list(struct cli *c, struct desk *d)
{
    struct err e = {0};
    struct table *t;
    if (!people_table(d, &t, &e))
        return cli_fail(c, &e);
    cli_list(c, t, "There is nobody yet; earshot user add makes the first.");
    return CLI_DONE;
}

static enum cli_exit run(struct cli *c)
{
    struct desk d;
    const char *verb = c->n_words ? c->words[0] : "";
    cli_desk(c, &d);
    if (strcmp(verb, "list") == 0)
        return list(c, &d);
    if (c->n_words != 2)
        return cli_usage(c, "say what to do with whom");
    if (strcmp(verb, "add") == 0)
        return add(c, &d);
    if (strcmp(verb, "password") == 0)
        return reset(c, &d);
    if (strcmp(verb, "disable") == 0 || strcmp(verb, "enable") == 0)
        return set_active(c, &d, verb[0] == 'e');
    return cli_usage(c, "there is no \"%s\"; use add, password, disable, enable or list", verb);
}

static const struct cli_option options[] = {
    {"role", "ROLE", "evaluator, lead, trainer, manager, admin or agent"},
    {"name", "NAME", "as others see them"},
    {"team", "TEAM", "of a lead"},
    {"agent", "AGENT", "agent id of an agent"},
    {NULL},
};

const struct cli_command cli_user = {
    .name = "user",
    .usage = "user add LOGIN --role ROLE [--name NAME] [--team TEAM] [--agent AGENT] | user "
             "password LOGIN |\n"
             "       earshot user disable LOGIN | user enable LOGIN | user list",
    .help = "people who may sign in",
    .more = "Passwords are made here and shown once. A new password ends the person's sessions.",
    .flags = CLI_WRITES | CLI_MAKES,
    .options = options,
    .run = run,
};
