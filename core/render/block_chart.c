#include "render/block.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Lines over the rows of a table: labels from its first column, values from its second; rows of one
 * label stand above each other. Columns that draw more:
 *   lower mean upper   limits; a point outside them differs in shape, not only in colour
 *   low high           how far the point may be from the truth
 *   few                where there is a word, the point is hollow
 *   line               only rows of one number are joined
 *   began              what begins at this row, written on a mark
 * All measures in units of the drawing. */
enum {
    WIDTH = 1120,
    LEFT = 52,
    RIGHT = 1110,
    TOP = 12,
    DEEP = 196, /* of the plot itself */
    BELOW = 42, /* for labels */
    TICKS = 5,
    MARK = 16, /* between the words of marks */
    MARKS = 3  /* whose words stand beneath each other */
};

struct chart {
    struct draw *d;
    struct html *h;
    const struct table *t;
    size_t n;
    size_t *slot; /* of each row: where it stands along the line */
    size_t slots, marks;
    double top, bottom;                                  /* of the plot */
    int lower, mean, upper, low, high, few, line, began; /* columns, or -1 */
    double most; /* top of the scale; the bottom is 0 or `least` */
    double least;
};

/* NAN where the cell is empty. */
static double value(const struct chart *c, size_t row, int column)
{
    if (column < 0)
        return NAN;
    const struct table_cell *cell = table_cell(c->t, row, (size_t)column);
    return cell->known ? cell->number : NAN;
}

static const char *word(const struct chart *c, size_t row, int column)
{
    const struct table_cell *cell = column < 0 ? NULL : table_cell(c->t, row, (size_t)column);
    return cell && cell->known && cell->text ? cell->text : "";
}

static double nice_step(double range)
{
    double step = pow(10, floor(log10(range / TICKS)));
    static const double factors[] = {1, 2, 5, 10};
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++)
        if (step * factors[i] * TICKS >= range)
            return step * factors[i];
    return step * 10;
}

static void scale(struct chart *c)
{
    double low = 0, high = 0;
    for (size_t r = 0; r < c->n; r++) {
        low = fmin(low, fmin(value(c, r, 1), fmin(value(c, r, c->lower), value(c, r, c->low))));
        high = fmax(high, fmax(value(c, r, 1), fmax(value(c, r, c->upper), value(c, r, c->high))));
    }
    double step = nice_step(high - low > 0 ? high - low : 1);
    c->least = floor(low / step) * step;
    c->most = ceil(high / step) * step;
    if (c->most <= c->least)
        c->most = c->least + step;
}

static double x_of(const struct chart *c, size_t row)
{
    return c->slots < 2 ? (LEFT + RIGHT) / 2.0
                        : LEFT + (RIGHT - LEFT) * (double)c->slot[row] / (double)(c->slots - 1);
}

static double y_of(const struct chart *c, double v)
{
    return c->bottom - (c->bottom - c->top) * (v - c->least) / (c->most - c->least);
}

static void number(struct html *h, const char *name, double v)
{
    char text[32];
    snprintf(text, sizeof text, "%.1f", v);
    html_attr(h, name, text);
}

static void line(struct html *h, const char *class_, double x1, double y1, double x2, double y2)
{
    html_open(h, "line");
    html_attr(h, "class", class_);
    number(h, "x1", x1);
    number(h, "y1", y1);
    number(h, "x2", x2);
    number(h, "y2", y2);
    html_close(h, "line");
}

static void label(struct html *h, double x, double y, const char *anchor, const char *text)
{
    html_open(h, "text");
    html_attr(h, "class", "tick");
    number(h, "x", x);
    number(h, "y", y);
    html_attr(h, "text-anchor", anchor);
    html_text(h, text);
    html_close(h, "text");
}

static void grid(const struct chart *c)
{
    double step = nice_step(c->most - c->least);
    bool percent = table_column(c->t, 1)->type == TABLE_PERCENT;
    html_open(c->h, "g");
    html_attr(c->h, "class", "grid");
    for (int i = 0; c->least + i * step <= c->most + step / 1000; i++)
        line(c->h, NULL, LEFT, y_of(c, c->least + i * step), RIGHT, y_of(c, c->least + i * step));
    html_close(c->h, "g");
    for (int i = 0; c->least + i * step <= c->most + step / 1000; i++)
        label(c->h, LEFT - 6, y_of(c, c->least + i * step) + 4, "end",
              arena_format(c->d->arena, "%.6g%s", c->least + i * step, percent ? " %" : ""));
}

/* Up to ten labels under the line, evenly. */
static void labels(const struct chart *c)
{
    size_t every = (c->slots + 9) / 10;
    for (size_t r = 0; r < c->n; r++) {
        struct buf text = {0};
        if (c->slot[r] % every || (r && c->slot[r] == c->slot[r - 1]))
            continue;
        table_show(c->t, r, 0, &text);
        bool last = c->slots > 1 && c->slot[r] == c->slots - 1; /* would leave the picture */
        label(c->h, x_of(c, r), c->bottom + 22, last ? "end" : "middle", buf_text(&text));
        buf_free(&text);
    }
}

