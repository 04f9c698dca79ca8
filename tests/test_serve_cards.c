/* The pages of scorecards, asked as a browser would: writing, checking, publishing, trying,
 * comparing, backtesting; and what hostile posts get. */
#include "test_serve.h"

#include "base/clock.h"
#include "base/json.h"
#include "serve/pages.h"

#include <string.h>
#include <unistd.h>

#include "test_desk_bench.h"

struct desk_at {
    struct bench b;
    struct site site;
    struct arena *a;
    struct answer_of answer;
    const char *manager;
};

static void enter(struct desk_at *v)
{
    struct err e = {0};
    *v = (struct desk_at){0};
    bench_open(&v->b);
    struct serve_options options = {.clock.fixed_ms = v->b.c.now};
    v->a = arena_open();
    v->site = (struct site){.store = v->b.c.store, .now = v->b.c.now};
    ck_assert_msg(app_open(&v->site.app, &options, page_routes, v->b.c.store, v->b.r, &e), "%s",
                  e.text);
    response_init(&v->answer.response);
    v->manager = site_cookie(&v->site, v->a, STORE_MANAGER);
}

static void leave(struct desk_at *v)
{
    response_free(&v->answer.response);
    app_close(v->site.app);
    arena_close(v->a);
    bench_close(&v->b);
}

static const char *ask(struct desk_at *v, const char *cookie, const char *method,
                       const char *target, const char *headers, const char *body)
{
    response_free(&v->answer.response);
    site_ask(&v->site, v->a, method, target, arena_format(v->a, "%s%s", cookie, headers), body,
             &v->answer);
    return buf_text(&v->answer.response.body);
}

static const char *get(struct desk_at *v, const char *target)
{
    return ask(v, v->manager, "GET", target, "", "");
}

static const char *post(struct desk_at *v, const char *cookie, const char *target,
                        const char *fields)
{
    return ask(v, cookie, "POST", target, "Content-Type: application/x-www-form-urlencoded\n",
               arena_format(v->a, "token=%s&%s", site_token(v->a, cookie), fields));
}

/* As a form field; a browser ends lines with CR LF. */
static const char *encoded(struct arena *a, const char *text)
{
    struct buf out = {0};
    for (; *text; text++) {
        if (*text == '\n')
            buf_str(&out, "%0D");
        buf_format(&out, "%%%02X", (unsigned char)*text);
    }
    const char *kept = arena_text(a, buf_all(&out));
    buf_free(&out);
    return kept;
}

static int status(const struct desk_at *v)
{
    return v->answer.response.status;
}

static void has(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) != NULL, "\"%s\" is not in:\n%.3000s", text, page);
}

static void whole(struct desk_at *v, const char *page)
{
    ck_assert_int_eq(status(v), 200);
    has(page, "<h1");
    ck_assert_msg(!strstr(page, "class=\"fault\"") && !strstr(page, "[no value"), "%.3000s", page);
}

/* Sends a text; gives the address that the answer leads to. */
static const char *save(struct desk_at *v, const char *base, const char *text)
{
    post(v, v->manager, "/cards", arena_format(v->a, "base=%s&text=%s", base, encoded(v->a, text)));
    ck_assert_int_eq(status(v), 303);
    return arena_copy(v->a, v->answer.response.location);
}

static const char *id_in(struct desk_at *v, const char *location)
{
    const char *from = location + strlen("/cards/");
    return arena_text(v->a, (struct slice){from, strcspn(from, "/?")});
}

static const char *move(struct desk_at *v, const char *id, const char *fields)
{
    return post(v, v->manager, arena_format(v->a, "/cards/%s/move", id), fields);
}

static void moved(struct desk_at *v, const char *id, const char *fields, const char *said)
{
    const char *page = move(v, id, fields);
    ck_assert_msg(status(v) == 303, "%d: %.3000s", status(v), page);
    has(v->answer.response.location, said);
}

static const char *page_of(struct desk_at *v, const char *id, const char *rest)
{
    return get(v, arena_format(v->a, "/cards/%s%s", id, rest));
}

