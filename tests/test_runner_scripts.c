/* Every word with which a card asks about a call, on the same talk in English, Greek, Chinese and a
 * mixture: the answers are the same. */
#include "test_runner.h"

#include <string.h>

enum { LANGUAGES = 4, TURNS = 6 };

static const struct {
    enum call_side side;
    int64_t start_ms, end_ms;
    const char *text[LANGUAGES];
} turns[TURNS] = {
    {CALL_AGENT,
     0,
     4000,
     {"Good morning, my name is Ada. How can I help?",
      "Καλημέρα σας, με λένε Άντα. Πώς μπορώ να βοηθήσω;", "早上好，我是陈梅。请问有什么可以帮您？",
      "Good morning, 我是 Άντα. Πώς can I help?"}},
    {CALL_CUSTOMER,
     4000,
     9000,
     {"My bill is wrong. Two times you took £45.50, on 3 October.",
      "Ο λογαριασμός μου είναι λάθος. Δύο φορές πήρατε 45,50 ευρώ, στις 3 Οκτωβρίου.",
      "我的账单不对。两次扣了45.50元，10月3日。",
      "Το 账单 μου είναι wrong. Two φορές you took £45.50, στις 3 Οκτωβρίου."}},
    {CALL_AGENT,
     9000,
     12000,
     {"I am sorry. May I put you on hold?", "Λυπάμαι πολύ. Μπορώ να σας βάλω σε αναμονή;",
      "非常抱歉。可以请您稍等吗？", "我 am sorry. Μπορώ να σας βάλω σε 等待?"}},
    {CALL_AGENT,
     40000,
     44000,
     {"Thank you for holding. It is refunded.", "Ευχαριστώ που περιμένατε. Επιστράφηκε.",
      "感谢您的等待。已经退款了。", "谢谢 που περιμένατε. It is refunded."}},
    {CALL_CUSTOMER,
     44000,
     47000,
     {"Thank you. Is that all?", "Ευχαριστώ. Αυτό ήταν;", "谢谢。就这些吗？",
      "谢谢. Is αυτό ήταν;"}},
    {CALL_AGENT,
     46000,
     50000,
     {"That is all, and sorry again.", "Αυτό ήταν, και πάλι λυπάμαι.", "就这些，再次抱歉。",
      "Αυτό ήταν, and sorry 再次."}},
};

/* What a $word in a row below stands for. */
static const struct {
    const char *name, *text[LANGUAGES];
} names[] = {
    {"$sorry", {"sorry", "λυπαμαι", "抱歉", "sorry"}},
    {"$LOUD", {"SÓRRY", "ΛΥΠΆΜΑΙ", "抱歉", "ＳＯＲＲＹ"}},
    {"$stem", {"sorr*", "λυπ*", "抱歉", "sorr*"}},
    {"$bill", {"bill", "λογαριασμος", "账单", "账单"}},
    {"$wrong", {"wrong", "λαθος", "不对", "wrong"}},
    {"$again", {"again", "παλι", "再次", "再次"}},
    {"$ask_hold", {"put you on hold", "σας βάλω σε αναμονή", "稍等", "σε 等待"}},
    {"$for_holding", {"thank you for holding", "που περιμένατε", "您的等待", "谢谢 που"}},
    {"$thanks", {"thank you", "ευχαριστώ", "谢", "谢谢"}},
    {"$none", {"weather", "καιρός", "天气", "天气 weather"}},
    {"$pounds", {"GBP", "EUR", "CNY", "GBP"}},
};

