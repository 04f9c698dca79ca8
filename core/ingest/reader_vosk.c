/* Vosk: JSON objects end to end, one for each utterance. Partial results say what a whole one says
 * again; only results with words know their times. */
#include "ingest/spoken.h"

static const struct spoken_shape word = {
    .unit = SPOKEN_SECONDS, .text = "word", .start = "start", .end = "end"};
static const struct spoken_shape turn = {
    .unit = SPOKEN_SECONDS, .text = "text", .words = "result", .word = &word};

static bool is_vosk(const struct json *j)
{
    return json_text(json_get(j, "partial")) ||
           (json_text(json_get(j, "text")) &&
            (json_count(j) == 1 || json_path(j, "result.0.word")));
}

static bool fits(const struct reader_input *in)
{
    return is_vosk(in->line ? in->line : in->json);
}

static bool add(struct spoken *s, struct json *j, struct err *e)
{
    struct json *list = json_array();
    if (!is_vosk(j)) {
        json_free(j), json_free(list);
        return err_set(e, ERR_INPUT, "neither \"partial\" nor \"text\" stands in it");
    }
    json_push(list, j);
    bool ok = !json_get(j, "text") || spoken_turns(s, list, &turn, e);
    json_free(list);
    return ok;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    struct slice rest = slice_trim(in->bytes);
    spoken_start(&s, in, a, out);
    for (size_t number = 1; rest.n; number++) {
        struct json *j = json_parse_next(&rest, JSON_DEPTH, e);
        if (!j || !add(&s, j, e))
            return err_within(e, "result %zu", number);
    }
    return spoken_end(&s, e);
}

const struct reader reader_vosk = {
    {"vosk", "Vosk, its results end to end",
     "{\"text\": \"hello\", \"result\": [{\"word\": \"hello\", \"start\": 0.1, \"end\": 0.5}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
