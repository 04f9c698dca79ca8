#define _GNU_SOURCE
#include "serve/job.h"

#include "base/log.h"
#include "desk/backtest.h"
#include "desk/imports.h"
#include "desk/scoring.h"

#include <assert.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { AFTER_FAULT_MS = 30 * 1000 };

/* One kind of work. `work` does all there is to do, or stops with an error; `did`: there was
 * something. `look_ms`: how often it looks by itself, since not everybody who brings work can wake
 * it (the watched folder, a command); 0: only when it is woken. */
struct kind {
    const char *name;
    int look_ms;
    bool by_clock; /* never woken */
    bool cards;    /* needs the runner */
    bool (*work)(struct job *j, bool *did, struct err *e);
};

struct worker {
    struct job *job;
    const struct kind *kind;
    pthread_t thread;
    bool started, woken;
    char problem[sizeof((struct err *)0)->text];
};

static bool run_backtests(struct job *j, bool *did, struct err *e);
static bool score_new(struct job *j, bool *did, struct err *e);
static bool tidy(struct job *j, bool *did, struct err *e);

enum { BACKTESTS, SCORING, TIDYING, KINDS };
static const struct kind kinds[KINDS] = {
    [BACKTESTS] = {"backtests", .look_ms = 30 * 1000, .cards = true, .work = run_backtests},
    [SCORING] = {"scoring new calls", .look_ms = 1000, .cards = true, .work = score_new},
    [TIDYING] = {"tidying", .look_ms = 24 * 3600 * 1000, .by_clock = true, .work = tidy},
};

struct job {
    struct job_means means;
    struct worker workers[KINDS];
    pthread_mutex_t lock; /* of what the workers have */
    pthread_cond_t more;
    atomic_bool closing;
};

static bool go_on(void *context, size_t done, size_t all)
{
    struct job *j = context;
    (void)done, (void)all;
    return !atomic_load(&j->closing);
}

/* --- backtests --- */

static void run_backtest(struct job *j, int64_t id)
{
    struct err e = {0};
    struct backtest_means means = {.writer = j->means.writer,
                                   .runner = j->means.runner,
                                   .clock = j->means.clock,
                                   .progress = go_on,
                                   .context = j};
    if (!backtest_run(&means, id, &e) && !atomic_load(&j->closing))
        log_warning("backtest %lld: %s", (long long)id, e.text);
}

/* Ends where nothing waits, or where a piece waits again, for the next look. Of people's backtests
 * only this thread runs any: one that is under way here was left so. */
static bool run_backtests(struct job *j, bool *did, struct err *e)
{
    int64_t id = 0, last = 0;
    if (!backtest_recover(j->means.writer, true, e))
        return false;
    while (!atomic_load(&j->closing) && backtest_waiting(j->means.writer, &id, e) && id &&
           id != last) {
        run_backtest(j, last = id);
        *did = true;
    }
    return e->kind == ERR_NONE;
}

/* --- new calls --- */

static bool score_new(struct job *j, bool *did, struct err *e)
{
    struct scoring_means means = {.store = j->means.writer,
                                  .runner = j->means.runner,
                                  .clock = j->means.clock,
                                  .program = j->means.program,
                                  .progress = go_on,
                                  .context = j};
    struct scoring_sum sum = {0};
    if (!scoring_new(&means, &sum, e)) {
        bool stood_back = e->kind == ERR_BUSY;
        if (stood_back)
            err_clear(e);
        return stood_back;
    }
    *did = sum.calls > 0;
    if (sum.failed)
        log_warning("%zu of %zu new calls got no score. The first: %s", sum.failed, sum.calls,
                    sum.failure);
    return true;
}

/* --- what is kept for a while --- */

