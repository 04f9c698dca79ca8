#include "ingest/text.h"
#include "ingest/vcon_read.h"
#include "ingest/who.h"

#include <string.h>

static bool is_transcript(const struct json *analysis)
{
    const char *type = json_get_text(analysis, "type", "");
    return strncmp(type, "transcript", 10) == 0 || strcmp(type, "diarized") == 0;
}

/* [{"parties": 0, "start": a time, "duration": s, "text": ...}] */
static bool add_spoken(struct vcon_read *v, const struct json *list, struct err *e)
{
    for (const struct json *j = json_first(list); j; j = json_next(j)) {
        int64_t at, party = vcon_first_party(json_get(j, "parties"));
        if (party < 0)
            party = vcon_first_party(json_get(j, "party"));
        const char *who = json_get_text(j, "speaker", "");
        int side = party >= 0 ? vcon_side_at(v, party) : who_side(v->in->options, slice_of(who));
        const struct json *start = json_get(j, "start");
        int64_t offset = vcon_ms(start);
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
static bool add_paragraphs(struct vcon_read *v, const char *text, struct err *e)
{
    for (const char *p = text; *p;) {
        const char *end = strstr(p, "\n\n");
        size_t n = end ? (size_t)(end - p) : strlen(p);
        if (!vcon_add_turn(v, CALL_SYSTEM, 0, 0, arena_text(v->a, (struct slice){p, n}), e))
            return false;
        p += n + strspn(p + n, "\n");
    }
    return true;
}

/* A product's own JSON, in any of the forms that are read as files. */
static bool add_foreign(struct vcon_read *v, const struct json *body, struct err *e)
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
    if (read && found.items[0].call.n_turns) {
        v->d->call.turns = v->d->turns = (struct call_turn *)found.items[0].call.turns;
        v->d->call.n_turns = v->d->room_turns = found.items[0].call.n_turns;
        return true;
    }
    const char *whole = json_get_text(body, "transcript", "");
    return *whole ? add_paragraphs(v, whole, e)
                  : record_meta_text(v->d, v->a, "transcript_unread",
                                     why.kind ? why.text : "its form is not known", e);
}

static bool add_transcript(struct vcon_read *v, const struct json *analysis, struct err *e)
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
                  ? add_spoken(v, content.json, e)
              : content.json ? add_foreign(v, content.json, e)
              : claims       ? record_meta_text(v->d, v->a, "transcript_unread",
                                                "it says that it is JSON, and is not", e)
                             : add_paragraphs(v, arena_text(v->a, content.bytes), e);
    json_free(inside);
    return ok;
}

bool vcon_add_transcripts(struct vcon_read *v, const struct json *analyses, struct err *e)
{
    size_t i = 0;
    for (const struct json *x = json_first(analyses); x; x = json_next(x), i++) {
        if (is_transcript(x) && !v->d->call.n_turns && !add_transcript(v, x, e))
            return err_within(e, "analysis[%zu]", i);
    }
    return true;
}
