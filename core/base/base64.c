#include "base/base64.h"

#include <string.h>

static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void base64_write(struct slice bytes, struct buf *out)
{
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        uint32_t v = (uint32_t)(unsigned char)bytes.p[i] << 16;
        v |= left > 1 ? (uint32_t)(unsigned char)bytes.p[i + 1] << 8 : 0;
        v |= left > 2 ? (uint32_t)(unsigned char)bytes.p[i + 2] : 0;
        const char four[4] = {signs[v >> 18], signs[v >> 12 & 63], signs[v >> 6 & 63],
                              signs[v & 63]};
        buf_add(out, four, left > 2 ? 4 : left + 1);
    }
}

static int value_of(char c)
{
    const char *at = strchr(signs, c == '+' ? '-' : c == '/' ? '_' : c);
    return c && at ? (int)(at - signs) : -1;
}

bool base64_read(struct slice text, struct arena *a, struct slice *out)
{
    char *bytes = arena_take(a, text.n / 4 * 3 + 4);
    uint32_t bits = 0;
    size_t n = 0, have = 0, padding = 0, read = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c && strchr(" \t\r\n", c))
            continue;
        int value = value_of(c);
        padding += c == '=';
        if (c == '=' ? padding > 2 : value < 0 || padding)
            return false;
        if (c == '=')
            continue;
        bits = bits << 6 | (uint32_t)value;
        have += 6;
        read++;
        if (have >= 8) {
            have -= 8;
            bytes[n++] = (char)(bits >> have & 255);
        }
    }
    *out = (struct slice){bytes, n};
    return read % 4 != 1;
}
