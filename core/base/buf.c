#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_free(struct buf *b)
{
    free(b->p);
    *b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    if (b->p)
        b->p[0] = 0;
}

static void make_room(struct buf *b, size_t n)
{
    size_t need;
    if (__builtin_add_overflow(b->n, n, &need) || need > SIZE_MAX / 4)
        abort();
    if (need < b->room)
        return;
    size_t room = b->room ? b->room * 2 : 64;
    while (room <= need)
        room *= 2;
    char *p = realloc(b->p, room);
    if (!p)
        abort();
    b->p = p;
    b->room = room;
}

char *buf_grow(struct buf *b, size_t n)
{
    make_room(b, n);
    char *fresh = b->p + b->n;
    b->n += n;
    b->p[b->n] = 0;
    return fresh;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
    char *to = buf_grow(b, n);
    if (n)
        memcpy(to, bytes, n);
}

void buf_slice(struct buf *b, struct slice s)
{
    buf_add(b, s.p, s.n);
}

void buf_str(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_char(struct buf *b, char c)
{
    *buf_grow(b, 1) = c;
}

void buf_format(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    make_room(b, (size_t)n);
    vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
    va_end(again);
    b->n += (size_t)n;
}

const char *buf_text(const struct buf *b)
{
    return b->p ? b->p : "";
}

struct slice buf_all(const struct buf *b)
{
    return (struct slice){buf_text(b), b->n};
}
