/* worker: threads for handlers that take long (a password, a card's check), so that the threads
 * that answer pages stay free (W6, B13), shared fairly between people (S5). */
#ifndef SERVE_WORKER_H
#define SERVE_WORKER_H

#include <stdbool.h>
#include <stdint.h>

enum {
    WORKER_THREADS = 4,
    WORKER_SHARE = 2, /* of them, for one person */
    WORKER_QUEUE = 8, /* jobs of one person that may wait */
    WORKER_WAIT_MS = 5000,
    WORKER_WAIT_LONG_MS = 2 * 60 * 1000 /* where the body took long to come, too */
};

struct worker_job { /* lies in what the job is about; the pool only links it */
    struct worker_job *next;
    int64_t since;  /* clock_monotonic when it was handed in */
    int64_t person; /* whose share it takes: a user's row, less than 0: a token's; 0: all who are
                       neither together */
};

struct worker_pool;

/* `run` is called with each job in a thread of the pool. `late`: it waited for longer than
 * `wait_ms`, or the pool is closing; it must then only be refused. `share`: threads that the jobs
 * of one person may hold at once; WORKER_THREADS: no shares, and no limit of what waits. */
struct worker_pool *worker_open(void (*run)(struct worker_job *job, bool late), int share,
                                int wait_ms);

/* False, and the job stays yours, where WORKER_QUEUE jobs of this person wait already, or where the
 * pool has ended. */
bool worker_add(struct worker_pool *p, struct worker_job *job);

/* Returns after every job ran. The pool takes no more, and may still be asked. NULL is fine. */
void worker_end(struct worker_pool *p);
void worker_close(struct worker_pool *p); /* ends it, where that was not done; NULL is fine */

#endif
