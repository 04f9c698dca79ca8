/* trail: who did what, for the audit. Written in the transaction of what was done. */
#ifndef DESK_TRAIL_H
#define DESK_TRAIL_H

#include "desk/desk.h"

/* "play" "call 7Q2..." "done": inside the desk's open transaction. */
bool trail_add(const struct desk *d, const char *action, const char *target, const char *result,
               struct err *e);

/* Did this person do the same to the same thing at or after `since` (UTC ms)? */
bool trail_has(const struct desk *d, const char *action, const char *target, int64_t since,
               bool *out, struct err *e);

#endif
