/* The arithmetic of scoring, as exact fractions: worked cases, fixed points, properties. */
#include "support.h"

#include "test_score_fixture.h"
#include "test_score_parts.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    enum form_weighting weighting;
    const char *form, *answers, *agent, *customer;
} scores[] = {
    {"R1", FORM_BY_POINTS, FIXTURE_ROSETTA, "a1=1 a2=na b1=1/2", "250/3", "250/3"},
    {"R2", FORM_BY_SECTION, FIXTURE_ROSETTA, "a1=1 a2=na b1=1/2", "80", "80"},
    {"R3", FORM_BY_QUESTION, FIXTURE_ROSETTA, "a1=1 a2=na b1=1/2", "500/7", "500/7"},
    {"R4", FORM_BY_GROUP_POINTS, FIXTURE_ROSETTA, "a1=1 a2=na b1=1/2", "175/2", "175/2"},
    {"R5 points", FORM_BY_POINTS, FIXTURE_ROSETTA, "a1=1 a2=0 b1=1/2", "50", "50"},
    {"R5 section", FORM_BY_SECTION, FIXTURE_ROSETTA, "a1=1 a2=0 b1=1/2", "50", "50"},
    {"R5 question", FORM_BY_QUESTION, FIXTURE_ROSETTA, "a1=1 a2=0 b1=1/2", "50", "50"},
    {"R5 group_points", FORM_BY_GROUP_POINTS, FIXTURE_ROSETTA, "a1=1 a2=0 b1=1/2", "50", "50"},
    {"R6", FORM_BY_QUESTION, FIXTURE_CONNECT, "q1=1 q2=1/2 q3=1/2 q4=0", "60", "60"},
    {"R7", FORM_BY_QUESTION, FIXTURE_CONNECT, "q1=1 q2=1/2 q3=1/2 q4=na", "75", "75"},
    {"R8", FORM_BY_GROUP_POINTS, "[G1 40] a b [G2 20] c", "a=1 b=0 c=1", "60", "60"},
    {"R9", FORM_BY_POINTS, "[A 1] a:m5 b:m10 c:m15 d:m5", "a=3/5 b=1/2 c=8/15 d=1", "60", "60"},
    {"R10", FORM_BY_SECTION, "[A 40] a [B 60] b", "a=3/5 b=4/5", "72", "72"},
    {"R15", FORM_BY_QUESTION, FIXTURE_CONNECT, "q1=1 q2=1/2 q3=1/2 q4=0@process", "75", "60"},
    {"one subsection", FORM_BY_SECTION, "[A 60] a1 [A>C 1] c1 c2 [B 40] b1", "a1=1 c1=1 c2=0 b1=0",
     "45", "45"},
    {"an empty subsection drops out", FORM_BY_SECTION, "[A 60] a1 [A>C 1] c1 [B 40] b1",
     "a1=1 c1=na b1=0", "60", "60"},
    {"a subsection before its parent's questions count alike", FORM_BY_POINTS,
     "[A 60] a1 [A>C 1] c1:m3 [B 40] b1", "a1=1 c1=0 b1=1", "40", "40"},
    {"subsections in group points", FORM_BY_GROUP_POINTS, "[A 40] a1 [A>C 1] c1 [B 20] b1",
     "a1=1 c1=0 b1=1", "60", "60"},
    {"bonus adds to earned, not to max: points", FORM_BY_POINTS, "[A 1] a:m10 b:m10 x:m5:bonus",
     "a=1 b=0 x=1", "75", "75"},
    {"bonus: question", FORM_BY_QUESTION, "[A 1] a:w50 b:w50 x:w10:bonus", "a=1 b=0 x=1/2", "55",
     "55"},
    {"bonus: section", FORM_BY_SECTION, "[A 50] a b x:bonus [B 50] c", "a=1 b=0 x=1 c=0", "50",
     "50"},
    {"bonus: group points", FORM_BY_GROUP_POINTS, "[A 2] a x:bonus [B 3] c", "a=0 x=1 c=0", "40",
     "40"},
    {"bonus clamped", FORM_BY_POINTS, "[A 1] a:m10 x:m5:bonus", "a=1 x=1", "100", "100"},
    {"bonus not applicable", FORM_BY_POINTS, "[A 1] a:m10 x:m5:bonus", "a=1/2 x=na", "50", "50"},
    {"a bonus not won is no miss to excuse", FORM_BY_POINTS, "[A 1] a:m10 x:m5:bonus",
     "a=1/2 x=1/5@tool", "60", "60"},
    {"a bonus alone is no score", FORM_BY_POINTS, "[A 1] a x:bonus", "a=na x=1", "none", "none"},
    {"excluded is never counted", FORM_BY_POINTS, "[A 1] a b:excl", "a=1 b=0", "100", "100"},
    {"question floors: minimum", FORM_BY_POINTS, "[A 1] a:m10:min3 b:m10", "a=0 b=1", "65", "65"},
    {"baseline before minimum", FORM_BY_POINTS, "[A 1] a:m10:base2:min5 b:m10", "a=1/10 b=0", "25",
     "25"},
    {"set overrides both", FORM_BY_POINTS, "[A 1] r a:m10:base2:min5:set1(r=0) b:m9", "r=0 a=1 b=0",
     "5", "5"},
    {"set waits for its rule", FORM_BY_POINTS, "[A 1] r a:m10:set1(r=0) b:m9", "r=1 a=1 b=0", "55",
     "55"},
    {"floors do not act on N/A", FORM_BY_POINTS, "[A 1] a:m10:min3 b:m10", "a=na b=1", "100",
     "100"},
    {"section floor, points", FORM_BY_POINTS, "[A 1 min5] a:m10 b:m10 [B 1] c:m10", "a=0 b=0 c=1",
     "50", "50"},
    {"section floor, per cent of the section", FORM_BY_SECTION, "[A 40 min50] a b [B 60] c",
     "a=0 b=0 c=1", "80", "80"},
    {"section floor, question weights", FORM_BY_QUESTION, "[A 1 base20] a:w40 [B 1] c:w60",
     "a=1/2 c=1", "88", "88"},
    {"section set by a rule", FORM_BY_SECTION, "[A 40] a b [B 60 set0(a=0)] c", "a=0 b=1 c=1", "20",
     "20"},
    {"a section floor does not act where all is N/A", FORM_BY_SECTION, "[A 40 min50] a [B 60] c",
     "a=na c=1/2", "50", "50"},
    {"never under nought", FORM_BY_POINTS, "[A 1] a:m10 b:m1", "a=-2 b=1", "0", "0"},
};

