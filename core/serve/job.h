/* job: long work in threads of its own, one a kind, while pages are answered.
 *
 * What there is to do stands in the store, so nothing is lost when the program ends: a piece under
 * way is stopped and begins again with the next start. */
#ifndef SERVE_JOB_H
#define SERVE_JOB_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

struct job;
struct store;
struct runner;

struct job_means { /* lent for as long as the job is open */
    struct store *writer;
    struct runner *runner; /* NULL: nothing that needs cards is begun */
    struct clock clock;
    const char *program; /* its version, written beside every result */
};

/* Starts the threads, which look for work at once. */
struct job *job_open(const struct job_means *means);
void job_close(struct job *j); /* stops what is under way; NULL is fine */

/* There may be something new to do. */
void job_wake(struct job *j);

/* Why new calls could not be scored the last time, in `a`; "" where all is well. */
const char *job_scoring_problem(struct job *j, struct arena *a);

#endif
