#include "desk/intake_writer.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 500, BATCH_BYTES = 16 << 20 /* of transcripts: calls may be large */ };

struct batch {
    struct arena *a;
    struct ingest_item items[BATCH];
    size_t n, bytes;
};

struct intake_writer {
    intake_write *write;
    void *context;
    struct batch batches[2], *filling;
    pthread_t thread;
    bool threaded;
    /* The rest belongs to both threads, under the lock. */
    pthread_mutex_t lock;
    pthread_cond_t turned;
    struct batch *storing; /* NULL: the writer has nothing to do */
    bool closing;
    struct err failure;   /* the first one */
    atomic_size_t stored; /* read at any time */
};

static void store(struct intake_writer *w, struct batch *b)
{
    if (!w->failure.kind && w->write(w->context, b->items, b->n, &w->failure))
        atomic_fetch_add(&w->stored, b->n);
    arena_reset(b->a);
    b->n = b->bytes = 0;
}

static void *work(void *context)
{
    struct intake_writer *w = context;
    pthread_mutex_lock(&w->lock);
    while (w->storing || !w->closing) {
        if (!w->storing) {
            pthread_cond_wait(&w->turned, &w->lock);
            continue;
        }
        pthread_mutex_unlock(&w->lock);
        store(w, w->storing);
        pthread_mutex_lock(&w->lock);
        w->storing = NULL;
        pthread_cond_broadcast(&w->turned);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct intake_writer *intake_writer_open(intake_write *write, void *context)
{
    struct intake_writer *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    w->write = write, w->context = context;
    for (int i = 0; i < 2; i++)
        w->batches[i].a = arena_open();
    w->filling = &w->batches[0];
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->turned, NULL);
    w->threaded = pthread_create(&w->thread, NULL, work, w) == 0;
    return w;
}

void intake_writer_close(struct intake_writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_broadcast(&w->turned);
    pthread_mutex_unlock(&w->lock);
    if (w->threaded)
        pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->turned);
    pthread_mutex_destroy(&w->lock);
    for (int i = 0; i < 2; i++)
        arena_close(w->batches[i].a);
    free(w);
}

/* Comes back when the batch before is stored, and with it the other one is free. */
static bool hand_over(struct intake_writer *w, struct batch *next, struct err *e)
{
    pthread_mutex_lock(&w->lock);
    while (w->storing)
        pthread_cond_wait(&w->turned, &w->lock);
    if (next->n && w->threaded)
        w->storing = next;
    else if (next->n)
        store(w, next);
    bool ok = !w->failure.kind || err_set(e, w->failure.kind, "%s", w->failure.text);
    pthread_cond_broadcast(&w->turned);
    pthread_mutex_unlock(&w->lock);
    return ok;
}

static const struct match_found *copy_match(const struct match_found *m, struct arena *a)
{
    if (!m)
        return NULL;
    struct match_found *out = arena_take(a, sizeof *out);
    *out = *m;
    const char **const texts[] = {&out->pattern,  &out->key,   &out->agent,
                                  &out->customer, &out->queue, &out->type};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_copy(a, *texts[i]);
    return out;
}

static size_t size_of(const struct call *c)
{
    size_t n = c->n_turns * sizeof *c->turns;
    for (size_t i = 0; i < c->n_turns; i++)
        n += strlen(c->turns[i].text) + c->turns[i].n_words * sizeof *c->turns[i].words;
    return n;
}

bool intake_writer_put(struct intake_writer *w, const struct ingest_item *item, struct err *e)
{
    struct batch *b = w->filling;
    struct call *call = arena_take(b->a, sizeof *call);
    assert(!item->recording);
    call_copy(item->call, b->a, call);
    b->items[b->n++] = (struct ingest_item){.call = call,
                                            .path = arena_copy(b->a, item->path),
                                            .part = item->part,
                                            .match = copy_match(item->match, b->a)};
    b->bytes += size_of(call);
    if (b->n < BATCH && b->bytes < BATCH_BYTES)
        return true;
    w->filling = &w->batches[b == &w->batches[0]];
    return hand_over(w, b, e);
}

bool intake_writer_wait(struct intake_writer *w, struct err *e)
{
    struct batch *b = w->filling;
    w->filling = &w->batches[b == &w->batches[0]];
    return hand_over(w, b, e) && hand_over(w, w->filling, e);
}

size_t intake_writer_stored(const struct intake_writer *w)
{
    return atomic_load(&w->stored);
}
