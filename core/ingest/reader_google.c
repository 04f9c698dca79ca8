/* Google Speech-to-Text, v1 and v2: results[].alternatives[0]. A time is "12.900s", or an object
 * whose seconds are a text and whose zero parts are left out.
 *
 * Where v1 tells speakers apart, its last result says all words of the call again, now with their
 * speaker: then only that one counts. */
#include "ingest/spoken.h"

static const struct spoken_shape word = {.unit = SPOKEN_SECONDS,
                                         .text = "word",
                                         .voice = "speakerLabel|speakerTag",
                                         .start = "startTime|startOffset",
                                         .end = "endTime|endOffset"};
static const struct spoken_shape turn = {.unit = SPOKEN_SECONDS,
                                         .text = "alternatives.0.transcript",
                                         .channel = "channelTag",
                                         .words = "alternatives.0.words",
                                         .word = &word};
/* Without words, a result says when it ended; it began when the one before did. */
static const struct spoken_shape wordless = {.unit = SPOKEN_SECONDS,
                                             .text = "alternatives.0.transcript",
                                             .channel = "channelTag",
                                             .end = "resultEndTime|resultEndOffset"};

static const struct json *results_of(const struct json *j)
{
    return json_path(j, "response.results|results");
}

static bool fits(const struct reader_input *in)
{
    const struct json *first = json_first(results_of(in->json));
    return json_kind(json_get(first, "alternatives")) == JSON_ARRAY &&
           !json_get(first, "results") && !json_path(first, "alternatives.0.timestamps") &&
           !json_get(first, "type");
}

static const struct json *words_of(const struct json *result)
{
    return json_path(result, "alternatives.0.words");
}

static bool is_told_apart(const struct json *words)
{
    int64_t tag;
    const struct json *voice = json_path(json_first(words), word.voice);
    return json_text(voice) || (json_integer(voice, &tag) && tag > 0);
}

/* Do these words, of the last result, say again what all results before them said? */
static bool is_repeat(const struct json *results, const struct json *last)
{
    int64_t first_ms, last_ms;
    size_t before = 0;
    for (const struct json *r = json_first(results); r && r != last; r = json_next(r))
        before += json_count(words_of(r));
    const struct json *first = json_first(words_of(json_first(results)));
    return before && json_count(words_of(last)) >= before &&
           spoken_ms(json_path(first, word.start), word.unit, &first_ms) &&
           spoken_ms(json_path(json_first(words_of(last)), word.start), word.unit, &last_ms) &&
           last_ms <= first_ms;
}

static bool have_words(const struct json *results)
{
    const struct json *r = json_first(results);
    while (r && !json_first(words_of(r)))
        r = json_next(r);
    return r;
}

static bool read_results(struct spoken *s, const struct json *results, struct err *e)
{
    const struct json *last = json_first(results);
    while (json_next(last))
        last = json_next(last);
    if (!is_told_apart(words_of(last)))
        return spoken_turns(s, results, have_words(results) ? &turn : &wordless, e);
    bool repeat = is_repeat(results, last);
    for (const struct json *r = json_first(results); r; r = json_next(r)) {
        if ((!repeat || r == last) && words_of(r) && !spoken_words(s, words_of(r), &word, -1, e))
            return false;
    }
    return true;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const struct json *results = results_of(in->json);
    spoken_start(&s, in, a, out);
    return spoken_language(&s, json_get(json_first(results), "languageCode"), e) &&
           read_results(&s, results, e) && spoken_end(&s, e);
}

const struct reader reader_google = {
    {"google", "Google Speech-to-Text, v1 and v2, with or without speakers",
     "{\"results\": [{\"alternatives\": [{\"transcript\": \"Hello\", \"words\": [...]}]}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
