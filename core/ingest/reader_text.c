/* Plain text with who speaks before a colon, a turn a line:
 *
 *   Agent: Thank you for calling Harbourmere.
 *   [00:04] Customer: Hello, my meter
 *   is broken.
 *   Agent (00:00:07.5): I am sorry to hear that.
 *
 * A time stands before the name or in brackets behind it; without times the turns keep their order
 * and no measures are worked out. A line belongs to the turn before it unless it has a time, or
 * what stands before its colon is a side's name or stands so at two lines or more. */
#include "ingest/spoken.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/captions.h"
#include "ingest/who.h"

enum { NAME_MOST = 40, NAMES_MOST = 100 };

struct front { /* of a line */
    struct slice name, text;
    int64_t at; /* CALL_UNKNOWN where it has no time */
};

static bool cut_bracketed_time(struct slice *s, int64_t *at)
{
    struct slice rest = *s;
    bool open = rest.n && strchr("[(", rest.p[0]);
    if (open)
        rest.p++, rest.n--;
    if (!captions_time(&rest, at) || (open && (!rest.n || !strchr("])", rest.p[0]))))
        return false;
    if (open)
        rest.p++, rest.n--;
    *s = slice_trim(rest);
    return true;
}

/* "Agent (00:07)": the time goes from the end of the name. */
static void cut_time_behind(struct slice *name, int64_t *at)
{
    for (size_t i = 1; i < name->n && *at == CALL_UNKNOWN; i++) {
        struct slice rest = {name->p + i, name->n - i};
        if (strchr("[(", rest.p[0]) && cut_bracketed_time(&rest, at))
            *name = slice_trim((struct slice){name->p, i});
    }
}

/* Where the name ends: at a colon that is not inside a time. */
static const char *find_colon(struct slice s)
{
    for (size_t i = 1; i < s.n && i <= NAME_MOST + 12; i++) {
        if (s.p[i] == ':' && !(i + 1 < s.n && isdigit((unsigned char)s.p[i - 1]) &&
                               isdigit((unsigned char)s.p[i + 1])))
            return s.p + i;
    }
    return NULL;
}

static bool cut_front(struct slice line, struct front *f)
{
    *f = (struct front){.at = CALL_UNKNOWN, .text = slice_trim(line)};
    bool timed = cut_bracketed_time(&f->text, &f->at);
    if (timed && f->text.n && f->text.p[0] == '-')
        f->text = slice_trim((struct slice){f->text.p + 1, f->text.n - 1});
    const char *colon = find_colon(f->text);
    if (!colon)
        return false;
    struct slice name = slice_trim((struct slice){f->text.p, (size_t)(colon - f->text.p)});
    cut_time_behind(&name, &f->at);
    if (!name.n || name.n > NAME_MOST || ispunct((unsigned char)name.p[0]) ||
        isdigit((unsigned char)name.p[0]))
        return false;
    f->name = name;
    f->text.n -= (size_t)(colon + 1 - f->text.p), f->text.p = colon + 1;
    return true;
}

struct names {
    struct slice seen[NAMES_MOST];
    size_t count[NAMES_MOST], n;
};

static size_t *find_name(struct names *names, struct slice name)
{
    for (size_t i = 0; i < names->n; i++) {
        if (slice_equal(names->seen[i], name))
            return &names->count[i];
    }
    return NULL;
}

static void count_names(struct slice rest, struct names *names)
{
    struct slice line;
    struct front f;
    while (slice_line(&rest, &line)) {
        if (!cut_front(line, &f))
            continue;
        size_t *count = find_name(names, f.name);
        if (count)
            ++*count;
        else if (names->n < NAMES_MOST)
            names->seen[names->n] = f.name, names->count[names->n++] = 1;
    }
}

static bool opens_turn(const struct reader_input *in, struct names *names, struct slice line,
                       struct front *f)
{
    if (!cut_front(line, f))
        return false;
    size_t *count = find_name(names, f->name);
    return f->at != CALL_UNKNOWN || who_side(in->options, f->name) >= 0 || (count && *count > 1);
}

static bool fits(const struct reader_input *in)
{
    struct slice rest = in->bytes, line;
    struct front f;
    while (slice_line(&rest, &line)) {
        if (slice_trim(line).n)
            return !in->json && !in->line && cut_front(line, &f) &&
                   who_side(in->options, f.name) >= 0;
    }
    return false;
}

static bool end_turn(struct spoken *s, const struct front *f, const char *to, struct err *e)
{
    struct spoken_voice voice = {arena_text(s->a, f->name), -1};
    struct slice text = {f->text.p, (size_t)(to - f->text.p)};
    return spoken_turn(s, voice, f->at, CALL_UNKNOWN, text, NULL, 0, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    struct names *names = arena_take(a, sizeof *names);
    struct slice rest = in->bytes, line;
    struct front turn = {.at = CALL_UNKNOWN}, next;
    if (!utf8_valid(in->bytes))
        return err_set(e, ERR_INPUT, "not UTF-8; save the file as UTF-8 or UTF-16");
    spoken_start(&s, in, a, out);
    count_names(in->bytes, names);
    while (slice_line(&rest, &line)) {
        if (!opens_turn(in, names, line, &next))
            continue;
        if (turn.text.p && !end_turn(&s, &turn, line.p, e))
            return false;
        turn = next;
    }
    return end_turn(&s, &turn, in->bytes.p + in->bytes.n, e) && spoken_end(&s, e);
}

const struct reader reader_text = {{"text",
                                    "plain text: who speaks before a colon, with or without times",
                                    "[00:00] Agent: Thank you for calling"},
                                   READER_TRANSCRIPT,
                                   fits,
                                   read};
