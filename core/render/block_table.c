#define _GNU_SOURCE /* memmem */
#include "render/block.h"
#include "render/markdown.h"

#include <string.h>

static bool is_number(enum table_type type)
{
    return type != TABLE_TEXT && type != TABLE_TIME;
}

/* Adds "name=value" to an address. */
static const char *with(struct draw *d, const char *address, const char *name, const char *value)
{
    return arena_format(d->arena, "%s%c%s=%s", address, strchr(address, '?') ? '&' : '?', name,
                        value);
}

static bool is_sortable(const struct page_list *l, const char *column)
{
    for (const char *const *s = l && l->address ? l->sortable : NULL; s && *s; s++)
        if (strcmp(*s, column) == 0)
            return true;
    return false;
}

static void heading(struct draw *d, const struct table_column *c, const struct page_list *l)
{
    struct html *h = d->html;
    bool sortable = is_sortable(l, c->name);
    const char *sort = sortable && l->sort ? l->sort : "";
    bool down = *sort == '-', by_this = strcmp(sort + (down ? 1 : 0), c->name) == 0;
    html_open(h, "th");
    html_attr(h, "scope", "col");
    html_attr(h, "class", is_number(c->type) ? "n" : NULL);
    if (by_this)
        html_attr(h, "aria-sort", down ? "descending" : "ascending");
    if (sortable) {
        const char *next = by_this && !down ? arena_format(d->arena, "-%s", c->name) : c->name;
        html_open(h, "a");
        html_url(h, "href", with(d, l->address, "sort", next));
    }
    html_text(h, c->title);
    if (sortable)
        html_close(h, "a");
    html_close(h, "th");
}

/* Text with PAGE_MARK_ON .. PAGE_MARK_OFF. */
static void marked(struct html *h, struct slice text)
{
    while (text.n) {
        const char *on = memchr(text.p, PAGE_MARK_ON[0], text.n);
        const char *off = on ? memchr(on, PAGE_MARK_OFF[0], text.n - (size_t)(on - text.p)) : NULL;
        if (!off)
            break;
        html_slice(h, (struct slice){text.p, (size_t)(on - text.p)});
        html_open(h, "mark");
        html_slice(h, (struct slice){on + 1, (size_t)(off - on) - 1});
        html_close(h, "mark");
        text.n -= (size_t)(off + 1 - text.p);
        text.p = off + 1;
    }
    html_slice(h, text);
}

static void cell_text(struct draw *d, const struct table *t, size_t row, size_t column)
{
    struct buf text = {0};
    table_show(t, row, column, &text);
    marked(d->html, buf_all(&text));
    buf_free(&text);
}

static void cell_inside(struct draw *d, const struct table *t, size_t row, size_t column)
{
    const char *link = table_cell(t, row, column)->link;
    if (link) {
        html_open(d->html, "a");
        html_url(d->html, "href", link);
    }
    cell_text(d, t, row, column);
    if (link)
        html_close(d->html, "a");
}

static void cell(struct draw *d, const struct table *t, size_t row, size_t column)
{
    const struct table_cell *c = table_cell(t, row, column);
    bool found = c->known && c->text && strchr(c->text, PAGE_MARK_ON[0]);
    bool head = column == 0 && c->known;
    const char *class_ = is_number(table_column(t, column)->type) ? "n" : found ? "snip" : NULL;
    html_open(d->html, head ? "th" : "td");
    html_attr(d->html, "class", class_);
    if (head)
        html_attr(d->html, "scope", "row");
    cell_inside(d, t, row, column);
    html_close(d->html, head ? "th" : "td");
}

static void head(struct draw *d, const struct table *t, const struct page_list *list)
{
    struct html *h = d->html;
    html_open(h, "thead");
    html_open(h, "tr");
    for (size_t c = 0; c < table_columns(t); c++)
        heading(d, table_column(t, c), list);
    html_close(h, "tr");
    html_close(h, "thead");
}

void block_data_table(struct draw *d, const struct table *t, const struct page_list *list)
{
    struct html *h = d->html;
    bool titled = *table_title(t) != '\0'; /* else the heading above says it */
    html_open(h, "div");
    html_attr(h, "class", "table");
    html_attr_integer(h, "tabindex", 0);
    html_attr(h, "role", titled ? "region" : NULL);
    html_attr(h, "aria-label", titled ? table_title(t) : NULL);
    html_open(h, "table");
    if (titled)
        html_leaf(h, "caption", NULL, table_title(t));
    head(d, t, list);
    html_open(h, "tbody");
    for (size_t r = 0; r < table_rows(t); r++) {
        html_open(h, "tr");
        for (size_t c = 0; c < table_columns(t); c++)
            cell(d, t, r, c);
        html_close(h, "tr");
    }
    html_close(h, "tbody");
    html_close(h, "table");
    html_close(h, "div");
}

