/* A table of calls: CSV after RFC 4180 with a header row, one call a row.
 *
 * Separated by comma, semicolon or tab (whichever the header row uses), in UTF-8. Columns are known
 * by these names, unless a column map says otherwise; only `key` is needed, and an empty cell means
 * not known:
 *
 *   source key channel type direction queue agent_id agent_name team customer customer_class
 *   language offered answered ended wait_ms talk_ms hold_ms wrap_ms outcome hung_up wrap_up csat
 *   nps resolved recording recording_agent recording_customer transcript
 *
 * wait_s, talk_s, hold_s and wrap_s are the durations in seconds, or as 0:02:23. recording and
 * transcript are paths of files beside or below the table. Any other column is kept as metadata
 * under its own header.
 *
 * Times: when.h. In a table with semicolons 4,5 is a number, too: where commas part the decimals,
 * spreadsheets write semicolons. What a column map says: map.h. A wait that no column tells is the
 * time from offered to answered.
 *
 * Every bad row is named by its line, and one bad row means that nothing of the file is taken.
 */
#include "ingest/reader.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/csv.h"
#include "ingest/map.h"
#include "ingest/record.h"

enum { CELL_MOST = 1 << 20, FAULTS_SHOWN = 8 };

enum { PARTS_MOST = 4 };

struct made { /* a field that is made of several columns, or of one that means another, too */
    const char *field;
    size_t parts[PARTS_MOST];
    size_t n;
};

struct columns {
    struct made made[MAP_RULES_MOST];
    size_t n_made;
    bool spent[CSV_COLUMNS];          /* part of such a field, and no metadata */
    const char *fields[CSV_COLUMNS];  /* NULL: metadata */
    const char *headers[CSV_COLUMNS]; /* "" for a column without a name, which must stay empty */
    size_t n;
    bool has_key;
    const struct csv *table;
};

static const char *field_of(const struct csv_map *m, const char *header)
{
    for (size_t i = 0; m && i < m->n; i++) {
        if (m->rules[i].header && strcmp(m->rules[i].header, header) == 0)
            return m->rules[i].field;
    }
    for (size_t i = 0; m && i < m->n; i++) {
        if (strcmp(m->rules[i].field, header) == 0)
            return NULL; /* the map says where this field comes from, and it is not here */
    }
    return draft_field(header);
}

