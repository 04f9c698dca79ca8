/* What the suite of the command line shares. */
#ifndef TESTS_TEST_CLI_H
#define TESTS_TEST_CLI_H

#include "support.h"

#include "base/arena.h"
#include "base/buf.h"

#include <sys/types.h>

/* Runs "earshot WORDS" with both outputs gathered; gives the exit status. */
int run(const char *data, const char *words, struct buf *out);

/* The same, and asserts this status and this text in the output. */
void expect(const char *data, const char *words, int status, const char *says, struct buf *out);

/* FOLDER/calls.jsonl: `n` short calls of type support, with the keys T-0, T-1 ... */
void write_calls(const char *folder, int n, struct arena *a);

/* A server over this data folder, up; and its end, which must be a clean one. */
pid_t start_server(const char *data, const char *log, struct arena *a);
void stop_server(pid_t server);

TCase *test_cli_intake(void);
TCase *test_cli_cards(void);
TCase *test_cli_score(void);
TCase *test_cli_safety(void);
TCase *test_cli_plugin(void);

#endif
