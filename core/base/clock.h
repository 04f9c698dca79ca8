/* clock: the time, from a clock that tests can set. Times are UTC in ms since 1970; times of day
 * are never local. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/slice.h"

struct clock {
    int64_t fixed_ms; /* 0: the machine's clock; else what the time is held at */
};

int64_t clock_now(const struct clock *c); /* ms since 1970, UTC */
int64_t clock_monotonic(void);            /* ms since some start; only differences mean anything */

enum { CLOCK_TEXT = 32 };
/* "2026-10-05T09:14:02.000Z" */
void clock_print(int64_t ms, char out[CLOCK_TEXT]);

/* A length of time as players show it: "3:12", "1:02:03"; less than nothing is "0:00". */
const char *clock_print_length(int64_t ms, char out[CLOCK_TEXT]);

/* RFC 3339 / ISO 8601 date and time with seconds, optional fraction, and a zone: Z or +hh:mm,
 * +hhmm, +hh. A blank may stand for the T. False on anything else, also on a day that does not
 * exist. */
bool clock_parse(struct slice text, int64_t *ms);

#endif
