/* mail: one message after RFC 5322 and MIME, taken apart. Knows nothing of calls.
 *
 * The text of a message is its first text/plain, or its text/html without tags where it has no
 * other; text parts that follow it in a mixed message are added. Attachments are named, not kept.
 * A message that breaks off or nests wrongly gives what could be read.
 */
#ifndef INGEST_MAIL_H
#define INGEST_MAIL_H

#include "base/arena.h"
#include "base/slice.h"

struct mail {
    const char *from, *from_name;         /* the address in lower case; "" where it has none */
    const char *to, *subject, *language;  /* of `to` the first address */
    const char *message_id, *in_reply_to; /* without <>; in_reply_to else of References the last */
    const char *root;                     /* of References the first: what the thread began with */
    struct slice date;                    /* as written; empty where it has none */
    const char *text;                     /* UTF-8 */
    const char *attachments;              /* names, parted by commas */
};

/* Do these bytes begin with mail headers, From and one more of those that only mails have? */
bool mail_is(struct slice bytes);

/* `bytes` is one message. False where it has no headers. */
bool mail_parse(struct slice bytes, struct arena *a, struct mail *out);

/* The text of HTML: tags gone, blocks as lines, characters decoded. */
const char *mail_html(struct slice html, struct arena *a);

/* A mailbox ("From " lines, mboxrd) or one message: cuts the next message off the front. */
bool mail_next(struct slice *rest, struct slice *message);

#endif
