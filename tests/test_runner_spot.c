/* Numbers, sums, dates and questions, found without being named. */
#include "test_runner.h"

#include "base/fold.h"
#include "runner/spot.h"
#include "runner/spot_words.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    enum spot_kind kind;
    const char *text, *found;
} spots[] = {
    {SPOT_NUMBER, "My number is 42, then 1,250.50 and 1.250,75.",
     "42=42 1,250.50=1250.5 "
     "1.250,75=1250.75 "},
    {SPOT_NUMBER, "12,5 or 3.14 or 1.250 or 1,000,000",
     "12,5=12.5 3.14=3.14 1.250=1.25 "
     "1,000,000=1000000 "},
    {SPOT_NUMBER, "Version 5.10.2026 of 3, 4 and 5.", "5=5 10=10 2026=2026 3=3 4=4 5=5 "},
    {SPOT_NUMBER, "twenty-five, two hundred and ten, a thousand",
     "twenty-five=25 two hundred and "
     "ten=210 thousand=1000 "},
    {SPOT_NUMBER, "four two one", "four=4 two=2 "},
    {SPOT_NUMBER, "this one and that one, forty one", "forty one=41 "},
    {SPOT_NUMBER, "three thousand four hundred fifty six",
     "three thousand four hundred fifty "
     "six=3456 "},
    {SPOT_NUMBER, "Είκοσι πέντε ευρώ και εκατόν δέκα", "εικοσι πεντε=25 εκατον δεκα=110 "},
    {SPOT_NUMBER, "我有三百二十五个，二十，一个，二零二六",
     "三百二十五=325 二十=20 二零二六=2026 "},
    {SPOT_NUMBER, "打了三次，等了两天，十分抱歉，一个人，四通八达", "三=3 两=2 "},
    {SPOT_NUMBER, "一万二千", "一万二千=12000 "},
    {SPOT_NUMBER, "１２３ 45", "123=123 45=45 "},
    {SPOT_NUMBER, "B12 and 3rd", "3rd=3 "},
    {SPOT_NUMBER, "nothing here.", ""},
    {SPOT_MONEY, "It is £12.50, $5 or 5 dollars, not 7.", "£12.50=12.5GBP $5=5USD 5 dollars=5USD "},
    {SPOT_MONEY, "twelve pounds and fifty pence or 50p",
     "twelve pounds and fifty pence=12.5GBP "
     "50p=0.5GBP "},
    {SPOT_MONEY, "12 pounds 40, one pound", "12 pounds 40=12.4GBP one pound=1GBP "},
    {SPOT_MONEY, "Πλήρωσα 35,20 € και δέκα ευρώ", "35,20 €=35.2EUR δεκα ευρω=10EUR "},
    {SPOT_MONEY, "账单是三百元，还有50块和￥12", "三百元=300CNY 50块=50CNY ¥12=12CNY "},
    {SPOT_MONEY, "pounds of flour, pound 5", ""},
    {SPOT_DATE, "On 5 October 2026, October 5th, the 5th of May",
     "5 october 2026=2026-10-5 "
     "october 5th=0-10-5 5th of "
     "may=0-5-5 "},
    {SPOT_DATE, "2026-10-05 and 5/10/2026 and 10/25/2026 and 5.10.26",
     "2026-10-05=2026-10-5 5/10/2026=2026-10-5 10/25/2026=2026-10-25 5.10.26=2026-10-5 "},
    {SPOT_DATE, "by Monday or tomorrow; I may march in June",
     "monday=0-0-0 tomorrow=0-0-0 "
     "june=0-6-0 "},
    {SPOT_DATE, "the twenty first of March, December 2025",
     "twenty first of march=0-3-21 december "
     "2025=2025-12-0 "},
    {SPOT_DATE, "στις 5 Οκτωβρίου 2026, την Παρασκευή",
     "5 οκτωβριου 2026=2026-10-5 "
     "παρασκευη=0-0-0 "},
    {SPOT_DATE, "2026年10月5日，十月五号，明天，星期三",
     "2026年10月5日=2026-10-5 十月五号=0-10-5 "
     "明天=0-0-0 星期三=0-0-0 "},
    {SPOT_DATE, "12.50 and 3/4 of it", ""},
    {SPOT_QUESTION, "Hello. How are you? Fine! And you?", "how are you? and you? "},
    {SPOT_QUESTION, "Τι κάνετε; Καλά. Γιατί;", "τι κανετε; γιατι; "},
    {SPOT_QUESTION, "你好。账单是多少？谢谢", "账单是多少? "},
    {SPOT_QUESTION, "a; b; c. 3.5 is it?", "3.5 is it? "},
    {SPOT_QUESTION, "??? ?", ""},
};