/* From an empty form to a published version that scores, and back. */
START_TEST(test_life)
{
    struct desk_at v;
    enter(&v);
    const char *page = get(&v, "/cards/new");
    whole(&v, page);
    has(page, "name=\"text\"");
    has(page, "data-check=\"/cards/check\"");
    const char *location = save(&v, "", BENCH_FIRST(&v.b)), *one = id_in(&v, location);
    page = get(&v, location);
    whole(&v, page);
    has(page, "1 of 1 tests passed");
    page = page_of(&v, one, "");
    whole(&v, page);
    has(page, "<strong>checked</strong>");
    moved(&v, one, "move=publish&why=first", "?said=published");
    const char *two = id_in(&v, save(&v, one, BENCH_SECOND(&v.b)));
    whole(&v, page_of(&v, two, arena_format(v.a, "/diff?with=%s", one)));
    moved(&v, two, "move=publish&why=second", "?said=published");
    page = page_of(&v, two, "");
    whole(&v, page);
    has(page, "Go back to the version before");
    moved(&v, two, "move=rollback&why=too+strict", arena_format(v.a, "/cards/%s?said=rolled", one));
    has(page_of(&v, one, ""), "too strict");
    moved(&v, two, "move=restore&why=no%2C+good", "?said=published");
    moved(&v, two, "move=rollback&do=retire&why=enough", "?said=retired");
    whole(&v, get(&v, "/cards"));
    leave(&v);
}
END_TEST

/* The chart of a card is at its own address as a table, too; what cannot be drawn is said there. */
START_TEST(test_trend)
{
    struct desk_at v;
    enter(&v);
    const char *id = arena_format(v.a, "%lld", (long long)v.b.c.card);
    const char *page = page_of(&v, id, "");
    whole(&v, page);
    has(page, "Counted: 1 of the card&#39;s own scores");
    has(page, "<figure class=\"chart\">");
    has(page, arena_format(v.a, "href=\"/cards/%s.csv?table=trend\"", id));
    has(page, arena_format(v.a, "href=\"/cards/%s?question=greeting#f.question\"", id));
    whole(&v, page_of(&v, id, "?question=identity&by=people"));
    has(buf_text(&v.answer.response.body), "No evaluation on a published version");
    has(page_of(&v, id, ".csv?question=greeting"), "week,mean,n,low,high,few,version,began,line");
    has(page_of(&v, id, ".json?question=greeting"), "Share of full marks by week");
    has(page_of(&v, id, "?question=nonsense"), "No published version has a question");
    ck_assert_int_eq(status(&v), 422);
    page_of(&v, id, ".csv?question=nonsense");
    ck_assert_int_eq(status(&v), 422);
    page_of(&v, id, ".csv?since=1-2-3");
    ck_assert_int_eq(status(&v), 422);
    leave(&v);
}
END_TEST

/* The same text in a file and in the browser is the same version, though lines came as CR LF. */
START_TEST(test_lines_as_in_files)
{
    struct desk_at v;
    enter(&v);
    int64_t id = bench_keep(&v.b, STORE_MANAGER, BENCH_FIRST(&v.b));
    ck_assert_str_eq(id_in(&v, save(&v, "", BENCH_FIRST(&v.b))),
                     arena_format(v.a, "%lld", (long long)id));
    leave(&v);
}
END_TEST

#define BROKEN "return card {\n  id = 'ten', version = '7', title = 'Ten',\n  oops = 1,\n}\n"

/* What does not load is kept all the same, with each fault at its line. */
START_TEST(test_nothing_typed_is_lost)
{
    struct desk_at v;
    enter(&v);
    int64_t base = bench_keep(&v.b, STORE_MANAGER, BENCH_FIRST(&v.b));
    const char *location =
        save(&v, arena_format(v.a, "%lld", (long long)base), BROKEN "-- </textarea><b>mine</b>\n");
    const char *page = get(&v, location);
    whole(&v, page);
    has(page, "It does not load");
    has(page, "href=\"#L");
    has(page, "&lt;/textarea&gt;&lt;b&gt;mine&lt;/b&gt;");
    page = move(&v, id_in(&v, location), "move=publish&why=now");
    ck_assert_int_eq(status(&v), 422);
    has(page, "It does not load. Line ");
    has(page, "now</textarea>");
    leave(&v);
}
END_TEST

