/* Amazon Connect Contact Lens: for voice, Transcript[] in milliseconds; for chats, with the time of
 * day of each message and event (somebody joined or left). Participants[] gives each ParticipantId
 * a role, and each turn or message may have a sentiment. Marks of redaction ("[PII]") are words
 * like any other; the metadata transcript_redacted says that a file is the redacted one of the two
 * that there may be. */
#include "ingest/record.h"
#include "ingest/spoken.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "ingest/written.h"

static const struct spoken_shape turn = {.unit = SPOKEN_MS,
                                         .text = "Content",
                                         .voice = "ParticipantId",
                                         .start = "BeginOffsetMillis",
                                         .end = "EndOffsetMillis",
                                         .sentiment = "Sentiment"};

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
    const char *output = json_get_text(json_get(in->json, "ContentMetadata"), "Output", "");
    bool redacted = strcmp(output, "Redacted") == 0;
    return set_key(s, json_path(in->json, "CustomerMetadata.ContactId"), e) &&
           record_meta_text(s->draft, a, "transcript_redacted", redacted ? "yes" : "", e) &&
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

/* In chats the sentiment stands apart, for groups of messages by their Id. */
struct chat_mood {
    const char *id;
    const struct json *sentiment;
};

struct chat {
    struct spoken spoken;
    struct chat_mood *moods; /* by id */
    size_t n_moods;
    int64_t began;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct chat_mood *)a)->id, ((const struct chat_mood *)b)->id);
}

static void list_moods(struct chat *c, const struct json *groups, struct arena *a)
{
    size_t room = 0;
    for (const struct json *g = json_first(groups); g; g = json_next(g))
        for (const struct json *i = json_first(json_get(g, "TranscriptItems")); i;
             i = json_next(i)) {
            c->moods = arena_grow(a, c->moods, c->n_moods, &room, sizeof *c->moods);
            c->moods[c->n_moods++] =
                (struct chat_mood){json_get_text(i, "Id", ""), json_get(g, "Sentiment")};
        }
    if (c->n_moods)
        qsort(c->moods, c->n_moods, sizeof *c->moods, by_id);
}

static const struct json *mood_of(const struct chat *c, const struct json *entry)
{
    struct chat_mood wanted = {json_get_text(entry, "Id", ""), NULL};
    const struct chat_mood *m =
        c->n_moods ? bsearch(&wanted, c->moods, c->n_moods, sizeof *c->moods, by_id) : NULL;
    return m ? m->sentiment : NULL;
}

/* Offsets count from the first message; the contact begins when the customer comes. */
static bool add_entry(struct chat *c, const struct json *j, struct err *e)
{
    struct spoken *s = &c->spoken;
    size_t before = s->n_said;
    const char *text = json_get_text(j, "Content", NULL);
    const char *role = json_get_text(j, "ParticipantRole", "");
    int64_t ms;
    if (!when(j, &ms, e))
        return false;
    if (s->draft->call.offered == CALL_UNKNOWN && slice_is(slice_of(role), "CUSTOMER"))
        s->draft->call.offered = ms;
    if (!text)
        return true;
    if (c->began == CALL_UNKNOWN)
        c->began = ms;
    struct spoken_voice voice = {json_get_text(j, "ParticipantId", role), -1};
    if (!spoken_turn(s, voice, ms > c->began ? ms - c->began : 0, CALL_UNKNOWN, slice_of(text),
                     NULL, 0, e))
        return false;
    if (s->n_said > before)
        mood_add(&s->said[before].mood, mood_of(c, j));
    return true;
}

static bool read_chat(const struct reader_input *in, struct arena *a, struct drafts *out,
                      struct err *e)
{
    struct chat c = {.began = CALL_UNKNOWN};
    size_t i = 0;
    if (!start(&c.spoken, in, a, out, e))
        return false;
    c.spoken.draft->call.channel = CALL_CHAT;
    list_moods(
        &c,
        json_path(in->json, "ConversationCharacteristics.Sentiment.DetailsByTranscriptItemGroup"),
        a);
    for (const struct json *j = json_first(json_get(in->json, "Transcript")); j;
         j = json_next(j), i++) {
        if (!add_entry(&c, j, e))
            return err_within(e, "Transcript[%zu]", i);
    }
    if (!spoken_end(&c.spoken, e))
        return false;
    written_times(c.spoken.draft, c.began, NULL);
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
