/* arena: memory that lives as long as one task (a request, a call scored, a file read) and goes all
 * at once.
 *
 * Nothing taken from an arena is freed alone. Running out of memory ends the program: no caller
 * could do better. Not for use by two threads at once.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/slice.h"

struct arena;

struct arena *arena_open(void);
void arena_close(struct arena *a); /* NULL is fine */

/* Gives all memory back but keeps the arena and its first block: a loop over many calls reuses one
 * arena. */
void arena_reset(struct arena *a);

/* `size` zeroed bytes, aligned for any type. Size 0 gives a valid pointer. */
void *arena_take(struct arena *a, size_t size);

/* Room for `count` items of `size` bytes each; aborts where the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* `items`, or a larger copy of them where all `*room` are used: for lists that grow one by one. */
void *arena_grow(struct arena *a, void *items, size_t n, size_t *room, size_t size);

/* A NUL-terminated copy. */
char *arena_text(struct arena *a, struct slice text);
char *arena_copy(struct arena *a, const char *text); /* NULL gives NULL */
char *arena_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
