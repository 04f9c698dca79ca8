/* What the suite of the command line shares. */
#ifndef TESTS_TEST_CLI_H
#define TESTS_TEST_CLI_H

#include "support.h"

#include "base/arena.h"
#include "base/buf.h"

#include <sys/types.h>

/* Where a test works, made by the fixture: `data` is a data folder in `folder`, which is empty and
 * stands in words as $HERE. */
extern struct arena *a;
extern const char *folder, *data;
extern struct buf out;

void setup(void);
void teardown(void);

/* The path of this name in the folder; and a file there, with its folders. */
const char *in(const char *name);
void put(const char *name, const char *text);

/* Runs "earshot WORDS" over a data folder with both outputs gathered; gives the exit status. */
int run(const char *at, const char *words, struct buf *said);

/* The same, and asserts this status and this text in the output. */
void expect(const char *at, const char *words, int status, const char *says, struct buf *said);

/* A file of `n` short calls of type support, with the keys T-0, T-1 ... */
void put_calls(const char *name, int n);

/* A server over the data folder, up; and its end, which must be a clean one. */
pid_t start_server(void);
void stop_server(pid_t server);

TCase *test_cli_intake(void);
TCase *test_cli_cards(void);
TCase *test_cli_filter(void);
TCase *test_cli_score(void);
TCase *test_cli_safety(void);
TCase *test_cli_plugin(void);

#endif
