/* WebVTT: a transcript as captions; each cue is a turn, or one for each of its voices.
 *
 * Who speaks is told by <v Name>, or by a side's name and a colon at the front of the text ("agent:
 * Hello"); who is who: spoken.h.
 */
#include "ingest/spoken.h"

#include <string.h>

#include "ingest/captions.h"
#include "ingest/webvtt.h"
#include "ingest/who.h"

static bool add_cue(struct spoken *s, const struct webvtt_cue *cue, struct err *e)
{
    struct webvtt_span *spans;
    size_t n;
    webvtt_spans(cue->text, s->a, &spans, &n);
    for (size_t i = 0; i < n; i++) {
        const char *text = spans[i].text;
        struct slice name = slice_of(spans[i].voice);
        if (!name.n)
            text = who_cut(s->in->options, text, &name);
        struct spoken_voice voice = {arena_text(s->a, name), -1};
        if (!spoken_turn(s, voice, cue->start_ms, cue->end_ms, slice_of(text), NULL, 0, e))
            return false;
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
    struct spoken s;
    size_t n = 0, line = 0;
    spoken_start(&s, in, a, out);
    webvtt_cues(in->bytes, a, &cues, &n);
    for (size_t i = 0; i < n; i++) {
        if (!add_cue(&s, &cues[i], e))
            return err_within(e, "cue %zu", i + 1);
    }
    size_t dropped = webvtt_dropped(in->bytes, &line);
    return captions_done(&s, out, dropped, line, "00:00.000 --> 00:04.200", e);
}

const struct reader reader_webvtt = {
    {"webvtt", "WebVTT: a transcript whose voices are named agent and customer",
     "WEBVTT\n\n00:00.000 --> 00:04.200\n<v Agent>Thank you for calling"},
    READER_TRANSCRIPT,
    fits,
    read};
