/* What a backtest must have shown before the one who drafted a version may publish it; versions
 * whose runs fail. */
#include "test_desk.h"
#include "test_desk_bench.h"

#include "base/json.h"
#include "score/card.h"

#include <string.h>

enum { CALLS = 10 };

static void add_calls(struct bench *b)
{
    struct call call;
    bench_must(b, store_begin(b->c.store, &b->e));
    for (int i = 1; i <= CALLS; i++)
        bench_call(b, &call, i, "Ann",
                   i > 2 ? "Thank you for calling. I am sorry." : "Thank you for calling. Bye.");
    bench_must(b, store_commit(b->c.store, &b->e));
}

/* Who drafted a version may replace the published one only after a backtest of it against that one,
 * over calls enough. */
START_TEST(test_not_without_a_backtest)
{
    struct bench b;
    bench_open(&b);
    bench_limits(&b, "50", "5");
    add_calls(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
            two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b)),
            three = bench_keep(&b, STORE_MANAGER, bench_card(&b, "3.0", "'thank you'", 60, "yes"));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one)); /* it replaces nothing */
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, two), ERR_CONFLICT,
                  "no backtest has shown what it changes against the published version 1.0");
    bench_backtest(&b, &(struct backtest_ask){.version = two, .most = 3});
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, two), ERR_CONFLICT,
                  "looked at 3 calls that both versions fit");
    bench_backtest(&b, &(struct backtest_ask){.version = two});
    bench_backtest(&b, &(struct backtest_ask){.version = three});
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, three), ERR_CONFLICT,
                  "against the published version 2.0");
    bench_backtest(&b, &(struct backtest_ask){.version = three, .against = one});
    bench_refused(
        &b, bench_publish(&b, STORE_MANAGER, three), ERR_CONFLICT,
        "run a backtest (earshot card backtest ten@3.0) or somebody else must publish it");
    bench_must(&b, bench_publish(&b, STORE_ADMIN, three));
    bench_limits(&b, "100", "100");
    int64_t four = bench_keep(&b, STORE_MANAGER, bench_card(&b, "4.0", "'hello'", 60, "no"));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, four));
    bench_close(&b);
}
END_TEST

/* "%s": version, what follows the weights' policy, and the checks. */
#define TWO                                                                                        \
    "return card { id = 'ten', version = '%s', title = 'Ten', weight = 'question', %s\n"           \
    "  applies = { channel = 'voice', type = { 'ten' } },\n"                                       \
    "  section 'all' { title = 'All', weight = 100, %s } }\n"
#define CHECKS(says)                                                                               \
    "yes_no 'greeting' { ask = 'Greeted?', weight = 50, check = function() " says " end },\n"      \
    "yes_no 'sorry' { ask = 'Said sorry?', weight = 50, check = function() " says " end },\n"
#define KEEP "autofail = 'keep',"
#define YES  CHECKS("return yes('heard')")
#define GATE(answer)                                                                               \
    "choice 'gate' { ask = 'Rude?', weight = 0, { 'no', 1 }, { 'yes', 0, fails = 'form' },\n"      \
    "  check = function() return pick('" answer "', 'heard') end },\n"

#define ALL    CALLS
#define SCORES "100.0 % of the calls lose or gain a score or an outcome (limit 10 %)"
#define FLIPS  "100.0 % of the calls turn between passed and not passed (limit 10 %)"

/* The author may publish a version only if `why` is "". */
static const struct {
    const char *pass[2], *checks[2]; /* before, after */
    struct {
        int lost, gained, turned, autofails;
    } n;
    const char *why;
} loses[] = {
    {{"pass = 50,", "pass = 50,"}, {YES, YES}, {0, 0, 0, 0}, ""},
    {{"pass = 50,", "pass = 50,"}, {YES, CHECKS("return na('x')")}, {ALL, 0, 0, 0}, SCORES},
    {{"pass = 50,", "pass = 50,"}, {YES, CHECKS("error('x')")}, {ALL, 0, 0, 0}, SCORES},
    {{"pass = 50,", "pass = 50,"}, {CHECKS("return na('x')"), YES}, {0, ALL, 0, 0}, SCORES},
    {{"pass = 50,", ""}, {YES, YES}, {ALL, 0, 0, 0}, SCORES}, /* there is no outcome any more */
    {{KEEP, KEEP},
     {CHECKS("return na('x')") GATE("no"), CHECKS("return na('x')") GATE("yes")},
     {0, ALL, 0, ALL},
     SCORES},
    {{"pass = 50," KEEP, "pass = 50," KEEP},
     {YES GATE("no"), CHECKS("return na('x')") GATE("yes")},
     {ALL, 0, ALL, ALL},
     FLIPS},
};

