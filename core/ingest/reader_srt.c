/* SubRip subtitles: a number, a line of times, and text up to the next line of times. Files differ
 * in all of it: the number may be missing, the fraction stands behind a comma or a point or is left
 * out, lines end with CR, LF or both. Tags of looks (<i>, <font ...>, {\an8}) are taken off; a
 * side's name and a colon at the front tell who speaks. */
#define _GNU_SOURCE
#include "ingest/spoken.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/captions.h"
#include "ingest/who.h"

static bool is_number(struct slice line)
{
    int64_t ignored;
    return slice_integer(slice_trim(line), &ignored);
}

/* Times that cannot be read: an arrow between signs, or where times belong. Words may have arrows,
 * too. */
static bool is_broken(struct slice line, struct slice before)
{
    if (!memmem(line.p, line.n, "-->", 3))
        return false;
    for (size_t i = 0; i < line.n && !is_number(before); i++) {
        if (isalpha((unsigned char)line.p[i]))
            return false;
    }
    return true;
}

static bool fits(const struct reader_input *in)
{
    struct slice before = {"", 0};
    struct slice rest = in->bytes, line;
    int64_t start, end;
    size_t seen = 0;
    while (seen < 2 && slice_line(&rest, &line)) {
        if (!slice_trim(line).n)
            continue;
        if (captions_times(line, &start, &end) || (seen && is_broken(line, before)))
            return true;
        if (!is_number(line))
            return false;
        before = line, seen++;
    }
    return false;
}

enum { TAG_MOST = 200 };

/* The length of a tag of looks at the front of `s`, 0 where none stands there. */
static size_t tag_at(struct slice s)
{
    const char *end = NULL;
    size_t most = s.n < TAG_MOST ? s.n : TAG_MOST;
    if (slice_starts(s, "{\\"))
        end = memchr(s.p, '}', most);
    else if (s.n > 2 && s.p[0] == '<' && (isalpha((unsigned char)s.p[1]) || s.p[1] == '/'))
        end = memchr(s.p, '>', most);
    return end ? (size_t)(end - s.p) + 1 : 0;
}

static struct slice without_tags(struct slice text, struct arena *a)
{
    char *out = arena_take(a, text.n + 1);
    size_t n = 0;
    while (text.n) {
        size_t gone = tag_at(text);
        if (!gone)
            out[n++] = text.p[0], gone = 1;
        text.p += gone, text.n -= gone;
    }
    return slice_trim((struct slice){out, n});
}

struct cue {
    int64_t start_ms, end_ms;
    const char *from; /* of its text */
};

static bool end_cue(struct spoken *s, const struct cue *cue, const char *to, struct err *e)
{
    struct slice text = {cue->from, (size_t)(to - cue->from)}, name;
    text = without_tags(text, s->a);
    const char *said = who_cut(s->in->options, arena_text(s->a, text), &name);
    struct spoken_voice voice = {arena_text(s->a, name), -1};
    return spoken_turn(s, voice, cue->start_ms, cue->end_ms, slice_of(said), NULL, 0, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    struct slice rest = in->bytes, line, before = {in->bytes.p, 0};
    struct cue cue = {.from = NULL}, next;
    size_t dropped = 0, first = 0;
    if (!utf8_valid(in->bytes))
        return err_set(e, ERR_INPUT, "not UTF-8; save the file as UTF-8 or UTF-16");
    spoken_start(&s, in, a, out);
    for (size_t n = 1; slice_line(&rest, &line); n++) {
        bool good = captions_times(line, &next.start_ms, &next.end_ms);
        bool broken = !good && is_broken(line, before);
        if (good || broken) {
            const char *to = is_number(before) ? before.p : line.p;
            if (cue.from && !end_cue(&s, &cue, to < cue.from ? cue.from : to, e))
                return false;
            next.from = good ? line.p + line.n : NULL;
            cue = next;
        }
        if (broken && !dropped++)
            first = n;
        before = line;
    }
    if (cue.from && !end_cue(&s, &cue, in->bytes.p + in->bytes.n, e))
        return false;
    return captions_done(&s, out, dropped, first, "00:00:00,000 --> 00:00:04,200", e);
}

const struct reader reader_srt = {
    {"srt", "SubRip subtitles in UTF-8 or UTF-16",
     "1\n00:00:00,000 --> 00:00:04,200\nAgent: Thank you for calling"},
    READER_TRANSCRIPT,
    fits,
    read};
