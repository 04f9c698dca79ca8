/* watching: a folder in which files appear by themselves. What lies still there for a while is
 * taken in, then moved to done/ or refused/ inside it: by rename, never copied, never removed.
 *
 * A file that could not be stored (disk full) stays where it is and is tried again. */
#ifndef CLI_WATCHING_H
#define CLI_WATCHING_H

#include "base/clock.h"
#include "base/err.h"

#include <stdio.h>

struct runner;
struct store;
struct watching;

struct watching_options {
    const char *folder; /* must be there */
    int settle_s;       /* nothing of a file changed for so long: it is whole */
    struct store *store;
    struct runner *runner; /* for plugins; NULL: they are off */
    struct clock clock;
    FILE *out; /* a line a file; NULL: the log */
};
enum { WATCHING_SETTLE_S = 10 };

/* Makes done/ and refused/ and watches in a thread of its own. */
bool watching_start(struct watching **out, const struct watching_options *o, struct err *e);
void watching_stop(struct watching *w); /* after the file under way; NULL is fine */

/* Takes in everything that lies there now, settled or not, and returns; `*refused` counts. */
bool watching_once(const struct watching_options *o, size_t *refused, struct err *e);

#endif
