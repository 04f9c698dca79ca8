/* Sign-in, sessions, the brake on guessing. */
#include "test_serve.h"

#include "store/audit.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static struct site site;
static struct arena *arena;

static void setup(void)
{
    arena = arena_open();
    site_open(&site, NULL, NULL);
}

static void teardown(void)
{
    site_close(&site);
    arena_close(arena);
}

#define FORM  "Content-Type: application/x-www-form-urlencoded\nOrigin: http://localhost\n"
#define RIGHT "login=admin&password=correct+horse+battery"
enum { MINUTE = 60 * 1000 };

static void ask(const char *method, const char *target, const char *headers, const char *body,
                struct answer_of *out)
{
    site_ask(&site, arena, method, target, headers, body, out);
}

static const char *cookie_of(const struct answer_of *x)
{
    const char *line = x->response.cookie;
    ck_assert_ptr_nonnull(line);
    return arena_format(arena, "Cookie: %.*s\n", (int)strcspn(line, ";"), line);
}

static const char *sign_in(void)
{
    struct answer_of x;
    ask("POST", "/sign-in", FORM, RIGHT "&next=/people", &x);
    ck_assert_int_eq(x.response.status, 303);
    ck_assert_str_eq(x.response.location, "/people");
    const char *cookie = cookie_of(&x);
    response_free(&x.response);
    return cookie;
}

static bool signed_in(const char *cookie)
{
    int status = site_status(&site, "GET", "/", cookie, "");
    ck_assert(status == 200 || status == 302);
    return status == 200;
}

static int64_t audited(const char *action, const char *result)
{
    struct err e = {0};
    struct store_audit *all;
    size_t n;
    int64_t total, count = 0;
    const struct store_audit_filter f = {.action = action};
    struct store *reader = store_open_reader(store_folder(site.store), &e);
    ck_assert_msg(reader != NULL, "%s", e.text);
    bool ok = store_audit_list(reader, &f, &(struct store_page){0}, arena, &all, &n, &total, &e);
    ck_assert_msg(ok, "%s", e.text);
    for (size_t i = 0; i < n; i++)
        count += strcmp(all[i].result, result) == 0;
    store_close(reader);
    return count;
}

START_TEST(W8_life_of_a_session)
{
    const char *cookie = sign_in();
    ck_assert(signed_in(cookie));
    ck_assert_int_eq(audited("sign in", "done"), 1);
    site.now += 29 * MINUTE;
    ck_assert(signed_in(cookie));
    site.now += 29 * MINUTE;
    ck_assert(signed_in(cookie)); /* it was in use meanwhile */
    site.now += 31 * MINUTE;
    ck_assert(!signed_in(cookie));
}
END_TEST

START_TEST(W8_twelve_hours_are_the_most)
{
    const char *cookie = sign_in();
    for (int i = 0; i < 35; i++, site.now += 20 * MINUTE)
        ck_assert(signed_in(cookie));
    site.now += 21 * MINUTE;
    ck_assert(!signed_in(cookie));
}
END_TEST

START_TEST(W8_cookie)
{
    struct answer_of x;
    ask("POST", "/sign-in", FORM, RIGHT, &x);
    const char *value = strchr(x.response.cookie, '=') + 1;
    ck_assert_uint_eq(strcspn(value, ";"), 43);
    ck_assert_str_eq(value + 43, "; Path=/; HttpOnly; SameSite=Lax");
    ck_assert(strncmp(x.response.cookie, "session=", 8) == 0);

    struct buf dump = {0};
    struct err e = {0};
    ck_assert(store_dump(site.store, &dump, &e));
    char *token = arena_text(arena, (struct slice){value, 43});
    ck_assert_ptr_null(strstr(buf_text(&dump), token)); /* only its hash is kept */
    buf_free(&dump);
    response_free(&x.response);
}
END_TEST

START_TEST(W8_cookie_under_tls)
{
    struct err e = {0};
    struct response out;
    struct request r = {.app = site.app,
                        .arena = arena,
                        .now = site.now,
                        .address = "192.0.2.7",
                        .secure = true,
                        .session = ""};
    response_init(&out);
    ck_assert(session_sign_in(site.app, &r, &out, " ADMIN ", SITE_PASSWORD, &e));
    ck_assert(strncmp(out.cookie, "__Host-session=", 15) == 0);
    ck_assert_ptr_nonnull(strstr(out.cookie, "; Secure"));
    ck_assert_ptr_nonnull(strstr(out.cookie, "; Path=/;"));
    ck_assert_str_eq(r.user.login, "admin");
    route_end(site.app, &r);
    response_free(&out);
}
END_TEST

START_TEST(W8_sign_in_gives_a_new_value_and_ends_the_old)
{
    struct answer_of x;
    const char *first = sign_in();
    ask("POST", "/sign-in", arena_format(arena, "%s" FORM, first), RIGHT, &x);
    const char *second = cookie_of(&x);
    response_free(&x.response);
    ck_assert_str_ne(first, second);
    ck_assert(!signed_in(first));
    ck_assert(signed_in(second));
}
END_TEST

