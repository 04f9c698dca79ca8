/* card_fits: which calls a card is for, as far as its lists say. */
#ifndef SCORE_CARD_FITS_H
#define SCORE_CARD_FITS_H

#include "model/call.h"
#include "model/form.h"

/* Channel, type, direction, queue and language; the card's own function is not asked. */
bool card_fits(const struct form *f, const struct call *call);

#endif
