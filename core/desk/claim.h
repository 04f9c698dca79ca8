/* claim: do two cards claim the same calls with the same right? */
#ifndef DESK_CLAIM_H
#define DESK_CLAIM_H

#include "base/arena.h"
#include "model/form.h"

/* True where some kind of call fits both forms and neither is more specific; `*calls` (in `a`) then
 * says which, in words. Forms with a function of their own are left out: only a call can tell. */
bool claim_ties(const struct form *a_form, const struct form *b_form, struct arena *a,
                const char **calls);

/* A form's claim in words: "voice: support, billing". */
const char *claim_text(const struct form *f, struct arena *a);

#endif
