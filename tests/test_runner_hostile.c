/* Cards that must be stopped, each in a file that says which requirement it tries. After each one
 * the helper is the same, no descriptor is left, and a harmless card gets its answer. */
#include "test_runner.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cards with two checks: the first fails alone with these words (or answers yes: NULL), the second
 * counts. */
static const struct {
    const char *file, *why;
} single[] = {
    {"pcall_loop", "line 4: ran out of steps, in a loop"},
    {"pcall_nested", "ran out of steps, in a loop"},
    {"pattern", "line 4: ran out of steps in the pattern \".-.-.-.-.-.-.-.-b\""},
    {"pattern_set", "line 4: ran out of steps in the pattern \"[^b]*[^b]*"},
    {"gsub_loop", "ran out of steps, in a loop"},
    {"gsub_forever", "line 4: ran out of steps, in a loop"},
    {"sort_loop", "ran out of steps, in a loop"},
    {"sort_wrong", NULL},
    {"sort_mixed", "line 4: attempt to compare"},
    {"rep_huge", "line 4: the repeated text would be longer than 1 MB"},
    {"rep_empty", NULL},
    {"insert_bomb", "line 5: ran out of steps, in a loop"},
    {"table_move", "line 4: the range has more than 1,000,000 elements"},
    {"unpack_bomb", "line 4: the range has more than 1,000,000 elements"},
    {"concat_bomb", "line 4: the range has more than 1,000,000 elements"},
    {"recursion_gsub", "C stack overflow"},
    {"error_object", "line 4: an error that is a table, not a text"},
    {"error_nil", "line 4: nil"},
    {"os_execute", "line 4: attempt to index a nil value (global 'os')"},
    {"require_it", "line 4: attempt to call a nil value (global 'require')"},
    {"metatable", "line 4: attempt to call a nil value (global 'setmetatable')"},
    {"text_index", NULL},
    {"format_address", "the format has a directive that is not lent"},
    {"phrases", "line 4: ran out of steps, in a loop"},
    {"upper_loop", "line 5: ran out of steps, in a loop"},
    {"text_growth", "ran out of steps, in a loop"},
    {"forged_place", "A place lies outside of the call."},
    {"forged_answer", "A value of the answer is neither a text nor a finite number."},
    {"forged_cycle", "A value of the answer is neither a text nor a finite number."},
    {"long_reason", NULL},
    {"memory_text", "ran out of steps, in a loop"},
    {"coroutine", "line 4: attempt to index a nil value (global 'coroutine')"},
    {"closing", "line 4: variable 'at_the_end' got a non-closable value"},
    {"money_flood", "ran out of steps, in a loop"},
    {"environment", NULL},
    {"space", "ran out of steps"},
    {"every_function", NULL},
    {"frames", NULL},
    {"order", NULL},
    {"answer_garbage", "The check gave back a function; end it with return"},
};

static const char *read_card(struct rig *r, const char *file)
{
    struct err e = {0};
    struct slice text;
    bool ok = file_read(r->a, arena_format(r->a, "tests/hostile/%s.lua", file), 1 << 20, &text, &e);
    ck_assert_msg(ok, "%s", e.text);
    return text.p;
}

