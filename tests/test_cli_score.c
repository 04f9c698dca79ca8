/* Scoring from store to store: workers, and what becomes of a run that was killed. */
#define _GNU_SOURCE
#include "test_cli.h"

#include "base/file.h"
#include "desk/scoring.h"
#include "store/audit.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CALLS = 450 /* more than two batches */ };

static const char *make_centre(struct arena *a)
{
    const char *folder = support_folder();
    const char *data = file_join(a, folder, "data");
    struct buf out = {0};
    write_calls(folder, CALLS, a);
    expect(data, arena_format(a, "ingest '%s/calls.jsonl'", folder), 0, "450 new", &out);
    expect(data, "card publish scorecards/support_voice.lua", 0, "published", &out);
    buf_free(&out);
    return data;
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
    struct arena *a = arena_open();
    struct buf out = {0}, one = {0}, all = {0};
    const char *data = make_centre(a);
    cpu_set_t had = stay_on_one();
    expect(data, "score", 0, "450 calls: 450 scored", &out);
    expect(data, "export", 0, "T-449", &one);
    sched_setaffinity(0, sizeof had, &had);
    expect(data, "score --all", 0, "450 calls: 450 scored", &out);
    expect(data, "export", 0, "T-449", &all);
    ck_assert_str_eq(one.p, all.p);
    expect(data, "score", 0, "0 calls: 0 scored", &out);
    buf_free(&out), buf_free(&one), buf_free(&all);
    arena_close(a);
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
    struct arena *a = arena_open();
    const char *data = make_centre(a);
    struct killer killer = {0};
    struct scoring_means m = {.program = "test", .progress = kill_cards, .context = &killer};
    struct scoring_sum scored;
    struct store_audit *entries;
    struct err e = {0};
    size_t n;
    int64_t total;
    cpu_set_t had = stay_on_one();
    ck_assert_msg(runner_open(&m.runner, 1, &e), "%s", e.text);
    ck_assert_msg((m.store = store_open_writer(data, &e)) != NULL, "%s", e.text);
    killer.runner = m.runner;
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
    arena_close(a);
}
END_TEST

TCase *test_cli_score(void)
{
    TCase *t = tcase_create("score");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, S21_same_bytes_on_one_processor_and_on_all);
    tcase_add_test(t, S3_a_killed_run_stands_in_the_audit_log);
    return t;
}
