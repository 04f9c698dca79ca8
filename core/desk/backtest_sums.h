/* backtest_sums: adds up what two versions of a card made of calls. Plain counting: a person with
 * ten calls and a pencil gets the same. */
#ifndef DESK_BACKTEST_SUMS_H
#define DESK_BACKTEST_SUMS_H

#include "base/json.h"
#include "desk/backtest.h"
#include "model/form.h"
#include "model/sheet.h"

struct backtest_sums;

/* `before` NULL: the card is held against nothing. The forms outlive the sums. */
struct backtest_sums *backtest_sums_new(struct arena *a, const struct form *before,
                                        const struct form *after);
void backtest_sums_free(struct backtest_sums *s); /* what is not in `a`; NULL is fine */

struct backtest_call {
    const struct call *call;
    const char *team;
    const struct sheet *before, *after; /* NULL where the version does not fit the call */
};
void backtest_sums_add(struct backtest_sums *s, const struct backtest_call *c);

/* One person's sheet about a call that was added, answered on any version's form. */
void backtest_sums_person(struct backtest_sums *s, const struct backtest_call *c,
                          const struct form *form, const struct sheet *person);

/* Yours to free. */
struct json *backtest_sums_json(const struct backtest_sums *s);

#endif
