/* What the suites of the evaluate desk post, and what became of it. */
#ifndef TESTS_TEST_DESK_POST_H
#define TESTS_TEST_DESK_POST_H

#include "test_desk_fixture.h"

#include "desk/evaluate.h"

/* Everything answered, nothing missed: 100 %. */
#define WHOLE                                                                                      \
    "a.greeting=yes|a.tags=polite|a.tags=clear|a.minutes=3|a.remark=Calm|a.seen=2026-10-20|"       \
    "a.identity=yes|summary=Well done."

/* "name=value|name=value" */
const struct evaluate_field *post_fields(struct arena *a, const char *text);

/* By the published card, on a page that showed neither draft nor review. */
struct evaluate_post post_of(struct centre *c, int call, const char *fields);

/* Submits what must be fine; the sheet's id. */
int64_t post_submitted(struct centre *c, struct desk *d, const struct evaluate_post *p);

struct sheet post_stored(struct centre *c, int64_t id);
int64_t post_sheets(struct centre *c); /* how many people's sheets there are */

/* The stored draft's JSON of this role's user, "" where there is none. */
const char *post_draft(struct centre *c, enum store_role role, int call);

/* What is said about a question, "" the summary, NULL the whole; "(nothing)" where it is fine. */
const char *post_error(const struct evaluate_result *r, const char *question);

#endif
