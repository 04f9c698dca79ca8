/* Scorecards on the command line: their life, backtests, settings, one sheet's sum, the filter. */
#include "test_cli.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"

#include <stdio.h>
#include <string.h>

#define CARD                                                                                       \
    "return card { id = 'cli', version = '%s', title = 'From the console', weight = 'question',\n" \
    "  pass = 50, applies = { type = { 'cli' } },\n"                                               \
    "  section 'all' { title = 'All', weight = 100,\n"                                             \
    "    yes_no 'greeting' { ask = '%s', check = function(call)\n"                                 \
    "      local hit = call.find { who = 'agent', any = { '%s' } }\n"                              \
    "      return hit and yes(hit) or no() end } },\n"                                             \
    "  tests = { test 'greets by name' { call { type = 'cli', agent 'My name is Eleni.' },\n"      \
    "    expect = { greeting = 'yes' } } } }\n"

struct place {
    struct arena *a;
    const char *folder, *data;
    struct buf out;
};

static void enter(struct place *p)
{
    struct err e = {0};
    struct buf calls = {0};
    *p = (struct place){.a = arena_open(), .folder = support_folder()};
    p->data = file_join(p->a, p->folder, "data");
    for (int i = 0; i < 10; i++)
        buf_format(&calls,
                   "{\"earshot\":1,\"source\":\"cli\",\"key\":\"%d\",\"channel\":\"voice\","
                   "\"type\":\"cli\",\"offered\":\"2026-10-%02dT09:00:00Z\",\"turns\":[{\"who\":"
                   "\"agent\",\"start_ms\":0,\"end_ms\":900,"
                   "\"text\":\"%s\"}]}\n",
                   i, 5 + i, i % 2 ? "My name is Eleni." : "Hello.");
    ck_assert(file_write(file_join(p->a, p->folder, "calls.jsonl"), buf_all(&calls), &e));
    ck_assert(file_make_folder(file_join(p->a, p->folder, "cards"), &e));
    buf_free(&calls);
}

static void leave(struct place *p)
{
    buf_free(&p->out);
    arena_close(p->a);
}

/* Writes cards/NAME.lua; gives its path. */
static const char *write_card(struct place *p, const char *name, const char *version,
                              const char *asks, const char *greets)
{
    struct err e = {0};
    const char *path = arena_format(p->a, "%s/cards/%s.lua", p->folder, name);
    ck_assert(file_write(path, slice_of(arena_format(p->a, CARD, version, asks, greets)), &e));
    return path;
}

static const char *does(struct place *p, const char *words, int status, const char *says)
{
    int got = run(p->data, words, &p->out);
    ck_assert_msg(got == status && strstr(buf_text(&p->out), says),
                  "earshot %s: status %d:\n%.2500s", words, got, buf_text(&p->out));
    return buf_text(&p->out);
}

START_TEST(a_version_from_file_to_retired)
{
    struct place p;
    enter(&p);
    const char *one = write_card(&p, "one", "1.0", "Greeted?", "my name is");
    const char *two = write_card(&p, "two", "2.0", "Did they greet?", "name");
    does(&p, arena_format(p.a, "card check %s", one), 0, "1 test passed");
    does(&p, arena_format(p.a, "card keep %s", one), 0, "cli 1.0, checked");
    does(&p, "card publish cli@1.0 --why first", 0, "published cli 1.0");
    does(&p, "card rollback cli --why x", 1, "first published version");
    does(&p, arena_format(p.a, "card diff cli %s", two), 0, "reworded");
    does(&p, arena_format(p.a, "card publish %s", two), 1, "no backtest has shown");
    does(&p, "card backtest cli@2.0", 0, "Of 0 calls");
    does(&p, arena_format(p.a, "card publish %s", two), 0, "published cli 2.0");
    does(&p, "card rollback cli", 1, "Say why");
    does(&p, "card rollback cli --why strict", 0, "1.0 is published again, 2.0 is retired");
    does(&p, "card show cli", 0, "strict");
    does(&p, "card list", 0, "retired");
    does(&p, "card retire cli --why done", 0, "no call gets this card");
    does(&p, "card retire cli@1.0", 1, "not published");
    does(&p, "card publish cli@2.0", 0, "published cli 2.0 again");
    does(&p, "card show nothing", 1, "no scorecard \"nothing\"");
    does(&p, "card show clli", 1, "Did you mean cli?");
    does(&p, "card show cli@7.7", 1, "\"cli\" has no such version");
    leave(&p);
}
END_TEST

