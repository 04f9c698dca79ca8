/* The pages of calls, evaluating and reviews, asked as a browser would, over the desks' centre. */
#include "test_serve_visit.h"

#include "base/hash.h"
#include "serve/headers.h"
#include "store/audit.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "test_desk_fixture.h"

static struct centre centre;

static void pages_setup(void)
{
    centre_open(&centre);
    visit_open(centre.store, NULL, centre.now);
}

static void pages_teardown(void)
{
    visit_close();
    centre_close(&centre);
}

static const char *put(const char *cookie, const char *target, const char *json)
{
    return ask("PUT", target,
               arena_format(a, "%sContent-Type: application/json\nX-Form-Token: %s\n", cookie,
                            site_token(a, cookie)),
               json);
}

static const char *about(int call, const char *rest)
{
    return arena_format(a, "/calls/%s%s", centre.calls[call].id, rest);
}

/* No block reported a fault, and what callers and evaluators wrote never became markup. */
static void is_whole(const char *page)
{
    ck_assert_int_eq(status(), 200);
    has(page, "<h1");
    lacks(page, "class=\"fault\"");
}

START_TEST(test_calls)
{
    const char *evaluator = as(STORE_EVALUATOR);
    const char *page = get(evaluator, "/calls");
    is_whole(page);
    has(page, "1 to 3 of 3 calls");
    has(page, "Eleni Petrou");
    has(page, "name=\"team\"");
    has(page, "/calls.csv");
    page = get(evaluator, "/calls?q=%22second+charge%22&type=billing");
    is_whole(page);
    has(page, "<mark>second charge</mark>");
    page = get(evaluator, "/calls?from=never");
    ck_assert_int_eq(status(), 422);
    has(page, "Write the day as 2026-10-05");
    has(page, "never");
    page = get(as(STORE_AGENT), "/calls?team=blue");
    is_whole(page);
    has(page, "1 to 2 of 2 calls");
    lacks(page, "name=\"team\"");
}
END_TEST

START_TEST(test_calls_as_files)
{
    const char *lead = as(STORE_LEAD);
    const char *page = get(lead, "/calls.csv?type=billing");
    ck_assert_int_eq(status(), 200);
    has(page, "when,agent,team");
    has(page, centre.calls[0].id);
    lacks(page, centre.calls[1].id);
    page = get(lead, "/calls.json?q=wrong");
    has(page, "\"found\"");
    lacks(page, "\\u0002");
    get(lead, "/calls.json?channel=letter");
    ck_assert_int_eq(status(), 422);
}
END_TEST

START_TEST(test_call)
{
    const char *evaluator = as(STORE_EVALUATOR);
    const char *page = get(evaluator, about(0, ""));
    is_whole(page);
    has(page, "charged twice for water");
    has(page, about(0, "/evaluate"));
    has(page, "Save as a model call");
    has(page, arena_format(a, "/reviews/%lld", (long long)centre.machine));
    page = get(as(STORE_AGENT), about(0, ""));
    is_whole(page);
    lacks(page, "/evaluate");
    page = get(evaluator, about(1, "?t=9.5&q=twice"));
    is_whole(page);
    has(page, "#t=9.5");
    has(page, "<mark>");
    get(as(STORE_LEAD), about(1, ""));
    ck_assert_int_eq(status(), 404);
}
END_TEST

static const char *header(const char *name)
{
    struct request_field fields[HEADERS_MOST];
    size_t n = headers_of(&x.response, a, fields);
    for (size_t i = 0; i < n; i++)
        if (strcmp(fields[i].name, name) == 0)
            return fields[i].value;
    return "";
}

