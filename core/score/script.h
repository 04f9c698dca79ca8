/* script: a card's text as tokens, for what can be told of it without running it.
 *
 * Lua stops at the first thing that it cannot read or run. A card's author should hear of all of
 * them, and of a misspelt word in a check that no test calls. Nothing here decides what a card
 * means: that is the runner's and the declaration's.
 */
#ifndef SCORE_SCRIPT_H
#define SCORE_SCRIPT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"

enum script_kind {
    SCRIPT_NAME,
    SCRIPT_WORD /* reserved */,
    SCRIPT_TEXT,
    SCRIPT_NUMBER,
    SCRIPT_SIGN
};

struct script_token {
    enum script_kind kind;
    struct slice text; /* as written, quotes and all; points into the script */
    int line;          /* where it begins, from 1 */
    bool open;         /* a text or long comment that is never closed */
};

struct script {
    struct slice text;
    const struct script_token *tokens; /* without comments */
    size_t n;
    const int *garbled; /* lines on which a text is left open, rising */
    size_t n_garbled;
};

/* Reads any bytes. Lives in `a` and points into `text`. */
struct script script_read(struct slice text, struct arena *a);

bool script_is(const struct script_token *t, const char *text);

/* Does a text or comment that is never closed begin on this line? */
bool script_is_garbled(const struct script *s, int line);

/* The token that closes the bracket at token `open`, or n where none does. */
size_t script_closing(const struct script *s, size_t open);

/* The line of the field `name = ...` of the part that is declared on `line` by `kind` and, where it
 * is not NULL, `id`; `line` itself where it is not found. */
int script_field_line(const struct script *s, const char *kind, const char *id, int line,
                      const char *name);

/* A copy of a text, mended in the order of the text. */
struct script_mending {
    struct slice text;
    struct buf *out;
    size_t copied; /* bytes of the text that are in the copy, or dropped */
};
/* `put` in place of `drop` bytes at `at`; nothing where the copy is past it already. */
void script_mend(struct script_mending *m, size_t at, size_t drop, const char *put);
void script_mend_rest(struct script_mending *m);

/* Where a token begins. */
size_t script_place(const struct script *s, const struct script_token *t);

#endif