START_TEST(a_failing_test_refuses_by_name)
{
    struct place p;
    enter(&p);
    const char *path = write_card(&p, "bad", "1.0", "Greeted?", "good day");
    does(&p, arena_format(p.a, "card test %s", path), 1, "test \"greets by name\" failed");
    does(&p, arena_format(p.a, "card publish %s", path), 1, "Its test \"greets by name\" fails");
    does(&p, "card list", 0, "draft");
    leave(&p);
}
END_TEST

START_TEST(settings_and_second_person)
{
    struct place p;
    enter(&p);
    const char *path = write_card(&p, "one", "1.0", "Greeted?", "my name is");
    does(&p, "settings", 0, "publish_needs_second_person");
    does(&p, "settings --help", 0, "files_channels (nothing)");
    does(&p, "settings publish_needs_second_person perhaps", 1, "yes or no");
    does(&p, "settings files-raw alaw:8000:2", 0, "alaw:8000:2");
    does(&p, "settings files_raw ''", 0, "files_raw");
    does(&p, "settings publish_needs_second_person yes", 0, "yes");
    does(&p, arena_format(p.a, "card publish %s", path), 1, "somebody else must publish it");
    leave(&p);
}
END_TEST

/* The first line of what was printed that is JSON. */
static const char *json_line(struct place *p)
{
    const char *from = strchr(buf_text(&p->out), '{');
    ck_assert_ptr_nonnull(from);
    return arena_text(p->a, (struct slice){from, strcspn(from, "\n")});
}

/* D2: beside a running server the work is done by that server, and the numbers are the same. */
START_TEST(a_backtest_through_the_server)
{
    struct place p;
    enter(&p);
    const char *one = write_card(&p, "one", "1.0", "Greeted?", "my name is");
    const char *two = write_card(&p, "two", "2.0", "Greeted?", "hello', 'my name is");
    does(&p, arena_format(p.a, "ingest %s/calls.jsonl", p.folder), 0, "10 new");
    does(&p, arena_format(p.a, "card publish %s", one), 0, "published");
    does(&p, arena_format(p.a, "card backtest %s --json", two), 0, "{");
    const char *alone = json_line(&p);
    pid_t server = start_server(p.data, file_join(p.a, p.folder, "log"), p.a);
    does(&p, "card backtest cli@2.0 --json", 0, "{");
    ck_assert(strcmp(json_line(&p), alone) == 0);
    does(&p, "card backtest cli@2.0", 0, "needs a second person");
    does(&p, arena_format(p.a, "card publish %s", two), 1, "somebody else must publish it");
    does(&p, "card trend cli --since 2026-10-01", 0, "of the card's own scores");
    stop_server(server);
    leave(&p);
}
END_TEST

/* Monday to Sunday, and three days of the week behind it; every other call greets. */
START_TEST(a_trend_week_by_week)
{
    struct place p;
    struct err e = {0};
    enter(&p);
    const char *one = write_card(&p, "one", "1.0", "Greeted?", "my name is");
    does(&p, arena_format(p.a, "ingest %s/calls.jsonl", p.folder), 0, "10 new");
    does(&p, arena_format(p.a, "card publish %s", one), 0, "published");
    does(&p, "card trend cli", 0, "Counted: 0 of the card's own scores.");
    does(&p, "score", 0, "10 scored");
    does(&p, "card trend cli --since 2026-10-01", 0, "Counted: 10 of the card's own scores.");
    does(&p, "card trend cli --question greeting --since 2026-10-12", 0, "66.7 %");
    does(&p, "card trend cli --question greeting --by people", 0, "Counted: 0 of evaluators'");
    const char *json = strchr(
        does(&p, "card trend cli --question greeting --since 2026-10-01 --json", 0, "{"), '{');
    struct json *j = json_parse(slice_trim(slice_of(json)), JSON_DEPTH, &e);
    ck_assert_uint_eq(json_count(json_get(j, "rows")), 2);
    ck_assert_int_eq(json_get_integer(json_first(json_get(j, "rows")), "n", 0), 7);
    json_free(j);
    does(&p, "card trend cli --question words", 1, "No published version has a question");
    does(&p, "card trend cli --since then", 1, "no day");
    does(&p, "card trend cli --by anybody", 2, "card or people");
    does(&p, "card trend nothing", 1, "no scorecard");
    leave(&p);
}
END_TEST

