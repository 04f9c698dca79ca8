/* answer: the words with which a check answers, and reading what it gave back.
 *
 * An answer is a plain table that these words make. It needs a place in the call (a hit) or a
 * reason in words; where a check says neither, what it looked for in vain is the reason, and where
 * it looked for nothing the answer is an error.
 */
#ifndef RUNNER_ANSWER_H
#define RUNNER_ANSWER_H

#include "runner/sandbox.h"

#include "model/sheet.h"

/* The answer at the top of the stack, in the arena of the request; the stack stays. */
bool answer_read(struct sandbox *s, struct answer *out, struct err *e);

#endif
