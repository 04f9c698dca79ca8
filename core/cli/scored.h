/* scored: scoring with its progress and its sum, for the commands that score. */
#ifndef CLI_SCORED_H
#define CLI_SCORED_H

#include "cli/cli.h"
#include "desk/scoring.h"

/* Scores (or rebuilds), shows how far it is, prints the sum. */
enum cli_exit scored_run(struct cli *c, const char *what, bool rebuild, bool all);
enum cli_exit scored_show(struct cli *c, const struct scoring_sum *s);

#endif
