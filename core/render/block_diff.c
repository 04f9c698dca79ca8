#include "render/block.h"

#include <string.h>

/* What was removed stands left of what came in its place. What stayed stands on both sides, the
 * right copy for the eye only. Narrow, everything is one column: the usual unified diff. */

enum { WAS, IS, TEXT, MARK };

struct side {
    const struct draw *d;
    const struct table *t;
    enum { LEFT = WAS, RIGHT = IS } at;
};

static bool is_mark(const struct table *t, size_t row, const char *mark)
{
    const struct table_cell *cell = table_cell(t, row, MARK);
    return cell->known && strcmp(cell->text, mark) == 0;
}

static size_t end_of(const struct table *t, size_t row, const char *mark)
{
    while (row < table_rows(t) && is_mark(t, row, mark))
        row++;
    return row;
}

static void one_line(const struct side *s, size_t row)
{
    struct html *h = s->d->html;
    const struct table_cell *text = table_cell(s->t, row, TEXT);
    html_open(h, "span");
    html_attr(h, "class", "line");
    html_attr(h, "data-line",
              arena_format(s->d->arena, "%.0f", table_cell(s->t, row, (size_t)s->at)->number));
    html_text(h, text->known ? text->text : "");
    html_close(h, "span");
}

/* `says` NULL: these lines stayed. */
static void lines(const struct side *s, const char *element, const char *says, size_t from,
                  size_t to, bool seen_only)
{
    struct html *h = s->d->html;
    html_open(h, "pre");
    html_attr(h, "class", s->at == LEFT ? "was" : "is");
    html_attr(h, "aria-hidden", seen_only ? "true" : NULL);
    if (says && from < to) {
        html_open(h, "b");
        html_say(h, says);
        html_close(h, "b");
    }
    if (from < to) {
        html_open(h, element);
        for (size_t row = from; row < to; row++)
            one_line(s, row);
        html_close(h, element);
    }
    html_close(h, "pre");
}

/* Between two stretches lines are left out. */
static void gap(struct draw *d, const struct table *t, size_t row)
{
    const struct table_cell *text = table_cell(t, row, TEXT);
    html_leaf(d->html, "p", "gap", text->known ? text->text : "");
}

static size_t stretch(struct draw *d, const struct table *t, size_t row)
{
    struct side left = {d, t, LEFT}, right = {d, t, RIGHT};
    size_t same = end_of(t, row, "same");
    html_open(d->html, "div");
    if (same > row) {
        html_attr(d->html, "class", "same");
        lines(&left, "code", NULL, row, same, false);
        lines(&right, "code", NULL, row, same, true);
        html_close(d->html, "div");
        return same;
    }
    size_t removed = end_of(t, row, "removed"), added = end_of(t, removed, "added");
    html_attr(d->html, "class", "changed");
    lines(&left, "del", "Removed", row, removed, false);
    lines(&right, "ins", "Added", removed, added, false);
    html_close(d->html, "div");
    return added;
}

void block_diff(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_TABLE);
    if (!item)
        return;
    const struct table *t = item->table;
    html_open(d->html, "div");
    html_attr(d->html, "class", "diff");
    html_attr(d->html, "role", "region");
    html_attr(d->html, "aria-label", table_title(t));
    html_attr_integer(d->html, "tabindex", 0);
    for (size_t row = 0; row < table_rows(t);) {
        size_t next = is_mark(t, row, "gap") ? row : stretch(d, t, row);
        if (next == row)
            gap(d, t, next++);
        row = next;
    }
    html_close(d->html, "div");
}