static const char *shown(struct arena *a, const char *text, enum spot_kind kind)
{
    struct buf out = {0};
    struct spot *found;
    struct arena *scratch = arena_open();
    struct slice folded = fold_text(a, slice_of(text)).text;
    size_t n = spot_find(folded, kind, SPOT_PLACES, scratch, a, &found);
    for (size_t i = 0; i < n; i++) {
        ck_assert(found[i].from < found[i].to && found[i].to <= folded.n);
        ck_assert(!i || found[i].from >= found[i - 1].to);
        buf_add(&out, folded.p + found[i].from, found[i].to - found[i].from);
        if (kind == SPOT_NUMBER || kind == SPOT_MONEY)
            buf_format(&out, "=%.10g%s", found[i].value, found[i].currency);
        if (kind == SPOT_DATE)
            buf_format(&out, "=%d-%d-%d", found[i].year, found[i].month, found[i].day);
        buf_char(&out, ' ');
    }
    const char *kept = arena_copy(a, buf_text(&out));
    buf_free(&out);
    arena_close(scratch);
    return kept;
}

START_TEST(spots_are_found)
{
    struct arena *a = arena_open();
    ck_assert_str_eq(shown(a, spots[_i].text, spots[_i].kind), spots[_i].found);
    arena_close(a);
}
END_TEST

/* The words are looked up by halving, so they must be in order, and folded. */
START_TEST(words_are_in_order)
{
    struct arena *a = arena_open();
    for (size_t i = 0; i < sizeof spot_words / sizeof *spot_words; i++) {
        const char *text = spot_words[i].text;
        ck_assert_str_eq(fold_text(a, slice_of(text)).text.p, text);
        ck_assert_msg(!i || strcmp(spot_words[i - 1].text, text) < 0, "%s", text);
    }
    for (size_t i = 1; i < sizeof spot_han_words / sizeof *spot_han_words; i++)
        ck_assert_uint_ge(strlen(spot_han_words[i - 1].text), strlen(spot_han_words[i].text));
    arena_close(a);
}
END_TEST

/* Any text at all: no crash, places in order and inside. */
START_TEST(any_text)
{
    static const char *const pieces[] = {"1",       ",",      ".",       "-",  "/",  " ",     "two",
                                         "hundred", "and",    "£",       "p",  "年", "十",    "月",
                                         "5",       "万",     "october", "st", "?",  ";",     "α",
                                         "first",   "twenty", "2026",    "元", "of", "pounds"};
    struct arena *a = arena_open();
    unsigned seed = 11;
    for (int round = 0; round < 3000; round++, arena_reset(a)) {
        struct buf text = {0};
        for (unsigned n = 1 + (unsigned)rand_r(&seed) % 12; n; n--)
            buf_str(&text, pieces[(unsigned)rand_r(&seed) % (sizeof pieces / sizeof *pieces)]);
        for (int kind = 0; kind < SPOT_KINDS; kind++)
            shown(a, text.p, (enum spot_kind)kind);
        buf_free(&text);
    }
    arena_close(a);
}
END_TEST

static const char *repeated(struct arena *a, const char *piece, size_t times)
{
    struct buf text = {0};
    for (size_t i = 0; i < times; i++)
        buf_str(&text, piece);
    const char *kept = arena_copy(a, buf_text(&text));
    buf_free(&text);
    return kept;
}

/* A text is cut where nothing ends up in two pieces. */
START_TEST(long_texts_are_cut_between_sentences)
{
    enum { TIMES = 9000 };
    struct arena *a = arena_open();
    const char *text = repeated(a, "Was it the fifth of October 2026? It was. ", TIMES);
    ck_assert_str_eq(shown(a, text, SPOT_DATE),
                     repeated(a, "fifth of october 2026=2026-10-5 ", TIMES));
    text = repeated(a, "它是2026年10月5日", TIMES);
    ck_assert_uint_gt(strlen(shown(a, text, SPOT_DATE)), TIMES);
    arena_close(a);
}
END_TEST

/* As much text as a call may have, and nothing in it but what is looked for: in one turn, and in
 * many. */
START_TEST(a_call_full_of_them)
{
    enum { TURNS = 2000, TEXT = 3900 << 10 };
    struct rig r;
    rig_open(&r);
    rig_check(&r, "local n = 0\n"
                  "for _, kind in ipairs { 'number', 'money', 'date', 'question' } do\n"
                  "  n = n + call.count { kind = kind }\n"
                  "end\n"
                  "return value(tostring(n))");
    struct call c = *rig_call(&r);
    struct call_turn *turns = arena_array(r.a, TURNS, sizeof *turns);
    c.turns = turns;
    for (c.n_turns = 1; c.n_turns <= TURNS; c.n_turns += TURNS - 1) {
        const char *text = repeated(r.a, "1 £1 ", TEXT / 6 / c.n_turns);
        for (size_t i = 0; i < c.n_turns; i++)
            turns[i] = (struct call_turn){.side = CALL_CUSTOMER, .text = text};
        ck_assert_msg(rig_ask(&r, &c) == RUNNER_DONE, "%s", r.outcome.text);
        ck_assert_msg(r.answers[0].state == ANSWER_GIVEN, "%s", r.answers[0].reason);
        ck_assert_int_eq(atoi(r.answers[0].values[0]), 2 * SPOT_PLACES);
    }
    rig_close(&r);
}
END_TEST

TCase *spot_cases(void)
{
    TCase *t = tcase_create("spots");
    support_rows(t, spots_are_found, spots);
    tcase_add_test(t, words_are_in_order);
    tcase_add_test(t, any_text);
    tcase_add_test(t, long_texts_are_cut_between_sentences);
    tcase_add_test(t, a_call_full_of_them);
    return t;
}
