/* figures: what is measured of one call, side by side: talk, pace, gaps, silence, overlap,
 * clipping.
 */
#ifndef DESK_FIGURES_H
#define DESK_FIGURES_H

#include "desk/desk.h"
#include "model/call.h"
#include "model/table.h"

/* A row for the agent, the customer and both; no row where nothing was measured. The call is
 * one that the desk's viewer may see. */
bool figures_of_call(const struct desk *d, const struct call *c, struct table **out, struct err *e);

/* Words that one side said: pieces between blanks that have a letter or digit in them; in Han and
 * kana every character. */
int64_t figures_words(const struct call *c, enum call_side side);

#endif
