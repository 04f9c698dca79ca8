/* E-mails: one message (.eml) or a mailbox (mbox). The messages of one thread are one contact, its
 * turns in order of their dates.
 *
 * Whose side a message is on: the addresses that the options name as agents or customers; of the
 * others, the first sender of the thread is the customer, and whoever answers is an agent. Metadata
 * sides_from says "first sender" where that decided. It decides nothing for a lone reply: who began
 * its thread does not stand in the file, and it is a contact of its own, keyed by its own
 * Message-ID, with the thread it belongs to in the metadata. Texts quoted from earlier messages
 * stay where the writer left them. */
#include "ingest/spoken.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ingest/mail.h"
#include "ingest/record.h"
#include "ingest/who.h"
#include "ingest/written.h"

struct message {
    struct mail mail;
    int64_t at;
    size_t i;
};

static bool fits(const struct reader_input *in)
{
    return !in->json && !in->line && mail_is(in->bytes);
}

static int by_thread(const void *l, const void *r)
{
    const struct message *a = l, *b = r;
    int order = strcmp(a->mail.thread, b->mail.thread);
    if (!order && a->at != b->at)
        order = a->at < b->at ? -1 : 1;
    return order ? order : a->i < b->i ? -1 : 1;
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
    if (*n)
        qsort(list, *n, sizeof *list, by_thread);
    *n = drop_twins(list, *n);
    *out = list;
    return true;
}

/* Names each address's side; true where the first sender's side was taken by the rule. */
static bool name_sides(struct spoken *s, const struct message *m, size_t n)
{
    const struct ingest_options *o = s->in->options;
    int first = who_side(o, slice_of(m[0].mail.from));
    bool ruled = first < 0;
    first = ruled ? CALL_CUSTOMER : first;
    for (size_t i = 0; i < n; i++) {
        int side = who_side(o, slice_of(m[i].mail.from));
        bool other = strcmp(m[i].mail.from, m[0].mail.from) != 0;
        if (side < 0)
            side = other == (first == CALL_CUSTOMER) ? CALL_AGENT : CALL_CUSTOMER;
        spoken_name(s, m[i].mail.from, call_side_names[side]);
    }
    return ruled;
}

/* What is known of a contact before its turns. */
static bool describe(struct spoken *s, const struct message *m, size_t n, struct err *e)
{
    bool lone = n == 1, reply = lone && *m[0].mail.in_reply_to;
    const char *key = lone && *m[0].mail.message_id ? m[0].mail.message_id : m[0].mail.thread;
    bool ruled = !reply && name_sides(s, m, n);
    s->draft->call.channel = CALL_EMAIL;
    s->draft->derived_key = !*key;
    s->draft->place = arena_format(s->a, "message %zu", m[0].i + 1);
    return (!*key || draft_set_text(s->draft, s->a, "key", slice_of(key), false, e)) &&
           draft_add_meta(s->draft, s->a, "subject", slice_of(m[0].mail.subject), e) &&
           draft_add_meta(s->draft, s->a, "thread", slice_of(reply ? m[0].mail.thread : ""), e) &&
           draft_add_meta(s->draft, s->a, "sides_from", slice_of(ruled ? "first sender" : ""), e);
}

static bool add_people(struct spoken *s, const struct message *m, size_t n, struct err *e)
{
    struct draft *d = s->draft;
    for (size_t i = 0; i < n; i++) {
        const struct mail *mail = &m[i].mail;
        const struct call_turn *t = i < d->call.n_turns ? &d->call.turns[i] : NULL;
        bool agent = t && t->side == CALL_AGENT;
        if (agent && !d->call.agent_id &&
            (!draft_set_text(d, s->a, "agent_id", slice_of(mail->from), false, e) ||
             !draft_set_text(d, s->a, "agent_name", slice_of(mail->from_name), false, e)))
            return false;
        if (t && t->side == CALL_CUSTOMER && !d->call.customer &&
            !draft_set_text(d, s->a, "customer", slice_of(mail->from), false, e))
            return false;
        if (!draft_add_meta(d, s->a, "attachments", slice_of(mail->attachments), e))
            return false;
    }
    return true;
}

static bool read_thread(const struct reader_input *in, const struct message *m, size_t n,
                        struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    int64_t began = m[0].at;
    spoken_start(&s, in, a, out);
    if (!describe(&s, m, n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        int64_t at =
            m[i].at == CALL_UNKNOWN || began == CALL_UNKNOWN ? CALL_UNKNOWN : m[i].at - began;
        const char *text = *m[i].mail.text ? m[i].mail.text : "(no text)";
        if (!spoken_turn(&s, (struct spoken_voice){m[i].mail.from, -1}, at, CALL_UNKNOWN,
                         slice_of(text), NULL, 0, e))
            return false;
    }
    if (!spoken_end(&s, e) || !add_people(&s, m, n, e))
        return false;
    if (began != CALL_UNKNOWN)
        written_times(s.draft, began, NULL);
    return true;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct message *m = NULL;
    size_t n, to;
    if (!read_messages(in->bytes, a, &m, &n, e))
        return false;
    for (size_t from = 0; from < n; from = to) {
        to = from + 1;
        while (to < n && *m[from].mail.thread &&
               strcmp(m[to].mail.thread, m[from].mail.thread) == 0)
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