static void end_polyline(const struct chart *c, struct buf *points, const char *class_)
{
    if (points->n) {
        html_open(c->h, "polyline");
        html_attr(c->h, "class", class_);
        html_attr(c->h, "points", buf_text(points));
        html_close(c->h, "polyline");
    }
    buf_clear(points);
}

/* One <polyline> a stretch without gaps, over the rows that are comparable with this one. */
static void stretches(const struct chart *c, size_t first, int column, const char *class_)
{
    struct buf points = {0};
    size_t last = first;
    for (size_t r = first; r < c->n; r++) {
        double v = value(c, r, column);
        if (isnan(v) || (c->line >= 0 && value(c, r, c->line) != value(c, first, c->line)))
            continue;
        if (c->slot[r] > c->slot[last] + 1)
            end_polyline(c, &points, class_);
        buf_format(&points, "%s%.1f,%.1f", points.n ? " " : "", x_of(c, r), y_of(c, v));
        last = r;
    }
    end_polyline(c, &points, class_);
    buf_free(&points);
}

static bool is_first_of_line(const struct chart *c, size_t row)
{
    if (c->line < 0)
        return row == 0;
    for (size_t r = 0; r < row; r++)
        if (value(c, r, c->line) == value(c, row, c->line))
            return false;
    return !isnan(value(c, row, c->line));
}

static void polyline(const struct chart *c, int column, const char *class_)
{
    for (size_t r = 0; column >= 0 && r < c->n; r++)
        if (is_first_of_line(c, r))
            stretches(c, r, column, class_);
}

/* --- what begins --- */

static bool is_break(const struct chart *c, size_t row)
{
    return c->line >= 0 && row && is_first_of_line(c, row);
}

/* How far in front of a row a mark stands: between the slots, unless both have one. */
static double before(const struct chart *c, size_t row)
{
    bool alone = row && c->slot[row] != c->slot[row - 1];
    return alone ? (RIGHT - LEFT) / (double)(c->slots - 1) / 2 : 0;
}

/* Their words stand above the plot, each a line deeper than the one before, and turn about near the
 * right edge. */
static void marks(const struct chart *c)
{
    size_t n = 0;
    for (size_t r = 0; r < c->n; r++) {
        const char *says = word(c, r, c->began);
        if (!*says)
            continue;
        double x = x_of(c, r) - before(c, r), y = TOP + MARK * (double)(n++ % MARKS) + 8;
        bool turn = x > LEFT + (RIGHT - LEFT) * 0.7;
        line(c->h, is_break(c, r) ? "mark break" : "mark", x, y - 10, x, c->bottom);
        label(c->h, turn ? x - 6 : x + 6, y, turn ? "end" : "start",
              is_break(c, r)
                  ? arena_format(c->d->arena, "%s: %s", html_word(c->h, "New line"), says)
                  : says);
    }
}

static void whiskers(const struct chart *c)
{
    for (size_t r = 0; r < c->n; r++)
        if (!isnan(value(c, r, c->low)) && !isnan(value(c, r, c->high)))
            line(c->h, "whisker", x_of(c, r), y_of(c, value(c, r, c->low)), x_of(c, r),
                 y_of(c, value(c, r, c->high)));
}

static bool is_out(const struct chart *c, size_t row)
{
    double v = value(c, row, 1);
    return v > value(c, row, c->upper) || v < value(c, row, c->lower);
}

static void point(const struct chart *c, size_t row)
{
    double x = x_of(c, row), y = y_of(c, value(c, row, 1));
    if (is_out(c, row)) {
        html_open(c->h, "path");
        html_attr(c->h, "class", "point out");
        html_attr(c->h, "d", arena_format(c->d->arena, "M%.1f %.1fl6 6-6 6-6-6z", x, y - 6));
        html_close(c->h, "path");
        return;
    }
    html_open(c->h, "circle");
    html_attr(c->h, "class", *word(c, row, c->few) ? "point few" : "point");
    number(c->h, "cx", x);
    number(c->h, "cy", y);
    html_attr_integer(c->h, "r", 4);
    html_close(c->h, "circle");
}

static bool has_few(const struct chart *c)
{
    for (size_t r = 0; r < c->n; r++)
        if (*word(c, r, c->few))
            return true;
    return false;
}

