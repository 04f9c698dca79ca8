#define _GNU_SOURCE
#include "ingest/webvtt.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

enum { HOURS_MOST = 1000000 };

struct parser {
    struct slice rest;
    struct arena *a;
    struct webvtt_cue *cues;
    size_t n, room;
};

/* All line ends one kind, so that lines can be cut at LF. */
static struct slice normal(struct slice s, struct arena *a)
{
    struct buf b = {0};
    if (slice_starts(s, "\xEF\xBB\xBF"))
        s.p += 3, s.n -= 3;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r') {
            i += i + 1 < s.n && s.p[i + 1] == '\n';
            buf_char(&b, '\n');
        } else if (s.p[i] == 0) {
            buf_str(&b, "\xEF\xBF\xBD");
        } else {
            buf_char(&b, s.p[i]);
        }
    }
    struct slice out = {arena_text(a, buf_all(&b)), b.n};
    buf_free(&b);
    return out;
}

static bool has_arrow(struct slice line)
{
    return line.n >= 3 && memmem(line.p, line.n, "-->", 3) != NULL;
}

static bool take_line(struct parser *p, struct slice *line)
{
    return p->rest.n && slice_cut(&p->rest, '\n', line);
}

static void skip_blanks(struct slice *s)
{
    while (s->n && (s->p[0] == ' ' || s->p[0] == '\t' || s->p[0] == '\f'))
        s->p++, s->n--;
}

static bool take_digits(struct slice *s, int64_t *value, size_t *n)
{
    *value = 0, *n = 0;
    for (; s->n && isdigit((unsigned char)s->p[0]); s->p++, s->n--, ++*n) {
        if (*value <= HOURS_MOST)
            *value = *value * 10 + (s->p[0] - '0');
    }
    return *n > 0;
}

/* [hh:]mm:ss.ttt; hours may have any number of digits. */
static bool take_time(struct slice *s, int64_t *ms)
{
    int64_t part[4] = {0};
    size_t n[4] = {0};
    if (!take_digits(s, &part[0], &n[0]) || !slice_take(s, ':') ||
        !take_digits(s, &part[1], &n[1]) || n[1] != 2)
        return false;
    bool long_form = n[0] != 2 || part[0] > 59 || (s->n && s->p[0] == ':');
    if (long_form && (!slice_take(s, ':') || !take_digits(s, &part[2], &n[2]) || n[2] != 2))
        return false;
    if (!long_form)
        part[2] = part[1], part[1] = part[0], part[0] = 0;
    if (!slice_take(s, '.') || !take_digits(s, &part[3], &n[3]) || n[3] != 3 || part[1] > 59 ||
        part[2] > 59 || part[0] > HOURS_MOST)
        return false;
    *ms = ((part[0] * 60 + part[1]) * 60 + part[2]) * 1000 + part[3];
    return true;
}

static bool take_times(struct slice line, struct webvtt_cue *cue)
{
    skip_blanks(&line);
    if (!take_time(&line, &cue->start_ms))
        return false;
    skip_blanks(&line);
    if (!slice_starts(line, "-->"))
        return false;
    line.p += 3, line.n -= 3;
    skip_blanks(&line);
    return take_time(&line, &cue->end_ms); /* settings follow; they are about the picture */
}

static void add_cue(struct parser *p, struct webvtt_cue cue)
{
    if (p->n == p->room) {
        p->room = p->room ? 2 * p->room : 64;
        struct webvtt_cue *more = arena_array(p->a, p->room, sizeof *more);
        if (p->n)
            memcpy(more, p->cues, p->n * sizeof *more);
        p->cues = more;
    }
    p->cues[p->n++] = cue;
}

/* Lines up to a blank one, or to one with an arrow, which begins the next block. */
static struct slice take_text(struct parser *p)
{
    const char *from = p->rest.p ? p->rest.p : "", *to = from;
    for (struct parser ahead = *p; ahead.rest.n;) {
        struct slice line;
        take_line(&ahead, &line);
        if (!line.n || has_arrow(line))
            break;
        to = line.p + line.n;
        *p = ahead;
    }
    return (struct slice){from, (size_t)(to - from)};
}

/* One block: a cue with or without an identifier, or something that is none (NOTE, STYLE, REGION).
 */
static void take_block(struct parser *p, bool in_header)
{
    struct slice first, id = {"", 0};
    take_line(p, &first);
    if (!first.n)
        return;
    if (!has_arrow(first)) {
        struct parser ahead = *p;
        struct slice second;
        if (in_header || !take_line(&ahead, &second) || !has_arrow(second)) {
            take_text(p);
            return;
        }
        id = first, first = second, *p = ahead;
    }
    struct webvtt_cue cue = {.id = id};
    bool good = take_times(first, &cue);
    cue.text = take_text(p);
    if (good)
        add_cue(p, cue);
}

