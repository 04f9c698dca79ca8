/* page: a Markdown page and what it is about become HTML.
 *
 * A page file is Markdown. Two additions are placed in cmark's tree after parsing, so that a value
 * can never become markup:
 *     {{name}}            a value, placed as text (also inside link addresses and titles:
 * [x](/calls/{{call.id}}))
 *     ```block argument   a fenced block, drawn by the function registered for that word
 * Raw HTML in a page is dropped. Everything is drawn through struct html, which can only write
 * escaped text.
 */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/call.h"
#include "model/form.h"
#include "model/sheet.h"
#include "model/table.h"

/* What a page may show, by name. Lives in an arena; keeps what it is given by reference. */
struct page_view;
struct page_view *page_view_new(struct arena *a);
void page_put_text(struct page_view *v, const char *name, const char *text);
void page_put_markdown(struct page_view *v, const char *name,
                       const char *text); /* written by a person; for the `markdown` block */
void page_put_table(struct page_view *v, const char *name, const struct table *t);
void page_put_call(struct page_view *v, const char *name, const struct call *c);
/* `form` is what the sheet answers. */
void page_put_sheet(struct page_view *v, const char *name, const struct form *f,
                    const struct sheet *s);
const char *page_text(const struct page_view *v, const char *name); /* NULL: not there */
const struct table *page_table(const struct page_view *v, const char *name);

/* A form that a person fills in: fields as a const table, plus what was posted and what was wrong
 * with it. */
enum page_field_kind {
    PAGE_TEXT,
    PAGE_PASSWORD,
    PAGE_LONG_TEXT,
    PAGE_CHOICE,
    PAGE_CHECK,
    PAGE_HIDDEN,
    PAGE_SEARCH,
    PAGE_DATE
};
struct page_option {
    const char *value, *label;
};
struct page_field {
    const char *name, *label, *hint;
    enum page_field_kind kind;
    bool required;
    size_t most;                       /* bytes */
    const struct page_option *options; /* ends with {NULL}; for PAGE_CHOICE */
};
struct page_form {
    const char *action, *method;     /* "get" or "post" */
    const char *submit;              /* label of the button */
    const struct page_field *fields; /* ends with {NULL} */
    const char *const *values;       /* one a field, NULL: empty */
    const char *const *errors;       /* one a field, NULL: fine; or NULL for none at all */
    const char *token;               /* form token, NULL for "get" */
};
void page_put_form(struct page_view *v, const char *name, const struct page_form *f);

/* The frame around a page. */
struct page_frame {
    const char *title, *language, *csp_nonce;
    const char *user, *role; /* "" where nobody is signed in */
    const char *token;       /* form token of the session */
    const char *status;      /* one sentence for role=status after an action, "" where none */
    const char *current;     /* path prefix of the current area, for the navigation */
    const struct page_option *navigation; /* value = address, label = text; ends with {NULL} */
    bool error;                           /* the title gets "Error: " in front */
};

/* Renders the page `markdown` (a whole file) for `v` into `out` as a whole HTML document. A block
 * that does not exist, or whose value is missing, is drawn as a visible message and reported in
 * `e`, while the rest of the page still stands (returns false then). */
bool page_render(struct slice markdown, const struct page_view *v, const struct page_frame *frame,
                 struct buf *out, struct err *e);

/* Checks a page file without values: unknown blocks and broken {{. Names line and remedy. */
bool page_check(struct slice markdown, struct err *e);

/* The blocks there are, for the manual: ends with a row whose name is NULL. */
struct page_block_doc {
    const char *name, *usage, *doc;
};
const struct page_block_doc *page_blocks(void);

#endif
