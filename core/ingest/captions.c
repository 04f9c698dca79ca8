#include "ingest/captions.h"

#include <ctype.h>
#include <string.h>

static bool take_number(struct slice *s, size_t most, int64_t *value)
{
    size_t n = 0;
    *value = 0;
    for (; s->n && n < most && isdigit((unsigned char)s->p[0]); n++, s->p++, s->n--)
        *value = *value * 10 + (s->p[0] - '0');
    return n > 0;
}

/* ",04" is 40 ms. */
static int64_t take_fraction(struct slice *s)
{
    int64_t ms = 0;
    if (s->n < 2 || !strchr(",.", s->p[0]) || !isdigit((unsigned char)s->p[1]))
        return 0;
    s->p++, s->n--;
    for (int scale = 100; s->n && isdigit((unsigned char)s->p[0]); scale /= 10, s->p++, s->n--)
        ms += (s->p[0] - '0') * scale;
    return ms;
}

bool captions_time(struct slice *s, int64_t *ms)
{
    struct slice rest = *s;
    int64_t part[3];
    size_t n = 1;
    if (!take_number(&rest, 4, &part[0]) || !slice_take(&rest, ':') ||
        !take_number(&rest, 2, &part[n++]))
        return false;
    if (slice_take(&rest, ':') && !take_number(&rest, 2, &part[n++]))
        return false;
    if (part[1] > 59 || (n == 3 && part[2] > 59))
        return false;
    int64_t seconds = n == 3 ? (part[0] * 60 + part[1]) * 60 + part[2] : part[0] * 60 + part[1];
    *ms = seconds * 1000 + take_fraction(&rest);
    *s = rest;
    return true;
}

bool captions_times(struct slice line, int64_t *start_ms, int64_t *end_ms)
{
    line = slice_trim(line);
    if (!captions_time(&line, start_ms))
        return false;
    line = slice_trim(line);
    if (!slice_starts(line, "-->"))
        return false;
    line = slice_trim((struct slice){line.p + 3, line.n - 3});
    return captions_time(&line, end_ms);
}

bool captions_done(struct spoken *s, struct drafts *out, size_t dropped, size_t line,
                   const char *example, struct err *e)
{
    if (!s->n_said)
        return dropped ? err_set(e, ERR_INPUT,
                                 "line %zu: holds no cue that can be read; its times look like %s",
                                 line, example)
                       : err_set(e, ERR_INPUT, "holds no cue with a text");
    if (!spoken_end(s, e))
        return false;
    if (!dropped)
        return true;
    const char *what =
        arena_format(s->a, "%zu cue%s without times that can be read, %sline %zu", dropped,
                     dropped == 1 ? "" : "s", dropped == 1 ? "" : "the first on ", line);
    out->left_out += dropped;
    drafts_note_file(out, s->a, "left out: %s; they look like %s", what, example);
    return draft_add_meta(s->draft, s->a, "transcript_left_out", slice_of(what), e);
}
