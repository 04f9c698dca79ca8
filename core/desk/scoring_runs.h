/* scoring_runs: how the published versions fare while calls are scored. One whose runs end
 * CARD_FAILURES times in a row without a result is switched off, and its owner is told (S5). */
#ifndef DESK_SCORING_RUNS_H
#define DESK_SCORING_RUNS_H

#include "desk/scoring.h"
#include "model/form.h"
#include "store/cards.h"

struct scoring_version {
    struct store_card card;
    struct form form; /* where it is switched off: what says which calls wait for it */
    int failures;     /* runs in a row without a result */
    bool changed;     /* `failures`, since they were kept */
};

/* All published versions, in `a`. `anew`: whoever scores everything again counts from the start, so
 * that the same calls always end the same way. */
bool scoring_runs_read(struct store *s, bool anew, struct arena *a, struct scoring_version **out,
                       size_t *n, struct err *e);

/* Inside a transaction: are these still the published versions, each on or off as it was? `a` is
 * for the while. */
bool scoring_runs_stand(struct store *s, const struct scoring_version *versions, size_t n,
                        struct arena *a, bool *out, struct err *e);

/* Inside a transaction: a run of this version, or the loading of it, ended; `failure` "": with a
 * result. `*off` becomes true where it is switched off for it. */
bool scoring_runs_add(const struct scoring_means *m, struct scoring_version *v, const char *failure,
                      bool *off, struct arena *a, struct err *e);

/* Inside the same transaction: keeps what has changed. */
bool scoring_runs_keep(struct store *s, struct scoring_version *versions, size_t n, struct err *e);

/* This call has a sheet now. */
void scoring_runs_count(const struct sheet *sheet, struct scoring_sum *out);

#endif
