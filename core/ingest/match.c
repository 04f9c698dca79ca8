#include "ingest/match.h"

#include "base/clock.h"
#include "model/call.h"

#include <ctype.h>
#include <string.h>

enum { NAME_MOST = 255, PIECES = 32 };
enum part { KEY, AGENT, CUSTOMER, QUEUE, TYPE, DATE, TIME, PARTS, ANY = PARTS, TEXT };

static const char *const part_names[PARTS + 1] = {"key",  "agent", "customer", "queue",
                                                  "type", "date",  "time"};

static const struct match_doc builtin[] = {
    {"*_GUID_*_AGENT_{agent}_DT_{date}T{time}_*", "post-call analytics exports: agent and time"},
    {"{key}_{date}T{time}_UTC", "Amazon Connect recordings: contact id and start"},
    {"{key}_analysis_{date}T{time}Z", "Contact Lens transcripts: contact id"},
    {"{key}_call_recording_redacted_*Z", "Contact Lens, redacted recordings: contact id"},
    {"{key}_analysis_redacted_*Z", "Contact Lens, redacted transcripts: contact id"},
};

struct piece {
    enum part part;
    struct slice text; /* of TEXT */
};

struct matcher {
    struct slice name;
    struct piece pieces[PIECES];
    size_t n;
    struct slice found[PARTS];
    bool dead[PIECES + 1][NAME_MOST + 1]; /* no way on from here */
};

const struct match_doc *match_builtin(size_t i)
{
    return i < sizeof builtin / sizeof *builtin ? &builtin[i] : NULL;
}

void match_usual(struct match_rules *out)
{
    *out = (struct match_rules){.window_ms = MATCH_WINDOW_S * 1000};
}

/* The ending with its dot: up to five letters or digits. */
static struct slice ending_of(struct slice name)
{
    size_t n = 0;
    while (n < name.n && n < 6 && isalnum((unsigned char)name.p[name.n - 1 - n]))
        n++;
    bool has = n && n < 6 && n + 1 < name.n && name.p[name.n - 1 - n] == '.';
    return has ? (struct slice){name.p + name.n - n - 1, n + 1} : (struct slice){"", 0};
}

static bool same(struct slice a, struct slice b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++)
        if (tolower((unsigned char)a.p[i]) != tolower((unsigned char)b.p[i]))
            return false;
    return a.n == b.n;
}

static int part_of(struct slice name)
{
    for (int i = 0; i < PARTS; i++)
        if (slice_is(name, part_names[i]))
            return i;
    return -1;
}

/* False where a brace stands alone, a part is not known, or there are too many pieces. */
static bool cut_pieces(struct slice p, struct piece *out, size_t *n)
{
    for (*n = 0; p.n; ++*n) {
        if (*n == PIECES)
            return false;
        const char *close = p.p[0] == '{' ? memchr(p.p, '}', p.n) : NULL;
        size_t length = 1;
        if (p.p[0] == '{') {
            int part = close ? part_of((struct slice){p.p + 1, (size_t)(close - p.p) - 1}) : -1;
            if (part < 0)
                return false;
            length = (size_t)(close - p.p) + 1;
            out[*n] = (struct piece){(enum part)part, {p.p, 0}};
        } else if (p.p[0] == '}') {
            return false;
        } else if (p.p[0] == '*') {
            out[*n] = (struct piece){ANY, {p.p, 0}};
        } else {
            while (length < p.n && !strchr("{*}", p.p[length]))
                length++;
            out[*n] = (struct piece){TEXT, {p.p, length}};
        }
        p.p += length, p.n -= length;
    }
    return true;
}

static size_t digits(struct slice text, char *out, size_t room, const char *between)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool digit = isdigit((unsigned char)text.p[i]);
        if ((!digit && (!strchr(between, text.p[i]) || i == 0 || i + 1 == text.n)) ||
            (digit && n + 1 >= room))
            return 0;
        if (digit)
            out[n++] = text.p[i];
    }
    out[n] = 0;
    return n;
}

