#include "ingest/draft.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/utf8.h"

enum kind { TEXT, TIME, MS, SECONDS, CSAT, NPS, YES_NO, CHANNEL, DIRECTION, OUTCOME, SIDE, PATH };

struct field {
    const char *name;
    enum kind kind;
    size_t at; /* in struct call; in struct draft for PATH */
};

#define IN_CALL(member) offsetof(struct call, member)
static const struct field fields[] = {
    {"source", TEXT, IN_CALL(source)},
    {"key", TEXT, IN_CALL(source_key)},
    {"channel", CHANNEL, IN_CALL(channel)},
    {"type", TEXT, IN_CALL(type)},
    {"direction", DIRECTION, IN_CALL(direction)},
    {"queue", TEXT, IN_CALL(queue)},
    {"agent_id", TEXT, IN_CALL(agent_id)},
    {"agent_name", TEXT, IN_CALL(agent_name)},
    {"team", TEXT, IN_CALL(team)},
    {"customer", TEXT, IN_CALL(customer)},
    {"customer_class", TEXT, IN_CALL(customer_class)},
    {"language", TEXT, IN_CALL(language)},
    {"offered", TIME, IN_CALL(offered)},
    {"answered", TIME, IN_CALL(answered)},
    {"ended", TIME, IN_CALL(ended)},
    {"wait_ms", MS, IN_CALL(wait_ms)},
    {"talk_ms", MS, IN_CALL(talk_ms)},
    {"hold_ms", MS, IN_CALL(hold_ms)},
    {"wrap_ms", MS, IN_CALL(wrap_ms)},
    {"wait_s", SECONDS, IN_CALL(wait_ms)},
    {"talk_s", SECONDS, IN_CALL(talk_ms)},
    {"hold_s", SECONDS, IN_CALL(hold_ms)},
    {"wrap_s", SECONDS, IN_CALL(wrap_ms)},
    {"outcome", OUTCOME, IN_CALL(outcome)},
    {"hung_up", SIDE, IN_CALL(hung_up)},
    {"wrap_up", TEXT, IN_CALL(wrap_up)},
    {"csat", CSAT, IN_CALL(csat)},
    {"nps", NPS, IN_CALL(nps)},
    {"resolved", YES_NO, IN_CALL(resolved)},
    {"recording", PATH, offsetof(struct draft, recording[0])},
    {"recording_agent", PATH, offsetof(struct draft, recording[0])},
    {"recording_customer", PATH, offsetof(struct draft, recording[1])},
    {"transcript", PATH, offsetof(struct draft, transcript)},
};

static const struct field *find(const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    }
    return NULL;
}

const char *draft_field(const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strcasecmp(fields[i].name, name) == 0)
            return fields[i].name;
    }
    return NULL;
}

bool draft_is_time(const char *field)
{
    const struct field *f = find(field);
    return f && f->kind == TIME;
}

bool draft_is_number(const char *field)
{
    const struct field *f = find(field);
    return f && (f->kind == MS || f->kind == SECONDS || f->kind == CSAT || f->kind == NPS);
}

void draft_start(struct draft *d)
{
    *d = (struct draft){.place = ""};
    call_init(&d->call);
}

const char *draft_clean(struct arena *a, struct slice text)
{
    struct buf b = {0};
    utf8_clean(&b, text);
    const char *out = arena_text(a, buf_all(&b));
    buf_free(&b);
    return out;
}

static void *place_of(struct draft *d, const struct field *f)
{
    return (f->kind == PATH ? (char *)d : (char *)&d->call) + f->at;
}

static bool wrong(const struct field *f, struct slice text, const char *want, struct err *e)
{
    struct slice shown = utf8_front(text, 60);
    return err_set(e, ERR_INPUT, "%s: \"%.*s\" is not %s", f->name, (int)shown.n, shown.p, want);
}

/* Absolute paths and ways up are refused: a file of calls may name only what lies beside or below
 * it. */
static bool is_below(struct slice path)
{
    struct slice rest = path, part;
    if (!path.n || path.p[0] == '/' || memchr(path.p, 0, path.n) || memchr(path.p, '\\', path.n))
        return false;
    while (slice_cut(&rest, '/', &part)) {
        if (slice_is(part, ".."))
            return false;
    }
    return true;
}

