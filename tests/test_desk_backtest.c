/* A backtest held against ten calls counted by hand; what it leaves alone; stopping. */
#include "test_desk.h"
#include "test_desk_bench.h"

#include "desk/cards_try.h"
#include "desk/evaluate.h"
#include "desk/settings.h"
#include "store/sheets.h"

#include <malloc.h>
#include <string.h>

#define THANK "Thank you for calling. "
#define SORRY "I am sorry. "
#define HELLO "Hello there. "
static const char *const said[] = {
    THANK SORRY,       THANK,  SORRY,       "Yes?", THANK SORRY, HELLO, THANK,
    THANK SORRY HELLO, "Yes?", SORRY HELLO,
};
enum { CALLS = sizeof said / sizeof *said };

static struct call calls[CALLS];

static void add_calls(struct bench *b)
{
    bench_must(b, store_begin(b->c.store, &b->e));
    for (int i = 0; i < CALLS; i++)
        bench_call(b, &calls[i], i + 1, i % 2 ? "Even" : "Odd", said[i]);
    bench_must(b, store_commit(b->c.store, &b->e));
}

static void review(struct bench *b, int64_t card, int call, const char *greeting, const char *sorry)
{
    struct desk d = centre_desk(&b->c, STORE_EVALUATOR);
    struct evaluate_result result;
    const struct evaluate_field fields[] = {
        {"a.greeting", greeting}, {"a.sorry", sorry}, {NULL, NULL}};
    struct evaluate_post p = {
        .call_id = calls[call - 1].id, .card_version = card, .fields = fields};
    bench_must(b, evaluate_submit(&d, &p, &result, &b->e));
}

static double cell(const struct table *t, size_t row, size_t column)
{
    const struct table_cell *c = table_cell(t, row, column);
    return c->known ? c->number : -1;
}

/* By hand: of greeting and sorry, 1.0 gives 100 50 50 0 100 0 50 100 0 50; 2.0, in which hello
 * greets too and sorry counts three times, 100 25 75 0 100 25 25 100 0 100. */
static const struct {
    const char *bin;
    int before, after;
} by_hand[] = {
    {"0 to under 10 %", 3, 2},   {"10 to under 20 %", 0, 0},
    {"20 to under 30 %", 0, 3},  {"30 to under 40 %", 0, 0},
    {"50 to under 60 %", 4, 0},  {"70 to under 80 %", 0, 1},
    {"90 to under 100 %", 0, 0}, {"100 %", 3, 4},
    {"not scored", 0, 0},
};

static void check_sums(const struct backtest_view *v)
{
    ck_assert_int_eq((int)cell(v->summary, 0, 1), 10); /* calls */
    ck_assert_int_eq((int)cell(v->summary, 0, 2), 10);
    ck_assert_double_eq(cell(v->summary, 2, 1), 50); /* mean */
    ck_assert_double_eq(cell(v->summary, 2, 2), 55);
    ck_assert_int_eq((int)cell(v->summary, 3, 1), 7); /* passed */
    ck_assert_int_eq((int)cell(v->summary, 3, 2), 5);
    for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++) {
        size_t row = bench_row(v->scores, by_hand[i].bin);
        ck_assert_int_eq((int)cell(v->scores, row, 1), by_hand[i].before);
        ck_assert_int_eq((int)cell(v->scores, row, 2), by_hand[i].after);
    }
    ck_assert_ptr_nonnull(strstr(v->verdict, "0 turn from not passed to passed"));
    ck_assert_ptr_nonnull(strstr(v->verdict, "2 from passed to not passed (20.0 %)"));
}

