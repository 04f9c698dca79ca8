/* What single answers are worth, what does not fit, what is still to be mended. */
#include "support.h"

#include "test_score_fixture.h"
#include "test_score_parts.h"

#include <string.h>

#define OK                                                                                         \
    (struct frac)                                                                                  \
    {                                                                                              \
        1, 1                                                                                       \
    }
#define NO                                                                                         \
    (struct frac)                                                                                  \
    {                                                                                              \
        0, 1                                                                                       \
    }

/* A form of one question of each kind. */
static void make_form(struct form *f)
{
    static const struct form_option yes_no[] = {{"yes", "Yes", OK, 0}, {"no", "No", NO, 0}};
    static const struct form_option many[] = {{"a", "A", {2, 1}, 0},
                                              {"b", "B", {3, 1}, 0},
                                              {"c", "C", {4, 1}, FORM_FAILS_FORM},
                                              {"d", "D", {-2, 1}, 0}};
    static const struct form_range ranges[] = {{{0, 1}, {0, 1}, {10, 1}, 0},
                                               {{1, 1}, {4, 1}, {5, 1}, 0},
                                               {{5, 1}, {10, 1}, {1, 1}, FORM_FAILS_SECTION}};
    static const struct form_section sections[] = {
        {.id = "s", .title = "S", .parent = FORM_NONE, .weight = OK}};
    static const struct form_question questions[] = {
        {.id = "choice",
         .ask = "?",
         .kind = FORM_CHOICE,
         .weight = OK,
         .max = OK,
         .na_allowed = true,
         .options = yes_no,
         .n_options = 2},
        {.id = "multi",
         .ask = "?",
         .kind = FORM_MULTI,
         .weight = OK,
         .max = {5, 1},
         .cap = {5, 1},
         .options = many,
         .n_options = 4,
         .na_allowed = true},
        {.id = "number",
         .ask = "?",
         .kind = FORM_NUMBER,
         .weight = OK,
         .max = {10, 1},
         .ranges = ranges,
         .n_ranges = 3},
        {.id = "text", .ask = "?", .kind = FORM_TEXT, .weight = OK, .max = OK},
        {.id = "date", .ask = "?", .kind = FORM_DATE, .weight = OK, .max = OK},
    };
    *f = (struct form){.weighting = FORM_BY_POINTS,
                       .clamp = true,
                       .autofail_zero = true,
                       .sections = sections,
                       .n_sections = 1,
                       .questions = questions,
                       .n_questions = 5};
}

/* Answers question `i` alone. */
static bool score_one(struct arena *a, int i, const char *const *values, size_t n, struct sheet *s,
                      struct err *e)
{
    static struct form f;
    make_form(&f);
    struct answer *answers = arena_array(a, 5, sizeof *answers);
    answers[i] = (struct answer){.state = ANSWER_GIVEN, .values = values, .n_values = n};
    *s = (struct sheet){.answers = answers, .n_answers = 5};
    return tally(&f, s, a, e);
}

static const struct {
    const char *name;
    int question;
    const char *values[4];
    const char *earned;
    enum form_scope fired;
} worths[] = {
    {"choice", 0, {"yes"}, "1", 0},
    {"R11: 0", 2, {"0"}, "10", 0},
    {"R11: 1", 2, {"1"}, "5", 0},
    {"R11: 4", 2, {"4"}, "5", 0},
    {"R11: 5", 2, {"5"}, "1", FORM_FAILS_SECTION},
    {"R11: 10", 2, {"10"}, "1", FORM_FAILS_SECTION},
    {"written otherwise", 2, {"4.0"}, "5", 0},
    {"multi adds", 1, {"a"}, "2", 0},
    {"multi adds exactly to the cap", 1, {"a", "b"}, "5", 0},
    {"multi is capped", 1, {"b", "c"}, "5", FORM_FAILS_FORM},
    {"multi takes away before the cap", 1, {"a", "b", "d"}, "3", 0},
    {"multi with none chosen", 1, {NULL}, "0", 0},
};

START_TEST(worth)
{
    struct arena *a = arena_open();
    struct sheet s;
    struct err e = {0};
    size_t n = 0;
    while (n < 4 && worths[_i].values[n])
        n++;
    ck_assert_msg(score_one(a, worths[_i].question, worths[_i].values, n, &s, &e), "%s", e.text);
    const struct sheet_item *item = &s.agent.items[worths[_i].question];
    ck_assert_int_eq(item->fired, worths[_i].fired);
    if (worths[_i].fired == FORM_FAILS_NOTHING)
        fixture_same(worths[_i].name, worths[_i].earned, item->earned);
    arena_close(a);
}
END_TEST

