/* html: a writer that can only write well-formed, escaped HTML.
 *
 * There is no way to write raw markup. Element and attribute names are constants of ours: an
 * unknown one, or a close that does not fit, is our own mistake and aborts. Text from anywhere goes
 * through html_text, html_attr or html_url, one escape for each context: text       & < > " '
 * escaped; malformed UTF-8 becomes U+FFFD; control characters but newline and tab are dropped;
 * direction overrides are shown as visible marks attribute  the same, but direction marks are kept:
 * a person may go on editing the value address    http, https, mailto or relative to this site,
 * else the attribute is left out; whatever may not stand in an address is percent-encoded data JSON
 * for scripts, with < > & as \u escapes
 */
#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include "base/buf.h"
#include "base/slice.h"

enum { HTML_DEPTH = 192 };

struct html {
    struct buf *out;
    const char *language;         /* of the words of our own: see html_word */
    const char *open[HTML_DEPTH]; /* elements not yet closed, outermost first */
    size_t depth;
    bool in_tag;   /* between "<p" and ">" */
    unsigned made; /* ids made so far, see html_make_id */
};

void html_init(struct html *h, struct buf *out, const char *language);

void html_open(struct html *h, const char *element);
void html_close(struct html *h, const char *element); /* names what it closes; void elements too */

/* These belong directly after html_open. A NULL value writes nothing. */
void html_attr(struct html *h, const char *name, const char *value);
void html_attr_slice(struct html *h, const char *name, struct slice value);
void html_attr_integer(struct html *h, const char *name, int64_t value);
void html_attr_seconds(struct html *h, const char *name, int64_t ms); /* "95.24" */
void html_flag(struct html *h, const char *name, bool on);
/* For href, src, action and data-* that hold an address. */
void html_url(struct html *h, const char *name, const char *address);

void html_text(struct html *h, const char *text); /* NULL: nothing */
void html_slice(struct html *h, struct slice text);
void html_typed(struct html *h, const char *text); /* inside <textarea>: nothing shown otherwise */

/* <element class="...">text</element>; class_ NULL: none. */
void html_leaf(struct html *h, const char *element, const char *class_, const char *text);

/* <script type="application/json" id="...">; `json` is whole JSON. */
void html_data(struct html *h, const char *id, struct slice json);

/* <!doctype html>, once, in front of everything. */
void html_doctype(struct html *h);

/* Adds what another writer has written; all its elements must be closed. */
void html_take(struct html *h, const struct html *from);

/* Words of our own are English in the source and looked up here for the page's language. */
const char *html_word(const struct html *h, const char *english);
void html_say(struct html *h, const char *english); /* html_text of html_word */

/* A number that no other call gives, for ids that belong together on one page. */
unsigned html_make_id(struct html *h);

/* May this stand in href? Absolute http, https and mailto; relative without a host. */
bool html_address_is_safe(struct slice address);

/* Adds `value` so that it is one piece of a path or query: everything but letters, digits and -._~
 * is encoded. */
void html_encode_piece(struct buf *out, struct slice value);

/* "9:39", "1:02:03": how a place in a call reads. */
enum { HTML_TIME = 32 };
const char *html_print_time(int64_t ms, char out[HTML_TIME]);
const char *html_print_seconds(int64_t ms, char out[HTML_TIME]); /* "95.24" */

#endif
