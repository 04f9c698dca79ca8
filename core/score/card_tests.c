#include "score/card_tests.h"

#include "score/declared.h"
#include "score/worth.h"

#include <math.h>
#include <string.h>

static const char *const whole_sheet[] = {"score", "customer_score", "outcome", NULL};

/* Words for answers that nobody gave; an option of the same name goes first. */
static const struct {
    const char *word;
    enum answer_state state;
} states[] = {
    {"n/a", ANSWER_NA},
    {"not asked", ANSWER_NA_SYSTEM},
    {"not answered", ANSWER_NONE},
    {"failed", ANSWER_FAILED},
};

static bool is_sheet_word(const char *name)
{
    for (size_t i = 0; whole_sheet[i]; i++)
        if (strcmp(whole_sheet[i], name) == 0)
            return true;
    return false;
}

static int state_of(const char *text)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (text && strcmp(states[i].word, text) == 0)
            return (int)states[i].state;
    return -1;
}

/* "no", { "a", "b" } or { "no", locus = "process" }: the values alone. */
static const struct json *values_of(const struct json *expected, size_t *n)
{
    const struct json *items = json_get(expected, "items");
    const struct json *list = json_kind(expected) == JSON_ARRAY ? expected : items;
    *n = list ? json_count(list) : 1;
    return list ? json_first(list) : expected;
}

static void check_value(const struct fields *p, const struct form_question *q,
                        const struct json *value)
{
    const char *text = fields_answer(p->faults->a, value);
    if (!text)
        fields_fault(p, "Write greeting = \"yes\".", "what “%s” should be is no plain value",
                     q->id);
    else if (q->n_options && state_of(text) < 0 &&
             declared_option(q, text, p->faults->a) == FORM_NONE)
        fields_fault(p, "Expect one of its answers, or “n/a”, “not asked”, “not answered”.",
                     "“%s” has no answer “%.64s”", q->id, text);
}

static void check_expected(const struct fields *p, const struct form *f, const struct json *m)
{
    static const char *const known[] = {"locus", NULL};
    size_t n;
    int i = form_find_question(f, json_name(m));
    if (i == FORM_NONE && is_sheet_word(json_name(m)))
        return;
    if (i == FORM_NONE) {
        const char **ids = arena_array(p->faults->a, f->n_questions + 1, sizeof *ids);
        for (size_t k = 0; k < f->n_questions; k++)
            ids[k] = f->questions[k].id;
        fields_fault(p,
                     faults_suggest(p->faults, json_name(m), ids,
                                    "Expect questions by id, score, customer_score or outcome."),
                     "there is no question “%.64s”", json_name(m));
        return;
    }
    if (json_kind(m) == JSON_OBJECT) {
        struct fields inner = {p->faults, m, p->line, p->what};
        fields_known(&inner, known, NULL);
        fields_word(&inner, "locus", form_locus_names, 0);
    }
    for (const struct json *v = values_of(m, &n); n--; v = json_next(v))
        check_value(p, &f->questions[i], v);
}

static void check_call(struct faults *faults, const struct json *call, const struct fields *test)
{
    static const char *const known[] = {
        "channel", "type", "direction", "queue",    "language", "outcome",        "wrap_up",
        "hung_up", "hold", "wait",      "customer", "agent",    "customer_class", NULL};
    struct fields p = fields_of(faults, call);
    if (!call || strcmp(json_get_text(call, "kind", ""), "call") != 0) {
        fields_fault(test, "Write test \"name\" { call { agent \"Hello\" }, expect = { ... } }.",
                     "has no call");
        return;
    }
    fields_known(&p, known, NULL);
    fields_word(&p, "channel", call_channel_names, 0);
    fields_word(&p, "direction", call_direction_names, 0);
    fields_word(&p, "outcome", call_outcome_names, 0);
    for (const struct json *t = json_first(json_get(call, "items")); t; t = json_next(t)) {
        struct fields turn = fields_of(faults, t);
        double start = 0, end = 0;
        if (strcmp(json_get_text(t, "kind", ""), "turn") != 0)
            fields_fault(&p, "Write agent \"Hello\", customer \"Hi\".", "takes turns only");
        else if (json_number(json_get(t, "start"), &start) &&
                 json_number(json_get(t, "end"), &end) && (start < 0 || end < start))
            fields_fault(&turn, "Write :at(from, to) in seconds.", "ends before it starts");
    }
}

