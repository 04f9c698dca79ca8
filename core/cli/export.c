#include "cli/export_tables.h"
#include "cli/noted.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/call_json.h"
#include "ingest/vcon_write.h"
#include "model/table.h"
#include "store/calls.h"
#include "store/media.h"

#include <string.h>

enum { BATCH = 200, SOUND_MOST = 256 << 20 };

static enum cli_exit dump(struct cli *c)
{
    struct buf out = {0};
    struct err e = {0};
    bool ok = noted_export(c, "everything", &e) && store_dump(c->store, &out, &e);
    if (ok)
        fwrite(buf_text(&out), 1, out.n, c->out);
    buf_free(&out);
    return ok ? CLI_DONE : cli_fail(c, &e);
}

/* --- one form of calls each --- */

struct export
{
    struct cli *cli;
    struct arena *a; /* emptied after each batch */
    size_t written;
};

typedef bool export_write(struct export *x, const struct call *calls, size_t n, struct err *e);

static bool write_json_lines(struct export *x, const struct call *calls, size_t n, struct err *e)
{
    (void)e;
    for (size_t i = 0; i < n; i++) {
        struct buf line = {0};
        struct json *j = call_json(&calls[i]);
        if (calls[i].n_turns)
            json_put(j, "turns", call_json_turns(&calls[i]));
        json_print(j, &line);
        fprintf(x->cli->out, "%s\n", buf_text(&line));
        buf_free(&line);
        json_free(j);
    }
    return true;
}

static bool read_sound(struct export *x, const struct call *c, struct vcon_sound *out,
                       struct err *e)
{
    struct store_recording row;
    *out = (struct vcon_sound){{NULL, 0}, ""};
    if (!c->recording[0])
        return true;
    if (!store_recording_get(x->cli->store, &store_everything, c->recording, x->a, &row, e))
        return false;
    out->mime = row.mime;
    return file_read(x->a, store_media_path(x->cli->store, c->recording, x->a), SOUND_MOST,
                     &out->bytes, e);
}

static bool write_vcon(struct export *x, const struct call *calls, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        struct vcon_sound sound;
        struct buf line = {0};
        if (!read_sound(x, &calls[i], &sound, e))
            return err_within(e, "call %s", calls[i].id);
        vcon_write(&calls[i], &sound, clock_now(&x->cli->clock), &line);
        fprintf(x->cli->out, "%s\n", buf_text(&line));
        buf_free(&line);
    }
    return true;
}

/* The columns are those that a table of calls is read by. */
static const struct table_column columns[] = {
    {"id", "", TABLE_TEXT},           {"source", "", TABLE_TEXT},
    {"key", "", TABLE_TEXT},          {"channel", "", TABLE_TEXT},
    {"type", "", TABLE_TEXT},         {"direction", "", TABLE_TEXT},
    {"queue", "", TABLE_TEXT},        {"agent_id", "", TABLE_TEXT},
    {"agent_name", "", TABLE_TEXT},   {"team", "", TABLE_TEXT},
    {"customer", "", TABLE_TEXT},     {"customer_class", "", TABLE_TEXT},
    {"language", "", TABLE_TEXT},     {"offered", "", TABLE_TIME},
    {"answered", "", TABLE_TIME},     {"ended", "", TABLE_TIME},
    {"wait_s", "", TABLE_DURATION},   {"talk_s", "", TABLE_DURATION},
    {"hold_s", "", TABLE_DURATION},   {"wrap_s", "", TABLE_DURATION},
    {"length_s", "", TABLE_DURATION}, {"outcome", "", TABLE_TEXT},
    {"hung_up", "", TABLE_TEXT},      {"wrap_up", "", TABLE_TEXT},
    {"csat", "", TABLE_NUMBER},       {"nps", "", TABLE_NUMBER},
    {"resolved", "", TABLE_TEXT},
};

static void put_known(struct table *t, int64_t value)
{
    if (value == CALL_UNKNOWN)
        table_unknown(t);
    else
        table_integer(t, value);
}

