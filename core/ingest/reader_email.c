/* E-mails: one message (.eml) or a mailbox (mbox). The messages of one thread are one contact, its
 * turns in order of their dates, keyed by the Message-ID that the thread began with. Which messages
 * are of one thread: those that name each other, in References or In-Reply-To. Those in other files
 * join them in the store (mail_thread.h).
 *
 * Whose side a message is on: the addresses that the options name as agents or customers; of the
 * others, whoever begins the thread is the customer, and whoever answers is an agent. Metadata
 * sides_from says "first sender" where that decided. It decides nothing where the beginning of the
 * thread is not there. Texts quoted from earlier messages are not the writer's (mail_quote.h). */
#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/mail.h"
#include "ingest/mail_quote.h"
#include "ingest/mail_thread.h"
#include "ingest/record.h"
#include "ingest/who.h"

struct message {
    struct mail mail;
    int64_t at;
    size_t i, thread;
};

static bool fits(const struct reader_input *in)
{
    return !in->json && !in->line && mail_is(in->bytes);
}

static int by_thread(const void *l, const void *r)
{
    const struct message *a = l, *b = r;
    if (a->thread != b->thread)
        return a->thread < b->thread ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->i < b->i ? -1 : 1;
}

/* --- threads --- */

struct threads {
    struct record_index ids;
    size_t *up, n, room; /* trees of messages and ids that belong together, ended by themselves */
};

static size_t add_node(struct threads *t)
{
    t->up = arena_grow(t->ids.a, t->up, t->n, &t->room, sizeof *t->up);
    t->up[t->n] = t->n;
    return t->n++;
}

static size_t top_of(struct threads *t, size_t i)
{
    for (; t->up[i] != i; i = t->up[i])
        t->up[i] = t->up[t->up[i]];
    return i;
}

static void tie(struct threads *t, size_t node, const char *id)
{
    if (!*id)
        return;
    size_t *at = record_find(&t->ids, id);
    if (*at == SIZE_MAX)
        *at = add_node(t);
    t->up[top_of(t, *at)] = top_of(t, node);
}

/* Numbers the threads in order of their first message. */
static void find_threads(struct message *m, size_t n, struct arena *a)
{
    struct threads t = {.ids = {.a = a}};
    for (size_t i = 0; i < n; i++) {
        m[i].thread = add_node(&t);
        tie(&t, m[i].thread, m[i].mail.message_id);
        tie(&t, m[i].thread, m[i].mail.in_reply_to);
        tie(&t, m[i].thread, m[i].mail.root);
    }
    size_t *first = arena_array(a, t.n, sizeof *first);
    for (size_t i = n; i--;)
        first[top_of(&t, m[i].thread)] = i;
    for (size_t i = 0; i < n; i++)
        m[i].thread = first[top_of(&t, m[i].thread)];
}

/* Mailboxes often hold a message twice, as sent and as received. */
static size_t drop_twins(struct message *m, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct message *last = kept ? &m[kept - 1] : NULL;
        if (!last || !*m[i].mail.message_id ||
            strcmp(last->mail.message_id, m[i].mail.message_id) != 0)
            m[kept++] = m[i];
    }
    return kept;
}

static bool read_messages(struct slice rest, struct arena *a, struct message **out, size_t *n,
                          struct err *e)
{
    size_t room = 0;
    struct slice bytes;
    struct message *list = NULL;
    for (*n = 0; mail_next(&rest, &bytes); ++*n) {
        struct message m = {.i = *n, .at = CALL_UNKNOWN};
        if (!mail_parse(bytes, a, &m.mail) || !*m.mail.from)
            return err_set(e, ERR_INPUT, "message %zu: says no sender", *n + 1);
        if (m.mail.date.n && !record_mail_time(m.mail.date, &m.at))
            return err_set(e, ERR_INPUT, "message %zu: Date: \"%.60s\" is no date", *n + 1,
                           m.mail.date.p);
        list = arena_grow(a, list, *n, &room, sizeof *list);
        list[*n] = m;
    }
    find_threads(list, *n, a);
    if (*n)
        qsort(list, *n, sizeof *list, by_thread);
    *n = drop_twins(list, *n);
    *out = list;
    return true;
}

/* The id that the thread began with; where nobody knows it, that of the first message there is. */
static const char *key_of(const struct message *m, size_t n)
{
    if (!*m[0].mail.in_reply_to && *m[0].mail.message_id)
        return m[0].mail.message_id;
    for (size_t i = 0; i < n; i++) {
        if (*m[i].mail.root)
            return m[i].mail.root;
    }
    return m[0].mail.message_id;
}

static bool describe(const struct message *m, size_t n, struct draft *d, struct arena *a,
                     struct err *e)
{
    const char *key = key_of(m, n), *parent = m[0].mail.in_reply_to;
    bool own = strcmp(key, m[0].mail.message_id) == 0;
    d->derived_key = !*key;
    d->place = arena_format(a, "message %zu", m[0].i + 1);
    return (!*key || draft_set_text(d, a, "key", slice_of(key), false, e)) &&
           draft_add_meta(d, a, "subject", slice_of(m[0].mail.subject), e) &&
           draft_add_meta(d, a, "thread", slice_of(own ? parent : ""), e);
}

static bool read_thread(const struct reader_input *in, const struct message *m, size_t n,
                        struct arena *a, struct drafts *out, struct err *e)
{
    struct mail_message *all = arena_array(a, n, sizeof *all);
    for (size_t i = 0; i < n; i++) {
        const struct mail *mail = &m[i].mail;
        bool reply = *mail->in_reply_to;
        all[i] = (struct mail_message){.id = mail->message_id,
                                       .reply_to = mail->in_reply_to,
                                       .from = mail->from,
                                       .name = mail->from_name,
                                       .attachments = mail->attachments,
                                       .text = reply ? mail_quote_cut(mail->text, a) : mail->text,
                                       .side = who_side(in->options, slice_of(mail->from)),
                                       .at = m[i].at};
    }
    return mail_thread_build(in, all, n, a, out, e) &&
           describe(m, n, &out->items[out->n - 1], a, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct message *m = NULL;
    size_t n, to;
    if (!read_messages(in->bytes, a, &m, &n, e))
        return false;
    for (size_t from = 0; from < n; from = to) {
        to = from + 1;
        while (to < n && m[to].thread == m[from].thread)
            to++;
        if (!read_thread(in, m + from, to - from, a, out, e))
            return false;
    }
    return true;
}

const struct reader reader_email = {
    {"email", "e-mails: a message (.eml) or a mailbox (mbox), whose threads are contacts",
     "From: Ada <ada@example.com>\nTo: help@harbourmere.example\nDate: Mon, 5 Oct 2026 09:14:02 "
     "+0000\nMessage-ID: <1@example.com>\nSubject: Meter\n\nMy meter is broken."},
    READER_METADATA,
    fits,
    read};