static bool set_path(struct draft *d, struct arena *a, const struct field *f, struct slice text,
                     struct err *e)
{
    if (!is_below(text))
        return wrong(f, text, "the path of a file beside or below this one", e);
    *(const char **)place_of(d, f) = arena_text(a, text);
    d->n_recordings = d->recording[1] ? 2 : d->recording[0] ? 1 : 0;
    return true;
}

static int index_of(const char *const names[], struct slice text)
{
    for (int i = 0; names[i]; i++) {
        size_t n = strlen(names[i]), same = 0;
        while (same < n && same < text.n && tolower((unsigned char)text.p[same]) == names[i][same])
            same++;
        if (same == n && text.n == n)
            return i;
    }
    return -1;
}

static bool set_name(struct draft *d, const struct field *f, struct slice text, struct err *e)
{
    void *at = place_of(d, f);
    int i = index_of(f->kind == CHANNEL     ? call_channel_names
                     : f->kind == DIRECTION ? call_direction_names
                     : f->kind == OUTCOME   ? call_outcome_names
                                            : call_side_names,
                     text);
    if (i < 0)
        return wrong(f, text,
                     f->kind == CHANNEL     ? "one of voice, chat, email, social"
                     : f->kind == DIRECTION ? "inbound or outbound"
                     : f->kind == OUTCOME   ? "one of answered, abandoned, unanswered, transferred"
                                            : "one of agent, customer, system",
                     e);
    if (f->kind == CHANNEL)
        *(enum call_channel *)at = (enum call_channel)i;
    else if (f->kind == DIRECTION)
        *(enum call_direction *)at = (enum call_direction)i;
    else if (f->kind == OUTCOME)
        *(enum call_outcome *)at = (enum call_outcome)i;
    else
        *(const char **)at = call_side_names[i];
    return true;
}

static bool set_yes_no(struct draft *d, const struct field *f, struct slice text, struct err *e)
{
    static const char *const words[] = {"no", "yes", "false", "true", "0", "1", "n", "y", NULL};
    int i = index_of(words, text);
    if (i < 0)
        return wrong(f, text, "yes or no", e);
    *(int *)place_of(d, f) = i % 2;
    return true;
}

static bool set_text(struct draft *d, struct arena *a, const struct field *f, struct slice text,
                     struct err *e)
{
    if (text.n > DRAFT_TEXT_MOST)
        return err_set(e, ERR_INPUT, "%s: %zu bytes long; at most %d are kept", f->name, text.n,
                       DRAFT_TEXT_MOST);
    *(const char **)place_of(d, f) = draft_clean(a, text);
    return true;
}

bool draft_set_number(struct draft *d, const char *field, double value, struct err *e)
{
    const struct field *f = find(field);
    if (f->kind == CSAT || f->kind == NPS) {
        /* scales of satisfaction differ: 1 to 5, 1 to 10, percent */
        const double least = 0, most = f->kind == NPS ? 10 : 100;
        if (!(value >= least && value <= most))
            return err_set(e, ERR_INPUT, "%s: %g is not a number from %g to %g", field, value,
                           least, most);
        *(double *)place_of(d, f) = value;
        return true;
    }
    if (f->kind == YES_NO && (value == 0 || value == 1)) {
        *(int *)place_of(d, f) = value == 1;
        return true;
    }
    if (f->kind != MS && f->kind != SECONDS)
        return err_set(e, ERR_INPUT, "%s: %g is a number, but a text belongs here", field, value);
    double ms = f->kind == SECONDS ? round(value * 1000) : value;
    if (!(ms >= 0 && ms <= (double)DRAFT_MS_MOST) || ms != floor(ms))
        return err_set(e, ERR_INPUT,
                       "%s: %g is not a whole number of milliseconds from 0 to a year", field,
                       value);
    *(int64_t *)place_of(d, f) = (int64_t)ms;
    return true;
}

/* "0:02:23" in seconds. */
static bool clock_seconds(struct slice text, double *seconds)
{
    struct slice part;
    int64_t sum = 0, n = 0, value;
    while (slice_cut(&text, ':', &part)) {
        if (!slice_integer(part, &value) || value < 0 || value > (n ? 59 : 9000) || ++n > 3)
            return false;
        sum = sum * 60 + value;
    }
    *seconds = (double)sum;
    return n == 3;
}

