/* Earshot's own call format: one JSON object a file, or one a line (JSON lines).
 *
 *   {
 *    "earshot": 1,                                    // needed: the version of this format
 *    "source": "harbour", "key": "H-1005-0007",       // needed: together they name the call
 *    "channel": "voice",                              // needed: voice chat email social
 *    "type": "billing", "direction": "inbound",       // inbound outbound
 *    "queue": "Billing",
 *    "agent": {"id": "a07", "name": "Eleni Petrou", "team": "Blue"},
 *    "customer": "cust-1182", "customer_class": "VIP", "language": "en",
 *    "offered": "2026-10-05T09:14:02.000Z", "answered": "...", "ended": "...",   // with a zone
 *    "wait_ms": 18000, "talk_ms": 300000, "hold_ms": 11250, "wrap_ms": 40000,
 *    "outcome": "answered",                           // answered abandoned unanswered transferred
 *    "hung_up": "customer",                           // agent customer system
 *    "wrap_up": "billing-dispute",
 *    "survey": {"csat": 4, "nps": 9, "resolved": true},
 *    "meta": {"site": "Piraeus"},
 *    "recording": {"file": "audio/H-7.wav", "channels": ["agent", "customer"]},
 *                  // or {"agent": "x.wav", "customer": "y.wav"}, or just "x.wav"; beside or below
 *    "transcript": "H-7.vtt",                         // instead of turns; beside or below
 *    "turns": [{"who": "agent", "start_ms": 0, "end_ms": 4200, "text": "Thank you for calling",
 *               "sentiment": 0.4,                     // -1 negative .. 1 positive; optional
 *               "words": [[0, 5, 0, 310], ...]}]      // bytes from, to; start ms, end ms; optional
 *   }
 *
 * Unknown members that are texts, numbers or truth values are kept as metadata. In chats, e-mails
 * and social messages start_ms and end_ms count from the first message; end_ms may be left out.
 */
#include "ingest/mood.h"
#include "ingest/reader.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { WORDS_MOST = 50000 };

static bool is_own(const struct json *j)
{
    return json_kind(j) == JSON_OBJECT && json_get(j, "earshot");
}

static bool set_value(struct draft *d, struct arena *a, const char *field, const struct json *v,
                      struct err *e)
{
    double number;
    if (json_kind(v) == JSON_NULL)
        return true;
    if (json_number(v, &number))
        return draft_set_number(d, field, number, e);
    if (json_text(v))
        return draft_set_text(d, a, field, slice_of(json_text(v)), false, e);
    if (json_kind(v) == JSON_BOOL)
        return strcmp(field, "resolved") == 0
                   ? draft_set_number(d, field, json_true(v), e)
                   : err_set(e, ERR_INPUT, "%s: a truth value does not belong here", field);
    return err_set(e, ERR_INPUT, "%s: a text or a number belongs here", field);
}

static bool add_meta(struct draft *d, struct arena *a, const char *name, const struct json *v,
                     struct err *e)
{
    if (json_text(v))
        return draft_add_meta(d, a, name, slice_of(json_text(v)), e);
    if (json_kind(v) != JSON_NUMBER && json_kind(v) != JSON_BOOL)
        return true;
    struct buf b = {0};
    json_print(v, &b);
    bool ok = draft_add_meta(d, a, name, buf_all(&b), e);
    buf_free(&b);
    return ok;
}

/* An object whose members are fields under other names: agent, survey. */
struct alias {
    const char *name, *field;
};

static bool read_group(struct draft *d, struct arena *a, const struct json *object,
                       const struct alias *aliases, struct err *e)
{
    if (json_kind(object) != JSON_OBJECT)
        return err_set(e, ERR_INPUT, "%s: an object belongs here", json_name(object));
    for (const struct json *m = json_first(object); m; m = json_next(m)) {
        const struct alias *at = aliases;
        while (at->name && strcmp(at->name, json_name(m)) != 0)
            at++;
        const char *path = arena_format(a, "%s.%s", json_name(object), json_name(m));
        if (at->name ? !set_value(d, a, at->field, m, e) : !add_meta(d, a, path, m, e))
            return false;
    }
    return true;
}

static bool read_agent(struct draft *d, struct arena *a, const struct json *v, struct err *e)
{
    static const struct alias aliases[] = {
        {"id", "agent_id"}, {"name", "agent_name"}, {"team", "team"}, {NULL, NULL}};
    return read_group(d, a, v, aliases, e);
}

static bool read_survey(struct draft *d, struct arena *a, const struct json *v, struct err *e)
{
    static const struct alias aliases[] = {
        {"csat", "csat"}, {"nps", "nps"}, {"resolved", "resolved"}, {NULL, NULL}};
    return read_group(d, a, v, aliases, e);
}

