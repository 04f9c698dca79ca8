/* The pages of scorecards, asked as a browser would: writing, checking, publishing, trying,
 * comparing, backtesting; and what hostile posts get. */
#include "test_serve_visit.h"

#include "base/clock.h"
#include "base/json.h"

#include <string.h>
#include <unistd.h>

#include "test_desk_bench.h"

static struct bench b;
static const char *manager;

static void cards_setup(void)
{
    bench_open(&b);
    visit_open(b.c.store, b.r, b.c.now);
    manager = as(STORE_MANAGER);
}

static void cards_teardown(void)
{
    visit_close();
    bench_close(&b);
}

/* As a form field; a browser ends lines with CR LF. */
static const char *encoded(const char *text)
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

static void whole(const char *page)
{
    ck_assert_int_eq(status(), 200);
    has(page, "<h1");
    ck_assert_msg(!strstr(page, "class=\"fault\"") && !strstr(page, "[no value"), "%.3000s", page);
}

/* Sends a text; gives the address that the answer leads to. */
static const char *save(const char *base, const char *text)
{
    post(manager, "/cards", arena_format(a, "base=%s&text=%s", base, encoded(text)));
    ck_assert_int_eq(status(), 303);
    return arena_copy(a, x.response.location);
}

static const char *id_in(const char *location)
{
    const char *from = location + strlen("/cards/");
    return arena_text(a, (struct slice){from, strcspn(from, "/?")});
}

static const char *move(const char *id, const char *fields)
{
    return post(manager, arena_format(a, "/cards/%s/move", id), fields);
}

static void moved(const char *id, const char *fields, const char *said)
{
    const char *page = move(id, fields);
    ck_assert_msg(status() == 303, "%d: %.3000s", status(), page);
    has(x.response.location, said);
}

static const char *page_of(const char *id, const char *rest)
{
    return get(manager, arena_format(a, "/cards/%s%s", id, rest));
}

/* From an empty form to a published version that scores, and back. */
START_TEST(test_life)
{
    const char *page = get(manager, "/cards/new");
    whole(page);
    has(page, "name=\"text\"");
    has(page, "data-check=\"/cards/check\"");
    const char *location = save("", BENCH_FIRST(&b)), *one = id_in(location);
    page = get(manager, location);
    whole(page);
    has(page, "1 of 1 tests passed");
    page = page_of(one, "");
    whole(page);
    has(page, "<strong>checked</strong>");
    has(page, "Note (required)");
    moved(one, "move=publish&why=first", "?said=published");
    const char *two = id_in(save(one, BENCH_SECOND(&b)));
    whole(page_of(two, arena_format(a, "/diff?with=%s", one)));
    moved(two, "move=publish&why=second", "?said=published");
    page = page_of(two, "");
    whole(page);
    has(page, "<button class=\"quiet\">Go back to the version before");
    moved(two, "move=rollback&why=too+strict", arena_format(a, "/cards/%s?said=rolled", one));
    has(page_of(one, ""), "too strict");
    moved(two, "move=restore&why=no%2C+good", "?said=published");
    moved(two, "move=rollback&do=retire&why=enough", "?said=retired");
    whole(get(manager, "/cards"));
}
END_TEST

/* The chart of a card is at its own address as a table, too; what cannot be drawn is said there. */
START_TEST(test_trend)
{
    const char *id = arena_format(a, "%lld", (long long)b.c.card);
    const char *page = page_of(id, "");
    whole(page);
    has(page, "Counted: 1 of the card&#39;s own scores");
    has(page, "<figure class=\"chart\">");
    has(page, arena_format(a, "href=\"/cards/%s.csv?table=trend\"", id));
    has(page, arena_format(a, "href=\"/cards/%s?question=greeting#f.question\"", id));
    whole(page_of(id, "?question=identity&by=people"));
    has(buf_text(&x.response.body), "No evaluation on a published version");
    has(page_of(id, ".csv?question=greeting"), "week,mean,n,low,high,few,version,began,line");
    has(page_of(id, ".json?question=greeting"), "Share of full marks by week");
    has(page_of(id, "?question=nonsense"), "No published version has a question");
    ck_assert_int_eq(status(), 422);
    page_of(id, ".csv?question=nonsense");
    ck_assert_int_eq(status(), 422);
    page_of(id, ".csv?since=1-2-3");
    ck_assert_int_eq(status(), 422);
}
END_TEST

/* The same text in a file and in the browser is the same version, though lines came as CR LF. */
START_TEST(test_lines_as_in_files)
{
    int64_t id = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b));
    ck_assert_str_eq(id_in(save("", BENCH_FIRST(&b))), arena_format(a, "%lld", (long long)id));
}
END_TEST