/* Odd calls: 100 50 100 50 0, then 100 75 100 25 0; even: 50 0 0 100 50, then 25 0 25 100 100. */
static void check_groups(const struct backtest_view *v)
{
    size_t odd = bench_row(v->agents, "Odd"), even = bench_row(v->agents, "Even");
    ck_assert_int_eq((int)cell(v->agents, odd, 1), 5);
    ck_assert_double_eq(cell(v->agents, odd, 2), 60);
    ck_assert_double_eq(cell(v->agents, odd, 3), 60);
    ck_assert_double_eq(cell(v->agents, even, 2), 40);
    ck_assert_double_eq(cell(v->agents, even, 3), 50);
    ck_assert_int_eq((int)cell(v->agents, odd, 4), 4); /* passed */
    ck_assert_int_eq((int)cell(v->agents, odd, 5), 3);
    ck_assert_int_eq((int)cell(v->agents, odd, 6), 1);  /* call 7 */
    ck_assert_int_eq((int)cell(v->agents, even, 6), 1); /* call 2 */
    ck_assert_uint_eq(table_rows(v->types), 1);
    ck_assert_int_eq((int)cell(v->types, bench_row(v->types, "ten"), 1), 10);
}

/* Calls 6 and 10 are greeted now. People said of 1: yes, of 6: no. */
static void check_questions(const struct backtest_view *v)
{
    ck_assert_int_eq((int)cell(v->questions, 0, 3), 2);
    ck_assert_int_eq((int)cell(v->questions, 0, 4), 2);
    ck_assert_double_eq(cell(v->questions, 0, 5), 100);
    ck_assert_double_eq(cell(v->questions, 0, 6), 50);
    ck_assert_int_eq((int)cell(v->questions, 1, 3), 0);
    ck_assert_double_eq(cell(v->questions, 1, 6), 100);
}

static void check_moved(const struct backtest_view *v)
{
    ck_assert_uint_eq(table_rows(v->moved), 5); /* 2 3 6 7 10 */
    ck_assert_str_eq(table_cell(v->moved, 0, 0)->text, calls[9].id);
    ck_assert_double_eq(cell(v->moved, 0, 3), 50);
    ck_assert_double_eq(cell(v->moved, 0, 4), 100);
    ck_assert_ptr_nonnull(strstr(table_cell(v->moved, 0, 7)->text, "greeting: no"));
    ck_assert_ptr_nonnull(strstr(table_cell(v->moved, 0, 0)->link, "/calls/"));
}

START_TEST(test_ten_by_hand)
{
    struct bench b;
    struct backtest_view v;
    struct backtest_limit limit;
    bench_open(&b);
    bench_limits(&b, "10", "5");
    add_calls(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
            two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    review(&b, one, 1, "yes", "yes");
    review(&b, one, 6, "no", "no");
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    int64_t id = bench_backtest(&b, &(struct backtest_ask){.version = two});
    bench_must(&b, backtest_view(&d, id, &v, &b.e));
    ck_assert_int_eq(v.run.state, STORE_BACKTEST_DONE);
    ck_assert_str_eq(v.asked, "Held against ten 1.0; of all calls.");
    check_sums(&v);
    check_groups(&v);
    check_questions(&v);
    check_moved(&v);
    /* 20 % turn; the limit is 10: it takes another than who drafted it. */
    bench_must(&b, backtest_limit(&d, two, &limit, &b.e));
    ck_assert_ptr_nonnull(strstr(limit.why, "20.0 %"));
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, two), ERR_CONFLICT, "20.0 %");
    struct desk admin = centre_desk(&b.c, STORE_ADMIN);
    bench_refused(&b, settings_put(&d, SETTINGS_FLIPS_MOST, "20", &b.e), ERR_DENIED,
                  "Only an admin");
    bench_must(&b, settings_put(&admin, SETTINGS_FLIPS_MOST, "20", &b.e) &&
                       backtest_limit(&d, two, &limit, &b.e));
    ck_assert_str_eq(limit.why, "");
    /* The same run again finds the same, and neither touched a sheet. */
    int64_t again = bench_backtest(&b, &(struct backtest_ask){.version = two});
    struct store_backtest x, y;
    bench_must(&b, store_backtest_get(b.c.store, id, b.c.arena, &x, &b.e) &&
                       store_backtest_get(b.c.store, again, b.c.arena, &y, &b.e));
    ck_assert_str_eq(x.result, y.result);
    bench_close(&b);
}
END_TEST

