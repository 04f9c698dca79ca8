/* export_tables: sheets and process issues for other programs, as a table or as JSON lines. */
#ifndef CLI_EXPORT_TABLES_H
#define CLI_EXPORT_TABLES_H

#include "cli/cli.h"

/* Every sheet about these calls (about all calls where none is named), those that were superseded,
 * too: people's first, then the machine's. As CSV a row a sheet; as JSON lines with the answers,
 * their evidence and the lines of the sum. */
bool export_tables_sheets(struct cli *c, bool csv, struct err *e);
bool export_tables_issues(struct cli *c, bool csv, struct err *e);

#endif
