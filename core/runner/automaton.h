/* automaton: finds many byte strings in one pass (Aho-Corasick). Bytes that no string holds share
 * one class, so that the table stays small enough for the cache. */
#ifndef RUNNER_AUTOMATON_H
#define RUNNER_AUTOMATON_H

#include "base/slice.h"

struct automaton;

struct automaton *automaton_open(void);
void automaton_close(struct automaton *a); /* NULL is fine */

/* `text` (not empty) must live as long as the automaton; `number` is what a match is told by. */
void automaton_add(struct automaton *a, struct slice text, uint32_t number);
void automaton_finish(struct automaton *a); /* after the last string */

/* Calls `match` for every place of every string, in order of their ends. ASCII letters of the text
 * match whatever their case, and its white space matches a blank. */
void automaton_run(const struct automaton *a, struct slice text,
                   void (*match)(void *owner, uint32_t number, size_t end), void *owner);

#endif
