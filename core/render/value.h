/* value: {{name}} in a page's text. A value is never looked at again: what stands inside it, braces
 * included, is text. */
#ifndef RENDER_VALUE_H
#define RENDER_VALUE_H

#include "render/view.h"

/* `text` with every {{name}} replaced, in `a`. For an `address` each value becomes one encoded
 * piece, but for a text that is one value and nothing else. A name that is not there leaves a
 * visible mark and fills `e`. */
const char *value_expand(const struct page_view *v, struct arena *a, struct slice text,
                         bool address, struct err *e);

/* Are all {{ }} whole and their names well-formed? */
bool value_check(struct slice text, struct err *e);

#endif
