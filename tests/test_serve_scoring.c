/* From files to scores without a command: calls that came by the browser or were pushed are scored
 * beside the pages, which say how it stands. */
#include "test_serve.h"

#include "desk/imports.h"
#include "desk/settings.h"
#include "serve/pages.h"

#include <string.h>
#include <unistd.h>

#include "test_desk_bench.h"

static struct bench b;
static struct site site;
static struct arena *a;
static struct answer_of x;
static const char *manager;

/* The card of ten is published; the centre's own, which has no text, goes. */
static void setup(void)
{
    bench_open(&b);
    struct store_act act = {0, b.c.now, ""};
    bench_must(&b,
               bench_publish(&b, STORE_MANAGER, bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b))));
    bench_must(&b, store_begin(b.c.store, &b.e) &&
                       store_card_retire(b.c.store, b.c.card, &act, &b.e) &&
                       store_commit(b.c.store, &b.e));
    struct serve_options options = {.clock.fixed_ms = b.c.now, .version = "test"};
    a = arena_open();
    site = (struct site){.store = b.c.store, .now = b.c.now};
    bench_must(&b, app_open(&site.app, &options, page_routes, b.c.store, b.r, &b.e));
    response_init(&x.response);
    manager = site_cookie(&site, a, STORE_MANAGER);
}

static void teardown(void)
{
    response_free(&x.response);
    app_close(site.app);
    arena_close(a);
    bench_close(&b);
}

static const char *ask(const char *method, const char *target, const char *headers,
                       const char *body)
{
    response_free(&x.response);
    site_ask(&site, a, method, target, headers, body, &x);
    return buf_text(&x.response.body);
}

static void has(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) != NULL, "\"%s\" is not in:\n%.5000s", text, page);
}

static const char *wait_for(const char *target, const char *text)
{
    const char *page = "";
    for (int i = 0; i < 500 && !strstr(page, text); i++) {
        usleep(20000);
        page = ask("GET", target, manager, "");
    }
    has(page, text);
    return page;
}

#define CALL                                                                                       \
    "{\"earshot\":1,\"source\":\"t\",\"key\":\"%s\",\"channel\":\"voice\",\"type\":\"%s\","        \
    "\"turns\":[{\"who\":\"agent\",\"start_ms\":0,\"end_ms\":4000,\"text\":\"Thank you for "       \
    "calling.\"}]}"

static const char *call(const char *key, const char *type)
{
    return arena_format(a, CALL, key, type);
}

static const char *upload(const char *content)
{
    return ask("POST", "/imports",
               arena_format(a, "%sContent-Type: multipart/form-data; boundary=xYz\n", manager),
               arena_format(a,
                            "--xYz\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n%s\r\n"
                            "--xYz\r\nContent-Disposition: form-data; name=\"files\"; "
                            "filename=\"calls.jsonl\"\r\n\r\n%s\r\n--xYz--\r\n",
                            site_token(a, manager), content));
}

static const char *page_of(const char *key)
{
    char id[CALL_ID];
    call_make_id("t", key, id);
    return arena_format(a, "/calls/%s", id);
}

START_TEST(an_upload_is_scored_by_itself)
{
    wait_for("/imports", "No call waits to be scored.");
    upload(arena_format(a, "%s\n%s\n", call("U1", "ten"), call("U2", "eleven")));
    ck_assert_int_eq(x.response.status, 200);
    const char *page = wait_for(page_of("U1"), "50.0 %");
    has(page, "Ten 1.0");
    ck_assert_ptr_null(strstr(page, "waits to be scored"));
    wait_for(page_of("U2"), "No published scorecard fits this call");
}
END_TEST

START_TEST(a_push_is_scored_by_itself)
{
    char token[IMPORTS_TOKEN];
    struct desk d = centre_desk(&b.c, STORE_ADMIN);
    bench_must(&b, imports_token_add(&d, "pbx", token, &b.e));
    ask("POST", "/api/calls", arena_format(a, "Authorization: Bearer %s\n", token),
        call("P1", "ten"));
    ck_assert_int_eq(x.response.status, 200);
    wait_for(page_of("P1"), "50.0 %");
}
END_TEST

START_TEST(a_site_that_does_not_want_it_is_told_what_waits)
{
    struct desk d = centre_desk(&b.c, STORE_ADMIN);
    wait_for("/imports", "No call waits to be scored.");
    bench_must(&b, settings_put(&d, SETTINGS_SCORE_NEW, "no", &b.e));
    has(upload(call("U1", "ten")), "One call waits to be scored. New calls are not scored");
    has(ask("GET", page_of("U1"), manager, ""), "This call waits to be scored.");
    d = centre_desk(&b.c, STORE_ADMIN);
    bench_must(&b, settings_put(&d, SETTINGS_SCORE_NEW, "yes", &b.e));
    wait_for(page_of("U1"), "50.0 %");
}
END_TEST

TCase *test_serve_scoring(void)
{
    TCase *t = tcase_create("scoring");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, an_upload_is_scored_by_itself);
    tcase_add_test(t, a_push_is_scored_by_itself);
    tcase_add_test(t, a_site_that_does_not_want_it_is_told_what_waits);
    return t;
}