static void add_row(struct table *t, const struct call *c)
{
    const char *const front[] = {c->id,         c->source,
                                 c->source_key, call_channel_names[c->channel],
                                 c->type,       call_direction_names[c->direction],
                                 c->queue,      c->agent_id,
                                 c->agent_name, c->team,
                                 c->customer,   c->customer_class,
                                 c->language};
    const int64_t numbers[] = {c->offered, c->answered, c->ended,   c->wait_ms,
                               c->talk_ms, c->hold_ms,  c->wrap_ms, call_length_ms(c)};
    const char *const back[] = {call_outcome_names[c->outcome], c->hung_up, c->wrap_up};
    table_row(t);
    for (size_t i = 0; i < sizeof front / sizeof *front; i++)
        table_text(t, front[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_known(t, numbers[i]);
    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        table_text(t, back[i]);
    table_number(t, c->csat);
    table_number(t, c->nps);
    table_text(t, c->resolved == CALL_UNKNOWN ? NULL : c->resolved ? "yes" : "no");
}

static bool write_csv(struct export *x, const struct call *calls, size_t n, struct err *e)
{
    struct table *t = table_new(x->a, "calls", columns, sizeof columns / sizeof *columns);
    struct buf text = {0};
    (void)e;
    for (size_t i = 0; i < n; i++)
        add_row(t, &calls[i]);
    table_csv(t, &text);
    struct slice rows = buf_all(&text), header;
    if (x->written)
        slice_line(&rows, &header);
    fwrite(rows.p, 1, rows.n, x->cli->out);
    buf_free(&text);
    return true;
}

/* --- which calls --- */

static bool write_named(struct export *x, export_write *write, struct err *e)
{
    for (size_t i = 0; i < x->cli->n_words; i++) {
        struct call call;
        if (!store_call_get(x->cli->store, &store_everything, x->cli->words[i], x->a, &call, e) ||
            !write(x, &call, 1, e))
            return false;
        x->written++;
        arena_reset(x->a);
    }
    return true;
}

static bool write_all(struct export *x, export_write *write, struct err *e)
{
    int64_t cursor = 0;
    struct call *calls;
    size_t n = 0;
    do {
        if (!store_call_batch(x->cli->store, &cursor, BATCH, x->a, &calls, &n, e) ||
            ((n || !x->written) && !write(x, calls, n, e)))
            return false;
        x->written += n;
        arena_reset(x->a);
    } while (n);
    return true;
}

/* "calls as csv: 7Q2..., 9KD..."; ids have twelve signs. */
static const char *what_of(struct cli *c, const char *form)
{
    enum { SHOWN = 20 };
    const char *what = arena_format(c->arena, "%s as %s", c->n_words ? "calls" : "all calls", form);
    for (size_t i = 0; i < c->n_words && i < SHOWN; i++)
        what = arena_format(
            c->arena, "%s%s %s", what, i ? "," : ":",
            strlen(c->words[i]) < CALL_ID && utf8_valid(slice_of(c->words[i])) ? c->words[i] : "?");
    return c->n_words > SHOWN ? arena_format(c->arena, "%s and %zu more", what, c->n_words - SHOWN)
                              : what;
}

/* --sheets and --issues go as CSV or as JSON lines: no vCon holds them. */
static enum cli_exit run_table(struct cli *c, bool sheets)
{
    struct err e = {0};
    bool csv = cli_value(c, "csv") != NULL, lines = cli_value(c, "json-lines") != NULL;
    if (csv == lines || cli_value(c, "vcon") || (cli_value(c, "issues") && sheets))
        return cli_usage(c, "choose --sheets or --issues, with one of --csv and --json-lines");
    if (!sheets && c->n_words)
        return cli_usage(c, "all issues are printed; name no call");
    const char *what = arena_format(c->arena, "%s as %s", sheets ? "sheets" : "issues",
                                    csv ? "csv" : "json-lines");
    bool ok = noted_export(c, what, &e) &&
              (sheets ? export_tables_sheets(c, csv, &e) : export_tables_issues(c, csv, &e));
    return ok ? CLI_DONE : cli_fail(c, &e);
}

static enum cli_exit run(struct cli *c)
{
    static const struct {
        const char *option;
        export_write *write;
    } forms[] = {{"vcon", write_vcon}, {"csv", write_csv}, {"json-lines", write_json_lines}};
    export_write *write = NULL;
    const char *form = "";
    size_t given = 0;
    if (cli_value(c, "sheets") || cli_value(c, "issues"))
        return run_table(c, cli_value(c, "sheets") != NULL);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (cli_value(c, forms[i].option))
            write = forms[i].write, form = forms[i].option, given++;
    }
    if (given > 1)
        return cli_usage(c, "choose one of --vcon, --csv and --json-lines");
    if (!write)
        return c->n_words ? cli_usage(c, "say in which form: --vcon, --csv or --json-lines")
                          : dump(c);
    struct err e = {0};
    struct export x = {.cli = c, .a = arena_open()};
    bool ok = noted_export(c, what_of(c, form), &e) &&
              (c->n_words ? write_named(&x, write, &e) : write_all(&x, write, &e));
    arena_close(x.a);
    return ok ? CLI_DONE : cli_fail(c, &e);
}

static const struct cli_option options[] = {
    {"vcon", NULL, "calls as vCons (draft 03), one a line, with their recordings inside"},
    {"csv", NULL, "calls as a table; cells that a spreadsheet would run are made harmless"},
    {"json-lines", NULL, "calls in Earshot's own format, one a line, with their words"},
    {"sheets", NULL, "with --csv or --json-lines: sheets about calls instead of the calls"},
    {"issues", NULL, "with --csv or --json-lines: process issues instead"},
    {NULL},
};

const struct cli_command cli_export = {
    .name = "export",
    .usage =
        "export [--vcon | --csv | --json-lines] [CALL...] | export --sheets --csv|--json-lines "
        "[CALL...] |\n"
        "       earshot export --issues --csv|--json-lines",
    .help = "print calls, sheets or issues for other programs, or everything that is kept",
    .more =
        "CALL is the id of a call; without one, all calls. Calls that were printed can be taken "
        "in again with `earshot\n"
        "ingest`. Sheets as JSON lines have their answers with evidence, as CSV a row each. "
        "Without a form, everything that is kept is printed as lines of text: facts "
        "and results in a fixed\n"
        "order, without the times at which the program ran, so that two stores that hold the "
        "same print the same bytes. Each export stands in the audit.",
    .flags = CLI_READS,
    .options = options,
    .run = run,
};
