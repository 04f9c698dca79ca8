/* failures: how often in a row a card's runs have failed, by its text (S5). Kept for the cards that
 * failed last; for many threads. */
#ifndef RUNNER_FAILURES_H
#define RUNNER_FAILURES_H

#include "base/hash.h"

#include <pthread.h>
#include <stdint.h>

enum { FAILURES_CARDS = 64 };

struct failures {
    pthread_mutex_t lock;
    struct failures_card {
        char hash[HASH_TEXT];
        int n;
        int64_t last; /* number of the failure, to forget the oldest */
    } cards[FAILURES_CARDS];
    int64_t seen;
};

void failures_open(struct failures *f);
void failures_close(struct failures *f);
void failures_add(struct failures *f, const char *hash);
void failures_end(struct failures *f, const char *hash); /* a run that did not fail */
int failures_of(struct failures *f, const char *hash);

#endif
