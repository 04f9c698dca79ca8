/* What the suite of the command line shares. */
#ifndef TESTS_TEST_CLI_H
#define TESTS_TEST_CLI_H

#include "support.h"

#include "base/buf.h"

/* Runs "earshot WORDS" with both outputs gathered; gives the exit status. */
int run(const char *data, const char *words, struct buf *out);

/* The same, and asserts this status and this text in the output. */
void expect(const char *data, const char *words, int status, const char *says, struct buf *out);

TCase *test_cli_intake(void);
TCase *test_cli_cards(void);

#endif
