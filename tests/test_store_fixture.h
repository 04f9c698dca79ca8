/* What the suites of the store share: a data folder that goes away, and people, calls and forms to
 * put into it. */
#ifndef TEST_STORE_FIXTURE_H
#define TEST_STORE_FIXTURE_H

#include "model/form.h"
#include "store/calls.h"
#include "store/cards.h"
#include "store/people.h"
#include "store/sheets.h"

#include "support.h"

#include <string.h>

struct fixture {
    const char *folder;
    struct arena *a;
    struct store *s; /* the writer */
    struct err e;
};

/* A writer on a new, empty folder. */
void fixture_open(struct fixture *f);
void fixture_close(struct fixture *f);
void fixture_reopen(struct fixture *f);
const char *fixture_path(struct fixture *f, const char *name);

/* Asserts with the error's own sentence. */
#define must(f, condition) ck_assert_msg((condition), "%s", (f)->e.text)
/* The call fails with this kind; then forgets it. */
#define refused(f, condition, kind_)                                                               \
    do {                                                                                           \
        ck_assert(!(condition));                                                                   \
        ck_assert_msg((f)->e.kind == (kind_), "kind %d: %s", (f)->e.kind, (f)->e.text);            \
        ck_assert(strlen((f)->e.text) > 10);                                                       \
        err_clear(&(f)->e);                                                                        \
    } while (0)

/* Runs SQL from outside, past the store; true where SQLite took it. */
bool fixture_outside(struct fixture *f, const char *sql);

/* A voice call of this agent that began `minute` minutes after 5 Oct 2026, 09:00 UTC. */
struct call fixture_call(struct fixture *f, const char *key, const char *agent, const char *team,
                         int minute, const char *agent_says, const char *customer_says);
enum store_put fixture_put(struct fixture *f, const struct call *c); /* in its own transaction */

int64_t fixture_user(struct fixture *f, const char *login, enum store_role role, const char *team,
                     const char *agent); /* in its own transaction */

/* Questions greeting (yes, no) and solved (yes, partly, no); a text. */
extern const struct form fixture_form;
int64_t fixture_card(struct fixture *f); /* published; in its own transaction */
/* A sheet about the call with both questions answered. */
struct sheet fixture_sheet(struct fixture *f, const char *call, int64_t card, int64_t user,
                           const char *greeting, const char *solved);

extern const struct store_act fixture_act;
int64_t fixture_minute(int minute); /* UTC ms */

/* Each adds its cases. */
void cases_open(Suite *s);
void cases_calls(Suite *s);
void cases_search(Suite *s);
void cases_people(Suite *s);
void cases_desk(Suite *s);
void cases_library(Suite *s);
void cases_media(Suite *s);
void cases_crash(Suite *s);
void cases_plans(Suite *s);

#endif
