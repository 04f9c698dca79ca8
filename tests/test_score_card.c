/* Cards: loading, every fault at once, their own tests, scoring through the runner. */
#include "support.h"

#include "model/pack.h"
#include "score/manual.h"
#include "test_score_fixture.h"
#include "test_score_parts.h"
#include "test_score_rig.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char *const golden[] = {
    "many_faults",  "policies",           "broken",         "failing_checks", "unknown_word",
    "policy_cases", "bonus_alone",        "five_faults",    "left_open",      "misplaced",
    "words",        "expectations",       "expected_wrong", "moved_question", "moved_section",
    "moved_points", "moved_group_points", "open_ranges",    "ranges_wrong",   "applies_fails"};

START_TEST(reports)
{
    struct rig b;
    struct buf out = {0};
    struct arena *a = arena_open();
    rig_open(&b, arena_format(a, "tests/cards/%s.lua", golden[_i]));
    ck_assert_int_eq(b.card != NULL, b.report.n_faults == 0);
    if (b.card)
        card_run_tests(b.card, b.a, &b.report);
    rig_print(&b.report, &out);
    support_golden(arena_format(a, "tests/cards/%s.txt", golden[_i]), buf_text(&out), out.n);
    buf_free(&out);
    arena_close(a);
    rig_close(&b);
}
END_TEST

static const char *const shipped[] = {
    "scorecards/support_voice.lua",   "scorecards/billing_voice.lua",
    "scorecards/sales_outbound.lua",  "scorecards/retention_voice.lua",
    "scorecards/complaint_voice.lua", "scorecards/collections_voice.lua",
    "scorecards/technical_voice.lua", "scorecards/chat.lua",
    "scorecards/email.lua",           "scorecards/social.lua"};

START_TEST(shipped_cards_hold)
{
    struct rig b;
    struct buf out = {0};
    rig_open(&b, shipped[_i]);
    bool passed = b.card && card_run_tests(b.card, b.a, &b.report);
    rig_print(&b.report, &out);
    ck_assert_msg(passed && b.report.n_tests >= 4, "%s", buf_text(&out));
    buf_free(&out);
    rig_close(&b);
}
END_TEST

static void make_call(struct arena *a, const char *type, const char *words, struct call *out)
{
    struct err e = {0};
    struct call_turn *turns = arena_array(a, 2, sizeof *turns);
    turns[0] = (struct call_turn){
        CALL_AGENT, 0, 5000, "Thank you for calling Harbourmere, my name is Eleni.", NULL, 0};
    turns[1] = (struct call_turn){CALL_CUSTOMER, 5000, 9000, words, NULL, 0};
    call_init(out);
    out->source = "test";
    out->source_key = words;
    out->type = type;
    out->turns = turns;
    out->n_turns = 2;
    ck_assert_msg(call_finish(out, a, &e), "%s", e.text);
    call_measure_turns(out, &out->measures);
}

/* One form under each of the four policies (R1 to R5): only the word changes. */
static const struct {
    const char *weighting, *half, *none; /* a2 not applicable; a2 missed */
} rosetta[] = {
    {"points", "250/3", "50"},
    {"section", "80", "50"},
    {"question", "500/7", "50"},
    {"group_points", "175/2", "50"},
};

START_TEST(rosetta_in_lua)
{
    struct rig b;
    struct arena *a = arena_open();
    rig_open_text(
        &b,
        slice_of(arena_format(
            a,
            "local function a2(call) return call.find { phrase = 'missed' } and value(0, 'said') "
            "or na('not said') end\n"
            "return card { id = 'rosetta', version = '1', title = 'Rosetta', weight = '%s',\n"
            "  section 'a' { title = 'A', weight = 60,\n"
            "    number 'a1' { ask = '?', weight = 30, ranges = { { 0, 0, 0 }, { 1, 20, 20 } },\n"
            "      check = function() return value(20, 'said') end },\n"
            "    number 'a2' { ask = '?', weight = 30, ranges = { { 0, 0, 0 }, { 1, 20, 20 } },\n"
            "      check = a2 } },\n"
            "  section 'b' { title = 'B', weight = 40,\n"
            "    number 'b1' { ask = '?', weight = 40, ranges = { { 0, 5, 5 }, { 6, 10, 10 } },\n"
            "      check = function() return value(5, 'said') end } } }",
            rosetta[_i].weighting)),
        "rosetta.lua");
    ck_assert_msg(b.card != NULL, "%s", b.report.n_faults ? b.report.faults[0].text : "");
    const char *const said[] = {"nothing", "missed"};
    const char *const expected[] = {rosetta[_i].half, rosetta[_i].none};
    for (int i = 0; i < 2; i++) {
        struct err e = {0};
        struct call call;
        struct sheet s;
        make_call(b.a, "support", said[i], &call);
        ck_assert_msg(card_score(b.card, &call, b.a, &s, &e), "%s", e.text);
        fixture_same(said[i], expected[i], s.agent.percent);
    }
    arena_close(a);
    rig_close(&b);
}
END_TEST

