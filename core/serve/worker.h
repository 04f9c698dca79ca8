/* worker: threads for handlers that take long (a password, a card's check), so that the threads
 * that answer pages stay free (W6, B13). */
#ifndef SERVE_WORKER_H
#define SERVE_WORKER_H

#include <stdbool.h>
#include <stdint.h>

enum { WORKER_THREADS = 4, WORKER_WAIT_MS = 5000 };

struct worker_job { /* lies in what the job is about; the pool only links it */
    struct worker_job *next;
    int64_t since; /* clock_monotonic when it was handed in */
};

struct worker_pool;

/* `run` is called with each job in a thread of the pool. `late`: it waited for WORKER_WAIT_MS, or
 * the pool is closing; it must then only be refused. */
struct worker_pool *worker_open(void (*run)(struct worker_job *job, bool late));
void worker_add(struct worker_pool *p, struct worker_job *job);
void worker_close(struct worker_pool *p); /* after every job ran; NULL is fine */

#endif
