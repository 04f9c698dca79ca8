#include "ingest/text.h"

#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/plugins.h"
#include "ingest/unknown.h"
#include "ingest/record.h"

static const struct reader *const readers[] = {&reader_json,
                                               &reader_json_lines,
                                               &reader_call_analytics,
                                               &reader_contact_lens,
                                               &reader_contact_lens_chat,
                                               &reader_transcribe,
                                               &reader_pca,
                                               &reader_google,
                                               &reader_azure,
                                               &reader_azure_live,
                                               &reader_deepgram,
                                               &reader_assemblyai,
                                               &reader_speechmatics,
                                               &reader_watson,
                                               &reader_whisper,
                                               &reader_whisper_cpp,
                                               &reader_vosk,
                                               &reader_twilio,
                                               &reader_webvtt,
                                               &reader_srt,
                                               &reader_mapped,
                                               &reader_csv,
                                               &reader_email,
                                               &reader_text};

enum { READERS = sizeof readers / sizeof *readers };

const struct ingest_format *ingest_format_at(size_t i)
{
    if (i < READERS)
        return &readers[i]->format;
    i -= READERS;
    size_t n = 0;
    while (record_readers[n] && n < i)
        n++;
    return record_readers[n] ? &record_readers[n]->format : i == n ? &reader_audio_format : NULL;
}

bool text_check(struct slice s, size_t lines, struct err *e)
{
    if (utf8_valid(s))
        return true;
    struct slice rest = s;
    size_t line = lines + 1;
    while (rest.n && rest.p[0]) {
        const char *at = rest.p;
        if (utf8_next(&rest) == 0xFFFD && !(at[0] == '\xEF' && rest.p - at == 3))
            return err_set(e, ERR_INPUT, "line %zu, byte %zu: not UTF-8; save the file as UTF-8",
                           line, (size_t)(at - s.p));
        line += *at == '\n';
    }
    return err_set(e, ERR_INPUT, "line %zu: a NUL byte; this is not text", line);
}

/* "[00:04] Agent: Hello" is none. */
static bool is_json(struct slice text)
{
    struct slice inner = text.n ? slice_trim((struct slice){text.p + 1, text.n - 1}) : text;
    return text.n && (text.p[0] == '{' ||
                      (text.p[0] == '[' && inner.n && strchr("{[\"]", inner.p[0]) && inner.p[0]));
}

/* One value, or several one after another, a line each or not. */
static bool parse(struct reader_input *in, struct json **json, struct json **line, struct err *e)
{
    struct slice rest = slice_trim(in->bytes);
    if (!is_json(rest))
        return true;
    if (!text_check(in->bytes, 0, e))
        return false;
    struct err ignored = {0};
    struct json *first = json_parse_next(&rest, JSON_DEPTH, &ignored);
    if (first && rest.n && (rest.p[0] == '{' || rest.p[0] == '['))
        *line = first;
    else if (first && !rest.n)
        *json = first;
    else
        json_free(first), *json = json_parse(in->bytes, JSON_DEPTH, e);
    if (!*line && !*json)
        *line = record_first(in->bytes); /* the first of a log may be the broken one */
    in->json = *json, in->line = *line;
    return *json || *line;
}

static const struct reader *choose(const struct reader_input *in)
{
    for (size_t i = 0; record_readers[i]; i++) {
        if (record_readers[i]->fits(in))
            return record_readers[i];
    }
    for (size_t i = 0; i < READERS; i++) {
        if (readers[i]->fits(in))
            return readers[i];
    }
    return NULL;
}

const struct reader *text_reader(struct reader_input in)
{
    struct err ignored = {0};
    struct slice rest = slice_trim(in.bytes);
    struct json *first = is_json(rest) ? json_parse_next(&rest, JSON_DEPTH, &ignored) : NULL;
    in.line = first;
    const struct reader *found = first && rest.n ? choose(&in) : NULL;
    json_free(first);
    return found;
}

static enum text_state read_known(struct reader_input *in, struct arena *a,
                                  const struct reader **reader, struct drafts *out, struct err *e)
{
    struct json *json = NULL, *line = NULL;
    enum text_state state = TEXT_FAULTY;
    if (parse(in, &json, &line, e)) {
        /* What is not whole is a fault, unless a reader knows the values in it. */
        *reader = choose(in);
        if (*reader)
            err_clear(e);
        state = *reader   ? ((*reader)->read(in, a, out, e) ? TEXT_READ : TEXT_FAULTY)
                : e->kind ? TEXT_FAULTY
                          : TEXT_UNKNOWN;
        const char *what = state == TEXT_UNKNOWN ? unknown_json(in->json) : NULL;
        if (what)
            err_set(e, ERR_INPUT, "%s", what);
    }
    json_free(json);
    json_free(line);
    in->json = in->line = NULL;
    return state;
}

enum text_state text_parse(struct reader_input in, struct arena *a, const struct reader **reader,
                           struct drafts *out, struct err *e)
{
    enum text_state state = TEXT_UNKNOWN;
    *reader = NULL;
    if (!in.strange) {
        in.bytes = charset_unmark(in.bytes, a);
        state = read_known(&in, a, reader, out, e);
    }
    if (*reader || !in.plugins)
        return state;
    struct err fault = {0};
    enum text_state other = plugins_read(in.plugins, &in, a, reader, out, &fault);
    if (other == TEXT_UNKNOWN)
        return state;
    *e = fault;
    return other;
}

enum text_state text_read(const char *path, struct reader_input in, struct arena *a,
                          const struct reader **reader, struct drafts *out, struct err *e)
{
    struct err inner = {0};
    *reader = NULL;
    if (!file_read(a, path, READER_BYTES, &in.bytes, e))
        return TEXT_FAULTY;
    in.name = file_name_of(path);
    enum text_state state = text_parse(in, a, reader, out, &inner);
    if (inner.kind)
        err_set(e, inner.kind, "%s: %s", path, inner.text);
    return state;
}
