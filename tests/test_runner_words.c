/* What a check finds in its call. */
#include "test_runner.h"

#include <string.h>

/* Bodies that give the found place: turn, first byte, last byte (0 0 0: nothing). */
static const struct {
    const char *search;
    int turn;
    uint32_t from, to;
} finds[] = {
    {"{ phrase = 'harbourmere' }", 0, 22, 33},
    {"{ phrase = 'HARBOURMERE,' }", 0, 22, 33},
    {"{ phrase = 'arbour' }", -1, 0, 0}, /* words are found whole */
    {"{ phrase = 'harbourmer' }", -1, 0, 0},
    {"{ phrase = 'my name' }", 0, 35, 42},
    {"{ phrase = 'sorry' }", 1, 32, 37},
    {"{ who = 'agent', phrase = 'sorry' }", 4, 24, 29},
    {"{ who = 'customer', phrase = 'thank you' }", -1, 0, 0},
    {"{ phrase = '账单' }", 3, 9, 15}, /* Han by substring */
    {"{ phrase = '单不' }", 3, 12, 18},
    {"{ phrase = 'wrong. I' }", 1, 18, 26},
    {"{ phrase = 'eleni. hello' }", -1, 0, 0}, /* never across turns */
    {"{ any = { 'nowhere', 'sorry', 'bill' } }", 1, 10, 14},
    {"{ phrase = 'sorry', within = 10 }", 1, 32, 37},
    {"{ phrase = 'refund', within = 10 }", -1, 0, 0},
    {"{ phrase = 'refund', within = 20.6 }", 2, 7, 13},
    {"{ phrase = 'refund', within = 20.5 }", -1, 0, 0}, /* word times count */
    {"{ phrase = 'sorry', first = 2 }", 1, 32, 37},
    {"{ who = 'agent', phrase = 'sorry', first = 2 }", -1, 0, 0},
    {"{ phrase = 'sorry', last = 1 }", 4, 24, 29},
    {"{ who = 'customer', phrase = 'sorry', last = 1 }", -1, 0, 0},
    {"{ phrase = 'sorry', after = call.find { phrase = 'sorry' } }", 4, 24, 29},
    {"{ phrase = 'is', after = call.turn(1) }", 1, 15, 17},
    {"{ phrase = 'sorry', before = call.turn(2) }", -1, 0, 0},
    {"{ phrase = 'my', before = call.find { phrase = 'eleni' } }", 0, 35, 37},
    {"{ phrase = 'is', after = call.longest_silence() }", 4, 0, 2},
    {"{ phrase = 'sorry', near = 'wait' }", 4, 24, 29},
    {"{ phrase = 'sorry', near = { 'nowhere', 'bill' } }", 1, 32, 37},
    {"{ phrase = 'sorry', near = 'bill', words = 4 }", 1, 32, 37},
    {"{ phrase = 'sorry', near = 'bill', words = 3 }", -1, 0, 0},
    {"{ phrase = 'sorry', near = 'hello', words = 4 }", -1, 0, 0},
    {"{ phrase = 'refund', near = 'bill' }", -1, 0, 0},
    {"{ phrase = 'refund', near = 'bill', seconds = 11.6 }", 2, 7, 13},
    {"{ phrase = 'refund', near = 'bill', seconds = 11.5 }", -1, 0, 0},
    {"{ phrase = 'sorry', unless = 'bill' }", 4, 24, 29},
    {"{ phrase = 'sorry', unless = 'bill', words = 1 }", 1, 32, 37},
    {"{ phrase = 'sorry', near = 'sorry' }", -1, 0, 0},
    {"{ phrase = 'refun*' }", 2, 7, 13},
    {"{ phrase = 'efun*' }", -1, 0, 0},
    {"{ any = { 'sor*', 'anythin*' }, who = 'agent' }", 4, 9, 17},
    {"{ phrase = '账单', near = '谢谢', words = 0 + 1 }", 3, 9, 15},
    {"{ kind = 'question' }", 4, 0, 23},
    {"{ kind = 'question', who = 'customer' }", -1, 0, 0},
    {"{ kind = 'date' }", 2, 18, 23},
};

