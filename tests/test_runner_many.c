/* Many calls, many threads and one runner: what is sent ahead, and who waits for whom. */
#include "test_runner.h"

#include "base/wire.h"
#include "model/pack.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const char plain[] = "return card { yes_no 'greeting' { check = function(call)\n"
                            "  local hit = call.find { who = 'agent', phrase = 'my name is' }\n"
                            "  return hit and yes(hit) or no() end } }";

/* Calls that differ in type and words; one of them ends the run of a card that looks for it. */
static struct call *some_calls(struct rig *r, size_t n, size_t bomb)
{
    struct call *calls = arena_array(r->a, n, sizeof *calls);
    struct err e = {0};
    for (size_t i = 0; i < n; i++) {
        calls[i] = *rig_call(r);
        struct call_turn *turn = arena_take(r->a, sizeof *turn);
        *turn = (struct call_turn){.end_ms = 60000, .text = arena_format(r->a, "number %zu", i)};
        calls[i].turns = turn, calls[i].n_turns = 1;
        calls[i].source_key = arena_format(r->a, "%zu", i);
        calls[i].type = i == bomb ? "bomb" : "support";
        ck_assert(call_finish(&calls[i], r->a, &e));
    }
    return calls;
}

static const char bomb[] = "return card { text 'q' { check = function(call)\n"
                           "  local t = {}\n"
                           "  for i = 1, call.type == 'bomb' and 1e9 or 0 do t[i] = { nil, nil, "
                           "nil, nil, nil, nil, nil, nil,"
                           " nil, nil, nil, nil, nil, nil, nil, nil } end\n"
                           "  left = (left or '') .. 'x'\n"
                           "  return value(call.turn(1).text .. left .. math.random(1000), 'x')\n"
                           "end } }";

/* Sent ahead or one by one: the same answers, and the call that ends the run is the one that is
 * told. */
START_TEST(many_calls_are_answered_as_one)
{
    enum { CALLS = 100, BOMB = 70 };
    struct rig r;
    struct buf one = {0}, many = {0};
    struct answer *answers[CALLS];
    rig_open(&r);
    struct call *calls = some_calls(&r, CALLS, BOMB);
    ck_assert_int_eq(rig_load(&r, bomb), RUNNER_DONE);
    ck_assert_uint_eq(runner_ask_many(r.child, calls, CALLS, r.a, answers), BOMB);
    ck_assert(runner_child_worn(r.child));
    ck_assert_int_eq(rig_load(&r, bomb), RUNNER_DONE);
    for (size_t i = 0; i < BOMB; i++) {
        ck_assert_int_eq(rig_ask(&r, &calls[i]), RUNNER_DONE);
        buf_clear(&one), buf_clear(&many);
        pack_answers(&one, r.answers, r.n);
        pack_answers(&many, answers[i], 1);
        ck_assert(slice_equal(buf_all(&one), buf_all(&many)));
    }
    ck_assert_uint_eq(runner_ask_many(r.child, &calls[BOMB], CALLS - BOMB, r.a, answers), 0);
    ck_assert_int_eq(rig_load(&r, bomb), RUNNER_DONE);
    ck_assert_int_eq(rig_ask(&r, &calls[BOMB]), RUNNER_MEMORY);
    ck_assert_int_eq(rig_load(&r, bomb), RUNNER_DONE);
    ck_assert_uint_eq(runner_ask_many(r.child, &calls[BOMB + 1], 29, r.a, answers), 29);
    ck_assert_uint_eq(runner_ask_many(r.child, calls, 0, r.a, answers), 0);
    buf_free(&one), buf_free(&many);
    rig_close(&r);
}
END_TEST

/* More calls than one process may answer: it stops there. */
START_TEST(many_calls_wear_a_child)
{
    enum { CALLS = 600 };
    struct rig r;
    struct answer **answers;
    rig_open(&r);
    struct call *calls = some_calls(&r, CALLS, CALLS);
    answers = arena_array(r.a, CALLS, sizeof *answers);
    ck_assert_int_eq(rig_load(&r, bomb), RUNNER_DONE);
    ck_assert_uint_eq(runner_ask_many(r.child, calls, CALLS, r.a, answers), 500);
    ck_assert(runner_child_worn(r.child));
    rig_close(&r);
}
END_TEST

struct crowd {
    struct runner *runner;
    atomic_bool ended;
};

/* Scores in bulk until it is told to stop. */
static void *work_in_bulk(void *of)
{
    struct crowd *c = of;
    struct rig r = {.runner = c->runner, .a = arena_open()};
    struct answer *answers[50];
    struct call calls[50];
    for (int i = 0; i < 50; i++)
        calls[i] = *rig_call(&r);
    if (rig_load(&r, plain) == RUNNER_DONE)
        while (!c->ended && runner_ask_many(r.child, calls, 50, r.a, answers) == 50)
            if (runner_child_worn(r.child) && rig_load(&r, plain) != RUNNER_DONE)
                break;
    bool stopped = c->ended;
    runner_child_close(r.child);
    arena_close(r.a);
    return stopped ? c : NULL;
}

/* S5: with one place for work and three that score in bulk, whoever asks about one call comes next.
 */
