/* Phrase lists shared between cards: phrases "name". */
#include "test_runner.h"

#include <string.h>

static const struct runner_text libraries[] = {
    {"courtesy", SLICE("return { sorry = { 'sorry', 'apologise' } }\n")},
    {"closing", SLICE("local c = phrases 'courtesy'\nreturn { words = c.sorry, "
                      "says = function() error('no') end }\n")},
    {"round_a", SLICE("return phrases 'round_b'")},
    {"round_b", SLICE("return phrases 'round_a'")},
    {"wrong", SLICE("\nreturn {,}")},
    {"bad_text", SLICE("return '\xFF'")},
    {"empty", SLICE("")},
    {"loops", SLICE("while true do end")},
    {"reads", SLICE("return { os }, io.open('/etc/passwd')")},
};

static void open_rig(struct rig *r)
{
    rig_open(r);
    r->libraries = libraries;
    r->n_libraries = sizeof libraries / sizeof *libraries;
}

static enum runner_end load(struct rig *r, const char *before, const char *body)
{
    return rig_load(r, arena_format(r->a,
                                    "%s\nreturn card { text \"q\" { check = function(call) %s "
                                    "end } }",
                                    before, body));
}

static const struct {
    const char *before, *body, *shown, *used;
} uses[] = {
    {"local p = phrases 'courtesy'",
     "return value(call.count { who = 'agent', any = p.sorry }, 'x')", "1", "courtesy"},
    {"local p = phrases 'closing' assert(p == phrases 'closing')",
     "assert(phrases 'closing' == p) return value(#p.words, 'x')", "2", "courtesy closing"},
    {"", "return value(1, 'x')", "1", ""},
    {"local ok = pcall(phrases, 'nowhere')", "return value(tostring(ok), 'x')", "false", ""},
    {"", "phrases 'courtesy'",
     "failed: line 2: phrases stands outside of checks: local p = phrases \"courtesy\" above the "
     "card",
     ""},
};

START_TEST(lists_are_lent_by_name)
{
    struct rig r;
    struct buf used = {0};
    open_rig(&r);
    ck_assert_msg(load(&r, uses[_i].before, uses[_i].body) == RUNNER_DONE, "%s", r.outcome.text);
    for (const char *const *name = runner_child_libraries(r.child); *name; name++) {
        buf_str(&used, used.n ? " " : "");
        buf_str(&used, *name);
    }
    ck_assert_str_eq(buf_text(&used), uses[_i].used);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
        const char *shown = r.answers[0].n_values ? r.answers[0].values[0] : r.answers[0].reason;
        ck_assert_msg(strstr(uses[_i].shown, shown), "%s", shown);
    }
    buf_free(&used);
    rig_close(&r);
}
END_TEST

static const struct {
    const char *name, *says;
    enum runner_end end;
} faults[] = {
    {"'nowhere'",
     "there is no phrase list \"nowhere\"; it would be the file lib/nowhere.lua. "
     "There is: courtesy, closing, round_a,",
     RUNNER_ERROR},
    {"'../courtesy'", "phrases needs the name of a list, a-z, 0-9 and _", RUNNER_ERROR},
    {"'/etc/passwd'", "phrases needs the name of a list", RUNNER_ERROR},
    {"'a\\0b'", "phrases needs the name of a list", RUNNER_ERROR},
    {"''", "phrases needs the name of a list", RUNNER_ERROR},
    {"{}", "phrases needs the name of a list", RUNNER_ERROR},
    {"('x'):rep(41)", "phrases needs the name of a list", RUNNER_ERROR},
    {"'round_a'", "the phrase list \"round_a\" needs itself", RUNNER_ERROR},
    {"'wrong'", "phrase list \"wrong\": lib/wrong.lua:2: unexpected symbol near ','", RUNNER_ERROR},
    {"'bad_text'", "phrase list \"bad_text\": The text is not UTF-8", RUNNER_ERROR},
    {"'empty'", "phrase list \"empty\" gives back no table", RUNNER_ERROR},
    {"'reads'",
     "phrase list \"reads\": lib/reads.lua:1: attempt to index a nil value (global 'io')",
     RUNNER_ERROR},
    {"'loops'", "ran out of steps", RUNNER_FUEL},
};

/* S15, S18: a library has no more rights than a card, and is asked for by name only. */
START_TEST(lists_that_are_refused)
{
    struct rig r;
    open_rig(&r);
    rig_is_well(&r);
    enum runner_end end =
        load(&r, arena_format(r.a, "\nlocal p = phrases(%s)", faults[_i].name), "return yes('x')");
    ck_assert_int_eq(end, faults[_i].end);
    ck_assert_msg(strstr(r.outcome.text, faults[_i].says), "%s", r.outcome.text);
    if (end == RUNNER_ERROR)
        ck_assert_int_eq(r.outcome.line, 2);
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

TCase *library_cases(void)
{
    TCase *t = tcase_create("library");
    tcase_set_timeout(t, 60);
    support_rows(t, lists_are_lent_by_name, uses);
    support_rows(t, lists_that_are_refused, faults);
    return t;
}
