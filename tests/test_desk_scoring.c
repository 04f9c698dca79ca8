/* Calls that wait to be scored: what puts them there, what takes them off, stopping and going on,
 * and that a server's way of scoring gives the console's bytes. */
#include "test_desk.h"
#include "test_desk_bench.h"

#include "desk/scoring.h"
#include "desk/settings.h"
#include "score/card.h"
#include "store/calls.h"
#include "store/sheets.h"
#include "store/unscored.h"

#include <stdlib.h>
#include <string.h>

enum { CALLS = 45 /* more than two batches of a server */, OTHERS = 2 };

static struct bench b;

static struct call make_call(int i, const char *type, const char *said)
{
    struct call c;
    struct call_turn *turn = arena_take(b.c.arena, sizeof *turn);
    *turn = (struct call_turn){CALL_AGENT, 0, 4000, said, NULL, 0};
    call_init(&c);
    c.source = type;
    c.source_key = arena_format(b.c.arena, "%d", i);
    c.type = type;
    c.answered = b.c.now - i * 60000;
    c.turns = turn;
    c.n_turns = 1;
    bench_must(&b, call_finish(&c, b.c.arena, &b.e));
    return c;
}

static enum store_put put(struct call c)
{
    enum store_put what;
    struct store_act act = {0, b.c.now, ""};
    bench_must(&b, store_begin(b.c.store, &b.e) &&
                       store_call_put(b.c.store, &c, &act, &what, &b.e) &&
                       store_commit(b.c.store, &b.e));
    return what;
}

static int64_t count(enum store_unscored state)
{
    int64_t n = -1;
    bench_must(&b, store_unscored_count(b.c.store, state, &n, &b.e));
    return n;
}

/* The centre's own card was made without a text: it goes, so that the card of ten may speak. */
static void setup(void)
{
    bench_open(&b);
    struct store_act act = {0, b.c.now, ""};
    int64_t card = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, card));
    bench_must(&b, store_begin(b.c.store, &b.e) &&
                       store_card_retire(b.c.store, b.c.card, &act, &b.e) &&
                       store_commit(b.c.store, &b.e));
    for (int i = 0; i < CALLS; i++)
        put(make_call(i, "ten", i % 3 ? "Thank you for calling. I am sorry." : "Yes?"));
    for (int i = 0; i < OTHERS; i++)
        put(make_call(i, "eleven", "Hello."));
}

static void teardown(void)
{
    bench_close(&b);
}

static bool after_one(void *context, size_t done, size_t all)
{
    (void)context, (void)done, (void)all;
    return false;
}

static struct scoring_means means(scoring_progress *progress)
{
    return (struct scoring_means){.store = b.c.store,
                                  .runner = b.r,
                                  .clock = {.fixed_ms = b.c.now},
                                  .program = "test",
                                  .progress = progress};
}

static struct scoring_sum score(void)
{
    struct scoring_sum sum = {0};
    struct scoring_means m = means(NULL);
    bench_must(&b, scoring_new(&m, &sum, &b.e));
    return sum;
}

static const char *dump(void)
{
    struct buf out = {0};
    bench_must(&b, store_dump(b.c.store, &out, &b.e));
    const char *text = arena_text(b.c.arena, buf_all(&out));
    buf_free(&out);
    return text;
}

/* Of the centre's three calls one has a sheet; no card fits the other two. */
START_TEST(test_what_waits_is_scored_as_the_console_does_it)
{
    struct scoring_sum sum = {0};
    struct scoring_means m = means(after_one);
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), CALLS + OTHERS + 2);
    bench_refused(&b, scoring_new(&m, &sum, &b.e), ERR_BUSY, "goes on");
    ck_assert_uint_eq(sum.calls, 20);
    int64_t left = count(STORE_UNSCORED_WAITS);
    ck_assert_int_eq(left, CALLS + OTHERS + 2 - 20);
    sum = score();
    ck_assert_int_eq((int64_t)sum.calls, left);
    ck_assert_uint_eq(sum.failed, 0);
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), 0);
    ck_assert_int_eq(count(STORE_UNSCORED_UNFITTED), OTHERS + 2);
    ck_assert_uint_eq(score().calls, 0);
    const char *before = dump();
    m = means(NULL);
    sum = (struct scoring_sum){0};
    bench_must(&b, scoring_run(&m, true, &sum, &b.e));
    ck_assert_uint_eq(sum.calls, CALLS + OTHERS + 3);
    ck_assert_str_eq(before, dump());
}
END_TEST

