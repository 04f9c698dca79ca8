#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 32 * 1024, ALIGN = 16 };

struct block {
    struct block *next;
    size_t used, size;
    _Alignas(ALIGN) char bytes[];
};

struct arena {
    struct block *newest, *first;
};

static struct block *block_new(struct block *next, size_t size)
{
    struct block *b = malloc(sizeof *b + size);
    if (!b)
        abort();
    *b = (struct block){.next = next, .size = size};
    return b;
}

struct arena *arena_open(void)
{
    struct arena *a = malloc(sizeof *a);
    if (!a)
        abort();
    a->first = a->newest = block_new(NULL, BLOCK_SIZE);
    return a;
}

void arena_reset(struct arena *a)
{
    while (a->newest != a->first) {
        struct block *next = a->newest->next;
        free(a->newest);
        a->newest = next;
    }
    a->first->used = 0;
}

void arena_close(struct arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    free(a->first);
    free(a);
}

void *arena_take(struct arena *a, size_t size)
{
    assert(size < SIZE_MAX / 2);
    size = (size + ALIGN) / ALIGN * ALIGN;
    if (a->newest->size - a->newest->used < size)
        a->newest = block_new(a->newest, size > BLOCK_SIZE ? size : BLOCK_SIZE);
    void *p = a->newest->bytes + a->newest->used;
    a->newest->used += size;
    return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        abort();
    return arena_take(a, bytes);
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return items;
    *room = *room ? *room * 2 : 8;
    void *more = arena_array(a, *room, size);
    if (n)
        memcpy(more, items, n * size);
    return more;
}

char *arena_text(struct arena *a, struct slice text)
{
    char *copy = arena_take(a, text.n + 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    return copy;
}

char *arena_copy(struct arena *a, const char *text)
{
    return text ? arena_text(a, slice_of(text)) : NULL;
}

char *arena_format(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    char *text = arena_take(a, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}
