/* Twilio Conversational Intelligence: a page of sentences[] by channel, in seconds, whose times may
 * be null. Channels count from 1. Where nothing was said there is none. */
#include "ingest/spoken.h"

static const struct spoken_shape word = {
    .unit = SPOKEN_SECONDS, .text = "word", .start = "start_time", .end = "end_time"};
static const struct spoken_shape turn = {.unit = SPOKEN_SECONDS,
                                         .text = "transcript",
                                         .channel = "media_channel",
                                         .start = "start_time",
                                         .end = "end_time",
                                         .words = "words",
                                         .word = &word};

static bool fits(const struct reader_input *in)
{
    const struct json *list = json_get(in->json, "sentences");
    return json_kind(list) == JSON_ARRAY &&
           (!json_first(list) || json_get(json_first(list), "media_channel"));
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    if (json_text(json_path(in->json, "meta.next_page_url")))
        return err_set(e, ERR_INPUT,
                       "is one page of several; fetch all sentences with a larger PageSize");
    spoken_start(&s, in, a, out);
    return spoken_turns(&s, json_get(in->json, "sentences"), &turn, e) && spoken_end(&s, e);
}

const struct reader reader_twilio = {
    {"twilio-intelligence", "Twilio Conversational Intelligence, the sentences of a transcript",
     "{\"sentences\": [{\"media_channel\": 1, \"start_time\": 0.4, \"transcript\": \"Hello\"}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