static bool read_meta(struct draft *d, struct arena *a, const struct json *v, struct err *e)
{
    if (json_kind(v) != JSON_OBJECT)
        return err_set(e, ERR_INPUT, "meta: an object belongs here");
    for (const struct json *m = json_first(v); m; m = json_next(m)) {
        if (json_kind(m) >= JSON_ARRAY)
            return err_set(e, ERR_INPUT, "meta.%s: a text or a number belongs here", json_name(m));
        if (!add_meta(d, a, json_name(m), m, e))
            return err_within(e, "meta");
    }
    return true;
}

static bool read_sides(struct draft *d, const struct json *v, struct err *e)
{
    if (json_kind(v) != JSON_ARRAY || json_count(v) > 2)
        return err_set(e, ERR_INPUT,
                       "recording.channels: one or two of agent, customer, system belong here");
    for (size_t i = 0; i < json_count(v); i++) {
        const char *name = json_text(json_at(v, i));
        int side = call_name_index(call_side_names, name ? name : "");
        if (side < 0)
            return err_set(e, ERR_INPUT, "recording.channels[%zu]: not agent, customer or system",
                           i);
        d->call.recording_channels[i] = (enum call_side)side;
    }
    d->n_sides = json_count(v);
    return true;
}

static bool read_recording(struct draft *d, struct arena *a, const struct json *v, struct err *e)
{
    static const struct alias aliases[] = {{"file", "recording"},
                                           {"agent", "recording_agent"},
                                           {"customer", "recording_customer"},
                                           {NULL, NULL}};
    if (json_text(v))
        return draft_set_text(d, a, "recording", slice_of(json_text(v)), false, e);
    const struct json *agent = json_get(v, "agent"), *customer = json_get(v, "customer");
    if (!agent != !customer || !agent == !json_get(v, "file"))
        return err_set(
            e, ERR_INPUT,
            "recording: either \"file\", or both \"agent\" and \"customer\" belong here");
    const struct json *sides = json_get(v, "channels");
    return read_group(d, a, v, aliases, e) && (!sides || read_sides(d, sides, e));
}

static bool read_number(const struct json *v, int64_t most, int64_t *out)
{
    return json_integer(v, out) && *out >= 0 && *out <= most;
}

static bool read_words(struct call_turn *t, struct arena *a, const struct json *v, struct err *e)
{
    size_t n = json_count(v), i = 0;
    if (json_kind(v) != JSON_ARRAY || n > WORDS_MOST)
        return err_set(e, ERR_INPUT, "words: a list of at most %d words belongs here", WORDS_MOST);
    struct call_word *words = arena_array(a, n, sizeof *words);
    int64_t before = 0, text = (int64_t)strlen(t->text);
    for (const struct json *w = json_first(v); w; w = json_next(w), i++) {
        int64_t f[4];
        for (size_t k = 0; k < 4; k++) {
            if (json_count(w) != 4 || !read_number(json_at(w, k), k < 2 ? text : UINT32_MAX, &f[k]))
                return err_set(e, ERR_INPUT,
                               "words[%zu]: [byte from, byte to, start ms, end ms] inside the text "
                               "belongs here",
                               i);
        }
        if (f[0] < before || f[0] >= f[1] || f[2] > f[3])
            return err_set(e, ERR_INPUT, "words[%zu]: not after the word before it, or ends first",
                           i);
        before = f[1];
        words[i] =
            (struct call_word){(uint32_t)f[0], (uint32_t)f[1], (uint32_t)f[2], (uint32_t)f[3]};
    }
    t->words = words, t->n_words = n;
    return true;
}

static bool read_text(struct call_turn *t, struct arena *a, const struct json *turn, struct err *e)
{
    const char *text = json_text(json_get(turn, "text"));
    if (!text || strlen(text) > DRAFT_TURN_MOST)
        return err_set(e, ERR_INPUT, "text: a text of at most %d bytes belongs here",
                       DRAFT_TURN_MOST);
    t->text = draft_clean(a, slice_of(text));
    const struct json *words = json_get(turn, "words");
    if (!words)
        return true;
    if (strcmp(t->text, text) != 0)
        return err_set(e, ERR_INPUT,
                       "text: holds control characters, so that its words are not where they say");
    return read_words(t, a, words, e);
}

static bool read_turn(struct draft *d, struct arena *a, const struct json *turn, struct err *e)
{
    struct call_turn *t = draft_add_turn(d, a, e);
    if (!t)
        return false;
    const char *who = json_get_text(turn, "who", "");
    int side = call_name_index(call_side_names, who);
    if (side < 0)
        return err_set(e, ERR_INPUT, "who: \"%.40s\" is not agent, customer or system", who);
    t->side = (enum call_side)side;
    const struct json *start = json_get(turn, "start_ms"), *end = json_get(turn, "end_ms");
    if (!read_number(start, DRAFT_MS_MOST, &t->start_ms))
        return err_set(e, ERR_INPUT, "start_ms: whole milliseconds, 0 or more, belong here");
    t->end_ms = t->start_ms;
    if (end && (!read_number(end, DRAFT_MS_MOST, &t->end_ms) || t->end_ms < t->start_ms))
        return err_set(e, ERR_INPUT,
                       "end_ms: whole milliseconds, not before start_ms, belong here");
    struct mood mood = {0};
    const struct json *sentiment = json_get(turn, "sentiment");
    if (sentiment && json_kind(sentiment) != JSON_NULL && !mood_add(&mood, sentiment))
        return err_set(e, ERR_INPUT,
                       "sentiment: a number from -1 to 1, or one of negative, neutral, mixed and "
                       "positive, belongs here");
    mood_give(&mood, t);
    return read_text(t, a, turn, e);
}

