#define _GNU_SOURCE
#include "serve/worker.h"

#include "base/clock.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct worker_pool {
    void (*run)(struct worker_job *job, bool late);
    pthread_t threads[WORKER_THREADS];
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct worker_job *first, **last;
    bool closing;
};

/* The oldest job; NULL when the pool closes and nothing is left. */
static struct worker_job *take(struct worker_pool *p, bool *late)
{
    pthread_mutex_lock(&p->lock);
    while (!p->first && !p->closing)
        pthread_cond_wait(&p->more, &p->lock);
    struct worker_job *job = p->first;
    if (job) {
        p->first = job->next;
        if (!p->first)
            p->last = &p->first;
    }
    *late = p->closing;
    pthread_mutex_unlock(&p->lock);
    return job;
}

static void *work(void *pool)
{
    struct worker_pool *p = pool;
    bool late;
    for (struct worker_job *job; (job = take(p, &late));)
        p->run(job, late || clock_monotonic() - job->since > WORKER_WAIT_MS);
    return NULL;
}

struct worker_pool *worker_open(void (*run)(struct worker_job *job, bool late))
{
    struct worker_pool *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->run = run;
    p->last = &p->first;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, NULL);
    for (int i = 0; i < WORKER_THREADS; i++) {
        int failed = pthread_create(&p->threads[i], NULL, work, p);
        assert(!failed);
        (void)failed;
    }
    return p;
}

void worker_add(struct worker_pool *p, struct worker_job *job)
{
    job->next = NULL;
    job->since = clock_monotonic();
    pthread_mutex_lock(&p->lock);
    *p->last = job;
    p->last = &job->next;
    pthread_cond_signal(&p->more);
    pthread_mutex_unlock(&p->lock);
}

void worker_close(struct worker_pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->more);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < WORKER_THREADS; i++)
        pthread_join(p->threads[i], NULL);
    pthread_cond_destroy(&p->more);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