static bool find_column(const struct columns *columns, struct slice header, size_t *at)
{
    for (size_t i = 0; i < columns->n; i++) {
        if (slice_is(slice_trim(header), columns->headers[i])) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* The columns of "Date + Time"; none where one is missing. */
static void find_parts(struct columns *columns, const char *header, struct made *out)
{
    for (const char *from = header; from; out->n++) {
        const char *end = strstr(from, " + ");
        struct slice one = {from, end ? (size_t)(end - from) : strlen(from)};
        if (out->n == PARTS_MOST || !find_column(columns, one, &out->parts[out->n])) {
            out->n = 0;
            return;
        }
        from = end ? end + 3 : NULL;
    }
}

static void find_made(const struct csv_map *m, struct columns *columns)
{
    columns->n_made = 0;
    memset(columns->spent, 0, sizeof columns->spent);
    for (size_t i = 0; m && i < m->n; i++) {
        const struct map_rule *r = &m->rules[i];
        struct made made = {.field = r->field};
        if (r->header)
            find_parts(columns, r->header, &made);
        if (!made.n || (made.n == 1 && columns->fields[made.parts[0]] == r->field))
            continue;
        columns->made[columns->n_made++] = made;
        columns->has_key |= strcmp(r->field, "key") == 0;
        for (size_t k = 0; k < made.n; k++)
            columns->spent[made.parts[k]] = true;
    }
}

/* A table that `earshot export` printed: what follows from the rest is no metadata. */
static void find_own(struct columns *columns)
{
    static const char *const front[] = {"id", "source", "key"};
    for (size_t i = 0; i < sizeof front / sizeof *front; i++)
        if (i >= columns->n || strcmp(columns->headers[i], front[i]) != 0)
            return;
    for (size_t i = 0; i < columns->n; i++)
        columns->spent[i] |= i == 0 || strcmp(columns->headers[i], "length_s") == 0;
}

static void read_header(const struct csv_row *row, const struct csv_map *m, struct arena *a,
                        struct columns *out)
{
    out->n = row->n;
    out->has_key = false;
    for (size_t i = 0; i < row->n; i++) {
        out->headers[i] = draft_clean(a, slice_trim(row->cells[i]));
        out->fields[i] = field_of(m, out->headers[i]);
        out->has_key |= out->fields[i] && strcmp(out->fields[i], "key") == 0;
    }
    find_made(m, out);
    find_own(out);
}

/* The separator under which the header row has a key column, or 0. */
static char find_separator(const struct reader_input *in, struct arena *a)
{
    static const char separators[] = ",;\t";
    for (const char *s = separators; *s; s++) {
        struct csv t = {a, in->bytes, *s, 1};
        struct csv_row *row = arena_take(a, sizeof *row);
        struct columns *columns = arena_take(a, sizeof *columns);
        struct err ignored = {0};
        if (!csv_next(&t, row, &ignored))
            continue;
        read_header(row, in->map, a, columns);
        if (columns->has_key)
            return *s;
    }
    return 0;
}

static bool fits(const struct reader_input *in)
{
    if (in->json || in->line || memchr(in->bytes.p, 0, in->bytes.n < 4096 ? in->bytes.n : 4096))
        return false;
    struct arena *a = arena_open();
    bool found = find_separator(in, a) != 0;
    arena_close(a);
    return found;
}

static bool check_row(const struct csv_row *row, const struct columns *columns, struct err *e)
{
    for (size_t i = 0; i < row->n; i++) {
        if (row->cells[i].n > CELL_MOST || !utf8_valid(row->cells[i]))
            return err_set(e, ERR_INPUT, "column %zu: not UTF-8; save the file as UTF-8", i + 1);
        bool nameless = i >= columns->n || !*columns->headers[i];
        if (nameless && slice_trim(row->cells[i]).n)
            return err_set(e, ERR_INPUT, "%zu cells, but the header row names %zu columns", row->n,
                           columns->n);
    }
    size_t named = columns->n;
    while (named && !*columns->headers[named - 1])
        named--;
    return row->n >= named ||
           err_set(e, ERR_INPUT, "%zu cells, but the header row names %zu columns", row->n, named);
}

static struct slice join_cells(const struct csv_row *row, const struct made *m, struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < m->n; i++) {
        struct slice cell =
            m->parts[i] < row->n ? slice_trim(row->cells[m->parts[i]]) : (struct slice){NULL, 0};
        if (!cell.n)
            return cell;
        text = arena_format(a, "%s%s%.*s", text, i ? " " : "", (int)cell.n, cell.p);
    }
    return slice_of(text);
}

static bool set_cell(const struct reader_input *in, const struct columns *columns, struct arena *a,
                     struct drafts *out, struct draft *d, const char *field, struct slice cell,
                     struct err *e)
{
    if (draft_is_number(field))
        cell = csv_decimal(columns->table, cell);
    return map_put(in->map, in, out, d, a, field, cell, e);
}

static bool read_row(const struct reader_input *in, const struct csv_row *row,
                     const struct columns *columns, struct arena *a, struct drafts *out,
                     struct draft *d, struct err *e)
{
    d->call.source = in->source;
    if (!check_row(row, columns, e) || !map_set_fixed(in->map, d, a, e))
        return false;
    for (size_t i = 0; i < row->n && i < columns->n; i++) {
        const char *field = columns->fields[i];
        if (field ? !set_cell(in, columns, a, out, d, field, row->cells[i], e)
                  : !columns->spent[i] &&
                        !draft_add_meta(d, a, columns->headers[i], row->cells[i], e))
            return false;
    }
    for (size_t i = 0; i < columns->n_made; i++) {
        const struct made *m = &columns->made[i];
        if (!set_cell(in, columns, a, out, d, m->field, join_cells(row, m, a), e))
            return false;
    }
    struct call *c = &d->call;
    if (c->wait_ms == CALL_UNKNOWN && c->offered != CALL_UNKNOWN && c->answered >= c->offered)
        c->wait_ms = c->answered - c->offered;
    return draft_check(d, e);
}

struct faults {
    struct buf text;
    size_t n;
};

static void note_fault(struct faults *f, size_t line, const struct err *e)
{
    if (f->n++ < FAULTS_SHOWN)
        buf_format(&f->text, "%sline %zu: %.200s", f->n > 1 ? "; " : "", line, e->text);
}

static bool end_faults(struct faults *f, struct err *e)
{
    if (f->n > FAULTS_SHOWN)
        buf_format(&f->text, "; and %zu more rows", f->n - FAULTS_SHOWN);
    if (f->n)
        err_set(e, ERR_INPUT, "%s", buf_text(&f->text));
    buf_free(&f->text);
    return f->n == 0;
}

/* What others call our fields, for a question to whoever named the column. */
static const char *meant_by(const char *header)
{
    static const char *const names[][2] = {
        {"agent", "agent_id"},   {"agentid", "agent_id"},   {"start", "offered"},
        {"started", "offered"},  {"start_time", "offered"}, {"date", "offered"},
        {"time", "offered"},     {"datetime", "offered"},   {"end", "ended"},
        {"end_time", "ended"},   {"answer", "answered"},    {"duration", "talk_s"},
        {"talk", "talk_s"},      {"talk_time", "talk_s"},   {"wait", "wait_s"},
        {"wait_time", "wait_s"}, {"hold", "hold_s"},        {"hold_time", "hold_s"},
        {"wrap", "wrap_s"},      {"skill", "queue"},        {"caller", "customer"},
        {"audio", "recording"},  {"wav", "recording"},      {"disposition", "outcome"},
        {"result", "outcome"},   {"lang", "language"},      {"call_type", "type"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcasecmp(names[i][0], header) == 0)
            return names[i][1];
    }
    return NULL;
}

static bool has_field(const struct columns *columns, const char *field)
{
    bool has = false;
    for (size_t i = 0; i < columns->n; i++)
        has |= columns->fields[i] && strcmp(columns->fields[i], field) == 0;
    for (size_t i = 0; i < columns->n_made; i++)
        has |= strcmp(columns->made[i].field, field) == 0;
    return has;
}

/* A column whose name is off by little would be missed only much later. */
static void note_kept(const struct columns *columns, struct drafts *out, struct arena *a)
{
    enum { SHOWN = 8, NAME_MOST = 50 };
    const char *kept = "", *meant = "";
    size_t n = 0;
    for (size_t i = 0; i < columns->n; i++) {
        const char *header = columns->headers[i], *field = meant_by(header);
        if (columns->fields[i] || columns->spent[i] || !*header)
            continue;
        struct slice name = utf8_front(slice_of(header), NAME_MOST);
        if (n++ < SHOWN)
            kept = arena_format(a, "%s%s%.*s", kept, n > 1 ? ", " : "", (int)name.n, name.p);
        if (field && !has_field(columns, field) && !strstr(meant, field))
            meant = arena_format(a, "%s%s%s", meant, *meant ? ", " : "", field);
    }
    const char *more = n > SHOWN ? arena_format(a, " and %zu more", n - SHOWN) : "";
    if (n)
        drafts_note_file(out, a, "columns kept as metadata: %s%s", kept, more);
    if (*meant)
        drafts_note_file(out, a, "did you mean %s?", meant);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct csv t = {a, in->bytes, find_separator(in, a), 1};
    struct csv_row *row = arena_take(a, sizeof *row);
    struct columns *columns = arena_take(a, sizeof *columns);
    struct faults faults = {0};
    struct err broken = {0};
    csv_next(&t, row, &broken);
    read_header(row, in->map, a, columns);
    columns->table = &t;
    while (csv_next(&t, row, &broken)) {
        struct err fault = {0};
        struct draft *d = draft_new(out, a);
        d->place = arena_format(a, "line %zu", row->line);
        if (!read_row(in, row, columns, a, out, d, &fault))
            note_fault(&faults, row->line, &fault);
    }
    /* A broken quote names its own line and ends the table. */
    if (broken.kind)
        buf_format(&faults.text, "%s%s", faults.n++ ? "; " : "", broken.text);
    note_kept(columns, out, a);
    record_note_zone(out, a);
    return end_faults(&faults, e);
}

const struct reader reader_csv = {
    {"csv", "a table of calls with a header row; a column map says which column is what",
     "key,channel,agent_id,answered,talk_s,recording"},
    READER_METADATA,
    fits,
    read};
