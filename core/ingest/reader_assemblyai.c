/* AssemblyAI: utterances[] where speakers were told apart, else words[], in whole milliseconds.
 * sentiment_analysis_results[] say how each sentence sounds; their confidence is no strength. */
#include "ingest/spoken.h"

static const struct spoken_shape word = {.unit = SPOKEN_MS,
                                         .text = "text",
                                         .voice = "speaker",
                                         .channel = "channel",
                                         .start = "start",
                                         .end = "end"};
static const struct spoken_shape turn = {.unit = SPOKEN_MS,
                                         .text = "text",
                                         .voice = "speaker",
                                         .channel = "channel",
                                         .start = "start",
                                         .end = "end",
                                         .words = "words",
                                         .word = &word};

static const struct spoken_shape sentence = {
    .unit = SPOKEN_MS, .voice = "speaker", .start = "start", .sentiment = "sentiment"};

static bool fits(const struct reader_input *in)
{
    return json_get(in->json, "audio_url") && json_get(in->json, "status") &&
           json_get(in->json, "words");
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const char *error = json_get_text(in->json, "error", "");
    const struct json *utterances = json_get(in->json, "utterances");
    if (*error)
        return err_set(e, ERR_INPUT, "the transcription failed there: %.300s", error);
    spoken_start(&s, in, a, out);
    return spoken_language(&s, json_get(in->json, "language_code"), e) &&
           (json_first(utterances) ? spoken_turns(&s, utterances, &turn, e)
                                   : spoken_words(&s, json_get(in->json, "words"), &word, -1, e)) &&
           (spoken_moods(&s, json_get(in->json, "sentiment_analysis_results"), &sentence), true) &&
           spoken_end(&s, e);
}

const struct reader reader_assemblyai = {
    {"assemblyai", "AssemblyAI, with or without utterances",
     "{\"audio_url\": \"...\", \"status\": \"completed\", \"words\": [{\"text\": \"Hello\", "
     "\"start\": 170, ...}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
