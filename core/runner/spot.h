/* spot: numbers, dates, sums of money and questions in a text, without any phrase being named.
 *
 * Works on folded text (base/fold): digits of any width, number words of English and Greek, Chinese
 * numerals, month names and weekdays of the three. Linear in the text. Pure: no Lua state. */
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

/* All of that kind, in order, in `a`. */
size_t spot_find(struct slice folded, enum spot_kind kind, struct arena *a, struct spot **out);

#endif
