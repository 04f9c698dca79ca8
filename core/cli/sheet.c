#include "cli/cli.h"

#include "base/json.h"
#include "desk/review.h"

static void show(struct cli *c, const struct review_view *v)
{
    const struct review_sheet *s = v->main;
    fprintf(c->out, "Sheet %lld about call %s, %s %s, by %s\n\n", (long long)s->sheet.id,
            v->call.id, s->form.id, s->form.version, s->sheet.author_name);
    if (s->how)
        cli_table(c, s->how);
    else
        fprintf(c->out, "There is no score: %s\n", s->sheet.failure);
    if (s->how_customer) {
        fprintf(c->out, "\nAs if nothing were excused:\n\n");
        cli_table(c, s->how_customer);
    }
}

static enum cli_exit run(struct cli *c)
{
    struct desk d;
    struct err e = {0};
    struct review_view *view = arena_take(c->arena, sizeof *view);
    int64_t id;
    cli_desk(c, &d);
    if (c->n_words != 1 || !slice_integer(slice_of(c->words[0]), &id))
        return cli_usage(c, "name one sheet by its number, as the address of its page shows it");
    if (!review_open(&d, id, view, &e))
        return cli_fail(c, &e);
    if (!c->json) {
        show(c, view);
        return CLI_DONE;
    }
    struct buf out = {0};
    review_json(view, &out);
    fprintf(c->out, "%s\n", buf_text(&out));
    buf_free(&out);
    return CLI_DONE;
}

const struct cli_command cli_sheet = {
    .name = "sheet",
    .usage = "sheet NUMBER",
    .help = "show how the score of a sheet came about, line by line",
    .more = "With --json: every answer with its evidence, both scores as exact fractions, and the "
            "lines of the sum.",
    .flags = CLI_READS,
    .run = run,
};
