#define _GNU_SOURCE
#include "serve/worker.h"

#include "base/clock.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct worker_pool {
    void (*run)(struct worker_job *job, bool late);
    int share; /* threads that one person's jobs may hold */
    int wait_ms;
    pthread_t threads[WORKER_THREADS];
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct worker_job *first, **last;
    struct running {
        bool busy;
        int64_t person;
    } running[WORKER_THREADS]; /* not the jobs: those are gone as soon as they ran */
    bool closing, ended;
};

static bool is_late(const struct worker_pool *p, const struct worker_job *job)
{
    return clock_monotonic() - job->since > p->wait_ms;
}

static int count_running(const struct worker_pool *p, int64_t person)
{
    int n = 0;
    for (int i = 0; i < WORKER_THREADS; i++)
        n += p->running[i].busy && p->running[i].person == person;
    return n;
}

static int count_waiting(const struct worker_pool *p, int64_t person)
{
    int n = 0;
    for (const struct worker_job *job = p->first; job; job = job->next)
        n += job->person == person;
    return n;
}

/* The oldest job whose person holds less than a share, or that is late; NULL: none may be run. */
static struct worker_job *pick(struct worker_pool *p)
{
    for (struct worker_job **at = &p->first; *at; at = &(*at)->next) {
        struct worker_job *job = *at;
        if (!p->closing && !is_late(p, job) && count_running(p, job->person) >= p->share)
            continue;
        *at = job->next;
        if (p->last == &job->next)
            p->last = at;
        return job;
    }
    return NULL;
}

/* What waits for its share is looked at again each second: it may be late by then. */
static void wait_for_more(struct worker_pool *p)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    if (p->first)
        pthread_cond_timedwait(&p->more, &p->lock, &until);
    else
        pthread_cond_wait(&p->more, &p->lock);
}

/* There are as many slots as threads. */
static struct running *slot_for(struct worker_pool *p, int64_t person)
{
    struct running *slot = p->running;
    while (slot->busy)
        slot++;
    *slot = (struct running){true, person};
    return slot;
}

/* NULL when the pool closes and nothing is left. */
static struct worker_job *take(struct worker_pool *p, bool *late, struct running **slot)
{
    struct worker_job *job;
    pthread_mutex_lock(&p->lock);
    while (!(job = pick(p)) && !(p->closing && !p->first))
        wait_for_more(p);
    if (job) {
        *late = p->closing || is_late(p, job);
        *slot = slot_for(p, job->person);
    }
    pthread_mutex_unlock(&p->lock);
    return job;
}

static void put_down(struct worker_pool *p, struct running *slot)
{
    pthread_mutex_lock(&p->lock);
    slot->busy = false;
    pthread_cond_broadcast(&p->more);
    pthread_mutex_unlock(&p->lock);
}

static void *work(void *pool)
{
    struct worker_pool *p = pool;
    struct running *slot;
    bool late;
    for (struct worker_job *job; (job = take(p, &late, &slot));) {
        p->run(job, late);
        put_down(p, slot);
    }
    return NULL;
}

struct worker_pool *worker_open(void (*run)(struct worker_job *job, bool late), int share,
                                int wait_ms)
{
    struct worker_pool *p = calloc(1, sizeof *p);
    pthread_condattr_t monotonic;
    if (!p || pthread_condattr_init(&monotonic))
        abort();
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    p->run = run;
    p->share = share;
    p->wait_ms = wait_ms;
    p->last = &p->first;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, &monotonic);
    pthread_condattr_destroy(&monotonic);
    for (int i = 0; i < WORKER_THREADS; i++) {
        int failed = pthread_create(&p->threads[i], NULL, work, p);
        assert(!failed);
        (void)failed;
    }
    return p;
}

bool worker_add(struct worker_pool *p, struct worker_job *job)
{
    job->next = NULL;
    job->since = clock_monotonic();
    pthread_mutex_lock(&p->lock);
    bool fits =
        !p->closing && (p->share == WORKER_THREADS || count_waiting(p, job->person) < WORKER_QUEUE);
    if (fits) {
        *p->last = job;
        p->last = &job->next;
        pthread_cond_signal(&p->more);
    }
    pthread_mutex_unlock(&p->lock);
    return fits;
}

void worker_end(struct worker_pool *p)
{
    if (!p || p->ended)
        return;
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->more);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < WORKER_THREADS; i++)
        pthread_join(p->threads[i], NULL);
    p->ended = true;
}

void worker_close(struct worker_pool *p)
{
    if (!p)
        return;
    worker_end(p);
    pthread_cond_destroy(&p->more);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