static bool tidy(struct job *j, bool *did, struct err *e)
{
    struct desk d = {
        .store = j->means.writer, .arena = arena_open(), .now = clock_now(&j->means.clock)};
    int64_t after = 0;
    size_t gone = 0;
    bool more = true, ok = true;
    while (ok && more && !atomic_load(&j->closing)) {
        ok = imports_prune(&d, &after, &gone, &more, e);
        arena_reset(d.arena);
    }
    arena_close(d.arena);
    *did = gone > 0;
    if (gone)
        log_info("imports: %zu lines are older than the site keeps them, and gone", gone);
    return ok;
}

/* --- threads --- */

static void note_problem(struct worker *w, const char *problem)
{
    pthread_mutex_lock(&w->job->lock);
    bool new = strcmp(w->problem, problem) != 0;
    strcpy(w->problem, problem); /* both as long as an error's text */
    pthread_mutex_unlock(&w->job->lock);
    if (new &&*problem)
        log_warning("%s: %s", w->kind->name, problem);
}

static void wait_for_work(struct worker *w, int ms)
{
    struct job *j = w->job;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    int late = 0;
    pthread_mutex_lock(&j->lock);
    while (!w->woken && !late && !atomic_load(&j->closing))
        late = ms ? pthread_cond_timedwait(&j->more, &j->lock, &until)
                  : pthread_cond_wait(&j->more, &j->lock);
    w->woken = false;
    pthread_mutex_unlock(&j->lock);
}

static void *work(void *cookie)
{
    struct worker *w = cookie;
    while (!atomic_load(&w->job->closing)) {
        struct err e = {0};
        bool did = false, ok = w->kind->work(w->job, &did, &e);
        if (atomic_load(&w->job->closing))
            break;
        note_problem(w, ok ? "" : e.text);
        if (did)
            malloc_trim(0); /* a long run leaves holes that a server would keep for weeks */
        wait_for_work(w, ok ? w->kind->look_ms : AFTER_FAULT_MS);
    }
    return NULL;
}

static void start(struct job *j)
{
    struct err e = {0};
    if (!backtest_recover(j->means.writer, false, &e))
        log_warning("backtests that were under way stay as they are: %s", e.text);
    for (int i = 0; i < KINDS; i++) {
        struct worker *w = &j->workers[i];
        *w = (struct worker){.job = j, .kind = &kinds[i]};
        if (w->kind->cards && !j->means.runner)
            continue;
        w->started = pthread_create(&w->thread, NULL, work, w) == 0;
        assert(w->started);
    }
}

struct job *job_open(const struct job_means *means)
{
    struct job *j = calloc(1, sizeof *j);
    pthread_condattr_t by_clock;
    if (!j)
        abort();
    j->means = *means;
    pthread_mutex_init(&j->lock, NULL);
    pthread_condattr_init(&by_clock);
    pthread_condattr_setclock(&by_clock, CLOCK_MONOTONIC);
    pthread_cond_init(&j->more, &by_clock);
    pthread_condattr_destroy(&by_clock);
    start(j);
    return j;
}

void job_wake(struct job *j)
{
    pthread_mutex_lock(&j->lock);
    for (int i = 0; i < KINDS; i++)
        j->workers[i].woken = !kinds[i].by_clock;
    pthread_cond_broadcast(&j->more);
    pthread_mutex_unlock(&j->lock);
}

const char *job_scoring_problem(struct job *j, struct arena *a)
{
    if (!j->means.runner)
        return "scorecards cannot run on this machine.";
    pthread_mutex_lock(&j->lock);
    const char *problem = arena_copy(a, j->workers[SCORING].problem);
    pthread_mutex_unlock(&j->lock);
    return problem;
}

void job_close(struct job *j)
{
    if (!j)
        return;
    atomic_store(&j->closing, true);
    job_wake(j);
    for (int i = 0; i < KINDS; i++)
        if (j->workers[i].started)
            pthread_join(j->workers[i].thread, NULL);
    pthread_cond_destroy(&j->more);
    pthread_mutex_destroy(&j->lock);
    free(j);
}
