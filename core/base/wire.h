/* wire: packed values, for what two processes say to each other and for blobs in the store.
 *
 * Little-endian, no alignment. Reading is for hostile bytes: past the end, or where a length lies,
 * the reader goes bad and stays bad; every further read gives 0 or an empty slice. Check `bad` once
 * at the end.
 */
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include "base/buf.h"
#include "base/slice.h"

void wire_put_u8(struct buf *b, uint8_t v);
void wire_put_u32(struct buf *b, uint32_t v);
void wire_put_i64(struct buf *b, int64_t v);
void wire_put_f64(struct buf *b, double v);
void wire_put_text(struct buf *b, struct slice s); /* length (u32), then the bytes */

struct wire {
    struct slice rest;
    bool bad;
};

uint8_t wire_get_u8(struct wire *w);
uint32_t wire_get_u32(struct wire *w);
int64_t wire_get_i64(struct wire *w);
double wire_get_f64(struct wire *w);
struct slice wire_get_text(struct wire *w); /* borrowed from the bytes being read */

/* A count of items of at least `least` bytes each: bad where the bytes left could not hold them, so
 * that nobody allocates from a lie. */
uint32_t wire_get_count(struct wire *w, size_t least);

/* Nothing bad, nothing left over. */
bool wire_done(const struct wire *w);

#endif
