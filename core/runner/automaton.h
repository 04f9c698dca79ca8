/* automaton: finds many byte strings in one pass (Aho-Corasick). Bytes that no string holds share
 * one class, so that the table stays small enough for the cache. */
#ifndef RUNNER_AUTOMATON_H
#define RUNNER_AUTOMATON_H

#include "base/slice.h"

struct automaton;

/* May this stand between two words without parting them? White space, and what a transcriber puts
 * or leaves out as he hears it: comma, semicolon, colon, hyphen, bracket, quotation mark. What ends
 * a sentence parts. */
bool automaton_is_gap(char c);

struct automaton *automaton_open(void);
void automaton_close(struct automaton *a); /* NULL is fine */

/* `text` must live as long as the automaton, is not empty, in lower case, and has one blank for each
 * gap, none at its ends; `number` is what a match is told by. */
void automaton_add(struct automaton *a, struct slice text, uint32_t number);
void automaton_finish(struct automaton *a); /* after the last string */

/* Called for every place of every string, for each text in order of the places' ends. `text` is 0
 * for the first and 1 for the second. */
typedef void automaton_match(void *owner, int text, uint32_t number, size_t end);

/* Runs over two texts at once, either of which may be empty. Their ASCII letters match whatever
 * their case, and a run of gap characters matches a blank. */
void automaton_run(const struct automaton *a, struct slice first, struct slice second,
                   automaton_match *match, void *owner);

#endif