START_TEST(test_a_change_waits_again)
{
    struct store_sheet_row *rows;
    size_t n;
    struct call c = make_call(1, "ten", "Thank you for calling. I am sorry.");
    score();
    ck_assert_int_eq(put(c), STORE_UNCHANGED);
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), 0);
    ck_assert_int_eq(put(make_call(1, "ten", "No.")), STORE_UPDATED);
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), 1);
    ck_assert_uint_eq(score().scored, 1);
    bench_must(
        &b, store_sheet_list_card(b.c.store, &store_everything, c.id, b.c.arena, &rows, &n, &b.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].agent_percent.n, 0);
}
END_TEST

/* What was found out about a call as it was says nothing of what it is now. */
START_TEST(test_a_call_that_changes_meanwhile_is_noticed)
{
    int64_t cursor = 0;
    struct store_call_seen *batch;
    size_t n;
    bool same;
    bench_must(&b, store_unscored_batch(b.c.store, &cursor, 10, b.c.arena, &batch, &n, &b.e));
    ck_assert_uint_eq(n, 10);
    for (int changed = 0; changed < 2; changed++) {
        struct store_call_seen *c = &batch[5];
        bench_must(&b, store_call_same(b.c.store, c, &same, &b.e));
        ck_assert(same == !changed);
        put(make_call(atoi(c->call.source_key), c->call.type, "Something else."));
    }
}
END_TEST

START_TEST(test_a_published_card_asks_again)
{
    score();
    int64_t two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), OTHERS + 2);
    ck_assert_int_eq(count(STORE_UNSCORED_UNFITTED), 0);
    ck_assert_uint_eq(score().without_card, OTHERS + 2);
}
END_TEST

#define ELEVEN_OF(version)                                                                         \
    "return card { id = 'eleven', version = '" version "', title = 'Eleven',\n"                    \
    "  weight = 'question', applies = { type = 'eleven' },\n"                                      \
    "  section 'all' { title = 'All', weight = 100,\n"                                             \
    "    yes_no 'hello' { ask = 'Hello?', weight = 100, check = function(call)\n"                  \
    "      return yes(call.turn(1)) end } },\n"                                                    \
    "  tests = { test 'one' { call { agent 'Hello.' }, expect = { hello = 'yes' } } } }\n"
#define ELEVEN       ELEVEN_OF("1.0")
#define ELEVEN_AGAIN ELEVEN_OF("1.1")

/* Publishes a card that fits the calls "eleven", and another version of the card of ten; once. */
static bool publish_meanwhile(void *done_already, size_t done, size_t all)
{
    bool *did = done_already;
    (void)done, (void)all;
    if (*did)
        return true;
    *did = true;
    bench_must(&b, bench_publish(&b, STORE_MANAGER, bench_keep(&b, STORE_MANAGER, ELEVEN)));
    int64_t two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    return true;
}

/* The automatic sheet of a call that counts, {0} where there is none. */
static struct store_sheet_row sheet_of(const char *type, const char *key)
{
    struct store_sheet_row *rows;
    size_t n;
    char id[CALL_ID];
    call_make_id(type, key, id);
    bench_must(&b,
               store_sheet_list_card(b.c.store, &store_everything, id, b.c.arena, &rows, &n, &b.e));
    return n ? rows[0] : (struct store_sheet_row){0};
}

static int64_t version_of(const char *type, const char *key)
{
    return sheet_of(type, key).card_version;
}

/* Calls behind the first batch are asked by what is published then, and nobody has to publish a
 * second time for those that no card had fitted. */
