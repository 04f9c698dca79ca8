/* utf8: reading and cleaning text that came from outside. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"
#include "base/slice.h"

/* True if and only if `s` is well-formed UTF-8 (no overlong forms, no surrogates) and holds no NUL.
 */
bool utf8_valid(struct slice s);

/* The character at the front of `*rest`, which moves past it. A malformed byte gives U+FFFD and
 * moves one byte. Never call with an empty slice. */
uint32_t utf8_next(struct slice *rest);

void utf8_put(struct buf *out, uint32_t character);

/* Adds `s` fit to be kept: malformed bytes become U+FFFD, CR LF and CR become LF, control
 * characters except newline and tab are dropped, and so is a byte order mark at the front. */
void utf8_clean(struct buf *out, struct slice s);

size_t utf8_count(struct slice s); /* characters, malformed bytes counting one each */

/* The longest front of `s` of at most `bytes` bytes that ends with a whole character. */
struct slice utf8_front(struct slice s, size_t bytes);

#endif