/* Five calls have the words; the new version hears them in all ten. */
START_TEST(a_backtest_and_its_limit)
{
    struct place p;
    struct err e = {0};
    enter(&p);
    const char *one = write_card(&p, "one", "1.0", "Greeted?", "my name is");
    const char *two = write_card(&p, "two", "2.0", "Greeted?", "hello', 'my name is");
    does(&p, arena_format(p.a, "ingest %s/calls.jsonl", p.folder), 0, "10 new");
    does(&p, arena_format(p.a, "card publish %s", one), 0, "published");
    const char *said = does(&p, arena_format(p.a, "card backtest %s", two), 0,
                            "5 turn from not passed to passed and 0 from passed to not passed "
                            "(50.0 %)");
    ck_assert_ptr_null(strstr(said, "Backtesting: ")); /* short work needs no lines in a log */
    ck_assert_ptr_nonnull(strstr(said, "needs a second person"));
    does(&p, arena_format(p.a, "card publish %s", two), 1, "50.0 %");
    does(&p, "card backtest cli@2.0 --limit 3 --against cli@1.0", 0, "Of 3 calls");
    does(&p, "card backtest cli@2.0 --since 2031-01-01", 0, "Of 0 calls");
    does(&p, "card backtest cli@2.0 --since never", 1, "write the day as");
    does(&p, "card backtest cli@2.0 --limit 0", 1, "how many calls");
    does(&p, "card backtest cli@2.0 --against cli@2.0", 1, "against itself");
    const char *json = strchr(does(&p, "card backtest cli@2.0 --json", 0, "{"), '{');
    struct slice rest = slice_of(json);
    struct json *j = json_parse_next(&rest, JSON_DEPTH, &e);
    ck_assert_int_eq(json_get_integer(j, "to_passed", -1), 5);
    ck_assert_int_eq(json_get_integer(json_get(j, "before"), "passed", -1), 5);
    ck_assert_int_eq(json_get_integer(json_get(j, "after"), "passed", -1), 10);
    json_free(j);
    leave(&p);
}
END_TEST

/* In order, the same bytes each time, no store; a bad line costs itself. */
START_TEST(the_filter)
{
    struct place p;
    struct err e = {0};
    struct buf again = {0};
    enter(&p);
    write_card(&p, "one", "1.0", "Greeted?", "my name is");
    const char *words = arena_format(
        p.a, "score --stdin --ndjson --cards %s/cards < %s/calls.jsonl", p.folder, p.folder);
    does(&p, words, 0, "\"key\":\"9\"");
    ck_assert_int_eq(run(p.data, words, &again), 0);
    ck_assert_str_eq(buf_text(&p.out), buf_text(&again));
    struct slice rest = buf_all(&again), line;
    for (int i = 0; i < 10; i++) {
        ck_assert(slice_line(&rest, &line));
        struct json *j = json_parse(line, JSON_DEPTH, &e);
        ck_assert_int_eq(json_get_integer(j, "line", 0), i + 1);
        const struct json *percent = json_get(json_get(j, "agent"), "percent");
        ck_assert_str_eq(json_get_text(percent, "exact", ""), i % 2 ? "100" : "0");
        ck_assert_uint_gt(json_count(json_get(json_get(j, "how"), "rows")), 0);
        json_free(j);
    }
    ck_assert(!slice_line(&rest, &line));
    ck_assert_msg(!file_read(p.a, file_join(p.a, p.data, "earshot.db"), 1 << 20, &line, &e),
                  "a filter keeps nothing");
    const char *bad = file_join(p.a, p.folder, "bad.jsonl");
    err_clear(&e);
    ck_assert(file_write(bad, SLICE("rubbish\n\n{}\n"), &e));
    does(&p, arena_format(p.a, "score --stdin --ndjson --cards %s/cards < %s", p.folder, bad), 1,
         "{\"line\":1,\"error\":");
    ck_assert_ptr_nonnull(strstr(p.out.p, "{\"line\":3,\"error\":"));
    buf_free(&again);
    leave(&p);
}
END_TEST