START_TEST(test_a_card_may_be_published_meanwhile)
{
    bool did = false;
    struct scoring_sum sum = {0};
    struct scoring_means m = means(publish_meanwhile);
    put(make_call(OTHERS, "eleven", "Hello."));
    m.context = &did;
    bench_must(&b, scoring_new(&m, &sum, &b.e));
    ck_assert(did);
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), 0);
    ck_assert_int_eq(count(STORE_UNSCORED_UNFITTED), 2);
    ck_assert_int_gt(version_of("eleven", "0"), 0);
    ck_assert_int_lt(version_of("ten", "0"),
                     version_of("ten", arena_format(b.c.arena, "%d", CALLS - 1)));
    const char *before = dump();
    ck_assert_uint_eq(score().calls, 0);
    ck_assert_str_eq(before, dump());
}
END_TEST

/* A published version whose text no longer loads, as a newer program may find; it claims the calls
 * "eleven". */
static int64_t publish_broken(void)
{
    struct store_act act = {0, b.c.now, ""};
    struct store_card card;
    bool fresh;
    int64_t id = bench_keep(&b, STORE_MANAGER, ELEVEN);
    bench_must(&b, store_card_get(b.c.store, id, b.c.arena, &card, &b.e));
    card.text = "return card {\n  id = 'eleven', version = '1.0', words = 'old' }\n";
    bench_must(&b,
               store_begin(b.c.store, &b.e) &&
                   store_card_add(b.c.store, &card, &act, &id, &fresh, &b.e) &&
                   store_card_set_report(b.c.store, id, card.definition, "", true, &act, &b.e) &&
                   store_card_publish(b.c.store, id, &act, &b.e) && store_commit(b.c.store, &b.e));
    return id;
}

/* It is switched off, which its people are told; what others claim is scored meanwhile. */
START_TEST(test_a_card_that_does_not_load_holds_up_no_other)
{
    struct store_card card;
    struct desk d = centre_desk(&b.c, STORE_ADMIN);
    const char *said;
    int64_t id = publish_broken();
    struct scoring_sum sum = score();
    ck_assert_uint_eq(sum.scored, CALLS);
    ck_assert_uint_eq(sum.waiting, OTHERS);
    ck_assert_str_eq(sum.off, "eleven 1.0");
    bench_must(&b, store_card_get(b.c.store, id, b.c.arena, &card, &b.e));
    ck_assert(card.off_at);
    ck_assert_msg(strstr(card.off_why, "It does not load any more. Line 1: card: asks nothing.") !=
                      NULL,
                  "%s", card.off_why);
    bench_must(&b, scoring_of_all(&d, "", &said, &b.e));
    ck_assert_ptr_nonnull(strstr(said, "or the one that does is switched off"));
    ck_assert_uint_eq(score().calls, 0);
    bench_must(&b, bench_publish(&b, STORE_MANAGER, bench_keep(&b, STORE_MANAGER, ELEVEN_AGAIN)));
    ck_assert_uint_eq(score().scored, OTHERS);
}
END_TEST

/* A mailbox that sends a few huge files is no reason to switch a good card off. */
START_TEST(test_huge_calls_do_not_count_against_a_card)
{
    enum { HUGE_ONES = CARD_FAILURES + 1, BYTES = 4 << 20 };
    static const char by_function[] =
        "return card { id = 'odd', version = '1', title = 'Odd', weight = 'question',\n"
        "  applies = function(call) return call.find { phrase = 'odd' } end,\n"
        "  section 's' { title = 'S', yes_no 'q' { ask = 'Q?' } } }\n";
    char *said = arena_take(b.c.arena, BYTES + 1);
    struct store_card *cards;
    size_t n;
    for (size_t i = 0; i < BYTES; i++)
        said[i] = "please "[i % 7];
    bench_must(&b, bench_publish(&b, STORE_MANAGER, bench_keep(&b, STORE_MANAGER, by_function)));
    for (int i = 0; i < HUGE_ONES; i++)
        put(make_call(CALLS + i, "ten", said));
    struct scoring_sum sum = score();
    ck_assert_uint_eq(sum.scored, CALLS);
    ck_assert_uint_eq(sum.failed, HUGE_ONES);
    ck_assert_ptr_nonnull(strstr(sum.failure, "larger than 4 MB"));
    put(make_call(CALLS + HUGE_ONES, "ten", "Thank you."));
    ck_assert_uint_eq(score().scored, 1);
    bench_must(&b, store_card_list(b.c.store, &(struct store_card_filter){.published = true},
                                   b.c.arena, &cards, &n, &b.e));
    ck_assert_uint_eq(n, 2);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(!cards[i].off_at && !cards[i].failures, "%s", cards[i].off_why);
}
END_TEST

