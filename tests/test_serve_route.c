/* The dispatcher: addresses, methods, roles, tokens, limits, refusals. */
#include "test_serve.h"

#include "base/file.h"
#include "serve/app.h"

#include <string.h>

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

#define FORM "Content-Type: application/x-www-form-urlencoded\n"
#define OURS "Origin: http://localhost\nSec-Fetch-Site: same-origin\n"

static const char *text_of(const struct answer_of *x)
{
    return buf_text(&x->response.body);
}

static void ask(const char *method, const char *target, const char *headers, const char *body,
                struct answer_of *out)
{
    site_ask(&site, arena, method, target, headers, body, out);
}

static const struct {
    const char *method, *target;
    int status;
    const char *allow, *body; /* NULL: not looked at */
} addresses[] = {
    {"GET", "/", 200, NULL, "hello admin"},
    {"HEAD", "/", 200, NULL, "hello admin"},
    {"GET", "/calls/new", 200, NULL, "hello admin"}, /* the row that stands first */
    {"GET", "/calls/7Q2", 200, NULL, "7Q2|"},
    {"GET", "/calls/7Q2/turns/5", 200, NULL, "7Q2|5"},
    {"GET", "/calls/%CE%B1", 200, NULL, "α|"},
    {"GET", "/people", 200, NULL, "page"},
    {"GET", "/people?x=1", 200, NULL, "page"},
    {"GET", "/people.csv", 200, NULL, "who\r\nEleni\r\n"},
    {"GET", "/people.json", 200, NULL, NULL},
    {"GET", "/calls/7Q2.csv", 200, NULL, "7Q2.csv|"}, /* a row without a table */
    {"GET", "/people.xml", 404, NULL, NULL},
    {"GET", "/.csv", 404, NULL, NULL},
    {"GET", "/calls", 404, NULL, NULL},
    {"GET", "/calls/", 404, NULL, NULL},
    {"GET", "/calls/7Q2/", 404, NULL, NULL},
    {"GET", "//calls/7Q2", 404, NULL, NULL},
    {"GET", "/calls//turns/5", 404, NULL, NULL},
    {"GET", "/nothing", 404, NULL, NULL},
    {"POST", "/nothing", 404, NULL, NULL},
    {"POST", "/", 405, "GET, HEAD", NULL},
    {"PUT", "/calls/7Q2", 405, "GET, HEAD, POST", NULL},
    {"DELETE", "/calls/7Q2", 405, "GET, HEAD, POST", NULL},
    {"GET", "/drafts/1", 405, "PUT", NULL},
    {"GET", "/sign-out", 405, "POST", NULL},
    {"GET", "/static/nothing.css", 404, NULL, NULL},
    {"GET", "/static/manifest.json.md", 404, NULL, NULL},
};

START_TEST(W10_addresses)
{
    struct answer_of x;
    ask(addresses[_i].method, addresses[_i].target, site_cookie(&site, arena, STORE_ADMIN), "", &x);
    ck_assert_int_eq(x.response.status, addresses[_i].status);
    if (addresses[_i].allow)
        ck_assert_str_eq(x.response.allow, addresses[_i].allow);
    if (addresses[_i].body)
        ck_assert_str_eq(text_of(&x), addresses[_i].body);
    if (x.response.status >= 400 && x.request.method != REQUEST_PUT)
        ck_assert_ptr_nonnull(strstr(text_of(&x), "</html>"));
    response_free(&x.response);
}
END_TEST

START_TEST(tables_by_their_end)
{
    struct answer_of x;
    const char *cookie = site_cookie(&site, arena, STORE_AGENT);
    ask("GET", "/people.csv?sort=who", cookie, "", &x);
    ck_assert_str_eq(x.response.download, "people.csv");
    ck_assert_ptr_nonnull(strstr(x.response.type, "text/csv"));
    ck_assert_str_eq(x.request.path, "/people");
    response_free(&x.response);
    ask("GET", "/people.json", cookie, "", &x);
    ck_assert_ptr_nonnull(strstr(text_of(&x), "\"rows\""));
    ck_assert_ptr_nonnull(strstr(x.response.type, "application/json"));
    response_free(&x.response);
}
END_TEST

START_TEST(W10_nobody_is_asked_to_sign_in)
{
    struct answer_of x;
    ask("GET", "/calls/new?a=b%20c", "", "", &x);
    ck_assert_int_eq(x.response.status, 302);
    ck_assert_str_eq(x.response.location, "/sign-in?next=/calls/new%3Fa%3Db%2520c");
    response_free(&x.response);
    ask("GET", "/people.csv", "", "", &x);
    ck_assert_int_eq(x.response.status, 401);
    response_free(&x.response);
    ask("GET", "/people.json", "", "", &x);
    ck_assert_int_eq(x.response.status, 401);
    ck_assert_ptr_nonnull(strstr(text_of(&x), "{\"error\":"));
    response_free(&x.response);
    ask("PUT", "/drafts/1", OURS, "{}", &x);
    ck_assert_int_eq(x.response.status, 401);
    ck_assert_ptr_nonnull(strstr(text_of(&x), "{\"error\":"));
    response_free(&x.response);
    ck_assert_int_eq(site_status(&site, "GET", "/hello", "", ""), 200);
}
END_TEST