START_TEST(find)
{
    struct rig r;
    rig_open(&r);
    const struct answer *a =
        rig_answer(&r, arena_format(r.a, "local hit = call.find %s return hit and yes(hit) or no()",
                                    finds[_i].search));
    ck_assert_msg(a->state == ANSWER_GIVEN, "%s", a->reason);
    ck_assert_msg(strcmp(a->values[0], finds[_i].turn < 0 ? "no" : "yes") == 0, "%s: %s",
                  finds[_i].search, a->values[0]);
    ck_assert_uint_eq(a->n_evidence, finds[_i].turn >= 0);
    if (a->n_evidence) {
        ck_assert_int_eq(a->evidence[0].turn, finds[_i].turn);
        ck_assert_uint_eq(a->evidence[0].from, finds[_i].from);
        ck_assert_uint_eq(a->evidence[0].to, finds[_i].to);
    } else {
        ck_assert_uint_gt(strlen(a->reason), 10);
    }
    rig_close(&r);
}
END_TEST

static const struct {
    const char *body, *shown;
} bodies[] = {
    {"return value(call.count { phrase = 'sorry' }, 'x')", "2"},
    {"return value(call.count { any = { 'sorry', 'so sorry', 'I\\'m so sorry to' } }, 'x')", "2"},
    {"return value(call.count { who = 'agent', any = { 'sorry', 'anything' } }, 'x')", "2"},
    {"return value(call.count { phrase = 'nothing like it' })", "0"},
    {"local a, b = call.find { all = { 'refund', 'harbourmere' } } return value(a.turn .. ' ' .. "
     "b.turn, "
     "'x')",
     "3 1"},
    {"return value(tostring(call.find { all = { 'refund', 'nowhere' } }), 'x')", "nil"},
    {"local h = call.find { phrase = 'REFUND' } return value(h.text .. h.who .. h.start .. ' ' .. "
     "h['end'] .. ' ' .. call.turn(h.turn).text:sub(h.from, h.to), 'x')",
     "refundagent20.6 21.0 refund"},
    {"return value(call.turn(-1).text .. call.turn(2).who .. tostring(call.turn(6)) .. call.turns, "
     "'x')",
     "Is there anything else? Sorry for the wait.customernil5"},
    {"return value(call.type .. call.channel .. call.direction .. call.agent .. call.csat .. "
     "call.duration, 'x')",
     "supportvoiceinbounda74.060.0"},
    {"return value(tostring(call.queue) .. tostring(call.nps) .. tostring(call.resolved) .. "
     "tostring(call.hold), 'x')",
     "nilnilnilnil"},
    {"return value(string.format('%.2f', call.talk_share('customer')), 'x')", "0.36"},
    {"return value(call.longest_silence().length, 'x')", "17"},
    {"return value(tostring(call.talk('agent') + call.talk('customer') + call.silence() - "
     "call.overlap() > 50), 'x')",
     "true"},
    {"local a, b, c = call.find { phrase = 'sorry', at_least = 2 } return value(a.turn .. b.turn "
     ".. "
     "tostring(c), 'x')",
     "25nil"},
    {"return value(tostring(call.find { phrase = 'sorry', at_least = 3 }))", "nil"},
    {"local t = call.list { any = { 'sorry', 'bill' } } return value(#t .. t[1].text .. t[3].text, "
     "'x')",
     "3billSorry"},
    {"return value(#call.list { phrase = 'nothing like it' })", "0"},
    {"return value(call.count { kind = 'question' }, 'x')", "1"},
    {"local t = call.silences() return value(#t .. ' ' .. t[1].start .. ' ' .. t[2].length .. ' ' "
     ".. "
     "t[3].length, 'x')",
     "3 9.0 8.0 17.0"},
    {"return value(#call.silences(10), 'x')", "2"},
    {"local t = call.holds { seconds = 16, announced = 'refund you today', thanked = { 'nowhere', "
     "'the wait' } } return value(#t .. t[1].announced.text .. t[1].thanked.text, 'x')",
     "1refund you todaythe wait"},
    {"local t = call.holds { announced = 'nowhere' } return value(#t .. tostring(t[1].announced) "
     ".. "
     "tostring(t[1].thanked), 'x')",
     "1falsenil"},
    {"return value(#call.holds(), 'x')", "1"},
    {"local m = call.monologue('agent') return value(m.length .. m.text:sub(1, 2), 'x')", "8.0Is"},
    {"return value(#call.interruptions('agent') + #call.interruptions('customer'), 'x')", "0"},
    {"return value(string.format('%.0f', call.pace('agent')), 'x')", "98"},
    {"return value(string.format('%.0f', call.pace('customer')), 'x')", "128"},
    {"return value(tostring(call.sentiment('agent')), 'x')", "nil"},
    {"call.holds { announced = 3 }",
     "failed: line 2: announced takes a phrase or a list of them: { \"...\", \"...\" }"},
    {"call.silences(0)", "failed: line 2: bad argument #1 to 'silences' (seconds, at least 1)"},
    {"call.find { phrase = 'x', near = 3 }",
     "failed: line 2: near takes a phrase or a list of them: { \"...\", \"...\" }"},
    {"call.find { phrase = 'x', words = 3 }",
     "failed: line 2: words and seconds say how close near or unless is meant; to look from the "
     "start of the call write within"},
    {"call.find { kind = 'colour' }",
     "failed: line 2: kind is \"number\", \"money\", \"date\" or \"question\""},
    {"call.find { phrase = 'x', witin = 3 }",
     "failed: line 2: a search does not know \"witin\"; it knows who, phrase, any, all, kind, "
     "within, first, last, after, before, near, unless, words, seconds and at_least"},
    {"call.find { any = 'x' }",
     "failed: line 2: any and all take a list of phrases: any = { \"...\", \"...\" }"},
    {"call.find { phrase = '  ' }",
     "failed: line 2: a phrase needs 1 to 256 bytes with something to look for"},
    {"call.find { phrase = 'a', any = { 'b' } }",
     "failed: line 2: a search needs one of phrase = \"...\", any = { ... }, all = { ... } or kind "
     "= \"...\""},
    {"call.find { phrase = 'a', who = 'boss' }",
     "failed: line 2: who is \"agent\", \"customer\" or \"system\""},
};

