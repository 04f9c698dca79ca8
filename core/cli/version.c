#include "cli/cli.h"

#include "base/json.h"

static enum cli_exit run(struct cli *c)
{
    if (c->n_words)
        return cli_usage(c, "takes no words");
    if (!c->json) {
        fprintf(c->out, "earshot %s\n", cli_version);
        return CLI_DONE;
    }
    struct json *j = json_object();
    json_put_text(j, "version", cli_version);
    cli_json(c, j);
    return CLI_DONE;
}

const struct cli_command cli_version_command = {
    .name = "version",
    .usage = "version | --version",
    .help = "say which version this is",
    .more = "It is written beside every result that it makes, and at the foot of every page.",
    .run = run,
};
