/* vcon_write: a call as a vCon after draft-ietf-vcon-vcon-core-03, strictly: the unsigned form,
 * with the CC extension for who is agent and who is customer.
 *
 * Two analyses of the vendor Earshot hold what the format has no place for, so that reading it
 * gives the same call again. */
#ifndef INGEST_VCON_WRITE_H
#define INGEST_VCON_WRITE_H

#include "base/buf.h"
#include "model/call.h"

struct vcon_sound { /* n 0: none */
    struct slice bytes;
    const char *mime;
};

/* One line, without a line end. `now`: UTC ms, when it is written. The uuid depends on source and
 * key alone. */
void vcon_write(const struct call *c, const struct vcon_sound *sound, int64_t now, struct buf *out);

#endif
