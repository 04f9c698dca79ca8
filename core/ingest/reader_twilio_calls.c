/* Twilio: a Call resource, or a list of them; and lists of recordings, whose facts belong to calls
 * taken in before.
 *
 * Durations are texts of seconds, queue_time one of milliseconds, times as in mails (RFC 2822). A
 * call that is not over yet is left out. Of a parent call and its children each is a call of its
 * own; parent_call names the parent.
 */
#include "ingest/record.h"

#include <string.h>

static bool is_call(const struct json *j)
{
    return json_text(json_get(j, "sid")) && json_get(j, "direction") && json_get(j, "status") &&
           json_get(j, "to");
}

static bool is_recording(const struct json *j)
{
    return json_text(json_get(j, "call_sid")) && json_text(json_get(j, "sid")) &&
           json_get(j, "duration");
}

static bool fits(const struct reader_input *in)
{
    return is_call(in->json) || is_call(in->line) ||
           is_call(json_first(json_get(in->json, "calls")));
}

static bool fits_recordings(const struct reader_input *in)
{
    return is_recording(in->json) || is_recording(in->line) ||
           is_recording(json_first(json_get(in->json, "recordings")));
}

static bool get_time(const struct json *j, const char *name, int64_t *ms, struct err *e)
{
    const char *text = json_get_text(j, name, "");
    *ms = CALL_UNKNOWN;
    return !*text || record_mail_time(slice_of(text), ms) ||
           err_set(e, ERR_INPUT, "%s: \"%.40s\" is not a time like Fri, 18 Oct 2019 17:02:00 +0000",
                   name, text);
}

static const struct {
    const char *name;
    enum call_outcome outcome;
} over[] = {{"completed", CALL_ANSWERED},
            {"busy", CALL_UNANSWERED},
            {"no-answer", CALL_UNANSWERED},
            {"failed", CALL_UNANSWERED},
            {"canceled", CALL_ABANDONED}};

static bool set_outcome(const struct json *j, struct call *c, struct err *e)
{
    const char *status = json_get_text(j, "status", "");
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        if (strcmp(over[i].name, status) == 0) {
            c->outcome = over[i].outcome;
            return true;
        }
    }
    return err_set(e, ERR_INPUT, "status: \"%.40s\": the call is not over", status);
}

static bool set_times(const struct json *j, struct draft *d, struct arena *a, struct err *e)
{
    struct call *c = &d->call;
    int64_t made, start;
    if (!get_time(j, "date_created", &made, e) || !get_time(j, "start_time", &start, e) ||
        !get_time(j, "end_time", &c->ended, e))
        return false;
    c->offered = made != CALL_UNKNOWN && (start == CALL_UNKNOWN || made < start) ? made : start;
    if (c->outcome != CALL_ANSWERED)
        return true;
    c->answered = start;
    return record_set(d, a, "wait_ms", json_get(j, "queue_time"), e) &&
           record_set(d, a, "talk_s", json_get(j, "duration"), e);
}

static bool read_call(const struct reader_input *in, struct drafts *out, const struct json *j,
                      struct arena *a, struct draft *d, struct err *e)
{
    (void)in, (void)out;
    int64_t updated;
    bool inbound = strcmp(json_get_text(j, "direction", ""), "inbound") == 0;
    if (!is_call(j))
        return err_set(e, ERR_INPUT, "no call: sid, direction, status and to belong here");
    d->call.direction = inbound ? CALL_INBOUND : CALL_OUTBOUND;
    return record_set(d, a, "key", json_get(j, "sid"), e) && set_outcome(j, &d->call, e) &&
           set_times(j, d, a, e) &&
           record_set(d, a, "customer", json_get(j, inbound ? "from" : "to"), e) &&
           get_time(j, "date_updated", &updated, e) &&
           record_meta_time(d, a, "updated", updated, e) &&
           record_meta(d, a, "disposition", json_get(j, "status"), e) &&
           record_meta(d, a, "parent_call", json_get(j, "parent_call_sid"), e) &&
           record_meta(d, a, "answered_by", json_get(j, "answered_by"), e) &&
           record_meta(d, a, "price", json_get(j, "price"), e) &&
           record_meta(d, a, "price_unit", json_get(j, "price_unit"), e);
}

/* The duration is "-1" while the recording goes on. */
static bool read_recording(const struct reader_input *in, struct drafts *out, const struct json *j,
                           struct arena *a, struct draft *d, struct err *e)
{
    (void)in, (void)out;
    int64_t seconds = -1;
    if (!is_recording(j))
        return err_set(e, ERR_INPUT, "no recording: sid, call_sid and duration belong here");
    const struct json *length = json_get(j, "duration");
    if (!json_integer(length, &seconds) &&
        !slice_integer(slice_of(json_text(length) ? json_text(length) : ""), &seconds))
        return err_set(e, ERR_INPUT, "duration: seconds belong here");
    return record_set(d, a, "key", json_get(j, "call_sid"), e) &&
           record_meta(d, a, "recording_id", json_get(j, "sid"), e) &&
           record_meta(d, a, "recording_location", json_get(j, "media_url"), e) &&
           record_meta(d, a, "recording_channels", json_get(j, "channels"), e) &&
           (seconds < 0 || seconds > DRAFT_MS_MOST / 1000 ||
            record_meta_number(d, a, "recording_stated_ms", seconds * 1000, e));
}

static bool read_list(const struct reader_input *in, const char *name, record_read *read_one,
                      struct arena *a, struct drafts *out, struct err *e)
{
    const struct json *list = json_get(in->json, name);
    return list ? record_array(in, list, name, a, out, read_one, e)
                : record_values(in, a, out, read_one, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    if (!read_list(in, "calls", read_call, a, out, e))
        return false;
    record_newest(out, a);
    return true;
}

static bool read_recordings(const struct reader_input *in, struct arena *a, struct drafts *out,
                            struct err *e)
{
    out->joins = true;
    return read_list(in, "recordings", read_recording, a, out, e);
}

const struct reader reader_twilio_calls = {
    {"twilio-calls", "Twilio calls: one, or a list of them",
     "{\"calls\": [{\"sid\": \"CA...\", \"direction\": \"inbound\", \"status\": \"completed\", "
     "\"to\": \"+1...\", ...}]}"},
    READER_METADATA,
    fits,
    read};
const struct reader reader_twilio_recordings = {
    {"twilio-recordings", "Twilio's list of recordings: facts about calls that are there already",
     "{\"recordings\": [{\"sid\": \"RE...\", \"call_sid\": \"CA...\", \"duration\": \"4\", ...}]}"},
    READER_METADATA,
    fits_recordings,
    read_recordings};
