/* builtin: the scorecards that travel inside the program, to begin with. */
#ifndef CLI_BUILTIN_H
#define CLI_BUILTIN_H

#include "base/slice.h"
#include "cli/cli.h"

/* Another text in place of a card's; `name`: of its file. False with `e` set. NULL: as they are. */
typedef bool builtin_edit(void *context, const char *name, struct slice *text, struct err *e);

/* Checks and publishes each; one that is published already stays as it is. */
enum cli_exit builtin_publish(struct cli *c, builtin_edit *edit, void *context, struct err *e);

#endif
