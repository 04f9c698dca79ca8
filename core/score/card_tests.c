#include "score/card_tests.h"

#include "score/card_expect.h"
#include "score/fields.h"
#include "score/manual.h"

#include <math.h>
#include <string.h>

static void check_call(struct faults *faults, const struct json *call, const struct fields *test)
{
    struct fields p = fields_of(faults, call);
    if (!call || strcmp(json_get_text(call, "kind", ""), "call") != 0) {
        fields_fault(test, "Write test \"name\" { call { agent \"Hello\" }, expect = { ... } }.",
                     "has no call");
        return;
    }
    fields_known(&p, manual_names(MANUAL_CALL, faults->a));
    fields_word(&p, "channel", call_channel_names, 0);
    fields_word(&p, "direction", call_direction_names, 0);
    fields_word(&p, "outcome", call_outcome_names, 0);
    for (const struct json *t = json_first(json_get(call, "items")); t; t = json_next(t)) {
        struct fields turn = fields_of(faults, t);
        double start = 0, end = 0, sentiment = 0;
        if (strcmp(json_get_text(t, "kind", ""), "turn") != 0)
            fields_fault(&p, "Write agent \"Hello\", customer \"Hi\".", "takes turns only");
        else if (json_number(json_get(t, "start"), &start) &&
                 json_number(json_get(t, "end"), &end) && (start < 0 || end < start))
            fields_fault(&turn, "Write :at(from, to) in seconds.", "ends before it starts");
        if (json_number(json_get(t, "sentiment"), &sentiment) && fabs(sentiment) > 1)
            fields_fault(&turn, "Write :sounds(-0.5), from -1 to 1.", "has an unknown sentiment");
    }
}

void card_tests_check(const struct json *declaration, const struct form *f, struct faults *faults)
{
    const struct json *tests = json_get(declaration, "tests");
    for (const struct json *t = json_first(tests); t; t = json_next(t)) {
        struct fields p = fields_of(faults, t);
        const struct json *expect = json_get(t, "expect");
        if (strcmp(json_get_text(t, "kind", ""), "test") != 0) {
            p.line = (int)json_get_integer(declaration, "line", 0);
            fields_fault(&p, "Write tests = { test \"name\" { call { ... }, expect = { ... } } }.",
                         "“tests” holds what is no test");
            continue;
        }
        fields_known(&p, manual_names(MANUAL_TEST, faults->a));
        check_call(faults, json_at(json_get(t, "items"), 0), &p);
        if (json_count(json_get(t, "items")) > 1)
            fields_fault(&p, "Make it two tests.", "has more than one call");
        if (json_kind(expect) != JSON_OBJECT)
            fields_fault(&p, "Write expect = { greeting = \"yes\" }.", "expects nothing");
        for (const struct json *m = json_first(expect); m; m = json_next(m))
            if (json_name(m))
                card_expect_check(&p, f, m);
    }
}

static int64_t milliseconds(const struct json *j, const char *name, int64_t otherwise)
{
    double seconds;
    bool known = json_number(json_get(j, name), &seconds) && fabs(seconds) < 1e6;
    return known ? (int64_t)llround(seconds * 1000) : otherwise;
}

/* A speaker's pace: 150 words a minute. */
static int64_t spoken_ms(const char *text)
{
    int64_t words = 1;
    for (const char *p = text; *p; p++)
        words += *p == ' ';
    return words * 400;
}

static void make_turns(const struct json *call, struct arena *a, struct call *out)
{
    const struct json *items = json_get(call, "items");
    struct call_turn *turns = arena_array(a, json_count(items), sizeof *turns);
    int64_t now = 0;
    for (const struct json *j = json_first(items); j; j = json_next(j)) {
        struct call_turn *t = &turns[out->n_turns++];
        int side = call_name_index(call_side_names, json_get_text(j, "side", ""));
        t->side = side < 0 ? CALL_SYSTEM : (enum call_side)side;
        t->text = json_get_text(j, "text", "");
        t->start_ms = milliseconds(j, "start", now);
        t->end_ms = milliseconds(j, "end", t->start_ms + spoken_ms(t->text));
        now = t->end_ms;
        double sentiment;
        t->has_sentiment =
            json_number(json_get(j, "sentiment"), &sentiment) && fabs(sentiment) <= 1;
        if (t->has_sentiment)
            t->sentiment = (int8_t)lround(sentiment * CALL_SENTIMENT_MOST);
    }
    out->turns = turns;
}

static int word(const struct json *call, const char *name, const char *const names[],
                const char *otherwise)
{
    int i = call_name_index(names, json_get_text(call, name, otherwise));
    return i < 0 ? 0 : i;
}

static const char *first(const char *const *list)
{
    return list && list[0] ? list[0] : "";
}

void card_tests_call(const struct json *test, const struct form *f, struct arena *a,
                     struct call *out)
{
    struct err e = {0};
    const struct json *j = json_at(json_get(test, "items"), 0);
    const struct form_applies *to = &f->applies;
    call_init(out);
    out->source = "test";
    out->source_key = json_get_text(test, "id", "");
    out->channel = (enum call_channel)word(j, "channel", call_channel_names, first(to->channels));
    out->direction =
        (enum call_direction)word(j, "direction", call_direction_names, first(to->directions));
    out->outcome = (enum call_outcome)word(j, "outcome", call_outcome_names, "answered");
    out->type = json_get_text(j, "type", first(to->types));
    out->queue = json_get_text(j, "queue", first(to->queues));
    out->language = json_get_text(j, "language", first(to->languages));
    out->agent_name = json_get_text(j, "agent", "");
    out->customer = json_get_text(j, "customer", "");
    out->customer_class = json_get_text(j, "customer_class", "");
    out->wrap_up = json_get_text(j, "wrap_up", "");
    out->hung_up = json_get_text(j, "hung_up", "");
    out->hold_ms = milliseconds(j, "hold", CALL_UNKNOWN);
    out->wait_ms = milliseconds(j, "wait", CALL_UNKNOWN);
    make_turns(j, a, out);
    if (!call_finish(out, a, &e))
        out->n_turns = 0; /* checked before: cannot be */
    call_measure_turns(out, &out->measures);
}

const char *card_tests_compare(const struct json *test, const struct form *f,
                               const struct call *call, const struct sheet *s, struct arena *a)
{
    enum { TOLD = 2000 /* bytes, and the last difference */ };
    struct buf text = {0};
    size_t more = 0;
    if (s->failure && s->failure[0])
        return s->failure;
    for (const struct json *m = json_first(json_get(test, "expect")); m; m = json_next(m)) {
        const char *one = card_expect_compare(m, f, call, s, a);
        if (one[0] && text.n < TOLD)
            buf_format(&text, "%s%s", text.n ? "; " : "", one);
        else
            more += one[0] != 0;
    }
    if (more)
        buf_format(&text, "; and %zu more differ", more);
    const char *told = arena_text(a, buf_all(&text));
    buf_free(&text);
    return told;
}
