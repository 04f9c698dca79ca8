#include "render/block.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* One line over the rows of a table: labels from its first column, values from its second. Columns
 * named lower, mean and upper draw the limits; a point outside them differs in shape, not only in
 * colour. All measures in units of the drawing. */
enum { WIDTH = 1120, HEIGHT = 250, LEFT = 52, RIGHT = 1110, TOP = 12, BOTTOM = 208, TICKS = 5 };

struct chart {
    struct draw *d;
    struct html *h;
    const struct table *t;
    size_t n;
    int lower, mean, upper; /* columns, or -1 */
    double most;            /* top of the scale; the bottom is 0 or `least` */
    double least;
};

static int column_of(const struct table *t, const char *name)
{
    for (size_t i = 2; i < table_columns(t); i++)
        if (strcmp(table_column(t, i)->name, name) == 0)
            return (int)i;
    return -1;
}

/* NAN where the cell is empty. */
static double value(const struct chart *c, size_t row, int column)
{
    if (column < 0)
        return NAN;
    const struct table_cell *cell = table_cell(c->t, row, (size_t)column);
    return cell->known ? cell->number : NAN;
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
        low = fmin(low, fmin(value(c, r, 1), value(c, r, c->lower)));
        high = fmax(high, fmax(value(c, r, 1), value(c, r, c->upper)));
    }
    double step = nice_step(high - low > 0 ? high - low : 1);
    c->least = floor(low / step) * step;
    c->most = ceil(high / step) * step;
    if (c->most <= c->least)
        c->most = c->least + step;
}

static double x_of(const struct chart *c, size_t row)
{
    return c->n < 2 ? (LEFT + RIGHT) / 2.0
                    : LEFT + (RIGHT - LEFT) * (double)row / (double)(c->n - 1);
}

static double y_of(const struct chart *c, double v)
{
    return BOTTOM - (BOTTOM - TOP) * (v - c->least) / (c->most - c->least);
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
    size_t every = (c->n + 9) / 10;
    for (size_t r = 0; r < c->n; r += every) {
        struct buf text = {0};
        table_show(c->t, r, 0, &text);
        bool last = c->n > 1 && r == c->n - 1; /* would leave the picture */
        label(c->h, x_of(c, r), BOTTOM + 22, last ? "end" : "middle", buf_text(&text));
        buf_free(&text);
    }
}

/* One <polyline> a stretch without gaps. */
static void polyline(const struct chart *c, int column, const char *class_)
{
    struct buf points = {0};
    for (size_t r = 0; column >= 0 && r <= c->n; r++) {
        double v = r < c->n ? value(c, r, column) : NAN;
        if (!isnan(v)) {
            buf_format(&points, "%s%.1f,%.1f", points.n ? " " : "", x_of(c, r), y_of(c, v));
            continue;
        }
        if (points.n) {
            html_open(c->h, "polyline");
            html_attr(c->h, "class", class_);
            html_attr(c->h, "points", buf_text(&points));
            html_close(c->h, "polyline");
        }
        buf_clear(&points);
    }
    buf_free(&points);
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
    html_attr(c->h, "class", "point");
    number(c->h, "cx", x);
    number(c->h, "cy", y);
    html_attr_integer(c->h, "r", 4);
    html_close(c->h, "circle");
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
        buf_format(&text, "%zu %s", out, html_word(c->h, "outside the limits."));
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
    html_attr(h, "viewBox", arena_format(c->d->arena, "0 0 %d %d", WIDTH, HEIGHT));
    html_attr(h, "role", "img");
    html_attr(h, "aria-labelledby", arena_format(c->d->arena, "%s %s", title, desc));
    named(h, "title", title, table_title(c->t));
    named(h, "desc", desc, says);
    grid(c);
    labels(c);
    polyline(c, c->lower, "limit");
    polyline(c, c->upper, "limit");
    polyline(c, c->mean, "mean");
    polyline(c, 1, "line");
    for (size_t r = 0; r < c->n; r++)
        if (!isnan(value(c, r, 1)))
            point(c, r);
    html_close(h, "svg");
}

static void figure(struct chart *c)
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
    html_close(h, "figure");
}

void block_chart(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_item(d, u, 0, VIEW_TABLE);
    if (!item)
        return;
    const struct table *t = item->table;
    if (!t || table_rows(t) == 0) {
        block_empty(d, u);
        return;
    }
    if (table_columns(t) < 2 || table_column(t, 1)->type == TABLE_TEXT) {
        block_fault(d, u->line, "The table \"%s\" has no numbers in its second column.",
                    item->name);
        return;
    }
    struct chart c = {.d = d,
                      .h = d->html,
                      .t = t,
                      .n = table_rows(t),
                      .lower = column_of(t, "lower"),
                      .mean = column_of(t, "mean"),
                      .upper = column_of(t, "upper")};
    scale(&c);
    figure(&c);
}
