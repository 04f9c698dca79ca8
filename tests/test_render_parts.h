/* What the suites of render share: a view with everything in it, and a judge of HTML. */
#ifndef TESTS_RENDER_PARTS_H
#define TESTS_RENDER_PARTS_H

#include "render/page.h"
#include "support.h"

/* Everything that the product's own pages and tests/pages ask for. With `payload` every text that
 * people or files could bring is `payload`; else it is harmless. */
struct page_view *parts_view(struct arena *a, const char *payload);

/* The same names, and nothing behind any of them. */
struct page_view *parts_empty_view(struct arena *a);

const struct page_frame *parts_frame(void);

/* Renders one Markdown text with the frame; aborts the test where a fault is reported. */
void parts_render(const char *markdown, const struct page_view *v, struct buf *out);

/* The same without the frame: what stands inside <main>, in `a`. */
const char *parts_main(struct arena *a, const char *markdown, const struct page_view *v);

/* "" where the tags balance, every attribute is quoted and known to be harmless, ids are unique,
 * and nothing in it could run; else what is wrong, in `a`. */
const char *parts_fault(struct arena *a, const char *html);

/* A card, a call and a sheet with some of everything in them; `payload` as above. */
enum { PARTS_QUESTIONS = 7 };
const struct form *parts_form(struct arena *a, const char *payload);
const struct call *parts_call(struct arena *a, const char *payload);
const struct sheet *parts_sheet(struct arena *a, enum sheet_author author, const char *payload);

#endif
