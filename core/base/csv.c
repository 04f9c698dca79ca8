#include "base/csv.h"

#include <string.h>

#include "base/utf8.h"

static size_t lines_in(struct slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n' || (s.p[i] == '\r' && !(i + 1 < s.n && s.p[i + 1] == '\n'));
    return n;
}

/* The text inside quotes at the front, with "" undone. */
static bool quoted_cell(struct csv *t, struct slice *cell, struct err *e)
{
    struct slice *r = &t->rest;
    size_t i = 1, n = 0, line = t->line;
    while (i < r->n && (r->p[i] != '"' || (i + 1 < r->n && r->p[i + 1] == '"')))
        i += r->p[i] == '"' ? 2 : 1;
    if (i >= r->n)
        return err_set(e, ERR_INPUT, "line %zu: a quote is opened and never closed", line);
    char *text = arena_take(t->a, i);
    for (size_t k = 1; k < i; k++) {
        text[n++] = r->p[k];
        k += r->p[k] == '"';
    }
    t->line += lines_in((struct slice){r->p, i});
    *r = (struct slice){r->p + i + 1, r->n - i - 1};
    *cell = (struct slice){text, n};
    bool ends = !r->n || r->p[0] == t->separator || r->p[0] == '\n' || r->p[0] == '\r';
    return ends || err_set(e, ERR_INPUT, "line %zu: text follows a closing quote", t->line);
}

static void bare_cell(struct csv *t, struct slice *cell)
{
    size_t i = 0;
    while (i < t->rest.n && t->rest.p[i] != t->separator && t->rest.p[i] != '\n' &&
           t->rest.p[i] != '\r')
        i++;
    *cell = (struct slice){t->rest.p, i};
    t->rest = (struct slice){t->rest.p + i, t->rest.n - i};
}

static bool is_formula_sign(struct slice s)
{
    if (!s.n)
        return false;
    uint32_t c = utf8_next(&s);
    return strchr("=+-@\t\r\n", (int)(c < 128 && c ? c : 'x')) || c == 0xFF1D || c == 0xFF0B ||
           c == 0xFF0D || c == 0xFF20;
}

/* Our own export puts an apostrophe before what a spreadsheet would run; here it goes again. */
static struct slice unguard(struct slice cell)
{
    if (cell.n < 2 || cell.p[0] != '\'')
        return cell;
    struct slice inner = {cell.p + 1, cell.n - 1}, at = inner;
    for (;;) {
        struct slice next = at;
        uint32_t c = next.n ? utf8_next(&next) : 0;
        if (c != ' ' && c != 0xA0 && c != 0xFEFF)
            break;
        at = next;
    }
    return is_formula_sign(at) ? inner : cell;
}

static void skip_line_ends(struct csv *t)
{
    while (t->rest.n && (t->rest.p[0] == '\n' || t->rest.p[0] == '\r')) {
        size_t n = t->rest.p[0] == '\r' && t->rest.n > 1 && t->rest.p[1] == '\n' ? 2 : 1;
        t->rest = (struct slice){t->rest.p + n, t->rest.n - n};
        t->line++;
    }
}

bool csv_next(struct csv *t, struct csv_row *row, struct err *e)
{
    skip_line_ends(t);
    row->n = 0, row->line = t->line;
    if (!t->rest.n)
        return false;
    for (;;) {
        if (row->n == CSV_COLUMNS)
            return err_set(e, ERR_INPUT, "line %zu: more than %d columns", row->line, CSV_COLUMNS);
        struct slice *cell = &row->cells[row->n++];
        if (t->rest.n && t->rest.p[0] == '"') {
            if (!quoted_cell(t, cell, e))
                return false;
        } else {
            bare_cell(t, cell);
        }
        *cell = unguard(*cell);
        if (!t->rest.n || t->rest.p[0] != t->separator)
            return true;
        t->rest = (struct slice){t->rest.p + 1, t->rest.n - 1};
    }
}

void csv_skip_line(struct csv *t)
{
    struct slice line;
    skip_line_ends(t);
    slice_line(&t->rest, &line);
    if (!t->rest.p)
        t->rest = (struct slice){"", 0};
    t->line++;
}

struct slice csv_decimal(const struct csv *t, struct slice cell)
{
    struct slice after = slice_trim(cell), before;
    double number;
    slice_cut(&after, ',', &before);
    if (t->separator != ';' || !after.n)
        return cell;
    const char *text =
        arena_format(t->a, "%.*s.%.*s", (int)before.n, before.p, (int)after.n, after.p);
    return before.n && slice_number(slice_of(text), &number) && !memchr(text, 'e', strlen(text))
               ? slice_of(text)
               : cell;
}
