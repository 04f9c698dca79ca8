/* sandbox: the Lua state of a child, what a script finds in it, and what one run leaves behind.
 *
 * The environment is an allow-list (S14, S15). Its tables are made afresh for every run, so nothing
 * a script changes is there in the next. Everything lent is found from the state with sandbox_of.
 */
#ifndef RUNNER_SANDBOX_H
#define RUNNER_SANDBOX_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "model/call.h"
#include "runner/limits.h"
#include "runner/phrase.h"

#include <lauxlib.h>

/* Where the registry keeps Lua's own string.format, which ours calls once it has checked. */
#define SANDBOX_STOCK_FORMAT "stock format"

enum { SANDBOX_TEXT = 1 << 20 /* bytes of a text that rep makes or a pattern is run over */ };

struct sandbox {
    lua_State *L;
    struct limits limits;
    struct buf log; /* what was printed in this request */
    int log_lines;
    uint64_t random[2];
    char hash[HASH_TEXT]; /* of the card's text */
    const char *name;     /* what messages call it */
    struct arena *arena;  /* of this request */
    struct phrase_set *phrases;
    const struct call *call; /* lent now; NULL outside runner_ask */
    int64_t end_ms;          /* of it */
    int error_line;          /* of the last error caught by sandbox_call */
    struct buf trail;        /* what the running check looked for in vain, for its reason */
};

/* A fresh state, or NULL for want of memory. `s` must stay where it is. */
bool sandbox_open(struct sandbox *s);
struct sandbox *sandbox_of(lua_State *L);

/* Text chunks only, size, NUL, UTF-8 and first byte checked before Lua sees it (S18). The chunk is
 * kept; false with the message and line of the fault. */
bool sandbox_load(struct sandbox *s, struct slice text, const char *name, int *line, struct err *e);

/* Runs the chunk in a fresh environment. True: what it returned is at the top of the stack. */
bool sandbox_run(struct sandbox *s, int *line, struct err *e);

/* Pushes a fresh table of what is lent under a name: "call". */
void sandbox_push_library(lua_State *L, const char *name);

/* Calls the function below `n_args` arguments for one result, inside a protected call. False: stack
 * restored, and the message says what and where. */
bool sandbox_call(struct sandbox *s, int n_args, int *line, struct err *e);

/* Same seed, same numbers: from the card's text and these (S21). */
void sandbox_seed(struct sandbox *s, const char *call_id, int question);

/* Forgets the run and collects what it left. */
void sandbox_clear(struct sandbox *s);

/* Text for a value, without addresses (S19); pushed. */
void sandbox_push_text(lua_State *L, int index);

static inline void sandbox_charge(lua_State *L, size_t steps)
{
    limits_charge(&sandbox_of(L)->limits, steps);
}

#endif