static bool is_form(enum part part, struct slice text)
{
    char d[16];
    if (part == DATE)
        return (text.n == 8 || text.n == 10) && digits(text, d, sizeof d, "-") == 8;
    if (part != TIME)
        return text.n > 0 || part == ANY;
    size_t n = digits(text, d, sizeof d, ":-");
    return (n == 4 && text.n <= 5) || (n == 6 && (text.n == 6 || text.n == 8));
}

static bool walk(struct matcher *m, size_t piece, size_t at);

static bool try_part(struct matcher *m, size_t piece, size_t at)
{
    enum part part = m->pieces[piece].part;
    for (size_t to = at; to <= m->name.n; to++) {
        struct slice text = {m->name.p + at, to - at};
        if (!is_form(part, text) || !walk(m, piece + 1, to))
            continue;
        if (part < PARTS)
            m->found[part] = text;
        return true;
    }
    return false;
}

/* Shortest first. A place from which there is no way on is not tried twice, so that no pattern
 * takes longer than pieces times the square of the name. */
static bool walk(struct matcher *m, size_t piece, size_t at)
{
    if (piece == m->n)
        return at == m->name.n;
    if (m->dead[piece][at])
        return false;
    const struct piece *p = &m->pieces[piece];
    bool ok;
    if (p->part == TEXT)
        ok = at + p->text.n <= m->name.n &&
             same(p->text, (struct slice){m->name.p + at, p->text.n}) &&
             walk(m, piece + 1, at + p->text.n);
    else
        ok = try_part(m, piece, at);
    m->dead[piece][at] = !ok;
    return ok;
}

static bool read_at(const struct matcher *m, int64_t zone_ms, int64_t *at)
{
    char day[16] = "", time[16] = "", text[40];
    if (!m->found[DATE].n || !m->found[TIME].n || digits(m->found[DATE], day, sizeof day, "-") != 8)
        return false;
    size_t n = digits(m->found[TIME], time, sizeof time, ":-");
    char *to = text;
    const char *const cuts[] = {"-", "-", "T"};
    for (int i = 0, from = 0; i < 3; i++) {
        int length = i == 0 ? 4 : 2;
        memcpy(to, day + from, (size_t)length);
        to += length, from += length;
        *to++ = cuts[i][0];
    }
    for (size_t i = 0; i < 6; i += 2) {
        *to++ = i < n ? time[i] : '0';
        *to++ = i < n ? time[i + 1] : '0';
        *to++ = i == 4 ? 'Z' : ':';
    }
    if (!clock_parse((struct slice){text, (size_t)(to - text)}, at))
        return false;
    *at -= zone_ms;
    return true;
}

static bool fits(const char *pattern, struct slice name, bool any_ending, int64_t zone_ms,
                 struct arena *a, struct match_found *out)
{
    struct slice p = slice_of(pattern), wanted = ending_of(p), ending = ending_of(name);
    struct matcher *m = arena_take(a, sizeof *m);
    if (wanted.n && !any_ending && !same(wanted, ending))
        return false;
    p.n -= wanted.n;
    m->name = (struct slice){name.p, name.n - ending.n};
    if (!cut_pieces(p, m->pieces, &m->n) || !walk(m, 0, 0))
        return false;
    const char **const texts[] = {&out->key, &out->agent, &out->customer, &out->queue, &out->type};
    *out = (struct match_found){.pattern = pattern, .at = CALL_UNKNOWN};
    for (int i = 0; i < DATE; i++)
        *texts[i] = arena_text(a, m->found[i].p ? m->found[i] : slice_of(""));
    bool dated = m->found[DATE].n && m->found[TIME].n;
    return !dated || read_at(m, zone_ms, &out->at); /* the 31st of June is no date */
}

bool match_name(const struct match_rules *rules, const char *name, struct arena *a,
                struct match_found *out)
{
    size_t n = strlen(name);
    if (!n || n > NAME_MOST)
        return false;
    struct slice whole = {name, n};
    for (int any_ending = 0; any_ending < 2; any_ending++)
        for (size_t i = 0; i < rules->n; i++)
            if (fits(rules->patterns[i], whole, any_ending, rules->zone_ms, a, out))
                return true;
    for (size_t i = 0; match_builtin(i); i++)
        if (fits(match_builtin(i)->pattern, whole, true, rules->zone_ms, a, out))
            return true;
    return false;
}

