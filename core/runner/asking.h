/* asking: what every request to a child has in common: its turn, its outcome, and what is done with
 * a child that fails. */
#ifndef RUNNER_ASKING_H
#define RUNNER_ASKING_H

#include "base/wire.h"
#include "runner/link.h"

#include <pthread.h>

struct runner {
    struct link *link;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int at_work, most;
    int hurried; /* who waits for one answer, while a person waits for it */
    runner_denied *denied;
    void *context;
};

struct runner_child {
    struct runner *runner;
    enum runner_kind kind;
    struct arena *a; /* what is known of its script */
    const char *name;
    char hash[HASH_TEXT];
    const char **libraries;
    struct link_stream stream;
    int leash;
    uint32_t n_questions;
    int calls;
    bool bulk;      /* single questions, too, wait behind those of a person */
    int64_t cpu_ms; /* as the child says: only for the decision to wear it out early */
    bool dead;
};

/* At most so many requests are under way at a time; more wait here. `bulk`: behind whoever waits
 * for one answer. */
void asking_begin(struct runner *r, bool bulk);
void asking_end(struct runner *r);
/* Does somebody wait who goes before what is done in bulk? */
bool asking_is_hurried(struct runner *r);

/* A child without a script yet; NULL with the outcome. */
struct runner_child *asking_spawn(struct runner *r, enum runner_kind kind,
                                  struct runner_outcome *o);

/* The next answer that ends a request. `w` reads what follows the common part. Anything but
 * RUNNER_DONE ends the child. */
enum runner_end asking_hear(struct runner_child *c, struct wire *w, struct runner_outcome *o);
/* The same for a frame of any kind, before the deadline: where `*tag` is `also`, `w` has its body
 * whole, and the request goes on. */
enum runner_end asking_hear_also(struct runner_child *c, enum protocol_tag also, int64_t deadline,
                                 uint8_t *tag, struct wire *w, struct runner_outcome *o);

/* Fills the outcome; NULL or "": the usual sentence for that end. */
enum runner_end asking_finish(struct runner_outcome *o, enum runner_kind kind, enum runner_end end,
                              const char *text);

void asking_kill(struct runner_child *c);
/* The child said something that cannot be: it is not asked again. */
enum runner_end asking_disbelieve(struct runner_child *c, struct runner_outcome *o);

#endif
