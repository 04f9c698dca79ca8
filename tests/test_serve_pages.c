/* The pages of calls, evaluating and reviews, asked as a browser would, over the desks' centre. */
#include "test_serve.h"

#include "base/hash.h"
#include "serve/headers.h"
#include "serve/pages.h"
#include "store/audit.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "test_desk_fixture.h"

struct visit {
    struct centre centre;
    struct site site;
    struct arena *a;
    struct answer_of answer;
};

static void enter(struct visit *v)
{
    struct err e = {0};
    centre_open(&v->centre);
    struct serve_options options = {.clock.fixed_ms = v->centre.now};
    v->a = arena_open();
    v->site = (struct site){.store = v->centre.store, .now = v->centre.now};
    ck_assert_msg(app_open(&v->site.app, &options, page_routes, v->centre.store, NULL, &e), "%s",
                  e.text);
    response_init(&v->answer.response);
}

static void leave(struct visit *v)
{
    response_free(&v->answer.response);
    app_close(v->site.app);
    arena_close(v->a);
    centre_close(&v->centre);
}

/* The page's text; `cookie` is a signed-in role's line. */
static const char *ask(struct visit *v, const char *cookie, const char *method, const char *target,
                       const char *headers, const char *body)
{
    response_free(&v->answer.response);
    site_ask(&v->site, v->a, method, target, arena_format(v->a, "%s%s", cookie, headers), body,
             &v->answer);
    return buf_text(&v->answer.response.body);
}

static const char *get(struct visit *v, const char *cookie, const char *target)
{
    return ask(v, cookie, "GET", target, "", "");
}

static const char *post(struct visit *v, const char *cookie, const char *target, const char *fields)
{
    return ask(v, cookie, "POST", target, "Content-Type: application/x-www-form-urlencoded\n",
               arena_format(v->a, "token=%s&%s", site_token(v->a, cookie), fields));
}

static const char *put(struct visit *v, const char *cookie, const char *target, const char *json)
{
    return ask(v, cookie, "PUT", target,
               arena_format(v->a, "Content-Type: application/json\nX-Form-Token: %s\n",
                            site_token(v->a, cookie)),
               json);
}

static int status(const struct visit *v)
{
    return v->answer.response.status;
}

static void has(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) != NULL, "\"%s\" is not in:\n%.3000s", text, page);
}

static void lacks(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) == NULL, "\"%s\" is in:\n%.3000s", text, page);
}

static const char *about(struct visit *v, int call, const char *rest)
{
    return arena_format(v->a, "/calls/%s%s", v->centre.calls[call].id, rest);
}

/* No block reported a fault, and what callers and evaluators wrote never became markup. */
static void is_whole(struct visit *v, const char *page)
{
    ck_assert_int_eq(status(v), 200);
    has(page, "<h1");
    lacks(page, "class=\"fault\"");
}

START_TEST(test_calls)
{
    struct visit v;
    enter(&v);
    const char *evaluator = site_cookie(&v.site, v.a, STORE_EVALUATOR);
    const char *page = get(&v, evaluator, "/calls");
    is_whole(&v, page);
    has(page, "1 to 3 of 3 calls");
    has(page, "Eleni Petrou");
    has(page, "name=\"team\"");
    has(page, "/calls.csv");
    page = get(&v, evaluator, "/calls?q=%22second+charge%22&type=billing");
    is_whole(&v, page);
    has(page, "<mark>second charge</mark>");
    page = get(&v, evaluator, "/calls?from=never");
    ck_assert_int_eq(status(&v), 422);
    has(page, "Write the day as 2026-10-05");
    has(page, "never");
    page = get(&v, site_cookie(&v.site, v.a, STORE_AGENT), "/calls?team=blue");
    is_whole(&v, page);
    has(page, "1 to 2 of 2 calls");
    lacks(page, "name=\"team\"");
    leave(&v);
}
END_TEST