/* W10, W18, W19: the recording by id, whole or in part, to whom may see the call. */
START_TEST(test_audio)
{
    const char *evaluator = as(STORE_EVALUATOR);
    get(evaluator, about(1, "/audio"));
    ck_assert_int_eq(status(), 200);
    ck_assert_int_eq(x.response.file.size, 10);
    ck_assert_str_eq(x.response.type, "audio/wav");
    ck_assert_str_eq(header("Content-Disposition"),
                     arena_format(a, "inline; filename=\"call-%s.wav\"", centre.calls[1].id));
    ask("GET", about(1, "/audio"), arena_format(a, "%sRange: bytes=2-4\n", evaluator), "");
    ck_assert_int_eq(status(), 206);
    get(evaluator, about(0, "/audio"));
    ck_assert_int_eq(status(), 404);
    const char *lead = as(STORE_LEAD);
    get(lead, about(1, "/audio"));
    ck_assert_int_eq(status(), 404);
    get(lead, about(1, "/peaks"));
    ck_assert_int_eq(status(), 404);
    const char *peaks = get(evaluator, about(1, "/peaks"));
    ck_assert_str_eq(peaks, CENTRE_PEAKS);
    ck_assert_str_eq(x.response.type, "application/octet-stream");
    char hash[HASH_TEXT];
    hash_text(SLICE(CENTRE_PEAKS), hash);
    ask("GET", about(1, "/peaks"), arena_format(a, "%sIf-None-Match: \"%s\"\n", evaluator, hash),
        "");
    ck_assert_int_eq(status(), 304);
}
END_TEST

/* W12: what leaves as a table stands in the audit log, with who took it; a page does not. */
START_TEST(W12_exports_stand_in_the_audit_log)
{
    struct err e = {0};
    struct store_audit *entries;
    size_t n;
    int64_t total;
    const char *lead = as(STORE_LEAD);
    get(lead, "/calls");
    get(lead, "/calls.csv");
    ck_assert_int_eq(status(), 200);
    get(lead, "/calls.json?type=billing");
    ck_assert_int_eq(status(), 200);
    get(lead, "/imports.csv");
    ck_assert_int_eq(status(), 403);
    ck_assert_msg(store_audit_list(centre.store, &(struct store_audit_filter){.action = "export"},
                                   &(struct store_page){0}, a, &entries, &n, &total, &e),
                  "%s", e.text);
    ck_assert_uint_eq(n, 2);
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_eq(entries[i].target, "/calls");
        ck_assert_int_eq(entries[i].user, centre.users[STORE_LEAD]);
    }
}
END_TEST

#define ALL                                                                                        \
    "a.greeting=no&a.why=yes&locus.greeting=tool&reason.greeting=Line+dead&na.tags=1&a.minutes=3"  \
    "&a.identity=yes&note.identity=%3Cb%3Ebold%3C%2Fb%3E&summary=**Calm**"

static const char *form(int64_t rev, int64_t key, const char *rest)
{
    return arena_format(a, "rev=%lld&card=%lld&key=%lld&%s", (long long)rev, (long long)centre.card,
                        (long long)key, rest);
}

/* The main path without a script: open, be told what is missing, mend it, submit, read. */
START_TEST(test_evaluate)
{
    const char *lead = as(STORE_LEAD);
    const char *page = get(lead, about(0, "/evaluate"));
    is_whole(page);
    has(page, "name=\"a.greeting\"");
    has(page, "Answered by the card:");
    page = post(lead, about(0, "/evaluate"),
                form(0, 0, "do=submit&a.greeting=no&note.greeting=Typed+%3Cword%3E&summary=Kept"));
    ck_assert_int_eq(status(), 422);
    has(page, "There is a problem");
    has(page, "Typed &lt;word&gt;");
    has(page, "Kept</textarea>");
    has(page, "name=\"rev\" value=\"1\""); /* a draft by now */
    page = get(lead, about(0, "/evaluate"));
    has(page, "Typed &lt;word&gt;");
    post(lead, about(0, "/evaluate"), form(1, 0, "do=submit&" ALL));
    ck_assert_int_eq(status(), 303);
    const char *review = arena_copy(a, x.response.location);
    post(lead, about(0, "/evaluate"), form(1, 0, "do=submit&" ALL));
    ck_assert_str_eq(x.response.location, review);
    page = get(lead, review);
    is_whole(page);
    has(page, "Your review is submitted");
    has(page, "<strong>Calm</strong>");
    has(page, "&lt;b&gt;bold&lt;/b&gt;");
    has(page, "Line dead");
    has(page, "laid to the tool");
    has(page, "Review by lead");
}
END_TEST