bool reader_json_turns(struct draft *d, struct arena *a, const struct json *v, struct err *e)
{
    size_t i = 0;
    if (json_kind(v) != JSON_ARRAY)
        return err_set(e, ERR_INPUT, "turns: a list belongs here");
    for (const struct json *t = json_first(v); t; t = json_next(t), i++) {
        struct err inner = {0};
        if (!read_turn(d, a, t, &inner))
            return err_set(e, inner.kind, "turns[%zu].%s", i, inner.text);
    }
    return true;
}

static bool read_version(struct draft *d, struct arena *a, const struct json *v, struct err *e)
{
    (void)d, (void)a;
    int64_t version;
    return (json_integer(v, &version) && version == 1) ||
           err_set(e, ERR_INPUT, "earshot: version 1 of this format is read, and this is another");
}

static const struct member {
    const char *name;
    bool (*read)(struct draft *, struct arena *, const struct json *, struct err *);
} members[] = {{"earshot", read_version},     {"agent", read_agent},
               {"survey", read_survey},       {"meta", read_meta},
               {"recording", read_recording}, {"turns", reader_json_turns}};

static const struct member *find_member(const char *name)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    }
    return NULL;
}

static bool is_field(const char *name)
{
    const char *field = draft_field(name);
    return field && strcmp(field, name) == 0;
}

bool reader_json_is_member(const char *name)
{
    return find_member(name) || is_field(name);
}

bool reader_json_member(struct draft *d, struct arena *a, const struct json *m, struct err *e)
{
    const struct member *part = find_member(json_name(m));
    if (json_kind(m) == JSON_NULL)
        return true;
    if (part)
        return part->read(d, a, m, e);
    return is_field(json_name(m)) ? set_value(d, a, json_name(m), m, e)
                                  : add_meta(d, a, json_name(m), m, e);
}

bool reader_json_call(const struct json *j, struct arena *a, struct draft *d, struct err *e)
{
    static const char *const needed[] = {"source", "key", "channel"};
    if (!is_own(j))
        return err_set(e, ERR_INPUT, "no call: an object with \"earshot\": 1 belongs here");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const char *text = json_get_text(j, needed[i], "");
        if (!slice_trim(slice_of(text)).n)
            return err_set(e, ERR_INPUT, "%s: is missing; a text belongs here", needed[i]);
    }
    for (const struct json *m = json_first(j); m; m = json_next(m)) {
        if (!reader_json_member(d, a, m, e))
            return false;
    }
    return draft_check(d, e);
}

static bool fits(const struct reader_input *in)
{
    return is_own(in->json);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    return reader_json_call(in->json, a, draft_new(out, a), e);
}

static bool fits_lines(const struct reader_input *in)
{
    return is_own(in->line);
}

static bool read_line(struct slice line, size_t number, struct arena *a, struct drafts *out,
                      struct err *e)
{
    struct json *j = json_parse(line, JSON_DEPTH, e);
    if (!j)
        return err_within(e, "line %zu", number);
    struct draft *d = draft_new(out, a);
    d->place = arena_format(a, "line %zu", number);
    bool ok = reader_json_call(j, a, d, e) || err_within(e, "line %zu", number);
    json_free(j);
    return ok;
}

static bool read_lines(const struct reader_input *in, struct arena *a, struct drafts *out,
                       struct err *e)
{
    struct slice rest = in->bytes, line;
    for (size_t number = 1; slice_line(&rest, &line); number++) {
        if (slice_trim(line).n && !read_line(line, number, a, out, e))
            return false;
    }
    return true;
}

const struct reader reader_json = {
    {"earshot", "Earshot's own calls: a JSON object a file, with or without a transcript",
     "{\"earshot\": 1, \"source\": \"harbour\", \"key\": \"H-7\", \"channel\": \"voice\", "
     "\"recording\": \"H-7.wav\", \"turns\": [{\"who\": \"agent\", \"start_ms\": 0, \"end_ms\": "
     "900, "
     "\"text\": \"Hello\"}]}"},
    READER_METADATA,
    fits,
    read};
const struct reader reader_json_lines = {
    {"earshot-lines", "the same, one object a line",
     "{\"earshot\": 1, \"source\": \"harbour\", \"key\": \"H-7\", \"channel\": \"chat\", ...}"},
    READER_METADATA,
    fits_lines,
    read_lines};