/* "Latest: 12 (5 Oct). Highest: 31 (21 Sep). 2 outside the limits." */
static const char *sentence(const struct chart *c)
{
    struct buf text = {0}, shown = {0}, where = {0};
    size_t latest = c->n, highest = c->n, out = 0;
    for (size_t r = 0; r < c->n; r++) {
        if (isnan(value(c, r, 1)))
            continue;
        latest = r;
        if (highest == c->n || value(c, r, 1) > value(c, highest, 1))
            highest = r;
        out += is_out(c, r);
    }
    const size_t rows[] = {latest, highest};
    static const char *const words[] = {"Latest", "Highest"};
    for (size_t i = 0; i < 2 && latest < c->n; i++) {
        buf_clear(&shown), buf_clear(&where);
        table_show(c->t, rows[i], 1, &shown);
        table_show(c->t, rows[i], 0, &where);
        buf_format(&text, "%s: %s (%s). ", html_word(c->h, words[i]), buf_text(&shown),
                   buf_text(&where));
    }
    if (out)
        buf_format(&text, "%zu %s ", out, html_word(c->h, "outside the limits."));
    for (size_t r = 0; r < c->n; r++)
        if (*word(c, r, c->began)) {
            buf_clear(&where);
            table_show(c->t, r, 0, &where);
            buf_format(
                &text, "%s: %s (%s). ",
                html_word(c->h, is_break(c, r) ? "The line begins anew" : "The line goes on"),
                word(c, r, c->began), buf_text(&where));
        }
    if (has_few(c))
        buf_format(&text, "%s", html_word(c->h, "A hollow point has few behind it."));
    const char *made = arena_text(c->d->arena, slice_trim(buf_all(&text)));
    buf_free(&text), buf_free(&shown), buf_free(&where);
    return made;
}

static void named(struct html *h, const char *element, const char *id, const char *text)
{
    html_open(h, element);
    html_attr(h, "id", id);
    html_text(h, text);
    html_close(h, element);
}

static void drawing(const struct chart *c, const char *says)
{
    struct html *h = c->h;
    unsigned id = html_make_id(h);
    const char *title = arena_format(c->d->arena, "c%u-t", id);
    const char *desc = arena_format(c->d->arena, "c%u-d", id);
    html_open(h, "svg");
    html_attr(h, "viewBox", arena_format(c->d->arena, "0 0 %d %.0f", WIDTH, c->bottom + BELOW));
    html_attr(h, "role", "img");
    html_attr(h, "aria-labelledby", arena_format(c->d->arena, "%s %s", title, desc));
    named(h, "title", title, table_title(c->t));
    named(h, "desc", desc, says);
    grid(c);
    labels(c);
    marks(c);
    whiskers(c);
    polyline(c, c->lower, "limit");
    polyline(c, c->upper, "limit");
    polyline(c, c->mean, "mean");
    polyline(c, 1, "line");
    for (size_t r = 0; r < c->n; r++)
        if (!isnan(value(c, r, 1)))
            point(c, r);
    html_close(h, "svg");
}

static void figure(struct chart *c, const struct view_item *item)
{
    struct html *h = c->h;
    const char *says = sentence(c);
    html_open(h, "figure");
    html_attr(h, "class", "chart");
    html_open(h, "figcaption");
    html_leaf(h, "b", NULL, table_title(c->t));
    html_text(h, " ");
    html_leaf(h, "span", NULL, says);
    html_close(h, "figcaption");
    drawing(c, says);
    html_open(h, "details");
    html_leaf(h, "summary", NULL, html_word(h, "Data table"));
    block_data_table(c->d, c->t, NULL);
    html_close(h, "details");
    block_exports(c->d, item);
    html_close(h, "figure");
}

/* Has it the label of the row before? */
static bool is_beneath(const struct chart *c, size_t row)
{
    const char *is = table_cell(c->t, row, 0)->text, *was = table_cell(c->t, row - 1, 0)->text;
    return is && was && strcmp(is, was) == 0;
}

static struct chart chart_of(struct draw *d, const struct table *t)
{
    struct chart c = {.d = d,
                      .h = d->html,
                      .t = t,
                      .n = table_rows(t),
                      .slot = arena_array(d->arena, table_rows(t), sizeof *c.slot),
                      .lower = table_find(t, 2, "lower"),
                      .mean = table_find(t, 2, "mean"),
                      .upper = table_find(t, 2, "upper"),
                      .low = table_find(t, 2, "low"),
                      .high = table_find(t, 2, "high"),
                      .few = table_find(t, 2, "few"),
                      .line = table_find(t, 2, "line"),
                      .began = table_find(t, 2, "began")};
    for (size_t r = 0; r < c.n; r++) {
        c.slots += !r || !is_beneath(&c, r);
        c.slot[r] = c.slots - 1;
        c.marks += *word(&c, r, c.began) != 0;
    }
    c.top = TOP + (double)MARK * (double)(c.marks < MARKS ? c.marks : MARKS);
    c.bottom = c.top + DEEP;
    return c;
}

void block_chart(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_TABLE);
    if (!item)
        return;
    const struct table *t = item->table;
    if (table_columns(t) < 2 || table_column(t, 1)->type == TABLE_TEXT) {
        block_fault(d, u->line, "The table \"%s\" has no numbers in its second column.",
                    item->name);
        return;
    }
    struct chart c = chart_of(d, t);
    scale(&c);
    figure(&c, item);
}
