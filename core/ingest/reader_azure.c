/* Azure Speech: a batch transcription (recognizedPhrases[]) and the list of results of real-time
 * recognition. Times are counted in 100 ns; of several readings the first is the best. The words
 * are as heard ("zero zero") while the text is as written ("00"). */
#include "ingest/spoken.h"

static const struct spoken_shape word = {.unit = SPOKEN_TICKS,
                                         .text = "displayText|word",
                                         .start = "offsetInTicks|offset",
                                         .duration = "durationInTicks|duration"};
static const struct spoken_shape phrase = {.unit = SPOKEN_TICKS,
                                           .text = "nBest.0.display",
                                           .voice = "speaker",
                                           .channel = "channel",
                                           .start = "offsetInTicks|offset",
                                           .duration = "durationInTicks|duration",
                                           .words = "nBest.0.displayWords|nBest.0.words",
                                           .word = &word};

static const struct spoken_shape live_word = {
    .unit = SPOKEN_TICKS, .text = "Word", .start = "Offset", .duration = "Duration"};
static const struct spoken_shape live = {.unit = SPOKEN_TICKS,
                                         .text = "NBest.0.Display|DisplayText",
                                         .voice = "SpeakerId",
                                         .channel = "Channel",
                                         .start = "Offset",
                                         .duration = "Duration",
                                         .words = "NBest.0.Words",
                                         .word = &live_word};

static bool fits_batch(const struct reader_input *in)
{
    return json_kind(json_get(in->json, "recognizedPhrases")) == JSON_ARRAY;
}

static bool fits_live(const struct reader_input *in)
{
    const struct json *first = json_kind(in->json) == JSON_ARRAY ? json_first(in->json) : NULL;
    return json_get(first, "RecognitionStatus") && json_get(first, "Offset");
}

static bool read_list(const struct reader_input *in, const struct json *list,
                      const struct spoken_shape *shape, struct arena *a, struct drafts *out,
                      struct err *e)
{
    struct spoken s;
    spoken_start(&s, in, a, out);
    return spoken_language(&s, json_get(json_first(list), "locale"), e) &&
           spoken_turns(&s, list, shape, e) && spoken_end(&s, e);
}

static bool read_batch(const struct reader_input *in, struct arena *a, struct drafts *out,
                       struct err *e)
{
    return read_list(in, json_get(in->json, "recognizedPhrases"), &phrase, a, out, e);
}

static bool read_live(const struct reader_input *in, struct arena *a, struct drafts *out,
                      struct err *e)
{
    return read_list(in, in->json, &live, a, out, e);
}

const struct reader reader_azure = {
    {"azure", "Azure Speech, the result of a batch transcription",
     "{\"recognizedPhrases\": [{\"channel\": 0, \"offsetInTicks\": 400000, \"nBest\": "
     "[{\"display\": \"Hello.\"}]}]}"},
    READER_TRANSCRIPT,
    fits_batch,
    read_batch};
const struct reader reader_azure_live = {
    {"azure-live", "Azure Speech, a list of results of real-time recognition",
     "[{\"RecognitionStatus\": \"Success\", \"Offset\": 900000, \"NBest\": [{\"Display\": "
     "\"Hello.\"}]}]"},
    READER_TRANSCRIPT,
    fits_live,
    read_live};
