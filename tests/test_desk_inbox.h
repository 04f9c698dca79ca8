/* What the suites of files that come in begin with: an empty store, somebody at its desk, and
 * another program that has the database open. */
#ifndef TESTS_TEST_DESK_INBOX_H
#define TESTS_TEST_DESK_INBOX_H

#include "support.h"
#include "test_desk.h"

#include "desk/desk.h"
#include "model/call.h"

/* Made by the fixture: `data` in `folder` is the store's. */
extern struct arena *a;
extern struct store *store;
extern const char *folder;
extern struct err e;
extern int64_t now; /* UTC ms */

void setup(void);
void teardown(void);

/* An admin's, a second later each time. */
struct desk desk(void);

int64_t n_calls(void);
struct call only_call(void); /* there is one */
/* What the store holds, without the audit, which also says what came and changed nothing. */
const char *dump(void);

/* Files, with their folders; `path` below `folder`, or absolute. */
void put(const char *path, const char *text);
void put_sound(const char *path, int tenths);

/* What the other program does, and what it sees: the first column, each value ended by ";". */
bool sql(const char *text);
const char *ask(const char *text);

#endif
