/* joining: parts that wait for their call: seeing them, joining them by hand, taking them apart
 * again. */
#ifndef DESK_JOINING_H
#define DESK_JOINING_H

#include "desk/desk.h"
#include "ingest/match.h"
#include "model/merge.h"
#include "model/table.h"
#include "store/calls.h"
#include "store/waiting.h"

/* Does the call lack what the part brings: a recording, what was said? */
bool joining_lacks(const struct call *c, const struct call *part);

/* The one call that is the part's: by the key in its name; by a name that differs in one folder
 * alone ("recordings/K1", "transcripts/K1"); or by agent and time. */
struct joining_found {
    char id[CALL_ID]; /* "" where there is none, or more than one */
    bool guessed;     /* not by a key: it stays in sight, to be taken out again */
    const char *why;  /* there is none; in d->arena */
};
bool joining_find(const struct desk *d, const struct match_rules *rules,
                  const struct store_part *part, struct joining_found *out, struct err *e);

/* Calls whose file has the name of the part's but for one folder. */
bool joining_find_beside(const struct desk *d, const struct store_part *part,
                         struct store_guesses *out, struct err *e);

/* A call that is keyed by the name of its part's file, "recordings/K1", is found from now on by
 * parts in a folder beside, and by the record with the key K1. Names that another call has stay
 * with it. */
bool joining_name_file(const struct desk *d, const char *call_id, const char *key, struct err *e);
/* The call that bears the record's key as the name of its file, and that no record describes yet;
 * "" where there is none. */
bool joining_find_file(const struct desk *d, const char *key, char id[CALL_ID], struct err *e);

/* Merges the part into the call, within an open transaction, and notes how the call was before. */
bool joining_join(const struct desk *d, const struct store_part *part, const char *call_id,
                  struct err *e);

/* Joins every waiting part that finds its call now; `*joined` says how many. */
bool joining_try_all(const struct desk *d, const struct match_rules *rules, size_t *joined,
                     struct err *e);

/* The same for those alone that may be of one of these calls, or of one beside it: fast where
 * thousands wait. */
bool joining_try_near(const struct desk *d, const struct match_rules *rules,
                      const char (*call_ids)[CALL_ID], size_t n, size_t *joined, struct err *e);

/* --- for people --- */

/* The parts that wait, oldest first, and those that were joined by guess or by hand. */
bool joining_tables(const struct desk *d, struct table **waits, struct table **joined,
                    struct err *e);

/* How many wait. */
bool joining_count(const struct desk *d, int64_t *n, struct err *e);

enum { JOINING_KEY = 5 }; /* the column of the calls' keys in `guesses` */

/* One part with the calls it may belong to, likeliest first. */
struct joining_view {
    struct store_part part;
    const char *brings;    /* a sentence: what is in it */
    struct table *guesses; /* NULL: none; a row for each of `ids` */
    struct store_guesses ids;
};
bool joining_open(const struct desk *d, int64_t id, struct joining_view *out, struct err *e);

/* Each in a transaction of its own, with its audit entry. ERR_CONFLICT where the part is not (or no
 * longer) in the state for it. */
/* `call`: its id, address or key (calls_named). */
bool joining_by_hand(const struct desk *d, int64_t id, const char *call, struct err *e);
/* The call as it was; ERR_CONFLICT where it has changed since. */
bool joining_part(const struct desk *d, int64_t id, struct err *e);
/* The part becomes a call of its own. */
bool joining_alone(const struct desk *d, int64_t id, struct err *e);
/* Every part that waits, also those that a person took out of their call; `*n` how many. */
bool joining_all_alone(const struct desk *d, size_t *n, struct err *e);

#endif
