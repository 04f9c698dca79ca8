/* lend: a call as a check sees it. Plain data set for each request, and functions that look into
 * the one call that is lent; nothing of it can be changed. */
#ifndef RUNNER_LEND_H
#define RUNNER_LEND_H

#include "runner/sandbox.h"
#include "runner/spot.h"

/* Makes `call` the one that is lent, until sandbox_put_back; it must outlive that. */
void lend_use(struct sandbox *s, const struct call *call);

/* Pushes the table that a check is given. */
void lend_push(struct sandbox *s);

/* For functions that make hits: pushes a place of `turn` (-1: no words), bytes from..to. */
void lend_push_hit(lua_State *L, int64_t turn, uint32_t from, uint32_t to, int64_t start_ms,
                   int64_t end_ms);

/* "agent" or "customer" (or "system", or nothing: -1, where `any` allows) at `index`. */
int lend_check_side(lua_State *L, int index, bool any);

/* Places of all numbers, dates ... of the call in use, found once; gives their end. */
const struct phrase_place *lend_spots(lua_State *L, enum spot_kind kind,
                                      const struct phrase_place **places);
/* What stands at such a place. */
const struct spot *lend_spot_at(lua_State *L, enum spot_kind kind, const struct phrase_place *p);

/* Adds to what the check has looked at. */
void lend_note_text(lua_State *L, struct slice text);
void lend_note(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
