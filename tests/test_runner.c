#include "test_runner.h"

#include <signal.h>
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
    "      call { type = \"support\", agent \"Thank you for calling Harbour, my name is Eleni.\" "
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
    "\"text\":\"Thank you for calling Harbour, my name is Eleni.\"},{\"kind\":\"turn\",\"line\":28,"
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

int main(void)
{
    Suite *s = suite_create("runner");
    TCase *t = tcase_create("card");
    tcase_add_test(t, a_card_declares_itself);
    tcase_add_test(t, a_check_answers_with_its_place);
    suite_add_tcase(s, t);
    return support_run(s, "runner");
}
