/* What the benches share: two ways to do the same work, timed turn about in one run, and a centre's
 * worth of made-up calls. They print, they never fail for being slow: absolute figures wander with
 * the machine, so only ratios are worth reading. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include "model/call.h"

enum { BENCH_TURNS = 60 };

struct bench {
    const char *name, *unit; /* of the figures printed: "calls/s" */
    double work;             /* units in one round */
    const char *goal;        /* "at least 4" */
    void (*ours)(void *context);
    void (*peer)(void *context);
    void *context;
    int rounds;
};

/* Runs both sides `rounds` times, interleaved, after one round each that does not count, and prints
 * NAME  ours X  peer Y  ratio Z (goal: G). The ratio is of the medians; above 1, ours is faster. */
void bench_run(const struct bench *b);

/* Call number `i` in `a`: 60 turns, about 800 words, the same on every machine. */
void bench_call(struct arena *a, int i, struct call *out);

/* A temporary folder for the whole program; goes when it ends. */
const char *bench_folder(void);

/* Unlike assert, there whatever the flags: the program ends with the sentence. */
void bench_must(bool ok, const struct err *e);

#endif
