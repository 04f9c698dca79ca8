/* Each worker has cards of its own, in processes of their own; it takes the next batch of calls,
 * asks its cards, and keeps the sheets when all batches before are kept. */
#define _GNU_SOURCE
#include "desk/scoring.h"

#include "desk/scoring_runs.h"
#include "desk/settings.h"
#include "score/card.h"
#include "score/card_fits.h"
#include "store/sheets.h"
#include "store/unscored.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>

enum { PROCESSES = 128 /* of all workers' cards: half of what the runner can have */ };

static const struct manner {
    size_t batch;
    size_t workers; /* 0: what the processors that we may use can do */
    bool yields;    /* to somebody who waits until all is scored */
} at_once = {.batch = 200}, behind = {.batch = 20, .workers = 1, .yields = true};

struct queue {
    const struct scoring_means *means;
    struct manner manner;
    struct store *reader;
    struct scoring_version *versions; /* the published cards */
    size_t n_versions;
    pthread_mutex_t lock; /* for the reader and all below, except that whose turn it is has `out`,
                             `e` and how versions fare */
    pthread_cond_t turned;
    int64_t cursor, total;
    size_t taken, kept; /* batches */
    bool failed;
    bool ended; /* other cards score now: what is not kept is for the next pass */
    struct scoring_sum *out;
    struct err *e;
};

struct made { /* a sheet on its way to the store */
    struct sheet sheet;
    size_t card; /* the number of cards: none fits */
    bool waits;  /* that card is switched off */
    bool misfit; /* that card could not say whether the call is its own */
    bool late;   /* the call was changed meanwhile: it is asked about again */
};

struct worker {
    struct queue *q;
    struct arena *a, *cards_a; /* of a batch; of the cards */
    struct card **cards;   /* one a version, NULL where that is off; NULL until there is a call */
    const char **unloaded; /* one a version, why it does not load; NULL where all do */
    size_t batch;          /* its number */
    struct store_call_seen *calls;
    size_t n;
    struct made *made;
    const char **misfits; /* call i, card k: why `applies` ended without a result, else NULL */
    bool cut;             /* the batch ends early: a card will be switched off at its last call */
    bool off;             /* it was */
    struct err e;
};

/* --- cards --- */

/* False only where the runner is gone. */
static bool open_card(struct worker *w, size_t i)
{
    struct card_report report;
    const struct store_card *v = &w->q->versions[i].card;
    if (v->off_at || card_open(w->q->means->runner, slice_of(v->text), v->card, w->cards_a,
                               &w->cards[i], &report, &w->e))
        return true;
    if (w->e.kind != ERR_NONE)
        return false;
    const struct card_fault *f = &report.faults[0];
    if (!w->unloaded)
        w->unloaded = arena_array(w->cards_a, w->q->n_versions, sizeof *w->unloaded);
    w->unloaded[i] = f->line ? arena_format(w->cards_a, "It does not load any more. Line %d: %s",
                                            f->line, f->text)
                             : arena_format(w->cards_a, "It does not load any more. %s", f->text);
    return true;
}

static bool open_cards(struct worker *w)
{
    if (w->cards)
        return true;
    w->cards = arena_array(w->cards_a, w->q->n_versions, sizeof(struct card *));
    for (size_t i = 0; i < w->q->n_versions; i++) {
        if (!open_card(w, i))
            return false;
        card_in_bulk(w->cards[i]);
    }
    return true;
}

/* Calls that the lists of a card that is off claim wait for it; its function is not asked. */
static void wait_for_card(struct worker *w, size_t call)
{
    struct made *made = &w->made[call];
    size_t n = w->q->n_versions;
    int best = made->card < n ? card_specificity(card_form(w->cards[made->card])) : -1;
    for (size_t i = 0; i < n; i++) {
        const struct form *f = &w->q->versions[i].form;
        if (w->cards[i] || f->applies.by_function || card_specificity(f) <= best ||
            !card_fits(f, &w->calls[call].call))
            continue;
        best = card_specificity(f);
        made->card = i;
        made->waits = true;
    }
}

