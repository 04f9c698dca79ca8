/* demo_versions: cards of the demo centre that had an older version in its first weeks, as
 * versions.json says: {"began": DAY, "changed": DAY, "by": LOGIN, "cards": [{"file", "card",
 * "version", "why", "edits": [{"is", "was"}]}]}. The older text is today's with each `is` put back
 * to what it `was`. */
#ifndef CLI_DEMO_VERSIONS_H
#define CLI_DEMO_VERSIONS_H

#include "base/json.h"
#include "cli/cli.h"

/* Publishes the program's cards on the day the centre began, these as they were. */
bool demo_versions_begin(struct cli *c, const struct json *versions, struct err *e);

/* Backtests and publishes them as they are, on the day they were changed, and scores the calls
 * since then again. */
bool demo_versions_change(struct cli *c, const struct json *versions, struct err *e);

#endif