START_TEST(W10_roles)
{
    for (int role = 0; role < STORE_ROLES; role++) {
        const char *cookie = site_cookie(&site, arena, (enum store_role)role);
        bool may = role == STORE_EVALUATOR || role == STORE_ADMIN;
        ck_assert_int_eq(site_status(&site, "GET", "/calls/new", cookie, ""), may ? 200 : 403);
        ck_assert_int_eq(site_status(&site, "HEAD", "/calls/new", cookie, ""), may ? 200 : 403);
        const char *put =
            arena_format(arena, "%s" OURS "X-Form-Token: %s\n", cookie, site_token(arena, cookie));
        ck_assert_int_eq(site_status(&site, "PUT", "/drafts/1", put, "{}"), may ? 200 : 403);
    }
}
END_TEST

static const struct {
    const char *headers, *token; /* "+": the right one; NULL: none */
    int status;
} posts[] = {
    {OURS, "+", 200},
    {"", "+", 200},
    {"Sec-Fetch-Site: none\n", "+", 200},
    {"Origin: http://localhost\n", "+", 200},
    {OURS, NULL, 403},
    {OURS, "", 403},
    {OURS, "x", 403},
    {OURS, "0000000000000000000000000000000000000000000000000000000000000000", 403},
    {"", NULL, 403},
    {"Sec-Fetch-Site: cross-site\n", "+", 403},
    {"Sec-Fetch-Site: same-site\n", "+", 403},
    {"Origin: http://evil.example\n", "+", 403},
    {"Origin: https://localhost\n", "+", 403},
    {"Origin: http://localhost:81\n", "+", 403},
    {"Origin: http://localhost.evil.example\n", "+", 403},
    {"Origin: null\n", "+", 403},
    {"Origin: http://evil.example\nSec-Fetch-Site: same-origin\n", "+", 403},
};

START_TEST(W9_form_token_and_origin)
{
    const char *cookie = site_cookie(&site, arena, STORE_ADMIN);
    const char *token = posts[_i].token;
    if (token && *token == '+')
        token = site_token(arena, cookie);
    const char *body =
        token ? arena_format(arena, "a=1&token=%s", token) : arena_copy(arena, "a=1");
    const char *headers = arena_format(arena, "%s%s" FORM, cookie, posts[_i].headers);
    ck_assert_int_eq(site_status(&site, "POST", "/calls/1", headers, body), posts[_i].status);
    headers = arena_format(arena, "%s%s%s%s%s", cookie, posts[_i].headers,
                           token ? "X-Form-Token: " : "", token ? token : "", token ? "\n" : "");
    ck_assert_int_eq(site_status(&site, "PUT", "/drafts/1", headers, "{}"), posts[_i].status);
}
END_TEST

START_TEST(W9_tokens_of_others_do_not_pass)
{
    const char *mine = site_cookie(&site, arena, STORE_ADMIN);
    const char *other = site_cookie(&site, arena, STORE_ADMIN);
    const char *body = arena_format(arena, "token=%s", site_token(arena, other));
    const char *headers = arena_format(arena, "%s" FORM, mine);
    ck_assert_int_eq(site_status(&site, "POST", "/calls/1", headers, body), 403);
}
END_TEST

START_TEST(W9_public_forms_look_at_the_origin_too)
{
    ck_assert_int_eq(site_status(&site, "POST", "/hello", OURS, "x"), 200);
    ck_assert_int_eq(site_status(&site, "POST", "/hello", "Origin: http://evil.example\n", "x"),
                     403);
}
END_TEST

START_TEST(W3_body_limits)
{
    const char *cookie = site_cookie(&site, arena, STORE_ADMIN);
    struct buf body = {0};
    buf_format(&body, "token=%s&a=", site_token(arena, cookie));
    while (body.n < 1000)
        buf_char(&body, 'x');
    const char *headers = arena_format(arena, "%s" FORM, cookie);
    ck_assert_int_eq(site_status(&site, "POST", "/calls/1", headers, body.p), 200);
    buf_char(&body, 'x');
    struct answer_of x;
    ask("POST", "/calls/1", headers, body.p, &x);
    ck_assert_int_eq(x.response.status, 413);
    ck_assert(x.response.close);
    response_free(&x.response);
    while (body.n <= ROUTE_CARD_MOST)
        buf_char(&body, 'x');
    ck_assert_int_eq(site_status(&site, "POST", "/upload", "", body.p), 401); /* not even read */
    buf_free(&body);
}
END_TEST

