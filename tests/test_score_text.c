/* Tests written into a card's text: what the desk makes of an upheld dispute. */
#include "support.h"

#include "base/file.h"
#include "score/test_text.h"
#include "test_score_parts.h"
#include "test_score_rig.h"

#include <string.h>

static void make_call(struct arena *a, struct call *out)
{
    static const struct call_turn turns[] = {
        {CALL_SYSTEM, 0, 1000, "You are \"number\" 3 in the queue \\ line.", NULL, 0},
        {CALL_AGENT, 1000, 4250, "Thank you for calling Harbourmere, my name is Eleni.", NULL, 0},
        {CALL_CUSTOMER, 4250, 9001, "Two lines\nof Ελληνικά, 我的账单有问题 and a\ttab; ]] -- {",
         NULL, 0, true, -57},
        {CALL_AGENT, 9001, 12000, "I'm so sorry to hear that. Can I take your date of birth?", NULL,
         0},
        {CALL_AGENT, 12000, 15000, "I've booked an engineer for you by Monday. Anything else?",
         NULL, 0},
    };
    struct err e = {0};
    call_init(out);
    out->source = "test";
    out->source_key = "1";
    out->type = "support";
    out->queue = "Support \"A\"";
    out->agent_name = "Eleni Petrou";
    out->customer = "cust-1";
    out->hold_ms = 1500;
    out->turns = turns;
    out->n_turns = sizeof turns / sizeof *turns;
    ck_assert_msg(call_finish(out, a, &e), "%s", e.text);
    call_measure_turns(out, &out->measures);
}

static struct slice read_card(struct arena *a, const char *path)
{
    struct err e = {0};
    struct slice text;
    ck_assert_msg(file_read(a, path, 1 << 20, &text, &e), "%s", e.text);
    return text;
}

static struct slice written(struct rig *b, const struct call *call, const char *name,
                            const struct sheet *s)
{
    struct buf out = {0};
    const struct form *f = card_form(b->card);
    int *all = arena_array(b->a, f->n_questions, sizeof *all);
    for (size_t i = 0; i < f->n_questions; i++)
        all[i] = (int)i;
    test_text_write(name, call, f, s->answers, all, f->n_questions, &out);
    struct slice text = {arena_text(b->a, buf_all(&out)), out.n};
    buf_free(&out);
    return text;
}

static const char *const cards[] = {"scorecards/support_voice.lua", "scorecards/chat.lua",
                                    "tests/cards/expectations.lua", "tests/cards/policy_cases.lua",
                                    "tests/cards/lineage_before.lua"};

/* What the card answered, written as a test, is what the card answers when the test is run. */
START_TEST(a_call_becomes_a_test_that_passes)
{
    struct rig b, again;
    struct err e = {0};
    struct call call;
    struct sheet s;
    struct slice out;
    rig_open(&b, cards[_i]);
    ck_assert_ptr_nonnull(b.card);
    make_call(b.a, &call);
    ck_assert_msg(card_score(b.card, &call, b.a, &s, &e), "%s", e.text);
    struct slice card = read_card(b.a, cards[_i]);
    struct slice test = written(&b, &call, "dispute 12: \"not\nso\"", &s);
    card_run_tests(b.card, b.a, &b.report);
    ck_assert_msg(test_text_add(card, test, b.a, &out, &e), "%s", e.text);
    rig_open_text(&again, out, "again.lua");
    struct buf report = {0};
    rig_print(&again.report, &report);
    ck_assert_msg(again.card != NULL, "%s\n%.*s", buf_text(&report), (int)out.n, out.p);
    card_run_tests(again.card, again.a, &again.report);
    ck_assert_uint_eq(again.report.n_tests, b.report.n_tests + 1);
    const struct card_test_result *last = &again.report.tests[again.report.n_tests - 1];
    ck_assert_str_eq(last->name, "dispute 12: \"not so\"");
    ck_assert_msg(last->passed, "%s", last->text);
    ck_assert(!test_text_add(out, test, b.a, &out, &e) && e.kind == ERR_CONFLICT);
    buf_free(&report);
    rig_close(&again);
    rig_close(&b);
}
END_TEST

static const struct {
    const char *card, *out;
} inserts[] = {
    {"return card { id = 'a', tests = { test 'b' {} } }",
     "return card { id = 'a', tests = { test 'b' {},\nTEST\n  } }"},
    {"return card {\n  tests = {\n    test 'b' {}, -- last\n  },\n}\n",
     "return card {\n  tests = {\n    test 'b' {}, -- last\nTEST\n  },\n}\n"},
    {"return card { section 's' { tests = {} } }",
     "return card { section 's' { tests = {} },\n\n  tests = {\nTEST\n  },\n}"},
    {"return card { 'tests = { }', tests = {}, }",
     "return card { 'tests = { }', tests = {\nTEST\n  }, }"},
    {"return card {}", "return card {\n\n  tests = {\nTEST\n  },\n}"},
    {"return card { tests = {", NULL},
    {"-- return card {}", NULL},
    {"", NULL},
};

START_TEST(the_rest_of_the_text_stays)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct slice out;
    bool done = test_text_add(slice_of(inserts[_i].card), SLICE("test 'x' {}"), a, &out, &e);
    ck_assert_int_eq(done, inserts[_i].out != NULL);
    if (!done) {
        ck_assert_int_eq(e.kind, ERR_INPUT);
    } else {
        const char *at = strstr(inserts[_i].out, "TEST");
        const char *expected = arena_format(a, "%.*stest 'x' {}%s", (int)(at - inserts[_i].out),
                                            inserts[_i].out, at + 4);
        ck_assert_str_eq(arena_text(a, out), expected);
    }
    arena_close(a);
}
END_TEST

TCase *test_score_text(void)
{
    TCase *t = tcase_create("test_text");
    support_rows(t, a_call_becomes_a_test_that_passes, cards);
    support_rows(t, the_rest_of_the_text_stays, inserts);
    return t;
}