START_TEST(S5_bulk_work_waits_behind_single_calls)
{
    pthread_t threads[3];
    struct rig r = {.a = arena_open()};
    struct err e = {0};
    ck_assert_msg(runner_open(&r.runner, 1, &e), "%s", e.text);
    struct crowd crowd = {.runner = r.runner};
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, work_in_bulk, &crowd);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(rig_load(&r, plain), RUNNER_DONE);
        ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
    }
    crowd.ended = true;
    for (int i = 0; i < 3; i++) {
        void *done = NULL;
        pthread_join(threads[i], &done);
        ck_assert_ptr_nonnull(done);
    }
    rig_close(&r);
}
END_TEST

/* A child in a thread of its own. */
struct worker {
    struct rig r;
    struct call *calls;
    size_t n; /* 0: one call, by itself */
    atomic_bool begun, done;
};

static void *work_long(void *of)
{
    struct worker *w = of;
    struct answer **answers = arena_array(w->r.a, w->n, sizeof *answers);
    w->begun = true;
    if (w->n)
        runner_ask_many(w->r.child, w->calls, w->n, w->r.a, answers);
    else
        rig_ask(&w->r, w->calls);
    w->done = true;
    return NULL;
}

/* S5: who comes while a long batch has the one place gets it before the batch is done, and before a
 * single call for which no person waits. Says nothing where this machine was so busy that the batch
 * was done before. */
START_TEST(S5_bulk_work_gives_way)
{
    enum { CALLS = 150, BULK = 0, ALONE, WORKERS };
    static const char slow[] =
        "local function f(call) for i = 1, 1.9e6 do end return yes('why') end\n"
        "local t = {} for i = 1, 9 do t[i] = text('q' .. i) { check = f } end\n"
        "return card { section 's' (t) }";
    struct rig r = {.a = arena_open()};
    struct worker w[WORKERS] = {0};
    pthread_t threads[WORKERS];
    struct err e = {0};
    ck_assert_msg(runner_open(&r.runner, 1, &e), "%s", e.text);
    for (int i = 0; i < WORKERS; i++) {
        w[i].r = (struct rig){.runner = r.runner, .a = arena_open()};
        w[i].n = i == BULK ? CALLS : 0;
        w[i].calls = some_calls(&r, CALLS, CALLS);
        rig_check(&w[i].r, "for i = 1, 1e6 do end return yes('why')");
    }
    ck_assert_int_eq(rig_load(&w[ALONE].r, slow), RUNNER_DONE);
    runner_child_in_bulk(w[ALONE].r.child);
    rig_check(&r, "return yes('why')");
    for (int i = 0; i < WORKERS; i++) {
        pthread_create(&threads[i], NULL, work_long, &w[i]);
        while (!w[i].begun)
            usleep(1000);
        usleep(20000);
    }
    bool late = w[BULK].done;
    ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
    ck_assert(late || !(w[BULK].done || w[ALONE].done));
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(threads[i], NULL);
        runner_child_close(w[i].r.child);
        arena_close(w[i].r.a);
    }
    rig_close(&r);
}
END_TEST

static void *work(void *runner)
{
    struct rig r = {.runner = runner, .a = arena_open()};
    for (int i = 0; i < 10; i++)
        if (rig_load(&r, plain) != RUNNER_DONE || rig_ask(&r, rig_call(&r)) != RUNNER_DONE ||
            r.n != 1)
            return NULL;
    runner_child_close(r.child);
    arena_close(r.a);
    return runner;
}

/* S5: more threads than may work at once, and more children than that alive. */
START_TEST(many_threads_share_a_runner)
{
    struct rig r;
    pthread_t threads[8];
    rig_open(&r);
    rig_is_well(&r);
    for (int i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, work, r.runner);
    for (int i = 0; i < 8; i++) {
        void *done = NULL;
        pthread_join(threads[i], &done);
        ck_assert_ptr_nonnull(done);
    }
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

/* What is asked for beyond that is refused with its reason, and has its place once another ends. */
START_TEST(S5_no_more_children_than_may_live)
{
    enum { MOST = 256 };
    struct rig r;
    struct runner_child *children[MOST];
    rig_open(&r);
    for (int i = 0; i < MOST; i++) {
        ck_assert_msg(rig_load(&r, plain) == RUNNER_DONE, "%d: %s", i, r.outcome.text);
        children[i] = r.child;
        r.child = NULL;
    }
    int helper = runner_helper(r.runner);
    ck_assert_int_eq(rig_load(&r, plain), RUNNER_LOST);
    ck_assert_msg(strncmp(r.outcome.text, "Too many scorecards", 19) == 0, "%s", r.outcome.text);
    ck_assert_int_eq(rig_ask(&(struct rig){.a = r.a, .child = children[7]}, rig_call(&r)),
                     RUNNER_DONE);
    for (int i = 0; i < MOST; i++)
        runner_child_close(children[i]);
    enum runner_end end = RUNNER_LOST;
    for (int i = 0; i < 100 && end == RUNNER_LOST; i++, usleep(20000))
        end = rig_load(&r, plain); /* the helper hears of the ends one by one */
    ck_assert_int_eq(end, RUNNER_DONE);
    ck_assert_int_eq(runner_helper(r.runner), helper);
    rig_close(&r);
}
END_TEST

TCase *many_cases(void)
{
    TCase *t = tcase_create("many");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, many_calls_are_answered_as_one);
    tcase_add_test(t, many_calls_wear_a_child);
    tcase_add_test(t, S5_bulk_work_waits_behind_single_calls);
    tcase_add_test(t, S5_bulk_work_gives_way);
    tcase_add_test(t, many_threads_share_a_runner);
    tcase_add_test(t, S5_no_more_children_than_may_live);
    return t;
}
