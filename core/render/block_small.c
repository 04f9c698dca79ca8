/* Blocks of a few lines: links, the way here, a person's words, panes, a text as it stands. */
#include "render/block.h"
#include "render/markdown.h"

#include <stdio.h>
#include <string.h>

void block_links(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_LINKS);
    if (!item)
        return;
    html_open(d->html, "p");
    html_attr(d->html, "class", "actions");
    for (const struct page_option *l = item->links; l->value; l++) {
        html_open(d->html, "a");
        html_attr(d->html, "class", "button");
        html_url(d->html, "href", l->value);
        html_text(d->html, l->label);
        html_close(d->html, "a");
        html_text(d->html, " ");
    }
    html_close(d->html, "p");
}

void block_crumbs(struct draw *d, const struct block_use *u)
{
    struct html *h = d->html;
    html_open(h, "nav");
    html_attr(h, "class", "crumbs");
    html_attr(h, "aria-label", html_word(h, "Breadcrumb"));
    html_open(h, "ol");
    int line = u->line;
    for (struct slice rest = slice_trim(u->body), step; slice_line(&rest, &step);) {
        html_open(h, "li");
        if (rest.n == 0)
            html_attr(h, "aria-current", "page");
        markdown_draw(d, step, MARKDOWN_INLINE, ++line);
        html_close(h, "li");
    }
    html_close(h, "ol");
    html_close(h, "nav");
}

void block_markdown(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_MARKDOWN);
    if (!item)
        return;
    html_open(d->html, "div");
    html_attr(d->html, "class", "prose");
    html_attr(d->html, "dir", "auto");
    markdown_draw_person(d->html, slice_of(item->text));
    html_close(d->html, "div");
}

void block_panes(struct draw *d, const struct block_use *u)
{
    markdown_draw_panes(d, u->body, u->line + 1);
}

static int count_lines(const char *text)
{
    int n = 0;
    struct slice line;
    for (struct slice rest = slice_of(text); slice_line(&rest, &line);)
        n++;
    return n;
}

static void numbered(struct html *h, const char *text)
{
    html_open(h, "pre");
    html_attr(h, "class", "source");
    html_attr_integer(h, "tabindex", 0);
    html_attr(h, "role", "region");
    html_attr(h, "aria-label", html_word(h, "Source"));
    html_open(h, "code");
    int n = 0;
    char id[24];
    for (struct slice rest = slice_of(text), line; slice_line(&rest, &line);) {
        snprintf(id, sizeof id, "L%d", ++n);
        html_open(h, "span");
        html_attr(h, "id", id);
        html_attr(h, "class", "line");
        html_slice(h, line);
        html_close(h, "span");
        html_text(h, "\n");
    }
    html_close(h, "code");
    html_close(h, "pre");
}

void block_source(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_item(d, u, 0, VIEW_TEXT);
    const struct view_item *how = u->n_arguments > 1 ? block_item(d, u, 1, VIEW_TEXT) : NULL;
    struct html *h = d->html;
    if (!item || (u->n_arguments > 1 && !how))
        return;
    if (!how) {
        numbered(h, item->text);
        return;
    }
    html_open(h, "details");
    html_flag(h, "open", strcmp(how->text, "open") == 0);
    html_leaf(h, "summary", NULL,
              arena_format(d->arena, "%d %s", count_lines(item->text), html_word(h, "lines")));
    numbered(h, item->text);
    html_close(h, "details");
}
