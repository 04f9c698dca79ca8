/* unscored: the calls that wait to be scored, and those that no published card fitted.
 *
 * The store keeps this list itself. A call comes to it when it is taken in, when it changes and
 * when results are dropped, in the transaction that does so, and leaves it with its automatic
 * sheet; when a card is published, what none fitted waits again. So nothing is forgotten when a
 * program ends. */
#ifndef STORE_UNSCORED_H
#define STORE_UNSCORED_H

#include "store/calls.h"

enum store_unscored {
    STORE_UNSCORED_WAITS,
    STORE_UNSCORED_UNFITTED, /* no published card fits it */
    STORE_UNSCORED_STATES,
    STORE_UNSCORED_NOT = STORE_UNSCORED_STATES /* it is scored */
};

/* Up to `most` calls that wait, behind the cursor (0 at the start), in the order in which they came
 * first; moves the cursor. Zero calls: the end. */
bool store_unscored_batch(struct store *s, int64_t *cursor, size_t most, struct arena *a,
                          struct store_call_seen **out, size_t *n, struct err *e);

/* No card fits this call. */
bool store_unscored_unfitted(struct store *s, const char *call_id, struct err *e);

/* What no card fitted waits again; or, with `all`, every call there is, whether it has a sheet or
 * not (which counts until there is a new one). */
bool store_unscored_again(struct store *s, bool all, struct err *e);

/* Calls whose automatic sheet that counts is by another version of the card than this one: how many
 * would have a newer one, and how many wait for it. Those that no card fits any more are in
 * neither. */
struct store_unscored_earlier {
    int64_t can, wait;
};
bool store_unscored_earlier(struct store *s, int64_t version, struct store_unscored_earlier *out,
                            struct err *e);
/* All those wait from now on; their sheets count until there are new ones. */
bool store_unscored_renew(struct store *s, int64_t version, struct err *e);

/* One call waits (again). ERR_MISSING where there is none. */
bool store_unscored_renew_call(struct store *s, const char *call_id, struct err *e);

/* Somebody waits until all is scored: whoever does it beside other work stands back meanwhile, so
 * that no call is asked about twice. Between threads that share the writer. */
void store_unscored_hurry(struct store *s, bool begins);
bool store_unscored_is_hurried(struct store *s);

bool store_unscored_count(struct store *s, enum store_unscored state, int64_t *out, struct err *e);
bool store_unscored_state(struct store *s, const char *call_id, enum store_unscored *out,
                          struct err *e);

#endif
