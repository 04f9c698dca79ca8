/* conditions: does a rule over earlier answers hold?
 *
 * A test on a question that has no given answer - not applicable, switched off, failed, left open -
 * never holds, whichever way it asks: so what hangs on a question that is switched off is switched
 * off too.
 */
#ifndef SCORE_CONDITIONS_H
#define SCORE_CONDITIONS_H

#include "model/form.h"
#include "model/sheet.h"

bool conditions_hold(const struct form *f, const struct form_condition *c,
                     const struct answer *answers);

#endif
