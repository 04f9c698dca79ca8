/* test_text: a test of a card as Lua, made from a call and the answers that people agreed on, and
 * put into the card's text. So an upheld dispute becomes a test, and the mistake cannot come back.
 *
 * Pure: text in, text out. The rest of the card's text stays as its author wrote it, byte for byte.
 */
#ifndef SCORE_TEST_TEXT_H
#define SCORE_TEST_TEXT_H

#include "base/buf.h"
#include "model/form.h"
#include "model/sheet.h"

/* Writes test "name" { call { ... }, expect = { ... } } with the whole call - its facts that a test
 * can state and its turns with their times; the customer is left out - and, for each of the `n`
 * questions (indices of the form), the answer among `agreed` (one a question of the form).
 * Line breaks in the name become spaces. */
void test_text_write(const char *name, const struct call *call, const struct form *f,
                     const struct answer *agreed, const int *questions, size_t n, struct buf *out);

/* The card's text with the test as the last of its `tests`. In `a`. False where the text has no
 * card { ... } to put it into, or has a test of that name (ERR_CONFLICT). Does not run anything:
 * load the result to know that it passes. */
bool test_text_add(struct slice card, struct slice test, struct arena *a, struct slice *out,
                   struct err *e);

#endif