/* No card less specific may score it then: its number would be none of this call. */
static void take_misfit(struct worker *w, size_t call)
{
    struct made *made = &w->made[call];
    size_t n = w->q->n_versions;
    const char **misfits = &w->misfits[call * n];
    size_t undecided = card_undecided(w->cards, n, made->card, misfits);
    if (undecided == n)
        return;
    made->card = undecided;
    made->misfit = true;
    card_score_misfit(w->cards[undecided], &w->calls[call].call, misfits[undecided], w->a,
                      &made->sheet);
}

static bool choose(struct worker *w, size_t call)
{
    if (!card_choose(w->cards, w->q->n_versions, &w->calls[call].call, w->a, &w->made[call].card,
                     &w->misfits[call * w->q->n_versions], &w->e))
        return false;
    take_misfit(w, call);
    wait_for_card(w, call);
    return true;
}

/* --- scoring --- */

/* Did some card's `applies` fail so often in a row that it will be switched off at this call? Then
 * what is behind is not asked: a batch of loops would take minutes. */
static bool tires(const struct worker *w, size_t call, int *in_a_row)
{
    bool tired = false;
    for (size_t i = 0; i < w->q->n_versions; i++) {
        if (w->misfits[call * w->q->n_versions + i]) {
            in_a_row[i] += card_answers_for(&w->calls[call].call);
            tired = in_a_row[i] == CARD_FAILURES || tired;
        } else if (w->made[call].card == i) {
            in_a_row[i] = 0; /* what its run will say is not known yet */
        }
    }
    return tired;
}

static bool choose_all(struct worker *w)
{
    int *in_a_row = arena_array(w->a, w->q->n_versions, sizeof *in_a_row);
    w->made = arena_array(w->a, w->n, sizeof *w->made);
    w->misfits = arena_array(w->a, w->n * w->q->n_versions, sizeof *w->misfits);
    for (size_t i = 0; i < w->n; i++) {
        if (!choose(w, i))
            return false;
        if (tires(w, i, in_a_row))
            w->n = i + 1, w->cut = true;
    }
    return true;
}

static bool is_of(const struct worker *w, size_t call, size_t card)
{
    const struct made *made = &w->made[call];
    return made->card == card && !made->waits && !made->misfit;
}

/* Where the card's last runs all failed, the batch ends there: it will be switched off. */
static bool score_those_of(struct worker *w, size_t card)
{
    struct call *calls = arena_array(w->a, w->n, sizeof *calls);
    struct sheet *sheets = arena_array(w->a, w->n, sizeof *sheets);
    size_t n = 0, done = 0, k = 0;
    for (size_t i = 0; i < w->n; i++)
        if (is_of(w, i, card))
            calls[n++] = w->calls[i].call;
    if (n && !card_score_many(w->cards[card], calls, n, w->a, sheets, &done, &w->e))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        if (!is_of(w, i, card))
            continue;
        w->made[i].sheet = sheets[k++];
        if (k == done && done < n)
            w->n = i + 1, w->cut = true;
    }
    return true;
}

/* Cards think outside the transaction, so that the writer is held for the writing only. */
static bool score_batch(struct worker *w)
{
    if (w->unloaded) /* whose calls are whose is not known */
        return true;
    if (!choose_all(w))
        return false;
    for (size_t card = 0; card < w->q->n_versions; card++)
        if (!score_those_of(w, card))
            return false;
    return true;
}

/* --- keeping --- */

static bool keep_sheet(struct worker *w, struct made *made)
{
    const struct scoring_means *m = w->q->means;
    int64_t id;
    made->sheet.card_version = w->q->versions[made->card].card.id;
    made->sheet.made_at = clock_now(&m->clock);
    return store_sheet_put_card(m->store, card_form(w->cards[made->card]), &made->sheet, m->program,
                                &id, &w->e);
}

