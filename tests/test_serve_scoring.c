/* From files to scores without a command: calls that came by the browser or were pushed are scored
 * beside the pages, which say how it stands. */
#include "test_serve_visit.h"

#include "desk/imports.h"
#include "desk/settings.h"

#include <string.h>
#include <unistd.h>

#include "test_desk_bench.h"

static struct bench b;
static const char *manager;

/* The card of ten is published; the centre's own, which has no text, goes. */
static void scoring_setup(void)
{
    bench_open(&b);
    struct store_act act = {0, b.c.now, ""};
    bench_must(&b,
               bench_publish(&b, STORE_MANAGER, bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b))));
    bench_must(&b, store_begin(b.c.store, &b.e) &&
                       store_card_retire(b.c.store, b.c.card, &act, &b.e) &&
                       store_commit(b.c.store, &b.e));
    visit_open(b.c.store, b.r, b.c.now);
    manager = as(STORE_MANAGER);
}

static void scoring_teardown(void)
{
    visit_close();
    bench_close(&b);
}

static const char *wait_for(const char *target, const char *text)
{
    const char *page = "";
    for (int i = 0; i < 500 && !strstr(page, text); i++) {
        usleep(20000);
        page = get(manager, target);
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

static const char *page_of(const char *key)
{
    char id[CALL_ID];
    call_make_id("t", key, id);
    return arena_format(a, "/calls/%s", id);
}

START_TEST(an_upload_is_scored_by_itself)
{
    wait_for("/imports", "No call waits to be scored.");
    upload(manager, part("files", "calls.jsonl",
                         arena_format(a, "%s\n%s\n", call("U1", "ten"), call("U2", "eleven"))));
    ck_assert_int_eq(status(), 200);
    const char *page = wait_for(page_of("U1"), "50.0 %");
    has(page, "Ten 1.0");
    lacks(page, "waits to be scored");
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
    ck_assert_int_eq(status(), 200);
    wait_for(page_of("P1"), "50.0 %");
}
END_TEST

START_TEST(a_site_that_does_not_want_it_is_told_what_waits)
{
    struct desk d = centre_desk(&b.c, STORE_ADMIN);
    wait_for("/imports", "No call waits to be scored.");
    bench_must(&b, settings_put(&d, SETTINGS_SCORE_NEW, "no", &b.e));
    has(upload(manager, part("files", "calls.jsonl", call("U1", "ten"))),
        "One call waits to be scored. New calls are not scored");
    has(get(manager, page_of("U1")), "This call waits to be scored.");
    d = centre_desk(&b.c, STORE_ADMIN);
    bench_must(&b, settings_put(&d, SETTINGS_SCORE_NEW, "yes", &b.e));
    wait_for(page_of("U1"), "50.0 %");
}
END_TEST

START_TEST(a_new_version_is_asked_about_what_is_scored_when_a_button_says_so)
{
    upload(manager, part("files", "calls.jsonl",
                         arena_format(a, "%s\n%s\n", call("U1", "ten"), call("U2", "ten"))));
    wait_for(page_of("U1"), "Ten 1.0");
    wait_for(page_of("U2"), "Ten 1.0");
    const char *form = arena_format(a, "%s/evaluate", page_of("U1"));
    lacks(get(manager, form), "Have it scored");
    int64_t two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    const char *card = arena_format(a, "/cards/%lld", (long long)two);
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    has(get(manager, form), "was not scored by version 2.0 of the card");
    has(get(manager, card), "calls have sheets of other versions of this card");
    post(manager, arena_format(a, "%s/score", page_of("U1")), "");
    ck_assert_int_eq(status(), 303);
    wait_for(page_of("U1"), "Ten 2.0");
    lacks(get(manager, form), "Have it scored");
    lacks(get(manager, page_of("U2")), "Ten 2.0");
    has(get(manager, card), "Score it again by this version");
    post(manager, arena_format(a, "%s/score", card), "");
    ck_assert_int_eq(status(), 303);
    wait_for(page_of("U2"), "Ten 2.0");
    lacks(get(manager, card), "again by this version");
}
END_TEST

TCase *test_serve_scoring(void)
{
    TCase *t = tcase_create("scoring");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, scoring_setup, scoring_teardown);
    tcase_add_test(t, an_upload_is_scored_by_itself);
    tcase_add_test(t, a_push_is_scored_by_itself);
    tcase_add_test(t, a_site_that_does_not_want_it_is_told_what_waits);
    tcase_add_test(t, a_new_version_is_asked_about_what_is_scored_when_a_button_says_so);
    return t;
}
