/* WebVTT: a transcript as captions; each cue is a turn, or one for each of its voices.
 *
 * Who speaks is told by <v Name>, or by a name and a colon at the front of the text ("agent:
 * Hello"). A name that begins with one of the words below says the side, alone or before the
 * person's own name
 * ("Agent Eleni"); a voice with any other name, or none, is kept as said by nobody's side (system),
 * with the name before the text, and listed in the metadata as unknown_voices.
 */
#include "ingest/reader.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "ingest/webvtt.h"

static const struct {
    const char *word;
    enum call_side side;
} words[] = {{"agent", CALL_AGENT},        {"advisor", CALL_AGENT},     {"adviser", CALL_AGENT},
             {"operator", CALL_AGENT},     {"customer", CALL_CUSTOMER}, {"caller", CALL_CUSTOMER},
             {"client", CALL_CUSTOMER},    {"system", CALL_SYSTEM},     {"ivr", CALL_SYSTEM},
             {"announcement", CALL_SYSTEM}};

static int side_of(struct slice name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].word);
        if (name.n >= n && strncasecmp(name.p, words[i].word, n) == 0 &&
            (name.n == n || !isalnum((unsigned char)name.p[n])))
            return (int)words[i].side;
    }
    return -1;
}

/* "agent: Hello" without the name; the text itself where no side's name stands at its front. */
static const char *cut_prefix(const char *text, int *side)
{
    const char *colon = strchr(text, ':');
    if (!colon || colon - text > 60)
        return text;
    *side = side_of((struct slice){text, (size_t)(colon - text)});
    if (*side < 0)
        return text;
    return colon + 1 + strspn(colon + 1, " \t\n");
}

struct voices {
    struct buf names;
};

static void note_voice(struct voices *v, const char *name)
{
    size_t n = strlen(name);
    const char *all = buf_text(&v->names), *at = all;
    while (n && (at = strstr(at, name))) {
        if ((at == all || at[-1] == ' ') && (at[n] == 0 || at[n] == ','))
            return;
        at += n;
    }
    if (n && v->names.n + n < DRAFT_META_MOST / 2)
        buf_format(&v->names, "%s%s", v->names.n ? ", " : "", name);
}

static bool add_span(struct draft *d, struct arena *a, const struct webvtt_cue *cue,
                     const struct webvtt_span *span, struct voices *v, struct err *e)
{
    int side = *span->voice ? side_of(slice_of(span->voice)) : -1;
    const char *text = span->text;
    if (!*span->voice)
        text = cut_prefix(text, &side);
    if (!*text)
        return true;
    struct call_turn *t = draft_add_turn(d, a, e);
    if (!t)
        return false;
    if (side < 0 && *span->voice) {
        note_voice(v, span->voice);
        text = arena_format(a, "%s: %s", span->voice, text);
    }
    if (strlen(text) > DRAFT_TURN_MOST)
        return err_set(e, ERR_INPUT, "cue %zu: longer than %d bytes", d->call.n_turns,
                       DRAFT_TURN_MOST);
    t->side = side < 0 ? CALL_SYSTEM : (enum call_side)side;
    t->start_ms = cue->start_ms;
    t->end_ms = cue->end_ms > cue->start_ms ? cue->end_ms : cue->start_ms;
    t->text = draft_clean(a, slice_of(text));
    return true;
}

static bool add_cues(struct draft *d, struct arena *a, const struct webvtt_cue *cues, size_t n,
                     struct voices *v, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        struct webvtt_span *spans;
        size_t n_spans;
        webvtt_spans(cues[i].text, a, &spans, &n_spans);
        for (size_t k = 0; k < n_spans; k++) {
            if (!add_span(d, a, &cues[i], &spans[k], v, e))
                return false;
        }
    }
    return true;
}

static bool fits(const struct reader_input *in)
{
    return slice_starts(in->bytes, "WEBVTT") &&
           (in->bytes.n == 6 || strchr(" \t\r\n", in->bytes.p[6]));
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct webvtt_cue *cues = NULL;
    size_t n = 0;
    struct voices v = {{0}};
    struct draft *d = draft_new(out, a);
    d->derived_key = true;
    d->call.source = in->source;
    d->call.source_key = draft_clean(a, slice_of(in->key));
    webvtt_cues(in->bytes, a, &cues, &n);
    bool ok = add_cues(d, a, cues, n, &v, e) &&
              draft_add_meta(d, a, "unknown_voices", buf_all(&v.names), e);
    buf_free(&v.names);
    return ok && (d->call.n_turns || err_set(e, ERR_INPUT, "holds no cue that can be read"));
}

const struct reader reader_webvtt = {
    {"webvtt", "WebVTT: a transcript whose voices are named agent and customer",
     "WEBVTT\n\n00:00.000 --> 00:04.200\n<v Agent>Thank you for calling"},
    READER_TRANSCRIPT,
    fits,
    read};
