/* denials: a card's or plugin's process that was killed for a system call that no script has
 * business with stands in the audit log, whatever the card was run for: scoring, a check, a try, a
 * backtest (S3).
 */
#ifndef DESK_DENIALS_H
#define DESK_DENIALS_H

#include "base/clock.h"
#include "runner/runner.h"
#include "store/store.h"

struct denials {
    struct store *store; /* the writer */
    struct clock clock;
};

/* From now on every such death is written down. `d` must live as long as cards are run. */
void denials_watch(const struct denials *d, struct runner *r);

#endif