#define MINE(applies)                                                                              \
    "return card { id = 'mine', version = '1.0', title = 'X', weight = 'question',\n"              \
    "  applies = { " applies " }, section 'all' { title = 'All', weight = 100,\n"                  \
    "    yes_no 'greeting' { ask = 'Greeted?' } } }\n"
#define WIDE                                                                                       \
    "return card { id = 'wide', version = '1.0', title = 'X', weight = 'question',\n"              \
    "  applies = { channel = { 'voice', 'chat' } }, section 'all' { title = 'All', weight = "      \
    "100,\n"                                                                                       \
    "    yes_no 'greeting' { ask = 'Greeted?' } } }\n"

static const struct {
    const char *now, *then; /* what the card "mine" applies to, "" for no published one */
    const char *from, *to;  /* NULL: no call changes card */
    int calls;
    const char *says;
} claims[] = {
    {"type = 'ten'", "type = 'nine'", "mine", "wide", 10, "leaves 10 to others"},
    {"type = 'ten'", "queue = 'q'", "mine", "wide", 10, "leaves 10 to others"},
    {"type = 'nine'", "type = { 'nine', 'ten' }", "wide", "mine", 10, "takes 10 calls from others"},
    {"type = { 'nine', 'ten' }", "type = 'ten'", NULL, NULL, 0, ""},
    {"type = 'ten'", "type = 'ten', direction = 'inbound'", NULL, NULL, 0, ""},
    {"", "type = 'ten'", "wide", "mine", 10, "takes 10 calls from others"},
};

/* A candidate that claims other calls takes them from, or leaves them to, the other published
 * cards. */
START_TEST(test_calls_change_card)
{
    struct bench b;
    struct backtest_view v;
    struct backtest_limit limit;
    bench_open(&b);
    add_calls(&b);
    bench_must(&b, bench_publish(&b, STORE_MANAGER, bench_keep(&b, STORE_MANAGER, WIDE)));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    if (*claims[_i].now)
        bench_must(&b,
                   bench_publish(&b, STORE_MANAGER,
                                 bench_keep(&b, STORE_MANAGER,
                                            arena_format(b.c.arena, MINE("%s"), claims[_i].now))));
    struct backtest_ask ask = {
        .version =
            bench_keep(&b, STORE_MANAGER, arena_format(b.c.arena, MINE("%s"), claims[_i].then)),
        .since = calls[0].answered};
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &ask), &v, &b.e));
    ck_assert_uint_eq(table_rows(v.cards), claims[_i].from != NULL);
    ck_assert_msg(strstr(v.verdict, claims[_i].says) != NULL, "%s", v.verdict);
    ck_assert_int_eq(strstr(v.verdict, "Among the published") != NULL, claims[_i].from != NULL);
    if (claims[_i].from) {
        ck_assert_str_eq(table_cell(v.cards, 0, 0)->text, claims[_i].from);
        ck_assert_str_eq(table_cell(v.cards, 0, 1)->text, claims[_i].to);
        ck_assert_int_eq((int)cell(v.cards, 0, 2), claims[_i].calls);
        bench_limits(&b, "99", "5");
        bench_must(&b, backtest_limit(&d, ask.version, &limit, &b.e));
        ck_assert_msg(strstr(limit.why, *claims[_i].now ? "looked at" : "change card") != NULL,
                      "%s", limit.why);
    }
    bench_close(&b);
}
END_TEST

