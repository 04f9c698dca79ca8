/* The library, process issues, home and people. Cards have a suite of their own. */
#include "test_desk.h"
#include "test_desk_fixture.h"

#include "base/secret.h"
#include "desk/exemplars.h"
#include "desk/home.h"
#include "desk/issues.h"
#include "desk/people.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *text;
    int64_t ms; /* -1: refused */
} times[] = {
    {"4:49", 289000},  {"0:00", 0},       {"1:04:49", 3889000}, {"289", 289000},
    {"289.5", 289500}, {" 1:05 ", 65000}, {"1:65", -1},         {"-1", -1},
    {"", -1},          {"1:", -1},        {":5", -1},           {"1:2:3:4", -1},
    {"soon", -1},      {"1.5:00", -1},    {"1e9", -1},          {"1:-5", -1},
};

START_TEST(times_as_people_type_them)
{
    int64_t ms = 0;
    ck_assert_int_eq(exemplars_read_time(times[_i].text, &ms), times[_i].ms >= 0);
    if (times[_i].ms >= 0)
        ck_assert_int_eq(ms, times[_i].ms);
}
END_TEST

static const struct {
    const char *title, *why, *from, *to, *tags;
    int wrong; /* which field is at fault: 0 none, 1 title, 2 why, 3 from, 4 to, 5 tags */
} stretches[] = {
    {"Calm", "She listened.", "0:01", "0:03", "calm, closing", 0},
    {"Calm", "She listened.", "", "", "", 0},
    {"Calm", "She listened.", "0:01", "", "", 0},
    {" ", "She listened.", "", "", "", 1},
    {"Calm", "", "", "", "", 2},
    {"Calm", "She listened.", "soon", "0:03", "", 3},
    {"Calm", "She listened.", "0:03", "0:01", "", 4},
    {"Calm", "She listened.", "0:01", "9:59:59", "", 4},
    {"Calm", "She listened.", "", "", "1,2,3,4,5,6,7,8,9,10,11", 5},
};

START_TEST(a_stretch_is_kept_or_says_what_is_wrong)
{
    struct centre c;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_TRAINER);
    struct err e = {0};
    struct exemplars_errors errors;
    struct exemplars_page page;
    struct exemplars_draft draft = {c.calls[0].id,      stretches[_i].title, stretches[_i].why,
                                    stretches[_i].from, stretches[_i].to,    stretches[_i].tags};
    int64_t id = 0;
    bool kept = exemplars_save(&d, &draft, &errors, &id, &e);
    const char *all[] = {NULL, errors.title, errors.why, errors.from, errors.to, errors.tags};
    ck_assert_msg(kept == (stretches[_i].wrong == 0), "%s", e.text);
    for (int i = 1; i < 6; i++)
        ck_assert_int_eq(all[i] != NULL, i == stretches[_i].wrong);
    err_clear(&e);
    ck_assert(exemplars_table(&d, &(struct store_exemplar_filter){0}, &(struct store_page){0},
                              &page, &e));
    ck_assert_int_eq(page.total, kept);
    centre_close(&c);
}
END_TEST