static const struct {
    const char *body, *shown;
} asked[] = {
    {"call.find { phrase = '$sorry' }.turn", "3"},
    {"call.find { phrase = '$LOUD' }.turn", "3"},
    {"call.find { phrase = '$stem' }.turn", "3"},
    {"tostring(call.find { phrase = '$none' })", "nil"},
    {"call.find { any = { '$none', '$bill', '$sorry' } }.turn", "2"},
    {"#{ call.find { all = { '$sorry', '$bill' } } }", "2"},
    {"tostring(call.find { all = { '$sorry', '$none' } })", "nil"},
    {"call.find { phrase = '$bill', near = '$wrong' }.turn", "2"},
    {"call.find { phrase = '$bill', near = '$wrong', words = 4 }.turn", "2"},
    {"tostring(call.find { phrase = '$bill', near = '$sorry' })", "nil"},
    {"call.find { phrase = '$sorry', near = '$bill', seconds = 6 }.turn", "3"},
    {"call.find { phrase = '$sorry', unless = '$ask_hold' }.turn", "6"},
    {"call.find { phrase = '$sorry', before = call.find { phrase = '$for_holding' } }.turn", "3"},
    {"call.find { phrase = '$sorry', after = call.find { phrase = '$for_holding' } }.turn", "6"},
    {"call.find { phrase = '$thanks', who = 'agent' }.turn", "4"},
    {"call.find { phrase = '$thanks', who = 'customer' }.turn", "5"},
    {"call.find { phrase = '$sorry', within = 10 }.turn", "3"},
    {"tostring(call.find { phrase = '$sorry', within = 8 })", "nil"},
    {"call.find { phrase = '$bill', first = 2 }.turn", "2"},
    {"tostring(call.find { phrase = '$bill', first = 1 })", "nil"},
    {"call.find { phrase = '$sorry', last = 1 }.turn", "6"},
    {"#{ call.find { phrase = '$sorry', at_least = 2 } }", "2"},
    {"tostring(call.find { phrase = '$sorry', at_least = 3 })", "nil"},
    {"call.count { phrase = '$sorry' }", "2"},
    {"#call.list { any = { '$sorry', '$bill' } }", "3"},
    {"call.find { kind = 'number' }.value", "2"},
    {"call.find { kind = 'money' }.value .. call.find { kind = 'money' }.currency", "45.5$pounds"},
    {"call.find { kind = 'date' }.month .. ' ' .. call.find { kind = 'date' }.day", "10 3"},
    {"call.count { kind = 'question', who = 'agent' }", "2"},
    {"call.count { kind = 'question', who = 'customer' }", "1"},
    {"call.turn(-1).who .. call.turn(2).who .. call.turns", "agentcustomer6"},
    {"string.format('%.2f', call.talk_share('agent'))", "0.65"},
    {"tostring(call.pace('agent') > 60 and call.pace('customer') > 60)", "true"},
    {"call.monologue('agent').length", "35"},
    {"#call.interruptions('agent') .. #call.interruptions('customer')", "10"},
    {"#call.silences(20) .. ' ' .. call.longest_silence().length", "1 28.0"},
    {"call.holds { announced = '$ask_hold', thanked = { '$for_holding' } }[1].announced.turn", "3"},
    {"call.holds { announced = '$ask_hold', thanked = { '$for_holding' } }[1].thanked.turn", "4"},
    {"tostring(call.holds { announced = '$none' }[1].announced)", "false"},
};

static const char *in_language(struct arena *a, const char *text, int language)
{
    struct buf out = {0};
    for (const char *p = text; *p;) {
        size_t best = 0, n = 0;
        for (size_t i = 0; *p == '$' && i < sizeof names / sizeof *names; i++)
            if (strncmp(p, names[i].name, strlen(names[i].name)) == 0 && strlen(names[i].name) > n)
                best = i, n = strlen(names[i].name);
        if (n)
            buf_str(&out, names[best].text[language]);
        else
            buf_char(&out, *p), n = 1;
        p += n;
    }
    const char *kept = arena_text(a, buf_all(&out));
    buf_free(&out);
    return kept;
}

static void make_talk(struct arena *a, int language, struct call *out)
{
    struct call_turn *list = arena_array(a, TURNS, sizeof *list);
    struct err e = {0};
    call_init(out);
    out->source = "test", out->source_key = "talk";
    for (int i = 0; i < TURNS; i++)
        list[i] = (struct call_turn){
            turns[i].side, turns[i].start_ms, turns[i].end_ms, turns[i].text[language], NULL, 0};
    out->turns = list, out->n_turns = TURNS;
    ck_assert(call_finish(out, a, &e));
    call_measure_turns(out, &out->measures);
}

START_TEST(the_same_in_every_language)
{
    for (int language = 0; language < LANGUAGES; language++) {
        struct rig r;
        struct call c;
        rig_open(&r);
        const char *body = in_language(r.a, asked[_i].body, language);
        rig_check(&r, arena_format(r.a, "return value(%s, 'x')", body));
        make_talk(r.a, language, &c);
        ck_assert_int_eq(rig_ask(&r, &c), RUNNER_DONE);
        ck_assert_msg(r.answers[0].n_values == 1, "language %d: %s: %s", language, body,
                      r.answers[0].reason);
        ck_assert_msg(strcmp(r.answers[0].values[0], in_language(r.a, asked[_i].shown, language)) ==
                          0,
                      "language %d: %s: %s", language, body, r.answers[0].values[0]);
        rig_close(&r);
    }
}
END_TEST

TCase *scripts_cases(void)
{
    TCase *t = tcase_create("scripts");
    tcase_set_timeout(t, 60);
    support_rows(t, the_same_in_every_language, asked);
    return t;
}
