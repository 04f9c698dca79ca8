/* IBM Watson Speech to Text: results[] with timestamps [word, from, to] in seconds; who speaks
 * stands in speaker_labels[] by time. Some clients wrap one more results[] around it. */
#include "ingest/spoken.h"

static const struct spoken_shape word = {
    .unit = SPOKEN_SECONDS, .text = "0", .start = "1", .end = "2"};
static const struct spoken_shape turn = {.unit = SPOKEN_SECONDS,
                                         .text = "alternatives.0.transcript",
                                         .words = "alternatives.0.timestamps",
                                         .word = &word};
static const struct spoken_shape label = {
    .unit = SPOKEN_SECONDS, .voice = "speaker", .start = "from", .end = "to"};

static const struct json *inner(const struct json *j)
{
    return json_path(j, "results.0.results") ? json_path(j, "results.0") : j;
}

static bool fits(const struct reader_input *in)
{
    return json_path(inner(in->json), "results.0.alternatives.0.timestamps");
}

static bool read_words(struct spoken *s, const struct json *results, struct err *e)
{
    for (const struct json *r = json_first(results); r; r = json_next(r)) {
        if (!spoken_words(s, json_path(r, turn.words), &word, -1, e))
            return false;
    }
    return true;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    const struct json *j = inner(in->json), *labels = json_get(j, "speaker_labels");
    spoken_start(&s, in, a, out);
    return spoken_line(&s, labels, &label, e) &&
           (json_first(labels) ? read_words(&s, json_get(j, "results"), e)
                               : spoken_turns(&s, json_get(j, "results"), &turn, e)) &&
           spoken_end(&s, e);
}

const struct reader reader_watson = {
    {"watson", "IBM Watson Speech to Text, with timestamps",
     "{\"results\": [{\"alternatives\": [{\"transcript\": \"hello\", \"timestamps\": "
     "[[\"hello\", 0.1, 0.5]]}]}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
