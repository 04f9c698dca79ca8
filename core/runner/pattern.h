/* pattern: Lua's patterns, matched with a count of steps.
 *
 * The rules are those of the Lua manual, 6.4.1. Each single comparison costs one step, so a pattern
 * that would run for hours is stopped where its fuel ends (S12). Pure: no Lua state; errors and
 * payment are the caller's.
 */
#ifndef RUNNER_PATTERN_H
#define RUNNER_PATTERN_H

#include "base/slice.h"

#include <stddef.h>

enum { PATTERN_CAPTURES = 32, PATTERN_DEPTH = 200, PATTERN_POSITION = -2, PATTERN_OPEN = -1 };

struct pattern_capture {
    const char *from;
    ptrdiff_t n; /* bytes, or PATTERN_POSITION */
};

struct pattern {
    struct slice text, pattern;
    /* Called every few hundred steps with how many there were; may jump out. */
    void (*pay)(struct pattern *m, size_t steps);
    void *payer;
    size_t unpaid;
    int depth, n_captures;
    struct pattern_capture captures[PATTERN_CAPTURES];
    const char *fault; /* what is wrong with the pattern; then nothing matches */
};

void pattern_init(struct pattern *m, struct slice text, struct slice pattern);

/* The end of the match of the whole pattern (without "^") that starts at `at`, or NULL. */
const char *pattern_match(struct pattern *m, const char *at);

/* Pays what is still owed. */
void pattern_settle(struct pattern *m);

#endif