START_TEST(worked_cases)
{
    struct arena *a = arena_open();
    struct form f;
    struct sheet s;
    fixture_score(a, scores[_i].weighting, scores[_i].form, scores[_i].answers, &f, &s);
    fixture_same(scores[_i].name, scores[_i].agent, s.agent.percent);
    fixture_same(scores[_i].name, scores[_i].customer, s.customer.percent);
    arena_close(a);
}
END_TEST

/* Fixed points: what fired, what it would have been, what came out. */
static const struct {
    const char *name;
    enum form_weighting weighting;
    bool keep;
    const char *form, *answers, *percent, *would_have;
    enum form_scope fired;
    enum sheet_outcome outcome;
} fails[] = {
    {"everything N/A", FORM_BY_POINTS, false, "[A 1] a b", "a=na b=na", "none", "none",
     FORM_FAILS_NOTHING, SHEET_NOT_SCORED},
    {"nobody answered", FORM_BY_SECTION, false, "[A 100] a b", "a=- b=-", "none", "none",
     FORM_FAILS_NOTHING, SHEET_NOT_SCORED},
    {"zero weight in all", FORM_BY_QUESTION, false, "[A 1] a:w0 b:w0", "a=1 b=0", "none", "none",
     FORM_FAILS_NOTHING, SHEET_NOT_SCORED},
    {"zero weight of sections", FORM_BY_SECTION, false, "[A 0] a [B 100] b", "a=1 b=na", "none",
     "none", FORM_FAILS_NOTHING, SHEET_NOT_SCORED},
    {"all excused", FORM_BY_POINTS, false, "[A 1] a", "a=0@tool", "none", "none",
     FORM_FAILS_NOTHING, SHEET_NOT_SCORED},
    {"form, zero", FORM_BY_POINTS, false, "[A 1] a b c d", "a=0!form b=1 c=1 d=1", "0", "75",
     FORM_FAILS_FORM, SHEET_AUTO_FAILED},
    {"form, keep", FORM_BY_POINTS, true, "[A 1] a b c d", "a=0!form b=1 c=1 d=1", "75", "75",
     FORM_FAILS_FORM, SHEET_AUTO_FAILED},
    {"a fatal N/A does not fire", FORM_BY_POINTS, false, "[A 1] a b", "a=na b=1", "100", "100",
     FORM_FAILS_NOTHING, SHEET_PASSED},
    {"a fatal answer switched off does not fire", FORM_BY_POINTS, false, "[A 1] r a:if(r=1) b",
     "r=0 a=0!form b=1", "50", "50", FORM_FAILS_NOTHING, SHEET_MISSED},
    {"an excused fatal does not fire for the agent", FORM_BY_POINTS, false, "[A 1] a b",
     "a=0!form@policy b=1", "100", "100", FORM_FAILS_NOTHING, SHEET_PASSED},
    {"section, points: the maximum stays", FORM_BY_POINTS, false, "[A 1] a:m10 b:m10 [B 1] c:m20",
     "a=0!section b=1 c=1", "50", "75", FORM_FAILS_SECTION, SHEET_MISSED},
    {"section, section weights", FORM_BY_SECTION, false, "[A 40] a b [B 60] c",
     "a=0!section b=1 c=1", "60", "80", FORM_FAILS_SECTION, SHEET_MISSED},
    {"section, question weights", FORM_BY_QUESTION, false, "[A 1] a:w20 b:w30 [B 1] c:w50",
     "a=0!section b=1 c=1", "50", "80", FORM_FAILS_SECTION, SHEET_MISSED},
    {"section takes its subsections along", FORM_BY_POINTS, false, "[A 1] a [A>C 1] c [B 1] b",
     "a=1!section c=1 b=1", "100/3", "100", FORM_FAILS_SECTION, SHEET_MISSED},
    {"a subsection fails alone", FORM_BY_POINTS, false, "[A 1] a [A>C 1] c d [B 1] b",
     "a=1 c=0!section d=1 b=1", "50", "75", FORM_FAILS_SECTION, SHEET_MISSED},
    {"a floor does not lift a failed section", FORM_BY_SECTION, false, "[A 50 min50] a [B 50] b",
     "a=0!section b=1", "50", "75", FORM_FAILS_SECTION, SHEET_MISSED},
    {"a bonus inside falls with the section", FORM_BY_POINTS, false, "[A 1] a x:bonus [B 1] b",
     "a=0!section x=1 b=1", "50", "100", FORM_FAILS_SECTION, SHEET_MISSED},
    {"question: its own points only", FORM_BY_POINTS, false, "[A 1] a b", "a=1/2!question b=1",
     "50", "75", FORM_FAILS_QUESTION, SHEET_MISSED},
    {"two scopes: each on its own, the widest decides", FORM_BY_SECTION, true,
     "[A 40] a b [B 60] c d", "a=0!section b=1 c=0!form d=1", "30", "50", FORM_FAILS_FORM,
     SHEET_AUTO_FAILED},
    {"excluded cannot fail", FORM_BY_POINTS, false, "[A 1] a:excl b", "a=0!form b=1", "100", "100",
     FORM_FAILS_NOTHING, SHEET_PASSED},
    {"a weightless question can fail", FORM_BY_QUESTION, false, "[A 1] a:w0 b:w100", "a=0!form b=1",
     "0", "100", FORM_FAILS_FORM, SHEET_AUTO_FAILED},
    {"R14: 79.95 against 80", FORM_BY_POINTS, false, "[A 1] a:m2000", "a=1599/2000", "1599/20",
     "1599/20", FORM_FAILS_NOTHING, SHEET_MISSED},
    {"exactly on the line", FORM_BY_POINTS, false, "[A 1] a", "a=4/5", "80", "80",
     FORM_FAILS_NOTHING, SHEET_PASSED},
};

