#include "cli/export_tables.h"

#include "desk/issues.h"
#include "desk/review.h"
#include "store/calls.h"
#include "store/sheets.h"

enum { BATCH = 200 };

struct sheets {
    struct cli *cli;
    struct desk desk; /* its arena is emptied after each batch of calls */
    bool csv;
    size_t written;
};

static const struct table_column columns[] = {
    {"sheet", "", TABLE_TEXT},          {"call", "", TABLE_TEXT},
    {"source", "", TABLE_TEXT},         {"key", "", TABLE_TEXT},
    {"agent_id", "", TABLE_TEXT},       {"agent_name", "", TABLE_TEXT},
    {"card", "", TABLE_TEXT},           {"version", "", TABLE_TEXT},
    {"author", "", TABLE_TEXT},         {"author_name", "", TABLE_TEXT},
    {"made_at", "", TABLE_TIME},        {"score", "", TABLE_NUMBER},
    {"outcome", "", TABLE_TEXT},        {"customer_score", "", TABLE_NUMBER},
    {"superseded_by", "", TABLE_COUNT}, {"acknowledged_at", "", TABLE_TIME},
    {"disputes", "", TABLE_COUNT},      {"failure", "", TABLE_TEXT},
};

static void put_unless_0(struct table *t, int64_t value)
{
    if (value)
        table_integer(t, value);
    else
        table_unknown(t);
}

static void put_percent(struct table *t, bool scored, struct frac percent)
{
    if (scored)
        table_number(t, frac_to_double(percent));
    else
        table_unknown(t);
}

static void add_row(struct table *t, const struct call *c, const struct store_sheet_row *s)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)s->id);
    const char *const texts[] = {
        c->id,         c->source, c->source_key,        s->agent_id,
        s->agent_name, s->card,   s->card_version_name, sheet_author_names[s->author],
        s->author_name};
    table_row(t);
    table_text(t, number);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        table_text(t, texts[i]);
    put_unless_0(t, s->made_at);
    put_percent(t, s->agent_scored, s->agent_percent);
    table_text(t, sheet_outcome_names[s->outcome]);
    put_percent(t, s->customer_scored, s->customer_percent);
    put_unless_0(t, s->superseded_by);
    put_unless_0(t, s->acknowledged_at);
    table_integer(t, s->disputes);
    table_text(t, s->failure);
}

static void print_rows(struct cli *c, const struct table *t, bool with_header)
{
    struct buf text = {0};
    table_csv(t, &text);
    struct slice rows = buf_all(&text), header;
    if (!with_header)
        slice_line(&rows, &header);
    fwrite(rows.p, 1, rows.n, c->out);
    buf_free(&text);
}

static void print_line(struct cli *c, const struct json *j)
{
    struct buf line = {0};
    json_print(j, &line);
    fprintf(c->out, "%s\n", buf_text(&line));
    buf_free(&line);
}

static bool print_sheet(struct sheets *x, const struct call *c, int64_t id, struct err *e)
{
    struct review_view view;
    if (!review_open(&x->desk, id, &view, e))
        return false;
    struct json *j = review_sheet_json(view.main);
    json_put_text(j, "source", c->source);
    json_put_text(j, "key", c->source_key);
    if (view.superseded_by)
        json_put_number(j, "superseded_by", (double)view.superseded_by);
    print_line(x->cli, j);
    json_free(j);
    return true;
}

static bool add_sheets(struct sheets *x, struct table *t, const struct call *c, struct err *e)
{
    const struct store_sheet_filter about = {.call = c->id, .superseded_too = true};
    const struct store_page page = {STORE_PAGE_MOST, 0};
    struct store_sheet_row *rows[2];
    size_t n[2];
    int64_t total;
    const struct desk *d = &x->desk;
    if (!store_sheet_list(d->store, &d->viewer, &about, &page, d->arena, &rows[0], &n[0], &total,
                          e) ||
        !store_sheet_list_card(d->store, &d->viewer, c->id, d->arena, &rows[1], &n[1], e))
        return false;
    for (size_t who = 0; who < 2; who++) {
        for (size_t i = 0; i < n[who]; i++, x->written++) {
            if (x->csv)
                add_row(t, c, &rows[who][i]);
            else if (!print_sheet(x, c, rows[who][i].id, e))
                return false;
        }
    }
    return true;
}

static bool write_calls(struct sheets *x, const struct call *calls, size_t n, bool first,
                        struct err *e)
{
    struct table *t = table_new(x->desk.arena, "sheets", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        if (!add_sheets(x, t, &calls[i], e))
            return err_within(e, "call %s", calls[i].id);
    if (x->csv)
        print_rows(x->cli, t, first);
    return true;
}

static bool write_named(struct sheets *x, struct err *e)
{
    for (size_t i = 0; i < x->cli->n_words; i++) {
        struct call call;
        if (!store_call_get(x->cli->store, &store_everything, x->cli->words[i], x->desk.arena,
                            &call, e) ||
            !write_calls(x, &call, 1, i == 0, e))
            return false;
        arena_reset(x->desk.arena);
    }
    return true;
}

static bool write_all(struct sheets *x, struct err *e)
{
    int64_t cursor = 0;
    struct call *calls;
    size_t n = 0;
    bool first = true;
    do {
        if (!store_call_batch(x->cli->store, &cursor, BATCH, x->desk.arena, &calls, &n, e) ||
            ((n || first) && !write_calls(x, calls, n, first, e)))
            return false;
        first = false;
        arena_reset(x->desk.arena);
    } while (n);
    return true;
}

bool export_tables_sheets(struct cli *c, bool csv, struct err *e)
{
    struct sheets x = {.cli = c, .csv = csv};
    cli_desk(c, &x.desk);
    x.desk.arena = arena_open();
    bool ok = c->n_words ? write_named(&x, e) : write_all(&x, e);
    arena_close(x.desk.arena);
    return ok;
}

bool export_tables_issues(struct cli *c, bool csv, struct err *e)
{
    struct desk d;
    struct table *t;
    cli_desk(c, &d);
    if (!issues_table(&d, &t, e))
        return false;
    if (csv) {
        print_rows(c, t, true);
        return true;
    }
    struct buf text = {0};
    table_json(t, &text);
    struct json *all = json_parse(buf_all(&text), JSON_DEPTH, e);
    for (const struct json *row = json_first(json_get(all, "rows")); row; row = json_next(row))
        print_line(c, row);
    json_free(all);
    buf_free(&text);
    return e->kind == ERR_NONE;
}