static const struct {
    int question;
    const char *values[3];
    const char *says;
} hostile[] = {
    {0, {"maybe"}, "question “choice”: has no answer “maybe”"},
    {0, {"yes", "no"}, "question “choice”: takes one answer"},
    {0, {NULL}, "question “choice”: takes one answer"},
    {1, {"a", "a"}, "question “multi”: has “a” chosen twice"},
    {1, {"a", "z"}, "question “multi”: has no answer “z”"},
    {2, {"NaN"}, "question “number”: needs a number"},
    {2, {"inf"}, "question “number”: needs a number"},
    {2, {"0x10"}, "question “number”: needs a number"},
    {2, {""}, "question “number”: needs a number"},
    {2, {"11"}, "question “number”: has no range for the answer 11"},
    {2, {"-1"}, "question “number”: has no range"},
    {2, {"2.5"}, "question “number”: has no range"},
    {2, {"1e300"}, "question “number”: "},
    {4, {"2026-02-29"}, "question “date”: needs a date"},
    {4, {"2026-2-03"}, "question “date”: needs a date"},
    {4, {"tomorrow"}, "question “date”: needs a date"},
};

START_TEST(hostile_answers_name_the_question)
{
    struct arena *a = arena_open();
    struct sheet s;
    struct err e = {0};
    size_t n = 0;
    while (n < 3 && hostile[_i].values[n])
        n++;
    ck_assert(!score_one(a, hostile[_i].question, hostile[_i].values, n, &s, &e));
    ck_assert_msg(strstr(e.text, hostile[_i].says) == e.text, "%s", e.text);
    arena_close(a);
}
END_TEST

static const struct {
    const char *name;
    enum form_test test;
    const char *values[3], *answer[3];
    bool holds;
} rules[] = {
    {"is", FORM_IS, {"a"}, {"a"}, true},
    {"is not", FORM_IS, {"a"}, {"b"}, false},
    {"not", FORM_NOT, {"a"}, {"b"}, true},
    {"any_of", FORM_ANY_OF, {"a", "c"}, {"b", "c"}, true},
    {"none_of", FORM_NONE_OF, {"a", "c"}, {"b"}, true},
    {"none_of, one there", FORM_NONE_OF, {"a", "c"}, {"b", "a"}, false},
    {"all_of", FORM_ALL_OF, {"a", "b"}, {"b", "a"}, true},
    {"all_of, one missing", FORM_ALL_OF, {"a", "b"}, {"a"}, false},
    {"exactly", FORM_EXACTLY, {"a", "b"}, {"b", "a"}, true},
    {"exactly, one more", FORM_EXACTLY, {"a"}, {"a", "b"}, false},
};

static size_t count(const char *const *list)
{
    size_t n = 0;
    while (n < 3 && list[n])
        n++;
    return n;
}

/* Question 1 decides whether question 3 is asked; `wrap` puts the rule into all/any. */
static enum answer_state asked(struct arena *a, struct answer multi, struct form_condition *rule,
                               enum form_test wrap)
{
    static struct form f;
    make_form(&f);
    struct form_condition outer = {
        .test = wrap, .question = FORM_NONE, .parts = rule, .n_parts = wrap == FORM_ALL ? 1 : 2};
    struct form_question *q = arena_array(a, 5, sizeof *q);
    memcpy(q, f.questions, 5 * sizeof *q);
    q[3].when = wrap == FORM_IS ? rule : &outer;
    f.questions = q;
    struct answer answers[5] = {{0}};
    answers[1] = multi;
    tally_conditions(&f, answers);
    return answers[3].state;
}

