/* base64: bytes as letters, the form for URLs without padding, as JOSE and vCon write it. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/arena.h"
#include "base/buf.h"

void base64_write(struct slice bytes, struct buf *out);

/* Reads both alphabets (- and + , _ and /), with padding or without, and passes over white space.
 * False where anything else stands in it. */
bool base64_read(struct slice text, struct arena *a, struct slice *out);

#endif