static const struct {
    const char *words;
    int status;
    const char *says;
} filter_words[] = {
    {"score --stdin", 2, "go together"},
    {"score --stdin --ndjson --cards /nowhere </dev/null", 1, "/nowhere"},
    {"score --stdin --ndjson --cards /dev </dev/null", 1, "no card"},
    {"sheet 1", 1, "no Earshot data"},
    {"card diff x", 2, "card diff OLD NEW"},
    {"card backtest", 2, "say which card to backtest"},
    {"card keep support-voice", 1, "cannot open"},
    {"settings one", 2, "name one setting"},
    {"help card", 0, "backtest asks the new version"},
};

START_TEST(words)
{
    struct place p;
    enter(&p);
    does(&p, filter_words[_i].words, filter_words[_i].status, filter_words[_i].says);
    leave(&p);
}
END_TEST

START_TEST(one_sheet_line_by_line)
{
    struct place p;
    struct err e = {0};
    enter(&p);
    const char *one = write_card(&p, "one", "1.0", "Greeted?", "my name is");
    does(&p, arena_format(p.a, "ingest %s/calls.jsonl", p.folder), 0, "10 new");
    does(&p, arena_format(p.a, "card publish %s", one), 0, "published");
    does(&p, "score", 0, "10 scored");
    const char *dump = does(&p, "export", 0, "card_sheets id=");
    long long id = 0;
    ck_assert_int_eq(sscanf(strstr(dump, "card_sheets id="), "card_sheets id=%lld", &id), 1);
    does(&p, arena_format(p.a, "sheet %lld", id), 0, "Greeted?");
    does(&p, arena_format(p.a, "sheet %lld --json", id), 0, "\"how\":");
    struct json *j = json_parse(slice_trim(buf_all(&p.out)), JSON_DEPTH, &e);
    ck_assert_int_eq(json_get_integer(j, "id", 0), id);
    json_free(j);
    does(&p, "sheet 1", 1, "");
    leave(&p);
}
END_TEST

/* Sheets and issues leave for other programs, too. */
START_TEST(sheets_and_issues_are_exported)
{
    struct place p;
    struct err e = {0};
    enter(&p);
    const char *one = write_card(&p, "one", "1.0", "Greeted?", "my name is");
    does(&p, arena_format(p.a, "ingest %s/calls.jsonl", p.folder), 0, "10 new");
    does(&p, arena_format(p.a, "card publish %s", one), 0, "published");
    does(&p, "score", 0, "10 scored");
    const char *dump = does(&p, "export", 0, "card_sheets id=");
    long long id = 0;
    ck_assert_int_eq(sscanf(strstr(dump, "card_sheets id="), "card_sheets id=%lld", &id), 1);
    const char *all = does(&p, "export --sheets --csv", 0, "sheet,call,source,key,");
    size_t lines = 0;
    for (const char *at = all; (at = strchr(at, '\n')); at++)
        lines++;
    ck_assert_uint_eq(lines, 11);
    does(&p, "export --sheets --csv", 0, arena_format(p.a, "\n%lld,", id));
    does(&p, "export --sheets --json-lines", 0, arena_format(p.a, "{\"id\":%lld,", id));
    struct slice rest = buf_all(&p.out), line;
    for (size_t i = 0; i < 10; i++) {
        slice_line(&rest, &line);
        struct json *j = json_parse(line, JSON_DEPTH, &e);
        ck_assert_msg(json_get(j, "answers") && json_get(j, "key"), "%.*s", (int)line.n, line.p);
        json_free(j);
    }
    does(&p, "export --issues --csv", 0, "title,state,locus");
    does(&p, "export --issues --json-lines", 0, "");
    does(&p, "export --sheets", 2, "with one of --csv and --json-lines");
    does(&p, "export --sheets --issues --csv", 2, "choose --sheets or --issues");
    does(&p, "export --sheets --csv nothing", 1, "nothing");
    does(&p, "export --issues --csv nothing", 2, "name no call");
    leave(&p);
}
END_TEST

TCase *test_cli_cards(void)
{
    TCase *t = tcase_create("cards");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_version_from_file_to_retired);
    tcase_add_test(t, a_failing_test_refuses_by_name);
    tcase_add_test(t, settings_and_second_person);
    tcase_add_test(t, a_trend_week_by_week);
    tcase_add_test(t, a_backtest_and_its_limit);
    tcase_add_test(t, a_backtest_through_the_server);
    tcase_add_test(t, the_filter);
    tcase_add_test(t, sheets_and_issues_are_exported);
    tcase_add_test(t, one_sheet_line_by_line);
    support_rows(t, words, filter_words);
    return t;
}