START_TEST(test_calls_as_files)
{
    struct visit v;
    enter(&v);
    const char *lead = site_cookie(&v.site, v.a, STORE_LEAD);
    const char *page = get(&v, lead, "/calls.csv?type=billing");
    ck_assert_int_eq(status(&v), 200);
    has(page, "when,agent,team");
    has(page, v.centre.calls[0].id);
    lacks(page, v.centre.calls[1].id);
    page = get(&v, lead, "/calls.json?q=wrong");
    has(page, "\"found\"");
    lacks(page, "\\u0002");
    get(&v, lead, "/calls.json?channel=letter");
    ck_assert_int_eq(status(&v), 422);
    leave(&v);
}
END_TEST

START_TEST(test_call)
{
    struct visit v;
    enter(&v);
    const char *evaluator = site_cookie(&v.site, v.a, STORE_EVALUATOR);
    const char *page = get(&v, evaluator, about(&v, 0, ""));
    is_whole(&v, page);
    has(page, "charged twice for water");
    has(page, about(&v, 0, "/evaluate"));
    has(page, "Save as a model call");
    has(page, arena_format(v.a, "/reviews/%lld", (long long)v.centre.machine));
    page = get(&v, site_cookie(&v.site, v.a, STORE_AGENT), about(&v, 0, ""));
    is_whole(&v, page);
    lacks(page, "/evaluate");
    page = get(&v, evaluator, about(&v, 1, "?t=9.5&q=twice"));
    is_whole(&v, page);
    has(page, "#t=9.5");
    has(page, "<mark>");
    get(&v, site_cookie(&v.site, v.a, STORE_LEAD), about(&v, 1, ""));
    ck_assert_int_eq(status(&v), 404);
    leave(&v);
}
END_TEST

static const char *header(struct visit *v, const char *name)
{
    struct request_field fields[HEADERS_MOST];
    size_t n = headers_of(&v->answer.response, v->a, fields);
    for (size_t i = 0; i < n; i++)
        if (strcmp(fields[i].name, name) == 0)
            return fields[i].value;
    return "";
}

/* W10, W18, W19: the recording by id, whole or in part, to whom may see the call. */
START_TEST(test_audio)
{
    struct visit v;
    enter(&v);
    const char *evaluator = site_cookie(&v.site, v.a, STORE_EVALUATOR);
    get(&v, evaluator, about(&v, 1, "/audio"));
    ck_assert_int_eq(status(&v), 200);
    ck_assert_int_eq(v.answer.response.file.size, 10);
    ck_assert_str_eq(v.answer.response.type, "audio/wav");
    ck_assert_str_eq(header(&v, "Content-Disposition"),
                     arena_format(v.a, "inline; filename=\"call-%s.wav\"", v.centre.calls[1].id));
    ask(&v, evaluator, "GET", about(&v, 1, "/audio"), "Range: bytes=2-4\n", "");
    ck_assert_int_eq(status(&v), 206);
    get(&v, evaluator, about(&v, 0, "/audio"));
    ck_assert_int_eq(status(&v), 404);
    const char *lead = site_cookie(&v.site, v.a, STORE_LEAD);
    get(&v, lead, about(&v, 1, "/audio"));
    ck_assert_int_eq(status(&v), 404);
    get(&v, lead, about(&v, 1, "/peaks"));
    ck_assert_int_eq(status(&v), 404);
    const char *peaks = get(&v, evaluator, about(&v, 1, "/peaks"));
    ck_assert_str_eq(peaks, CENTRE_PEAKS);
    ck_assert_str_eq(v.answer.response.type, "application/octet-stream");
    char hash[HASH_TEXT];
    hash_text(SLICE(CENTRE_PEAKS), hash);
    ask(&v, evaluator, "GET", about(&v, 1, "/peaks"),
        arena_format(v.a, "If-None-Match: \"%s\"\n", hash), "");
    ck_assert_int_eq(status(&v), 304);
    leave(&v);
}
END_TEST

