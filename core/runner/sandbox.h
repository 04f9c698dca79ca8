/* sandbox: the Lua state of a child, what a script finds in it, and how it is put back.
 *
 * The environment is an allow-list (S14, S15). It is made once, the card's text is run in it once,
 * and then the whole state is kept as bytes: after every request it is put back to those bytes, so
 * that each call meets the state as loading left it and nothing of a run before. Everything lent is
 * found from the state with sandbox_of.
 */
#ifndef RUNNER_SANDBOX_H
#define RUNNER_SANDBOX_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "model/call.h"
#include "runner/limits.h"
#include "runner/phrase.h"
#include "runner/runner.h"
#include "runner/spot.h"

#include <lauxlib.h>

/* Where the registry keeps Lua's own string.format, which ours calls once it has checked. */
#define SANDBOX_STOCK_FORMAT "stock format"
/* ... and the table that checks get as their call, or readers as their file. */
#define SANDBOX_LENT "lent"

enum { SANDBOX_TEXT = 1 << 20 /* bytes of a text that rep makes or a pattern is run over */ };

struct sandbox {
    lua_State *L;
    struct limits limits;
    struct buf log; /* what was printed in this request */
    int log_lines;
    uint64_t random[2]; /* made from these when first asked for: */
    const char *seed_call;
    int seed_question;
    bool seeded;
    char hash[HASH_TEXT];                /* of the card's text */
    const char *name;                    /* what messages call it */
    struct arena *arena;                 /* of this request */
    const struct runner_text *libraries; /* that the card may ask for */
    size_t n_libraries;
    bool *used; /* which of them it asked for */
    struct phrase_set *phrases;
    const struct call *call; /* lent now; NULL outside runner_ask */
    int64_t end_ms;          /* of it */
    int error_line;          /* of the last error caught by sandbox_call */
    struct sandbox_spots {   /* of the call, by kind; see lend_spots */
        bool known;
        size_t n;
        struct phrase_place *places;
        struct spot *spots;
    } spots[SPOT_KINDS];
    struct buf trail; /* what the running check looked for in vain, for its reason */
    struct sandbox_file {
        const char *name; /* lent to a plugin now; NULL outside runner_read */
        struct slice bytes;
        int line;     /* that was read last, 0 before the first */
        size_t found; /* records handed over */
        void (*take)(void *owner, const struct runner_found *found);
        void *owner;
    } file;
    struct arena *rows; /* what the row under way needs */
    struct buf json;    /* of the call under way */
};

/* A fresh state with what that kind of child is lent, or false for want of memory. `s` must stay
 * where it is. */
bool sandbox_open(struct sandbox *s, enum runner_kind kind);
struct sandbox *sandbox_of(lua_State *L);

/* Pushes a text as a function: text chunks only; size, NUL, UTF-8 and first byte are checked before
 * Lua sees it (S18). False with the message and line of the fault. */
bool sandbox_push_chunk(struct sandbox *s, struct slice text, const char *name, int *line,
                        struct err *e);

/* Loads and runs the card's text. True: what it returned is at the top of the stack. */
bool sandbox_load(struct sandbox *s, struct slice text, const char *name, int *line, struct err *e);

/* Keeps the state as it stands, once, for sandbox_put_back; neither inside a script. */
bool sandbox_keep(struct sandbox *s, struct err *e);
void sandbox_put_back(struct sandbox *s);

/* Calls the function below `n_args` arguments for one result, inside a protected call. False: stack
 * restored, and the message says what and where. */
bool sandbox_call(struct sandbox *s, int n_args, int *line, struct err *e);

/* Same seed, same numbers: from the card's text and these (S21). */
void sandbox_seed(struct sandbox *s, const char *call_id, int question);

/* Text for a value, without addresses (S19); pushed. */
void sandbox_push_text(lua_State *L, int index);

static inline void sandbox_charge(lua_State *L, size_t steps)
{
    limits_charge(&sandbox_of(L)->limits, steps);
}

#endif
