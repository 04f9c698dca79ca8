/* written: what chats, e-mails and messages have in common once their turns are known. */
#ifndef INGEST_WRITTEN_H
#define INGEST_WRITTEN_H

#include "ingest/draft.h"

/* Works out the times of a contact from its turns, where the source does not state them:
 *
 *   offered   the customer's first message (of a contact that the agent began: the first message)
 *   answered  the agent's first message from then on; wait_ms, the first response time, lies
 * between ended     the last message: with offered, the resolution time
 *
 * `began` is the time of offset 0, CALL_UNKNOWN where only offsets are known: then only wait_ms is
 * set. A contact to which no agent wrote is unanswered.
 *
 * `untimed` says which turns have no time of their own, NULL where all have one: what depends on
 * such a turn stays unknown, the rest does not. */
void written_times(struct draft *d, int64_t began, const bool *untimed);

#endif
