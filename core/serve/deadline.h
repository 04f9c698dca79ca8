/* deadline: hangs up on those who take too long to say what they want. The HTTP library's own
 * timeout is for silence only: one byte every few seconds would hold a connection for ever (W3). */
#ifndef SERVE_DEADLINE_H
#define SERVE_DEADLINE_H

#include <stdint.h>

struct deadline_watch;
struct deadline_entry;

/* A thread of its own that looks every half second. `most_ms`: for headers and body together. */
struct deadline_watch *deadline_open(int64_t most_ms);
void deadline_close(struct deadline_watch *w); /* every entry must have left; NULL is fine */

/* A connection from its start to its end; `fd` stays its own for as long as it is entered. */
struct deadline_entry *deadline_enter(struct deadline_watch *w, int fd);
void deadline_leave(struct deadline_watch *w, struct deadline_entry *entry);

/* From now on it is reading, for at most most_ms times `times`; 0: it is not reading. */
void deadline_reading(struct deadline_watch *w, struct deadline_entry *entry, int times);

#endif