static void check_counts(const struct backtest_view *v, int i)
{
    struct err e = {0};
    struct json *j = json_parse(slice_of(v->run.result), JSON_DEPTH, &e);
    ck_assert_int_eq(json_get_integer(j, "both", -1), CALLS);
    ck_assert_int_eq(json_get_integer(j, "lost", -1), loses[i].n.lost);
    ck_assert_int_eq(json_get_integer(j, "gained", -1), loses[i].n.gained);
    ck_assert_int_eq(json_get_integer(j, "to_missed", -1) + json_get_integer(j, "to_passed", -1),
                     loses[i].n.turned);
    ck_assert_int_eq(json_get_integer(j, "autofail_new", -1), loses[i].n.autofails);
    json_free(j);
}

/* A version under which calls lose their score moves nothing from passed to not passed: it is held
 * against the limit all the same. */
START_TEST(S15_a_lost_score_takes_two_people)
{
    struct bench b;
    struct backtest_view v;
    bench_open(&b);
    bench_limits(&b, "10", "5");
    add_calls(&b);
    int64_t id[2];
    for (int i = 0; i < 2; i++)
        id[i] = bench_keep(&b, STORE_MANAGER,
                           arena_format(b.c.arena, TWO, i ? "2.0" : "1.0", loses[_i].pass[i],
                                        loses[_i].checks[i]));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, id[0]));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    int64_t run = bench_backtest(&b, &(struct backtest_ask){.version = id[1]});
    bench_must(&b, backtest_view(&d, run, &v, &b.e));
    check_counts(&v, _i);
    const char *says =
        arena_format(b.c.arena, "%d lose their score or outcome, %d gain one (%.1f %%)",
                     loses[_i].n.lost, loses[_i].n.gained, *loses[_i].why ? 100.0 : 0.0);
    ck_assert_msg(strstr(v.verdict, says) != NULL, "%s", v.verdict);
    if (*loses[_i].why)
        bench_refused(&b, bench_publish(&b, STORE_MANAGER, id[1]), ERR_CONFLICT, loses[_i].why);
    bench_must(&b, bench_publish(&b, *loses[_i].why ? STORE_ADMIN : STORE_MANAGER, id[1]));
    bench_close(&b);
}
END_TEST

/* The card "ten", whose own function fails where somebody says bye. */
static int64_t keep_failing(struct bench *b, const char *version)
{
    static const char when[] = "when = function(call)\n"
                               "  if call.find { any = { 'bye' } } then error('oh') end\n"
                               "  return true end, ";
    const char *text = bench_card(b, version, "'thank you'", 50, "yes");
    const char *type = strstr(text, "type =");
    return bench_keep(b, STORE_MANAGER,
                      arena_format(b->c.arena, "%.*s%s%s", (int)(type - text), text, when, type));
}

/* As in scoring, a call about which the card's own function fails is no other card's. */
START_TEST(S15_a_call_that_applies_fails_on_loses_its_score)
{
    struct bench b;
    struct backtest_view v;
    bench_open(&b);
    bench_limits(&b, "10", "5");
    add_calls(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)), two = keep_failing(&b, "2.0");
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    int64_t run = bench_backtest(&b, &(struct backtest_ask){.version = two});
    bench_must(&b, backtest_view(&d, run, &v, &b.e));
    ck_assert_msg(strstr(v.verdict, "2 lose their score or outcome") != NULL, "%s", v.verdict);
    ck_assert_str_eq(table_cell(v.moved, 0, 6)->text, "not scored");
    ck_assert_ptr_nonnull(strstr(table_cell(v.moved, 0, 7)->text, "`applies` ended without"));
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, two), ERR_CONFLICT, "20.0 %");
    bench_close(&b);
}
END_TEST

