/* link: the server's side of the helper - starting it, asking it for children, hearing how they
 * ended - and of one child's socket: frames out and in, against a deadline.
 *
 * Threads: a link may be used by many, an open child socket by one at a time.
 */
#ifndef RUNNER_LINK_H
#define RUNNER_LINK_H

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "runner/protocol.h"
#include "runner/runner.h"

#include <sys/types.h>

struct link;

bool link_open(struct link **out, const char *program, struct err *e);
void link_close(struct link *l); /* NULL is fine */
pid_t link_helper(struct link *l);
unsigned link_walls(struct link *l); /* jail.h */

/* Asks for a child of this kind: its data socket and its leash, yours to close (closing the leash
 * ends it). Where the helper has died it is started again, after a pause that grows with each
 * death. */
bool link_spawn(struct link *l, enum runner_kind kind, int *data, int *leash, struct err *e);

/* How the child on this leash ended. False where the helper cannot tell because it died itself. */
bool link_death(int leash, struct protocol_death *out);

enum link_io { LINK_OK, LINK_GONE, LINK_LATE, LINK_WRONG };

/* Frames to and from one child. Several may be sent ahead; they are answered in order. */
struct link_stream {
    int data;
    struct buf out, in;
    size_t sent, taken; /* of them */
    struct slice lent;  /* follows `out`, not copied */
    size_t lent_sent;
};

/* Begins a frame in `out`: write its body there, then end it. */
size_t link_begin(struct link_stream *s, enum protocol_tag tag);
/* False where the body is larger than PROTOCOL_MOST: the frame is taken back. */
bool link_end(struct link_stream *s, size_t begun);
/* Ends the frame with these bytes, which are not copied: they stay until the answer has come, and
 * nothing else is sent before that. At most PROTOCOL_FILE in all. */
bool link_end_with(struct link_stream *s, size_t begun, struct slice rest);

/* Sends what is waiting and gives the next frame that comes back; its body stays until the next
 * link_next. LINK_WRONG: the child says more than it may. */
enum link_io link_next(struct link_stream *s, int64_t deadline, uint8_t *tag, struct slice *body);

void link_stream_free(struct link_stream *s); /* the memory alone */

#endif
