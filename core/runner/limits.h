/* limits: what one request may use of steps, time and memory.
 *
 * Fuel first, clock second: steps are counted the same on every machine, paid by the virtual
 * machine's instructions, by our own loops over text and tables, and by the bytes of long texts
 * made. A check that spends its share fails alone, and nothing in the script can catch that: while
 * `spent` holds, every instruction raises again and our pcall passes it on. What ends the whole
 * request leaves the process (S8, S9): no error is raised that a script could swallow, and at the
 * memory limit the collector never sees a refusal.
 */
#ifndef RUNNER_LIMITS_H
#define RUNNER_LIMITS_H

#include "runner/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <lua.h>

enum { LIMITS_CLASS = 16, LIMITS_CLASSES = 32 };

struct limits {
    lua_State *L;
    int64_t steps_left, check_left;
    bool in_check, spent;
    int spent_line;
    int64_t began_ms, began_cpu_ms;
    size_t bytes; /* lent to Lua now */
    void *free_lists[LIMITS_CLASSES];
    char *chunk;
    size_t chunk_left;
    /* Ends the process with a frame of this tag. */
    void (*leave)(void *owner, enum protocol_tag tag) __attribute__((__noreturn__));
    void *owner;
};

/* The allocator that counts, for lua_newstate; `limits` is its owner. */
void *limits_allocate(void *limits, void *block, size_t old, size_t wanted);

void limits_begin(struct limits *l);       /* a request: full fuel, fresh clock */
void limits_check_begin(struct limits *l); /* a check in it */
/* True where the check had spent its fuel. */
bool limits_check_end(struct limits *l);

/* Pays for work done in C; raises (or leaves) where it cannot be paid. */
void limits_charge(struct limits *l, size_t steps);
/* Passes a spent check on; called where an error was caught. Returns where nothing is spent. */
void limits_rethrow(struct limits *l);

int64_t limits_used(const struct limits *l); /* steps of this request */
int64_t limits_cpu_ms(void);

/* The line of the innermost running Lua function, 0 where there is none. */
int limits_line(lua_State *L);

#endif
