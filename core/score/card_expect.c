#include "score/card_expect.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "score/declared.h"
#include "score/manual.h"
#include "score/worth.h"

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

/* score, customer_score and outcome. */
static void check_whole(const struct fields *p, const struct json *m)
{
    const char *text = json_text(m);
    if (strcmp(json_name(m), "outcome") == 0) {
        if (!text || call_name_index(sheet_outcome_names, text) < 0)
            fields_fault(p,
                         arena_format(p->faults->a, "It may be: %s.",
                                      faults_words(p->faults, sheet_outcome_names)),
                         "there is no such “outcome”");
    } else if (!frac_ok(fields_frac(m)) && !(text && strcmp(text, "not scored") == 0)) {
        fields_fault(p,
                     arena_format(p->faults->a, "Write %s = 83.3 or %s = \"not scored\".",
                                  json_name(m), json_name(m)),
                     "“%s” must be a number", json_name(m));
    }
}

void card_expect_check(const struct fields *p, const struct form *f, const struct json *m)
{
    size_t n;
    int i = form_find_question(f, json_name(m));
    if (i == FORM_NONE && is_sheet_word(json_name(m))) {
        check_whole(p, m);
        return;
    }
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
        fields_known(&inner, manual_names(MANUAL_EXPECT, p->faults->a));
        fields_word(&inner, "locus", form_locus_names, 0);
        fields_text(&inner, "evidence", "thank you for calling", false);
        fields_text(&inner, "reason", "The customer told of no trouble", false);
    }
    for (const struct json *v = values_of(m, &n); n--; v = json_next(v))
        check_value(p, &f->questions[i], v);
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

static struct slice words_at(const struct evidence *e, const struct call *call)
{
    struct slice said = slice_of(call->turns[e->turn].text);
    return e->from < e->to ? (struct slice){said.p + e->from, e->to - e->from} : said;
}

static bool is_pointed_to_before(const struct answer *got, size_t i)
{
    const struct evidence *e = &got->evidence[i];
    for (size_t k = 0; k < i; k++)
        if (got->evidence[k].turn == e->turn && got->evidence[k].from == e->from &&
            got->evidence[k].to == e->to)
            return true;
    return false;
}

/* Is `words` said, give or take case and accents, where the answer points to? */
static bool points_to(const struct answer *got, const struct call *call, const char *words)
{
    struct arena *own = arena_open(); /* places may be many, and each a whole long turn */
    bool said = false;
    for (size_t i = 0; i < got->n_evidence && !said; i++) {
        const struct evidence *e = &got->evidence[i];
        if (e->turn < 0 || is_pointed_to_before(got, i))
            continue;
        arena_reset(own);
        struct folded sought = fold_text(own, slice_of(words));
        said = strstr(fold_text(own, words_at(e, call)).text.p, sought.text.p) != NULL;
    }
    arena_close(own);
    return said;
}

/* The first places, each cut short. */
static const char *places(const struct answer *got, const struct call *call, struct arena *a)
{
    enum { SHOWN = 5, WORDS = 60 };
    struct buf text = {0};
    for (size_t i = 0; i < got->n_evidence && i < SHOWN; i++) {
        const struct evidence *e = &got->evidence[i];
        struct slice said = e->turn < 0 ? SLICE("no words") : words_at(e, call);
        said = utf8_front(said, WORDS);
        buf_format(&text, "%s“%.*s”", i ? ", " : "", (int)said.n, said.p);
    }
    if (got->n_evidence > SHOWN)
        buf_format(&text, " and %zu more", got->n_evidence - SHOWN);
    const char *shown = text.n ? arena_text(a, buf_all(&text)) : "no place";
    buf_free(&text);
    return shown;
}

/* What of the answer's grounds differs, or "". */
static const char *compare_grounds(const struct json *expected, const struct answer *got,
                                   const struct call *call, struct arena *a)
{
    const char *words = json_get_text(expected, "evidence", NULL);
    const char *reason = json_get_text(expected, "reason", NULL);
    if (words && !points_to(got, call, words))
        return arena_format(a, "expected the place “%s”, got %s", words, places(got, call, a));
    if (reason && !(got->reason && strstr(got->reason, reason)))
        return arena_format(a, "expected the reason “%s”, got “%s”", reason,
                            got->reason ? got->reason : "");
    return "";
}

/* The first values of what may be many. */
static const char *expected_text(const struct json *expected, struct arena *a)
{
    enum { SHOWN = 20 };
    struct buf text = {0};
    size_t n;
    const struct json *v = values_of(expected, &n);
    const char *locus = json_get_text(expected, "locus", NULL);
    buf_str(&text, n ? "" : "nothing chosen");
    for (size_t i = 0; i < n && i < SHOWN; i++, v = json_next(v))
        buf_format(&text, "%s%s", i ? ", " : "", fields_answer(a, v));
    if (n > SHOWN)
        buf_format(&text, " and %zu more", n - SHOWN);
    if (locus)
        buf_format(&text, " (laid to the %s)", locus);
    const char *told = arena_text(a, buf_all(&text));
    buf_free(&text);
    return told;
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

static const char *compare_answer(const struct json *m, const struct form_question *q,
                                  const struct answer *got, const struct call *call,
                                  struct arena *a)
{
    if (!meets(q, got, m, a))
        return arena_format(a, "%s: expected %s, got %s", q->id, expected_text(m, a),
                            answer_text(got, a));
    const char *grounds = compare_grounds(m, got, call, a);
    return grounds[0] ? arena_format(a, "%s: %s", q->id, grounds) : "";
}

const char *card_expect_compare(const struct json *m, const struct form *f, const struct call *call,
                                const struct sheet *s, struct arena *a)
{
    const char *name = json_name(m);
    int i = form_find_question(f, name);
    if (i != FORM_NONE)
        return compare_answer(m, &f->questions[i], &s->answers[i], call, a);
    if (strcmp(name, "score") == 0)
        return compare_score(name, m, &s->agent, a);
    if (strcmp(name, "customer_score") == 0)
        return compare_score(name, m, &s->customer, a);
    const char *want = json_text(m), *got = sheet_outcome_names[s->agent.outcome];
    return want && strcmp(want, got) == 0
               ? ""
               : arena_format(a, "outcome: expected %s, got %s", want ? want : "?", got);
}
