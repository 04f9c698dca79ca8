/* backtest_moves: which calls a version takes from the other published cards, and which it leaves
 * to them. The set of published cards is held against itself with the candidate in its card's
 * place. */
#ifndef DESK_BACKTEST_MOVES_H
#define DESK_BACKTEST_MOVES_H

#include "base/json.h"
#include "runner/runner.h"
#include "score/card.h"
#include "store/cards.h"

/* The versions of `card` that the two sets have in its place; `before` NULL: none. They and all
 * others live as long as the moves. Nothing is opened yet. */
struct backtest_moves;
bool backtest_moves_new(struct arena *a, struct runner *r, struct store *reader,
                        const struct store_card *before, const struct store_card *after,
                        struct backtest_moves **out, struct err *e);
void backtest_moves_free(struct backtest_moves *m); /* NULL is fine */

/* Counts one call; NULL: that version does not fit it. Other cards are asked only where the two
 * claim it differently. */
bool backtest_moves_add(struct backtest_moves *m, const struct call *call, struct card *before,
                        struct card *after, struct arena *each, struct err *e);

/* Puts "moves" [{"from", "from_version", "to", "to_version", "calls", "example"}], "" and 0 for no
 * card; and how many calls come ("came") and go ("went"). */
void backtest_moves_put(const struct backtest_moves *m, struct json *into);

#endif
