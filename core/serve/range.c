#include "serve/range.h"

#include <string.h>

/* Digits as a number; past what 64 bits hold it stays at the largest. False where there are none or
 * something else is among them. */
static bool read_digits(struct slice s, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        if (__builtin_mul_overflow(*out, 10, out) ||
            __builtin_add_overflow(*out, s.p[i] - '0', out))
            *out = INT64_MAX;
    }
    return s.n > 0;
}

static enum range_kind read_suffix(struct slice digits, int64_t size, int64_t *from, int64_t *to)
{
    int64_t length;
    if (!read_digits(digits, &length))
        return RANGE_WHOLE;
    if (!length || !size)
        return RANGE_NONE;
    *from = length < size ? size - length : 0;
    *to = size;
    return RANGE_PART;
}

enum range_kind range_read(const char *header, int64_t size, int64_t *from, int64_t *to)
{
    struct slice text = slice_trim(slice_of(header));
    if (!slice_starts(text, "bytes=") || memchr(text.p, ',', text.n))
        return RANGE_WHOLE;
    struct slice last = slice_trim((struct slice){text.p + 6, text.n - 6}), first;
    if (!memchr(last.p, '-', last.n))
        return RANGE_WHOLE;
    slice_cut(&last, '-', &first);
    if (!first.n)
        return read_suffix(last, size, from, to);
    int64_t start, end = INT64_MAX;
    if (!read_digits(first, &start) || (last.n && !read_digits(last, &end)) || end < start)
        return RANGE_WHOLE;
    if (start >= size)
        return RANGE_NONE;
    *from = start;
    *to = end < size - 1 ? end + 1 : size;
    return RANGE_PART;
}

bool range_holds(const char *if_range, const char *etag)
{
    return !*if_range || (etag && !strcmp(if_range, etag) && *etag == '"');
}
