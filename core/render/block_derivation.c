#include "render/block.h"

#include <string.h>

/* The columns that hold amounts, right-aligned. */
static bool is_amount(const struct table_column *c)
{
    static const char *const names[] = {"earned", "max", "weight", "contribution", NULL};
    for (const char *const *n = names; *n; n++)
        if (strcmp(*n, c->name) == 0)
            return true;
    return c->type != TABLE_TEXT;
}

static bool has(const struct table *t, size_t row, const char *name)
{
    int column = table_find(t, 0, name);
    return column >= 0 && table_cell(t, row, (size_t)column)->known;
}

/* A question has an answer; sections, sums and the result have none. */
static const char *class_of(const struct table *t, size_t row)
{
    if (!has(t, row, "answer"))
        return "sum";
    return has(t, row, "contribution") || has(t, row, "earned") ? NULL : "out";
}

static void cell(struct draw *d, const struct table *t, size_t row, size_t column)
{
    struct buf text = {0};
    html_open(d->html, column == 0 ? "th" : "td");
    if (column == 0)
        html_attr(d->html, "scope", "row");
    html_attr(d->html, "class", is_amount(table_column(t, column)) ? "n" : NULL);
    table_show(t, row, column, &text);
    html_slice(d->html, buf_all(&text));
    html_close(d->html, column == 0 ? "th" : "td");
    buf_free(&text);
}

static void heads(struct html *h, const struct table *t)
{
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t c = 0; c < table_columns(t); c++) {
        html_open(h, "th");
        html_attr(h, "scope", "col");
        html_attr(h, "class", is_amount(table_column(t, c)) ? "n" : NULL);
        html_say(h, table_column(t, c)->title);
        html_close(h, "th");
    }
    html_close(h, "tr");
    html_close(h, "thead");
}

void block_derivation(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_TABLE);
    if (!item)
        return;
    const struct table *t = item->table;
    struct html *h = d->html;
    html_open(h, "details");
    html_attr(h, "class", "derivation");
    html_flag(h, "open", true);
    html_leaf(h, "summary", NULL, table_title(t));
    html_open(h, "table");
    html_attr(h, "class", "derivation num");
    html_leaf(h, "caption", "sr", table_title(t));
    heads(h, t);
    html_open(h, "tbody");
    for (size_t r = 0; r < table_rows(t); r++) {
        html_open(h, "tr");
        html_attr(h, "class", class_of(t, r));
        for (size_t c = 0; c < table_columns(t); c++)
            cell(d, t, r, c);
        html_close(h, "tr");
    }
    html_close(h, "tbody");
    html_close(h, "table");
    html_close(h, "details");
}
