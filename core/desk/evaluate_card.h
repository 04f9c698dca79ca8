/* evaluate_card: which scorecard a person answers about a call. */
#ifndef DESK_EVALUATE_CARD_H
#define DESK_EVALUATE_CARD_H

#include "desk/desk.h"
#include "model/call.h"
#include "model/form.h"
#include "model/sheet.h"
#include "store/cards.h"

struct evaluate_card {
    struct store_card card;
    struct form form;
};

/* The most specific published card that fits. Where a card decides with a function of its own, its
 * automatic sheet about the call shows that it fitted. ERR_MISSING, saying what was looked for,
 * where there is none. */
bool evaluate_card_choose(const struct desk *d, const struct call *c, struct evaluate_card *out,
                          struct err *e);

/* A version that people may answer: published now or before. ERR_CONFLICT otherwise. */
bool evaluate_card_get(const struct desk *d, int64_t version, struct evaluate_card *out,
                       struct err *e);

/* The same, where it must fit this call besides. */
bool evaluate_card_for(const struct desk *d, const struct call *c, int64_t version,
                       struct evaluate_card *out, struct err *e);

/* The automatic sheet about this call by this version; NULL where there is none, or where it has no
 * answers. `asked` (may be NULL): there is one. */
bool evaluate_card_sheet(const struct desk *d, const char *call_id,
                         const struct evaluate_card *card, const struct sheet **out, bool *asked,
                         struct err *e);

#endif
