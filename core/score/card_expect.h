/* card_expect: one line of what a test inside a card expects. */
#ifndef SCORE_CARD_EXPECT_H
#define SCORE_CARD_EXPECT_H

#include "score/fields.h"

/* Reports what is wrong with the member `m` of a test's `expect`. */
void card_expect_check(const struct fields *p, const struct form *f, const struct json *m);

/* What of it the sheet does not meet, as a sentence that names the question; "" where it meets all.
 */
const char *card_expect_compare(const struct json *m, const struct form *f, const struct call *call,
                                const struct sheet *s, struct arena *a);

#endif
