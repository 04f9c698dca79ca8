/* What a backtest says of itself: why a call moves, what it was held against. */
#include "test_desk.h"
#include "test_desk_bench.h"

#include <string.h>

static void add_call(struct bench *b)
{
    struct call call;
    bench_must(b, store_begin(b->c.store, &b->e));
    bench_call(b, &call, 1, "Ann", "Hello there.");
    bench_must(b, store_commit(b->c.store, &b->e));
}

#define ASKS(version, questions)                                                                   \
    "return card { id = 'ten', version = '" version "', title = 'X', weight = 'question',\n"       \
    "  applies = { type = 'ten' }, section 'all' { title = 'All', weight = 100,\n" questions       \
    "  } }\n"
#define SAYS(id, what)                                                                             \
    "    yes_no '" id "' { ask = 'Is it so?', check = function() return " what " end },\n"

static const struct {
    const char *now, *then, *why;
} reasons[] = {
    {ASKS("1.0", SAYS("a", "no('so')")), ASKS("2.0", SAYS("a", "yes('so')")), "a: no \u2192 yes"},
    {ASKS("1.0", SAYS("a", "na('so')")), ASKS("2.0", SAYS("a", "na('so')") SAYS("b", "no('so')")),
     "b: new \u2192 no"},
    {ASKS("1.0", SAYS("a", "no('so')") SAYS("b", "yes('so')")), ASKS("2.0", SAYS("a", "no('so')")),
     "b: yes \u2192 gone"},
    {ASKS("1.0", SAYS("a", "no('so')") SAYS("b", "na('so')")),
     ASKS("2.0", SAYS("a", "yes('so')") SAYS("c", "na('so')")), "a: no \u2192 yes"},
};

/* Why a call moves: an answer that differs, a question that came or went and counts. */
START_TEST(test_because)
{
    struct bench b;
    struct backtest_view v;
    bench_open(&b);
    add_call(&b);
    bench_must(&b,
               bench_publish(&b, STORE_MANAGER, bench_keep(&b, STORE_MANAGER, reasons[_i].now)));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {.version = bench_keep(&b, STORE_MANAGER, reasons[_i].then)};
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &ask), &v, &b.e));
    ck_assert_uint_eq(table_rows(v.moved), 1);
    ck_assert_str_eq(table_cell(v.moved, 0, 7)->text, reasons[_i].why);
    bench_close(&b);
}
END_TEST

#define WIDE                                                                                       \
    "return card { id = 'wide', version = '1.0', title = 'X', weight = 'question',\n"              \
    "  applies = { channel = { 'voice', 'chat' } }, section 'all' { title = 'All', weight = "      \
    "100,\n" SAYS("a", "yes('so')") "  } }\n"

/* Of the published version, too: it has its calls already, and the one before it is what it changed
 * from. */
START_TEST(test_of_the_published_version)
{
    struct bench b;
    struct backtest_view v;
    struct store_card against;
    bench_open(&b);
    add_call(&b);
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    int64_t wide = bench_keep(&b, STORE_MANAGER, WIDE),
            one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
            two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, wide));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &(struct backtest_ask){.version = one}), &v,
                                 &b.e));
    ck_assert_ptr_nonnull(strstr(v.verdict, "the first version of its card that was published"));
    ck_assert_ptr_null(strstr(v.verdict, "Among the published cards"));
    ck_assert_uint_eq(table_rows(v.cards), 0);
    ck_assert(!table_cell(v.questions, 0, 2)->known && !table_cell(v.questions, 0, 3)->known);
    ck_assert(!table_cell(v.scores, 0, 1)->known && table_cell(v.scores, 0, 2)->known);
    ck_assert(!table_cell(v.agents, 0, 4)->known && table_cell(v.agents, 0, 5)->known);
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &(struct backtest_ask){.version = two}), &v,
                                 &b.e));
    ck_assert_int_eq(v.run.against, one);
    ck_assert_uint_eq(table_rows(v.cards), 0);
    ck_assert_ptr_nonnull(strstr(v.verdict, "both versions fit 1;"));
    struct store_card retired = {.id = one, .card = "ten"};
    bench_must(&b, backtest_default(&d, &retired, &against, &b.e));
    ck_assert_int_eq(against.id, two);
    bench_close(&b);
}
END_TEST

static const struct {
    int64_t since, most;
    const char *says, *since_cell;
} bounds[] = {
    {0, 0, "Held against ten 1.0; of all calls.", "the first on"},
    {0, 7, "Held against ten 1.0; of all calls, the newest 7.", "the first on"},
    {1790985600000, 7, "Held against ten 1.0; of the calls from 2026-10-03 on, the newest 7.",
     "2026-10-03"},
};

/* A run says what it was: to who looks at it, in the list of runs, in what is kept of it. */
START_TEST(test_what_was_asked)
{
    struct bench b;
    struct backtest_view v;
    struct table *runs;
    bench_open(&b);
    add_call(&b);
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {.against = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
                               .version = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b)),
                               .since = bounds[_i].since,
                               .most = bounds[_i].most};
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &ask), &v, &b.e));
    ck_assert_str_eq(v.asked, bounds[_i].says);
    ck_assert_int_eq(strstr(v.run.result, "\"limit\":7") != NULL, bounds[_i].most != 0);
    ck_assert_int_eq(strstr(v.run.result, "\"since\":\"2026-10-03T") != NULL,
                     bounds[_i].since != 0);
    bench_must(&b, backtest_table(&d, ask.version, &runs, &b.e));
    ck_assert_str_eq(table_cell(runs, 0, 4)->text, "ten 1.0");
    ck_assert_str_eq(table_cell(runs, 0, 5)->text, bounds[_i].since_cell);
    ck_assert_int_eq(table_cell(runs, 0, 6)->known, bounds[_i].most != 0);
    bench_close(&b);
}
END_TEST

/* A mean reads as every other percentage does. */
START_TEST(test_mean_with_one_digit)
{
    struct bench b;
    struct backtest_view v;
    bench_open(&b);
    add_call(&b);
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {
        .version = bench_keep(
            &b, STORE_MANAGER,
            ASKS("1.0", SAYS("a", "yes('so')") SAYS("b", "no('so')") SAYS("c", "no('so')")))};
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &ask), &v, &b.e));
    ck_assert_double_eq(table_cell(v.summary, 2, 2)->number, 33.3);
    bench_close(&b);
}
END_TEST

TCase *desk_backtest_told_case(void)
{
    TCase *t = tcase_create("backtest_told");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, test_because, 0, sizeof reasons / sizeof *reasons);
    tcase_add_test(t, test_of_the_published_version);
    tcase_add_test(t, test_mean_with_one_digit);
    tcase_add_loop_test(t, test_what_was_asked, 0, sizeof bounds / sizeof *bounds);
    return t;
}