/* A form leaves as JSON and comes back as the same form. */
START_TEST(forms_there_and_back)
{
    struct rig b;
    struct err e = {0};
    struct buf one = {0}, two = {0};
    struct form again;
    rig_open(&b, shipped[_i]);
    ck_assert_ptr_nonnull(b.card);
    form_write(card_form(b.card), &one);
    ck_assert_msg(form_read(buf_all(&one), b.a, &again, &e), "%s", e.text);
    form_write(&again, &two);
    ck_assert(slice_equal(buf_all(&one), buf_all(&two)));
    buf_free(&one);
    buf_free(&two);
    rig_close(&b);
}
END_TEST

static void add_score(struct buf *out, const struct sheet_score *s)
{
    char text[64];
    frac_print(s->percent, text, sizeof text);
    buf_format(out, "%s %d %d\n", text, (int)s->outcome, (int)s->fired);
}

/* S21: the same card and the same call make the same bytes, whichever child answers. */
START_TEST(S21_same_bytes_a_hundred_times)
{
    struct rig b;
    struct buf first = {0}, again = {0};
    for (int i = 0; i < 100; i++) {
        struct err e = {0};
        struct call call;
        struct sheet s;
        if (i % 25 == 0)
            rig_open(&b, shipped[0]);
        ck_assert_ptr_nonnull(b.card);
        make_call(b.a, "support", "I was charged twice. It's about my bill.", &call);
        ck_assert_msg(card_score(b.card, &call, b.a, &s, &e), "%s", e.text);
        ck_assert_str_eq(s.failure, "");
        struct buf *out = i ? &again : &first;
        buf_clear(out);
        pack_answers(out, s.answers, s.n_answers);
        add_score(out, &s.agent);
        add_score(out, &s.customer);
        ck_assert(i == 0 || slice_equal(buf_all(&first), buf_all(&again)));
        if (i % 25 == 24)
            rig_close(&b);
    }
    buf_free(&first);
    buf_free(&again);
}
END_TEST

/* S25: a run that takes too many steps ends without a score and says why; the next call is scored.
 */
START_TEST(S25_failed_run_has_no_score)
{
    struct rig b;
    struct err e = {0};
    struct call call;
    struct sheet s;
    rig_open(&b, "tests/cards/greedy.lua");
    ck_assert_ptr_nonnull(b.card);
    make_call(b.a, "billing", "I'd like cake", &call);
    ck_assert(card_score(b.card, &call, b.a, &s, &e));
    ck_assert_str_ne(s.failure, "");
    ck_assert(!s.agent.scored && !s.customer.scored);
    ck_assert_int_eq(s.agent.outcome, SHEET_NOT_SCORED);
    make_call(b.a, "billing", "I'd like bread", &call);
    ck_assert(card_score(b.card, &call, b.a, &s, &e));
    ck_assert_str_eq(s.failure, "");
    fixture_same("next call", "100", s.agent.percent);
    ck_assert_int_eq(s.author, SHEET_CARD);
    ck_assert_str_eq(s.call_id, call.id);
    ck_assert_str_eq(s.card_hash, card_hash(b.card));
    rig_close(&b);
}
END_TEST

static void add_whole(struct buf *out, const struct sheet *s)
{
    char percent[64];
    frac_print(s->agent.percent, percent, sizeof percent);
    pack_answers(out, s->answers, s->n_answers);
    buf_format(out, "%s %s %s %d %s\n", s->call_id, s->card_hash, percent, (int)s->agent.outcome,
               s->failure);
}