/* `call` NULL: the card was only loaded. */
static bool count_run(struct worker *w, size_t card, const struct call *call, const char *failure)
{
    if (*failure && call && !card_answers_for(call))
        return true;
    return scoring_runs_add(w->q->means, &w->q->versions[card], failure, &w->off, w->a, &w->e);
}

/* A load is tried as often as a run: on a busy machine the next one may go well. */
static bool count_unloaded(struct worker *w)
{
    for (size_t i = 0; w->unloaded && i < w->q->n_versions; i++)
        if (w->unloaded[i] && !count_run(w, i, NULL, w->unloaded[i]))
            return false;
    return true;
}

static bool count_misfits(struct worker *w, size_t call)
{
    size_t n = w->q->n_versions;
    for (size_t i = 0; i < n; i++)
        if (w->misfits[call * n + i] &&
            !count_run(w, i, &w->calls[call].call, w->misfits[call * n + i]))
            return false;
    return true;
}

static bool keep_made(struct worker *w, size_t i)
{
    struct made *made = &w->made[i];
    struct store *s = w->q->means->store;
    bool same;
    if (!store_call_same(s, &w->calls[i], &same, &w->e))
        return false;
    made->late = !same;
    if (made->late)
        return true;
    if (!count_misfits(w, i))
        return false;
    if (made->card == w->q->n_versions || made->waits)
        return store_unscored_unfitted(s, w->calls[i].call.id, &w->e);
    return keep_sheet(w, made) &&
           (made->misfit || count_run(w, made->card, &w->calls[i].call, made->sheet.failure));
}

/* A card that is switched off ends the pass at that very call, however many workers there are; one
 * that was published or retired meanwhile, before this batch. The next pass begins anew: what was
 * kept waits no more. */
static void end_pass(struct worker *w)
{
    struct queue *q = w->q;
    pthread_mutex_lock(&q->lock);
    q->ended = true;
    pthread_mutex_unlock(&q->lock);
}

static bool keep_batch(struct worker *w)
{
    struct store *s = w->q->means->store;
    struct queue *q = w->q;
    bool ok = store_begin(s, &w->e), stand = false;
    if (!ok)
        return false;
    ok = scoring_runs_stand(s, q->versions, q->n_versions, w->a, &stand, &w->e);
    if (!stand || w->unloaded)
        w->n = 0;
    ok = ok && (!stand || count_unloaded(w));
    for (size_t i = 0; ok && i < w->n; i++) {
        ok = keep_made(w, i);
        if (w->off)
            w->n = i + 1;
    }
    if (w->off || w->cut || w->unloaded || !stand)
        end_pass(w);
    return store_end(s, ok && scoring_runs_keep(s, q->versions, q->n_versions, &w->e), &w->e);
}

static void count_waiting(const struct worker *w, size_t card, struct scoring_sum *out)
{
    const struct store_card *v = &w->q->versions[card].card;
    out->calls++;
    if (!out->waiting++)
        snprintf(out->off, sizeof out->off, "%s %s", v->card, v->version);
}

/* False: no more. */
static bool count_batch(const struct worker *w)
{
    const struct scoring_means *m = w->q->means;
    struct scoring_sum *out = w->q->out;
    for (size_t i = 0; i < w->n; i++) {
        if (w->made[i].late)
            continue;
        if (w->made[i].card == w->q->n_versions)
            out->calls++, out->without_card++;
        else if (w->made[i].waits)
            count_waiting(w, w->made[i].card, out);
        else
            scoring_runs_count(&w->made[i].sheet, out);
    }
    if (w->q->manner.yields && store_unscored_is_hurried(m->store))
        return false;
    return !m->progress || m->progress(m->context, out->calls, (size_t)w->q->total);
}