bool webvtt_cues(struct slice bytes, struct arena *a, struct webvtt_cue **out, size_t *n)
{
    struct parser p = {.rest = normal(bytes, a), .a = a};
    if (!slice_starts(p.rest, "WEBVTT") || (p.rest.n > 6 && !strchr(" \t\n", p.rest.p[6])))
        return false;
    struct slice line;
    take_line(&p, &line);
    /* What follows the signature without a blank line is header, unless it has an arrow. */
    if (p.rest.n && p.rest.p[0] != '\n')
        take_block(&p, true);
    while (p.rest.n)
        take_block(&p, false);
    *out = p.cues, *n = p.n;
    return true;
}

size_t webvtt_dropped(struct slice bytes, size_t *line)
{
    struct slice one;
    struct webvtt_cue ignored;
    size_t found = 0;
    for (size_t n = 1; slice_line(&bytes, &one); n++) {
        if (has_arrow(one) && !take_times(one, &ignored) && !found++)
            *line = n;
    }
    return found;
}

struct spans {
    struct arena *a;
    struct webvtt_span *items;
    size_t n, room;
    struct buf text;
    const char *voice;
};

static void end_span(struct spans *s)
{
    struct slice text = slice_trim(buf_all(&s->text));
    if (text.n) {
        if (s->n == s->room) {
            s->room = s->room ? 2 * s->room : 2;
            struct webvtt_span *more = arena_array(s->a, s->room, sizeof *more);
            if (s->n)
                memcpy(more, s->items, s->n * sizeof *more);
            s->items = more;
        }
        s->items[s->n++] = (struct webvtt_span){s->voice, arena_text(s->a, text)};
    }
    buf_clear(&s->text);
}

static struct slice decode(struct slice s, struct buf *out)
{
    static const struct {
        const char *name, *text;
    } names[] = {{"&amp;", "&"},
                 {"&lt;", "<"},
                 {"&gt;", ">"},
                 {"&quot;", "\""},
                 {"&apos;", "'"},
                 {"&nbsp;", "\xC2\xA0"},
                 {"&lrm;", "\xE2\x80\x8E"},
                 {"&rlm;", "\xE2\x80\x8F"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_starts(s, names[i].name)) {
            buf_str(out, names[i].text);
            return (struct slice){s.p + strlen(names[i].name), s.n - strlen(names[i].name)};
        }
    }
    size_t i = 2, digits = 0;
    uint32_t c = 0;
    bool hex = s.n > 3 && (s.p[2] == 'x' || s.p[2] == 'X');
    for (i += hex; slice_starts(s, "&#") && i < s.n && digits < 8; i++, digits++) {
        int d = s.p[i];
        if (!(hex ? isxdigit(d) : isdigit(d)))
            break;
        c = c * (hex ? 16 : 10) + (uint32_t)(isdigit(d) ? d - '0' : (d | 32) - 'a' + 10);
    }
    if (!digits || i >= s.n || s.p[i] != ';') {
        buf_char(out, '&');
        return (struct slice){s.p + 1, s.n - 1};
    }
    utf8_put(out, c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
    return (struct slice){s.p + i + 1, s.n - i - 1};
}

/* <v Name>, <v.loud Name>, </v>; all other tags are about looks. */
static void apply_tag(struct spans *s, struct slice tag)
{
    if (slice_is(tag, "/v")) {
        end_span(s);
        s->voice = "";
        return;
    }
    if (!slice_starts(tag, "v") || (tag.n > 1 && !strchr(" \t\n\f.", tag.p[1])))
        return;
    size_t i = 1;
    while (i < tag.n && !strchr(" \t\n\f", tag.p[i]))
        i++;
    struct slice name = slice_trim((struct slice){tag.p + i, tag.n - i});
    struct buf b = {0};
    while (name.n) {
        if (name.p[0] == '&') {
            name = decode(name, &b);
        } else {
            buf_char(&b, name.p[0] == '\n' ? ' ' : name.p[0]);
            name.p++, name.n--;
        }
    }
    end_span(s);
    s->voice = arena_text(s->a, buf_all(&b));
    buf_free(&b);
}

void webvtt_spans(struct slice text, struct arena *a, struct webvtt_span **out, size_t *n)
{
    struct spans s = {.a = a, .voice = ""};
    while (text.n) {
        if (text.p[0] == '<') {
            const char *end = memchr(text.p, '>', text.n);
            struct slice tag = {text.p + 1, end ? (size_t)(end - text.p) - 1 : text.n - 1};
            apply_tag(&s, tag);
            size_t gone = tag.n + (end ? 2 : 1);
            text.p += gone, text.n -= gone;
        } else if (text.p[0] == '&') {
            text = decode(text, &s.text);
        } else {
            buf_char(&s.text, text.p[0]);
            text.p++, text.n--;
        }
    }
    end_span(&s);
    buf_free(&s.text);
    *out = s.items, *n = s.n;
}
