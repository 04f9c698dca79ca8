#include "base/utf8.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD, BYTE_ORDER_MARK = 0xFEFF };

/* Most text is, and needs no library. */
static bool is_ascii(char c)
{
    return c != 0 && (unsigned char)c < 0x80;
}

static utf8proc_ssize_t step(struct slice s, utf8proc_int32_t *character)
{
    return utf8proc_iterate((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, character);
}

/* Bytes at the front, eight at a time, that are plain letters: none is NUL or has its high bit. */
static size_t plain_front(struct slice s)
{
    const uint64_t high = 0x8080808080808080u, ones = 0x0101010101010101u;
    size_t n = 0;
    for (uint64_t eight; s.n - n >= sizeof eight; n += sizeof eight) {
        memcpy(&eight, s.p + n, sizeof eight);
        if ((eight | (eight - ones)) & high)
            break;
    }
    return n;
}

bool utf8_valid(struct slice s)
{
    size_t plain = plain_front(s);
    s.p += plain, s.n -= plain;
    while (s.n) {
        if (is_ascii(*s.p)) {
            s.p++, s.n--;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t n = step(s, &c);
        if (n <= 0 || c == 0)
            return false;
        s.p += n, s.n -= (size_t)n;
    }
    return true;
}

uint32_t utf8_next(struct slice *rest)
{
    assert(rest->n);
    if (is_ascii(*rest->p)) {
        rest->n--;
        return (uint32_t)*rest->p++;
    }
    utf8proc_int32_t c;
    utf8proc_ssize_t n = step(*rest, &c);
    if (n <= 0)
        n = 1, c = REPLACEMENT;
    rest->p += n, rest->n -= (size_t)n;
    return (uint32_t)c;
}

void utf8_put(struct buf *out, uint32_t character)
{
    utf8proc_uint8_t bytes[4];
    buf_add(out, bytes, (size_t)utf8proc_encode_char((utf8proc_int32_t)character, bytes));
}

static bool is_kept(uint32_t c)
{
    return c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0));
}

/* Most text is clean as it is. */
static size_t kept_front(struct slice s)
{
    size_t n = 0;
    while (n < s.n && (unsigned char)s.p[n] < 0x7F &&
           ((unsigned char)s.p[n] >= 0x20 || s.p[n] == '\n' || s.p[n] == '\t'))
        n++;
    return n;
}

void utf8_clean(struct buf *out, struct slice s)
{
    size_t start = out->n;
    while (s.n) {
        size_t plain = kept_front(s);
        buf_add(out, s.p, plain);
        s.p += plain, s.n -= plain;
        if (!s.n)
            break;
        uint32_t c = utf8_next(&s);
        if (c == '\r') {
            if (s.n && s.p[0] == '\n')
                s.p++, s.n--;
            c = '\n';
        }
        if (is_kept(c) && !(out->n == start && c == BYTE_ORDER_MARK))
            utf8_put(out, c);
    }
}

size_t utf8_count(struct slice s)
{
    size_t n = 0;
    for (; s.n; n++)
        utf8_next(&s);
    return n;
}

struct slice utf8_front(struct slice s, size_t bytes)
{
    if (s.n <= bytes)
        return s;
    while (bytes && ((unsigned char)s.p[bytes] & 0xC0) == 0x80)
        bytes--;
    return (struct slice){s.p, bytes};
}
