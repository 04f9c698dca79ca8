/* backtest: what a version of a scorecard would have done to past calls, before it counts.
 *
 * A run asks the candidate, and the version it is held against, about each call anew; it reads
 * stored sheets only to see what people answered, and changes none. What it found is kept as JSON,
 * from which every table is drawn, so that console and page cannot differ.
 *
 * Calls that another card would score before or after are counted card by card.
 *
 * "passed" and "not passed" are outcomes under the card's own pass line; an auto-fail is not
 * passed. Shares are of the calls that both versions fit and judge. A call loses its score where
 * the version before gives it a score, or an outcome under its pass line, and the candidate none.
 */
#ifndef DESK_BACKTEST_H
#define DESK_BACKTEST_H

#include "base/clock.h"
#include "desk/desk.h"
#include "model/table.h"
#include "runner/runner.h"
#include "store/backtests.h"
#include "store/cards.h"

enum { BACKTEST_MOVED = 20, BACKTEST_BINS = 12, BACKTEST_LEAST = 30 };
/* Agents, teams and types are free text of what came in: of each so many, the first that the newest
 * calls name, and behind them "all others". */
enum { BACKTEST_GROUPS = 500 };

struct backtest_ask {
    int64_t version;
    int64_t against; /* 0: backtest_default's */
    int64_t since;   /* UTC ms, 0: all calls */
    int64_t most;    /* the newest so many, 0: all */
};

/* What a version is held against where nothing is named: the published version of its card, and
 * that one against the version published before it. id 0: there is none. */
bool backtest_default(struct desk *d, const struct store_card *card, struct store_card *out,
                      struct err *e);

enum { BACKTEST_EACH = 3 /* of one person, that wait or are under way */ };

/* Writes down that a run is wanted: it waits, or, at the console, is under way. ERR_INPUT where the
 * version does not load, or is held against itself. */
bool backtest_want(struct desk *d, const struct backtest_ask *ask, int64_t *id, struct err *e);

/* Runs it; long. The writer is held for a moment now and then. `progress` false: stop, and leave it
 * waiting. False where it failed, which is written down too, if anything can be: else it stays
 * "running" (backtest_recover). */
typedef bool backtest_progress(void *context, size_t done, size_t all);
struct backtest_means {
    struct store *writer;
    struct runner *runner;
    struct clock clock;
    backtest_progress *progress; /* may be NULL */
    void *context;
};
bool backtest_run(const struct backtest_means *m, int64_t id, struct err *e);

/* The oldest that waits; 0: none. */
bool backtest_waiting(struct store *s, int64_t *id, struct err *e);
/* What is "running" though nobody runs it waits again: after a program's end, or since nothing
 * could be written when it ended. `people`: all but the console's. */
bool backtest_recover(struct store *writer, bool people, struct err *e);

struct backtest_view {
    struct store_backtest run;
    const char *card, *version;
    const char *asked;   /* what it was held against, and over which calls */
    const char *verdict; /* one sentence */
    struct table *summary, *scores, *outcomes, *agents, *teams, *types, *questions, *moved, *cards;
    /* NULL until it is done */
};
bool backtest_view(struct desk *d, int64_t id, struct backtest_view *out, struct err *e);

/* Runs of this version, newest first: a link to each, by whom, when, state, over
 * which calls, held against what. NULL: none. */
bool backtest_table(struct desk *d, int64_t version, struct table **out, struct err *e);

/* Why publishing this version takes a second person: its newest backtest is past a limit of the
 * settings, or it would replace a published version and no backtest has held it against that one
 * (BACKTEST_LEAST calls, or all there are). With both limits at 100 % nothing ever is. */
struct backtest_limit {
    const char *why; /* "": one person is enough */
    bool untested;   /* a backtest may change that */
};
bool backtest_limit(struct desk *d, int64_t version, struct backtest_limit *out, struct err *e);

#endif
