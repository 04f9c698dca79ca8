/* record: what a call's source says of it, as a table for its page. */
#ifndef DESK_RECORD_H
#define DESK_RECORD_H

#include "model/call.h"
#include "model/table.h"

/* Source and key, then what is known of the rest, and each piece of metadata; in `a`. */
struct table *record_of_call(const struct call *c, struct arena *a);

#endif
