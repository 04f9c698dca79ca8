/* Deepgram: results.utterances[] where they were asked for, else the words of each channel, in
 * seconds. Channels count only where there are several of them. */
#include "ingest/spoken.h"

static const struct spoken_shape word = {.unit = SPOKEN_SECONDS,
                                         .text = "punctuated_word|word",
                                         .voice = "speaker",
                                         .start = "start",
                                         .end = "end",
                                         .sentiment = "sentiment_score|sentiment"};
static const struct spoken_shape turn = {.unit = SPOKEN_SECONDS,
                                         .text = "transcript",
                                         .voice = "speaker",
                                         .channel = "channel",
                                         .start = "start",
                                         .end = "end",
                                         .sentiment = "sentiment_score|sentiment",
                                         .words = "words",
                                         .word = &word};
static const struct spoken_shape whole = {.text = "transcript"};

static bool fits(const struct reader_input *in)
{
    return json_path(in->json, "results.channels.0.alternatives");
}

static bool read_channels(struct spoken *s, const struct json *channels, struct err *e)
{
    int number = 0;
    for (const struct json *c = json_first(channels); c; c = json_next(c), number++) {
        const struct json *words = json_path(c, "alternatives.0.words");
        if (!(json_first(words) ? spoken_words(s, words, &word, number, e)
                                : spoken_turns(s, json_get(c, "alternatives"), &whole, e)))
            return err_within(e, "channels[%d]", number);
    }
    return true;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const struct json *results = json_get(in->json, "results");
    const struct json *utterances = json_get(results, "utterances");
    const struct json *channels = json_get(results, "channels");
    spoken_start(&s, in, a, out);
    return spoken_language(&s, json_path(channels, "0.detected_language"), e) &&
           (json_first(utterances) ? spoken_turns(&s, utterances, &turn, e)
                                   : read_channels(&s, channels, e)) &&
           spoken_end(&s, e);
}

const struct reader reader_deepgram = {
    {"deepgram", "Deepgram, with or without utterances, speakers and channels",
     "{\"results\": {\"channels\": [{\"alternatives\": [{\"transcript\": \"Hello\", \"words\": "
     "[...]}]}]}}"},
    READER_TRANSCRIPT,
    fits,
    read};