START_TEST(test_failing_test_is_named)
{
    struct desk_at v;
    enter(&v);
    const char *id = id_in(&v, save(&v, "", bench_card(&v.b, "1.0", "'nothing'", 50, "yes")));
    const char *page = move(&v, id, "move=publish&why=now");
    ck_assert_int_eq(status(&v), 422);
    has(page, "greets");
    has(page, "is not published");
    leave(&v);
}
END_TEST

static const struct {
    const char *move, *says;
    int status;
} refused[] = {
    {"move=publish", "Write a note", 422},
    {"move=publish&why=+%0D%0A", "Write a note", 422},
    {"why=x", "did not say what to do", 422},
    {"move=explode&why=x", "did not say what to do", 422},
    {"move=retire&why=x", "not published", 409},
    {"move=rollback&why=x", "not published", 409},
    {"move=restore&why=x", "only a retired version", 409},
    {"move=publish&do=retire&why=%3Cb%3Ehi", "&lt;b&gt;hi", 409},
};

START_TEST(test_refused_moves)
{
    struct desk_at v;
    enter(&v);
    const char *id = id_in(&v, save(&v, "", BENCH_FIRST(&v.b)));
    const char *page = move(&v, id, refused[_i].move);
    ck_assert_int_eq(status(&v), refused[_i].status);
    has(page, refused[_i].says);
    leave(&v);
}
END_TEST

static const struct {
    const char *method, *target, *fields;
    int status;
} odd[] = {
    {"GET", "/cards/999", "", 404},
    {"GET", "/cards/x", "", 404},
    {"GET", "/cards/999/edit", "", 404},
    {"GET", "/cards/999/preview", "", 404},
    {"GET", "/cards/999/diff?with=1", "", 404},
    {"GET", "/cards/1/diff", "", 404},
    {"GET", "/cards/999/try", "", 404},
    {"GET", "/cards/1/try?call=%3Cscript%3E", "", 422},
    {"GET", "/cards/1/try?call=..%2F..%2Fx", "", 422},
    {"GET", "/cards/1/try?call=7Q2K9D3M5X8P", "", 303},
    {"GET", "/cards/1/try/7Q2K9D3M5X8P", "", 404},
    {"GET", "/cards/999/backtest", "", 404},
    {"GET", "/cards/1/backtest?run=77", "", 404},
    {"POST", "/cards/999/move", "move=publish&why=x", 404},
    {"POST", "/cards/999/backtest", "", 404},
    {"POST", "/cards/1/backtest", "since=never", 422},
    {"POST", "/cards/1/backtest", "most=-1", 422},
    {"POST", "/cards/1/backtest", "most=99999999999999999999", 422},
    {"POST", "/cards/1/backtest", "against=1", 422},
    {"POST", "/cards", "text=", 422},
    {"POST", "/cards", "text=%0D%0A++", 422},
    {"POST", "/cards", "base=999999999999&text=return+1&do=check", 422},
    {"POST", "/cards/check", "text=", 422},
    {"POST", "/reviews/1/test", "name=x", 404},
    {"POST", "/reviews/x/test", "name=x", 404},
    {"POST", "/reviews/1/test", "name=", 422},
};

START_TEST(test_odd_requests)
{
    struct desk_at v;
    enter(&v);
    const char *page = strcmp(odd[_i].method, "GET") == 0
                           ? get(&v, odd[_i].target)
                           : post(&v, v.manager, odd[_i].target, odd[_i].fields);
    ck_assert_msg(status(&v) == odd[_i].status, "%s %s %s: %d\n%.2000s", odd[_i].method,
                  odd[_i].target, odd[_i].fields, status(&v), page);
    leave(&v);
}
END_TEST

