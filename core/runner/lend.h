/* lend: a call as a check sees it. Plain data set for each request, and functions that look into
 * the one call that is lent; nothing of it can be changed. */
#ifndef RUNNER_LEND_H
#define RUNNER_LEND_H

#include "runner/sandbox.h"

/* Makes `call` the one that is lent, until sandbox_put_back; it must outlive that. */
void lend_use(struct sandbox *s, const struct call *call);

/* Pushes the table that a check is given. */
void lend_push(struct sandbox *s);

/* For functions that make hits: pushes a place of `turn` (-1: no words), bytes from..to. */
void lend_push_hit(lua_State *L, int64_t turn, uint32_t from, uint32_t to, int64_t start_ms,
                   int64_t end_ms);

/* "agent" or "customer" (or "system", or nothing: -1, where `any` allows) at `index`. */
int lend_check_side(lua_State *L, int index, bool any);

/* Adds to what the check has looked at. */
void lend_note(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
