/* markdown: walks cmark's tree and draws it through struct html. The only user of cmark.
 *
 * A page's own Markdown may hold values and blocks, and raw HTML in it is dropped. What people
 * wrote may not, and raw HTML in it is shown as the text it is (security: W14).
 */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "render/block.h"

enum {
    MARKDOWN_DEPTH = 50,          /* elements inside elements */
    MARKDOWN_PERSON_MOST = 32768, /* bytes of what a person wrote; longer is shown as plain text */
    MARKDOWN_PAGE_MOST = 256 * 1024 /* bytes of a page file */
};

enum markdown_manner {
    MARKDOWN_PAGE,
    MARKDOWN_EMPTY, /* a block's body: paragraphs get the class "empty" */
    MARKDOWN_INLINE /* without the paragraph around it */
};

/* Page Markdown, with values and blocks. `line` is that of its first line in the file. */
void markdown_draw(struct draw *d, struct slice text, enum markdown_manner manner, int line);

/* Page Markdown whose parts between thematic breaks stand side by side. */
void markdown_draw_panes(struct draw *d, struct slice text, int line);

/* What a person wrote: links go out with rel, images only from this site, headings below the page's
 * own; too long or too deep: plain text. */
void markdown_draw_person(struct html *h, struct slice text);

/* The words of the first paragraph, without marks, in `a`; "" where there is none. */
const char *markdown_words(struct arena *a, struct slice text);

/* Page Markdown without values: unknown blocks, broken {{, too deep, too long. */
bool markdown_check(struct slice text, int line, struct err *e);

#endif