START_TEST(fixed_points)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct form f;
    struct sheet s;
    fixture_form(a, fails[_i].weighting, fails[_i].form, &f);
    f.autofail_zero = !fails[_i].keep;
    f.pass = frac_whole(80);
    fixture_answers(a, &f, fails[_i].answers, &s);
    ck_assert_msg(tally(&f, &s, a, &e), "%s", e.text);
    fixture_same(fails[_i].name, fails[_i].percent, s.agent.percent);
    fixture_same(fails[_i].name, fails[_i].would_have, s.agent.would_have);
    ck_assert_msg(s.agent.fired == fails[_i].fired, "%s: fired %d", fails[_i].name, s.agent.fired);
    ck_assert_msg(s.agent.outcome == fails[_i].outcome, "%s: outcome %s", fails[_i].name,
                  sheet_outcome_names[s.agent.outcome]);
    arena_close(a);
}
END_TEST

START_TEST(excused_miss_fires_for_the_customer)
{
    struct arena *a = arena_open();
    struct form f;
    struct sheet s;
    fixture_score(a, FORM_BY_POINTS, "[A 1] a b", "a=0!form@policy b=1", &f, &s);
    fixture_same("agent", "100", s.agent.percent);
    fixture_same("customer", "0", s.customer.percent);
    fixture_same("customer would have", "50", s.customer.would_have);
    ck_assert_int_eq(s.customer.fired, FORM_FAILS_FORM);
    ck_assert_int_eq(s.customer.fired_by, 0);
    ck_assert(s.agent.items[0].excused && !s.agent.items[0].counts);
    ck_assert(!s.customer.items[0].excused && s.customer.items[0].counts);
    arena_close(a);
}
END_TEST

