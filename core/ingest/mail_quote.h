/* mail_quote: the history that a reply carries below or between its own words.
 *
 * Not the writer's own are: lines that begin with >, with the line in front of them that says who
 * wrote it ("On Mon, 5 Oct 2026, Ada <ada@example.com> wrote:", in any language); and all that
 * follows a line like "-----Original Message-----", or a block of headers ("From: ... Sent: ...
 * To: ...") as programs put it above the whole earlier message. */
#ifndef INGEST_MAIL_QUOTE_H
#define INGEST_MAIL_QUOTE_H

#include "base/arena.h"

/* The writer's own words of a reply, trimmed; "" where there are none. Linear time. */
const char *mail_quote_cut(const char *text, struct arena *a);

#endif
