#include "render/field.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

#include "render/html.h"

const char *field_outcome_word(enum sheet_outcome outcome)
{
    static const char *const words[SHEET_OUTCOMES] = {"Not scored", "Scored", "Passed",
                                                      "Missed the pass line", "Auto-fail"};
    return words[outcome];
}

const char *field_locus_word(enum form_locus locus)
{
    static const char *const words[FORM_LOCI] = {"the agent", "the process", "a tool", "a policy",
                                                 "the customer"};
    return words[locus];
}

const char *field_side_word(enum call_side side)
{
    static const char *const words[CALL_SIDES] = {"Agent", "Customer", "System"};
    return words[side];
}

const char *field_critical_word(enum form_critical critical)
{
    static const char *const words[FORM_CRITICALS] = {
        "", "Critical for the customer", "Critical for the business", "Critical for compliance"};
    return words[critical];
}

const char *field_percent(struct arena *a, const struct form *f, struct frac percent)
{
    if (!frac_ok(percent))
        return "";
    char number[64];
    frac_print_decimal(percent, f ? f->round : 1, number, sizeof number);
    return arena_format(a, "%s %%", number);
}

const char *field_date(struct arena *a, int64_t ms)
{
    if (ms == CALL_UNKNOWN)
        return "";
    time_t t = (time_t)(ms / 1000);
    struct tm tm;
    char text[64];
    if (!gmtime_r(&t, &tm) || !strftime(text, sizeof text, "%e %b %Y, %H:%M", &tm))
        return "";
    return arena_copy(a, text[0] == ' ' ? text + 1 : text);
}

static int64_t when(const struct call *c)
{
    if (c->answered != CALL_UNKNOWN)
        return c->answered;
    return c->offered != CALL_UNKNOWN ? c->offered : c->ended;
}

static const char *duration(struct arena *a, int64_t ms)
{
    char text[HTML_TIME];
    return ms < 0 ? "" : arena_copy(a, html_print_time(ms, text));
}

static const char *call_id(struct arena *a, const struct call *c)
{
    return arena_copy(a, c->id);
}
static const char *call_title(struct arena *a, const struct call *c)
{
    const char *type = *c->type ? c->type : call_channel_names[c->channel];
    const char *who = *c->agent_name ? c->agent_name : c->agent_id;
    return arena_format(a, "%s%s%s", type, *who ? ", " : "", who);
}
static const char *call_agent(struct arena *a, const struct call *c)
{
    (void)a;
    return *c->agent_name ? c->agent_name : c->agent_id;
}
static const char *call_date(struct arena *a, const struct call *c)
{
    return field_date(a, when(c));
}
static const char *call_length(struct arena *a, const struct call *c)
{
    return duration(a, call_length_ms(c));
}
static const char *call_hold(struct arena *a, const struct call *c)
{
    return duration(a, c->hold_ms);
}
static const char *call_wait(struct arena *a, const struct call *c)
{
    return duration(a, c->wait_ms);
}
/* Of chats, e-mails and messages: ingest/written.h works both out where the source does not state
 * them. */
static const char *call_first_response(struct arena *a, const struct call *c)
{
    return c->channel == CALL_VOICE ? "" : duration(a, c->wait_ms);
}
static const char *call_resolution(struct arena *a, const struct call *c)
{
    bool known = c->channel != CALL_VOICE && c->offered != CALL_UNKNOWN && c->ended != CALL_UNKNOWN;
    return known && c->ended > c->offered ? duration(a, c->ended - c->offered) : "";
}
static const char *call_rang(struct arena *a, const struct call *c)
{
    return c->channel == CALL_VOICE ? duration(a, c->wait_ms) : "";
}

/* What is missing of the call, as it came in. */
static const char *call_remarks(struct arena *a, const struct call *c)
{
    static const struct {
        const char *meta, *front;
    } known[] = {{"recording_cut_short", "the recording is cut short: "},
                 {"transcript_left_out", "left out of the transcript: "},
                 {"transcript_unread", "the transcript could not be read: "},
                 {"recordings", "recordings: "}};
    const char *out = "";
    for (size_t i = 0; i < c->n_meta; i++)
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (strcmp(c->meta[i].name, known[k].meta) == 0)
                out = arena_format(a, "%s%s%s%s", out, *out ? "; " : "", known[k].front,
                                   c->meta[i].value);
    return out;
}
static const char *call_channel(struct arena *a, const struct call *c)
{
    (void)a;
    return call_channel_names[c->channel];
}
static const char *call_direction(struct arena *a, const struct call *c)
{
    (void)a;
    return call_direction_names[c->direction];
}
static const char *call_outcome(struct arena *a, const struct call *c)
{
    (void)a;
    return call_outcome_names[c->outcome];
}

