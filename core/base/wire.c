#include "base/wire.h"

#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "wire writes the machine's own byte order and promises little-endian"
#endif

void wire_put_u8(struct buf *b, uint8_t v)
{
    buf_add(b, &v, sizeof v);
}

void wire_put_u32(struct buf *b, uint32_t v)
{
    buf_add(b, &v, sizeof v);
}

void wire_put_i64(struct buf *b, int64_t v)
{
    buf_add(b, &v, sizeof v);
}

void wire_put_f64(struct buf *b, double v)
{
    buf_add(b, &v, sizeof v);
}

void wire_put_text(struct buf *b, struct slice s)
{
    wire_put_u32(b, (uint32_t)s.n);
    buf_slice(b, s);
}

/* Inline, so that a value of known size is one load. */
static inline __attribute__((always_inline)) void take(struct wire *w, void *to, size_t n)
{
    if (w->bad || w->rest.n < n) {
        w->bad = true;
        memset(to, 0, n);
        return;
    }
    memcpy(to, w->rest.p, n);
    w->rest.p += n, w->rest.n -= n;
}

uint8_t wire_get_u8(struct wire *w)
{
    uint8_t v;
    take(w, &v, sizeof v);
    return v;
}

uint32_t wire_get_u32(struct wire *w)
{
    uint32_t v;
    take(w, &v, sizeof v);
    return v;
}

int64_t wire_get_i64(struct wire *w)
{
    int64_t v;
    take(w, &v, sizeof v);
    return v;
}

double wire_get_f64(struct wire *w)
{
    double v;
    take(w, &v, sizeof v);
    return v;
}

struct slice wire_get_text(struct wire *w)
{
    uint32_t n = wire_get_u32(w);
    if (w->bad || w->rest.n < n) {
        w->bad = true;
        return (struct slice){"", 0};
    }
    struct slice s = {w->rest.p, n};
    w->rest.p += n, w->rest.n -= n;
    return s;
}

uint32_t wire_get_count(struct wire *w, size_t least)
{
    uint32_t n = wire_get_u32(w);
    if (!w->bad && n > w->rest.n / least)
        w->bad = true;
    return w->bad ? 0 : n;
}

bool wire_done(const struct wire *w)
{
    return !w->bad && w->rest.n == 0;
}
