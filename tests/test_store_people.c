#include "test_store_fixture.h"

#include "store/audit.h"
#include "store/events.h"

#include <string.h>

static const char token[] = "00000000000000000000000000000000000000000000000000000000000000aa";
static const char other[] = "00000000000000000000000000000000000000000000000000000000000000bb";

static const struct {
    struct store_user user;
    enum store_sees sees;
} viewers[] = {
    {{.role = STORE_AGENT, .agent = "a01", .active = true}, STORE_SEES_AGENT},
    {{.role = STORE_AGENT, .agent = "", .active = true}, STORE_SEES_NOTHING},
    {{.role = STORE_AGENT, .active = true}, STORE_SEES_NOTHING},
    {{.role = STORE_LEAD, .team = "Blue", .active = true}, STORE_SEES_TEAM},
    {{.role = STORE_LEAD, .team = "", .active = true}, STORE_SEES_NOTHING},
    {{.role = STORE_EVALUATOR, .active = true}, STORE_SEES_ALL},
    {{.role = STORE_TRAINER, .active = true}, STORE_SEES_ALL},
    {{.role = STORE_MANAGER, .active = true}, STORE_SEES_ALL},
    {{.role = STORE_ADMIN, .active = true}, STORE_SEES_ALL},
    {{.role = STORE_ADMIN, .active = false}, STORE_SEES_NOTHING},
};

START_TEST(a_role_says_what_is_seen)
{
    ck_assert_int_eq(store_user_viewer(&viewers[_i].user).sees, viewers[_i].sees);
}
END_TEST

static void know(struct fixture *f)
{
    struct store_team team = {"Blue", "Blue", 0};
    struct store_agent agent = {.id = "a01", .name = "Amara Osei", .team = "Blue"};
    must(f, store_begin(f->s, &f->e));
    bool ok =
        store_team_put(f->s, &team, &f->e) && store_agent_put(f->s, &agent, &fixture_act, &f->e);
    must(f, store_end(f->s, ok, &f->e));
}

START_TEST(users_are_kept_and_found)
{
    struct fixture f;
    struct store_user u;
    struct store_user *all;
    size_t n;
    fixture_open(&f);
    know(&f);
    int64_t id = fixture_user(&f, "tess", STORE_LEAD, "Blue", "");
    fixture_user(&f, "amara", STORE_AGENT, "", "a01");
    must(&f, store_user_find(f.s, "tess", f.a, &u, &f.e));
    ck_assert_int_eq(u.id, id);
    ck_assert_int_eq(u.role, STORE_LEAD);
    ck_assert_str_eq(u.team, "Blue");
    must(&f, store_user_list(f.s, f.a, &all, &n, &f.e));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(all[0].login, "amara");
    refused(&f, store_user_find(f.s, "nobody", f.a, &u, &f.e), ERR_MISSING);
    fixture_close(&f);
}
END_TEST

static const struct {
    struct store_user user;
    enum err_kind kind;
} wrong_users[] = {
    {{.login = "tess", .name = "T", .role = STORE_EVALUATOR, .active = true}, ERR_CONFLICT},
    {{.login = "x", .name = "X", .role = STORE_LEAD, .active = true}, ERR_INPUT},
    {{.login = "x", .name = "X", .role = STORE_AGENT, .active = true}, ERR_INPUT},
    {{.login = "x", .name = "X", .role = STORE_ADMIN, .team = "Blue"}, ERR_INPUT},
    {{.login = "x", .name = "X", .role = STORE_AGENT, .agent = "a99"}, ERR_MISSING},
};

START_TEST(users_that_do_not_fit_are_refused)
{
    struct fixture f;
    int64_t id;
    fixture_open(&f);
    know(&f);
    fixture_user(&f, "tess", STORE_LEAD, "Blue", "");
    must(&f, store_begin(f.s, &f.e));
    refused(&f, store_user_add(f.s, &wrong_users[_i].user, &fixture_act, &id, &f.e),
            wrong_users[_i].kind);
    store_rollback(f.s);
    fixture_close(&f);
}
END_TEST

/* W11 */
START_TEST(the_last_admin_stays)
{
    struct fixture f;
    struct store_user u;
    fixture_open(&f);
    int64_t id = fixture_user(&f, "ada", STORE_ADMIN, "", "");
    must(&f, store_user_get(f.s, id, f.a, &u, &f.e));
    must(&f, store_begin(f.s, &f.e));
    u.active = false;
    refused(&f, store_user_change(f.s, &u, &fixture_act, &f.e), ERR_CONFLICT);
    u.active = true, u.role = STORE_MANAGER;
    refused(&f, store_user_change(f.s, &u, &fixture_act, &f.e), ERR_CONFLICT);
    store_rollback(f.s);
    fixture_user(&f, "second", STORE_ADMIN, "", "");
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_end(f.s, store_user_change(f.s, &u, &fixture_act, &f.e), &f.e));
    fixture_close(&f);
}
END_TEST