START_TEST(nothing_typed_is_lost_when_the_session_is_over)
{
    struct answer_of x;
    ask("POST", "/calls/1?x=1", OURS FORM, "note=Caf%C3%A9%0A%3Cb%3E&note=2&token=old", &x);
    ck_assert_int_eq(x.response.status, 401);
    ck_assert_str_eq(text_of(&x), "sign in, next /calls/1?x=1, kept "
                                  "note=Caf%C3%A9%0A%3Cb%3E&note=2&token=old");
    response_free(&x.response);

    ask("POST", "/sign-in", OURS FORM,
        "login=Admin&password=correct+horse+battery&next=/calls/1%3Fx%3D1&"
        "kept=note%3DCaf%25C3%25A9%250A%253Cb%253E%26note%3D2%26token%3Dold",
        &x);
    ck_assert_int_eq(x.response.status, 200);
    ck_assert_ptr_nonnull(strstr(text_of(&x), "action=\"/calls/1?x=1\""));
    ck_assert_ptr_nonnull(strstr(text_of(&x), "Café\n&lt;b&gt;"));
    ck_assert_ptr_null(strstr(text_of(&x), "value=\"old\""));
    ck_assert_ptr_nonnull(strstr(text_of(&x), x.request.token));
    response_free(&x.response);
}
END_TEST

START_TEST(nothing_typed_is_lost_when_the_token_is_of_an_earlier_session)
{
    struct answer_of x;
    const char *cookie = site_cookie(&site, arena, STORE_ADMIN);
    ask("POST", "/calls/1", arena_format(arena, "%s" OURS FORM, cookie), "note=typed&token=old",
        &x);
    ck_assert_int_eq(x.response.status, 403);
    ck_assert_ptr_nonnull(strstr(text_of(&x), "value=\"typed\""));
    ck_assert_ptr_nonnull(strstr(text_of(&x), site_token(arena, cookie)));
    response_free(&x.response);
    ask("POST", "/calls/1", arena_format(arena, "%s" FORM, cookie), "note=typed&token=old", &x);
    ck_assert_int_eq(x.response.status, 403);
    ck_assert_ptr_null(strstr(text_of(&x), "typed")); /* no browser vouched for it */
    response_free(&x.response);
}
END_TEST

static const struct {
    enum err_kind kind;
    int status;
} kinds[] = {{ERR_INPUT, 422}, {ERR_MISSING, 404}, {ERR_CONFLICT, 409}, {ERR_DENIED, 403},
             {ERR_BUSY, 503},  {ERR_FULL, 507},    {ERR_IO, 500}};

START_TEST(D7_errors_have_a_status_and_a_page)
{
    struct answer_of x;
    ask("GET", arena_format(arena, "/fail/%d", kinds[_i].kind), "", "", &x);
    ck_assert_int_eq(x.response.status, kinds[_i].status);
    ck_assert_ptr_nonnull(strstr(text_of(&x), "The thing at the place."));
    ck_assert_ptr_null(strstr(text_of(&x), "half a page"));
    response_free(&x.response);
}
END_TEST

START_TEST(pages_have_the_navigation_of_the_role)
{
    struct answer_of x;
    ask("GET", "/nothing", site_cookie(&site, arena, STORE_AGENT), "", &x);
    ck_assert_ptr_nonnull(strstr(text_of(&x), "href=\"/people\""));
    response_free(&x.response);
    ask("GET", "/nothing", "", "", &x);
    ck_assert_ptr_null(strstr(text_of(&x), "href=\"/people\""));
    response_free(&x.response);
}
END_TEST

static const struct {
    const char *method, *headers;
    int status;
    int64_t from, to;
} ranges[] = {
    {"GET", "", 200, 0, 10},
    {"GET", "Range: bytes=2-4\n", 206, 2, 5},
    {"HEAD", "Range: bytes=2-4\n", 200, 0, 10},
    {"GET", "Range: bytes=2-4,6-7\n", 200, 0, 10},
    {"GET", "Range: bytes=-3\n", 206, 7, 10},
    {"GET", "Range: bytes=10-\n", 416, 0, 10},
    {"GET", "Range: bytes=2-4\nIf-Range: \"abc\"\n", 206, 2, 5},
    {"GET", "Range: bytes=2-4\nIf-Range: \"old\"\n", 200, 0, 10},
};

