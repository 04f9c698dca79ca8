/* buf: bytes that grow. Always NUL-terminated past its end, so p can be read as text (but for an
 * empty, never used buf, whose p is NULL: use buf_text). Running out of memory ends the program. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/slice.h"

struct buf {
    char *p;
    size_t n, room;
}; /* starts as {0} */

void buf_free(struct buf *b);  /* and makes it empty again */
void buf_clear(struct buf *b); /* keeps the memory */
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_slice(struct buf *b, struct slice s);
void buf_str(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
void buf_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *buf_grow(struct buf *b, size_t n);   /* n fresh bytes at the end, for the caller to fill */
const char *buf_text(const struct buf *b); /* never NULL */
struct slice buf_all(const struct buf *b);

#endif
