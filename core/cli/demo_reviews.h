/* demo_reviews: what evaluators of the demo centre said about calls before you came, as
 * reviews.json says: [{"call", "by", "at", "summary", "differs": {QUESTION: OPTION}}]. Each agrees
 * with the card's own sheet but where it differs; what the card leaves open has the best answer,
 * of a bonus the least. */
#ifndef CLI_DEMO_REVIEWS_H
#define CLI_DEMO_REVIEWS_H

#include "base/json.h"
#include "desk/desk.h"

/* Each in a transaction of its own. ERR_INPUT naming the call where the card has no sheet about it,
 * or the review is not whole. */
bool demo_reviews_add(struct desk *d, const struct json *reviews, struct err *e);

#endif
