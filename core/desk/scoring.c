/* Each worker has cards of its own, in processes of their own; it takes the next batch of calls,
 * asks its cards, and keeps the sheets when all batches before are kept. */
#define _GNU_SOURCE
#include "desk/scoring.h"

#include "desk/settings.h"
#include "score/card.h"
#include "store/audit.h"
#include "store/cards.h"
#include "store/sheets.h"
#include "store/unscored.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>

enum { PROCESSES = 128 /* of all workers' cards: half of what the runner can have */ };

static const struct manner {
    size_t batch;
    size_t workers; /* 0: as many as there are processors for us */
} at_once = {.batch = 200}, behind = {.batch = 20, .workers = 1};

struct queue {
    const struct scoring_means *means;
    struct manner manner;
    struct store *reader;
    const struct store_card *versions; /* the published cards */
    size_t n_versions;
    pthread_mutex_t lock; /* for the reader and all below, except that whose turn it is has `out`
                             and `e` */
    pthread_cond_t turned;
    int64_t cursor, total;
    size_t taken, kept; /* batches */
    bool failed;
    struct scoring_sum *out;
    struct err *e;
};

struct made { /* a sheet on its way to the store */
    struct sheet sheet;
    size_t card; /* the number of cards: none fits */
    bool late;   /* the call was changed meanwhile: it is asked about again */
};

struct worker {
    struct queue *q;
    struct arena *a, *cards_a; /* of a batch; of the cards */
    struct card **cards;       /* one a version; NULL until there is a call */
    size_t *denials;           /* that are in the audit log already */
    size_t batch;              /* its number */
    struct store_unscored_call *calls;
    size_t n;
    struct made *made;
    struct err e;
};

/* --- cards --- */

static bool open_card(struct worker *w, const struct store_card *version, struct card **out)
{
    struct card_report report;
    if (card_open(w->q->means->runner, slice_of(version->text), version->card, w->cards_a, out,
                  &report, &w->e))
        return true;
    if (w->e.kind == ERR_NONE)
        err_set(&w->e, ERR_INPUT, "the published scorecard %s %s does not load any more: %s",
                version->card, version->version,
                report.n_faults ? report.faults[0].text : "no reason given");
    return false;
}

static bool open_cards(struct worker *w)
{
    if (w->cards)
        return true;
    w->cards = arena_array(w->cards_a, w->q->n_versions, sizeof(struct card *));
    w->denials = arena_array(w->cards_a, w->q->n_versions, sizeof *w->denials);
    for (size_t i = 0; i < w->q->n_versions; i++)
        if (!open_card(w, &w->q->versions[i], &w->cards[i]))
            return false;
    return true;
}

/* --- scoring --- */

static bool score_those_of(struct worker *w, size_t card)
{
    struct call *calls = arena_array(w->a, w->n, sizeof *calls);
    struct sheet *sheets = arena_array(w->a, w->n, sizeof *sheets);
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->made[i].card == card)
            calls[n++] = w->calls[i].call;
    if (!card_score_many(w->cards[card], calls, n, w->a, sheets, &w->e))
        return false;
    n = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->made[i].card == card)
            w->made[i].sheet = sheets[n++];
    return true;
}

/* Cards think outside the transaction, so that the writer is held for the writing only. */
static bool score_batch(struct worker *w)
{
    size_t *calls_of = arena_array(w->a, w->q->n_versions + 1, sizeof *calls_of);
    w->made = arena_array(w->a, w->n, sizeof *w->made);
    for (size_t i = 0; i < w->n; i++)
        calls_of[w->made[i].card = card_choose(w->cards, w->q->n_versions, &w->calls[i].call)]++;
    for (size_t card = 0; card < w->q->n_versions; card++)
        if (calls_of[card] && !score_those_of(w, card))
            return false;
    return true;
}

/* --- keeping --- */

