/* Post-call analytics on AWS (PCA): SpeechSegments[] with seconds; ConversationAnalytics names who
 * "spk_0" is, the agent, the customer and the time of the call, often without a zone; its GUID is
 * kept as metadata, since it numbers files rather than calls. A segment is flagged positive,
 * negative, or neither; its score says how sure that is.
 */
#include "ingest/record.h"
#include "ingest/spoken.h"

static const struct spoken_shape word = {
    .unit = SPOKEN_SECONDS, .text = "Text", .start = "StartTime", .end = "EndTime"};
static const struct spoken_shape turn = {.unit = SPOKEN_SECONDS,
                                         .text = "DisplayText|OriginalText",
                                         .voice = "SegmentSpeaker",
                                         .start = "SegmentStartTime",
                                         .end = "SegmentEndTime",
                                         .sentiment = "SentimentIsPositive",
                                         .negative = "SentimentIsNegative",
                                         .words = "WordConfidence",
                                         .word = &word};

static bool fits(const struct reader_input *in)
{
    return json_get(in->json, "ConversationAnalytics") && json_get(in->json, "SpeechSegments");
}

/* The words are worth more than a time that cannot be read. */
static bool read_time(const struct reader_input *in, struct spoken *s, struct drafts *out,
                      const struct json *time, struct err *e)
{
    struct err ignored = {0};
    const char *text = json_text(time);
    return (text && record_time(in, out, "ConversationTime", slice_of(text),
                                &s->draft->call.offered, &ignored)) ||
           record_meta(s->draft, s->a, "conversation_time", time, e);
}

static bool read_facts(const struct reader_input *in, struct spoken *s, struct drafts *out,
                       const struct json *about, struct err *e)
{
    return record_set_text(s->draft, s->a, "agent_id", json_get_text(about, "Agent", ""), e) &&
           record_set_text(s->draft, s->a, "customer", json_get_text(about, "Cust", ""), e) &&
           record_meta(s->draft, s->a, "guid", json_get(about, "GUID"), e) &&
           read_time(in, s, out, json_get(about, "ConversationTime"), e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const struct json *about = json_get(in->json, "ConversationAnalytics");
    spoken_start(&s, in, a, out);
    for (const struct json *j = json_first(json_get(about, "SpeakerLabels")); j; j = json_next(j))
        spoken_name(&s, json_text(json_get(j, "Speaker")), json_text(json_get(j, "DisplayText")));
    return read_facts(in, &s, out, about, e) &&
           spoken_language(&s, json_get(about, "LanguageCode"), e) &&
           spoken_turns(&s, json_get(in->json, "SpeechSegments"), &turn, e) && spoken_end(&s, e);
}

const struct reader reader_pca = {
    {"pca", "Amazon post-call analytics (PCA), its parsed results",
     "{\"ConversationAnalytics\": {\"SpeakerLabels\": [...]}, \"SpeechSegments\": "
     "[{\"SegmentSpeaker\": \"spk_0\", ...}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