START_TEST(full_marks_are_no_miss)
{
    struct arena *a = arena_open();
    struct form f;
    struct sheet s;
    fixture_score(a, FORM_BY_POINTS, "[A 1] a b", "a=1@process b=0", &f, &s);
    fixture_same("agent", "50", s.agent.percent);
    ck_assert(!s.agent.items[0].excused);
    arena_close(a);
}
END_TEST

START_TEST(R7_applied_weights)
{
    static const char *const weights[] = {"50", "25", "25", ""}, *const adds[] = {"50", "25/2",
                                                                                  "25/2", ""};
    struct arena *a = arena_open();
    struct form f;
    struct sheet s;
    fixture_score(a, FORM_BY_QUESTION, FIXTURE_CONNECT, "q1=1 q2=1/2 q3=1/2 q4=na", &f, &s);
    for (int i = 0; i < 4; i++) {
        fixture_same("weight", weights[i], s.agent.items[i].weight);
        fixture_same("adds", adds[i], s.agent.items[i].contribution);
    }
    arena_close(a);
}
END_TEST

START_TEST(R12_critical_score)
{
    struct arena *a = arena_open();
    struct form f;
    struct sheet s;
    fixture_score(a, FORM_BY_POINTS, "[A 1] a:compliance b:compliance c:business d:m3",
                  "a=1 b=0 c=1 d=1", &f, &s);
    fixture_same("critical", "200/3", s.agent.critical);
    fixture_same("compliance", "50", s.agent.critical_by[FORM_COMPLIANCE]);
    fixture_same("business", "100", s.agent.critical_by[FORM_BUSINESS]);
    fixture_same("customer", "none", s.agent.critical_by[FORM_CUSTOMER]);
    fixture_same("total", "250/3", s.agent.percent);
    fixture_score(a, FORM_BY_POINTS, "[A 1] a b", "a=1 b=0", &f, &s);
    fixture_same("no critical question", "none", s.agent.critical);
    arena_close(a);
}
END_TEST