static bool keep_sheet(struct worker *w, struct made *made)
{
    const struct scoring_means *m = w->q->means;
    int64_t id;
    made->sheet.card_version = w->q->versions[made->card].id;
    made->sheet.made_at = clock_now(&m->clock);
    return store_sheet_put_card(m->store, card_form(w->cards[made->card]), &made->sheet, m->program,
                                &id, &w->e);
}

static bool keep_made(struct worker *w, size_t i)
{
    struct made *made = &w->made[i];
    struct store *s = w->q->means->store;
    bool same;
    if (!store_unscored_same(s, &w->calls[i], &same, &w->e))
        return false;
    made->late = !same;
    if (made->late)
        return true;
    return made->card < w->q->n_versions ? keep_sheet(w, made)
                                         : store_unscored_unfitted(s, w->calls[i].call.id, &w->e);
}

/* S3: one entry for each run that was killed since the last batch. */
static bool keep_denials(struct worker *w, size_t card)
{
    const struct scoring_means *m = w->q->means;
    const struct store_card *version = &w->q->versions[card];
    struct store_audit entry = {
        .at = clock_now(&m->clock),
        .who = "program",
        .address = "",
        .action = "forbidden system call",
        .target = arena_format(w->a, "scorecard %s %s", version->card, version->version),
        .result = "refused",
    };
    for (; w->denials[card] < card_denials(w->cards[card]); w->denials[card]++)
        if (!store_audit_add(m->store, &entry, &w->e))
            return false;
    return true;
}

static bool keep_batch(struct worker *w)
{
    struct store *s = w->q->means->store;
    bool ok = store_begin(s, &w->e);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < w->n; i++)
        ok = keep_made(w, i);
    for (size_t i = 0; ok && i < w->q->n_versions; i++)
        ok = keep_denials(w, i);
    return store_end(s, ok, &w->e);
}

static void count_sheet(const struct sheet *sheet, struct scoring_sum *out)
{
    bool failed = sheet->failure[0];
    out->failed += failed;
    out->scored += !failed && sheet->agent.scored;
    out->not_scored += !failed && !sheet->agent.scored;
    if (failed && !out->failure[0])
        snprintf(out->failure, sizeof out->failure, "call %s: %s", sheet->call_id, sheet->failure);
}

/* False: no more. */
static bool count_batch(const struct worker *w)
{
    const struct scoring_means *m = w->q->means;
    struct scoring_sum *out = w->q->out;
    for (size_t i = 0; i < w->n; i++) {
        if (w->made[i].late)
            continue;
        out->calls++;
        if (w->made[i].card == w->q->n_versions)
            out->without_card++;
        else
            count_sheet(&w->made[i].sheet, out);
    }
    return !m->progress || m->progress(m->context, out->calls, (size_t)w->q->total);
}

/* --- workers --- */

static bool take_batch(struct worker *w)
{
    struct queue *q = w->q;
    w->n = 0;
    pthread_mutex_lock(&q->lock);
    if (!q->failed && !store_unscored_batch(q->reader, &q->cursor, q->manner.batch, w->a, &w->calls,
                                            &w->n, &w->e)) {
        q->failed = true;
        *q->e = w->e;
        pthread_cond_broadcast(&q->turned);
    }
    bool ok = !q->failed && w->n > 0;
    w->batch = q->taken;
    q->taken += ok;
    pthread_mutex_unlock(&q->lock);
    return ok;
}

/* False where a batch before failed. */
static bool wait_for_turn(struct worker *w)
{
    struct queue *q = w->q;
    pthread_mutex_lock(&q->lock);
    while (q->kept < w->batch && !q->failed)
        pthread_cond_wait(&q->turned, &q->lock);
    bool ok = !q->failed;
    pthread_mutex_unlock(&q->lock);
    return ok;
}

static void end_turn(struct worker *w, bool ok)
{
    struct queue *q = w->q;
    pthread_mutex_lock(&q->lock);
    if (!ok && !q->failed)
        *q->e = w->e;
    q->failed = q->failed || !ok;
    q->kept++;
    pthread_cond_broadcast(&q->turned);
    pthread_mutex_unlock(&q->lock);
}

