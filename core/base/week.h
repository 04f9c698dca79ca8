/* week: weeks begin on Monday, UTC. */
#ifndef BASE_WEEK_H
#define BASE_WEEK_H

#include "base/arena.h"

#define WEEK_MS ((int64_t)7 * 24 * 3600 * 1000)

int64_t week_start(int64_t ms);                        /* of the week that this time falls into */
const char *week_name(int64_t start, struct arena *a); /* "2026-10-05" */

#endif
