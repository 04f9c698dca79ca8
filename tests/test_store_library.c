#include "test_store_desk.h"

#include "store/events.h"
#include "store/exemplars.h"
#include "store/issues.h"
#include "store/notes.h"

#include <string.h>

static const struct store_viewer nobody = {0};

static int64_t say(struct desk *d, enum note_kind kind, enum note_about about, const char *target)
{
    int64_t id;
    struct note n = {.kind = kind, .about = about, .target = target, .at_ms = CALL_UNKNOWN};
    n.author_user = d->iris, n.text = "Well said.", n.question = "";
    must(&d->f, store_note_add(d->f.s, &n, &id, &d->f.e));
    return id;
}

START_TEST(notes_belong_to_the_call_behind_them)
{
    struct desk d;
    struct note *notes;
    struct store_sheet_row *rows;
    size_t n;
    int64_t total, id;
    desk_begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "no");
    const char *sheet = arena_format(d.f.a, "%lld", (long long)desk_submit(&d, &s));
    struct store_exemplar x = {.call_id = d.green.id, .title = "T", .author = d.iris};
    must(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e));
    say(&d, NOTE_COMMENT, NOTE_CALL, d.blue.id);
    const char *dispute =
        arena_format(d.f.a, "%lld", (long long)say(&d, NOTE_DISPUTE, NOTE_SHEET, sheet));
    say(&d, NOTE_REPLY, NOTE_NOTE, dispute);
    say(&d, NOTE_ACKNOWLEDGEMENT, NOTE_SHEET, sheet);
    say(&d, NOTE_COMMENT, NOTE_EXEMPLAR, arena_format(d.f.a, "%lld", (long long)id));
    struct store_issue issue = {.title = "Meters"};
    must(&d.f, store_issue_add(d.f.s, &issue, &fixture_act, &id, &d.f.e));
    const char *about = arena_format(d.f.a, "%lld", (long long)id);
    const char *first =
        arena_format(d.f.a, "%lld", (long long)say(&d, NOTE_COMMENT, NOTE_ISSUE, about));
    say(&d, NOTE_REPLY, NOTE_NOTE, first);

    const struct {
        const struct store_viewer *viewer;
        struct store_note_filter filter;
        size_t n;
    } cases[] = {
        {&store_everything, {0}, 7},
        {&store_everything, {.call = d.blue.id}, 4},
        {&desk_agent, {.call = d.blue.id}, 4},
        {&desk_lead, {.call = d.blue.id}, 0},
        {&desk_agent, {0}, 6},
        {&desk_lead, {0}, 3},
        {&nobody, {0}, 0},
        {&store_everything, {.about = 1 + NOTE_SHEET, .target = sheet}, 2},
        {&store_everything, {.kind = 1 + NOTE_DISPUTE}, 1},
        {&store_everything, {.author = d.noel}, 0},
        {&desk_other_agent, {.about = 1 + NOTE_SHEET, .target = sheet}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        must(&d.f, store_note_list(d.f.s, cases[i].viewer, &cases[i].filter, NULL, d.f.a, &notes,
                                   &n, &total, &d.f.e));
        ck_assert_msg(n == cases[i].n, "case %zu: %zu", i, n);
        ck_assert_int_eq(total, (int64_t)n);
    }
    struct store_sheet_filter all = {0};
    must(&d.f, store_sheet_list(d.f.s, &desk_agent, &all, NULL, d.f.a, &rows, &n, &total, &d.f.e));
    ck_assert_int_eq(rows[0].disputes, 1);
    desk_finish(&d);
}
END_TEST

START_TEST(notes_about_nothing_are_refused)
{
    static const struct {
        enum note_about about;
        const char *target;
    } cases[] = {{NOTE_CALL, "NOSUCHCALL00"},
                 {NOTE_SHEET, "99"},
                 {NOTE_SHEET, "x"},
                 {NOTE_SHEET, "4503599627436033"},
                 {NOTE_ISSUE, "1"},
                 {NOTE_EXEMPLAR, "1"},
                 {NOTE_NOTE, "1"},
                 {NOTE_NOTE, "-"}};
    struct desk d;
    int64_t id;
    desk_begin(&d);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct note n = {.about = cases[i].about, .target = cases[i].target, .text = "x"};
        n.author_user = d.iris;
        refused(&d.f, store_note_add(d.f.s, &n, &id, &d.f.e), ERR_MISSING);
    }
    desk_finish(&d);
}
END_TEST

