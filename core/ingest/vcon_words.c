#include "ingest/text.h"
#include "ingest/vcon_read.h"
#include "ingest/who.h"

#include <string.h>

static bool is_transcript(const struct json *analysis)
{
    const char *type = json_get_text(analysis, "type", "");
    return strncmp(type, "transcript", 10) == 0 || strcmp(type, "diarized") == 0;
}

/* [{"parties": 0, "start": a time, "duration": s, "text": ...}]; `from`: where the dialog lies. */
static bool add_spoken(struct vcon_read *v, const struct json *list, int64_t from, struct err *e)
{
    for (const struct json *j = json_first(list); j; j = json_next(j)) {
        int64_t at, party = vcon_first_party(json_get(j, "parties"));
        if (party < 0)
            party = vcon_first_party(json_get(j, "party"));
        const char *who = json_get_text(j, "speaker", "");
        int side = party >= 0 ? vcon_side_at(v, party) : who_side(v->in->options, slice_of(who));
        const struct json *start = json_get(j, "start");
        int64_t offset = from + vcon_ms(start);
        if (json_text(start)) {
            if (!record_time(v->in, v->out, "start", slice_of(json_text(start)), &at, e))
                return false;
            offset = vcon_offset(v, at);
        }
        const char *text = json_get_text(j, "text", json_get_text(j, "message", ""));
        if (!vcon_add_turn(v, side < 0 ? CALL_SYSTEM : side, offset,
                           vcon_ms(json_get(j, "duration")), text, e))
            return false;
    }
    return true;
}

/* A text without speakers and times: a turn for each paragraph. */
static bool add_paragraphs(struct vcon_read *v, const char *text, int64_t from, struct err *e)
{
    for (const char *p = text; *p;) {
        const char *end = strstr(p, "\n\n");
        size_t n = end ? (size_t)(end - p) : strlen(p);
        if (!vcon_add_turn(v, CALL_SYSTEM, from, 0, arena_text(v->a, (struct slice){p, n}), e))
            return false;
        p += n + strspn(p + n, "\n");
    }
    return true;
}

static const struct call_word *later(const struct call_turn *t, int64_t by, struct arena *a)
{
    struct call_word *words = arena_array(a, t->n_words, sizeof *words);
    for (size_t i = 0; i < t->n_words; i++) {
        words[i] = t->words[i];
        words[i].start_ms += (uint32_t)by, words[i].end_ms += (uint32_t)by;
    }
    return words;
}

static bool add_turns(struct vcon_read *v, const struct call *from, int64_t by, struct err *e)
{
    for (size_t i = 0; i < from->n_turns; i++) {
        struct call_turn *t = draft_add_turn(v->d, v->a, e);
        if (!t)
            return false;
        *t = from->turns[i];
        t->start_ms += by, t->end_ms += by;
        if (by && t->n_words)
            t->words = later(t, by, v->a);
    }
    return true;
}

static bool unread(struct vcon_read *v, const char *why, struct err *e)
{
    drafts_note(v->out, v->a, "%s%sa transcript was left out: %s", v->d->place,
                *v->d->place ? ": " : "", why);
    return record_meta_text(v->d, v->a, "transcript_unread", why, e);
}

/* A product's own JSON, in any of the forms that are read as files. */
static bool add_foreign(struct vcon_read *v, const struct json *body, int64_t from, struct err *e)
{
    struct buf text = {0};
    const struct reader *reader = NULL;
    struct drafts found = {0};
    struct err why = {0};
    struct reader_input in = *v->in;
    in.json = in.line = NULL;
    json_print(body, &text);
    in.bytes = (struct slice){arena_text(v->a, buf_all(&text)), text.n};
    buf_free(&text);
    bool read = text_parse(in, v->a, &reader, &found, &why) == TEXT_READ &&
                reader->role == READER_TRANSCRIPT && found.n == 1;
    if (read && found.items[0].call.n_turns)
        return add_turns(v, &found.items[0].call, from, e);
    const char *whole = json_get_text(body, "transcript", "");
    return *whole ? add_paragraphs(v, whole, from, e)
                  : unread(v, why.kind ? why.text : "its form is not known", e);
}

static bool add_transcript(struct vcon_read *v, const struct json *analysis, int64_t from,
                           struct err *e)
{
    struct vcon_content content = vcon_content_of(analysis, v->a);
    struct err ignored = {0};
    struct json *inside = NULL;
    if (content.form == VCON_NOTHING)
        return true;
    if (content.form != VCON_JSON) {
        inside = json_parse(content.bytes, JSON_DEPTH, &ignored);
        content.json = inside;
    }
    bool claims = strcmp(json_get_text(analysis, "encoding", ""), "json") == 0 || inside;
    bool ok = json_kind(content.json) == JSON_ARRAY && json_get(json_first(content.json), "text")
                  ? add_spoken(v, content.json, from, e)
              : content.json ? add_foreign(v, content.json, from, e)
              : claims       ? unread(v, "it says that it is JSON, and is not", e)
                             : add_paragraphs(v, arena_text(v->a, content.bytes), from, e);
    json_free(inside);
    return ok;
}

/* The place in v->dialogs of the dialog with this number; n_dialogs where it does not say. */
static size_t place_of(const struct vcon_read *v, int64_t number)
{
    size_t i = 0;
    while (i < v->n_dialogs && (int64_t)v->dialogs[i].number != number)
        i++;
    return i;
}

/* Beside what was written, words of no dialog are those of the only recording. */
static size_t place_about(const struct vcon_read *v, const struct json *about)
{
    size_t at = place_of(v, vcon_first_party(about));
    return at == v->n_dialogs && v->texts && v->recordings == 1 ? (size_t)(v->kept - v->dialogs)
                                                                : at;
}

static void mark_said(const struct vcon_read *v, const struct json *dialogs, size_t at, bool *said)
{
    said[at] = true;
    for (const struct json *j = json_first(dialogs); j; j = json_next(j))
        said[place_of(v, vcon_first_party(j))] = true;
}

static void mark_written(const struct vcon_read *v, bool *said)
{
    for (size_t i = 0; i < v->n_dialogs; i++)
        said[i] = strcmp(json_get_text(v->dialogs[i].json, "type", ""), "text") == 0;
}

/* Has it a place beside the turns that are there? */
static bool has_place(const struct vcon_read *v, size_t at)
{
    return !v->d->call.n_turns || (at < v->n_dialogs && (v->dialogs[at].start != CALL_UNKNOWN ||
                                                         &v->dialogs[at] == v->kept));
}

bool vcon_add_transcripts(struct vcon_read *v, const struct json *analyses, struct err *e)
{
    size_t i = 0, written = v->d->call.n_turns, whole = v->n_dialogs;
    bool *said = arena_array(v->a, whole + 1, sizeof *said);
    mark_written(v, said);
    for (const struct json *x = json_first(analyses); x && !said[whole]; x = json_next(x), i++) {
        const struct json *about = json_get(x, "dialog");
        size_t at = place_about(v, about), n = v->d->call.n_turns;
        if (!is_transcript(x) || said[at])
            continue;
        bool fits = has_place(v, at);
        int64_t from = vcon_offset(v, at < whole ? v->dialogs[at].start : CALL_UNKNOWN);
        if (fits ? !add_transcript(v, x, from, e)
                 : n == written && !unread(v, "of which dialog it is, it does not say", e))
            return err_within(e, "analysis[%zu]", i);
        if (v->d->call.n_turns > n)
            mark_said(v, about, at, said);
    }
    return true;
}
