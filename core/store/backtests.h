/* backtests: runs of a version of a scorecard over past calls, and what they found. */
#ifndef STORE_BACKTESTS_H
#define STORE_BACKTESTS_H

#include "store/store.h"

enum store_backtest_state {
    STORE_BACKTEST_WAITING,
    STORE_BACKTEST_RUNNING,
    STORE_BACKTEST_DONE,
    STORE_BACKTEST_FAILED,
    STORE_BACKTEST_STATES
};
extern const char *const store_backtest_state_names[STORE_BACKTEST_STATES + 1];

struct store_backtest {
    int64_t id;
    int64_t version, against;                   /* card versions; against 0: nothing */
    const char *against_card, *against_version; /* "": nothing */
    int64_t since;                              /* calls from then on, UTC ms, 0: all */
    int64_t most;                               /* the newest so many, 0: all */
    int64_t user;                               /* 0: at the console */
    const char *user_name;
    int64_t asked_at, ended_at;
    enum store_backtest_state state;
    int64_t done, total; /* calls */
    const char *result;  /* JSON; "" until it is done */
    const char *problem; /* why it failed, else "" */
};

/* Only version, against, since and most of `b` are read; it waits to be run. */
bool store_backtest_add(struct store *s, const struct store_backtest *b,
                        const struct store_act *act, int64_t *id, struct err *e);
/* State, ended_at, done, total, result and problem of the one with this id. */
bool store_backtest_set(struct store *s, const struct store_backtest *b, struct err *e);

bool store_backtest_get(struct store *s, int64_t id, struct arena *a, struct store_backtest *out,
                        struct err *e);
/* Newest first; results left out ("") . */
bool store_backtest_list(struct store *s, int64_t version, struct arena *a,
                         struct store_backtest **out, size_t *n, struct err *e);
/* How many of this person's wait or are under way. */
bool store_backtest_open(struct store *s, int64_t person, int64_t *out, struct err *e);
/* The oldest in this state, or, with `people`, of those that were not asked for at the console; 0:
 * none. */
bool store_backtest_next(struct store *s, enum store_backtest_state state, bool people, int64_t *id,
                         struct err *e);

#endif
