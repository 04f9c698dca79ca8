/* page_card: what the pages of scorecards share. */
#ifndef SERVE_PAGE_CARD_H
#define SERVE_PAGE_CARD_H

#include "desk/backtest.h"
#include "desk/cards.h"
#include "serve/pages.h"
#include "serve/serve.h"

/* What was posted and refused: the note, and why. */
struct page_card_said {
    const char *why, *problem;
};
/* The page of a version; `said` NULL: nothing was posted. */
void page_card_show(struct app *app, struct request *r, struct response *out,
                    const struct page_card_said *said);

/* What a version's pages put alike. */
void page_card_put(struct page_view *v, const struct cards_view *card);

/* {{limit}}: whether publishing needs a second person, and why. */
void page_card_put_limit(struct request *r, struct page_view *v,
                         const struct backtest_limit *limit);

/* Week by week, as the query asks; what is wrong with the query is said in the picture's place and
 * in `e` (ERR_INPUT). False where it could not be looked up. */
bool page_card_put_trend(struct request *r, struct page_view *v, struct desk *d, const char *card,
                         struct err *e);
bool page_card_trend_table(struct request *r, struct desk *d, const char *card, struct table **out,
                           struct err *e);

/* "/cards/12" and what comes behind. */
const char *page_card_address(struct request *r, int64_t id, const char *more);

/* False where there is no runner to ask a card with. */
bool page_card_runner(struct app *app, struct err *e);

#endif
