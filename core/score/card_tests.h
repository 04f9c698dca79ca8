/* card_tests: the tests inside a card: a small call each, and what its sheet must say. */
#ifndef SCORE_CARD_TESTS_H
#define SCORE_CARD_TESTS_H

#include "base/json.h"
#include "score/faults.h"

/* Reports what is wrong with the tests as they are written. */
void card_tests_check(const struct json *declaration, const struct form *f, struct faults *faults);

/* The call of a test, in `a`. Turns without times follow one another at a speaker's pace. What the
 * test does not say is taken from what the card applies to. */
void card_tests_call(const struct json *test, const struct form *f, struct arena *a,
                     struct call *out);

/* What of the expectation the sheet does not meet, as a sentence; "" where it meets all. */
const char *card_tests_compare(const struct json *test, const struct form *f,
                               const struct call *call, const struct sheet *s, struct arena *a);

#endif
