/* charset: text in other encodings, made UTF-8. */
#ifndef INGEST_CHARSET_H
#define INGEST_CHARSET_H

#include "base/arena.h"

/* Is this UTF-16 with its mark? The mark alone proves nothing (headerless mu-law often begins so):
 * the second character must be one below U+0100. */
bool charset_is_utf16(struct slice bytes);

/* Without its mark, as UTF-8: UTF-16 is decoded, what has no mark or UTF-8's is given back as it
 * is. */
struct slice charset_unmark(struct slice bytes, struct arena *a);

/* `bytes` in the charset of this name, as UTF-8; what is malformed becomes U+FFFD. False for a
 * charset that is not read here. */
bool charset_decode(const char *name, struct slice bytes, struct arena *a, struct slice *out);

#endif
