/* Speechmatics: the first format (words[] beside speakers[] by time, texts of seconds) and the
 * second (results[] with their speaker). Signs are words of their own.
 * sentiment_analysis lists how each sentence sounds. */
#include "ingest/spoken.h"

static const struct spoken_shape word = {
    .unit = SPOKEN_SECONDS, .text = "name", .start = "time", .duration = "duration"};
static const struct spoken_shape speaker = {
    .unit = SPOKEN_SECONDS, .voice = "name", .start = "time", .duration = "duration"};
static const struct spoken_shape result = {.unit = SPOKEN_SECONDS,
                                           .text = "alternatives.0.content",
                                           .voice = "alternatives.0.speaker",
                                           .channel = "channel",
                                           .start = "start_time",
                                           .end = "end_time",
                                           .attaches = "attaches_to"};

static const struct spoken_shape sentence = {
    .unit = SPOKEN_SECONDS, .voice = "speaker", .start = "start_time", .sentiment = "sentiment"};

static bool fits(const struct reader_input *in)
{
    return json_get(in->json, "job") && json_get(in->json, "format") &&
           (json_path(in->json, "words|results"));
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const struct json *words = json_get(in->json, "words");
    spoken_start(&s, in, a, out);
    return spoken_language(
               &s, json_path(in->json, "job.lang|metadata.transcription_config.language"), e) &&
           spoken_line(&s, json_get(in->json, "speakers"), &speaker, e) &&
           (words ? spoken_words(&s, words, &word, -1, e)
                  : spoken_words(&s, json_get(in->json, "results"), &result, -1, e)) &&
           (spoken_moods(&s, json_path(in->json, "sentiment_analysis.segments"), &sentence),
            true) &&
           spoken_end(&s, e);
}

const struct reader reader_speechmatics = {
    {"speechmatics", "Speechmatics, formats 1 and 2",
     "{\"format\": \"2.9\", \"job\": {...}, \"results\": [{\"start_time\": 0.1, ...}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
