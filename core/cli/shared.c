/* What several commands print or need alike. */
#include "cli/cli.h"

#include "base/json.h"
#include "base/utf8.h"
#include "desk/desk.h"
#include "model/table.h"
#include "runner/runner.h"

void cli_desk(struct cli *c, struct desk *out)
{
    *out = (struct desk){.store = c->store,
                         .arena = c->arena,
                         .viewer = store_everything,
                         .name = "console",
                         .role = STORE_ADMIN,
                         .address = "",
                         .now = clock_now(&c->clock),
                         .runner = c->runner};
}

void cli_show_walls(struct cli *c)
{
    fprintf(c->out, "Scorecards run locked in; around them: %s.\n", runner_walls(c->runner));
}

static const char *shown(struct cli *c, const struct table *t, size_t row, size_t column)
{
    struct buf text = {0};
    table_show(t, row, column, &text);
    const char *kept = arena_text(c->arena, buf_all(&text));
    buf_free(&text);
    return kept;
}

static int width(struct cli *c, const struct table *t, size_t column)
{
    size_t most = utf8_count(slice_of(table_column(t, column)->title));
    for (size_t r = 0; r < table_rows(t); r++) {
        size_t n = utf8_count(slice_of(shown(c, t, r, column)));
        most = n > most ? n : most;
    }
    return (int)most;
}

/* printf pads by bytes; people see characters. */
static void print_padded(struct cli *c, const char *text, int columns, bool last)
{
    int pad = columns - (int)utf8_count(slice_of(text));
    fprintf(c->out, "%s%*s", text, last ? 0 : pad + 2, "");
}

void cli_table(struct cli *c, const struct table *t)
{
    if (c->json) {
        struct buf out = {0};
        table_json(t, &out);
        fprintf(c->out, "%s\n", buf_text(&out));
        buf_free(&out);
        return;
    }
    size_t n = table_columns(t);
    int *widths = arena_array(c->arena, n, sizeof *widths);
    for (size_t i = 0; i < n; i++) {
        widths[i] = width(c, t, i);
        print_padded(c, table_column(t, i)->title, widths[i], i + 1 == n);
    }
    fprintf(c->out, "\n");
    for (size_t r = 0; r < table_rows(t); r++) {
        for (size_t i = 0; i < n; i++)
            print_padded(c, shown(c, t, r, i), widths[i], i + 1 == n);
        fprintf(c->out, "\n");
    }
}

void cli_json(struct cli *c, struct json *j)
{
    struct buf line = {0};
    json_print(j, &line);
    buf_char(&line, '\n');
    fwrite(line.p, 1, line.n, c->out);
    buf_free(&line);
    json_free(j);
}

void cli_list(struct cli *c, const struct table *t, const char *none)
{
    if (c->json || table_rows(t))
        cli_table(c, t);
    else
        fprintf(c->out, "%s\n", none);
}