START_TEST(W8_sign_out_is_on_the_server)
{
    struct answer_of x;
    const char *cookie = sign_in();
    ask("POST", "/sign-out", arena_format(arena, "%s" FORM, cookie),
        arena_format(arena, "token=%s", site_token(arena, cookie)), &x);
    ck_assert_int_eq(x.response.status, 303);
    ck_assert_ptr_nonnull(strstr(x.response.cookie, "session=; "));
    ck_assert_ptr_nonnull(strstr(x.response.cookie, "Max-Age=0"));
    response_free(&x.response);
    ck_assert(!signed_in(cookie));
    ck_assert_int_eq(audited("sign out", "done"), 1);
}
END_TEST

START_TEST(W8_a_new_password_ends_the_other_sessions)
{
    struct answer_of x;
    const char *mine = sign_in(), *other = site_cookie(&site, arena, STORE_ADMIN);
    const char *headers = arena_format(arena, "%s" FORM, mine);
    const char *token = site_token(arena, mine);
    static const struct {
        const char *old, *new;
        int status;
    } tries[] = {
        {"wrong+horse+battery", "another+long+sentence", 422},
        {"correct+horse+battery", "short", 422},
        {"correct+horse+battery", "another+long+sentence", 200},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        ask("POST", "/password", headers,
            arena_format(arena, "token=%s&old=%s&new=%s", token, tries[i].old, tries[i].new), &x);
        ck_assert_int_eq(x.response.status, tries[i].status);
        response_free(&x.response);
    }
    ck_assert(signed_in(mine));
    ck_assert(!signed_in(other));
    ck_assert_int_eq(audited("change password", "done"), 1);
}
END_TEST

static const char *const strangers[] = {
    "Cookie: session=\n",
    "Cookie: session=x\n",
    "Cookie: session=0000000000000000000000000000000000000000000\n",
    "Cookie: __Host-session=0000000000000000000000000000000000000000000\n",
    "Cookie: session=\xFF\n",
    "Cookie: ;;;=;session\n",
};

START_TEST(W8_unknown_cookies_are_nobody)
{
    ck_assert(!signed_in(strangers[_i]));
}
END_TEST

START_TEST(W6_wrong_and_unknown_read_alike)
{
    struct answer_of wrong, unknown;
    ask("POST", "/sign-in", FORM, "login=admin&password=not+the+right+one", &wrong);
    ask("POST", "/sign-in", FORM, "login=nobody&password=not+the+right+one", &unknown);
    ck_assert_int_eq(wrong.response.status, 422);
    ck_assert_int_eq(unknown.response.status, 422);
    ck_assert_str_eq(buf_text(&wrong.response.body), buf_text(&unknown.response.body));
    ck_assert_ptr_null(wrong.response.cookie);
    response_free(&wrong.response);
    response_free(&unknown.response);
    ck_assert_int_eq(audited("sign in", "failed"), 2);
    ck_assert_int_eq(site_status(&site, "POST", "/sign-in", FORM, "login=agent&password="), 422);
    ck_assert_int_eq(site_status(&site, "POST", "/sign-in", FORM, ""), 422);
}
END_TEST

START_TEST(W7_brake)
{
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(
            site_status(&site, "POST", "/sign-in", FORM, "login=admin&password=wrong+wrong+1"),
            422);
    ck_assert_int_eq(site_status(&site, "POST", "/sign-in", FORM, RIGHT), 503);
    site.now += 2 * MINUTE;
    sign_in();
}
END_TEST

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(D7_people_sign_in_and_read_while_the_disk_is_full)
{
    struct answer_of x;
    signal(SIGXFSZ, SIG_IGN);
    limit_files(1);
    const char *cookie = sign_in();
    ck_assert(signed_in(cookie));
    ck_assert_int_eq(
        site_status(&site, "POST", "/sign-in", FORM, "login=admin&password=wrong+wrong+1"), 422);
    ask("POST", "/password", arena_format(arena, "%s" FORM, cookie),
        arena_format(arena, "token=%s&old=correct+horse+battery&new=another+long+sentence",
                     site_token(arena, cookie)),
        &x);
    ck_assert_int_eq(x.response.status, 507);
    response_free(&x.response);
    limit_files(RLIM_INFINITY);
    ck_assert(signed_in(cookie));
    site.now += 31 * MINUTE;
    ck_assert(!signed_in(cookie));
    ck_assert(signed_in(sign_in()));
}
END_TEST

TCase *test_serve_session(void)
{
    TCase *t = tcase_create("session");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, W8_life_of_a_session);
    tcase_add_test(t, W8_twelve_hours_are_the_most);
    tcase_add_test(t, W8_cookie);
    tcase_add_test(t, W8_cookie_under_tls);
    tcase_add_test(t, W8_sign_in_gives_a_new_value_and_ends_the_old);
    tcase_add_test(t, W8_sign_out_is_on_the_server);
    tcase_add_test(t, W8_a_new_password_ends_the_other_sessions);
    support_rows(t, W8_unknown_cookies_are_nobody, strangers);
    tcase_add_test(t, W6_wrong_and_unknown_read_alike);
    tcase_add_test(t, W7_brake);
    tcase_add_test(t, D7_people_sign_in_and_read_while_the_disk_is_full);
    return t;
}
