/* Scoring from store to store: workers, and what becomes of a run that was killed. */
#define _GNU_SOURCE
#include "test_cli.h"

#include "desk/denials.h"
#include "desk/scoring.h"
#include "store/audit.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CALLS = 450 /* more than two batches */ };

static void make_centre(void)
{
    put_calls("calls.jsonl", CALLS);
    expect(data, arena_format(a, "ingest '%s/calls.jsonl'", folder), 0, "450 new", &out);
    expect(data, "card publish scorecards/support_voice.lua", 0, "published", &out);
}

/* This thread, and what it starts, on one of the processors it had. */
static cpu_set_t stay_on_one(void)
{
    cpu_set_t had, one;
    int i = 0;
    ck_assert_int_eq(sched_getaffinity(0, sizeof had, &had), 0);
    while (!CPU_ISSET(i, &had))
        i++;
    CPU_ZERO(&one);
    CPU_SET(i, &one);
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);
    return had;
}

/* S21: what is stored does not depend on how many workers there were. */
START_TEST(S21_same_bytes_on_one_processor_and_on_all)
{
    struct buf one = {0}, all = {0};
    make_centre();
    cpu_set_t had = stay_on_one();
    expect(data, "score", 0, "450 calls: 450 scored", &out);
    expect(data, "export", 0, "T-449", &one);
    sched_setaffinity(0, sizeof had, &had);
    expect(data, "score --all", 0, "450 calls: 450 scored", &out);
    expect(data, "export", 0, "T-449", &all);
    ck_assert_str_eq(one.p, all.p);
    expect(data, "score", 0, "0 calls: 0 scored", &out);
    buf_free(&one), buf_free(&all);
}
END_TEST

struct killer {
    struct runner *runner;
    bool done;
};

/* The first time, kills every card's process as the kernel does after a forbidden system call. */
static bool kill_cards(void *context, size_t calls, size_t total)
{
    struct killer *k = context;
    char path[64];
    int child, helper = runner_helper(k->runner);
    ck_assert(calls <= total);
    if (k->done)
        return true;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", helper, helper);
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    while (fscanf(f, "%d", &child) == 1)
        k->done = kill(child, SIGSYS) == 0;
    fclose(f);
    ck_assert(k->done);
    return true;
}

/* S3: one entry with the card and its version; the call is asked about again and has its sheet. */
START_TEST(S3_a_killed_run_stands_in_the_audit_log)
{
    make_centre();
    struct killer killer = {0};
    struct scoring_means m = {.program = "test", .progress = kill_cards, .context = &killer};
    struct scoring_sum scored = {0};
    struct store_audit *entries;
    struct err e = {0};
    size_t n;
    int64_t total;
    cpu_set_t had = stay_on_one();
    ck_assert_msg(runner_open(&m.runner, 1, &e), "%s", e.text);
    ck_assert_msg((m.store = store_open_writer(data, &e)) != NULL, "%s", e.text);
    killer.runner = m.runner;
    const struct denials denials = {m.store, m.clock};
    denials_watch(&denials, m.runner);
    ck_assert_msg(scoring_run(&m, true, &scored, &e), "%s", e.text);
    sched_setaffinity(0, sizeof had, &had);
    ck_assert_uint_eq(scored.scored, CALLS);
    ck_assert(store_audit_list(m.store,
                               &(struct store_audit_filter){.action = "forbidden system call"},
                               &(struct store_page){0}, a, &entries, &n, &total, &e));
    ck_assert_uint_eq(n, 1);
    ck_assert_ptr_nonnull(strstr(entries[0].target, "scorecard support-voice "));
    ck_assert_str_eq(entries[0].result, "refused");
    store_close(m.store);
    runner_close(m.runner);
}
END_TEST

/* --- S5: switched off --- */

static const char rest[] =
    "return card { id = 'rest', version = '1', title = 'Rest', weight = "
    "'question', applies = { channel = 'voice' }, section 's' { title = 'S', "
    "yes_no 'q' { ask = 'Q?', auto = 'answer', check = function(call) return "
    "yes(call.turn(1)) end } } }";
