/* builtin: the scorecards that travel inside the program, to begin with. */
#ifndef CLI_BUILTIN_H
#define CLI_BUILTIN_H

#include "cli/cli.h"

/* Checks and publishes each; one that is published already stays as it is. */
enum cli_exit builtin_publish(struct cli *c, struct err *e);

#endif