/* S25: the same sheets many at once as one by one, where a run among them fails. */
START_TEST(S25_many_with_a_failed_run)
{
    enum { CALLS = 60, GREEDY = 37 };
    struct rig b;
    struct err e = {0};
    struct call calls[CALLS];
    struct sheet sheets[CALLS], s;
    size_t done;
    struct buf many = {0}, single = {0};
    rig_open(&b, "tests/cards/greedy.lua");
    for (int i = 0; i < CALLS; i++)
        make_call(b.a, "billing", i == GREEDY || i == CALLS - 1 ? "I'd like cake" : "Bread, please",
                  &calls[i]);
    ck_assert(card_score_many(b.card, calls, CALLS, b.a, sheets, &done, &e));
    ck_assert_uint_eq(done, CALLS);
    for (int i = 0; i < CALLS; i++) {
        ck_assert_int_eq(sheets[i].failure[0] != 0, i == GREEDY || i == CALLS - 1);
        ck_assert(card_score(b.card, &calls[i], b.a, &s, &e));
        add_whole(&many, &sheets[i]);
        add_whole(&single, &s);
    }
    ck_assert(slice_equal(buf_all(&many), buf_all(&single)));
    buf_free(&many);
    buf_free(&single);
    rig_close(&b);
}
END_TEST

/* The one process that the helper started. */
static int child_of(int helper)
{
    char path[64];
    int child = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", helper, helper);
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fscanf(f, "%d", &child), 1);
    fclose(f);
    return child;
}

static void note_denied(void *context, enum runner_kind kind, const char *name, const char *hash)
{
    ck_assert_int_eq(kind, RUNNER_CARD);
    struct buf *told = context;
    buf_format(told, "%s %.8s;", name, hash);
}

/* S3: whoever watches is told of a run that was killed for a forbidden system call. */
START_TEST(S3_denied_runs_are_told)
{
    struct rig b;
    struct err e = {0};
    struct call call;
    struct sheet s;
    struct buf told = {0}, want = {0};
    size_t done;
    rig_open(&b, "tests/cards/greedy.lua");
    runner_tell_denied(b.r, note_denied, &told);
    make_call(b.a, "billing", "Bread, please", &call);
    ck_assert_int_eq(kill(child_of(runner_helper(b.r)), SIGSYS), 0);
    ck_assert(card_score(b.card, &call, b.a, &s, &e));
    ck_assert_str_ne(s.failure, "");
    ck_assert(card_score_many(b.card, &call, 1, b.a, &s, &done, &e));
    ck_assert_str_eq(s.failure, "");
    ck_assert_int_eq(kill(child_of(runner_helper(b.r)), SIGSYS), 0);
    ck_assert(card_score_many(b.card, &call, 1, b.a, &s, &done, &e));
    ck_assert_str_eq(s.failure, "");
    buf_format(&want, "greedy.lua %.8s;", card_hash(b.card));
    ck_assert_uint_eq(told.n, 2 * want.n);
    ck_assert(slice_starts(buf_all(&told), buf_text(&want)));
    buf_free(&told);
    buf_free(&want);
    rig_close(&b);
}
END_TEST

/* S5: what fails again and again is not asked about the calls behind. */
START_TEST(S5_many_stop_at_a_card_that_always_fails)
{
    enum { CALLS = 20, FIRST = 3 };
    struct rig b;
    struct err e = {0};
    struct call calls[CALLS];
    struct sheet sheets[CALLS];
    size_t done;
    rig_open(&b, "tests/cards/shaky.lua");
    for (int i = 0; i < CALLS; i++)
        make_call(b.a, "support", i < FIRST ? "Bread" : "I'd like cake", &calls[i]);
    ck_assert(card_score_many(b.card, calls, CALLS, b.a, sheets, &done, &e));
    ck_assert_uint_eq(done, FIRST + CARD_FAILURES);
    for (size_t i = 0; i < done; i++)
        ck_assert_int_eq(sheets[i].failure[0] != 0, i >= FIRST);
    rig_close(&b);
}
END_TEST