/* W8 */
START_TEST(sessions_end_by_time_and_by_change)
{
    enum { MINUTE = 60000 };
    static const struct {
        int64_t used_after, asked_after;
        bool found;
    } cases[] = {
        {0, 29 * MINUTE, true},
        {0, 31 * MINUTE, false},
        {20 * MINUTE, 45 * MINUTE, true},
        {(11 * 60 + 50) * MINUTE, (11 * 60 + 59) * MINUTE, true},
        {(11 * 60 + 50) * MINUTE, (12 * 60 + 1) * MINUTE, false},
    };
    struct fixture f;
    struct store_user u;
    int64_t used, now = fixture_act.at;
    fixture_open(&f);
    int64_t id = fixture_user(&f, "iris", STORE_EVALUATOR, "", "");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        must(&f, store_begin(f.s, &f.e));
        must(&f, store_session_add(f.s, token, id, now, &f.e));
        must(&f, store_session_touch(f.s, token, now + cases[i].used_after, &f.e));
        bool found =
            store_session_find(f.s, token, now + cases[i].asked_after, f.a, &u, &used, &f.e);
        ck_assert_msg(found == cases[i].found, "case %zu", i);
        err_clear(&f.e);
        store_rollback(f.s);
    }
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_session_add(f.s, token, id, now, &f.e));
    must(&f, store_session_add(f.s, other, id, now, &f.e));
    must(&f, store_user_set_password(f.s, id, "hash", token, &fixture_act, &f.e));
    must(&f, store_session_find(f.s, token, now, f.a, &u, &used, &f.e));
    refused(&f, store_session_find(f.s, other, now, f.a, &u, &used, &f.e), ERR_DENIED);
    u.role = STORE_TRAINER;
    must(&f, store_user_change(f.s, &u, &fixture_act, &f.e));
    refused(&f, store_session_find(f.s, token, now, f.a, &u, &used, &f.e), ERR_DENIED);
    must(&f, store_session_sweep(f.s, now, &f.e));
    must(&f, store_commit(f.s, &f.e));
    fixture_close(&f);
}
END_TEST

/* W7 */
START_TEST(guessing_is_braked_and_nobody_locked_out)
{
    static const int64_t after[] = {0, 0, 0, 0, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    struct fixture f;
    int64_t wait, now = fixture_act.at;
    fixture_open(&f);
    must(&f, store_begin(f.s, &f.e));
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++) {
        must(&f, store_throttle_failed(f.s, "iris", arena_format(f.a, "10.0.0.%zu", i), now, &f.e));
        must(&f, store_throttle_wait(f.s, "iris", "10.9.9.9", now, &wait, &f.e));
        ck_assert_int_eq(wait, after[i]);
    }
    must(&f, store_commit(f.s, &f.e));
    fixture_reopen(&f); /* a restart lifts nothing */
    must(&f, store_throttle_wait(f.s, "iris", "10.9.9.9", now, &wait, &f.e));
    ck_assert_int_eq(wait, 60000);
    must(&f, store_throttle_wait(f.s, "iris", "10.9.9.9", now + 60000, &wait, &f.e));
    ck_assert_int_eq(wait, 0);
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_throttle_passed(f.s, "iris", &f.e));
    must(&f, store_throttle_wait(f.s, "iris", "10.9.9.9", now, &wait, &f.e));
    ck_assert_int_eq(wait, 0);
    for (int i = 0; i < 20; i++)
        must(&f, store_throttle_failed(f.s, arena_format(f.a, "u%d", i), "10.1.1.1", now, &f.e));
    must(&f, store_throttle_wait(f.s, "fresh", "10.1.1.1", now + 1000, &wait, &f.e));
    ck_assert_int_eq(wait, 59000);
    must(&f, store_throttle_wait(f.s, "fresh", "10.1.1.1", now + 60000, &wait, &f.e));
    ck_assert_int_eq(wait, 0);
    must(&f, store_commit(f.s, &f.e));
    fixture_close(&f);
}
END_TEST

static void audit_some(struct fixture *f)
{
    must(f, store_begin(f->s, &f->e));
    for (int i = 0; i < 5; i++) {
        struct store_audit x = {.at = fixture_act.at + i, .user = i, .who = "iris"};
        x.address = "10.0.0.1", x.action = i % 2 ? "play" : "sign in", x.target = "call X";
        x.result = "done";
        must(f, store_audit_add(f->s, &x, &f->e));
    }
    must(f, store_commit(f->s, &f->e));
}

