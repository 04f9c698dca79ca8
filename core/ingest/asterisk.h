/* asterisk: what its logs share: who called whom.
 *
 * Asterisk does not say which party of a call is inside. By the first of these that says it:
 *
 *   the options  the caller's number or telephone belongs to an agent, or to a customer (who.h)
 *   the context  "from-internal", "outbound-..." for calls from inside, "from-trunk",
 *                "from-pstn", "incoming" for those from outside
 *   the numbers  one of the two, or its telephone, has a short number (up to five digits), the
 *                other has none
 *
 * Else the one who called is taken for the customer, and the metadata says sides = guessed.
 */
#ifndef INGEST_ASTERISK_H
#define INGEST_ASTERISK_H

#include "ingest/draft.h"
#include "ingest/ingest.h"

struct asterisk_ends {
    struct slice caller, dialled, context; /* numbers, and where the call came in */
    struct slice near, far;                /* channels: of the caller, of the one called (or "") */
};

/* "SIP/7009-02897fd8" is a channel to SIP/7009. */
const char *asterisk_peer(struct slice channel, struct arena *a);

/* Sets direction and customer, and metadata `sides` where it was guessed; of a call from inside the
 * agent, too. */
bool asterisk_sides(struct draft *d, struct arena *a, const struct ingest_options *options,
                    const struct asterisk_ends *ends, struct err *e);

#endif