START_TEST(one_check_fails_alone)
{
    struct rig r;
    rig_open(&r);
    rig_is_well(&r);
    ck_assert_int_eq(rig_load(&r, read_card(&r, single[_i].file)), RUNNER_DONE);
    enum runner_end end = rig_ask(&r, rig_call(&r));
    ck_assert_msg(end == RUNNER_DONE, "%s: %s", runner_end_names[end], r.outcome.text);
    ck_assert_uint_eq(r.n, 2);
    const char *why = single[_i].why;
    ck_assert_msg(r.answers[0].state == (why ? ANSWER_FAILED : ANSWER_GIVEN), "%s",
                  r.answers[0].reason);
    ck_assert_msg(!why || strstr(r.answers[0].reason, why), "%s", r.answers[0].reason);
    ck_assert_uint_le(strlen(r.answers[0].reason), 2000);
    ck_assert_msg(r.answers[1].state == ANSWER_GIVEN, "%s", r.answers[1].reason);
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

/* A check can spoil the call it was given for the checks behind it, but no more. */
START_TEST(the_call_is_a_copy)
{
    struct rig r;
    rig_open(&r);
    ck_assert_int_eq(rig_load(&r, read_card(&r, "call_changed")), RUNNER_DONE);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
        ck_assert_int_eq(r.answers[0].state, ANSWER_FAILED);
    }
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

/* Cards that end as a whole. */
static const struct {
    const char *file;
    enum runner_end load, ask;
    const char *says;
} whole[] = {
    {"memory", RUNNER_DONE, RUNNER_MEMORY, "The card asked for more than 64 MB of memory"},
    {"load_loop", RUNNER_FUEL, 0, "The card ran out of steps"},
    {"load_memory", RUNNER_MEMORY, 0, "The card asked for more than 64 MB of memory"},
    {"recursion", RUNNER_DONE, RUNNER_MEMORY, "a function that calls itself without end"},
    {"many_loops", RUNNER_DONE, RUNNER_FUEL, "The card ran out of steps"},
    {"cyclic", RUNNER_ERROR, 0, "nested deeper than 8 tables, or holds itself"},
    {"deep", RUNNER_ERROR, 0, "nested deeper than 8 tables"},
    {"huge_values", RUNNER_ERROR, 0, "more than 20000 values"},
    {"huge_text", RUNNER_ERROR, 0, "longer than 64 KB"},
    {"not_text", RUNNER_ERROR, 0, "not UTF-8"},
    {"not_number", RUNNER_ERROR, 0, "not finite"},
    {"gaps", RUNNER_ERROR, 0, "one of its positions is nil"},
    {"keys", RUNNER_ERROR, 0, "neither a name nor a position"},
    {"no_card", RUNNER_ERROR, 0, "gives back no card"},
    {"returns_function", RUNNER_ERROR, 0, "gives back no card"},
    {"thrown_table", RUNNER_ERROR, 0, "an error that is a table, not a text"},
    {"same_question_twice", RUNNER_ERROR, 0, "The question \"q\" stands in the card twice."},
};

START_TEST(the_run_ends)
{
    struct rig r;
    rig_open(&r);
    rig_is_well(&r);
    enum runner_end end = rig_load(&r, read_card(&r, whole[_i].file));
    ck_assert_msg(end == whole[_i].load, "%s: %s", runner_end_names[end], r.outcome.text);
    if (end == RUNNER_DONE) {
        end = rig_ask(&r, rig_call(&r));
        ck_assert_msg(end == whole[_i].ask, "%s: %s", runner_end_names[end], r.outcome.text);
        ck_assert_ptr_null(r.answers);
        ck_assert(runner_child_worn(r.child));
    }
    ck_assert_msg(strstr(r.outcome.text, whole[_i].says), "%s", r.outcome.text);
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

START_TEST(applies_ends_too)
{
    struct rig r;
    bool fits = true;
    rig_open(&r);
    ck_assert_int_eq(rig_load(&r, read_card(&r, "applies_loop")), RUNNER_DONE);
    ck_assert_int_eq(runner_applies(r.child, rig_call(&r), &fits, &r.outcome), RUNNER_FUEL);
    ck_assert(!fits);
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

/* S21: in as many processes as there are runs. */
START_TEST(S21_nothing_differs_from_run_to_run)
{
    struct rig r;
    const char *first = NULL;
    rig_open(&r);
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(rig_load(&r, read_card(&r, "order")), RUNNER_DONE);
        ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
        first = first ? first : arena_copy(r.a, r.answers[0].reason);
        ck_assert_str_eq(r.answers[0].reason, first);
        ck_assert_uint_gt(strlen(first), 5);
    }
    rig_close(&r);
}
END_TEST

/* S20 */
START_TEST(printing_is_bounded)
{
    struct rig r;
    rig_open(&r);
    ck_assert_int_eq(rig_load(&r, read_card(&r, "print_flood")), RUNNER_DONE);
    ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
    const char *log = r.outcome.log;
    ck_assert_uint_le(strlen(log), 16 * 1024);
    ck_assert(utf8_valid(slice_of(log)));
    ck_assert_int_eq(strncmp(log, "first 1 nil true table function\na b", 35), 0);
    ck_assert_ptr_nonnull(strstr(log, " (cut)\n"));
    ck_assert_str_eq(log + strlen(log) - 7, "\n(cut)\n");
    int lines = 0;
    for (const char *p = log; *p; p++) {
        lines += *p == '\n';
        ck_assert(*p == '\n' || (unsigned char)*p >= ' ');
    }
    ck_assert_int_le(lines, 201);
    rig_close(&r);
}
END_TEST

/* S18: what is no source text never reaches Lua. */
static const struct {
    const char *text;
    size_t n;
    const char *says;
} loads[] = {
    {"\x1BLua", 4, "The text is compiled Lua; only source text is read."},
    {"\xEF\xBB\xBF\x1BLua", 7, "The text is compiled Lua; only source text is read."},
    {"#!/usr/bin/lua\n\x1BLua", 19, "The text is compiled Lua; only source text is read."},
    {"#\x1BLua", 5, "The text gives back no card: end it with return card { ... }"},
    {"return \"a\0b\"", 12, "The text holds a NUL byte; only plain text is read."},
    {"-- \xFF", 4, "The text is not UTF-8; save it as UTF-8."},
    {"", 0, "The text gives back no card: end it with return card { ... }"},
};

START_TEST(only_source_text_is_loaded)
{
    struct rig r;
    rig_open(&r);
    ck_assert_int_eq(runner_load(r.runner,
                                 &(struct runner_text){"test.lua", {loads[_i].text, loads[_i].n}},
                                 NULL, 0, r.a, &r.child, &r.definition, &r.outcome),
                     RUNNER_ERROR);
    ck_assert_str_eq(r.outcome.text, loads[_i].says);
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

START_TEST(large_texts_are_refused)
{
    struct rig r;
    rig_open(&r);
    size_t n = (256 << 10) + 1;
    char *text = arena_take(r.a, n + 1);
    memset(text, ' ', n);
    ck_assert_int_eq(rig_load(&r, text), RUNNER_ERROR);
    text[n - 1] = '\0';
    ck_assert_int_eq(rig_load(&r, text), RUNNER_ERROR);
    ck_assert_ptr_nonnull(strstr(r.outcome.text, "gives back no card"));
    rig_close(&r);
}
END_TEST

static long pages_of(int pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    FILE *f = fopen(path, "r");
    long size = 0, resident = 0;
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fscanf(f, "%ld %ld", &size, &resident), 2);
    fclose(f);
    return resident;
}

/* Neither the helper nor we grow by what is done to us. */
START_TEST(memory_stays_flat)
{
    struct rig r;
    rig_open(&r);
    const char *memory = read_card(&r, "memory"), *loop = read_card(&r, "load_memory");
    long helper = 0;
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(rig_load(&r, memory), RUNNER_DONE);
        ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_MEMORY);
        ck_assert_int_eq(rig_load(&r, loop), RUNNER_MEMORY);
        if (i == 1)
            helper = pages_of(runner_helper(r.runner));
    }
    ck_assert_int_le(pages_of(runner_helper(r.runner)), helper + 64);
    rig_close(&r);
}
END_TEST

TCase *hostile_cases(void)
{
    TCase *t = tcase_create("hostile");
    tcase_set_timeout(t, 120);
    support_rows(t, one_check_fails_alone, single);
    tcase_add_test(t, the_call_is_a_copy);
    support_rows(t, the_run_ends, whole);
    tcase_add_test(t, applies_ends_too);
    tcase_add_test(t, S21_nothing_differs_from_run_to_run);
    tcase_add_test(t, printing_is_bounded);
    support_rows(t, only_source_text_is_loaded, loads);
    tcase_add_test(t, large_texts_are_refused);
    tcase_add_test(t, memory_stays_flat);
    return t;
}
