/* fields: names and values out of queries, form bodies and cookies.
 *
 * Decodes once. Refuses what could mean two things: NUL, escapes that are none, malformed UTF-8,
 * names or numbers of fields past the limits of request.h. Values of forms and queries come out
 * clean: line ends are LF, other control characters are dropped.
 */
#ifndef SERVE_FIELDS_H
#define SERVE_FIELDS_H

#include "serve/request.h"

/* application/x-www-form-urlencoded text. */
bool fields_read(struct arena *a, struct slice text, struct request_fields *out, struct err *e);

/* A Cookie header, added to `out`. What is no pair is left out; nothing is decoded. */
void fields_read_cookies(struct arena *a, struct slice header, struct request_fields *out);

/* Percent escapes decoded into `a`, NUL-terminated; `plus` makes '+' a blank. */
bool fields_decode(struct arena *a, struct slice text, bool plus, struct slice *out, struct err *e);

/* The other way: everything but unreserved characters and '/' becomes %XX. */
void fields_encode(struct buf *out, struct slice text);

#endif