#define BROKEN "return card {\n  id = 'ten', version = '7', title = 'Ten',\n  oops = 1,\n}\n"

/* What does not load is kept all the same, with each fault at its line. */
START_TEST(test_nothing_typed_is_lost)
{
    int64_t base = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b));
    const char *location =
        save(arena_format(a, "%lld", (long long)base), BROKEN "-- </textarea><b>mine</b>\n");
    const char *page = get(manager, location);
    whole(page);
    has(page, "It does not load");
    has(page, "href=\"#L");
    has(page, "&lt;/textarea&gt;&lt;b&gt;mine&lt;/b&gt;");
    page = move(id_in(location), "move=publish&why=now");
    ck_assert_int_eq(status(), 422);
    has(page, "It does not load. Line ");
    has(page, "now</textarea>");
}
END_TEST

START_TEST(test_failing_test_is_named)
{
    const char *id = id_in(save("", bench_card(&b, "1.0", "'nothing'", 50, "yes")));
    const char *page = move(id, "move=publish&why=now");
    ck_assert_int_eq(status(), 422);
    has(page, "greets");
    has(page, "is not published");
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
    const char *id = id_in(save("", BENCH_FIRST(&b)));
    const char *page = move(id, refused[_i].move);
    ck_assert_int_eq(status(), refused[_i].status);
    has(page, refused[_i].says);
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
    {"GET", "/cards/1/try?call=+7q2k+9d3m+5x8p%0A", "", 303},
    {"GET", "/cards/1/try?call=http%3A%2F%2Fqa.example%2Fcalls%2F7Q2K9D3M5X8P%2Fevaluate%3Ft%3D1",
     "", 303},
    {"GET", "/cards/1/try?call=7Q2K9D3M5X8U", "", 422},
    {"GET", "/cards/1/try?call=7Q2K9D3M5X8P7", "", 422},
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
    const char *page = strcmp(odd[_i].method, "GET") == 0
                           ? get(manager, odd[_i].target)
                           : post(manager, odd[_i].target, odd[_i].fields);
    ck_assert_msg(status() == odd[_i].status, "%s %s %s: %d\n%.2000s", odd[_i].method,
                  odd[_i].target, odd[_i].fields, status(), page);
}
END_TEST

START_TEST(test_check_as_json)
{
    struct err e = {0};
    const char *text =
        post(manager, "/cards/check", arena_format(a, "base=&text=%s", encoded(BROKEN)));
    ck_assert_int_eq(status(), 200);
    struct json *j = json_parse(slice_of(text), JSON_DEPTH, &e);
    ck_assert_ptr_nonnull(j);
    const struct json *fault = json_first(json_get(j, "faults"));
    ck_assert_ptr_nonnull(fault);
    ck_assert_int_ge(json_get_integer(fault, "line", -1), 1);
    ck_assert(!json_true(json_get(j, "passed")));
    json_free(j);
    has(post(manager, "/cards/check", arena_format(a, "text=%s", encoded(BENCH_FIRST(&b)))),
        "\"passed\":true");
}
END_TEST

/* S: a card that never ends costs its limit, not the server. */
START_TEST(test_hostile_text)
{
    const char *page =
        post(manager, "/cards", "do=check&text=while+true+do+end%0D%0Areturn+card+%7B%7D");
    ck_assert_int_eq(status(), 422);
    has(page, "while true do end");
    has(page, "href=\"#L1\"");
}
END_TEST

START_TEST(test_versions_of_one_name_are_told_apart)
{
    const char *text = BENCH_FIRST(&b), *one = id_in(save("", text));
    lacks(page_of(one, ""), "1.0, no.");
    const char *two = id_in(save("", arena_format(a, "%s-- once more\n", text)));
    const char *page = page_of(one, "");
    has(page, arena_format(a, "1.0, no. %s</a>", one));
    has(page, arena_format(a, "1.0, no. %s</a>", two));
    has(page_of(two, "/backtest"), arena_format(a, "1.0, no. %s (checked)", one));
}
END_TEST

START_TEST(test_tried_and_seen)
{
    const char *id = id_in(save("", BENCH_FIRST(&b)));
    const char *call = b.c.calls[0].id;
    const char *page = page_of(id, "/preview");
    whole(page);
    has(page, "Said sorry?");
    lacks(page, "<form class=\"evaluate");
    whole(page_of(id, "/try"));
    page_of(id, arena_format(a, "/try?call=%s", call));
    ck_assert_int_eq(status(), 303);
    page = get(manager, arena_copy(a, x.response.location));
    whole(page);
    has(page, "would not take this call");
    lacks(page, "1970");
    has(page, "Said sorry?");
}
END_TEST