/* The automatic sheet of this call, as if a fault had crept in. */
static void spoil(const char *type, const char *key)
{
    struct store_sheet_row *rows;
    struct sheet s;
    struct form nothing = {0};
    size_t n;
    bool counts;
    char id[CALL_ID];
    call_make_id(type, key, id);
    bench_must(&b,
               store_sheet_list_card(b.c.store, &store_everything, id, b.c.arena, &rows, &n, &b.e));
    ck_assert_uint_eq(n, 1);
    bench_must(
        &b, store_sheet_get(b.c.store, &store_everything, rows[0].id, b.c.arena, &s, NULL, &b.e));
    s.failure = "spoilt", s.n_answers = 0;
    bench_must(&b, store_begin(b.c.store, &b.e) &&
                       store_sheet_again(b.c.store, &nothing, &s, "test", &counts, &b.e) &&
                       store_commit(b.c.store, &b.e));
    ck_assert(counts);
}

/* Whatever was published since; and the sheet of the centre's own card, which has no text to be
 * asked again, is not lost. */
START_TEST(test_each_sheet_is_made_again_by_the_version_that_made_it)
{
    struct scoring_means m = means(NULL);
    struct scoring_sum sum = {0};
    score();
    int64_t two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    for (int i = CALLS; i < CALLS + 5; i++)
        put(make_call(i, "ten", "Thank you for calling. I am sorry."));
    ck_assert_uint_eq(score().scored, 5);
    const char *before = dump();
    spoil("ten", "3");
    spoil("ten", "47");
    ck_assert_str_ne(before, dump());
    int64_t made = sheet_of("ten", "2").made_at;
    m.clock.fixed_ms = b.c.now + 86400000;
    bench_must(&b, scoring_again(&m, &sum, &b.e));
    ck_assert_uint_eq(sum.scored, CALLS + 5);
    ck_assert_uint_eq(sum.without_card, OTHERS + 2);
    ck_assert_uint_eq(sum.kept, 1);
    ck_assert_str_eq(before, dump());
    ck_assert_int_eq(sheet_of("ten", "2").made_at, made);
    ck_assert_int_eq(sheet_of("ten", "3").made_at, m.clock.fixed_ms);
}
END_TEST

START_TEST(test_a_site_may_not_want_it)
{
    struct desk d = centre_desk(&b.c, STORE_ADMIN);
    const char *said;
    bench_must(&b, settings_put(&d, "score-new-calls", "no", &b.e));
    ck_assert_uint_eq(score().calls, 0);
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), CALLS + OTHERS + 2);
    bench_must(&b, scoring_of_all(&d, "", &said, &b.e));
    ck_assert_ptr_nonnull(strstr(said, "49 calls wait to be scored. New calls are not scored"));
}
END_TEST

/* Two at once would ask about each call twice, and the count of who waits for it would be wrong. */
START_TEST(test_it_stands_back_for_who_waits)
{
    struct scoring_sum sum = {0};
    struct scoring_means m = means(NULL);
    store_unscored_hurry(b.c.store, true);
    bench_refused(&b, scoring_new(&m, &sum, &b.e), ERR_BUSY, "stands back");
    ck_assert_uint_eq(sum.calls, 0);
    store_unscored_hurry(b.c.store, false);
    bench_must(&b, scoring_run(&m, false, &sum, &b.e));
    ck_assert_uint_eq(sum.calls, CALLS + OTHERS + 2);
    put(make_call(CALLS, "ten", "Thank you."));
    ck_assert_uint_eq(score().calls, 1);
}
END_TEST

static const char *of_version(int64_t id, int64_t *can)
{
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    struct store_card card;
    const char *said;
    bench_must(&b, store_card_get(b.c.store, id, d.arena, &card, &b.e) &&
                       scoring_of_version(&d, &card, "", &said, can, &b.e));
    return said;
}

