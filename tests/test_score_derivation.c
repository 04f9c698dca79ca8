/* How a score came about, line by line; and bonuses, which add to it from wherever they stand. */
#include "support.h"

#include "model/table.h"
#include "test_score_fixture.h"
#include "test_score_parts.h"

/* A bonus adds to what is earned wherever it stands: alone in a section, in a subsection, or left
 * alone by answers that do not apply. `open`: without a clamp. */
static const struct {
    const char *name;
    enum form_weighting weighting;
    const char *form, *answers, *clamped, *open, *adds;
} bonuses[] = {
    {"points", FORM_BY_POINTS, "[A 1] a:m10 [B 1] x:m2:bonus", "a=1/2 x=1", "70", "70", "20"},
    {"points, over", FORM_BY_POINTS, "[A 1] a:m10 [B 1] x:m2:bonus", "a=1 x=1", "100", "120", "20"},
    {"points, half won", FORM_BY_POINTS, "[A 1] a:m10 [B 1] x:m2:bonus", "a=1/2 x=1/2", "60", "60",
     "10"},
    {"points, first", FORM_BY_POINTS, "[B 1] x:m2:bonus [A 1] a:m10", "a=1/2 x=1", "70", "70",
     "20"},
    {"points, subsection", FORM_BY_POINTS, "[A 1] a:m10 [A>C 1] x:m2:bonus", "a=1/2 x=1", "70",
     "70", "20"},
    {"points, the rest N/A", FORM_BY_POINTS, "[A 1] a:m10 [B 1] b x:m2:bonus", "a=1/2 b=na x=1",
     "70", "70", "20"},
    {"points, the rest excused", FORM_BY_POINTS, "[A 1] a:m10 [B 1] b x:m2:bonus",
     "a=1/2 b=0@tool x=1", "70", "70", "20"},
    {"points, N/A", FORM_BY_POINTS, "[A 1] a:m10 [B 1] x:m2:bonus", "a=1/2 x=na", "50", "50",
     "none"},
    {"points, alone", FORM_BY_POINTS, "[A 1] a:m10 [B 1] x:m2:bonus", "a=na x=1", "none", "none",
     "none"},
    {"question", FORM_BY_QUESTION, "[A 1] a:w60 b:w40 [B 1] x:w10:bonus", "a=1/2 b=1 x=1/2", "75",
     "75", "5"},
    {"question, over", FORM_BY_QUESTION, "[A 1] a:w60 b:w40 [B 1] x:w10:bonus", "a=1 b=1 x=1",
     "100", "110", "10"},
    {"question, after N/A", FORM_BY_QUESTION, "[A 1] a:w60 b:w40 [B 1] x:w10:bonus",
     "a=na b=1/2 x=1", "75", "75", "25"},
    {"question, subsection", FORM_BY_QUESTION, "[A 1] a:w100 [B 1] [B>C 1] x:w10:bonus",
     "a=1/2 x=1", "60", "60", "10"},
    {"group_points", FORM_BY_GROUP_POINTS, "[A 100] a:m10 [B 20] x:m2:bonus", "a=1/2 x=1", "54",
     "54", "4"},
    {"group_points, over", FORM_BY_GROUP_POINTS, "[A 100] a:m10 [B 20] x:m2:bonus", "a=1 x=1",
     "100", "104", "4"},
    {"group_points, of no weight", FORM_BY_GROUP_POINTS, "[A 100] a:m10 [B 0] x:m2:bonus",
     "a=1/2 x=1", "50", "50", "0"},
    {"group_points, subsection", FORM_BY_GROUP_POINTS, "[A 50] a:m10 [B 20] [B>C 3] x:m2:bonus",
     "a=1/2 x=1", "74", "74", "24"},
    {"section: a share of nothing", FORM_BY_SECTION, "[A 100] a:m10 [B 0] x:m2:bonus", "a=1/2 x=1",
     "50", "50", "0"},
};

