#include "test_runner.h"

#include <dirent.h>
#include <string.h>

void rig_open(struct rig *r)
{
    struct err e = {0};
    *r = (struct rig){0};
    ck_assert_msg(runner_open(&r->runner, 2, &e), "%s", e.text);
    r->a = arena_open();
}

void rig_close(struct rig *r)
{
    runner_child_close(r->child);
    runner_close(r->runner);
    arena_close(r->a);
}

enum runner_end rig_load(struct rig *r, const char *text)
{
    runner_child_close(r->child);
    return runner_load(r->runner, &(struct runner_text){"test.lua", slice_of(text)}, r->libraries,
                       r->n_libraries, r->a, &r->child, &r->definition, &r->outcome);
}

void rig_check(struct rig *r, const char *body)
{
    const char *text = arena_format(r->a,
                                    "return card { section \"s\" { text \"q\" { check = "
                                    "function(call)\n%s\nend } } }",
                                    body);
    ck_assert_msg(rig_load(r, text) == RUNNER_DONE, "%s: %s", body, r->outcome.text);
}

enum runner_end rig_ask(struct rig *r, const struct call *call)
{
    return runner_ask(r->child, call, r->a, &r->answers, &r->n, &r->outcome);
}

const struct answer *rig_answer(struct rig *r, const char *body)
{
    rig_check(r, body);
    ck_assert_msg(rig_ask(r, rig_call(r)) == RUNNER_DONE, "%s: %s", body, r->outcome.text);
    ck_assert_uint_eq(r->n, 1);
    return r->answers;
}

const char *rig_shown(struct rig *r, const char *body)
{
    const struct answer *a = rig_answer(r, body);
    if (a->state == ANSWER_FAILED)
        return arena_format(r->a, "failed: %s", a->reason);
    if (a->state == ANSWER_NA)
        return arena_format(r->a, "na: %s", a->reason);
    return a->n_values == 1 ? a->values[0] : "";
}

const struct call *rig_call(struct rig *r)
{
    static const struct call_word words[] = {
        {0, 1, 20000, 20100},   {2, 6, 20200, 20500},   {7, 13, 20600, 21000},
        {14, 17, 21000, 21200}, {18, 23, 21300, 22000},
    };
    static const struct call_turn turns[] = {
        {CALL_AGENT, 500, 4000, "Thank you for calling Harbourmere, my name is Eleni.", NULL, 0},
        {CALL_CUSTOMER, 4500, 9000, "Hello. My bill is wrong. I'm so sorry to ask.", NULL, 0},
        {CALL_AGENT, 20000, 22000, "I will refund you today", words, 5},
        {CALL_CUSTOMER, 30000, 33000, "谢谢，账单不对。", NULL, 0},
        {CALL_AGENT, 50000, 58000, "Is there anything else? Sorry for the wait.", NULL, 0},
    };
    struct call *c = arena_take(r->a, sizeof *c);
    struct err e = {0};
    call_init(c);
    c->source = "test";
    c->source_key = "1";
    c->type = "support";
    c->channel = CALL_VOICE;
    c->agent_id = "a7";
    c->csat = 4;
    c->turns = turns;
    c->n_turns = sizeof turns / sizeof *turns;
    c->offered = 0, c->answered = 0, c->ended = 60000;
    ck_assert_msg(call_finish(c, r->a, &e), "%s", e.text);
    call_measure_turns(c, &c->measures);
    return c;
}

static int count_descriptors(void)
{
    DIR *d = opendir("/proc/self/fd");
    int n = 0;
    while (d && readdir(d))
        n++;
    closedir(d);
    return n;
}

void rig_is_well(struct rig *r)
{
    int helper = runner_helper(r->runner);
    ck_assert_int_gt(helper, 0);
    if (!r->helper)
        r->helper = helper;
    ck_assert_int_eq(helper, r->helper);
    runner_child_close(r->child);
    r->child = NULL;
    int descriptors = count_descriptors();
    if (!r->descriptors)
        r->descriptors = descriptors;
    ck_assert_int_eq(descriptors, r->descriptors);
    const struct answer *a = rig_answer(r, "return yes(call.find { phrase = 'refund' })");
    ck_assert_int_eq(a->state, ANSWER_GIVEN);
    ck_assert_int_eq(a->evidence[0].turn, 2);
    ck_assert_int_eq(a->evidence[0].start_ms, 20600);
    runner_child_close(r->child);
    r->child = NULL;
}
