/* scoring: calls are asked about by the published cards, from store to store.
 *
 * Each call gets the most specific published card that fits it. Works in batches of one transaction
 * each, on several processors; what is stored depends neither on their number nor on who asked, and
 * a run that was cut short can be run again. Cards think outside the transaction, so that the
 * writer is held for the writing only.
 */
#ifndef DESK_SCORING_H
#define DESK_SCORING_H

#include "base/clock.h"
#include "base/err.h"
#include "runner/runner.h"
#include "store/store.h"

/* After each batch: `done` of `all` calls. False: stop. */
typedef bool scoring_progress(void *context, size_t done, size_t all);

struct scoring_means {
    struct store *store; /* the writer */
    struct runner *runner;
    struct clock clock;
    const char *program;        /* its version, written beside every result */
    size_t workers;             /* at most; 0: as many as there are processors for us */
    scoring_progress *progress; /* may be NULL */
    void *context;
};

struct scoring_sum {
    size_t calls, scored, not_scored,
        failed; /* failed: the run had no result (time, memory, ...) */
    size_t without_card;
    char failure[400]; /* the first one, for the person to see */
};

/* `all`: also calls that have an automatic sheet already. ERR_BUSY where `progress` stopped it. */
bool scoring_run(const struct scoring_means *m, bool all, struct scoring_sum *out, struct err *e);

#endif
