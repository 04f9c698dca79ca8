/* events: every change of state - who, when, from, to, why - written by the function that makes the
 * change, in the same transaction. Only ever added. */
#ifndef STORE_EVENTS_H
#define STORE_EVENTS_H

#include "store/store.h"

enum store_subject {
    STORE_ON_CALL,
    STORE_ON_CARD,
    STORE_ON_ISSUE,
    STORE_ON_USER,
    STORE_ON_AGENT,
    STORE_ON_SHEET,
    STORE_ON_SETTING,
    STORE_SUBJECTS
};
extern const char *const store_subject_names[STORE_SUBJECTS + 1];

struct store_event {
    int64_t id;
    enum store_subject on;
    const char *target; /* the thing's id as text */
    const char *from, *to;
    int64_t user; /* 0: the program */
    const char *user_name;
    int64_t at; /* UTC ms */
    const char *why;
};

/* Of one thing, in order of time. Whoever may see the thing may see these. */
bool store_event_list(struct store *s, enum store_subject on, const char *target, struct arena *a,
                      struct store_event **out, size_t *n, struct err *e);

#endif
