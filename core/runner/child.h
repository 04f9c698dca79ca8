/* child: one locked-down process that serves one card or plugin. Reads requests, answers each with
 * one frame, and leaves the process where a limit is reached or its server has gone. */
#ifndef RUNNER_CHILD_H
#define RUNNER_CHILD_H

#include "runner/runner.h"

#include <stdnoreturn.h>

/* Serves on `fd` until it is closed. Call after jail_lock. */
noreturn void child_serve(int fd, enum runner_kind kind);

#endif