START_TEST(words)
{
    struct rig r;
    rig_open(&r);
    ck_assert_str_eq(rig_shown(&r, bodies[_i].body), bodies[_i].shown);
    rig_close(&r);
}
END_TEST

/* An automatic answer without a place says what was looked for. */
START_TEST(a_miss_says_why)
{
    struct rig r;
    rig_open(&r);
    const struct answer *a = rig_answer(&r, "call.find { who = 'agent', any = { 'Grüezi', 'good "
                                            "morning' }, within = 15 } call.talk_share('agent') "
                                            "return no()");
    ck_assert_str_eq(a->reason, "not found, agent: \"Grüezi\", \"good morning\" within 15 s; the "
                                "agent has 64 % of the talk");
    a = rig_answer(&r,
                   "call.find { any = { 'a1', 'b1', 'c1', 'd1', 'e1', 'f1', 'g1' }, near = { 'h1', "
                   "'i1', 'j1', 'k1', 'l1' } } return no()");
    ck_assert_str_eq(a->reason, "not found: \"a1\", \"b1\", \"c1\", \"d1\" and 3 more near \"h1\", "
                                "\"i1\", \"j1\", \"k1\", \"l1\"");
    a = rig_answer(&r, "return excused('process', 'the line was down', call.turn(1))");
    ck_assert_int_eq(a->locus, FORM_PROCESS);
    ck_assert_str_eq(a->reason, "the line was down");
    ck_assert_uint_eq(a->n_evidence, 1);
    a = rig_answer(&r, "return no(call.longest_silence(), 'too long')");
    ck_assert_int_eq(a->evidence[0].turn, -1);
    ck_assert_int_eq(a->evidence[0].start_ms, 33000);
    ck_assert_int_eq(a->evidence[0].end_ms, 50000);
    rig_close(&r);
}
END_TEST

