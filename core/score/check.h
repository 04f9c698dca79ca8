/* check: what must hold of a form as a whole, whatever its parts are. */
#ifndef SCORE_CHECK_H
#define SCORE_CHECK_H

#include "model/form.h"
#include "score/faults.h"

struct json;

/* Adds each fault. `declaration`: to tell what the card states from what it leaves out. */
void check_form(const struct form *f, const struct json *declaration, struct faults *faults);

#endif
