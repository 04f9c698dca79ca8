/* mail_parts: headers and encodings of a mail. */
#ifndef INGEST_MAIL_PARTS_H
#define INGEST_MAIL_PARTS_H

#include "base/arena.h"
#include "base/slice.h"

enum { MAIL_HEADERS_MOST = 300 };

struct mail_header {
    struct slice name;
    const char *value; /* unfolded, trimmed, still encoded */
};

struct mail_headers {
    struct mail_header items[MAIL_HEADERS_MOST];
    size_t n;
};

/* Reads the headers off the front of `*rest`, with the blank line behind them. */
void mail_parts_headers(struct slice *rest, struct arena *a, struct mail_headers *out);
/* "" where there is none. */
const char *mail_parts_header(const struct mail_headers *h, const char *name);
/* The parameter of a header ("boundary" of multipart/mixed; boundary="x"), "" where there is none.
 */
const char *mail_parts_parameter(const char *value, const char *name, struct arena *a);
/* "text/plain" of "Text/Plain; charset=x": up to the semicolon, in lower case. */
const char *mail_parts_value(const char *value, struct arena *a);

/* =?utf-8?q?...?= and ?b? become UTF-8. */
const char *mail_parts_words(const char *value, struct arena *a);

/* A body as it was before its Content-Transfer-Encoding. */
struct slice mail_parts_body(const char *encoding, struct slice body, struct arena *a);

#endif
