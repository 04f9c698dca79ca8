/* What the suites of scorecards and backtests share: the centre with a runner, and a card of two
 * questions in as many versions as a test wants. */
#ifndef TESTS_TEST_DESK_BENCH_H
#define TESTS_TEST_DESK_BENCH_H

#include "test_desk_fixture.h"

#include "desk/backtest.h"
#include "model/table.h"
#include "runner/runner.h"
#include "store/cards.h"

struct bench {
    struct centre c;
    struct runner *r;
    struct err e;
};

void bench_open(struct bench *b); /* without limits on publishing */
void bench_close(struct bench *b);

void bench_must(struct bench *b, bool ok);
void bench_refused(struct bench *b, bool ok, enum err_kind kind, const char *says);

/* A card "ten": did the agent say one of `greets` ("'hello', 'hi'"), and "sorry", which weighs so
 * many per cent? Its one test thanks the caller and expects this of the greeting. Passed from 50.
 */
const char *bench_card(struct bench *b, const char *version, const char *greets, int weight,
                       const char *expected);
#define BENCH_FIRST(b)  bench_card((b), "1.0", "'thank you'", 50, "yes")
#define BENCH_SECOND(b) bench_card((b), "2.0", "'thank you', 'hello'", 75, "yes")

int64_t bench_keep(struct bench *b, enum store_role role, const char *text);
bool bench_publish(struct bench *b, enum store_role role, int64_t id); /* checks once more */
enum store_card_state bench_state(struct bench *b, int64_t id);

/* Per cent of calls that may turn between passed and not passed, or gain or lose an auto-fail. */
void bench_limits(struct bench *b, const char *flips, const char *autofails);

/* A call of one turn, which the card "ten" fits; `n` counts from 1, later ones are newer. */
void bench_call(struct bench *b, struct call *out, int n, const char *agent, const char *says);

/* A manager asks for it, and it runs. */
int64_t bench_backtest(struct bench *b, const struct backtest_ask *ask);

/* A change from outside, such as a trigger that refuses what a full disk would. */
void bench_sql(struct bench *b, const char *sql);

size_t bench_row(const struct table *t, const char *name); /* by its first cell */

#endif
