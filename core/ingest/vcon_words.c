#include "ingest/calls.h"
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

static bool unread(struct vcon_read *v, const char *why, struct err *e)
{
    drafts_note(v->out, v->a, "%s%sa transcript was left out: %s", v->d->place,
                *v->d->place ? ": " : "", why);
    return record_meta_text(v->d, v->a, "transcript_unread", why, e);
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

static bool add_turns(struct vcon_read *v, const struct drafts *found, int64_t by, struct err *e)
{
    const struct call *from = &found->items[0].call;
    calls_tell(v->out, found, "transcript", v->a);
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

/* Written once: a file may hold many parties and many transcripts. */
static const char *list_side(struct vcon_read *v, enum call_side side, const char *already)
{
    struct buf list = {0};
    if (v->names[side])
        return v->names[side];
    buf_str(&list, already ? already : "");
    for (size_t i = 0; i < v->n_parties; i++) {
        const struct vcon_party *p = &v->parties[i];
        if (p->side == (int)side)
            buf_format(&list, ",%s,%s", p->name, p->address);
    }
    v->names[side] = arena_text(v->a, buf_all(&list));
    buf_free(&list);
    return v->names[side];
}

/* As of a recording: an entry of `parties` a channel. NULL where one of them is nobody's. */
static const char *list_channels(const struct vcon_read *v, const struct json *parties)
{
    const char *out = NULL;
    for (const struct json *j = json_first(parties); j; j = json_next(j)) {
        int side = vcon_side_at(v, vcon_first_party(j));
        if (side == CALL_SYSTEM || json_count(parties) != 2)
            return NULL;
        out = arena_format(v->a, "%s%s%s", out ? out : "", out ? "," : "", call_side_names[side]);
    }
    return out;
}

/* The parties say who is who in the transcript of a dialog (NULL: of which, nobody says). */
static struct ingest_options *cast_of(struct vcon_read *v, const struct vcon_dialog *of)
{
    struct ingest_options *o = arena_take(v->a, sizeof *o);
    *o = v->in->options ? *v->in->options : (struct ingest_options){0};
    o->agents = list_side(v, CALL_AGENT, o->agents);
    o->customers = list_side(v, CALL_CUSTOMER, o->customers);
    const char *channels = of ? list_channels(v, json_get(of->json, "parties")) : NULL;
    o->channels = channels ? channels : o->channels;
    return o;
}

/* Words in any of the forms that are read as files. False with the reason where they are in none,
 * "" where no reader takes them. */
static bool parse_words(struct vcon_read *v, struct slice text, const struct vcon_dialog *of,
                        struct drafts *found, struct err *why)
{
    const struct reader *reader = NULL;
    struct reader_input in = *v->in;
    in.json = in.line = NULL;
    in.bytes = text;
    in.options = cast_of(v, of);
    return text_parse(in, v->a, &reader, found, why) == TEXT_READ &&
           reader->role == READER_TRANSCRIPT && found->n == 1 && found->items[0].call.n_turns;
}

/* Deepgram's results are kept without what stands around them, too. */
static bool is_bare_alternative(const struct json *body)
{
    return json_text(json_get(body, "transcript")) && json_text(json_path(body, "words.0.word"));
}

static struct slice print_body(const struct vcon_read *v, const struct json *body)
{
    struct buf text = {0};
    bool bare = is_bare_alternative(body);
    buf_str(&text, bare ? "{\"results\":{\"channels\":[{\"alternatives\":[" : "");
    json_print(body, &text);
    buf_str(&text, bare ? "]}]}}" : "");
    struct slice out = {arena_text(v->a, buf_all(&text)), text.n};
    buf_free(&text);
    return out;
}

static bool add_foreign(struct vcon_read *v, const struct json *body, const struct vcon_dialog *of,
                        int64_t from, struct err *e)
{
    struct drafts found = {0};
    struct err why = {0};
    if (parse_words(v, print_body(v, body), of, &found, &why))
        return add_turns(v, &found, from, e);
    const char *whole = json_get_text(body, "transcript", "");
    return *whole ? add_paragraphs(v, whole, from, e)
                  : unread(v, why.kind ? why.text : "its form is not known", e);
}

static bool add_text(struct vcon_read *v, struct slice text, const struct vcon_dialog *of,
                     int64_t from, struct err *e)
{
    struct drafts found = {0};
    struct err why = {0};
    return parse_words(v, text, of, &found, &why)
               ? add_turns(v, &found, from, e)
               : add_paragraphs(v, arena_text(v->a, text), from, e);
}

static bool add_transcript(struct vcon_read *v, const struct json *analysis,
                           const struct vcon_dialog *of, struct err *e)
{
    struct vcon_content content = vcon_content_of(analysis, v->a);
    int64_t from = vcon_offset(v, of ? of->start : CALL_UNKNOWN);
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
              : content.json ? add_foreign(v, content.json, of, from, e)
              : claims       ? unread(v, "it says that it is JSON, and is not", e)
                             : add_text(v, content.bytes, of, from, e);
    json_free(inside);
    return ok;
}

/* The place in v->dialogs of the dialog with this number; n_dialogs where it does not say. */
static size_t place_of(const struct vcon_read *v, int64_t number)
{
    return number >= 0 && number < (int64_t)v->n_dialogs ? v->places[number] : v->n_dialogs;
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
        const struct vcon_dialog *of = at < whole ? &v->dialogs[at] : NULL;
        if (has_place(v, at)
                ? !add_transcript(v, x, of, e)
                : n == written && !unread(v, "of which dialog it is, it does not say", e))
            return err_within(e, "analysis[%zu]", i);
        if (v->d->call.n_turns > n)
            mark_said(v, about, at, said);
    }
    return true;
}
