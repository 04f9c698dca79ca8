/* noted: what leaves over the command line stands in the audit before it is printed. */
#ifndef CLI_NOTED_H
#define CLI_NOTED_H

#include "cli/cli.h"

/* "everything", "calls as --csv": by this process where nobody else holds the data folder, else by
 * the server that does. A disk on which nothing can be written stops nobody from rescuing what is
 * there: then it is said on `problems`. False where another command writes just now. */
bool noted_export(struct cli *c, const char *what, struct err *e);

#endif
