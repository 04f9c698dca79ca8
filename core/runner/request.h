/* request: a call on its way to a child, laid out so that the child reads turns where they lie and
 * copies no text. The child believes its server, and both are of one build. */
#ifndef RUNNER_REQUEST_H
#define RUNNER_REQUEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/call.h"

void request_put(struct buf *out, const struct call *c);

/* Texts of turns stay in `bytes`, the rest is in `a`. */
bool request_take(struct slice bytes, struct arena *a, struct call *out, struct err *e);

#endif
