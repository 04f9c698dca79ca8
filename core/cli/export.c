#include "cli/cli.h"

#include "store/store.h"

static enum cli_exit run(struct cli *c)
{
    struct buf out = {0};
    struct err e = {0};
    bool ok = store_dump(c->store, &out, &e);
    if (ok)
        fwrite(buf_text(&out), 1, out.n, c->out);
    buf_free(&out);
    return ok ? CLI_DONE : cli_fail(c, &e);
}

const struct cli_command cli_export = {
    .name = "export",
    .usage = "export",
    .help = "print everything that is kept, as lines of text",
    .more = "Facts and results in a fixed order, without the times at which the program ran: two "
            "stores that hold the same\n"
            "print the same bytes.",
    .flags = CLI_READS,
    .run = run,
};
