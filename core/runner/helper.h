/* helper: the program that starts children for the server, and tells it how each one ended.
 *
 * It is started before the server opens anything, holds no secrets and no descriptor but its
 * control socket and the leashes, and ends with the server. */
#ifndef RUNNER_HELPER_H
#define RUNNER_HELPER_H

/* Serves on the control socket `fd` until it is closed. Gives the exit status. */
int helper_run(int fd);

#endif
