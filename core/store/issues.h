/* issues: process faults that no agent can mend, and where they showed.
 *
 *     noticed -> confirmed -> being fixed -> fixed -> verified
 *
 * One step forward at a time; back from anywhere to an earlier state (a fix that did not hold).
 * Every move is an event with its reason.
 */
#ifndef STORE_ISSUES_H
#define STORE_ISSUES_H

#include "store/store.h"

enum store_issue_state {
    STORE_ISSUE_NOTICED,
    STORE_ISSUE_CONFIRMED,
    STORE_ISSUE_BEING_FIXED,
    STORE_ISSUE_FIXED,
    STORE_ISSUE_VERIFIED,
    STORE_ISSUE_STATES
};
extern const char *const store_issue_state_names[STORE_ISSUE_STATES + 1];

struct store_issue {
    int64_t id;
    const char *title, *what;    /* `what` in Markdown */
    const char *locus;           /* process tool policy customer */
    const char *card, *question; /* where it shows: the card's id and the question's, or "" */
    const char *wrap_up, *keyword;
    const char *owner; /* who sees to it, in words */
    enum store_issue_state state;
    int64_t fixed_on; /* UTC ms of the day, 0 unless fixed or verified */
    int64_t opened_by;
    const char *opened_by_name;
    int64_t opened_at;
    int64_t calls, agents;               /* over the occurrences that the viewer may see */
    int64_t first_call_at, last_call_at; /* 0 where there are none */
};

struct store_occurrence {
    int64_t issue;
    const char *call_id;
    int64_t sheet;        /* where it was marked, or 0 */
    const char *question; /* id, or "" */
    int64_t marked_by;    /* user; 0: the program */
    int64_t marked_at;
    const char *agent_id, *agent_name, *team; /* of the call; not read when adding */
    int64_t call_at;
};

/* Opens as noticed; id, state, fixed_on and counts are not read. */
bool store_issue_add(struct store *s, const struct store_issue *i, const struct store_act *act,
                     int64_t *id, struct err *e);

/* Title, what, owner and where it shows. */
bool store_issue_change(struct store *s, const struct store_issue *i, const struct store_act *act,
                        struct err *e);

/* `from`: the state that the person saw. ERR_CONFLICT where it has moved since, ERR_INPUT where the
 * step is not allowed, or where STORE_ISSUE_FIXED comes without a date. */
bool store_issue_move(struct store *s, int64_t id, enum store_issue_state from,
                      enum store_issue_state to, int64_t fixed_on, const struct store_act *act,
                      struct err *e);

/* Once a call and question; again changes nothing. */
bool store_issue_mark(struct store *s, const struct store_occurrence *o, struct err *e);

bool store_issue_get(struct store *s, const struct store_viewer *v, int64_t id, struct arena *a,
                     struct store_issue *out, struct err *e);

struct store_issue_filter {      /* {0}: all */
    int state;                   /* 1 + the enum */
    const char *card, *question; /* that show here: to join one instead of opening another */
};

/* Issues are everybody's; the counts are over the calls that `v` may see. Newest last call first.
 */
bool store_issue_list(struct store *s, const struct store_viewer *v,
                      const struct store_issue_filter *f, const struct store_page *page,
                      struct arena *a, struct store_issue **out, size_t *n, int64_t *total,
                      struct err *e);

/* Newest call first. `call` (or NULL): only those of this call; `issue` 0: of any issue. */
bool store_occurrence_list(struct store *s, const struct store_viewer *v, int64_t issue,
                           const char *call, const struct store_page *page, struct arena *a,
                           struct store_occurrence **out, size_t *n, int64_t *total, struct err *e);

#endif