static const char *backtest_is(const char *location, const char *says)
{
    const char *page = "";
    for (int i = 0; i < 500 && !strstr(page, says); i++) {
        usleep(20000);
        page = get(manager, location);
    }
    has(page, says);
    return page;
}

/* Runs in a thread of the server's; the page shows how far it is, then what it found. */
START_TEST(test_backtest)
{
    const char *one = id_in(save("", BENCH_FIRST(&b)));
    moved(one, "move=publish&why=first", "?said=published");
    const char *two = id_in(save(one, BENCH_SECOND(&b)));
    bench_limits(&b, "10", "5");
    has(page_of(two, ""), "needs a second person: no backtest has shown");
    has(move(two, "move=publish&why=at+once"), "somebody else must publish it");
    ck_assert_int_eq(status(), 409);
    whole(page_of(two, "/backtest"));
    post(manager, arena_format(a, "/cards/%s/backtest", two), "against=&since=2026-10-01&most=50");
    ck_assert_int_eq(status(), 303);
    const char *page = backtest_is(arena_copy(a, x.response.location), "Of 3 calls both");
    has(page, "Held against ten 1.0; of the calls from 2026-10-01 on, the newest 50.");
    has(page, "value=\"2026-10-01\"");
    has(page, "value=\"50\"");
    post(manager, arena_format(a, "/cards/%s/backtest", two), "against=&since=&most=");
    page = backtest_is(arena_copy(a, x.response.location), "Of 3 calls both");
    whole(page);
    has(page, "Of 3 calls both versions fit 0");
    has(page, "0 lose their score or outcome, 0 gain one");
    has(page, "Scores before and after");
    lacks(page, "It failed");
    page = strstr(page_of(two, ""), "/backtest?run=");
    ck_assert_ptr_nonnull(page);
    ck_assert_int_eq(strspn(strchr(page, ',') + 2, "0123456789:"), 5); /* "26 Oct 2026, 07:00" */
    moved(two, "move=publish&why=nothing+moves", "?said=published");
}
END_TEST

/* One whose end could not be written down is under way for ever, and counts as its owner's. */
START_TEST(test_backtest_left_under_way)
{
    const char *id = id_in(save("", BENCH_FIRST(&b)));
    const char *form = arena_format(a, "/cards/%s/backtest", id);
    post(manager, form, "against=&since=&most=");
    const char *first = arena_copy(a, x.response.location);
    backtest_is(first, "Of 3 calls it fits 0");
    bench_sql(&b, "UPDATE backtests SET state = 1, result = ''");
    has(get(manager, first), "calls done");
    post(manager, form, "against=&since=&most="); /* wakes whoever looks */
    backtest_is(first, "Of 3 calls it fits 0");
}
END_TEST

/* S5: who may mend a card hears of it on the first page and on its own; a note switches it on. */
START_TEST(S5_a_card_that_is_off_asks_for_help)
{
    const char *one = id_in(save("", BENCH_FIRST(&b)));
    const struct store_act act = {.at = b.c.now, .why = "5 runs in a row ended badly. <b>"};
    int64_t id = 0;
    request_integer(one, &id);
    moved(one, "do=publish&why=go", "published");
    bench_must(&b, store_begin(b.c.store, &b.e));
    bench_must(&b, store_end(b.c.store, store_card_switch_off(b.c.store, id, &act, &b.e), &b.e));
    const char *page = get(manager, "/");
    whole(page);
    has(page, "Mend scorecard");
    has(page, "switched off: 5 runs in a row ended badly. &lt;b&gt;");
    page = get(as(STORE_EVALUATOR), "/");
    lacks(page, "Mend scorecard");
    has(get(manager, "/cards"), "switched off");
    page = page_of(one, "");
    whole(page);
    has(page, "it scores no calls; those it is for wait.");
    has(page, ">Switch on again</button>");
    has(page, ">Retire</button>");
    move(one, "move=on&why=");
    ck_assert_int_eq(status(), 422);
    moved(one, "move=on&why=mended", "said=on");
    page = page_of(one, "?said=on");
    has(page, "Switched on.");
    has(page, "mended");
    lacks(page, "it scores no calls");
    ck_assert_ptr_null(strstr(get(manager, "/"), "Mend scorecard"));
    move(one, "move=on&why=again");
    ck_assert_int_eq(status(), 409);
}
END_TEST

TCase *test_serve_cards(void)
{
    TCase *t = tcase_create("cards");
    tcase_add_checked_fixture(t, cards_setup, cards_teardown);
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
    tcase_add_test(t, test_versions_of_one_name_are_told_apart);
    tcase_add_test(t, test_tried_and_seen);
    tcase_add_test(t, test_backtest);
    tcase_add_test(t, test_backtest_left_under_way);
    tcase_add_test(t, S5_a_card_that_is_off_asks_for_help);
    return t;
}
