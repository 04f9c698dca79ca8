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

#include "base/slice.h"
#include "runner/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <lua.h>

enum {
    LIMITS_RANGE = 128 << 20, /* of addresses for the state, more than BUDGET_MEMORY for want of a
                                 perfect fit */
    LIMITS_KEPT = 8 << 20,    /* that a loaded card may fill */
    LIMITS_CLASS = 16,
    LIMITS_SPENT_IN = 60,
    LIMITS_SMALL = 512, /* bytes in a small block */
    LIMITS_FIRST_STEP = 7,
    LIMITS_CLASSES = LIMITS_SMALL / LIMITS_CLASS + 1 + 4 * 20
};

struct limits {
    lua_State *L;
    int64_t steps, run_ms, wall_ms; /* what this request may use */
    int64_t steps_left, check_left;
    bool in_check, spent;
    int spent_line;
    struct slice working_on; /* the pattern that is being paid for; empty: none */
    char spent_in[LIMITS_SPENT_IN];
    int64_t began_ms, began_cpu_ms;
    char *base; /* of the range */
    struct limits_heap {
        size_t bytes; /* lent to Lua now */
        size_t used;  /* of the range, ever */
        void *free_lists[LIMITS_CLASSES];
    } heap, kept;
    char *image; /* of the first kept.used bytes */
    /* Ends the process with a frame of this tag. */
    void (*leave)(void *owner, enum protocol_tag tag) __attribute__((__noreturn__));
    void *owner;
};

bool limits_open(struct limits *l);

/* Keeps the memory as it is, and puts it back: what a request made or changed in the state is gone,
 * to the last byte. Neither while a script runs. False where there is more than LIMITS_KEPT. */
bool limits_keep(struct limits *l);
void limits_put_back(struct limits *l);

/* Does this text of the state stand where it stands in the memory that was kept? Then no request
 * made it. */
bool limits_is_kept(const struct limits *l, struct slice text);

/* The allocator that counts, for lua_newstate; `limits` is its owner. */
void *limits_allocate(void *limits, void *block, size_t old, size_t wanted);

/* A request: full fuel, fresh clock. `file_bytes`: of the file that it is about, 0 for none; it
 * adds to the budgets. */
void limits_begin(struct limits *l, size_t file_bytes);
int64_t limits_end(struct limits *l);      /* CPU time of the process in ms until now */
void limits_check_begin(struct limits *l); /* a check in it */
/* True where the check had spent its fuel. */
bool limits_check_end(struct limits *l);

/* Pays for work done in C; raises (or leaves) where it cannot be paid. */
void limits_charge(struct limits *l, size_t steps);
/* Passes a spent check on; called where an error was caught. Returns where nothing is spent. */
void limits_rethrow(struct limits *l);

int64_t limits_used(const struct limits *l); /* steps of this request */

/* The line of the innermost running Lua function, 0 where there is none. */
int limits_line(lua_State *L);

#endif
