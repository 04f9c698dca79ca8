/* Amazon Connect Contact Lens: for voice, Transcript[] in milliseconds; for chats, with the time of
 * day of each message and event (somebody joined or left). Participants[] gives each ParticipantId
 * a role. Marks of redaction ("[PII]") are words like any other. */
#include "ingest/spoken.h"

#include "base/clock.h"
#include "ingest/written.h"

static const struct spoken_shape turn = {.unit = SPOKEN_MS,
                                         .text = "Content",
                                         .voice = "ParticipantId",
                                         .start = "BeginOffsetMillis",
                                         .end = "EndOffsetMillis"};

static bool is_version(const struct reader_input *in, const char *kind)
{
    return slice_starts(slice_of(json_get_text(in->json, "Version", "")), kind) &&
           json_get(in->json, "Transcript");
}

static bool fits_voice(const struct reader_input *in)
{
    return is_version(in, "VOICE-");
}

static bool fits_chat(const struct reader_input *in)
{
    return is_version(in, "CHAT-");
}

static bool set_key(struct spoken *s, const struct json *key, struct err *e)
{
    if (!json_text(key) || !slice_trim(slice_of(json_text(key))).n)
        return true;
    s->draft->derived_key = false;
    return draft_set_text(s->draft, s->a, "key", slice_of(json_text(key)), false, e);
}

static bool start(struct spoken *s, const struct reader_input *in, struct arena *a,
                  struct drafts *out, struct err *e)
{
    spoken_start(s, in, a, out);
    for (const struct json *j = json_first(json_get(in->json, "Participants")); j; j = json_next(j))
        spoken_name(s, json_text(json_get(j, "ParticipantId")),
                    json_text(json_get(j, "ParticipantRole")));
    return set_key(s, json_path(in->json, "CustomerMetadata.ContactId"), e) &&
           spoken_language(s, json_get(in->json, "LanguageCode"), e);
}

static bool read_voice(const struct reader_input *in, struct arena *a, struct drafts *out,
                       struct err *e)
{
    struct spoken s;
    return start(&s, in, a, out, e) &&
           spoken_turns(&s, json_get(in->json, "Transcript"), &turn, e) && spoken_end(&s, e);
}

static bool when(const struct json *j, int64_t *ms, struct err *e)
{
    const char *text = json_get_text(j, "AbsoluteTime", "");
    return clock_parse(slice_of(text), ms) ||
           err_set(e, ERR_INPUT, "AbsoluteTime: \"%.40s\" is no time with its zone", text);
}

/* Offsets count from the first message; the contact begins when the customer comes. */
static bool add_entry(struct spoken *s, const struct json *j, int64_t *began, struct err *e)
{
    const char *text = json_get_text(j, "Content", NULL);
    const char *role = json_get_text(j, "ParticipantRole", "");
    int64_t ms;
    if (!when(j, &ms, e))
        return false;
    if (s->draft->call.offered == CALL_UNKNOWN && slice_is(slice_of(role), "CUSTOMER"))
        s->draft->call.offered = ms;
    if (!text)
        return true;
    if (*began == CALL_UNKNOWN)
        *began = ms;
    struct spoken_voice voice = {json_get_text(j, "ParticipantId", role), -1};
    return spoken_turn(s, voice, ms > *began ? ms - *began : 0, CALL_UNKNOWN, slice_of(text), NULL,
                       0, e);
}

static bool read_chat(const struct reader_input *in, struct arena *a, struct drafts *out,
                      struct err *e)
{
    struct spoken s;
    int64_t began = CALL_UNKNOWN;
    size_t i = 0;
    if (!start(&s, in, a, out, e))
        return false;
    s.draft->call.channel = CALL_CHAT;
    for (const struct json *j = json_first(json_get(in->json, "Transcript")); j;
         j = json_next(j), i++) {
        if (!add_entry(&s, j, &began, e))
            return err_within(e, "Transcript[%zu]", i);
    }
    if (!spoken_end(&s, e))
        return false;
    written_times(s.draft, began);
    return true;
}

const struct reader reader_contact_lens = {
    {"contact-lens", "Amazon Connect Contact Lens, the analysis of a voice contact",
     "{\"Version\": \"VOICE-2022-11-30\", \"Participants\": [...], \"Transcript\": "
     "[{\"ParticipantId\": \"AGENT\", ...}]}"},
    READER_TRANSCRIPT,
    fits_voice,
    read_voice};
const struct reader reader_contact_lens_chat = {
    {"contact-lens-chat", "Amazon Connect Contact Lens, the analysis of a chat",
     "{\"Version\": \"CHAT-2022-11-30\", \"Participants\": [...], \"Transcript\": "
     "[{\"AbsoluteTime\": \"2026-10-05T09:14:02Z\", ...}]}"},
    READER_TRANSCRIPT,
    fits_chat,
    read_chat};