/* A hidden answer is kept, marked and out; shown again, it is as it was. */
START_TEST(conditions_chain)
{
    struct arena *a = arena_open();
    struct form f;
    struct sheet s;
    fixture_score(a, FORM_BY_POINTS, "[A 1] a b:if(a=1) c:if(b=1) d:if(b=0)", "a=0 b=1 c=0 d=0", &f,
                  &s);
    ck_assert_int_eq(s.answers[1].state, ANSWER_NA_SYSTEM);
    ck_assert_int_eq(s.answers[2].state, ANSWER_NA_SYSTEM);
    ck_assert_int_eq(s.answers[3].state, ANSWER_NA_SYSTEM);
    ck_assert_str_eq(s.answers[2].values[0], "0");
    fixture_same("only a", "0", s.agent.percent);
    const char *one[] = {"1"};
    struct form_option options[] = {{"0", "0", frac_whole(0), 0}, {"1", "1", frac_whole(1), 0}};
    ((struct form_question *)f.questions)[0].options = options;
    ((struct form_question *)f.questions)[0].n_options = 2;
    s.answers[0].values = one;
    tally_conditions(&f, s.answers);
    ck_assert_int_eq(s.answers[1].state, ANSWER_GIVEN);
    ck_assert_int_eq(s.answers[2].state, ANSWER_GIVEN);
    ck_assert_int_eq(s.answers[3].state, ANSWER_NA_SYSTEM);
    const char *zero[] = {"0"};
    s.answers[1].state = ANSWER_NA;
    s.answers[2].state = ANSWER_GIVEN, s.answers[2].n_values = 0; /* a multi: none of them */
    s.answers[3].state = ANSWER_FAILED;
    s.answers[0].values = zero;
    tally_conditions(&f, s.answers);
    tally_conditions(&f, s.answers);
    for (size_t i = 1; i < 4; i++)
        ck_assert_int_eq(s.answers[i].state, ANSWER_NA_SYSTEM);
    for (size_t i = 1; i < 4; i++)
        ((struct form_question *)f.questions)[i].when = NULL;
    tally_conditions(&f, s.answers);
    ck_assert_int_eq(s.answers[1].state, ANSWER_NA);
    ck_assert_int_eq(s.answers[2].state, ANSWER_GIVEN);
    ck_assert_int_eq(s.answers[3].state, ANSWER_FAILED);
    arena_close(a);
}
END_TEST

/* Properties over many forms made from a seed: the numbers do not hang on the order of questions,
 * stay within 0..100 under clamp, and a weightless question's N/A changes nothing. */
static void random_case(unsigned seed, bool reversed, struct arena *a, struct sheet *s)
{
    static const char *const values[] = {"0",         "1",         "1/2",          "1/3", "na",
                                         "0@process", "0!section", "1/4!question", "-"};
    char form[2000] = "", answers[1000] = "";
    char questions[3][8][40], piece[80];
    struct form f;
    unsigned state = seed;
    for (int g = 0; g < 3; g++)
        for (int q = 0; q < 8; q++) {
            unsigned r = state = state * 1664525u + 1013904223u;
            snprintf(questions[g][q], sizeof questions[g][q], "q%d%d:w%u:m%u%s", g, q, (r >> 8) % 5,
                     1 + (r >> 12) % 9, (r >> 16) % 7 == 0 ? ":bonus" : "");
            snprintf(piece, sizeof piece, "q%d%d=%s ", g, q, values[(r >> 20) % 9]);
            strcat(answers, piece);
        }
    for (int g = 0; g < 3; g++) {
        snprintf(piece, sizeof piece, "[s%d %d] ", g, 10 + g);
        strcat(form, piece);
        for (int q = 0; q < 8; q++)
            strcat(strcat(form, questions[g][reversed ? 7 - q : q]), " ");
    }
    fixture_score(a, (enum form_weighting)(seed % FORM_WEIGHTINGS), form, answers, &f, s);
}

