/* mail_thread: an e-mail contact as the messages that it was put together from, so that others of
 * its thread join it whenever they come and in whichever file.
 *
 * A call made here says in its metadata `messages` which those were, as JSON in order of its turns:
 * [{"id", "reply_to", "at", "from", "name", "side", "attachments"}], texts that are empty left out;
 * of a very long thread as many as fit. The same messages make the same call in any order. */
#ifndef INGEST_MAIL_THREAD_H
#define INGEST_MAIL_THREAD_H

#include "ingest/reader.h"

struct mail_message {
    const char *id, *reply_to; /* Message-IDs without <>; "" where it has none */
    const char *from, *name;   /* the sender's address and name */
    const char *attachments;   /* names, parted by commas */
    const char *text;
    int side;   /* that the options give the sender; -1: by the rule below */
    int64_t at; /* UTC ms or CALL_UNKNOWN */
};

/* A draft of messages that stand in order of time, keyed by the file's name. Of senders whose side
 * nobody said, who begins the thread is the customer and everybody else an agent; where its
 * beginning is not there (the first message is a reply), nobody knows. */
bool mail_thread_build(const struct reader_input *in, const struct mail_message *m, size_t n,
                       struct arena *a, struct drafts *out, struct err *e);

/* The messages of a call that is a thread; 0 where it is none. Those beyond what the metadata names
 * have no ids. In `a`. */
size_t mail_thread_messages(const struct call *c, struct arena *a, struct mail_message **out);

/* The message without which a thread does not know where it belongs: its first is a reply, and
 * names no more than that one. "" where it needs none. */
const char *mail_thread_needs(const struct call *c, struct arena *a);

/* `known` (an e-mail: what its turns say, where it is no thread) with the messages of `newer`, a
 * thread. What else is known of either goes by
 * merge_calls; where they contradict each other, who begins earlier is believed. */
bool mail_thread_merge(const struct call *known, const struct call *newer, struct arena *a,
                       struct call *out, struct err *e);

#endif
