/* view: the things a page may show, found by name. The inside of page.h's struct page_view, for the
 * blocks. */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "render/page.h"

enum view_kind {
    VIEW_TEXT,
    VIEW_MARKDOWN,
    VIEW_CALL,
    VIEW_SHEET,
    VIEW_TABLE,
    VIEW_LINKS,
    VIEW_FORM,
    VIEW_EVALUATION
};

struct view_item {
    const char *name;
    enum view_kind kind;
    const char *text; /* of VIEW_TEXT and VIEW_MARKDOWN */
    const struct call *call;
    int64_t from_ms, to_ms; /* of VIEW_CALL: the stretch, or CALL_UNKNOWN */
    const struct form *form;
    const struct sheet *sheet;
    const struct table *table;
    const struct page_list *list;
    const struct page_option *links;
    const struct page_form *fields;
    const struct page_evaluation *evaluation;
    struct view_item *next;
};

/* NULL where nothing of that name and kind was put. */
const struct view_item *view_find(const struct page_view *v, const char *name, enum view_kind kind);

/* The text that {{name}} stands for: a text put, or a field lent by a call or a sheet. NULL: there
 * is none. May take memory from the view's arena. */
const char *view_value(const struct page_view *v, struct slice name);

struct arena *view_arena(const struct page_view *v);

#endif
