#include "desk/cards_diff.h"

#include "score/lineage.h"

#include <string.h>

enum { EDITS_MOST = 2000, AROUND = 3 };

struct text {
    struct slice *lines;
    int n;
};

static struct text split(struct arena *a, const char *whole)
{
    struct slice rest = slice_of(whole), line;
    struct text t = {0};
    for (struct slice count = rest; slice_line(&count, &line);)
        t.n++;
    t.lines = arena_array(a, (size_t)t.n, sizeof *t.lines);
    for (int i = 0; slice_line(&rest, &line); i++)
        t.lines[i] = line;
    return t;
}

static bool same(const struct text *x, int i, const struct text *y, int k)
{
    return slice_equal(x->lines[i], y->lines[k]);
}

/* A row says for each diagonal k (lines read of the old text less lines read of the new one) how
 * far the old text is read after so many edits (Myers, An O(ND) Difference Algorithm). This: is the
 * last edit of diagonal k an added line? */
static bool is_added(const int *row, int edits, int k)
{
    return k == -edits || (k != edits && row[k - 1] < row[k + 1]);
}

static int step(const int *row, int edits, int k)
{
    if (edits == 0)
        return 0;
    return is_added(row, edits, k) ? row[k + 1] : row[k - 1] + 1;
}

static int slide(const struct text *x, const struct text *y, int i, int k)
{
    while (i < x->n && i - k < y->n && same(x, i, y, i - k))
        i++;
    return i;
}

/* The way back through the rows says which lines are partners. */
static void trace(int i, int j, int *const *rows, int edits, int *partner)
{
    for (int e = edits; e >= 0; e--) {
        int k = i - j, from = e ? step(rows[e - 1], e, k) : 0;
        for (; i > from; i--, j--)
            partner[i - 1] = j - 1;
        if (e && is_added(rows[e - 1], e, k))
            j--;
        else
            i--;
    }
}

static int *new_row(struct arena *a, int edits)
{
    int *row = arena_array(a, 2 * (size_t)edits + 5, sizeof *row);
    return row + edits + 2;
}

/* The new line that stands for each old one, -1: removed. */
static int *match(struct arena *a, const struct text *x, const struct text *y)
{
    int *partner = arena_array(a, (size_t)x->n, sizeof *partner);
    int **rows = arena_array(a, EDITS_MOST + 1, sizeof *rows);
    for (int i = 0; i < x->n; i++)
        partner[i] = -1;
    for (int e = 0; e <= EDITS_MOST && e <= x->n + y->n; e++) {
        rows[e] = new_row(a, e);
        for (int k = -e; k <= e; k += 2) {
            int i = slide(x, y, step(e ? rows[e - 1] : NULL, e, k), k);
            rows[e][k] = i;
            if (i >= x->n && i - k >= y->n) {
                trace(x->n, y->n, rows, e, partner);
                return partner;
            }
        }
    }
    return partner;
}

/* --- unified --- */

struct line {
    char mark;
    struct slice text;
    int old_at, new_at; /* lines of each text before this one */
};

static size_t list_lines(struct arena *a, const struct text *x, const struct text *y,
                         const int *partner, struct line **out)
{
    struct line *l = arena_array(a, (size_t)(x->n + y->n), sizeof *l);
    size_t n = 0;
    int j = 0;
    for (int i = 0; i < x->n; i++) {
        if (partner[i] < 0) {
            l[n++] = (struct line){'-', x->lines[i], i, j};
            continue;
        }
        for (; j < partner[i]; j++)
            l[n++] = (struct line){'+', y->lines[j], i, j};
        l[n++] = (struct line){' ', x->lines[i], i, j++};
    }
    for (; j < y->n; j++)
        l[n++] = (struct line){'+', y->lines[j], x->n, j};
    *out = l;
    return n;
}

static size_t next_change(const struct line *l, size_t n, size_t i)
{
    while (i < n && l[i].mark == ' ')
        i++;
    return i;
}

/* A stretch goes on while the next change is near enough for their surroundings to touch. */
static size_t end_of(const struct line *l, size_t n, size_t change)
{
    for (;;) {
        size_t quiet = change;
        while (quiet < n && l[quiet].mark != ' ')
            quiet++;
        change = next_change(l, n, quiet);
        if (change == n || change - quiet > 2 * AROUND)
            return quiet + AROUND < n ? quiet + AROUND : n;
    }
}

static void put_stretch(struct buf *out, const struct line *l, size_t from, size_t to)
{
    int old_n = 0, new_n = 0;
    for (size_t i = from; i < to; i++) {
        old_n += l[i].mark != '+';
        new_n += l[i].mark != '-';
    }
    buf_format(out, "@@ -%d,%d +%d,%d @@\n", l[from].old_at + 1, old_n, l[from].new_at + 1, new_n);
    for (size_t i = from; i < to; i++) {
        buf_char(out, l[i].mark);
        buf_slice(out, l[i].text);
        buf_char(out, '\n');
    }
}

static const struct table_column columns[] = {
    {"was", "Line before", TABLE_COUNT},
    {"is", "Line after", TABLE_COUNT},
    {"text", "Text", TABLE_TEXT},
    {"mark", "What became of it", TABLE_TEXT},
};

static void put_number(struct table *t, bool there, int line)
{
    if (there)
        table_integer(t, line + 1);
    else
        table_unknown(t);
}

static void list_stretch(struct arena *a, struct table *t, const struct line *l, size_t from,
                         size_t to)
{
    table_row(t);
    table_unknown(t);
    table_unknown(t);
    table_text(
        t, arena_format(a, "From line %d, now line %d", l[from].old_at + 1, l[from].new_at + 1));
    table_text(t, "gap");
    for (size_t i = from; i < to; i++) {
        table_row(t);
        put_number(t, l[i].mark != '+', l[i].old_at);
        put_number(t, l[i].mark != '-', l[i].new_at);
        table_text(t, arena_text(a, l[i].text));
        table_text(t, l[i].mark == '+' ? "added" : l[i].mark == '-' ? "removed" : "same");
    }
}

/* `t` may be NULL. */
static const char *differences(struct arena *a, const char *before, const char *after,
                               struct table *t)
{
    struct arena *work = arena_open();
    struct text x = split(work, before), y = split(work, after);
    struct line *l;
    struct buf out = {0};
    size_t n = list_lines(work, &x, &y, match(work, &x, &y), &l);
    for (size_t i = next_change(l, n, 0); i < n; i = next_change(l, n, i)) {
        size_t end = end_of(l, n, i), from = i > AROUND ? i - AROUND : 0;
        put_stretch(&out, l, from, end);
        if (t)
            list_stretch(a, t, l, from, end);
        i = end;
    }
    const char *text = arena_text(a, buf_all(&out));
    buf_free(&out);
    arena_close(work);
    return text;
}

const char *cards_diff_lines(struct arena *a, const char *before, const char *after)
{
    return differences(a, before, after, NULL);
}

bool cards_diff(struct arena *a, const struct store_card *before, const struct store_card *after,
                struct cards_diff *out, struct err *e)
{
    struct form *was = arena_take(a, sizeof *was), *is = arena_take(a, sizeof *is);
    *out = (struct cards_diff){.text = table_new(a, "Line by line", columns, 4)};
    out->lines = differences(a, before->text, after->text, out->text);
    if (!before->definition[0] || !after->definition[0])
        return true;
    if (!cards_form(before, a, was, e) || !cards_form(after, a, is, e))
        return false;
    out->parts = lineage_table(was, is, a);
    return true;
}
