#include "base/slice.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct slice slice_of(const char *text)
{
    return text ? (struct slice){text, strlen(text)} : (struct slice){"", 0};
}

bool slice_is(struct slice s, const char *text)
{
    return slice_equal(s, slice_of(text));
}

bool slice_equal(struct slice a, struct slice b)
{
    return a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0);
}

bool slice_starts(struct slice s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice s)
{
    while (s.n && is_blank(s.p[0]))
        s.p++, s.n--;
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool slice_take(struct slice *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    s->p++, s->n--;
    return true;
}

bool slice_cut(struct slice *rest, char separator, struct slice *piece)
{
    if (!rest->p)
        return false;
    const char *at = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    *piece = (struct slice){rest->p, at ? (size_t)(at - rest->p) : rest->n};
    *rest = at ? (struct slice){at + 1, rest->n - piece->n - 1} : (struct slice){NULL, 0};
    return true;
}

bool slice_line(struct slice *rest, struct slice *line)
{
    if (!rest->p || !rest->n)
        return false;
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
        n++;
    *line = (struct slice){rest->p, n};
    size_t end = n;
    if (end < rest->n)
        end += rest->p[end] == '\r' && end + 1 < rest->n && rest->p[end + 1] == '\n' ? 2 : 1;
    *rest = (struct slice){rest->p + end, rest->n - end};
    return true;
}

bool slice_integer(struct slice s, int64_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    size_t i = minus;
    int64_t value = 0;
    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        if (!isdigit((unsigned char)s.p[i]) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, s.p[i] - '0', &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *out = minus ? value : -value;
    return true;
}

bool slice_number(struct slice s, double *out)
{
    char text[64];
    if (!s.n || s.n >= sizeof text)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("0123456789+-.eE", s.p[i]) || !s.p[i])
            return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    char *end;
    double value = strtod(text, &end);
    if (*end || !isfinite(value))
        return false;
    *out = value;
    return true;
}