void card_tests_check(const struct json *declaration, const struct form *f, struct faults *faults)
{
    static const char *const known[] = {"expect", NULL};
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
        fields_known(&p, known, NULL);
        check_call(faults, json_at(json_get(t, "items"), 0), &p);
        if (json_count(json_get(t, "items")) > 1)
            fields_fault(&p, "Make it two tests.", "has more than one call");
        if (json_kind(expect) != JSON_OBJECT)
            fields_fault(&p, "Write expect = { greeting = \"yes\" }.", "expects nothing");
        for (const struct json *m = json_first(expect); m; m = json_next(m))
            if (json_name(m))
                check_expected(&p, f, m);
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

static const char *answer_text(const struct answer *got, struct arena *a)
{
    const char *text = NULL;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (states[i].state == got->state)
            text = states[i].word;
    for (size_t i = 0; !text && i < got->n_values; i++)
        text = got->values[0];
    for (size_t i = 1; got->state == ANSWER_GIVEN && i < got->n_values; i++)
        text = arena_format(a, "%s, %s", text, got->values[i]);
    text = text ? text : "nothing chosen";
    if (got->locus != FORM_AGENT)
        text = arena_format(a, "%s (laid to the %s)", text, form_locus_names[got->locus]);
    return got->reason && got->reason[0] ? arena_format(a, "%s - %s", text, got->reason) : text;
}

static bool has_value(const struct form_question *q, const struct answer *got, const char *text,
                      struct arena *a)
{
    int option = q->n_options ? declared_option(q, text, a) : FORM_NONE;
    const char *id = option == FORM_NONE ? text : q->options[option].id;
    for (size_t i = 0; i < got->n_values; i++) {
        struct frac x = worth_number(id), y = worth_number(got->values[i]);
        if (strcmp(got->values[i], id) == 0 ||
            (q->kind == FORM_NUMBER && frac_ok(x) && frac_ok(y) && frac_compare(x, y) == 0))
            return true;
    }
    return false;
}

static bool meets(const struct form_question *q, const struct answer *got,
                  const struct json *expected, struct arena *a)
{
    size_t n;
    const struct json *v = values_of(expected, &n);
    const char *text = n ? fields_answer(a, v) : NULL;
    const char *locus = json_get_text(expected, "locus", NULL);
    if (locus && strcmp(locus, form_locus_names[got->locus]) != 0)
        return false;
    if (text && n == 1 && state_of(text) >= 0 && declared_option(q, text, a) == FORM_NONE)
        return (int)got->state == state_of(text);
    if (got->state != ANSWER_GIVEN || got->n_values != n)
        return false;
    for (; n; n--, v = json_next(v))
        if (!(text = fields_answer(a, v)) || !has_value(q, got, text, a))
            return false;
    return true;
}

static const char *expected_text(const struct json *expected, struct arena *a)
{
    size_t n;
    const struct json *v = values_of(expected, &n);
    const char *text = n ? fields_answer(a, v) : "nothing chosen", *locus;
    for (v = json_next(v); n > 1; n--, v = json_next(v))
        text = arena_format(a, "%s, %s", text, fields_answer(a, v));
    locus = json_get_text(expected, "locus", NULL);
    return locus ? arena_format(a, "%s (laid to the %s)", text, locus) : text;
}

static int decimals(struct frac f)
{
    int n = 0;
    while (n < 6 && f.d != 1)
        f = frac_mul(f, frac_whole(10)), n++;
    return n;
}

/* A score is expected with as many digits as the author cares for. */
static const char *compare_score(const char *name, const struct json *expected,
                                 const struct sheet_score *s, struct arena *a)
{
    char got[48] = "not scored", want[48] = "not scored";
    struct frac e = fields_frac(expected);
    int digits = frac_ok(e) ? decimals(e) : 4;
    if (frac_ok(e))
        frac_print_decimal(e, digits, want, sizeof want);
    if (s->scored)
        frac_print_decimal(s->percent, digits, got, sizeof got);
    return strcmp(got, want) == 0 ? ""
                                  : arena_format(a, "%s: expected %s, got %s", name, want, got);
}

static const char *compare_one(const struct json *m, const struct form *f, const struct sheet *s,
                               struct arena *a)
{
    const char *name = json_name(m);
    int i = form_find_question(f, name);
    if (i != FORM_NONE)
        return meets(&f->questions[i], &s->answers[i], m, a)
                   ? ""
                   : arena_format(a, "%s: expected %s, got %s", name, expected_text(m, a),
                                  answer_text(&s->answers[i], a));
    if (strcmp(name, "score") == 0)
        return compare_score(name, m, &s->agent, a);
    if (strcmp(name, "customer_score") == 0)
        return compare_score(name, m, &s->customer, a);
    const char *want = json_text(m), *got = sheet_outcome_names[s->agent.outcome];
    return want && strcmp(want, got) == 0
               ? ""
               : arena_format(a, "outcome: expected %s, got %s", want ? want : "?", got);
}

const char *card_tests_compare(const struct json *test, const struct form *f, const struct sheet *s,
                               struct arena *a)
{
    const char *text = s->failure && s->failure[0] ? s->failure : "";
    if (text[0])
        return text;
    for (const struct json *m = json_first(json_get(test, "expect")); m; m = json_next(m)) {
        const char *one = compare_one(m, f, s, a);
        if (one[0])
            text = arena_format(a, "%s%s%s", text, text[0] ? "; " : "", one);
    }
    return text;
}
