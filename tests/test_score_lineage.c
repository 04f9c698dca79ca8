/* Lineage: two versions of a card, question by question and as a whole. */
#include "support.h"

#include "model/table.h"
#include "score/lineage.h"
#include "test_score_parts.h"
#include "test_score_rig.h"

static const struct {
    const char *id;
    enum lineage_change change;
    bool reweighted, bridges;
} expected[] = {
    {"greeting", LINEAGE_SAME, false, true},      {"name", LINEAGE_REWORDED, true, true},
    {"solved", LINEAGE_RESCORED, false, false},   {"waits", LINEAGE_RESCORED, false, false},
    {"identity", LINEAGE_RESCORED, false, false}, {"why", LINEAGE_RESCORED, false, false},
    {"smile", LINEAGE_SAME, true, true},          {"recap", LINEAGE_NEW, false, false},
};

START_TEST(each_question_knows_what_became_of_it)
{
    struct rig one, two;
    rig_open(&one, "tests/cards/lineage_before.lua");
    rig_open(&two, "tests/cards/lineage_after.lua");
    const struct form *before = card_form(one.card), *after = card_form(two.card);
    struct lineage l = lineage_of(before, after, one.a);
    ck_assert_uint_eq(l.n_questions, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < l.n_questions; i++) {
        const struct lineage_question *q = &l.questions[i];
        ck_assert_str_eq(after->questions[q->after].id, expected[i].id);
        ck_assert_msg(q->change == expected[i].change, "%s: %s", expected[i].id,
                      lineage_change_names[q->change]);
        ck_assert_msg(q->reweighted == expected[i].reweighted, "%s", expected[i].id);
        ck_assert_int_eq(lineage_bridges(q->change), expected[i].bridges);
    }
    ck_assert_uint_eq(l.counts[LINEAGE_SAME], 2);
    ck_assert_uint_eq(l.counts[LINEAGE_RESCORED], 4);
    ck_assert(!lineage_scores_alike(&l));
    rig_close(&one);
    rig_close(&two);
}
END_TEST

START_TEST(the_table_says_all_that_differs)
{
    struct rig one, two;
    struct buf csv = {0};
    rig_open(&one, "tests/cards/lineage_before.lua");
    rig_open(&two, "tests/cards/lineage_after.lua");
    table_csv(lineage_table(card_form(one.card), card_form(two.card), one.a), &csv);
    buf_str(&csv, "\n");
    table_csv(lineage_table(card_form(two.card), card_form(one.card), one.a), &csv);
    support_golden("tests/cards/lineage.csv", buf_text(&csv), csv.n);
    buf_free(&csv);
    rig_close(&one);
    rig_close(&two);
}
END_TEST

START_TEST(a_card_against_itself_is_the_same)
{
    struct rig one, two;
    rig_open(&one, "scorecards/support_voice.lua");
    rig_open(&two, "scorecards/support_voice.lua");
    struct lineage l = lineage_of(card_form(one.card), card_form(two.card), one.a);
    ck_assert_uint_eq(l.n_rules, 0);
    ck_assert_uint_eq(l.counts[LINEAGE_SAME], l.n_questions);
    ck_assert(lineage_scores_alike(&l));
    rig_close(&one);
    rig_close(&two);
}
END_TEST

TCase *test_score_lineage(void)
{
    TCase *t = tcase_create("lineage");
    tcase_add_test(t, each_question_knows_what_became_of_it);
    tcase_add_test(t, the_table_says_all_that_differs);
    tcase_add_test(t, a_card_against_itself_is_the_same);
    return t;
}