bool draft_set_text(struct draft *d, struct arena *a, const char *field, struct slice text,
                    bool parse, struct err *e)
{
    const struct field *f = find(field);
    double value;
    text = slice_trim(text);
    if (!text.n)
        return true;
    switch (f->kind) {
    case TEXT: return set_text(d, a, f, text, e);
    case PATH: return set_path(d, a, f, text, e);
    case TIME:
        return clock_parse(text, place_of(d, f)) ||
               wrong(f, text, "a time with its zone, like 2026-10-05T09:14:02Z", e);
    case MS:
    case SECONDS:
    case CSAT:
    case NPS:
        return parse && (slice_number(text, &value) ||
                         (f->kind == SECONDS && clock_seconds(text, &value)))
                   ? draft_set_number(d, field, value, e)
                   : wrong(f, text, "a number", e);
    case YES_NO: return set_yes_no(d, f, text, e);
    default: return set_name(d, f, text, e);
    }
}

bool draft_check(const struct draft *d, struct err *e)
{
    if (!d->call.source_key || !*d->call.source_key)
        return err_set(e, ERR_INPUT, "key: is empty");
    return d->n_recordings < 2 || d->recording[0] ||
           err_set(e, ERR_INPUT, "recording_customer: comes without recording_agent");
}

bool draft_add_meta(struct draft *d, struct arena *a, const char *name, struct slice value,
                    struct err *e)
{
    value = slice_trim(value);
    if (!value.n)
        return true;
    if (value.n > DRAFT_META_MOST || strlen(name) > DRAFT_TEXT_MOST)
        return err_set(e, ERR_INPUT, "%.60s: longer than the %d bytes that are kept", name,
                       DRAFT_META_MOST);
    if (d->call.n_meta == CALL_PAIRS_MOST)
        return err_set(e, ERR_INPUT, "more than %d pieces of metadata", CALL_PAIRS_MOST);
    d->pairs = arena_grow(a, d->pairs, d->call.n_meta, &d->room_pairs, sizeof *d->pairs);
    d->pairs[d->call.n_meta++] =
        (struct call_pair){draft_clean(a, slice_trim(slice_of(name))), draft_clean(a, value)};
    d->call.meta = d->pairs;
    return true;
}

struct call_turn *draft_add_turn(struct draft *d, struct arena *a, struct err *e)
{
    if (d->call.n_turns == DRAFT_TURNS_MOST) {
        err_set(e, ERR_INPUT, "more than %d turns", DRAFT_TURNS_MOST);
        return NULL;
    }
    d->turns = arena_grow(a, d->turns, d->call.n_turns, &d->room_turns, sizeof *d->turns);
    d->call.turns = d->turns;
    struct call_turn *t = &d->turns[d->call.n_turns++];
    *t = (struct call_turn){.text = ""};
    return t;
}

static void add_note(struct drafts *list, struct arena *a, const char *format, va_list args)
{
    char text[600];
    vsnprintf(text, sizeof text, format, args);
    struct slice whole = utf8_front(slice_of(text), sizeof text);
    list->notes = arena_format(a, "%s%s%.*s", list->notes ? list->notes : "",
                               list->notes ? "; " : "", (int)whole.n, whole.p);
}

void drafts_note(struct drafts *list, struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (list->noted++ < DRAFT_NOTES_MOST)
        add_note(list, a, format, args);
    va_end(args);
}

void drafts_note_file(struct drafts *list, struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_note(list, a, format, args);
    va_end(args);
}

const char *drafts_notes(const struct drafts *list, struct arena *a)
{
    const char *notes = list->notes ? list->notes : "";
    return list->noted <= DRAFT_NOTES_MOST
               ? notes
               : arena_format(a, "%s; and %zu more notes on single calls", notes,
                              list->noted - DRAFT_NOTES_MOST);
}

struct draft *draft_new(struct drafts *list, struct arena *a)
{
    list->items = arena_grow(a, list->items, list->n, &list->room, sizeof *list->items);
    struct draft *d = &list->items[list->n++];
    draft_start(d);
    return d;
}