/* A call of which nothing is known, and one without words. */
START_TEST(an_empty_call)
{
    struct rig r;
    struct err e = {0};
    rig_open(&r);
    rig_check(&r, "assert(not call.find { phrase = 'x' }) assert(call.turns == 0) "
                  "assert(not call.longest_silence()) assert(not call.talk('agent')) "
                  "assert(not call.talk_share('agent')) assert(not call.silences()) "
                  "assert(not call.holds()) assert(not call.monologue('agent')) "
                  "assert(not call.interruptions('agent')) assert(not call.pace('agent')) "
                  "assert(not call.sentiment('agent')) return no()");
    struct call c;
    call_init(&c);
    c.source = "test", c.source_key = "empty";
    ck_assert(call_finish(&c, r.a, &e));
    ck_assert_int_eq(rig_ask(&r, &c), RUNNER_DONE);
    ck_assert_msg(r.answers[0].state == ANSWER_GIVEN, "%s", r.answers[0].reason);
    rig_close(&r);
}
END_TEST

/* Scripts, turns that meet, and talking over each other. */
static const struct call_turn talk[] = {
    {CALL_CUSTOMER, 0, 4000, "我的账单有问题，我的账", NULL, 0},
    {CALL_CUSTOMER, 4000, 9000, "单不对。Θέλω να κάνω ένα Παράπονο, ΠΑΡΆΠΟΝΟ!", NULL, 0},
    {CALL_AGENT, 7000, 9000, "yes, yes", NULL, 0},
    {CALL_AGENT, 8000, 12000, "let me stop you there, 请等一下 please", NULL, 0},
    {CALL_SYSTEM, 12000, 13000, "This call is recorded.", NULL, 0},
};

static const struct {
    const char *body, *shown;
} talks[] = {
    {"return value(call.count { phrase = '账单' }, 'x')", "1"},
    {"return value(call.find { phrase = '账单' }.text, 'x')", "账单"},
    {"return value(call.count { phrase = '账单不对' })", "0"},
    {"return value(call.count { phrase = 'παραπονο' }, 'x')", "2"},
    {"return value(call.list { phrase = 'παράπονο' }[2].text, 'x')", "ΠΑΡΆΠΟΝΟ"},
    {"return value(call.find { phrase = 'there, 请' }.text, 'x')", "there, 请"},
    {"return value(call.find { phrase = '等', near = 'please', words = 2 }.turn, 'x')", "4"},
    {"return value(tostring(call.find { phrase = '等', near = 'please', words = 1 }))", "nil"},
    {"local t = call.interruptions('agent') return value(#t .. t[1].text:sub(1, 11), 'x')",
     "1let me stop"},
    {"return value(#call.interruptions('customer'), 'x')", "0"},
    {"local m = call.monologue('customer') return value(m.start .. ' ' .. m.length, 'x')",
     "0.0 9.0"},
    {"return value(call.find { phrase = 'recorded' }.who, 'x')", "system"},
};

START_TEST(scripts_and_overlaps)
{
    struct rig r;
    struct err e = {0};
    struct call c;
    rig_open(&r);
    rig_check(&r, talks[_i].body);
    call_init(&c);
    c.source = "test", c.source_key = "2";
    c.turns = talk, c.n_turns = sizeof talk / sizeof *talk;
    ck_assert(call_finish(&c, r.a, &e));
    call_measure_turns(&c, &c.measures);
    ck_assert_int_eq(rig_ask(&r, &c), RUNNER_DONE);
    ck_assert_msg(r.answers[0].n_values, "%s", r.answers[0].reason);
    ck_assert_str_eq(r.answers[0].values[0], talks[_i].shown);
    rig_close(&r);
}
END_TEST

