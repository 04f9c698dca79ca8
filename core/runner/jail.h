/* jail: what a child gives up before it looks at a script, for good (S2, S3, S7). */
#ifndef RUNNER_JAIL_H
#define RUNNER_JAIL_H

#include "runner/runner.h"

#include <stdbool.h>

/* Limits for that kind of child, no new privileges, death with the parent, a lower priority, and
 * the list of allowed system calls: memory, the clock, its own timer, exit, and reading and writing
 * `fd` only. Any other call kills the process with SIGSYS. False where the machine cannot do one of
 * them: then run nothing. */
bool jail_lock(int fd, enum runner_kind kind);

/* Ends the process by SIGALRM after `ms`; 0 takes it back. */
void jail_timer(long ms);

/* For the helper, once: an own user, no network and an empty file system, where the machine lets us
 * (S6). A second wall only, so failing is no error; gives those that stand. */
enum { JAIL_OWN_USER = 1 << 0, JAIL_NO_NETWORK = 1 << 1, JAIL_NO_FILES = 1 << 2 };
unsigned jail_step_aside(void);

#endif
