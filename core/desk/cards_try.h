/* cards_try: what a kept version, published or not, makes of one call; and a call kept as a test of
 * its card. Looking stores nothing. */
#ifndef DESK_CARDS_TRY_H
#define DESK_CARDS_TRY_H

#include "desk/cards.h"
#include "model/call.h"
#include "model/sheet.h"

struct cards_try {
    struct store_card card;
    struct form form;
    struct call call;
    struct sheet sheet;
    struct table *how; /* NULL where the run failed */
    bool applies;      /* would the card take this call by itself? */
    const char *failure; /* what stopped its own `applies`, "" where nothing did */
};
/* ERR_MISSING where this person may not see the call, ERR_INPUT where the text does not load. */
bool cards_try(struct desk *d, struct runner *r, int64_t id, const char *call_id,
               struct cards_try *out, struct err *e);

/* Keeps a person's sheet as a test of its card: the call, and what the person answered where the
 * card answers by itself too, become a test at the end of the published text, kept as a new draft
 * `*id`. The person's word is what must come out, so the draft may fail its new test: then the card
 * is to be mended. ERR_INPUT where the sheet has no such answer or the name is empty, ERR_CONFLICT
 * where a test of that name is there. */
bool cards_keep_test(struct desk *d, struct runner *r, int64_t sheet, const char *name, int64_t *id,
                     struct err *e);

#endif
