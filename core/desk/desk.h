/* desk: what people do, one file a desk. Gathers what a page shows and turns what a person posted
 * into facts.
 *
 * A desk knows the rules and states of its work (review, library, issue ...) and nothing of HTTP or
 * HTML. It is asked with who asks; a thing this person may not see is missing to them. Everything
 * handed out lives in the caller's arena. What changes something runs in one transaction of its own
 * on a writing store, with its event and its audit entry, and returns true if and only if all of it
 * is kept.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/arena.h"
#include "base/err.h"
#include "store/people.h"
#include "store/store.h"

/* Who asks, when, from where. Filled anew for each request. */
struct runner;

struct desk {
    struct store *store; /* a reader for looking, the writer for changing */
    struct arena *arena;
    struct store_viewer viewer;
    int64_t user;     /* row id */
    const char *name; /* as others see this person */
    enum store_role role;
    const char *address;   /* network address, for the audit; "" on a console */
    int64_t now;           /* UTC ms */
    struct runner *runner; /* for plugins; NULL where scripts cannot be run */
};

#endif