/* W12 */
START_TEST(the_audit_log_only_grows)
{
    static const char *const attempts[] = {"UPDATE audit SET who = 'noel' WHERE id = 2",
                                           "DELETE FROM audit WHERE id = 5",
                                           "UPDATE sheets SET percent = 100",
                                           "UPDATE card_versions SET text = 'x'",
                                           "DELETE FROM sheet_detail",
                                           "DELETE FROM events"};
    struct fixture f;
    fixture_open(&f);
    audit_some(&f);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    fixture_put(&f, &c);
    int64_t card = fixture_card(&f), user = fixture_user(&f, "iris", STORE_EVALUATOR, "", ""), id;
    struct sheet s = fixture_sheet(&f, c.id, card, user, "yes", "no");
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_end(f.s, store_sheet_add(f.s, &fixture_form, &s, 0, &id, &f.e), &f.e));
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++)
        ck_assert_msg(!fixture_outside(&f, attempts[i]), "%s", attempts[i]);
    fixture_close(&f);
}
END_TEST

static const struct {
    const char *sql, *names;
} tampering[] = {
    {"DROP TRIGGER audit_stays; UPDATE audit SET who = 'noel' WHERE id = 3", "entry 3"},
    {"DROP TRIGGER audit_stays; UPDATE audit SET at = at + 1 WHERE id = 1", "entry 1"},
    {"DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE id = 2", "entry 2"},
    {"DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE id = 1", "entry 1"},
    {"DROP TRIGGER audit_stays; UPDATE audit SET target = 'y', hash ="
     " '0000000000000000000000000000000000000000000000000000000000000000' WHERE id = 5",
     "entry 5"},
};

START_TEST(tampering_with_the_audit_log_is_found)
{
    struct fixture f;
    char last[65];
    int64_t entries;
    fixture_open(&f);
    audit_some(&f);
    must(&f, store_audit_verify(f.s, &entries, last, &f.e));
    ck_assert_int_eq(entries, 5);
    ck_assert(fixture_outside(&f, tampering[_i].sql));
    ck_assert(!store_audit_verify(f.s, &entries, last, &f.e));
    ck_assert_msg(strstr(f.e.text, tampering[_i].names) != NULL, "%s", f.e.text);
    fixture_close(&f);
}
END_TEST

START_TEST(audit_entries_are_listed_newest_first)
{
    static const struct {
        struct store_audit_filter filter;
        size_t n;
    } cases[] = {
        {{0}, 5},
        {{.action = "play"}, 2},
        {{.user = 3}, 1},
        {{.user = 3, .target = "call Y"}, 0},
        {{.target = "call X"}, 5},
        {{.target = "call X", .action = "play"}, 2},
        {{.from = 1791190800003}, 2},
    };
    struct fixture f;
    struct store_audit *x;
    size_t n;
    int64_t total;
    fixture_open(&f);
    audit_some(&f);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        must(&f, store_audit_list(f.s, &cases[i].filter, NULL, f.a, &x, &n, &total, &f.e));
        ck_assert_msg(n == cases[i].n, "case %zu: %zu", i, n);
        ck_assert_int_eq(total, (int64_t)n);
        ck_assert(n < 2 || x[0].id > x[1].id);
    }
    fixture_close(&f);
}
END_TEST

START_TEST(moving_an_agent_is_an_event)
{
    struct fixture f;
    struct store_event *events;
    struct store_agent *agents;
    size_t n;
    struct store_agent moved = {.id = "a01", .name = "Amara Osei", .team = ""};
    fixture_open(&f);
    know(&f);
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_end(f.s, store_agent_put(f.s, &moved, &fixture_act, &f.e), &f.e));
    must(&f, store_event_list(f.s, STORE_ON_AGENT, "a01", f.a, &events, &n, &f.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(events[0].from, "Blue");
    must(&f, store_agent_list(f.s, &store_everything, "", f.a, &agents, &n, &f.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(agents[0].team, "");
    fixture_close(&f);
}
END_TEST

void cases_people(Suite *s)
{
    TCase *t = tcase_create("people");
    tcase_set_timeout(t, 60);
    support_rows(t, a_role_says_what_is_seen, viewers);
    tcase_add_test(t, users_are_kept_and_found);
    support_rows(t, users_that_do_not_fit_are_refused, wrong_users);
    tcase_add_test(t, the_last_admin_stays);
    tcase_add_test(t, sessions_end_by_time_and_by_change);
    tcase_add_test(t, guessing_is_braked_and_nobody_locked_out);
    tcase_add_test(t, the_audit_log_only_grows);
    support_rows(t, tampering_with_the_audit_log_is_found, tampering);
    tcase_add_test(t, audit_entries_are_listed_newest_first);
    tcase_add_test(t, moving_an_agent_is_an_event);
    suite_add_tcase(s, t);
}
