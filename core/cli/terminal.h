/* terminal: what is printed on a person's screen. Names of files and words out of calls come from
 * strangers: control bytes among them, which could move the cursor, rename the window or hide what
 * was said, are shown as "?". */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdio.h>

/* `to` itself where it is no terminal (`is_terminal` false: files and pipes get the bytes as they
 * are); else a stream that writes to it, yours to fclose before it. Line ends, tabs and the carriage
 * returns of a progress line pass. */
FILE *terminal_open(FILE *to, int is_terminal);

#endif