START_TEST(an_open_stretch_is_read_but_not_heard_by_strangers)
{
    struct centre c;
    centre_open(&c);
    struct desk trainer = centre_desk(&c, STORE_TRAINER), agent = centre_desk(&c, STORE_AGENT);
    struct err e = {0};
    struct exemplars_errors errors;
    struct exemplars_view seen;
    struct exemplars_draft draft = {c.calls[1].id, "Calm", "She listened.", "", "", "calm"};
    int64_t id;
    ck_assert_msg(exemplars_save(&trainer, &draft, &errors, &id, &e), "%s", e.text);
    ck_assert(exemplars_open(&trainer, id, &seen, &e) && seen.heard && seen.call.recording[0]);
    ck_assert(exemplars_open(&agent, id, &seen, &e) && !seen.heard && !seen.call.recording[0]);
    draft.call_id = "NOSUCHCALL00";
    ck_assert(!exemplars_save(&trainer, &draft, &errors, &id, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    centre_close(&c);
}
END_TEST

static const struct sheet *excusing(struct centre *c, enum form_locus locus)
{
    const struct form *f = centre_form();
    struct sheet *s = arena_take(c->arena, sizeof *s);
    static const char *const no[] = {"no"};
    s->answers = arena_array(c->arena, f->n_questions, sizeof *s->answers);
    s->n_answers = f->n_questions;
    memcpy(s->call_id, c->calls[0].id, sizeof s->call_id);
    s->answers[0] = (struct answer){.state = ANSWER_GIVEN,
                                    .values = no,
                                    .n_values = 1,
                                    .locus = locus,
                                    .reason = "The line is recorded to say it.",
                                    .note = ""};
    return s;
}

static int64_t issue_count(struct desk *d, int64_t *calls)
{
    struct err e = {0};
    struct table *t;
    ck_assert(issues_table(d, &t, &e));
    *calls = table_rows(t) ? (int64_t)table_cell(t, 0, 4)->number : 0;
    return (int64_t)table_rows(t);
}

START_TEST(an_excused_miss_opens_an_issue_and_the_next_one_joins_it)
{
    struct centre c;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct err e = {0};
    int64_t calls;
    ck_assert(store_begin(c.store, &e));
    ck_assert(
        store_end(c.store, issues_from_sheet(&d, centre_form(), excusing(&c, FORM_AGENT), &e), &e));
    ck_assert_int_eq(issue_count(&d, &calls), 0);
    for (int again = 0; again < 2; again++) {
        ck_assert(store_begin(c.store, &e));
        ck_assert_msg(
            store_end(c.store, issues_from_sheet(&d, centre_form(), excusing(&c, FORM_PROCESS), &e),
                      &e),
            "%s", e.text);
        ck_assert_int_eq(issue_count(&d, &calls), 1);
        ck_assert_int_eq(calls, 1);
    }
    centre_close(&c);
}
END_TEST

START_TEST(an_issue_moves_with_a_reason_and_keeps_its_history)
{
    struct centre c;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_MANAGER);
    struct err e = {0};
    struct issues_errors errors;
    struct issues_view v;
    int64_t id;
    struct issues_draft draft = {"", "x", "process", ""};
    ck_assert(!issues_open(&d, &draft, &errors, &id, &e) && errors.title && !errors.what);
    err_clear(&e);
    draft = (struct issues_draft){"Letters go out twice", "Customers ring about it.", "luck", ""};
    ck_assert(!issues_open(&d, &draft, &errors, &id, &e) && errors.locus);
    err_clear(&e);
    draft.locus = "process";
    ck_assert_msg(issues_open(&d, &draft, &errors, &id, &e), "%s", e.text);
    static const struct {
        const char *from, *to, *day, *why;
        bool ok;
    } moves[] = {
        {"noticed", "confirmed", "", "", false},
        {"noticed", "fixed", "2026-11-01", "too fast", false},
        {"noticed", "confirmed", "", "seen in both teams", true},
        {"noticed", "confirmed", "", "somebody was faster", false},
        {"confirmed", "being fixed", "", "IT has it", true},
        {"being fixed", "fixed", "", "no day", false},
        {"being fixed", "fixed", "2026-13-01", "no such day", false},
        {"being fixed", "fixed", "2026-11-01", "new template", true},
        {"fixed", "confirmed", "", "back again", true},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        err_clear(&e);
        ck_assert_msg(issues_move(&d, id, moves[i].from, moves[i].to, moves[i].day, moves[i].why,
                                  &e) == moves[i].ok,
                      "move %zu: %s", i, e.text);
    }
    err_clear(&e);
    ck_assert_msg(issues_view(&d, id, &v, &e), "%s", e.text);
    ck_assert_int_eq(v.issue.state, STORE_ISSUE_CONFIRMED);
    ck_assert_uint_eq(table_rows(v.history), 5);
    ck_assert_str_eq(v.seen, "in no call yet");
    centre_close(&c);
}
END_TEST

START_TEST(home_says_what_is_next_by_role)
{
    struct centre c;
    centre_open(&c);
    struct err e = {0};
    for (enum store_role role = 0; role < STORE_ROLES; role++) {
        struct desk d = centre_desk(&c, role);
        struct home_view v;
        ck_assert_msg(home_view(&d, &v, &e), "%s", e.text);
        double calls = table_cell(v.numbers, 0, 1)->number;
        ck_assert_int_eq((int)calls, role == STORE_AGENT || role == STORE_LEAD ? 2 : CENTRE_CALLS);
        ck_assert_uint_eq(table_rows(v.numbers), role == STORE_AGENT ? 4 : 5);
        if (role == STORE_EVALUATOR || role == STORE_MANAGER || role == STORE_ADMIN)
            ck_assert_ptr_nonnull(strstr(table_cell(v.next, 0, 1)->text, "with sound"));
    }
    centre_close(&c);
}
END_TEST

START_TEST(people_come_and_go)
{
    struct centre c;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_ADMIN);
    struct err e = {0};
    char password[PEOPLE_PASSWORD], again[PEOPLE_PASSWORD];
    struct store_user u = {.login = "mina",
                           .name = "Mina",
                           .role = STORE_EVALUATOR,
                           .team = "",
                           .agent = ""},
                      found;
    ck_assert_msg(people_add(&d, &u, password, &e), "%s", e.text);
    ck_assert(store_user_find(c.store, "mina", c.arena, &found, &e));
    ck_assert(secret_check_password(found.password, slice_of(password)));
    ck_assert(!people_add(&d, &u, again, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    err_clear(&e);
    ck_assert(people_reset_password(&d, "mina", again, &e));
    ck_assert(store_user_find(c.store, "mina", c.arena, &found, &e));
    ck_assert(!secret_check_password(found.password, slice_of(password)));
    ck_assert(people_set_active(&d, "mina", false, &e));
    ck_assert(store_user_find(c.store, "mina", c.arena, &found, &e) && !found.active);
    ck_assert(!people_set_active(&d, "nobody", true, &e));
    centre_close(&c);
}
END_TEST

TCase *desk_exemplars_case(void)
{
    TCase *t = tcase_create("exemplars");
    support_rows(t, times_as_people_type_them, times);
    support_rows(t, a_stretch_is_kept_or_says_what_is_wrong, stretches);
    tcase_add_test(t, an_open_stretch_is_read_but_not_heard_by_strangers);
    return t;
}

TCase *desk_issues_case(void)
{
    TCase *t = tcase_create("issues");
    tcase_add_test(t, an_excused_miss_opens_an_issue_and_the_next_one_joins_it);
    tcase_add_test(t, an_issue_moves_with_a_reason_and_keeps_its_history);
    return t;
}

TCase *desk_home_case(void)
{
    TCase *t = tcase_create("home");
    tcase_add_test(t, home_says_what_is_next_by_role);
    return t;
}

TCase *desk_people_case(void)
{
    TCase *t = tcase_create("people");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, people_come_and_go);
    return t;
}