START_TEST(order_does_not_matter)
{
    struct arena *a = arena_open();
    for (unsigned seed = 1; seed < 400; seed++) {
        struct sheet one, other;
        random_case(seed, false, a, &one);
        random_case(seed, true, a, &other);
        ck_assert_int_eq(one.agent.scored, other.agent.scored);
        if (one.agent.scored) {
            ck_assert_int_eq(frac_compare(one.agent.percent, other.agent.percent), 0);
            ck_assert_int_eq(frac_compare(one.customer.percent, other.customer.percent), 0);
            ck_assert_int_ge(frac_compare(one.agent.percent, frac_whole(0)), 0);
            ck_assert_int_le(frac_compare(one.agent.percent, frac_whole(100)), 0);
        }
        arena_reset(a);
    }
    arena_close(a);
}
END_TEST

START_TEST(contributions_add_up)
{
    struct arena *a = arena_open();
    for (unsigned seed = 1; seed < 400; seed++) {
        struct sheet s;
        struct frac sum = frac_whole(0);
        random_case(seed, false, a, &s);
        for (size_t i = 0; i < s.n_answers; i++)
            if (s.agent.items[i].counts)
                sum = frac_add(sum, s.agent.items[i].contribution);
        if (s.agent.scored && frac_compare(sum, frac_whole(100)) <= 0)
            ck_assert_int_eq(frac_compare(sum, s.agent.percent), 0);
        arena_reset(a);
    }
    arena_close(a);
}
END_TEST

static const struct {
    enum form_weighting weighting;
    const char *without, *with;
} weightless[] = {
    {FORM_BY_QUESTION, "a=1 z=na b=1/3", "a=1 z=0 b=1/3"},
    {FORM_BY_SECTION, "a=1 z=na b=1/3", "a=1 z=1 b=1/3"},
};

START_TEST(weightless_na_changes_nothing)
{
    struct arena *a = arena_open();
    struct form f;
    struct sheet one, other;
    const char *form = "[A 60] a:w40 [B 40] z:w0 b:w60";
    fixture_score(a, weightless[_i].weighting, form, weightless[_i].without, &f, &one);
    fixture_score(a, weightless[_i].weighting, form, weightless[_i].with, &f, &other);
    ck_assert_int_eq(frac_compare(one.agent.percent, other.agent.percent), 0);
    arena_close(a);
}
END_TEST

static const struct {
    const char *form, *answers;
} fine[] = {
    {"[A 1] a b c d", "a=1/1000000007 b=1/1000000009 c=1/1000000021 d=1/1000000033"},
    {"[A 1] r:m1 a:m8999999999999999:set1/10000(r=0)", "r=0 a=0"}, /* its sums fit */
};

START_TEST(too_fine_is_said)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct form f;
    struct sheet s;
    fixture_form(a, FORM_BY_POINTS, fine[_i].form, &f);
    fixture_answers(a, &f, fine[_i].answers, &s);
    ck_assert(!tally(&f, &s, a, &e));
    ck_assert_ptr_nonnull(strstr(e.text, "too fine"));
    f.pass = frac_whole(50);
    ck_assert(!tally(&f, &s, a, &e));
    arena_close(a);
}
END_TEST

TCase *test_score_tally(void)
{
    TCase *t = tcase_create("tally");
    support_rows(t, worked_cases, scores);
    support_rows(t, fixed_points, fails);
    tcase_add_test(t, excused_miss_fires_for_the_customer);
    tcase_add_test(t, full_marks_are_no_miss);
    tcase_add_test(t, R7_applied_weights);
    tcase_add_test(t, R12_critical_score);
    tcase_add_test(t, conditions_chain);
    tcase_add_test(t, order_does_not_matter);
    tcase_add_test(t, contributions_add_up);
    support_rows(t, weightless_na_changes_nothing, weightless);
    support_rows(t, too_fine_is_said, fine);
    return t;
}
