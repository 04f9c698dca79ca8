/* sign_ins: what a person at the console needs to get in. */
#ifndef CLI_SIGN_INS_H
#define CLI_SIGN_INS_H

#include "cli/cli.h"

/* Of the demo centre, where this is one: a line a role. */
void sign_ins_show(struct cli *c);

/* Where nobody may sign in yet: makes an admin and prints the password, once. */
bool sign_ins_first_admin(struct cli *c, struct err *e);

#endif