static const struct {
    const char *path, *type;
    enum call_channel channel;
    enum call_direction direction;
    bool applies;
} choices[] = {
    {"scorecards/support_voice.lua", "support", CALL_VOICE, CALL_INBOUND, true},
    {"scorecards/support_voice.lua", "sales", CALL_VOICE, CALL_INBOUND, false},
    {"scorecards/support_voice.lua", "support", CALL_CHAT, CALL_INBOUND, false},
    {"scorecards/billing_voice.lua", "billing", CALL_VOICE, CALL_INBOUND, true},
    {"scorecards/sales_outbound.lua", "sales", CALL_VOICE, CALL_OUTBOUND, true},
    {"scorecards/sales_outbound.lua", "sales", CALL_VOICE, CALL_INBOUND, false},
    {"scorecards/chat.lua", "anything", CALL_CHAT, CALL_INBOUND, true},
    {"tests/cards/greedy.lua", "billing", CALL_VOICE, CALL_INBOUND, true},
    {"tests/cards/greedy.lua", "support", CALL_VOICE, CALL_INBOUND, false},
};

START_TEST(cards_choose_their_calls)
{
    struct rig b;
    struct err e = {0};
    const char *failure;
    bool fits;
    struct call call;
    rig_open(&b, choices[_i].path);
    ck_assert_ptr_nonnull(b.card);
    make_call(b.a, choices[_i].type, "Hello", &call);
    call.channel = choices[_i].channel;
    call.direction = choices[_i].direction;
    ck_assert(card_applies(b.card, &call, b.a, &fits, &failure, &e));
    ck_assert_int_eq(fits, choices[_i].applies);
    ck_assert_str_eq(failure, "");
    rig_close(&b);
}
END_TEST

START_TEST(closer_cards_go_first)
{
    static const char *const one[] = {"a", NULL}, *const two[] = {"a", "b", NULL};
    struct form_applies rising[] = {{.channels = two},
                                    {.channels = one},
                                    {.channels = one, .by_function = true},
                                    {.channels = one, .languages = one},
                                    {.channels = one, .types = two},
                                    {.channels = one, .types = two, .directions = one},
                                    {.channels = one, .types = one},
                                    {.channels = one, .queues = two},
                                    {.queues = one}};
    int last = -1;
    for (size_t i = 0; i < sizeof rising / sizeof *rising; i++) {
        int now = card_specificity(&(struct form){.applies = rising[i]});
        ck_assert_int_gt(now, last);
        last = now;
    }
}
END_TEST

/* The manual says each field of a part once, with an example that begins with its name. */
START_TEST(the_manual_is_whole)
{
    unsigned all = 0;
    for (const struct manual_field *f = manual_fields(); f->name; f++) {
        ck_assert_msg(f->parts && f->usage[0] && f->doc[0], "%s", f->name);
        ck_assert_msg(strstr(f->usage, f->name) != NULL, "%s: %s", f->name, f->usage);
        for (const struct manual_field *g = f + 1; g->name; g++)
            ck_assert_msg(strcmp(f->name, g->name) != 0 || !(f->parts & g->parts), "%s", f->name);
        all |= f->parts;
    }
    for (int i = 0; manual_part_names[i]; i++)
        ck_assert_msg(all & (1u << i), "%s has no fields", manual_part_names[i]);
}
END_TEST

TCase *test_score_card(void)
{
    TCase *t = tcase_create("card");
    tcase_set_timeout(t, 60);
    support_rows(t, reports, golden);
    support_rows(t, shipped_cards_hold, shipped);
    support_rows(t, rosetta_in_lua, rosetta);
    support_rows(t, forms_there_and_back, shipped);
    tcase_add_test(t, S21_same_bytes_a_hundred_times);
    tcase_add_test(t, S25_failed_run_has_no_score);
    tcase_add_test(t, S25_many_with_a_failed_run);
    tcase_add_test(t, S3_denied_runs_are_told);
    tcase_add_test(t, S5_many_stop_at_a_card_that_always_fails);
    support_rows(t, cards_choose_their_calls, choices);
    tcase_add_test(t, closer_cards_go_first);
    tcase_add_test(t, the_manual_is_whole);
    return t;
}
