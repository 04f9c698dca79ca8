/* What Whisper and its kin write: segments[] in seconds, a text that begins with a blank.
 *
 *   openai-whisper        no words, no speakers
 *   whisper-timestamped   words[] with "text"
 *   WhisperX              words[] with "word"; those that could not be aligned have no times; a
 *                         speaker once they were told apart; word_segments says the words again
 *   WTF                   the World Transcription Format of vCons: words beside the segments, and
 *                         names of speakers */
#include "ingest/spoken.h"

static const struct spoken_shape word = {
    .unit = SPOKEN_SECONDS, .text = "text|word", .start = "start", .end = "end"};
static const struct spoken_shape turn = {.unit = SPOKEN_SECONDS,
                                         .text = "text",
                                         .voice = "speaker",
                                         .start = "start",
                                         .end = "end",
                                         .words = "words",
                                         .word = &word};

static bool fits(const struct reader_input *in)
{
    const struct json *segments = json_get(in->json, "segments"), *first = json_first(segments);
    if (json_kind(segments) != JSON_ARRAY)
        return false;
    return first ? json_get(first, "text") && json_get(first, "start") && json_get(first, "end")
                 : json_get(in->json, "text") || json_get(in->json, "word_segments");
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    spoken_start(&s, in, a, out);
    for (const struct json *j = json_first(json_get(in->json, "speakers")); j; j = json_next(j))
        spoken_name(&s, arena_format(a, "speaker %s", json_name(j) ? json_name(j) : ""),
                    json_text(json_get(j, "label")));
    return spoken_language(&s, json_path(in->json, "language|transcript.language"), e) &&
           spoken_turns(&s, json_get(in->json, "segments"), &turn, e) && spoken_end(&s, e);
}

const struct reader reader_whisper = {
    {"whisper", "openai-whisper, whisper-timestamped, WhisperX and WTF",
     "{\"text\": \"...\", \"segments\": [{\"start\": 0.1, \"end\": 1.4, \"text\": \" Hello\"}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
