/* backtest_most: the calls that move most between two versions, BACKTEST_MOVED of them. Of however
 * many it is told, it holds the texts of those alone. */
#ifndef DESK_BACKTEST_MOST_H
#define DESK_BACKTEST_MOST_H

#include "base/json.h"
#include "desk/backtest.h"
#include "model/sheet.h"

struct backtest_move {
    const char *call, *agent, *why;
    int64_t at;           /* UTC ms, or CALL_UNKNOWN */
    double before, after; /* per cent; NaN: not scored */
    double by;            /* the larger, the more it moves */
    enum sheet_outcome was, became;
    struct arena *texts; /* where the texts of this one live, as long as it is in the list */
};

struct backtest_most;
struct backtest_most *backtest_most_new(struct arena *a);
void backtest_most_free(struct backtest_most *m); /* what is not in the arena */

/* A call with its id, its scores and outcomes. Where it is one of those that move most so far, its
 * place in the list, for the caller to fill in agent, at and why; else NULL. Of equal moves the
 * smaller id goes first. */
struct backtest_move *backtest_most_add(struct backtest_most *m, const struct backtest_move *one);

/* The largest first; yours to free. */
struct json *backtest_most_json(const struct backtest_most *m);

#endif