static bool check(const char *pattern, struct err *e)
{
    struct piece pieces[PIECES];
    size_t n, seen[PARTS] = {0};
    bool ok = strlen(pattern) <= MATCH_PATTERN_MOST && cut_pieces(slice_of(pattern), pieces, &n);
    for (size_t i = 0; ok && i < n; i++)
        if (pieces[i].part < PARTS)
            seen[pieces[i].part]++;
    for (int i = 0; ok && i < PARTS; i++)
        ok = seen[i] <= 1;
    if (!ok)
        return err_set(e, ERR_INPUT,
                       "pattern \"%.60s\": its parts are {key} {agent} {customer} {queue} {type} "
                       "{date} {time}, each once",
                       pattern);
    if (!seen[KEY] && !(seen[AGENT] && seen[DATE] && seen[TIME]))
        return err_set(e, ERR_INPUT,
                       "pattern \"%.60s\": it needs {key}, or {agent}, {date} and {time}", pattern);
    return true;
}

static bool put(struct match_rules *rules, const char *pattern, size_t at, struct arena *a,
                struct err *e)
{
    if (!check(pattern, e))
        return false;
    const char **all = arena_array(a, rules->n + 1, sizeof *all);
    for (size_t i = 0; i < rules->n; i++)
        all[i + (i >= at)] = rules->patterns[i];
    all[at] = arena_copy(a, pattern);
    rules->patterns = all, rules->n++;
    return true;
}

bool match_add(struct match_rules *rules, const char *pattern, struct arena *a, struct err *e)
{
    return put(rules, pattern, 0, a, e);
}

/* "+02:00", "-0530", "Z": read off a time that bears it. */
static bool read_zone(struct slice text, int64_t *ms)
{
    char whole[CLOCK_TEXT + 8] = "2000-01-01T00:00:00";
    int64_t at, midnight = 0;
    size_t n = strlen(whole);
    if (text.n > 6 || !clock_parse(SLICE("2000-01-01T00:00:00Z"), &midnight))
        return false;
    memcpy(whole + n, text.p, text.n);
    if (!clock_parse((struct slice){whole, n + text.n}, &at))
        return false;
    *ms = midnight - at;
    return true;
}

static bool set(struct match_rules *rules, struct slice name, struct slice value, struct arena *a,
                struct err *e)
{
    int64_t seconds;
    enum { DAY_S = 24 * 3600 };
    if (slice_is(name, "pattern"))
        return put(rules, arena_text(a, value), rules->n, a, e);
    if (slice_is(name, "zone"))
        return read_zone(value, &rules->zone_ms) ||
               err_set(e, ERR_INPUT, "zone: write it as +02:00");
    if (!slice_is(name, "window"))
        return err_set(e, ERR_INPUT, "there is no \"%.*s\"; use pattern, window or zone",
                       (int)(name.n < 40 ? name.n : 40), name.p);
    if (!slice_integer(value, &seconds) || seconds < 1 || seconds > DAY_S)
        return err_set(e, ERR_INPUT, "window: a number of seconds from 1 to %d", DAY_S);
    rules->window_ms = seconds * 1000;
    return true;
}

bool match_read(struct slice text, struct arena *a, struct match_rules *out, struct err *e)
{
    struct slice line;
    match_usual(out);
    for (int n = 1; slice_line(&text, &line); n++) {
        struct slice value = slice_trim(line), name;
        if (!value.n || value.p[0] == '#')
            continue;
        slice_cut(&value, '=', &name);
        if (!value.p)
            return err_set(e, ERR_INPUT, "line %d: write NAME = VALUE", n);
        if (!set(out, slice_trim(name), slice_trim(value), a, e))
            return err_within(e, "line %d", n);
    }
    return true;
}
