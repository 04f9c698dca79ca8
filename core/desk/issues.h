/* issues: process faults that no agent can mend: noticed, owned, followed until a fix is proven. */
#ifndef DESK_ISSUES_H
#define DESK_ISSUES_H

#include "desk/desk.h"
#include "model/sheet.h"
#include "model/table.h"
#include "store/issues.h"

enum { ISSUES_TITLE = 200, ISSUES_WHAT = 10000 };

bool issues_table(struct desk *d, struct table **out, struct err *e);

struct issues_view {
    struct store_issue issue;
    const char *seen; /* "31 times with 9 of 14 agents over 3 weeks" */
    struct table *weeks, *agents, *calls, *history;
};
bool issues_view(struct desk *d, int64_t id, struct issues_view *out, struct err *e);

/* A person's sheet with misses laid to something other than the agent: each opens an issue for its
 * question, or joins the one that is there. Called inside the transaction that keeps the sheet; `s`
 * bears its id already. */
bool issues_from_sheet(struct desk *d, const struct form *f, const struct sheet *s, struct err *e);

struct issues_draft {
    const char *title, *what, *locus, *owner;
};
struct issues_errors {
    const char *title, *what, *locus;
};
/* False with ERR_INPUT and sentences in `errors` where the person can mend it. */
bool issues_open(struct desk *d, const struct issues_draft *draft, struct issues_errors *errors,
                 int64_t *id, struct err *e);

/* Moves it on. `from` and `to` are state names as the form had them; `fixed_on` is yyyy-mm-dd,
 * needed for "fixed". */
bool issues_move(struct desk *d, int64_t id, const char *from, const char *to, const char *fixed_on,
                 const char *why, struct err *e);

#endif
