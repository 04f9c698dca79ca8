/* proofread: what is wrong with a card's text that can be seen without running it - texts and
 * brackets left open, commas left out, words that neither the host lends nor the card defines.
 *
 * It reports all of them at once, and mends what it can in a copy, so that the copy can be loaded
 * to find the faults behind them. A mended copy has the same lines; it is never scored with.
 */
#ifndef SCORE_PROOFREAD_H
#define SCORE_PROOFREAD_H

#include "score/faults.h"
#include "score/library.h"
#include "score/script.h"

/* Words that nobody knows; those on lines where `original`, if it is not NULL, leaves a text open
 * are not reported, for nobody can tell what is text there. True of any text that Lua can read.
 * `mended` gets the text with each word that was probably meant in place of the wrong one. */
void proofread_words(struct slice text, const struct script *original, struct faults *faults,
                     struct buf *mended);

/* Phrase lists that are asked for and are not in `lists`; an empty one stands in `mended`. */
void proofread_lists(struct slice text, const struct library *lists, struct faults *faults,
                     struct buf *mended);

/* For a text that Lua cannot read: quotes, brackets, commas, and a “local” among the parts. */
void proofread_signs(struct slice text, struct faults *faults, struct buf *mended);

#endif
