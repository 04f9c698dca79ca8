#include "runner/spot_number.h"

#include "base/utf8.h"

#include <ctype.h>

static size_t digits_from(struct slice text, size_t at)
{
    size_t n = 0;
    while (at + n < text.n && isdigit((unsigned char)text.p[at + n]))
        n++;
    return n;
}

static double digits_value(struct slice text, size_t at, size_t n)
{
    double v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (text.p[at + i] - '0');
    return v;
}

static bool is_separator(struct slice text, size_t at)
{
    return at + 1 < text.n && (text.p[at] == '.' || text.p[at] == ',') &&
           isdigit((unsigned char)text.p[at + 1]);
}

/* "1,250.50", "1.250,50", "12,5": groups of three, and at most one separator of another kind at the
 * end, before decimals. What is neither ("5.10.2026") is read up to its first separator. */
size_t spot_digits(struct slice text, size_t at, double *value)
{
    size_t first = digits_from(text, at), n = first, groups = 0;
    double v = digits_value(text, at, first);
    char grouping = '\0';
    *value = v;
    if (at >= 2 && is_separator(text, at - 1) && isdigit((unsigned char)text.p[at - 2]))
        return first; /* the rest of what was no number */
    while (is_separator(text, at + n) && first <= 3) {
        size_t next = digits_from(text, at + n + 1);
        char sign = text.p[at + n];
        if (next != 3 || (grouping && sign != grouping))
            break;
        grouping = sign;
        v = v * 1000 + digits_value(text, at + n + 1, 3);
        n += 4, groups++;
    }
    if (groups == 1 && grouping == '.' && !is_separator(text, at + n)) {
        *value += (v - *value * 1000) / 1000; /* 1.250: a decimal point */
        return n;
    }
    if (is_separator(text, at + n) && text.p[at + n] != grouping) {
        size_t decimals = digits_from(text, at + n + 1);
        if (is_separator(text, at + n + 1 + decimals))
            return first;
        double part = digits_value(text, at + n + 1, decimals);
        for (size_t i = 0; i < decimals; i++)
            part /= 10;
        v += part, n += 1 + decimals;
    } else if (is_separator(text, at + n)) {
        return first;
    }
    *value = v;
    return n;
}

static int han_digit(uint32_t c)
{
    static const uint32_t digits[] = {0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    for (int i = 0; i < 10; i++)
        if (digits[i] == c)
            return i;
    return c == 0x4E24 ? 2 : c == 0x3007 ? 0 : -1; /* 两 〇 */
}

static int han_unit(uint32_t c)
{
    return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : c == 0x4E07 ? 10000 : 0;
}

/* 三百二十五, 二十, 一万二千, and digits in a row: 二零二六. */
size_t spot_han(struct slice text, size_t at, double *value, int *length)
{
    double total = 0, part = 0, digit = -1, row = 0;
    bool units = false;
    size_t from = at;
    *length = 0;
    for (size_t next; at < text.n; at = next, ++*length) {
        struct slice rest = {text.p + at, text.n - at};
        uint32_t c = utf8_next(&rest);
        next = text.n - rest.n;
        int d = han_digit(c), unit = han_unit(c);
        if (d < 0 && !unit)
            break;
        if (d >= 0) {
            digit = d;
            row = row * 10 + d;
            continue;
        }
        units = true;
        part += (digit < 0 ? (part > 0 ? 0 : 1) : digit) * (unit < 10000 ? unit : 0);
        if (unit == 10000) {
            total += (part + (digit > 0 ? digit : 0)) * unit;
            part = 0;
        }
        digit = -1;
    }
    *value = units ? total + part + (digit > 0 ? digit : 0) : row;
    return at - from;
}
