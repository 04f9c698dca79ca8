/* filter: calls in on a stream, sheets out, one JSON object a line; nothing is stored. */
#ifndef CLI_FILTER_H
#define CLI_FILTER_H

#include "cli/cli.h"

/* Scores each call of `in` with the most specific card of the folder that fits it; none is scored
 * where two of them have the same claim to some calls. CLI_REFUSED where a line could not be read,
 * or a card could not say whether the call is its own; the lines after it are answered all the
 * same. */
enum cli_exit filter_run(struct cli *c, FILE *in, const char *folder);

#endif
