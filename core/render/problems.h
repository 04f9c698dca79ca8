/* problems: what is wrong with a form, in GOV.UK's pattern: a summary on top whose lines lead to
 * the fields, and the same words beside each field. */
#ifndef RENDER_PROBLEMS_H
#define RENDER_PROBLEMS_H

#include "render/html.h"

struct problems { /* starts with .html alone */
    struct html *html;
    bool begun;
};

/* A line of the summary; NULL text: nothing. `id` of the field, NULL: of the form as a whole. */
void problems_add(struct problems *p, const char *id, const char *text);
void problems_end(struct problems *p);

/* The words beside the field; NULL text: nothing. */
void problems_inline(struct html *h, const char *id, const char *text);

#endif