/* A field is worked out by `make`, or is the text at `offset` of the struct. */
static const struct call_field {
    const char *name;
    const char *(*make)(struct arena *a, const struct call *c);
    size_t offset;
} call_fields[] = {
    {"id", call_id, 0},
    {"title", call_title, 0},
    {"agent", call_agent, 0},
    {"team", NULL, offsetof(struct call, team)},
    {"queue", NULL, offsetof(struct call, queue)},
    {"type", NULL, offsetof(struct call, type)},
    {"channel", call_channel, 0},
    {"direction", call_direction, 0},
    {"customer", NULL, offsetof(struct call, customer)},
    {"date", call_date, 0},
    {"length", call_length, 0},
    {"hold", call_hold, 0},
    {"wait", call_wait, 0},
    {"rang", call_rang, 0},
    {"first_response", call_first_response, 0},
    {"resolution", call_resolution, 0},
    {"remarks", call_remarks, 0},
    {"outcome", call_outcome, 0},
    {"language", NULL, offsetof(struct call, language)},
    {"wrap_up", NULL, offsetof(struct call, wrap_up)},
    {"hung_up", NULL, offsetof(struct call, hung_up)},
    {NULL},
};

const char *field_of_call(struct arena *a, const struct call *c, struct slice field)
{
    for (const struct call_field *f = call_fields; f->name; f++) {
        if (!slice_is(field, f->name))
            continue;
        if (!c)
            return "";
        const char *text = f->make ? f->make(a, c) : NULL;
        if (!f->make)
            text = *(const char *const *)(const void *)((const char *)c + f->offset);
        return text ? text : "";
    }
    return NULL;
}

static const char *sheet_score(struct arena *a, const struct form *f, const struct sheet *s)
{
    return s->agent.scored ? field_percent(a, f, s->agent.percent) : "";
}
static const char *sheet_customer_score(struct arena *a, const struct form *f,
                                        const struct sheet *s)
{
    return s->customer.scored ? field_percent(a, f, s->customer.percent) : "";
}
static const char *sheet_outcome(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)a, (void)f;
    return field_outcome_word(s->agent.outcome);
}
static const char *sheet_band(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)a;
    return s->agent.scored && f ? form_band_of(f, s->agent.percent) : "";
}
static const char *sheet_author(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)a, (void)f;
    return s->author_name;
}
static const char *sheet_date(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)f;
    return field_date(a, s->made_at);
}
static const char *sheet_id(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)f;
    return arena_format(a, "%lld", (long long)s->id);
}
static const char *sheet_card(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)a, (void)s;
    return f ? f->title : "";
}
static const char *sheet_version(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)a, (void)s;
    return f ? f->version : "";
}
static const char *sheet_summary(struct arena *a, const struct form *f, const struct sheet *s)
{
    (void)a, (void)f;
    return s->summary;
}

static const struct sheet_field {
    const char *name;
    const char *(*make)(struct arena *a, const struct form *f, const struct sheet *s);
} sheet_fields[] = {
    {"id", sheet_id},
    {"score", sheet_score},
    {"customer_score", sheet_customer_score},
    {"outcome", sheet_outcome},
    {"band", sheet_band},
    {"author", sheet_author},
    {"date", sheet_date},
    {"card", sheet_card},
    {"version", sheet_version},
    {"summary", sheet_summary},
    {NULL},
};

const char *field_of_sheet(struct arena *a, const struct form *f, const struct sheet *s,
                           struct slice field)
{
    for (const struct sheet_field *i = sheet_fields; i->name; i++) {
        if (!slice_is(field, i->name))
            continue;
        const char *text = s ? i->make(a, f, s) : "";
        return text ? text : "";
    }
    return NULL;
}
