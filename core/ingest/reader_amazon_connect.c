/* Amazon Connect contact records (CTR): JSON objects, one a line or end to end, as Kinesis hands
 * them on.
 *
 * Each is delivered at least once, and again whenever something in it changes: of one ContactId the
 * newest LastUpdateTimestamp counts, in one file and (metadata `updated`) from run to run. A year
 * of them may be one file of gigabytes: it is read piece by piece.
 *
 *   offered    when the contact came into the queue, else when it began
 *   talk       AgentInteractionDuration, which holds no hold
 *   abandoned  no agent, and the customer hung up; unanswered: no agent otherwise
 *   team       the lowest level of the agent's hierarchy that has a name
 *
 * Attributes of the contact are kept as attributes.NAME. Tasks are no conversations and are left
 * out.
 */
#include "ingest/record.h"

#include <string.h>

#include "base/clock.h"

static bool is_record(const struct json *j)
{
    return json_text(json_get(j, "ContactId")) &&
           (json_get(j, "InitiationMethod") || json_get(j, "LastUpdateTimestamp")) &&
           json_get(j, "Channel");
}

static bool fits(const struct reader_input *in)
{
    return is_record(in->json) || is_record(in->line);
}

static const struct json *under(const struct json *j, const char *group, const char *name)
{
    return json_get(json_get(j, group), name);
}

static bool set_channel(const struct json *j, struct draft *d, struct err *e)
{
    static const struct {
        const char *name;
        enum call_channel channel;
    } channels[] = {{"VOICE", CALL_VOICE}, {"CHAT", CALL_CHAT}, {"EMAIL", CALL_EMAIL}};
    const char *name = json_get_text(j, "Channel", "");
    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
        if (strcmp(channels[i].name, name) == 0) {
            d->call.channel = channels[i].channel;
            return true;
        }
    }
    return err_set(e, ERR_INPUT, "Channel: a contact over \"%.40s\" is no conversation", name);
}

static bool set_times(const struct reader_input *in, struct drafts *out, const struct json *j,
                      struct draft *d, int64_t *updated, struct err *e)
{
    struct call *c = &d->call;
    int64_t begun;
    const struct {
        const struct json *from;
        const char *name;
        int64_t *to;
    } times[] = {
        {json_get(j, "InitiationTimestamp"), "InitiationTimestamp", &begun},
        {under(j, "Queue", "EnqueueTimestamp"), "Queue.EnqueueTimestamp", &c->offered},
        {under(j, "Agent", "ConnectedToAgentTimestamp"), "Agent.ConnectedToAgentTimestamp",
         &c->answered},
        {json_get(j, "DisconnectTimestamp"), "DisconnectTimestamp", &c->ended},
        {json_get(j, "LastUpdateTimestamp"), "LastUpdateTimestamp", updated},
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (!record_time(in, out, times[i].name, slice_of(json_text(times[i].from)), times[i].to,
                         e))
            return false;
    }
    if (c->offered == CALL_UNKNOWN)
        c->offered = begun;
    return true;
}

static const struct json *team_of(const struct json *agent)
{
    static const char *const levels[] = {"Level5", "Level4", "Level3", "Level2", "Level1"};
    const struct json *groups = json_get(agent, "HierarchyGroups");
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const struct json *name = under(groups, levels[i], "GroupName");
        if (json_text(name))
            return name;
    }
    return NULL;
}

static bool set_facts(const struct json *j, struct arena *a, struct draft *d, struct err *e)
{
    const struct json *agent = json_get(j, "Agent");
    const struct {
        const char *field;
        const struct json *from;
    } facts[] = {
        {"key", json_get(j, "ContactId")},
        {"agent_id", json_get(agent, "Username")},
        {"team", team_of(agent)},
        {"queue", under(j, "Queue", "Name")},
        {"customer", under(j, "CustomerEndpoint", "Address")},
        {"language", json_get(j, "LanguageCode")},
        {"wait_s", under(j, "Queue", "Duration")},
        {"talk_s", json_get(agent, "AgentInteractionDuration")},
        {"hold_s", json_get(agent, "CustomerHoldDuration")},
        {"wrap_s", json_get(agent, "AfterContactWorkDuration")},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!record_set(d, a, facts[i].field, facts[i].from, e))
            return false;
    }
    return true;
}

