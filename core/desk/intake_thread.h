/* intake_thread: e-mails find the contact of their thread, whichever comes first and in whatever
 * file (ingest/mail_thread.h). Such a contact is known by its key and, in the same source, by the
 * Message-IDs of its messages and of those that they answer. */
#ifndef DESK_INTAKE_THREAD_H
#define DESK_INTAKE_THREAD_H

#include "desk/desk.h"
#include "model/merge.h"

bool intake_thread_is(const struct desk *d, const struct call *c);

/* The contact that `c` goes on with; "" where there is none. */
bool intake_thread_find(const struct desk *d, const struct call *c, char id[CALL_ID],
                        struct err *e);

/* The contact `id` is found from now on by what `c` names; ids that another has stay with it. */
bool intake_thread_name(const struct desk *d, const char *id, const struct call *c, struct err *e);

/* Must `c` wait for the message that it answers? Which one, else "". */
const char *intake_thread_needs(const struct desk *d, const struct call *c);

/* One out of both where both are e-mails and `newer` a thread; else as merge_calls. In the desk's
 * arena. */
bool intake_thread_merge(const struct desk *d, const struct call *known, const struct call *newer,
                         enum merge_kind kind, struct call *out, struct err *e);

#endif
