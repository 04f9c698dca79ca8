/* whisper.cpp, -oj and -ojf: transcription[] with offsets in whole milliseconds. Tokens are pieces
 * of words: one without a blank before it belongs to the piece before; [_BEG_] and its kin are no
 * words. */
#include "ingest/spoken.h"

#include <string.h>

static const struct spoken_shape times = {
    .unit = SPOKEN_MS, .start = "offsets.from", .end = "offsets.to"};

static bool fits(const struct reader_input *in)
{
    const struct json *list = json_get(in->json, "transcription");
    return json_kind(list) == JSON_ARRAY &&
           (!json_first(list) || json_get(json_first(list), "offsets"));
}

static bool read_ms(const struct json *j, const char *path, int64_t *ms, struct err *e)
{
    return spoken_ms(json_path(j, path), times.unit, ms) ||
           err_set(e, ERR_INPUT, "%s: is no time in milliseconds", path);
}

static bool add_token(struct spoken_word *words, size_t *n, const struct json *token,
                      struct arena *a, struct err *e)
{
    const char *text = json_get_text(token, "text", "");
    struct spoken_word w = {.text = text};
    if (!*text || strncmp(text, "[_", 2) == 0)
        return true;
    if (!read_ms(token, times.start, &w.start_ms, e) || !read_ms(token, times.end, &w.end_ms, e))
        return false;
    if (*text == ' ' || !*n) {
        words[(*n)++] = w;
    } else if (strlen(words[*n - 1].text) < DRAFT_TEXT_MOST) {
        struct spoken_word *last = &words[*n - 1];
        last->text = arena_format(a, "%s%s", last->text, text);
        last->end_ms = w.end_ms;
    }
    return true;
}

static bool read_segment(struct spoken *s, const struct json *j, struct err *e)
{
    const struct json *tokens = json_get(j, "tokens");
    struct spoken_word *words = arena_array(s->a, json_count(tokens), sizeof *words);
    int64_t start, end;
    size_t n = 0;
    if (!read_ms(j, times.start, &start, e) || !read_ms(j, times.end, &end, e))
        return false;
    for (const struct json *t = json_first(tokens); t; t = json_next(t)) {
        if (!add_token(words, &n, t, s->a, e))
            return false;
    }
    struct spoken_voice voice = {json_get_text(j, "speaker", ""), -1};
    return spoken_turn(s, voice, start, end, slice_of(json_get_text(j, "text", "")), words, n, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    size_t i = 0;
    spoken_start(&s, in, a, out);
    for (const struct json *j = json_first(json_get(in->json, "transcription")); j;
         j = json_next(j), i++) {
        if (!read_segment(&s, j, e))
            return err_within(e, "transcription[%zu]", i);
    }
    return spoken_language(&s, json_path(in->json, "result.language"), e) && spoken_end(&s, e);
}

const struct reader reader_whisper_cpp = {
    {"whisper.cpp", "whisper.cpp, the JSON of -oj and -ojf",
     "{\"transcription\": [{\"offsets\": {\"from\": 0, \"to\": 2220}, \"text\": \" Hello.\"}]}"},
    READER_TRANSCRIPT,
    fits,
    read};