START_TEST(test_check_as_json)
{
    struct desk_at v;
    struct err e = {0};
    enter(&v);
    const char *text = post(&v, v.manager, "/cards/check",
                            arena_format(v.a, "base=&text=%s", encoded(v.a, BROKEN)));
    ck_assert_int_eq(status(&v), 200);
    struct json *j = json_parse(slice_of(text), JSON_DEPTH, &e);
    ck_assert_ptr_nonnull(j);
    const struct json *fault = json_first(json_get(j, "faults"));
    ck_assert_ptr_nonnull(fault);
    ck_assert_int_ge(json_get_integer(fault, "line", -1), 1);
    ck_assert(!json_true(json_get(j, "passed")));
    json_free(j);
    has(post(&v, v.manager, "/cards/check",
             arena_format(v.a, "text=%s", encoded(v.a, BENCH_FIRST(&v.b)))),
        "\"passed\":true");
    leave(&v);
}
END_TEST

/* S: a card that never ends costs its limit, not the server. */
START_TEST(test_hostile_text)
{
    struct desk_at v;
    enter(&v);
    const char *page =
        post(&v, v.manager, "/cards", "do=check&text=while+true+do+end%0D%0Areturn+card+%7B%7D");
    ck_assert_int_eq(status(&v), 422);
    has(page, "while true do end");
    has(page, "href=\"#L1\"");
    leave(&v);
}
END_TEST

START_TEST(test_tried_and_seen)
{
    struct desk_at v;
    enter(&v);
    const char *id = id_in(&v, save(&v, "", BENCH_FIRST(&v.b)));
    const char *call = v.b.c.calls[0].id;
    const char *page = page_of(&v, id, "/preview");
    whole(&v, page);
    has(page, "Said sorry?");
    ck_assert_ptr_null(strstr(page, "<form class=\"evaluate"));
    whole(&v, page_of(&v, id, "/try"));
    page_of(&v, id, arena_format(v.a, "/try?call=%s", call));
    ck_assert_int_eq(status(&v), 303);
    page = get(&v, arena_copy(v.a, v.answer.response.location));
    whole(&v, page);
    has(page, "would not take this call");
    has(page, "Said sorry?");
    leave(&v);
}
END_TEST

static const char *backtest_is(struct desk_at *v, const char *location, const char *says)
{
    const char *page = "";
    for (int i = 0; i < 500 && !strstr(page, says); i++) {
        usleep(20000);
        page = get(v, location);
    }
    has(page, says);
    return page;
}

/* Runs in a thread of the server's; the page shows how far it is, then what it found. */
START_TEST(test_backtest)
{
    struct desk_at v;
    enter(&v);
    const char *one = id_in(&v, save(&v, "", BENCH_FIRST(&v.b)));
    moved(&v, one, "move=publish&why=first", "?said=published");
    const char *two = id_in(&v, save(&v, one, BENCH_SECOND(&v.b)));
    bench_limits(&v.b, "10", "5");
    has(page_of(&v, two, ""), "needs a second person: no backtest has shown");
    has(move(&v, two, "move=publish&why=at+once"), "somebody else must publish it");
    ck_assert_int_eq(status(&v), 409);
    whole(&v, page_of(&v, two, "/backtest"));
    post(&v, v.manager, arena_format(v.a, "/cards/%s/backtest", two), "against=&since=&most=");
    ck_assert_int_eq(status(&v), 303);
    const char *page =
        backtest_is(&v, arena_copy(v.a, v.answer.response.location), "both versions fit");
    whole(&v, page);
    has(page, "Of 3 calls both versions fit 0");
    has(page, "0 lose their score or outcome, 0 gain one");
    has(page, "Scores before and after");
    ck_assert_ptr_null(strstr(page, "It failed"));
    page = strstr(page_of(&v, two, ""), "/backtest?run=");
    ck_assert_ptr_nonnull(page);
    ck_assert_int_eq(strspn(strchr(page, ',') + 2, "0123456789:"), 5); /* "26 Oct 2026, 07:00" */
    moved(&v, two, "move=publish&why=nothing+moves", "?said=published");
    leave(&v);
}
END_TEST

