/* builtin: the scorecards that travel inside the program, to begin with. */
#ifndef CLI_BUILTIN_H
#define CLI_BUILTIN_H

#include "cli/cli.h"
#include "desk/desk.h"

/* The name of the i-th one's file, and its text; NULL past the last. */
const char *builtin_card(size_t i, struct slice *text);

/* Checks and keeps a text; ERR_INPUT where it does not pass. */
bool builtin_keep(struct cli *c, struct desk *d, const char *name, struct slice text, int64_t *id,
                  struct err *e);

#endif
