/* progress: how far long work has come. On a terminal one line drawn over itself; in a log a line
 * every tenth, but none sooner than ten seconds after the one before: short work says nothing. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"

struct progress {
    struct cli *cli;
    const char *what; /* "Reading files" */
    int64_t drawn_at; /* clock_monotonic */
    int tenth;
};

void progress_start(struct progress *p, struct cli *c, const char *what);
void progress_show(struct progress *p, size_t done, size_t all);
void progress_end(struct progress *p); /* clears the line on a terminal */

#endif