/* --- workers --- */

static bool take_batch(struct worker *w)
{
    struct queue *q = w->q;
    w->n = 0;
    pthread_mutex_lock(&q->lock);
    if (!q->failed && !q->ended &&
        !store_unscored_batch(q->reader, &q->cursor, q->manner.batch, w->a, &w->calls, &w->n,
                              &w->e)) {
        q->failed = true;
        *q->e = w->e;
        pthread_cond_broadcast(&q->turned);
    }
    bool ok = !q->failed && !q->ended && w->n > 0;
    w->batch = q->taken;
    q->taken += ok;
    pthread_mutex_unlock(&q->lock);
    return ok;
}

/* False where a batch before failed, or ended the pass. */
static bool wait_for_turn(struct worker *w)
{
    struct queue *q = w->q;
    pthread_mutex_lock(&q->lock);
    while (q->kept < w->batch && !q->failed && !q->ended)
        pthread_cond_wait(&q->turned, &q->lock);
    bool ok = !q->failed && !q->ended;
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

/* Of several processors one more than there are: while one worker waits for its turn to keep, the
 * others use them. */
static size_t count_workers(const struct queue *q)
{
    cpu_set_t set;
    size_t n = q->manner.workers;
    if (!n)
        n = sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
    if (n > 1)
        n++;
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

/* From one card's end to the next: mostly there is but one pass. */
static bool run_passes(struct queue *q, bool anew, struct arena *a)
{
    do {
        arena_reset(a);
        q->ended = false;
        q->cursor = 0;
        q->taken = q->kept = 0;
        if (!scoring_runs_read(q->reader, anew, a, &q->versions, &q->n_versions, q->e))
            return false;
        run_workers(q, a);
        anew = false;
    } while (q->ended && !q->failed);
    return !q->failed;
}

static bool run(const struct scoring_means *m, struct manner manner, bool anew,
                struct scoring_sum *out, struct err *e)
{
    struct arena *a = arena_open();
    struct queue q = {.means = m, .manner = manner, .out = out, .e = e};
    q.reader = store_open_reader(store_folder(m->store), e);
    pthread_mutex_init(&q.lock, NULL);
    pthread_cond_init(&q.turned, NULL);
    bool ok = q.reader && store_unscored_count(q.reader, STORE_UNSCORED_WAITS, &q.total, e);
    q.total += (int64_t)out->calls;
    ok = ok && run_passes(&q, anew, a);
    pthread_cond_destroy(&q.turned);
    pthread_mutex_destroy(&q.lock);
    store_close(q.reader);
    arena_close(a);
    return ok;
}

bool scoring_run(const struct scoring_means *m, bool all, struct scoring_sum *out, struct err *e)
{
    struct store *s = m->store;
    store_unscored_hurry(s, true);
    bool ok = store_begin(s, e) && store_end(s, store_unscored_again(s, all, e), e) &&
              run(m, at_once, all, out, e);
    store_unscored_hurry(s, false);
    return ok;
}

static bool is_wanted(struct store *s, bool *out, struct err *e)
{
    int64_t cursor = 0;
    struct store_call_seen *first;
    size_t n = 0;
    struct desk d = {.store = s, .arena = arena_open()};
    *out = false;
    bool ok = settings_is_on(&d, SETTINGS_SCORE_NEW, out, e) &&
              (!*out || store_unscored_batch(s, &cursor, 1, d.arena, &first, &n, e));
    *out = ok && n > 0;
    arena_close(d.arena);
    return ok;
}

bool scoring_new(const struct scoring_means *m, struct scoring_sum *out, struct err *e)
{
    bool wanted;
    if (store_unscored_is_hurried(m->store))
        return err_set(e, ERR_BUSY, "Scoring stands back for a run that somebody waits for.");
    return is_wanted(m->store, &wanted, e) && (!wanted || run(m, behind, false, out, e));
}
