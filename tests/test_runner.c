#include "test_runner.h"

#include "base/wire.h"
#include "model/pack.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A card as the manual writes it. */
static const char sketch[] =
    "-- scorecards/support_voice.lua\n"
    "return card {\n"
    "  id = \"support-voice\", version = \"3.1\", title = \"Support call\",\n"
    "  applies = { channel = \"voice\", type = { \"support\", \"billing\" } },\n"
    "  weight = \"section\", autofail = \"zero\", clamp = true, pass = 80, round = 1,\n"
    "  bands = { { 0, \"Needs work\" }, { 60, \"Nearly there\" }, { 80, \"Good\" } },\n"
    "\n"
    "  section \"opening\" { title = \"Opening\", weight = 20,\n"
    "    yes_no \"greeting\" {\n"
    "      ask   = \"Gave the company name and their own name?\",\n"
    "      coach = \"Open with the company, your name and an offer of help.\",\n"
    "      check = function(call)\n"
    "        local hit = call.find { who = \"agent\", any = { \"thank you for calling\", \"my name "
    "is\" }, within = 15 }\n"
    "        return hit and yes(hit) or no()\n"
    "      end,\n"
    "    },\n"
    "    scale \"tone\" { ask = \"Tone fitted the caller's mood?\", steps = 5 },\n"
    "  },\n"
    "\n"
    "  section \"resolution\" { title = \"Resolution\", weight = 80,\n"
    "    choice \"solved\" { ask = \"Was the matter solved?\",\n"
    "      { \"yes\", 1 }, { \"partly\", 0.5 }, { \"no\", 0 }, { \"told why it can't be\", 1 } },\n"
    "    yes_no \"identity\" { ask = \"Checked identity?\", critical = \"compliance\", fails_on_no "
    "= "
    "\"form\" },\n"
    "  },\n"
    "\n"
    "  tests = {\n"
    "    test \"greets within 15 s\" {\n"
    "      call { type = \"support\", agent \"Thank you for calling Harbourmere, my name is "
    "Eleni.\" "
    ":at(0, 4), customer \"Hi.\" :at(4, 5) },\n"
    "      expect = { greeting = \"yes\" },\n"
    "    },\n"
    "  },\n"
    "}\n";

static const char sketch_json[] =
    "{\"kind\":\"card\",\"id\":\"support-voice\",\"line\":2,"
    "\"applies\":{\"channel\":\"voice\",\"type\":[\"support\",\"billing\"]},\"autofail\":\"zero\","
    "\"bands\":[[0,\"Needs work\"],[60,\"Nearly there\"],[80,\"Good\"]],\"clamp\":true,\"pass\":80,"
    "\"round\":1,\"tests\":[{\"kind\":\"test\",\"id\":\"greets within 15 s\",\"line\":27,"
    "\"expect\":{\"greeting\":\"yes\"},\"items\":[{\"kind\":\"call\",\"line\":28,\"type\":"
    "\"support\","
    "\"items\":[{\"kind\":\"turn\",\"line\":28,\"end\":4,\"side\":\"agent\",\"start\":0,"
    "\"text\":\"Thank you for calling Harbourmere, my name is "
    "Eleni.\"},{\"kind\":\"turn\",\"line\":28,"
    "\"end\":5,\"side\":\"customer\",\"start\":4,\"text\":\"Hi.\"}]}]}],\"title\":\"Support call\","
    "\"version\":\"3.1\",\"weight\":\"section\",\"items\":[{\"kind\":\"section\",\"id\":"
    "\"opening\","
    "\"line\":8,\"title\":\"Opening\",\"weight\":20,\"items\":[{\"kind\":\"yes_no\",\"id\":"
    "\"greeting\",\"line\":9,\"question\":0,\"ask\":\"Gave the company name and their own name?\","
    "\"check\":{\"function\":0},\"coach\":\"Open with the company, your name and an offer of "
    "help.\"},{\"kind\":\"scale\",\"id\":\"tone\",\"line\":17,\"question\":1,\"ask\":\"Tone fitted "
    "the caller's mood?\",\"steps\":5}]},{\"kind\":\"section\",\"id\":\"resolution\",\"line\":20,"
    "\"title\":\"Resolution\",\"weight\":80,\"items\":[{\"kind\":\"choice\",\"id\":\"solved\","
    "\"line\":21,\"question\":2,\"ask\":\"Was the matter solved?\",\"items\":[[\"yes\",1],"
    "[\"partly\",0.5],[\"no\",0],[\"told why it can't be\",1]]},{\"kind\":\"yes_no\",\"id\":"
    "\"identity\",\"line\":23,\"question\":3,\"ask\":\"Checked identity?\",\"critical\":"
    "\"compliance\",\"fails_on_no\":\"form\"}]}]}";