/* What a transcript brought about how it sounds. */
static const struct call_turn sounding[] = {
    {CALL_AGENT, 0, 2000, "Good morning.", NULL, 0, true, 50},
    {CALL_CUSTOMER, 2000, 4000, "At last.", NULL, 0, true, -60},
    {CALL_CUSTOMER, 4000, 6000, "This is the third time!", NULL, 0, true, -100},
    {CALL_AGENT, 6000, 9000, "I will sort it out.", NULL, 0, false, 0},
    {CALL_CUSTOMER, 9000, 9500, "Well.", NULL, 0, true, 0},
    {CALL_CUSTOMER, 9500, 12000, "Thank you.", NULL, 0, true, 40},
};

static const struct {
    const char *body, *shown;
} feelings[] = {
    {"local m = call.sentiment { who = 'customer' } return value(string.format('%d %.2f %.2f "
     "%.2f', "
     "m.turns, m.score, m.negative, m.positive), 'x')",
     "4 -0.30 0.50 0.25"},
    {"local m = call.sentiment('customer') return value(m.worst.text .. m.worst.sentiment .. "
     "m.best.text .. m.first.text .. m.last.text .. m.worst.turn, 'x')",
     "This is the third time!-1.0Thank you.At last.Thank you.3"},
    {"local m = call.sentiment { who = 'customer', last = 2 } return value(m.turns .. ' ' .. "
     "m.negative, 'x')",
     "2 0.0"},
    {"local m = call.sentiment { first = 1 } return value(m.score, m.worst)", "0.5"},
    {"return value(call.sentiment().turns, 'x')", "5"},
    {"local m, why = call.sentiment { who = 'agent', last = 1 } return value(tostring(m) .. why, "
     "'x')",
     "nilthe transcript brought no sentiment for these turns"},
    {"local m, why = call.sentiment('system') return value(tostring(m) .. why, 'x')",
     "nilthe transcript brought no sentiment for these turns"},
    {"return yes(call.sentiment('customer').worst)", "yes"},
    {"call.sentiment { who = 'customer', phrase = 'x' }",
     "failed: line 2: this takes who, first and last, and nothing else"},
    {"call.sentiment { mood = 'bad' }",
     "failed: line 2: a search does not know \"mood\"; it knows who, phrase, any, all, kind, "
     "within, first, last, after, before, near, unless, words, seconds and at_least"},
    {"call.sentiment('boss')", "failed: line 2: who is \"agent\", \"customer\" or \"system\""},
};

START_TEST(how_turns_sound)
{
    struct rig r;
    struct err e = {0};
    struct call c;
    rig_open(&r);
    rig_check(&r, feelings[_i].body);
    call_init(&c);
    c.source = "test", c.source_key = "3";
    c.turns = sounding, c.n_turns = sizeof sounding / sizeof *sounding;
    ck_assert(call_finish(&c, r.a, &e));
    ck_assert_int_eq(rig_ask(&r, &c), RUNNER_DONE);
    const struct answer *a = &r.answers[0];
    if (a->state == ANSWER_FAILED)
        ck_assert_str_eq(arena_format(r.a, "failed: %s", a->reason), feelings[_i].shown);
    else
        ck_assert_str_eq(a->values[0], feelings[_i].shown);
    rig_close(&r);
}
END_TEST

/* A no without a place says what was brought, or that nothing was. */
START_TEST(sentiment_is_a_reason)
{
    struct rig r;
    rig_open(&r);
    const struct answer *a = rig_answer(&r, "call.sentiment('customer') return no()");
    ck_assert_str_eq(a->reason, "the transcript brought no sentiment");
    rig_close(&r);
}
END_TEST

TCase *words_cases(void)
{
    TCase *t = tcase_create("words");
    tcase_set_timeout(t, 60);
    support_rows(t, find, finds);
    support_rows(t, words, bodies);
    tcase_add_test(t, a_miss_says_why);
    tcase_add_test(t, an_empty_call);
    support_rows(t, scripts_and_overlaps, talks);
    support_rows(t, how_turns_sound, feelings);
    tcase_add_test(t, sentiment_is_a_reason);
    return t;
}