/* W12: what leaves as a table stands in the audit log, with who took it; a page does not. */
START_TEST(W12_exports_stand_in_the_audit_log)
{
    struct visit v;
    struct err e = {0};
    struct store_audit *entries;
    size_t n;
    int64_t total;
    enter(&v);
    const char *lead = site_cookie(&v.site, v.a, STORE_LEAD);
    get(&v, lead, "/calls");
    get(&v, lead, "/calls.csv");
    ck_assert_int_eq(status(&v), 200);
    get(&v, lead, "/calls.json?type=billing");
    ck_assert_int_eq(status(&v), 200);
    get(&v, lead, "/imports.csv");
    ck_assert_int_eq(status(&v), 403);
    ck_assert_msg(store_audit_list(v.centre.store, &(struct store_audit_filter){.action = "export"},
                                   &(struct store_page){0}, v.a, &entries, &n, &total, &e),
                  "%s", e.text);
    ck_assert_uint_eq(n, 2);
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_eq(entries[i].target, "/calls");
        ck_assert_int_eq(entries[i].user, v.centre.users[STORE_LEAD]);
    }
    leave(&v);
}
END_TEST

#define ALL                                                                                        \
    "a.greeting=no&a.why=yes&locus.greeting=tool&reason.greeting=Line+dead&na.tags=1&a.minutes=3"  \
    "&a.identity=yes&note.identity=%3Cb%3Ebold%3C%2Fb%3E&summary=**Calm**"

static const char *form(struct visit *v, int64_t rev, int64_t key, const char *rest)
{
    return arena_format(v->a, "rev=%lld&card=%lld&key=%lld&%s", (long long)rev,
                        (long long)v->centre.card, (long long)key, rest);
}

/* The main path without a script: open, be told what is missing, mend it, submit, read. */
START_TEST(test_evaluate)
{
    struct visit v;
    enter(&v);
    const char *lead = site_cookie(&v.site, v.a, STORE_LEAD);
    const char *page = get(&v, lead, about(&v, 0, "/evaluate"));
    is_whole(&v, page);
    has(page, "name=\"a.greeting\"");
    has(page, "Machine:");
    page =
        post(&v, lead, about(&v, 0, "/evaluate"),
             form(&v, 0, 0, "do=submit&a.greeting=no&note.greeting=Typed+%3Cword%3E&summary=Kept"));
    ck_assert_int_eq(status(&v), 422);
    has(page, "There is a problem");
    has(page, "Typed &lt;word&gt;");
    has(page, "Kept</textarea>");
    has(page, "name=\"rev\" value=\"1\""); /* a draft by now */
    page = get(&v, lead, about(&v, 0, "/evaluate"));
    has(page, "Typed &lt;word&gt;");
    post(&v, lead, about(&v, 0, "/evaluate"), form(&v, 1, 0, "do=submit&" ALL));
    ck_assert_int_eq(status(&v), 303);
    const char *review = arena_copy(v.a, v.answer.response.location);
    post(&v, lead, about(&v, 0, "/evaluate"), form(&v, 1, 0, "do=submit&" ALL));
    ck_assert_str_eq(v.answer.response.location, review);
    page = get(&v, lead, review);
    is_whole(&v, page);
    has(page, "Your review is submitted");
    has(page, "<strong>Calm</strong>");
    has(page, "&lt;b&gt;bold&lt;/b&gt;");
    has(page, "Line dead");
    has(page, "laid to the tool");
    has(page, "Review by lead");
    leave(&v);
}
END_TEST