/* Sheets of an earlier version stay when another is published, until somebody wants newer ones. */
START_TEST(test_a_new_version_scores_the_earlier_ones_calls_when_asked)
{
    int64_t can, two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    struct desk d = centre_desk(&b.c, STORE_MANAGER), agent = centre_desk(&b.c, STORE_AGENT);
    score();
    ck_assert_str_eq(of_version(two, &can), "");
    bench_refused(&b, scoring_renew(&d, two, &b.e), ERR_CONFLICT, "Publish it first");
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    ck_assert_ptr_nonnull(
        strstr(of_version(two, &can), "45 calls have sheets of other versions of this card"));
    ck_assert_int_eq(can, CALLS);
    score(); /* what no card fitted */
    ck_assert_int_eq(count(STORE_UNSCORED_WAITS), 0);
    bench_refused(&b, scoring_renew(&agent, two, &b.e), ERR_DENIED, "agent");
    bench_must(&b, scoring_renew(&d, two, &b.e));
    ck_assert_str_eq(of_version(two, &can),
                     "45 calls wait to be scored again. This goes on by itself.");
    ck_assert_int_eq(can, 0);
    ck_assert_uint_eq(score().calls, CALLS);
    ck_assert_str_eq(of_version(two, &can), "");
}
END_TEST

START_TEST(test_one_call_is_scored_again_when_asked)
{
    char id[CALL_ID];
    struct desk d = centre_desk(&b.c, STORE_EVALUATOR), agent = centre_desk(&b.c, STORE_AGENT);
    call_make_id("ten", "1", id);
    score();
    bench_refused(&b, scoring_renew_call(&agent, id, &b.e), ERR_DENIED, "agent");
    bench_refused(&b, scoring_renew_call(&d, "000000000000", &b.e), ERR_MISSING, "call");
    bench_must(&b, scoring_renew_call(&d, id, &b.e));
    ck_assert_uint_eq(score().calls, 1);
}
END_TEST

START_TEST(test_pages_say_how_it_stands)
{
    struct desk d = centre_desk(&b.c, STORE_ADMIN);
    const char *said;
    char ten_id[CALL_ID], other_id[CALL_ID];
    call_make_id("ten", "1", ten_id);
    call_make_id("eleven", "1", other_id);
    bench_must(&b, scoring_of_call(&d, ten_id, "", &said, &b.e));
    ck_assert_str_eq(said, "This call waits to be scored. This goes on by itself.");
    bench_must(&b, scoring_of_call(&d, ten_id, "The card is broken.", &said, &b.e));
    ck_assert_ptr_nonnull(strstr(said, "Scoring cannot go on: The card is broken."));
    score();
    bench_must(&b, scoring_of_call(&d, ten_id, "", &said, &b.e));
    ck_assert_str_eq(said, "");
    bench_must(&b, scoring_of_call(&d, other_id, "", &said, &b.e));
    ck_assert_ptr_nonnull(strstr(said, "No published scorecard fits this call"));
    bench_must(&b, scoring_of_all(&d, "", &said, &b.e));
    ck_assert_ptr_nonnull(strstr(said, "No call waits to be scored. 4 calls were asked about"));
}
END_TEST

TCase *desk_scoring_case(void)
{
    TCase *t = tcase_create("scoring");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_what_waits_is_scored_as_the_console_does_it);
    tcase_add_test(t, test_a_change_waits_again);
    tcase_add_test(t, test_a_call_that_changes_meanwhile_is_noticed);
    tcase_add_test(t, test_a_published_card_asks_again);
    tcase_add_test(t, test_a_card_may_be_published_meanwhile);
    tcase_add_test(t, test_a_card_that_does_not_load_holds_up_no_other);
    tcase_add_test(t, test_huge_calls_do_not_count_against_a_card);
    tcase_add_test(t, test_each_sheet_is_made_again_by_the_version_that_made_it);
    tcase_add_test(t, test_a_site_may_not_want_it);
    tcase_add_test(t, test_it_stands_back_for_who_waits);
    tcase_add_test(t, test_a_new_version_scores_the_earlier_ones_calls_when_asked);
    tcase_add_test(t, test_one_call_is_scored_again_when_asked);
    tcase_add_test(t, test_pages_say_how_it_stands);
    return t;
}
