#include "runner/failures.h"

#include <string.h>

void failures_open(struct failures *f)
{
    memset(f, 0, sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
}

void failures_close(struct failures *f)
{
    pthread_mutex_destroy(&f->lock);
}

static struct failures_card *find(struct failures *f, const char *hash)
{
    for (size_t i = 0; i < FAILURES_CARDS; i++)
        if (f->cards[i].n && strcmp(f->cards[i].hash, hash) == 0)
            return &f->cards[i];
    return NULL;
}

static struct failures_card *oldest(struct failures *f)
{
    struct failures_card *card = &f->cards[0];
    for (size_t i = 1; i < FAILURES_CARDS; i++)
        if (f->cards[i].last < card->last)
            card = &f->cards[i];
    return card;
}

void failures_add(struct failures *f, const char *hash)
{
    pthread_mutex_lock(&f->lock);
    struct failures_card *card = find(f, hash);
    if (!card) {
        card = oldest(f);
        card->n = 0;
        memcpy(card->hash, hash, sizeof card->hash);
    }
    card->n++;
    card->last = ++f->seen;
    pthread_mutex_unlock(&f->lock);
}

void failures_end(struct failures *f, const char *hash)
{
    pthread_mutex_lock(&f->lock);
    struct failures_card *card = find(f, hash);
    if (card)
        card->n = 0, card->last = 0;
    pthread_mutex_unlock(&f->lock);
}

int failures_of(struct failures *f, const char *hash)
{
    pthread_mutex_lock(&f->lock);
    struct failures_card *card = find(f, hash);
    int n = card ? card->n : 0;
    pthread_mutex_unlock(&f->lock);
    return n;
}
