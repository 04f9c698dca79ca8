#include "ingest/freeswitch.h"

#include <string.h>

#include "base/utf8.h"

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

const char *freeswitch_decode(const char *text, struct arena *a)
{
    if (!strchr(text, '%'))
        return text;
    char *out = arena_take(a, strlen(text) + 1);
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        if (*p != '%') {
            out[n++] = *p;
            continue;
        }
        int high = hex(p[1]), low = high < 0 ? -1 : hex(p[2]);
        if (low < 0 || !(high | low))
            return text;
        out[n++] = (char)(high << 4 | low);
        p += 2;
    }
    return utf8_valid((struct slice){out, n}) ? out : text;
}

static const char *get(const struct freeswitch *f, struct arena *a, const char *name)
{
    return f->variable(f->context, name, a);
}

static const char *either(const char *first, const char *second)
{
    return *first ? first : second;
}

/* A whole number times `unit`; CALL_UNKNOWN where there is none, and for 0 where that means
 * "never". */
static int64_t number(const char *text, int64_t unit, bool never)
{
    int64_t value;
    if (!slice_integer(slice_of(text), &value) || value < 0 || value > INT64_MAX / 2000 ||
        (never && !value))
        return CALL_UNKNOWN;
    return value * unit;
}

/* Microseconds where they are told, else seconds. */
static int64_t moment(const struct freeswitch *f, struct arena *a, const char *micro,
                      const char *seconds, const char *profile)
{
    int64_t us = number(get(f, a, micro), 1, true);
    if (us == CALL_UNKNOWN)
        us = number(f->profile(f->context, profile, a), 1, true);
    return us != CALL_UNKNOWN ? us / 1000 : number(get(f, a, seconds), 1000, true);
}

static int64_t duration(const struct freeswitch *f, struct arena *a, const char *ms,
                        const char *seconds)
{
    int64_t value = number(get(f, a, ms), 1, false);
    return value != CALL_UNKNOWN ? value : number(get(f, a, seconds), 1000, false);
}

/* The far side's farewell: recv_* came from the one who called (of an inbound channel). */
static const char *who_hung_up(const struct freeswitch *f, struct arena *a, bool inbound)
{
    const char *how = get(f, a, "sip_hangup_disposition");
    if (strcmp(how, "recv_bye") == 0 || strcmp(how, "recv_cancel") == 0 ||
        strcmp(how, "recv_refuse") == 0)
        return "customer";
    if (strcmp(how, "send_bye") == 0)
        return "agent";
    (void)inbound;
    return *how ? "system" : NULL;
}

static void set_times(const struct freeswitch *f, struct arena *a, struct call *c)
{
    int64_t joined = number(get(f, a, "cc_queue_joined_epoch"), 1000, true);
    int64_t taken = number(get(f, a, "cc_queue_answered_epoch"), 1000, true);
    c->offered = moment(f, a, "start_uepoch", "start_epoch", "times.created_time");
    c->answered = moment(f, a, "answer_uepoch", "answer_epoch", "times.answered_time");
    c->ended = moment(f, a, "end_uepoch", "end_epoch", "times.hangup_time");
    if (joined != CALL_UNKNOWN) { /* the queue's own machine answers; the agent comes later */
        c->offered = joined;
        c->answered = taken;
    }
    if (c->answered != CALL_UNKNOWN)
        c->wait_ms = c->answered >= c->offered ? c->answered - c->offered : CALL_UNKNOWN;
    else if (c->ended != CALL_UNKNOWN && c->offered != CALL_UNKNOWN && c->ended >= c->offered)
        c->wait_ms = c->ended - c->offered;
    int64_t bill = duration(f, a, "billmsec", "billsec");
    int64_t held = duration(f, a, "hold_accum_ms", "hold_accum_seconds");
    if (c->answered == CALL_UNKNOWN)
        return;
    c->hold_ms = held;
    if (joined != CALL_UNKNOWN && c->ended != CALL_UNKNOWN)
        bill = c->ended - c->answered;
    if (bill != CALL_UNKNOWN)
        c->talk_ms = bill > held && held > 0 ? bill - held : bill;
}

static int64_t count_transfers(const char *history)
{
    int64_t n = *history ? 1 : 0;
    for (const char *p = history; (p = strstr(p, "|:")); p += 2)
        n++;
    return n;
}

static bool set_texts(const struct freeswitch *f, struct arena *a, struct draft *d, bool inbound,
                      struct err *e)
{
    const char *dialled = either(f->profile(f->context, "caller_profile.destination_number", a),
                                 get(f, a, "sip_to_user"));
    const char *caller = either(f->profile(f->context, "caller_profile.caller_id_number", a),
                                get(f, a, "sip_from_user"));
    const char *agent = get(f, a, "cc_agent");
    const char *mine = inbound ? dialled : caller;
    if (!*agent && d->call.answered != CALL_UNKNOWN)
        agent = mine;
    return record_set_text(d, a, "key", get(f, a, "uuid"), e) &&
           record_set_text(d, a, "queue", get(f, a, "cc_queue"), e) &&
           record_set_text(d, a, "agent_id", agent, e) &&
           record_set_text(d, a, "customer", inbound ? caller : dialled, e) &&
           record_meta_text(d, a, "dialled", dialled, e) &&
           record_meta_text(d, a, "hangup_cause", get(f, a, "hangup_cause"), e) &&
           record_meta_text(d, a, "recording_location",
                            either(get(f, a, "cc_record_filename"), get(f, a, "record_file_path")),
                            e);
}

bool freeswitch_read(const struct freeswitch *f, struct arena *a, struct draft *d, struct err *e)
{
    struct call *c = &d->call;
    bool inbound = strcmp(get(f, a, "direction"), "outbound") != 0;
    const char *cause = get(f, a, "hangup_cause");
    if (!*get(f, a, "uuid"))
        return err_set(e, ERR_INPUT, "variables.uuid: is missing");
    c->direction = inbound ? CALL_INBOUND : CALL_OUTBOUND;
    set_times(f, a, c);
    c->hung_up = who_hung_up(f, a, inbound);
    const char *history = get(f, a, "transfer_history");
    int64_t transfers = count_transfers(history);
    c->outcome = c->answered != CALL_UNKNOWN ? CALL_ANSWERED
                 : strcmp(cause, "ORIGINATOR_CANCEL") == 0 ||
                         (c->hung_up && strcmp(c->hung_up, "customer") == 0)
                     ? CALL_ABANDONED
                     : CALL_UNANSWERED;
    return set_texts(f, a, d, inbound, e) &&
           (!transfers || record_meta_number(d, a, "transfers", transfers, e)) &&
           record_meta_time(d, a, "updated", c->ended, e);
}