START_TEST(exemplars_are_found_by_tag_and_words)
{
    static const char *const tags[] = {"bad news", "calm"};
    struct desk d;
    struct store_exemplar *all, got;
    const char *const *words;
    size_t n;
    int64_t total, id, open_one;
    desk_begin(&d);
    struct store_exemplar x = {.call_id = d.blue.id, .title = "Ψύχραιμη απάντηση", .why = "Calm."};
    x.from_ms = 1000, x.to_ms = 4000, x.tags = tags, x.n_tags = 2, x.author = d.iris;
    must(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e));
    x.open = true, x.n_tags = 1;
    must(&d.f, store_exemplar_add(d.f.s, &x, &open_one, &d.f.e));
    const struct {
        const struct store_viewer *viewer;
        struct store_exemplar_filter filter;
        size_t n;
    } cases[] = {
        {&store_everything, {0}, 2},
        {&desk_agent, {0}, 2},
        {&desk_other_agent, {0}, 1},
        {&desk_lead, {0}, 1},
        {&nobody, {0}, 0},
        {&store_everything, {.tag = "calm"}, 1},
        {&store_everything, {.text = "ΨΥΧΡΑΙΜΗ calm"}, 2},
        {&store_everything, {.text = "angry"}, 0},
        {&store_everything, {.channel = 1 + CALL_VOICE, .type = "support"}, 2},
        {&store_everything, {.channel = 1 + CALL_CHAT}, 0},
        {&store_everything, {.call = d.green.id}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        must(&d.f, store_exemplar_list(d.f.s, cases[i].viewer, &cases[i].filter, NULL, d.f.a, &all,
                                       &n, &total, &d.f.e));
        ck_assert_msg(n == cases[i].n, "case %zu: %zu", i, n);
        ck_assert_int_eq(total, (int64_t)n);
    }
    must(&d.f, store_exemplar_get(d.f.s, &desk_other_agent, open_one, d.f.a, &got, &d.f.e));
    refused(&d.f, store_exemplar_get(d.f.s, &desk_other_agent, id, d.f.a, &got, &d.f.e),
            ERR_MISSING);
    must(&d.f, store_exemplar_get(d.f.s, &desk_agent, id, d.f.a, &got, &d.f.e));
    ck_assert_uint_eq(got.n_tags, 2);
    ck_assert_str_eq(got.author_name, "iris");
    must(&d.f, store_exemplar_tags(d.f.s, d.f.a, &words, &n, &d.f.e));
    ck_assert_uint_eq(n, 2);
    x.to_ms = 1000;
    refused(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e), ERR_INPUT);
    x.to_ms = 4000, x.title = "";
    refused(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e), ERR_INPUT);
    desk_finish(&d);
}
END_TEST

static const struct {
    enum store_issue_state seen, to;
    int64_t fixed_on;
    enum err_kind kind; /* ERR_NONE: taken */
} moves[] = {
    {STORE_ISSUE_NOTICED, STORE_ISSUE_BEING_FIXED, 0, ERR_INPUT},
    {STORE_ISSUE_NOTICED, STORE_ISSUE_NOTICED, 0, ERR_INPUT},
    {STORE_ISSUE_CONFIRMED, STORE_ISSUE_BEING_FIXED, 0, ERR_CONFLICT},
    {STORE_ISSUE_NOTICED, STORE_ISSUE_CONFIRMED, 0, ERR_NONE},
    {STORE_ISSUE_NOTICED, STORE_ISSUE_CONFIRMED, 0, ERR_CONFLICT},
    {STORE_ISSUE_CONFIRMED, STORE_ISSUE_BEING_FIXED, 0, ERR_NONE},
    {STORE_ISSUE_BEING_FIXED, STORE_ISSUE_FIXED, 0, ERR_INPUT},
    {STORE_ISSUE_BEING_FIXED, STORE_ISSUE_FIXED, 1000, ERR_NONE},
    {STORE_ISSUE_FIXED, STORE_ISSUE_VERIFIED, 0, ERR_NONE},
    {STORE_ISSUE_VERIFIED, STORE_ISSUE_FIXED, 0, ERR_NONE},
    {STORE_ISSUE_FIXED, STORE_ISSUE_CONFIRMED, 0, ERR_NONE},
};

