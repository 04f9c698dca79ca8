/* declare: the words with which a card declares itself, and the declaration as JSON.
 *
 * A word makes a plain table and marks it with what it is: "kind", "id", "line" (where the word
 * stands in the text). An author cannot write these three members himself, and one table cannot be
 * declared twice. What score/card reads, member by member:
 *
 *   plugin { ... }             {"kind": "plugin", "line": 2, "id": "kestrel", ...fields, "tests":
 *                              [tests]}
 *   card { ... }               {"kind": "card", "line": 2, "id": "support-voice", ...fields,
 *                               "items": [sections and questions], "tests": [tests]}
 *                              ("id" and "tests" are fields that the author writes)
 *   section "id" { ... }       {"kind": "section", "id": "opening", "line": 7, ...fields,
 *                               "items": [questions; sections inside]}
 *   yes_no scale choice multi number text date "id" { ... }
 *                              {"kind": "yes_no", "id": "greeting", "line": 8, "question": 0,
 *                               ...fields, "check": {"function": 0},
 *                               "items": [options as written: ["partly", 0.5], or option parts]}
 *   option "id" { ... }        {"kind": "option", "id": "partly", "line": 20, ...fields}
 *   test "name" { ... }        {"kind": "test", "id": "greets within 15 s", "line": 30, ...fields,
 *                               "items": [one call], "expect": {"greeting": "yes"}}
 *   call { ... }               {"kind": "call", "line": 31, ...fields, "items": [turns]}
 *   agent customer system "text"
 *                              {"kind": "turn", "line": 31, "side": "agent", "text": "Hi."}
 *   ... :at(4, 5)              the same with "start": 4, "end": 5 (seconds)
 *   ... :sounds(-0.5)          the same with "sentiment": -0.5
 *
 * Everything else as written, by these rules:
 *   - a table with positions 1..n only is an array, the empty table is []; one with names only is
 * an object; one with both is an object that has the positional ones in "items". A declared part is
 *     always an object, and has "items" only where it has positions.
 *   - members stand in this order: kind, id, line, question, then by their bytes, then items.
 *   - a function is {"function": n}, n counting from 0 in the order of the JSON text.
 *   - numbers are finite, and -0 is 0; whole numbers lie within 2^53.
 *   - "question" counts questions from 0 in the order in which they are met, walking the items of
 * the card depth first and going into sections only. runner_ask answers in this order. A question
 *     that stands elsewhere (in tests, in a field) has no number and is never asked.
 *   - "applies" may be a function, {"function": n}, or a table whose member "when" is one: that is
 *     what runner_applies asks.
 * Refused with a sentence (S23): metatables, keys that are neither names nor 1..n without gaps,
 * nesting deeper than 8 below the card, more than 20,000 values, texts above 64 KB or not UTF-8,
 * more than 1 MB of texts.
 */
#ifndef RUNNER_DECLARE_H
#define RUNNER_DECLARE_H

#include "base/buf.h"
#include "base/err.h"

#include <lua.h>

/* How much one declaration may hold, and what messages call it. */
struct declare_most {
    const char *what;
    int deep, values;
    size_t text, texts, json; /* bytes of one text, of all, and of the whole as JSON */
};
extern const struct declare_most declare_card, declare_plugin, declare_call;

/* Checks that the value at the top of the stack is a card, gives its questions their numbers and
 * replaces it by two: the card, and a table of its checks (position n + 1: the check of question n,
 * or false). `line` is where a fault stands. */
bool declare_number(lua_State *L, int *n_questions, int *line, struct err *e);

/* The card, plugin or found call at `index` as JSON. Raw access only: no script runs, and nothing
 * is raised. */
bool declare_json(lua_State *L, int index, const struct declare_most *most, struct buf *out,
                  size_t *work, int *line, struct err *e);

/* Is the value at the top of the stack a plugin? */
bool declare_is_plugin(lua_State *L, struct err *e);

/* Pushes the plugin's function of that name; nothing and false where there is none. */
bool declare_push_hook(lua_State *L, int index, const char *name);

/* Pushes the function that decides whether the card at `index` applies; nothing and false where
 * there is none. */
bool declare_push_applies(lua_State *L, int index);

/* Is this a function that a turn of a test has (at, sounds)? It is no part of the declaration. */
bool declare_is_of_turn(lua_State *L, int index);

#endif