static void *work(void *context)
{
    struct worker *w = context;
    while (take_batch(w)) {
        bool ok = open_cards(w) && score_batch(w);
        if (!wait_for_turn(w))
            break;
        ok = ok && keep_batch(w);
        ok = ok && (count_batch(w) ||
                    err_set(&w->e, ERR_BUSY, "Scoring was stopped; it goes on where it ended."));
        end_turn(w, ok);
        arena_reset(w->a);
    }
    return NULL;
}

static void open_worker(struct worker *w, struct queue *q)
{
    *w = (struct worker){.q = q, .a = arena_open(), .cards_a = arena_open()};
}

static void close_worker(struct worker *w)
{
    for (size_t i = 0; w->cards && i < w->q->n_versions; i++)
        card_close(w->cards[i]);
    arena_close(w->cards_a);
    arena_close(w->a);
}

static size_t count_workers(const struct queue *q)
{
    cpu_set_t set;
    size_t n = q->manner.workers;
    if (!n)
        n = sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
    size_t most = q->n_versions ? PROCESSES / q->n_versions : 1;
    return n < most ? n : most ? most : 1;
}

/* This thread is the first worker. */
static void run_workers(struct queue *q, struct arena *a)
{
    size_t n = count_workers(q), others = 1;
    struct worker *workers = arena_array(a, n, sizeof *workers);
    pthread_t *threads = arena_array(a, n, sizeof *threads);
    for (size_t i = 0; i < n; i++)
        open_worker(&workers[i], q);
    while (others < n && pthread_create(&threads[others], NULL, work, &workers[others]) == 0)
        others++;
    work(&workers[0]);
    for (size_t i = 1; i < others; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < n; i++)
        close_worker(&workers[i]);
}

static bool read_cards(struct queue *q, struct arena *a)
{
    struct store_card *list;
    if (!store_card_list(q->reader, &(struct store_card_filter){.published = true}, a, &list,
                         &q->n_versions, q->e))
        return false;
    for (size_t i = 0; i < q->n_versions; i++)
        if (!store_card_get(q->reader, list[i].id, a, &list[i], q->e))
            return false;
    q->versions = list;
    return true;
}

static bool run(const struct scoring_means *m, struct manner manner, struct scoring_sum *out,
                struct err *e)
{
    struct arena *a = arena_open();
    struct queue q = {.means = m, .manner = manner, .out = out, .e = e};
    q.reader = store_open_reader(store_folder(m->store), e);
    bool ok = q.reader && read_cards(&q, a) &&
              store_unscored_count(q.reader, STORE_UNSCORED_WAITS, &q.total, e);
    if (ok) {
        pthread_mutex_init(&q.lock, NULL);
        pthread_cond_init(&q.turned, NULL);
        run_workers(&q, a);
        pthread_cond_destroy(&q.turned);
        pthread_mutex_destroy(&q.lock);
    }
    store_close(q.reader);
    arena_close(a);
    return ok && !q.failed;
}

bool scoring_run(const struct scoring_means *m, bool all, struct scoring_sum *out, struct err *e)
{
    *out = (struct scoring_sum){0};
    return store_begin(m->store, e) &&
           store_end(m->store, store_unscored_again(m->store, all, e), e) &&
           run(m, at_once, out, e);
}

static bool is_wanted(struct store *s, bool *out, struct err *e)
{
    int64_t waiting;
    struct desk d = {.store = s, .arena = arena_open()};
    *out = false;
    bool ok = store_unscored_count(s, STORE_UNSCORED_WAITS, &waiting, e) &&
              (!waiting || settings_is_on(&d, SETTINGS_SCORE_NEW, out, e));
    arena_close(d.arena);
    return ok;
}

bool scoring_new(const struct scoring_means *m, struct scoring_sum *out, struct err *e)
{
    bool wanted;
    *out = (struct scoring_sum){0};
    return is_wanted(m->store, &wanted, e) && (!wanted || run(m, behind, out, e));
}