START_TEST(a_card_declares_itself)
{
    struct rig r;
    rig_open(&r);
    ck_assert_msg(rig_load(&r, sketch) == RUNNER_DONE, "line %d: %s", r.outcome.line,
                  r.outcome.text);
    ck_assert_str_eq(r.definition, sketch_json);
    rig_close(&r);
}
END_TEST

START_TEST(a_check_answers_with_its_place)
{
    struct rig r;
    rig_open(&r);
    ck_assert_int_eq(rig_load(&r, sketch), RUNNER_DONE);
    ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
    ck_assert_uint_eq(r.n, 4);
    const struct answer *greeting = &r.answers[0];
    ck_assert_int_eq(greeting->state, ANSWER_GIVEN);
    ck_assert_str_eq(greeting->values[0], "yes");
    ck_assert_uint_eq(greeting->n_evidence, 1);
    ck_assert_int_eq(greeting->evidence[0].turn, 0);
    ck_assert_uint_eq(greeting->evidence[0].from, 0);
    ck_assert_uint_eq(greeting->evidence[0].to, 21);
    ck_assert_int_eq(greeting->evidence[0].start_ms, 500);
    ck_assert_int_eq(greeting->evidence[0].end_ms, 4000);
    for (size_t i = 1; i < 4; i++)
        ck_assert_int_eq(r.answers[i].state, ANSWER_NONE);
    rig_close(&r);
}
END_TEST

START_TEST(the_same_bytes_each_time)
{
    struct rig r;
    struct buf first = {0}, again = {0};
    rig_open(&r);
    for (int i = 0; i < 100; i++) {
        if (i % 20 == 0)
            ck_assert_int_eq(rig_load(&r, sketch), RUNNER_DONE);
        ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
        buf_clear(&again);
        pack_answers(&again, r.answers, r.n);
        wire_put_i64(&again, r.outcome.fuel);
        if (i == 0)
            buf_slice(&first, buf_all(&again));
        ck_assert(slice_equal(buf_all(&first), buf_all(&again)));
    }
    buf_free(&first);
    buf_free(&again);
    rig_close(&r);
}
END_TEST

static const struct {
    const char *applies;
    bool fits;
} appliances[] = {
    {"nil", true},
    {"{ channel = 'chat' }", true}, /* lists are the business of score/ */
    {"function(call) return call.type == 'support' end", true},
    {"function(call) return call.type == 'sales' end", false},
    {"{ channel = 'voice', when = function(call) return call.csat < 3 end }", false},
    {"{ when = function(call) return call.find { phrase = 'refund' } end }", true},
};

START_TEST(a_card_may_decide_whether_it_applies)
{
    struct rig r;
    bool fits;
    rig_open(&r);
    ck_assert_int_eq(
        rig_load(&r, arena_format(r.a, "return card { applies = %s }", appliances[_i].applies)),
        RUNNER_DONE);
    ck_assert_int_eq(runner_applies(r.child, rig_call(&r), &fits, &r.outcome), RUNNER_DONE);
    ck_assert_int_eq(fits, appliances[_i].fits);
    rig_close(&r);
}
END_TEST

/* What an author gets wrong is told with its line. */
static const struct {
    const char *text;
    int line;
    const char *says;
} faults[] = {
    {"return card {\n  id = \"x\",\n  section \"a\" {,\n}", 3, "unexpected symbol near ','"},
    {"local x = nil\nreturn card { id = x.y }", 2, "attempt to index a nil value (local 'x')"},
    {"error('own words')", 1, "own words"},
    {"return card {\n section 'a' {\n  yes_no 'q',\n } }", 2,
     "Position 1 in this section is a function: only sections and questions can stand here, each "
     "with its { ... }, and sections nest once."},
    {"return card {\n section 'a' {\n  yes_no 'q' { check = 3 } } }", 3,
     "The check of \"q\" is a number; write check = function(call)"},
    {"return card {\n section 'a' 'b' }", 2, "section \"a\" takes a table: write { ... } after it"},
    {"return card { section { } }", 1,
     "section needs an id of 1 to 200 bytes: write section \"id\" { ... }"},
    {"return card {\n\n yes_no 'q' { id = 'r' } }", 3,
     "yes_no \"q\" has its id before the table: take out the member id"},
    {"return card { tests = { test 't' { call { agent 'a' :at(5, 4) } } } }", 1,
     "at(from, to) takes two times in seconds, the earlier first"},
    {"return {}", 0, "The text gives back no card: end it with return card { ... }"},
    {"retrun card {}", 1, "syntax error near 'card'"},
};