/* S15: a run reads; automatic sheets, people's sheets and calls are the same bytes after it. */
START_TEST(test_touches_nothing)
{
    struct bench b;
    struct buf before = {0}, after = {0};
    bench_open(&b);
    add_calls(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
            two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    int64_t id;
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    bench_must(&b, backtest_want(&d, &(struct backtest_ask){.version = two}, &id, &b.e));
    bench_must(&b, store_dump(b.c.store, &before, &b.e));
    struct backtest_means means = {.writer = b.c.store, .runner = b.r};
    bench_must(&b, backtest_run(&means, id, &b.e));
    bench_must(&b, store_dump(b.c.store, &after, &b.e));
    const char *from = strstr(buf_text(&before), "\nsheets ");
    const char *to = strstr(buf_text(&after), "\nsheets ");
    ck_assert(!from == !to && (!from || strcmp(from, to) == 0));
    buf_free(&before), buf_free(&after);
    bench_close(&b);
}
END_TEST

static const struct {
    struct backtest_ask ask;
    int calls;
} parts[] = {
    {{.most = 3}, 3}, {{.most = 100}, 10}, {{.since = 5}, 5}, /* minutes ago */
};

START_TEST(test_part_of_the_calls)
{
    struct bench b;
    struct backtest_view v;
    bench_open(&b);
    add_calls(&b);
    struct backtest_ask ask = parts[_i].ask;
    ask.version = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    ask.since = ask.since ? calls[CALLS - ask.since].answered : calls[0].answered;
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &ask), &v, &b.e));
    ck_assert_int_eq((int)cell(v.summary, 0, 2), parts[_i].calls);
    ck_assert_int_eq((int)cell(v.summary, 0, 1), -1);
    ck_assert_ptr_nonnull(strstr(v.verdict, "No other version of this card is published"));
    bench_close(&b);
}
END_TEST

/* S5: names are free text of what came in. */
START_TEST(S5_few_groups_of_many_names)
{
    enum { MANY = BACKTEST_GROUPS + 7 };
    struct bench b;
    struct backtest_view v;
    struct call call;
    bench_open(&b);
    bench_must(&b, store_begin(b.c.store, &b.e));
    for (int i = 1; i <= MANY; i++)
        bench_call(&b, &call, i, arena_format(b.c.arena, "Agent %04d", i), said[0]);
    bench_must(&b, store_commit(b.c.store, &b.e));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {.version = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
                               .most = MANY};
    bench_must(&b, backtest_view(&d, bench_backtest(&b, &ask), &v, &b.e));
    ck_assert_uint_eq(table_rows(v.agents), BACKTEST_GROUPS + 1);
    ck_assert_str_eq(table_cell(v.agents, 0, 0)->text, "Agent 0008");
    size_t others = bench_row(v.agents, "all others");
    ck_assert_uint_eq(others, BACKTEST_GROUPS);
    ck_assert_int_eq((int)cell(v.agents, others, 1), MANY - BACKTEST_GROUPS);
    ck_assert_double_eq(cell(v.agents, others, 3), 100); /* mean */
    ck_assert_uint_eq(table_rows(v.types), 1);
    bench_close(&b);
}
END_TEST

#define LONG(answer, letter)                                                                       \
    "return card { id = 'ten', version = '" letter "', title = 'Ten', weight = 'question',\n"      \
    "  applies = { channel = 'voice', type = { 'ten' } },\n"                                       \
    "  section 'all' { title = 'All', weight = 100,\n"                                             \
    "    yes_no 'is' { ask = 'Is it?', check = function() return " answer "('heard') end },\n"     \
    "    text 'words' { ask = 'What?', check = function()\n"                                       \
    "      return value(string.rep('" letter "', 4000), 'heard') end } } }\n"

enum { LONG_CALLS = 300, LONG_BEGUN = 50 };

static bool weigh(void *context, size_t done, size_t all)
{
    size_t *used = context;
    (void)all;
    if (done == LONG_BEGUN)
        used[0] = mallinfo2().uordblks;
    if (done == LONG_CALLS - 1)
        used[1] = mallinfo2().uordblks;
    return true;
}