START_TEST(W19_files)
{
    struct answer_of x;
    ask(ranges[_i].method, "/file", ranges[_i].headers, "", &x);
    ck_assert_int_eq(x.response.status, ranges[_i].status);
    ck_assert_int_eq(x.response.file.from, ranges[_i].from);
    ck_assert_int_eq(x.response.file.to, ranges[_i].to);
    ck_assert_str_eq(x.response.file.etag, "\"abc\"");
    ck_assert_int_eq(x.response.file.fd >= 0, ranges[_i].status != 416);
    response_free(&x.response);
}
END_TEST

START_TEST(static_files)
{
    struct answer_of x;
    const char *address = app_bundle(site.app, arena, "style.css");
    ck_assert_ptr_nonnull(address);
    ask("GET", address, "", "", &x);
    ck_assert_int_eq(x.response.status, 200);
    bool hashed = strcmp(address, "/static/style.css") != 0;
    ck_assert_int_eq(x.response.cache, hashed ? RESPONSE_IMMUTABLE : RESPONSE_NO_STORE);
    ck_assert_str_eq(x.response.type, "text/css; charset=utf-8");
    ck_assert_ptr_nonnull(x.response.lasting.p);
    response_free(&x.response);
}
END_TEST

START_TEST(pages_of_the_data_folder)
{
    struct err e = {0};
    struct app *app;
    const struct serve_options o = {.data = store_folder(site.store), .clock = {site.now}};
    const char *folder = file_join(arena, o.data, "pages");
    ck_assert(file_make_folder(folder, &e));
    ck_assert(file_write(file_join(arena, folder, "error.md"), SLICE("# Oh: {{title}}\n"), &e));
    ck_assert(file_write(file_join(arena, folder, "help.md"), SLICE("# {{broken\n"), &e));
    ck_assert(file_write(file_join(arena, folder, "other.md"), SLICE("# Other\n"), &e));
    ck_assert_msg(app_open(&app, &o, site_routes, site.store, NULL, &e), "%s", e.text);
    ck_assert(slice_is(app_page(app, "error"), "# Oh: {{title}}\n"));
    ck_assert(slice_equal(app_page(app, "help"), app_page(site.app, "help")));
    ck_assert_ptr_null(app_page(app, "other").p);
    app_close(app);
}
END_TEST

START_TEST(W5_forwarded_for_is_believed_from_this_machine_only)
{
    static const struct {
        bool behind_tls;
        const char *peer, *said, *address;
    } cases[] = {
        {true, "127.0.0.1", "203.0.113.9", "203.0.113.9"},
        {true, "127.0.0.1", "10.0.0.1, 203.0.113.9", "203.0.113.9"},
        {true, "127.0.0.1", "nonsense", "127.0.0.1"},
        {true, "192.0.2.7", "203.0.113.9", "192.0.2.7"},
        {false, "127.0.0.1", "203.0.113.9", "127.0.0.1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct gate_line lines[] = {{SLICE("Host"), SLICE("localhost")},
                                          {SLICE("X-Forwarded-For"), slice_of(cases[i].said)}};
        const struct gate_head head = {SLICE("GET"), SLICE("/hello"), SLICE("HTTP/1.1"), lines, 2};
        struct request r = {.app = site.app, .arena = arena, .address = cases[i].peer};
        struct response out;
        response_init(&out);
        site.app->options.behind_tls = cases[i].behind_tls;
        ck_assert(route_begin(site.app, &head, &r, &out));
        ck_assert_str_eq(r.address, cases[i].address);
        route_end(site.app, &r);
        response_free(&out);
    }
}
END_TEST

TCase *test_serve_route(void)
{
    TCase *t = tcase_create("route");
    tcase_add_checked_fixture(t, setup, teardown);
    support_rows(t, W10_addresses, addresses);
    tcase_add_test(t, tables_by_their_end);
    tcase_add_test(t, W10_nobody_is_asked_to_sign_in);
    tcase_add_test(t, W10_roles);
    support_rows(t, W9_form_token_and_origin, posts);
    tcase_add_test(t, W9_tokens_of_others_do_not_pass);
    tcase_add_test(t, W9_public_forms_look_at_the_origin_too);
    tcase_add_test(t, W3_body_limits);
    tcase_add_test(t, nothing_typed_is_lost_when_the_session_is_over);
    tcase_add_test(t, nothing_typed_is_lost_when_the_token_is_of_an_earlier_session);
    support_rows(t, D7_errors_have_a_status_and_a_page, kinds);
    tcase_add_test(t, pages_have_the_navigation_of_the_role);
    support_rows(t, W19_files, ranges);
    tcase_add_test(t, static_files);
    tcase_add_test(t, pages_of_the_data_folder);
    tcase_add_test(t, W5_forwarded_for_is_believed_from_this_machine_only);
    return t;
}