static void judge(const struct json *j, struct draft *d)
{
    struct call *c = &d->call;
    const char *method = json_get_text(j, "InitiationMethod", ""),
               *why = json_get_text(j, "DisconnectReason", "");
    bool handed_on = json_kind(json_get(j, "TransferredToEndpoint")) == JSON_OBJECT ||
                     json_text(json_get(j, "NextContactId"));
    if (strcmp(method, "OUTBOUND") == 0 || strcmp(method, "CALLBACK") == 0)
        c->direction = CALL_OUTBOUND;
    c->hung_up = strcmp(why, "CUSTOMER_DISCONNECT") == 0                       ? "customer"
                 : strcmp(why, "AGENT_DISCONNECT") == 0                        ? "agent"
                 : !*why || strstr("THIRD_PARTY_DISCONNECT OTHER BARGED", why) ? ""
                                                                               : "system";
    c->outcome = c->answered != CALL_UNKNOWN ? (handed_on ? CALL_TRANSFERRED : CALL_ANSWERED)
                 : strcmp(c->hung_up, "customer") == 0 ? CALL_ABANDONED
                                                       : CALL_UNANSWERED;
}

static bool add_attributes(const struct json *j, struct arena *a, struct draft *d, struct err *e)
{
    for (const struct json *m = json_first(json_get(j, "Attributes")); m; m = json_next(m)) {
        if (!record_meta(d, a, arena_format(a, "attributes.%.200s", json_name(m)), m, e))
            return false;
    }
    return true;
}

static bool add_meta(const struct json *j, int64_t updated, struct arena *a, struct draft *d,
                     struct err *e)
{
    const struct json *agent = json_get(j, "Agent"),
                      *longest = json_get(agent, "LongestHoldDuration");
    const struct json *to = under(j, "TransferredToEndpoint", "Address");
    int64_t seconds;
    return record_meta_time(d, a, "updated", updated, e) &&
           record_meta(d, a, "attempts", json_get(j, "AgentConnectionAttempts"), e) &&
           (d->call.outcome != CALL_TRANSFERRED || record_meta_number(d, a, "transfers", 1, e)) &&
           record_meta(d, a, "transferred_to", to, e) &&
           record_meta(d, a, "holds", json_get(agent, "NumberOfHolds"), e) &&
           (!json_integer(longest, &seconds) ||
            record_meta_number(d, a, "longest_hold_ms", seconds * 1000, e)) &&
           record_meta(d, a, "disconnect_reason", json_get(j, "DisconnectReason"), e) &&
           record_meta(d, a, "initiation", json_get(j, "InitiationMethod"), e) &&
           record_meta(d, a, "initial_contact", json_get(j, "InitialContactId"), e) &&
           record_meta(d, a, "previous_contact", json_get(j, "PreviousContactId"), e) &&
           record_meta(d, a, "next_contact", json_get(j, "NextContactId"), e) &&
           record_meta(d, a, "recording_location", under(j, "Recording", "Location"), e) &&
           add_attributes(j, a, d, e);
}

static bool read_record(const struct reader_input *in, struct drafts *out, const struct json *j,
                        struct arena *a, struct draft *d, struct err *e)
{
    int64_t updated = CALL_UNKNOWN;
    if (!is_record(j))
        return err_set(e, ERR_INPUT, "no contact record: ContactId and Channel belong here");
    if (!set_channel(j, d, e) || !set_times(in, out, j, d, &updated, e) || !set_facts(j, a, d, e))
        return false;
    judge(j, d);
    return add_meta(j, updated, a, d, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    if (!record_values(in, a, out, read_record, e))
        return false;
    record_newest(out, a);
    return true;
}

const struct reader reader_amazon_connect = {
    {"amazon-connect",
     "Amazon Connect contact records, one a line or end to end; the newest of each counts",
     "{\"ContactId\": \"6f...\", \"Channel\": \"VOICE\", \"InitiationMethod\": \"INBOUND\", "
     "\"LastUpdateTimestamp\": \"2026-10-05T09:20:00Z\", ...}"},
    READER_METADATA,
    fits,
    read,
    true};
