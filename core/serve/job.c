#define _GNU_SOURCE
#include "serve/job.h"

#include "base/log.h"
#include "desk/backtest.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct job {
    struct store *writer;
    struct runner *runner;
    struct clock clock;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    bool woken;
    atomic_bool closing;
};

static bool go_on(void *context, size_t done, size_t all)
{
    struct job *j = context;
    (void)done, (void)all;
    return !atomic_load(&j->closing);
}

static void run(struct job *j, int64_t id)
{
    struct err e = {0};
    struct backtest_means means = {
        .writer = j->writer, .runner = j->runner, .clock = j->clock, .progress = go_on, j};
    if (!backtest_run(&means, id, &e) && !atomic_load(&j->closing))
        log_warning("backtest %lld: %s", (long long)id, e.text);
}

/* Ends where nothing waits, or where a piece that failed could not even be put aside. */
static void run_all(struct job *j)
{
    int64_t id = 0, last = 0;
    struct err e = {0};
    while (!atomic_load(&j->closing) && backtest_waiting(j->writer, &id, &e) && id && id != last)
        run(j, last = id);
}

static void *work(void *cookie)
{
    struct job *j = cookie;
    struct err e = {0};
    if (!backtest_recover(j->writer, &e))
        log_warning("backtests that were under way stay as they are: %s", e.text);
    while (!atomic_load(&j->closing)) {
        run_all(j);
        pthread_mutex_lock(&j->lock);
        while (!j->woken && !atomic_load(&j->closing))
            pthread_cond_wait(&j->more, &j->lock);
        j->woken = false;
        pthread_mutex_unlock(&j->lock);
    }
    return NULL;
}

struct job *job_open(struct store *writer, struct runner *runner, struct clock clock)
{
    struct job *j = calloc(1, sizeof *j);
    if (!j)
        abort();
    j->writer = writer, j->runner = runner, j->clock = clock;
    pthread_mutex_init(&j->lock, NULL);
    pthread_cond_init(&j->more, NULL);
    if (runner) {
        int failed = pthread_create(&j->thread, NULL, work, j);
        assert(!failed);
        (void)failed;
    }
    return j;
}

void job_wake(struct job *j)
{
    pthread_mutex_lock(&j->lock);
    j->woken = true;
    pthread_cond_signal(&j->more);
    pthread_mutex_unlock(&j->lock);
}

void job_close(struct job *j)
{
    if (!j)
        return;
    atomic_store(&j->closing, true);
    job_wake(j);
    if (j->runner)
        pthread_join(j->thread, NULL);
    pthread_cond_destroy(&j->more);
    pthread_mutex_destroy(&j->lock);
    free(j);
}