/* Every call moves, and says so at length; twenty are told. */
START_TEST(test_memory_for_the_calls_that_are_told)
{
    struct bench b;
    struct backtest_view v;
    struct call call;
    size_t used[2] = {0, 0};
    bench_open(&b);
    bench_must(&b, store_begin(b.c.store, &b.e));
    for (int i = 1; i <= LONG_CALLS; i++)
        bench_call(&b, &call, i, "Ann", said[0]);
    bench_must(&b, store_commit(b.c.store, &b.e));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {.most = LONG_CALLS};
    struct backtest_means means = {
        .writer = b.c.store, .runner = b.r, .progress = weigh, .context = used};
    int64_t id;
    ask.against = bench_keep(&b, STORE_MANAGER, LONG("yes", "x"));
    ask.version = bench_keep(&b, STORE_MANAGER, LONG("no", "y"));
    bench_must(&b, backtest_want(&d, &ask, &id, &b.e) && backtest_run(&means, id, &b.e) &&
                       backtest_view(&d, id, &v, &b.e));
    ck_assert_uint_eq(table_rows(v.moved), BACKTEST_MOVED);
    ck_assert_uint_gt(strlen(table_cell(v.moved, 0, 7)->text), 8000);
    ck_assert_uint_lt(used[1], used[0] + (1 << 20));
    bench_close(&b);
}
END_TEST

static bool stop(void *context, size_t done, size_t all)
{
    (void)all;
    *(size_t *)context = done;
    return done < 3;
}

START_TEST(test_stopped_and_begun_again)
{
    struct bench b;
    size_t done = 0;
    int64_t id, waiting;
    bench_open(&b);
    add_calls(&b);
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {.version = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b))};
    struct backtest_means means = {
        .writer = b.c.store, .runner = b.r, .progress = stop, .context = &done};
    bench_must(&b, backtest_want(&d, &ask, &id, &b.e));
    bench_refused(&b, backtest_run(&means, id, &b.e), ERR_BUSY, "begins again");
    ck_assert_uint_eq(done, 3);
    bench_must(&b, backtest_recover(b.c.store, false, &b.e) &&
                       backtest_waiting(b.c.store, &waiting, &b.e));
    ck_assert_int_eq(waiting, id);
    means.progress = NULL;
    bench_must(&b, backtest_run(&means, id, &b.e) && backtest_waiting(b.c.store, &waiting, &b.e));
    ck_assert_int_eq(waiting, 0);
    ask.against = ask.version;
    bench_refused(&b, backtest_want(&d, &ask, &id, &b.e), ERR_INPUT, "against itself");
    ask.version = 999;
    bench_refused(&b, backtest_want(&d, &ask, &id, &b.e), ERR_MISSING, "no such version");
    ask.version = bench_keep(&b, STORE_MANAGER, "nonsense");
    bench_refused(&b, backtest_want(&d, &ask, &id, &b.e), ERR_INPUT, "does not load");
    bench_close(&b);
}
END_TEST

/* A result that the disk does not take is a failure that can be read, and leaves no one waiting. */
START_TEST(test_a_result_that_cannot_be_kept)
{
    struct bench b;
    struct backtest_view v;
    int64_t id, open;
    bench_open(&b);
    add_calls(&b);
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {.version = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b))};
    struct backtest_means means = {.writer = b.c.store, .runner = b.r};
    bench_must(&b, backtest_want(&d, &ask, &id, &b.e));
    bench_sql(&b, "CREATE TRIGGER full BEFORE UPDATE ON backtests WHEN length(NEW.result) > 999"
                  " BEGIN SELECT RAISE(ABORT, 'no room'); END");
    bench_refused(&b, backtest_run(&means, id, &b.e), ERR_CONFLICT, "no room");
    bench_must(&b, backtest_view(&d, id, &v, &b.e) &&
                       store_backtest_open(b.c.store, d.user, &open, &b.e));
    ck_assert_int_eq(v.run.state, STORE_BACKTEST_FAILED);
    ck_assert_ptr_nonnull(strstr(v.verdict, "It failed: "));
    ck_assert_ptr_nonnull(strstr(v.verdict, "no room"));
    ck_assert_int_eq(open, 0);
    bench_close(&b);
}
END_TEST