START_TEST(faults_have_a_line)
{
    struct rig r;
    rig_open(&r);
    ck_assert_int_eq(rig_load(&r, faults[_i].text), RUNNER_ERROR);
    ck_assert_str_eq(r.outcome.text, faults[_i].says);
    ck_assert_int_eq(r.outcome.line, faults[_i].line);
    ck_assert_ptr_null(r.child);
    rig_close(&r);
}
END_TEST

/* S1: if the helper dies the run is lost, and the next one finds a new helper. */
START_TEST(a_dead_helper_is_started_again)
{
    struct rig r;
    rig_open(&r);
    ck_assert_int_eq(rig_load(&r, sketch), RUNNER_DONE);
    int first = runner_helper(r.runner);
    kill(first, SIGKILL);
    usleep(50000);
    ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_LOST);
    ck_assert_ptr_null(r.answers);
    ck_assert(runner_child_worn(r.child));
    ck_assert_int_eq(rig_load(&r, sketch), RUNNER_DONE);
    ck_assert_int_ne(runner_helper(r.runner), first);
    ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
    rig_close(&r);
}
END_TEST

START_TEST(a_child_is_worn_after_500_calls)
{
    struct rig r;
    rig_open(&r);
    rig_check(&r, "return yes('why')");
    struct arena *kept = r.a;
    const struct call *call = rig_call(&r);
    r.a = arena_open();
    for (int i = 0; i < 500; i++) {
        ck_assert(!runner_child_worn(r.child));
        ck_assert_int_eq(rig_ask(&r, call), RUNNER_DONE);
        arena_reset(r.a);
    }
    ck_assert(runner_child_worn(r.child));
    arena_close(r.a);
    r.a = kept;
    rig_close(&r);
}
END_TEST

START_TEST(a_runner_that_is_not_there)
{
    struct runner *r = NULL;
    struct err e = {0};
    setenv("EARSHOT_RUNNER", "/nowhere/earshot-runner", 1);
    ck_assert(!runner_open(&r, 1, &e));
    ck_assert_str_eq(e.text, "The runner /nowhere/earshot-runner cannot be started.");
    setenv("EARSHOT_RUNNER", "/bin/true", 1);
    err_clear(&e);
    ck_assert(!runner_open(&r, 1, &e));
    ck_assert_str_eq(e.text, "The runner /bin/true does not start.");
}
END_TEST

static size_t check_manual(const struct runner_entry *all)
{
    size_t n = 0;
    for (const struct runner_entry *m = all; m->name; m++, n++) {
        bool part = strncmp(m->name, "search.", 7) == 0 || strncmp(m->name, "turn.", 5) == 0 ||
                    strcmp(m->name, "call.type") == 0 || strcmp(m->name, "hit.text") == 0 ||
                    strncmp(m->name, "file.", 5) == 0;
        ck_assert_msg(m->function || part || m->name[0] == '#', "%s", m->name);
        ck_assert_msg(m->usage && strlen(m->usage) > 5, "%s has no usage", m->name);
        ck_assert_msg(m->doc && strlen(m->doc) > 15, "%s has no doc", m->name);
        for (const struct runner_entry *other = all; other != m; other++)
            ck_assert_str_ne(other->name, m->name);
    }
    return n;
}

START_TEST(everything_lent_has_a_manual)
{
    ck_assert_uint_gt(check_manual(runner_manual()), 40);
    ck_assert_uint_gt(check_manual(runner_manual_plugin()), 10);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("runner");
    TCase *t = tcase_create("card");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_card_declares_itself);
    tcase_add_test(t, a_check_answers_with_its_place);
    tcase_add_test(t, the_same_bytes_each_time);
    support_rows(t, a_card_may_decide_whether_it_applies, appliances);
    support_rows(t, faults_have_a_line, faults);
    tcase_add_test(t, a_dead_helper_is_started_again);
    tcase_add_test(t, a_child_is_worn_after_500_calls);
    tcase_add_test(t, everything_lent_has_a_manual);
    suite_add_tcase(s, t);
    suite_add_tcase(s, many_cases());
    suite_add_tcase(s, words_cases());
    suite_add_tcase(s, sandbox_cases());
    suite_add_tcase(s, parts_cases());
    suite_add_tcase(s, library_cases());
    suite_add_tcase(s, spot_cases());
    suite_add_tcase(s, scripts_cases());
    suite_add_tcase(s, plugin_cases());
    suite_add_tcase(s, hostile_cases());
    TCase *last = tcase_create("environment");
    tcase_add_test(last, a_runner_that_is_not_there);
    suite_add_tcase(s, last);
    return support_run(s, "runner");
}