/* One whose end could not be written down is under way for ever, and counts as its owner's. */
START_TEST(test_backtest_left_under_way)
{
    struct desk_at v;
    enter(&v);
    const char *id = id_in(&v, save(&v, "", BENCH_FIRST(&v.b)));
    const char *form = arena_format(v.a, "/cards/%s/backtest", id);
    post(&v, v.manager, form, "against=&since=&most=");
    const char *first = arena_copy(v.a, v.answer.response.location);
    backtest_is(&v, first, "Of 3 calls it fits 0");
    bench_sql(&v.b, "UPDATE backtests SET state = 1, result = ''");
    has(get(&v, first), "calls done");
    post(&v, v.manager, form, "against=&since=&most="); /* wakes whoever looks */
    backtest_is(&v, first, "Of 3 calls it fits 0");
    leave(&v);
}
END_TEST

/* S5: who may mend a card hears of it on the first page and on its own; a note switches it on. */
START_TEST(S5_a_card_that_is_off_asks_for_help)
{
    struct desk_at v;
    enter(&v);
    const char *one = id_in(&v, save(&v, "", BENCH_FIRST(&v.b)));
    const struct store_act act = {.at = v.b.c.now, .why = "5 runs in a row ended badly. <b>"};
    int64_t id = 0;
    request_integer(one, &id);
    moved(&v, one, "do=publish&why=go", "published");
    bench_must(&v.b, store_begin(v.b.c.store, &v.b.e));
    bench_must(
        &v.b, store_end(v.b.c.store, store_card_switch_off(v.b.c.store, id, &act, &v.b.e), &v.b.e));
    const char *page = get(&v, "/");
    whole(&v, page);
    has(page, "Mend scorecard");
    has(page, "switched off: 5 runs in a row ended badly. &lt;b&gt;");
    page = ask(&v, site_cookie(&v.site, v.a, STORE_EVALUATOR), "GET", "/", "", "");
    ck_assert_ptr_null(strstr(page, "Mend scorecard"));
    has(get(&v, "/cards"), "switched off");
    page = page_of(&v, one, "");
    whole(&v, page);
    has(page, "it scores no calls; those it is for wait.");
    has(page, ">Switch on again</button>");
    has(page, ">Retire</button>");
    move(&v, one, "move=on&why=");
    ck_assert_int_eq(status(&v), 422);
    moved(&v, one, "move=on&why=mended", "said=on");
    page = page_of(&v, one, "?said=on");
    has(page, "Switched on.");
    has(page, "mended");
    ck_assert_ptr_null(strstr(page, "it scores no calls"));
    ck_assert_ptr_null(strstr(get(&v, "/"), "Mend scorecard"));
    move(&v, one, "move=on&why=again");
    ck_assert_int_eq(status(&v), 409);
    leave(&v);
}
END_TEST

TCase *test_serve_cards(void)
{
    TCase *t = tcase_create("cards");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_life);
    tcase_add_test(t, test_trend);
    tcase_add_test(t, test_lines_as_in_files);
    tcase_add_test(t, test_nothing_typed_is_lost);
    tcase_add_test(t, test_failing_test_is_named);
    tcase_add_loop_test(t, test_refused_moves, 0, (int)(sizeof refused / sizeof *refused));
    tcase_add_loop_test(t, test_odd_requests, 0, (int)(sizeof odd / sizeof *odd));
    tcase_add_test(t, test_check_as_json);
    tcase_add_test(t, test_hostile_text);
    tcase_add_test(t, test_tried_and_seen);
    tcase_add_test(t, test_backtest);
    tcase_add_test(t, test_backtest_left_under_way);
    tcase_add_test(t, S5_a_card_that_is_off_asks_for_help);
    return t;
}
