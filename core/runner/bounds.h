/* bounds: what an answer about a call may be (S22 to S25). Asked twice: by the child, so that one
 * wrong answer fails alone, and by the server, which believes no child. */
#ifndef RUNNER_BOUNDS_H
#define RUNNER_BOUNDS_H

#include "model/sheet.h"

enum {
    BOUNDS_REASON = 2000, /* bytes */
    BOUNDS_LABEL = 400,
    BOUNDS_VALUE = 10000,
    BOUNDS_VALUES = 100,
    BOUNDS_EVIDENCE = 100
};

/* Where the call ends, for evidence: its length, or what is said last, whichever is later. */
int64_t bounds_end_ms(const struct call *c);

bool bounds_answer(const struct answer *a, const struct call *c, int64_t end_ms, struct err *e);

#endif