START_TEST(issues_move_one_step_and_back)
{
    struct desk d;
    struct store_issue i = {.title = "Meter readings are lost", .owner = "Field team"}, got;
    struct store_event *events;
    int64_t id;
    size_t n, taken = 1;
    desk_begin(&d);
    must(&d.f, store_issue_add(d.f.s, &i, &fixture_act, &id, &d.f.e));
    for (size_t k = 0; k < sizeof moves / sizeof moves[0]; k++) {
        bool ok = store_issue_move(d.f.s, id, moves[k].seen, moves[k].to, moves[k].fixed_on,
                                   &fixture_act, &d.f.e);
        ck_assert_msg(d.f.e.kind == moves[k].kind && ok == !moves[k].kind, "move %zu: %s", k,
                      d.f.e.text);
        err_clear(&d.f.e);
        taken += ok;
        must(&d.f, store_issue_get(d.f.s, &desk_agent, id, d.f.a, &got, &d.f.e));
        ck_assert_int_eq(got.fixed_on, got.state >= STORE_ISSUE_FIXED ? 1000 : 0);
    }
    must(&d.f, store_event_list(d.f.s, STORE_ON_ISSUE, arena_format(d.f.a, "%lld", (long long)id),
                                d.f.a, &events, &n, &d.f.e));
    ck_assert_uint_eq(n, taken);
    ck_assert_str_eq(events[n - 1].from, "fixed");
    ck_assert_str_eq(events[n - 1].to, "confirmed");
    desk_finish(&d);
}
END_TEST

START_TEST(occurrences_count_once_and_for_who_may_see_them)
{
    struct desk d;
    struct store_issue i = {.title = "Meters", .card = "support-voice", .question = "solved"};
    struct store_issue *issues;
    struct store_occurrence *list;
    int64_t id, total;
    size_t n;
    desk_begin(&d);
    must(&d.f, store_issue_add(d.f.s, &i, &fixture_act, &id, &d.f.e));
    const char *const calls[] = {d.blue.id, d.green.id, d.green.id};
    for (size_t k = 0; k < 3; k++) {
        struct store_occurrence o = {.issue = id, .call_id = calls[k], .question = "solved"};
        must(&d.f, store_issue_mark(d.f.s, &o, &d.f.e));
    }
    const struct {
        const struct store_viewer *viewer;
        int64_t calls;
        size_t issues;
    } cases[] = {
        {&store_everything, 2, 1}, {&desk_agent, 1, 1}, {&desk_lead, 1, 1}, {&nobody, 0, 0}};
    for (size_t k = 0; k < 4; k++) {
        struct store_issue_filter f = {.card = "support-voice", .question = "solved"};
        must(&d.f, store_issue_list(d.f.s, cases[k].viewer, &f, NULL, d.f.a, &issues, &n, &total,
                                    &d.f.e));
        ck_assert_uint_eq(n, cases[k].issues);
        ck_assert_int_eq(total, (int64_t)n);
        if (n)
            ck_assert_int_eq(issues[0].calls, cases[k].calls);
        must(&d.f, store_occurrence_list(d.f.s, cases[k].viewer, id, NULL, NULL, d.f.a, &list, &n,
                                         &total, &d.f.e));
        ck_assert_int_eq(total, cases[k].calls);
    }
    must(&d.f, store_occurrence_list(d.f.s, &desk_agent, 0, d.blue.id, NULL, d.f.a, &list, &n,
                                     &total, &d.f.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(list[0].agent_id, "a01");
    desk_finish(&d);
}
END_TEST

void cases_library(Suite *s)
{
    TCase *t = tcase_create("library");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, notes_belong_to_the_call_behind_them);
    tcase_add_test(t, notes_about_nothing_are_refused);
    tcase_add_test(t, exemplars_are_found_by_tag_and_words);
    tcase_add_test(t, issues_move_one_step_and_back);
    tcase_add_test(t, occurrences_count_once_and_for_who_may_see_them);
    suite_add_tcase(s, t);
}