START_TEST(conditions)
{
    struct arena *a = arena_open();
    struct form_condition rule[2] = {{.test = rules[_i].test,
                                      .question = 1,
                                      .values = rules[_i].values,
                                      .n_values = count(rules[_i].values)},
                                     {.test = FORM_IS, .question = 0}};
    struct answer multi = {
        .state = ANSWER_GIVEN, .values = rules[_i].answer, .n_values = count(rules[_i].answer)};
    enum answer_state expected = rules[_i].holds ? ANSWER_NONE : ANSWER_NA_SYSTEM;
    ck_assert_int_eq(asked(a, multi, rule, FORM_IS), expected);
    ck_assert_int_eq(asked(a, multi, rule, FORM_ALL), expected);
    ck_assert_int_eq(asked(a, multi, rule, FORM_ANY), expected);
    for (int state = 0; state < ANSWER_STATES; state++)
        if (state != ANSWER_GIVEN && state != ANSWER_NA_SYSTEM) {
            multi.state = (enum answer_state)state;
            ck_assert_int_eq(asked(a, multi, rule, FORM_IS), ANSWER_NA_SYSTEM);
        }
    arena_close(a);
}
END_TEST

static const char *const yes[] = {"yes"}, *const no[] = {"no"}, *const bad[] = {"zzz"};

static const struct {
    const char *name;
    bool na_allowed;
    enum form_note note;
    unsigned loci;
    struct answer answer;
    const char *says; /* NULL: nothing is missing */
} missing[] = {
    {"answered", true, 0, 0, {.state = ANSWER_GIVEN, .values = yes, .n_values = 1}, NULL},
    {"open", true, 0, 0, {.state = ANSWER_NONE}, "Answer this question, or say"},
    {"open, always applies", false, 0, 0, {.state = ANSWER_NONE}, "It always applies"},
    {"N/A", true, 0, 0, {.state = ANSWER_NA}, NULL},
    {"N/A, always applies", false, 0, 0, {.state = ANSWER_NA}, "always applies"},
    {"switched off", false, 0, 0, {.state = ANSWER_NA_SYSTEM}, NULL},
    {"check failed", true, 0, 0, {.state = ANSWER_FAILED}, "Answer this question"},
    {"no such option", true, 0, 0, {.state = ANSWER_GIVEN, .values = bad, .n_values = 1}, "zzz"},
    {"note wanted",
     true,
     FORM_NOTE_REQUIRED,
     0,
     {.state = ANSWER_GIVEN, .values = yes, .n_values = 1, .note = "  \n"},
     "Write a note"},
    {"note wanted, given",
     true,
     FORM_NOTE_REQUIRED,
     0,
     {.state = ANSWER_GIVEN, .values = yes, .n_values = 1, .note = "ok"},
     NULL},
    {"note on a miss only",
     true,
     FORM_NOTE_ON_FAIL,
     0,
     {.state = ANSWER_GIVEN, .values = yes, .n_values = 1},
     NULL},
    {"note on this miss",
     true,
     FORM_NOTE_ON_FAIL,
     0,
     {.state = ANSWER_GIVEN, .values = no, .n_values = 1},
     "Write a note"},
    {"excused without a reason",
     true,
     0,
     0,
     {.state = ANSWER_GIVEN, .values = no, .n_values = 1, .locus = FORM_TOOL, .reason = ""},
     "Say why"},
    {"excused with a reason",
     true,
     0,
     0,
     {.state = ANSWER_GIVEN, .values = no, .n_values = 1, .locus = FORM_TOOL, .reason = "down"},
     NULL},
    {"excused beyond what the card allows",
     true,
     0,
     1u << FORM_PROCESS,
     {.state = ANSWER_GIVEN, .values = no, .n_values = 1, .locus = FORM_TOOL, .reason = "down"},
     "cannot be laid to the tool"},
};

START_TEST(complete)
{
    struct arena *a = arena_open();
    struct form f;
    make_form(&f);
    struct form_question q = f.questions[0];
    q.na_allowed = missing[_i].na_allowed;
    q.note = missing[_i].note;
    q.loci = missing[_i].loci;
    f.questions = &q;
    f.n_questions = 1;
    const char *says = "untouched";
    bool whole = tally_complete(&f, &missing[_i].answer, a, &says);
    ck_assert_msg(whole == !missing[_i].says, "%s", missing[_i].name);
    ck_assert_msg(whole ? !says : strstr(says, missing[_i].says) != NULL, "%s: %s",
                  missing[_i].name, says ? says : "nothing");
    arena_close(a);
}
END_TEST

TCase *test_score_answers(void)
{
    TCase *t = tcase_create("answers");
    support_rows(t, worth, worths);
    support_rows(t, hostile_answers_name_the_question, hostile);
    support_rows(t, conditions, rules);
    support_rows(t, complete, missing);
    return t;
}