START_TEST(test_save_draft)
{
    struct visit v;
    enter(&v);
    const char *evaluator = site_cookie(&v.site, v.a, STORE_EVALUATOR);
    post(&v, evaluator, about(&v, 1, "/evaluate"), form(&v, 0, 0, "do=draft&note.greeting=Mine"));
    ck_assert_int_eq(status(&v), 303);
    const char *page = get(&v, evaluator, v.answer.response.location);
    is_whole(&v, page);
    has(page, "Your draft is saved");
    has(page, "Mine</textarea>");
    page = post(&v, evaluator, about(&v, 1, "/evaluate"),
                form(&v, 0, 0, "do=draft&note.greeting=Other"));
    ck_assert_int_eq(status(&v), 409);
    has(page, "Other</textarea>");
    has(page, "note: Mine");
    has(page, "name=\"rev\" value=\"1\"");
    leave(&v);
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
    struct visit v;
    enter(&v);
    const char *evaluator = site_cookie(&v.site, v.a, STORE_EVALUATOR);
    const char *fields = form(&v, 0, 0, "do=submit&note.tags=Mine&" ALL);
    signal(SIGXFSZ, SIG_IGN);
    limit_files(1);
    const char *page = post(&v, evaluator, about(&v, 0, "/evaluate"), fields);
    limit_files(RLIM_INFINITY);
    ck_assert_int_eq(status(&v), 507);
    has(page, "There is no room left");
    has(page, "Mine</textarea>");
    post(&v, evaluator, about(&v, 0, "/evaluate"), fields);
    ck_assert_int_eq(status(&v), 303);
    leave(&v);
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
    struct visit v;
    enter(&v);
    ck_assert_int_eq(v.centre.card, 1);
    post(&v, site_cookie(&v.site, v.a, hostile[_i].role), about(&v, hostile[_i].call, "/evaluate"),
         hostile[_i].fields);
    ck_assert_int_eq(status(&v), hostile[_i].status);
    leave(&v);
}
END_TEST

START_TEST(test_draft_put)
{
    struct visit v;
    enter(&v);
    const char *evaluator = site_cookie(&v.site, v.a, STORE_EVALUATOR);
    const char *drafts = arena_format(v.a, "/drafts/%s", v.centre.calls[0].id);
    const char *said = put(&v, evaluator, drafts,
                           "{\"rev\":0,\"card\":\"1\",\"fields\":{\"a.greeting\":\"yes\"}}");
    ck_assert_int_eq(status(&v), 200);
    ck_assert_str_eq(said, "{\"rev\":1,\"score\":\"100.0 %\"}");
    said = put(&v, evaluator, drafts, "{\"rev\":0,\"card\":1,\"fields\":{\"summary\":\"x\"}}");
    ck_assert_int_eq(status(&v), 409);
    ck_assert_str_eq(said, "{\"rev\":1,\"fields\":{\"a.greeting\":\"yes\"},\"by\":\"Your other "
                           "window\"}");
    said = put(&v, evaluator, drafts, "{\"rev\":1,\"card\":\"1\",\"fields\":{}}");
    ck_assert_str_eq(said, "{\"rev\":2,\"score\":null}");
    leave(&v);
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
    struct visit v;
    enter(&v);
    put(&v, site_cookie(&v.site, v.a, bad_drafts[_i].role),
        arena_format(v.a, "/drafts/%s", v.centre.calls[bad_drafts[_i].call].id),
        bad_drafts[_i].json);
    ck_assert_int_eq(status(&v), bad_drafts[_i].status);
    leave(&v);
}
END_TEST

START_TEST(test_review)
{
    struct visit v;
    enter(&v);
    const char *agent = site_cookie(&v.site, v.a, STORE_AGENT);
    const char *address = arena_format(v.a, "/reviews/%lld", (long long)v.centre.machine);
    const char *page = get(&v, agent, address);
    is_whole(&v, page);
    has(page, "Scorecard");
    has(page, "Greeted the caller?");
    page = get(&v, agent, arena_format(v.a, "%s.csv", address));
    has(page, "item,answer,earned");
    page = get(&v, agent, arena_format(v.a, "%s.json", address));
    has(page, "\"exact\":\"100\"");
    static const char *const none[] = {"/reviews/1",
                                       "/reviews/x",
                                       "/reviews/-1",
                                       "/reviews/0",
                                       "/reviews/99999999999999999999",
                                       "/reviews/1.json"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        get(&v, agent, none[i]);
        ck_assert_int_eq(status(&v), 404);
    }
    leave(&v);
}
END_TEST

TCase *test_serve_pages(void)
{
    TCase *t = tcase_create("pages");
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
