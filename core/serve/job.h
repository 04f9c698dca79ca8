/* job: long work in a thread of its own, one piece at a time, while pages are answered.
 *
 * What there is to do stands in the store, so nothing is lost when the program ends: a piece under
 * way is stopped and begins again with the next start. */
#ifndef SERVE_JOB_H
#define SERVE_JOB_H

#include "base/clock.h"
#include "base/err.h"

struct job;
struct store;
struct runner;

/* Starts the thread, which looks for work at once. The writer and the runner are lent; without a
 * runner nothing is begun. */
struct job *job_open(struct store *writer, struct runner *runner, struct clock clock);
void job_close(struct job *j); /* stops what is under way; NULL is fine */

/* There may be something new to do. */
void job_wake(struct job *j);

#endif