static const char odd[] =
    "return card { id = 'odd', version = '1', title = 'Odd', weight = "
    "'question', applies = function(call) local t = {} for i = 1, call.turns * 1e9 do t[i] = "
    "{nil,nil,nil,nil,nil,nil,nil,nil,nil,nil,nil,nil} end end, section 's' { title = 'S', yes_no "
    "'q' { "
    "ask = 'Q?' } } }";

/* `n` calls named PREFIX-0 ..., in which the customer says cake where `cakes` has a 1. */
static const char *write_cakes(const char *prefix, int n, bool (*cakes)(int i))
{
    struct buf text = {0};
    const char *name = arena_format(a, "%s.jsonl", prefix);
    for (int i = 0; i < n; i++)
        buf_format(
            &text,
            "{\"earshot\":1,\"source\":\"test\",\"key\":\"%s-%03d\",\"channel\":\"voice\","
            "\"type\":\"support\",\"offered\":\"2026-01-%02dT10:00:00Z\",\"turns\":[{\"who\":"
            "\"customer\",\"start_ms\":0,\"end_ms\":1000,\"text\":\"%s please\"}]}\n",
            prefix, i, 1 + i / 20, cakes(i) ? "cake" : "bread");
    put(name, buf_text(&text));
    buf_free(&text);
    return arena_format(a, "ingest '%s'", in(name));
}

static const char *write_card(const char *name, const char *text)
{
    put(name, text);
    return arena_format(a, "card publish '%s'", in(name));
}

/* Four in a row, then five of which the border between two batches is in the middle. */
static bool cakes_of_two_batches(int i)
{
    return (i >= 10 && i < 14) || (i >= 198 && i < 203);
}

static bool all_cake(int i)
{
    (void)i;
    return true;
}

static bool no_cake(int i)
{
    (void)i;
    return false;
}

static size_t count_audit(const char *action)
{
    struct err e = {0};
    struct store_audit *entries;
    size_t n;
    int64_t total;
    struct store *s = store_open_reader(data, &e);
    ck_assert_msg(s && store_audit_list(s, &(struct store_audit_filter){.action = action},
                                        &(struct store_page){0}, a, &entries, &n, &total, &e),
                  "%s", e.text);
    store_close(s);
    return (size_t)total;
}

/* S5: after five runs in a row without a result the card is off, at the same call however many
 * workers there are; calls wait for it, and a person switches it on again. */
START_TEST(S5_a_card_that_always_fails_is_switched_off)
{
    struct buf one = {0}, all = {0};
    expect(data, write_cakes("T", 230, cakes_of_two_batches), 0, "230 new", &out);
    expect(data, "card publish tests/cards/shaky.lua", 0, "published", &out);
    expect(data, write_card("rest.lua", rest), 0, "published", &out);
    cpu_set_t had = stay_on_one();
    expect(data, "score", 1, "230 calls: 194 scored, 0 with nothing", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "9 runs ended without a result."));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "27 calls wait for a scorecard that is switched "
                                                 "off (shaky 1)."));
    sched_setaffinity(0, sizeof had, &had);
    expect(data, "export", 0, "T-202", &one);
    ck_assert_uint_eq(count_audit("switch off scorecard"), 1);
    expect(data, "score", 1, "27 calls: 0 scored", &out);
    expect(data, "card list", 0, "switched off", &out);
    expect(data, "card show shaky", 0,
           "it scores no calls; those it is for wait. 5 runs in a row ended without a result. The "
           "last: The card asked for more than 64 MB",
           &out);
    expect(data, "card on shaky", 1, "Say why", &out);
    expect(data, "card on rest --why x", 1, "rest 1 is not switched off.", &out);
    expect(data, "card on shaky --why 'no more cake'", 0, "switched on shaky 1", &out);
    ck_assert_uint_eq(count_audit("switch on scorecard"), 1);
    expect(data, "score", 0, "27 calls: 27 scored", &out);
    expect(data, "card show shaky", 0, "no more cake", &out);
    data = in("again");
    expect(data, arena_format(a, "ingest '%s/T.jsonl'", folder), 0, "230 new", &out);
    expect(data, "card publish tests/cards/shaky.lua", 0, "published", &out);
    expect(data, write_card("rest.lua", rest), 0, "published", &out);
    expect(data, "score", 1, "230 calls: 194 scored", &out);
    expect(data, "export", 0, "T-202", &all);
    ck_assert(slice_equal(buf_all(&one), buf_all(&all)));
    buf_free(&one), buf_free(&all);
}
END_TEST