static void beside(struct html *h, const char *rel, const char *address, const char *label)
{
    if (!address)
        return;
    html_open(h, "a");
    html_attr(h, "rel", rel);
    html_url(h, "href", address);
    html_say(h, label);
    html_close(h, "a");
    html_text(h, " ");
}

static void pages(struct html *h, const struct page_list *l)
{
    if (!l || (!l->previous && !l->next && !l->note))
        return;
    html_open(h, "nav");
    html_attr(h, "class", "pages");
    html_attr(h, "aria-label", html_word(h, "Pages"));
    beside(h, "prev", l->previous, "Previous");
    if (l->note)
        html_leaf(h, "span", NULL, l->note);
    html_text(h, " ");
    beside(h, "next", l->next, "Next");
    html_close(h, "nav");
}

static void taken_away(struct draw *d, const char *address, const char *name, const char *kind,
                       const char *label)
{
    const char *query = strchr(address, '?');
    size_t path = query ? (size_t)(query - address) : strlen(address);
    const char *as =
        arena_format(d->arena, "%.*s.%s%s", (int)path, address, kind, query ? query : "");
    html_open(d->html, "a");
    html_url(d->html, "href", with(d, as, "table", name));
    html_text(d->html, label);
    html_close(d->html, "a");
}

void block_exports(struct draw *d, const struct view_item *item)
{
    const struct page_list *l = item->list;
    const char *name = item->name;
    if (!l || !l->address)
        return;
    html_open(d->html, "p");
    html_attr(d->html, "class", "exports");
    html_say(d->html, "Also as ");
    taken_away(d, l->address, name, "csv", "CSV");
    html_text(d->html, ", ");
    taken_away(d, l->address, name, "json", "JSON");
    html_close(d->html, "p");
}

void block_table(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_TABLE);
    if (!item)
        return;
    block_data_table(d, item->table, item->list);
    pages(d->html, item->list);
    block_exports(d, item);
}

static void facts(struct draw *d, const struct table *t, size_t row)
{
    struct html *h = d->html;
    html_open(h, "dl");
    html_attr(h, "class", "facts");
    for (size_t c = 2; c < table_columns(t); c++) {
        const struct table_cell *cell = table_cell(t, row, c);
        if (!cell->known || (cell->text && !*cell->text))
            continue;
        html_open(h, "div");
        html_leaf(h, "dt", NULL, table_column(t, c)->title);
        html_open(h, "dd");
        cell_inside(d, t, row, c);
        html_close(h, "dd");
        html_close(h, "div");
    }
    html_close(h, "dl");
}

static void one_card(struct draw *d, const struct table *t, size_t row)
{
    struct html *h = d->html;
    html_open(h, "li");
    html_open(h, "h2");
    cell_inside(d, t, row, 0);
    html_close(h, "h2");
    if (table_columns(t) > 1 && table_cell(t, row, 1)->known) {
        const char *text = table_cell(t, row, 1)->text;
        html_open(h, "p");
        html_attr(h, "dir", "auto");
        html_text(h, text ? markdown_words(d->arena, slice_of(text)) : "");
        html_close(h, "p");
    }
    if (table_columns(t) > 2)
        facts(d, t, row);
    html_close(h, "li");
}

void block_cards(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_TABLE);
    if (!item)
        return;
    html_open(d->html, "ul");
    html_attr(d->html, "class", "cards");
    for (size_t r = 0; r < table_rows(item->table); r++)
        one_card(d, item->table, r);
    html_close(d->html, "ul");
    pages(d->html, item->list);
    block_exports(d, item);
}

void block_numbers(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_TABLE);
    struct html *h = d->html;
    if (!item)
        return;
    const struct table *t = item->table;
    if (table_columns(t) < 2) {
        block_empty(d, u);
        return;
    }
    html_open(h, "dl");
    html_attr(h, "class", "numbers");
    for (size_t r = 0; r < table_rows(t); r++) {
        html_open(h, "div");
        html_open(h, "dt");
        cell_inside(d, t, r, 0);
        html_close(h, "dt");
        html_open(h, "dd");
        cell_inside(d, t, r, 1);
        html_close(h, "dd");
        html_close(h, "div");
    }
    html_close(h, "dl");
}