START_TEST(bonus_alone_in_its_section)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct form f;
    struct sheet s;
    fixture_score(a, bonuses[_i].weighting, bonuses[_i].form, bonuses[_i].answers, &f, &s);
    fixture_same(bonuses[_i].name, bonuses[_i].clamped, s.agent.percent);
    int x = form_find_question(&f, "x");
    fixture_same(bonuses[_i].name, bonuses[_i].adds,
                 s.answers[x].state == ANSWER_GIVEN ? s.agent.items[x].contribution
                                                    : (struct frac){0, 0});
    f.clamp = false;
    ck_assert(tally(&f, &s, a, &e));
    fixture_same(bonuses[_i].name, bonuses[_i].open, s.agent.percent);
    arena_close(a);
}
END_TEST

START_TEST(unclamped_bonus_goes_over)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct form f;
    struct sheet s;
    fixture_form(a, FORM_BY_POINTS, "[A 1] a:m10 x:m5:bonus", &f);
    f.clamp = false;
    fixture_answers(a, &f, "a=1 x=1", &s);
    ck_assert(tally(&f, &s, a, &e));
    fixture_same("unclamped", "150", s.agent.percent);
    arena_close(a);
}
END_TEST

static const struct {
    const char *file;
    enum form_weighting weighting;
    bool customer;
    const char *form, *answers;
} derivations[] = {
    {"rosetta_points", FORM_BY_POINTS, false, FIXTURE_ROSETTA, "a1=1 a2=na b1=1/2"},
    {"rosetta_question", FORM_BY_QUESTION, false, FIXTURE_ROSETTA, "a1=1 a2=na b1=1/2"},
    {"excused_agent", FORM_BY_QUESTION, false, FIXTURE_CONNECT, "q1=1 q2=1/2 q3=1/2 q4=0@process"},
    {"excused_customer", FORM_BY_QUESTION, true, FIXTURE_CONNECT,
     "q1=1 q2=1/2 q3=1/2 q4=0@process"},
    {"everything", FORM_BY_SECTION, false,
     "[A 30 min50] a1 a2 [A>C 1] c1:compliance c2:excl [B 70] b1:if(a1=1) b2 x:bonus [D 0] d1",
     "a1=0 a2=1/3 c1=0!section c2=1 b1=1 b2=0!form x=1 d1=na"},
    {"bonus", FORM_BY_GROUP_POINTS, false,
     "[A 100] a:m10 y:m5:bonus [B 20] x:m2:bonus [B>C 2] z:m3:bonus", "a=1/2 y=1/5 x=1 z=1/3"},
    {"floors", FORM_BY_SECTION, false,
     "[B 20 base10] b [C 20 min30] c [D 20 base5 min50] d [A 20 set10(b=1/2)] a "
     "[E 20 min60 set10(b=1)] e",
     "a=1 b=1/2 c=0 d=1/4 e=1/2"},
    {"weights", FORM_BY_SECTION, false,
     "[A 60] a1:m10:w3:compliance a2:w2:min1/2 x:w2:bonus [A>C 5] c [B 40] b:customer",
     "a1=1/2 a2=0 x=1/2 c=1 b=1/4"},
    {"bonus_section", FORM_BY_SECTION, false, "[A 100] a x:bonus [B 0] z:bonus", "a=1/2 x=1/4 z=1"},
};

START_TEST(derivation)
{
    struct arena *a = arena_open();
    struct form f;
    struct sheet s;
    struct buf out = {0};
    fixture_score(a, derivations[_i].weighting, derivations[_i].form, derivations[_i].answers, &f,
                  &s);
    f.pass = frac_whole(80);
    struct err e = {0};
    ck_assert(tally(&f, &s, a, &e));
    table_csv(tally_derivation(&f, &s, derivations[_i].customer, a), &out);
    support_golden(arena_format(a, "tests/cards/derivation_%s.csv", derivations[_i].file), out.p,
                   out.n);
    buf_free(&out);
    arena_close(a);
}
END_TEST

TCase *test_score_derivation(void)
{
    TCase *t = tcase_create("derivation");
    support_rows(t, bonus_alone_in_its_section, bonuses);
    tcase_add_test(t, unclamped_bonus_goes_over);
    support_rows(t, derivation, derivations);
    return t;
}