START_TEST(test_save_draft)
{
    const char *evaluator = as(STORE_EVALUATOR);
    post(evaluator, about(1, "/evaluate"), form(0, 0, "do=draft&note.greeting=Mine"));
    ck_assert_int_eq(status(), 303);
    const char *page = get(evaluator, x.response.location);
    is_whole(page);
    has(page, "Your draft is saved");
    has(page, "Mine</textarea>");
    page = post(evaluator, about(1, "/evaluate"), form(0, 0, "do=draft&note.greeting=Other"));
    ck_assert_int_eq(status(), 409);
    has(page, "Other</textarea>");
    has(page, "note: Mine");
    has(page, "name=\"rev\" value=\"1\"");
}
END_TEST

static void limit_files(rlim_t bytes)
{
    struct rlimit limit = {bytes, RLIM_INFINITY};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* D7: what cannot be written is said, and stands in the form again; later it can be sent. */
START_TEST(test_full_disk)
{
    const char *evaluator = as(STORE_EVALUATOR);
    const char *fields = form(0, 0, "do=submit&note.tags=Mine&" ALL);
    signal(SIGXFSZ, SIG_IGN);
    limit_files(1);
    const char *page = post(evaluator, about(0, "/evaluate"), fields);
    limit_files(RLIM_INFINITY);
    ck_assert_int_eq(status(), 507);
    has(page, "There is no room left");
    has(page, "Mine</textarea>");
    post(evaluator, about(0, "/evaluate"), fields);
    ck_assert_int_eq(status(), 303);
}
END_TEST

static const struct {
    enum store_role role;
    int call;
    const char *fields;
    int status;
} hostile[] = {
    {STORE_LEAD, 1, "rev=0&key=0&card=1&do=submit&" ALL, 404},
    {STORE_AGENT, 0, "rev=0&key=0&card=1&do=submit&" ALL, 403},
    {STORE_TRAINER, 0, "rev=0&key=0&card=1&do=draft&" ALL, 403},
    {STORE_EVALUATOR, 0, "do=submit&" ALL, 422},
    {STORE_EVALUATOR, 0, "rev=x&key=0&card=1&do=submit&" ALL, 422},
    {STORE_EVALUATOR, 0, "rev=0&key=0&card=99999999999999999999&do=submit", 422},
    {STORE_EVALUATOR, 0, "rev=0&key=0&card=-1&do=submit", 422},
    {STORE_EVALUATOR, 0, "rev=0&key=0&card=77&do=submit&" ALL, 404},
    {STORE_EVALUATOR, 0, "rev=0&key=5&card=1&do=submit&" ALL, 409},
    {STORE_EVALUATOR, 0, "rev=0&key=0&card=1&do=submit&a.greeting=yes&a.greeting=no", 422},
    {STORE_EVALUATOR, 0, "rev=0&key=0&card=1&do=submit&a.other=yes&" ALL, 422},
    {STORE_EVALUATOR, 0, "rev=0&key=0&card=1&do=submit&note.greeting=%FF&" ALL, 400},
    {STORE_EVALUATOR, 0, "rev=0&key=0&card=1&do=submit&note.greeting=%00&" ALL, 400},
    {STORE_EVALUATOR, 2, "rev=0&key=0&card=1&do=submit&" ALL, 409},
};

START_TEST(test_hostile_posts)
{
    ck_assert_int_eq(centre.card, 1);
    post(as(hostile[_i].role), about(hostile[_i].call, "/evaluate"), hostile[_i].fields);
    ck_assert_int_eq(status(), hostile[_i].status);
}
END_TEST

START_TEST(test_draft_put)
{
    const char *evaluator = as(STORE_EVALUATOR);
    const char *drafts = arena_format(a, "/drafts/%s", centre.calls[0].id);
    const char *said =
        put(evaluator, drafts, "{\"rev\":0,\"card\":\"1\",\"fields\":{\"a.greeting\":\"yes\"}}");
    ck_assert_int_eq(status(), 200);
    ck_assert_str_eq(said, "{\"rev\":1,\"score\":\"100.0 %\"}");
    said = put(evaluator, drafts, "{\"rev\":0,\"card\":1,\"fields\":{\"summary\":\"x\"}}");
    ck_assert_int_eq(status(), 409);
    ck_assert_str_eq(said, "{\"rev\":1,\"fields\":{\"a.greeting\":\"yes\"},\"by\":\"Your other "
                           "window\"}");
    said = put(evaluator, drafts, "{\"rev\":1,\"card\":\"1\",\"fields\":{}}");
    ck_assert_str_eq(said, "{\"rev\":2,\"score\":null}");
}
END_TEST

static const struct {
    enum store_role role;
    int call;
    const char *json;
    int status;
} bad_drafts[] = {
    {STORE_EVALUATOR, 0, "", 422},
    {STORE_EVALUATOR, 0, "{", 422},
    {STORE_EVALUATOR, 0, "[]", 422},
    {STORE_EVALUATOR, 0, "{\"rev\":0,\"card\":\"1\"}", 422},
    {STORE_EVALUATOR, 0, "{\"rev\":0,\"card\":\"1\",\"fields\":{\"a\":{}}}", 422},
    {STORE_EVALUATOR, 0, "{\"rev\":\"0\",\"card\":\"1\",\"fields\":{}}", 422},
    {STORE_EVALUATOR, 0, "{\"rev\":0,\"fields\":{}}", 422},
    {STORE_EVALUATOR, 0, "{\"rev\":0,\"card\":\"7\",\"fields\":{}}", 404},
    {STORE_EVALUATOR, 0, "[[[[[[[[[[]]]]]]]]]]", 422},
    {STORE_LEAD, 1, "{\"rev\":0,\"card\":\"1\",\"fields\":{}}", 404},
    {STORE_AGENT, 0, "{\"rev\":0,\"card\":\"1\",\"fields\":{}}", 403},
};

START_TEST(test_bad_drafts)
{
    put(as(bad_drafts[_i].role),
        arena_format(a, "/drafts/%s", centre.calls[bad_drafts[_i].call].id), bad_drafts[_i].json);
    ck_assert_int_eq(status(), bad_drafts[_i].status);
}
END_TEST

START_TEST(test_review)
{
    const char *agent = as(STORE_AGENT);
    const char *address = arena_format(a, "/reviews/%lld", (long long)centre.machine);
    const char *page = get(agent, address);
    is_whole(page);
    has(page, "Scorecard");
    has(page, "Greeted the caller?");
    page = get(agent, arena_format(a, "%s.csv", address));
    has(page, "item,answer,earned");
    page = get(agent, arena_format(a, "%s.json", address));
    has(page, "\"exact\":\"100\"");
    static const char *const none[] = {"/reviews/1",
                                       "/reviews/x",
                                       "/reviews/-1",
                                       "/reviews/0",
                                       "/reviews/99999999999999999999",
                                       "/reviews/1.json"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        get(agent, none[i]);
        ck_assert_int_eq(status(), 404);
    }
}
END_TEST

TCase *test_serve_pages(void)
{
    TCase *t = tcase_create("pages");
    tcase_add_checked_fixture(t, pages_setup, pages_teardown);
    tcase_add_test(t, test_calls);
    tcase_add_test(t, test_calls_as_files);
    tcase_add_test(t, test_call);
    tcase_add_test(t, test_audio);
    tcase_add_test(t, W12_exports_stand_in_the_audit_log);
    tcase_add_test(t, test_evaluate);
    tcase_add_test(t, test_save_draft);
    tcase_add_test(t, test_full_disk);
    support_rows(t, test_hostile_posts, hostile);
    tcase_add_test(t, test_draft_put);
    support_rows(t, test_bad_drafts, bad_drafts);
    tcase_add_test(t, test_review);
    return t;
}