/* S5: the count survives the end of the program, and a run with a result ends it. */
START_TEST(S5_failures_are_counted_over_many_commands)
{
    static const struct {
        const char *prefix;
        int n;
        bool (*cakes)(int i);
        const char *standing;
    } steps[] = {{"A", 4, all_cake, "published"},
                 {"B", 1, no_cake, "published"},
                 {"C", 4, all_cake, "published"},
                 {"D", 1, all_cake, "switched off"}};
    expect(data, write_cakes("first", 1, no_cake), 0, "1 new", &out);
    expect(data, "card publish tests/cards/shaky.lua", 0, "published", &out);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        expect(data, write_cakes(steps[i].prefix, steps[i].n, steps[i].cakes), 0, "new", &out);
        run(data, "score", &out);
        expect(data, "card show shaky", 0, arena_format(a, "shaky 1 (%s)", steps[i].standing),
               &out);
    }
    expect(data, "card retire shaky --why done", 0, "retired", &out);
    expect(data, "card publish shaky@1 --why again", 0, "published shaky 1 again", &out);
    expect(data, "card show shaky", 0, "shaky 1 (published)", &out);
}
END_TEST

/* S5: an `applies` that never ends takes no call, and is switched off like any other run. */
START_TEST(S5_an_applies_that_always_fails_is_switched_off)
{
    expect(data, write_cakes("T", 30, no_cake), 0, "30 new", &out);
    expect(data, write_card("rest.lua", rest), 0, "published", &out);
    expect(data, write_card("odd.lua", odd), 0, "published", &out);
    expect(data, "score", 0, "30 calls: 30 scored", &out);
    expect(data, "card show odd", 0, "odd 1 (switched off)", &out);
    expect(data, "score --all", 0, "30 calls: 30 scored", &out);
}
END_TEST

/* What a card could not say of its own calls is none of another's: no number, and why. A rebuild
 * finds the same. */
START_TEST(an_applies_that_fails_now_and_then_is_told)
{
    static const char picky[] =
        "return card { id = 'picky', version = '1', title = 'Picky', weight = 'question', applies "
        "= { channel = 'voice', type = 'support', when = function(call) if call.find { any = { "
        "'cake' } } then error('boo') end return true end }, section 's' { title = 'S', yes_no "
        "'q' { ask = 'Q?', check = function(call) return yes(call.turn(1)) end } } }";
    struct buf first = {0}, again = {0};
    expect(data, write_cakes("T", 14, cakes_of_two_batches), 0, "14 new", &out);
    expect(data, write_card("rest.lua", rest), 0, "published", &out);
    expect(data, write_card("picky.lua", picky), 0, "published", &out);
    expect(data, "score", 1, "14 calls: 10 scored, 0 with nothing", &out);
    ck_assert_ptr_nonnull(strstr(out.p, "4 runs ended without a result. The first: call "));
    ck_assert_ptr_nonnull(strstr(out.p, ": `applies` ended without a result: line 1: boo"));
    expect(data, "card show picky", 0, "4 calls have no score, since this card's run ended", &out);
    ck_assert_ptr_nonnull(strstr(out.p, ": `applies` ended without a result: line 1: boo"));
    expect(data, "export", 0, "T-013", &first);
    expect(data, "rebuild", 1, "14 calls: 10 scored", &out);
    expect(data, "export", 0, "T-013", &again);
    ck_assert_str_eq(first.p, again.p);
    buf_free(&first), buf_free(&again);
}
END_TEST

TCase *test_cli_score(void)
{
    TCase *t = tcase_create("score");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, S21_same_bytes_on_one_processor_and_on_all);
    tcase_add_test(t, S5_a_card_that_always_fails_is_switched_off);
    tcase_add_test(t, S5_failures_are_counted_over_many_commands);
    tcase_add_test(t, S5_an_applies_that_always_fails_is_switched_off);
    tcase_add_test(t, an_applies_that_fails_now_and_then_is_told);
    tcase_add_test(t, S3_a_killed_run_stands_in_the_audit_log);
    return t;
}
