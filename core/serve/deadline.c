#define _GNU_SOURCE
#include "serve/deadline.h"

#include "base/clock.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { LOOK_MS = 500 };

struct deadline_entry {
    struct deadline_entry *previous, *next;
    int fd;
    int64_t until; /* clock_monotonic; 0: no deadline */
};

struct deadline_watch {
    int64_t most_ms;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t closed;
    bool closing;
    struct deadline_entry ends; /* of the ring */
};

/* Only shut down, never closed: the descriptor belongs to the library, which then sees the end. */
static void hang_up_late(struct deadline_watch *w)
{
    int64_t now = clock_monotonic();
    for (struct deadline_entry *x = w->ends.next; x != &w->ends; x = x->next) {
        if (x->until && x->until < now) {
            shutdown(x->fd, SHUT_RDWR);
            x->until = 0;
        }
    }
}

static void *watch(void *of)
{
    struct deadline_watch *w = of;
    pthread_mutex_lock(&w->lock);
    while (!w->closing) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_clockwait(&w->closed, &w->lock, CLOCK_MONOTONIC, &until);
        hang_up_late(w);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct deadline_watch *deadline_open(int64_t most_ms)
{
    struct deadline_watch *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    w->most_ms = most_ms;
    w->ends.next = w->ends.previous = &w->ends;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->closed, NULL);
    int failed = pthread_create(&w->thread, NULL, watch, w);
    assert(!failed);
    (void)failed;
    return w;
}

void deadline_close(struct deadline_watch *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_signal(&w->closed);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    assert(w->ends.next == &w->ends);
    pthread_cond_destroy(&w->closed);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

struct deadline_entry *deadline_enter(struct deadline_watch *w, int fd)
{
    struct deadline_entry *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    x->fd = fd;
    x->until = clock_monotonic() + w->most_ms;
    pthread_mutex_lock(&w->lock);
    x->previous = &w->ends;
    x->next = w->ends.next;
    x->next->previous = x->previous->next = x;
    pthread_mutex_unlock(&w->lock);
    return x;
}

void deadline_leave(struct deadline_watch *w, struct deadline_entry *entry)
{
    pthread_mutex_lock(&w->lock);
    entry->previous->next = entry->next;
    entry->next->previous = entry->previous;
    pthread_mutex_unlock(&w->lock);
    free(entry);
}

void deadline_reading(struct deadline_watch *w, struct deadline_entry *entry, int times)
{
    pthread_mutex_lock(&w->lock);
    entry->until = times ? clock_monotonic() + w->most_ms * times : 0;
    pthread_mutex_unlock(&w->lock);
}
