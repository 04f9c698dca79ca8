/* Post-call analytics on AWS (PCA): SpeechSegments[] with seconds; ConversationAnalytics names who
 * "spk_0" is. A segment is flagged positive, negative, or neither; its score says how sure that is.
 */
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

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const struct json *about = json_get(in->json, "ConversationAnalytics");
    spoken_start(&s, in, a, out);
    for (const struct json *j = json_first(json_get(about, "SpeakerLabels")); j; j = json_next(j))
        spoken_name(&s, json_text(json_get(j, "Speaker")), json_text(json_get(j, "DisplayText")));
    return spoken_language(&s, json_get(about, "LanguageCode"), e) &&
           spoken_turns(&s, json_get(in->json, "SpeechSegments"), &turn, e) && spoken_end(&s, e);
}

const struct reader reader_pca = {
    {"pca", "Amazon post-call analytics (PCA), its parsed results",
     "{\"ConversationAnalytics\": {\"SpeakerLabels\": [...]}, \"SpeechSegments\": "
     "[{\"SegmentSpeaker\": \"spk_0\", ...}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