static bool note_done(void *context, size_t done, size_t all)
{
    (void)all;
    *(size_t *)context = done + 1;
    return true;
}

/* Calls are asked about many at once, but counted one after the other, newest first: the old ones
 * fail. */
START_TEST(test_five_failed_runs_end_a_side)
{
    enum { MANY = 40, WELL = 23 };
    struct bench b;
    struct call call;
    struct backtest_view v;
    struct backtest_limit limit;
    size_t done = 0;
    int64_t id;
    bench_open(&b);
    bench_must(&b, store_begin(b.c.store, &b.e));
    for (int i = 1; i <= MANY; i++)
        bench_call(&b, &call, i, "Ann", i <= MANY - WELL ? "Goodbye. Bye." : "Thank you.");
    bench_must(&b, store_commit(b.c.store, &b.e));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    int64_t good = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)), bad = keep_failing(&b, "2.0");
    struct backtest_ask ask = {.version = good, .against = bad, .most = MANY};
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &ask), &v, &b.e));
    const char *says = arena_format(b.c.arena,
                                    "both versions fit %d; only the old one fits 0, "
                                    "only the new one 0",
                                    WELL + CARD_FAILURES);
    ck_assert_msg(strstr(v.verdict, says) != NULL, "%s", v.verdict);
    says = arena_format(b.c.arena, "The old one was not asked about %d more that the new one fits",
                        MANY - WELL - CARD_FAILURES);
    ck_assert_msg(strstr(v.verdict, says) != NULL, "%s", v.verdict);
    bench_limits(&b, "99", "5");
    bench_must(&b, backtest_limit(&d, good, &limit, &b.e));
    ck_assert_msg(strstr(limit.why, "asked about 28 calls only") != NULL, "%s", limit.why);
    ask = (struct backtest_ask){.version = bad, .against = good, .most = MANY};
    struct backtest_means means = {
        .writer = b.c.store, .runner = b.r, .progress = note_done, .context = &done};
    bench_must(&b, backtest_want(&d, &ask, &id, &b.e));
    bench_refused(&b, backtest_run(&means, id, &b.e), ERR_INPUT, "5 runs of ten 2.0 in a row");
    ck_assert_uint_eq(done, WELL + CARD_FAILURES - 1);
    bench_close(&b);
}
END_TEST

/* What an older program kept has no count of them: it is asked for anew. */
START_TEST(test_a_result_without_lost_scores)
{
    struct bench b;
    struct store_backtest old;
    bench_open(&b);
    bench_limits(&b, "20", "5");
    add_calls(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
            two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    int64_t run = bench_backtest(&b, &(struct backtest_ask){.version = two});
    bench_must(&b, store_backtest_get(b.c.store, run, b.c.arena, &old, &b.e));
    memcpy(strstr(old.result, "\"lost\""), "\"last\"", 6);
    bench_must(&b, store_begin(b.c.store, &b.e) &&
                       store_end(b.c.store, store_backtest_set(b.c.store, &old, &b.e), &b.e));
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, two), ERR_CONFLICT, "an older program");
    bench_backtest(&b, &(struct backtest_ask){.version = two});
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    bench_close(&b);
}
END_TEST

TCase *desk_backtest_limits_case(void)
{
    TCase *t = tcase_create("backtest_limits");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_not_without_a_backtest);
    tcase_add_loop_test(t, S15_a_lost_score_takes_two_people, 0, sizeof loses / sizeof *loses);
    tcase_add_test(t, S15_a_call_that_applies_fails_on_loses_its_score);
    tcase_add_test(t, test_five_failed_runs_end_a_side);
    tcase_add_test(t, test_a_result_without_lost_scores);
    return t;
}
