/* control: the socket in the data folder over which a command hands its work to the server that
 * holds the store.
 *
 * One process writes. The socket is the owner's alone (mode 0600 in a folder of mode 0700); who can
 * open it could as well open the database. A request is the person's folder and words; the answer
 * is what the command prints, as it prints it, and its exit status.
 */
#ifndef CLI_CONTROL_H
#define CLI_CONTROL_H

#include "cli/cli.h"

struct control;

/* Listens in a thread of its own and runs each command in another, some at a time, with the given
 * store and runner, until closed. A socket that a dead server left is replaced. */
bool control_open(struct control **out, const struct cli_command *const *commands, const char *data,
                  struct store *store, struct runner *runner, struct err *e);
void control_close(struct control *k); /* waits for the commands under way, which store_stop
                                          hurries; NULL is fine */

/* Runs the words in the server of c->data. False where no server answers there. */
bool control_send(struct cli *c, const char *const *words, size_t n, enum cli_exit *status);

#endif