/* What is run at the console is nobody else's to run, nor to begin again while it runs. */
START_TEST(test_the_console_runs_its_own)
{
    struct bench b;
    int64_t id, waiting;
    bench_open(&b);
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct backtest_ask ask = {.version = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b))};
    d.user = 0;
    bench_must(&b, backtest_want(&d, &ask, &id, &b.e) && backtest_recover(b.c.store, true, &b.e) &&
                       backtest_waiting(b.c.store, &waiting, &b.e));
    ck_assert_int_eq(waiting, 0);
    bench_must(&b, backtest_recover(b.c.store, false, &b.e) &&
                       backtest_waiting(b.c.store, &waiting, &b.e));
    ck_assert_int_eq(waiting, id);
    bench_close(&b);
}
END_TEST

/* --- a review kept as a test --- */

/* S5: nobody fills the queue of what runs one after the other. */
START_TEST(S5_a_person_has_few_backtests_at_a_time)
{
    struct bench b;
    int64_t id = 0;
    bench_open(&b);
    struct backtest_ask ask = {.version = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b))};
    struct desk d = centre_desk(&b.c, STORE_MANAGER), other = centre_desk(&b.c, STORE_ADMIN);
    for (int i = 0; i < BACKTEST_EACH; i++)
        bench_must(&b, backtest_want(&d, &ask, &id, &b.e));
    bench_refused(&b, backtest_want(&d, &ask, &id, &b.e), ERR_CONFLICT, "3 backtests of yours");
    bench_must(&b, backtest_want(&other, &ask, &id, &b.e));
    struct backtest_means means = {.writer = b.c.store, .runner = b.r};
    bench_must(&b, backtest_waiting(b.c.store, &id, &b.e) && backtest_run(&means, id, &b.e));
    bench_must(&b, backtest_want(&d, &ask, &id, &b.e));
    bench_close(&b);
}
END_TEST

START_TEST(test_review_becomes_a_test)
{
    struct bench b;
    struct store_card card;
    struct store_sheet_row *rows;
    size_t n;
    int64_t total, id;
    bench_open(&b);
    add_calls(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    review(&b, one, 6, "yes", "no"); /* says hello, which 1.0 takes for no greeting */
    struct store_sheet_filter f = {.call = calls[5].id};
    struct store_page page = {0};
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    bench_must(
        &b, store_sheet_list(b.c.store, &d.viewer, &f, &page, b.c.arena, &rows, &n, &total, &b.e));
    ck_assert_uint_eq(n, 1);
    bench_refused(&b, cards_keep_test(&d, b.r, rows[0].id, " ", &id, &b.e), ERR_INPUT, "a name");
    bench_refused(&b, cards_keep_test(&d, b.r, 999, "x", &id, &b.e), ERR_MISSING, "");
    bench_must(&b, cards_keep_test(&d, b.r, rows[0].id, "hello is a greeting", &id, &b.e));
    bench_must(&b, store_card_get(b.c.store, id, b.c.arena, &card, &b.e));
    ck_assert_int_ne(id, one);
    ck_assert_int_eq(card.state, STORE_CARD_DRAFT);
    ck_assert_ptr_nonnull(strstr(card.text, "hello is a greeting"));
    ck_assert_ptr_nonnull(strstr(card.report, "hello is a greeting"));
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, id), ERR_INPUT, "hello is a greeting");
    bench_close(&b);
}
END_TEST

TCase *desk_backtest_case(void)
{
    TCase *t = tcase_create("backtest");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_ten_by_hand);
    tcase_add_loop_test(t, test_calls_change_card, 0, sizeof claims / sizeof *claims);
    tcase_add_test(t, test_touches_nothing);
    tcase_add_loop_test(t, test_part_of_the_calls, 0, (int)(sizeof parts / sizeof *parts));
    tcase_add_test(t, test_memory_for_the_calls_that_are_told);
    tcase_add_test(t, S5_few_groups_of_many_names);
    tcase_add_test(t, test_stopped_and_begun_again);
    tcase_add_test(t, test_a_result_that_cannot_be_kept);
    tcase_add_test(t, test_the_console_runs_its_own);
    tcase_add_test(t, S5_a_person_has_few_backtests_at_a_time);
    tcase_add_test(t, test_review_becomes_a_test);
    return t;
}
