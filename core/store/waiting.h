/* waiting: parts of calls on their way to each other: the other names of a call, calls that no
 * record describes yet, and parts that wait because nobody can say whose they are. */
#ifndef STORE_WAITING_H
#define STORE_WAITING_H

#include "model/call.h"
#include "store/store.h"

/* The call of this source and key, also under another name of it. `id` is "" where there is none.
 */
bool store_call_known(struct store *s, const char *source, const char *key, char id[CALL_ID],
                      struct err *e);
/* From now on the call is also known so. */
bool store_call_name(struct store *s, const char *call_id, const char *source, const char *key,
                     struct err *e);
bool store_call_unname(struct store *s, const char *source, const char *key, struct err *e);

enum { STORE_GUESSES = 10 };
struct store_guesses {
    char ids[STORE_GUESSES][CALL_ID];
    bool undescribed[STORE_GUESSES]; /* of store_call_by_key only */
    size_t n;
};
/* Calls with this key, whatever their source. */
bool store_call_by_key(struct store *s, const char *key, struct store_guesses *out, struct err *e);
/* Calls of this agent (id or name, in any case) that were offered or answered from..until (UTC ms);
 * "" for any agent: calls that began then. */
bool store_call_near(struct store *s, const char *agent, int64_t from, int64_t until,
                     struct store_guesses *out, struct err *e);

/* No record has described this call yet, or one has. */
bool store_undescribed_set(struct store *s, const char *call_id, bool undescribed, struct err *e);
bool store_undescribed(struct store *s, const char *call_id, bool *out, struct err *e);

enum store_part_state {
    STORE_PART_WAITS,
    STORE_PART_JOINED,
    STORE_PART_PARTED, /* waits, because a person took it out of a call: no longer joined alone */
    STORE_PART_ALONE   /* made a call of its own by a person */
};

struct store_part {
    int64_t id;
    const char *source, *source_key; /* of the part: its file */
    const char *name;                /* of the file */
    const char *named_key, *agent;   /* what the name says; "" */
    int64_t at;                      /* likewise; CALL_UNKNOWN */
    int64_t came_at;                 /* UTC ms */
    const char *why;                 /* it waits */
    enum store_part_state state;
    struct call part;
    const char *call_id; /* of STORE_PART_JOINED and _ALONE; "" */
    bool has_was;        /* `was`: the call before; `became`: the hash of the whole afterwards */
    struct call was;
    const char *became;
};

/* A part that waits (id, state and what follows `part` are not read). One there is under the same
 * source and key stays as it is but for the part itself. */
bool store_waiting_put(struct store *s, const struct store_part *p, int64_t *id, struct err *e);
/* `was` NULL: nothing to go back to. `call_id` "" where it waits again. */
bool store_waiting_move(struct store *s, int64_t id, enum store_part_state state,
                        const char *call_id, const struct call *was, const char *became,
                        struct err *e);
/* ERR_MISSING */
bool store_waiting_get(struct store *s, int64_t id, struct arena *a, struct store_part *out,
                       struct err *e);
/* By source and key of the part; `*there` false where there is none. */
bool store_waiting_find(struct store *s, const char *source, const char *key, struct arena *a,
                        struct store_part *out, bool *there, struct err *e);
/* Those in a state, oldest first, after the id `after`. */
bool store_waiting_batch(struct store *s, enum store_part_state state, int64_t after, size_t most,
                         struct arena *a, struct store_part **out, size_t *n, struct err *e);
/* Those that wait and may be of a call with this key that began from..until (UTC ms): by key, by
 * time, or by a name in a folder. Oldest first. */
bool store_waiting_near(struct store *s, const char *key, int64_t from, int64_t until,
                        struct arena *a, int64_t **ids, size_t *n, struct err *e);
bool store_waiting_count(struct store *s, enum store_part_state state, int64_t *out, struct err *e);

#endif
