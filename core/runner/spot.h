/* spot: numbers, dates, sums of money and questions in a text, without any phrase being named.
 *
 * Works on folded text (base/fold): digits of any width, number words of English and Greek, Chinese
 * numerals, month names and weekdays of the three. Linear in the text. Pure: no Lua state. A text
 * longer than SPOT_PIECE is read in pieces, so that what it takes in memory has an end; they are
 * cut behind a sentence, else behind a word, and nothing is found across a cut. */
#ifndef RUNNER_SPOT_H
#define RUNNER_SPOT_H

#include "base/arena.h"

enum spot_kind { SPOT_NUMBER, SPOT_MONEY, SPOT_DATE, SPOT_QUESTION, SPOT_KINDS };
extern const char *const spot_kind_names[]; /* number money date question; ends with NULL */

struct spot {
    uint32_t from, to;    /* bytes of the folded text */
    double value;         /* a number; an amount in whole units of its currency */
    const char *currency; /* ISO 4217, "" where it is no money */
    int year, month, day; /* of a date, 0 where not said; a weekday alone has none of them */
};

enum { SPOT_PIECE = 64 << 10 /* bytes */, SPOT_PLACES = 10000 /* of one kind, kept of a call */ };

/* The first `most` of that kind, in order, in `a`. `scratch` is reset. */
size_t spot_find(struct slice folded, enum spot_kind kind, size_t most, struct arena *scratch,
                 struct arena *a, struct spot **out);

#endif
