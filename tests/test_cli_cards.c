/* Scorecards on the command line: their life, backtests, settings, one sheet's sum, the filter. */
#include "test_cli.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
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

static void cards_setup(void)
{
    struct buf calls = {0};
    setup();
    for (int i = 0; i < 10; i++)
        buf_format(&calls,
                   "{\"earshot\":1,\"source\":\"cli\",\"key\":\"%d\",\"channel\":\"voice\","
                   "\"type\":\"cli\",\"offered\":\"2026-10-%02dT09:00:00Z\",\"turns\":[{\"who\":"
                   "\"agent\",\"start_ms\":0,\"end_ms\":900,"
                   "\"text\":\"%s\"}]}\n",
                   i, 5 + i, i % 2 ? "My name is Eleni." : "Hello.");
    put("calls.jsonl", buf_text(&calls));
    buf_free(&calls);
}

/* Writes cards/NAME.lua. */
static void write_card(const char *name, const char *version, const char *asks, const char *greets)
{
    put(arena_format(a, "cards/%s.lua", name), arena_format(a, CARD, version, asks, greets));
}

static const char *does(const char *words, int status, const char *says)
{
    expect(data, words, status, says, &out);
    return buf_text(&out);
}

struct step {
    const char *words;
    int status;
    const char *says;
};

static void follow(const struct step *steps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        does(steps[i].words, steps[i].status, steps[i].says);
}
#define FOLLOW(steps) follow(steps, sizeof steps / sizeof *steps)

/* The ten calls are there, and the card that hears five of them greet by name. */
static void publish_one(void)
{
    static const struct step steps[] = {
        {"ingest $HERE/calls.jsonl", 0, "10 new"},
        {"card publish $HERE/cards/one.lua", 0, "published"},
    };
    write_card("one", "1.0", "Greeted?", "my name is");
    FOLLOW(steps);
}

/* They are scored; the number of one sheet. */
static long long score_one(void)
{
    long long id = 0;
    publish_one();
    does("score", 0, "10 scored");
    const char *dump = strstr(does("export", 0, "card_sheets id="), "card_sheets id=");
    ck_assert_int_eq(sscanf(dump, "card_sheets id=%lld", &id), 1);
    return id;
}

START_TEST(a_version_from_file_to_retired)
{
    static const struct step life[] = {
        {"card check $HERE/cards/one.lua", 0, "1 test passed"},
        {"card keep $HERE/cards/one.lua", 0, "cli 1.0, checked"},
        {"card publish cli@1.0 --why first", 0, "published cli 1.0"},
        {"card rollback cli --why x", 1, "first published version"},
        {"card diff cli $HERE/cards/two.lua", 0, "reworded"},
        {"card publish $HERE/cards/two.lua", 1, "no backtest has shown"},
        {"card backtest cli@2.0", 0, "Of 0 calls"},
        {"card publish $HERE/cards/two.lua", 0, "published cli 2.0"},
        {"card rollback cli", 1, "Say why"},
        {"card rollback cli --why strict", 0, "1.0 is published again, 2.0 is retired"},
        {"card show cli", 0, "strict"},
        {"card list", 0, "retired"},
        {"card retire cli --why done", 0, "no call gets this card"},
        {"card retire cli@1.0", 1, "not published"},
        {"card publish cli@2.0", 0, "published cli 2.0 again"},
        {"card show nothing", 1, "no scorecard \"nothing\""},
        {"card show clli", 1, "Did you mean cli?"},
        {"card show cli@7.7", 1, "\"cli\" has no such version"},
    };
    write_card("one", "1.0", "Greeted?", "my name is");
    write_card("two", "2.0", "Did they greet?", "name");
    FOLLOW(life);
}
END_TEST

START_TEST(a_failing_test_refuses_by_name)
{
    static const struct step steps[] = {
        {"card test $HERE/cards/bad.lua", 1, "test \"greets by name\" failed"},
        {"card publish $HERE/cards/bad.lua", 1, "Its test \"greets by name\" fails"},
        {"card list", 0, "draft"},
    };
    write_card("bad", "1.0", "Greeted?", "good day");
    FOLLOW(steps);
}
END_TEST

START_TEST(settings_and_second_person)
{
    static const struct step steps[] = {
        {"settings", 0, "publish_needs_second_person"},
        {"settings --help", 0, "files_channels (nothing)"},
        {"settings publish_needs_second_person perhaps", 1, "yes or no"},
        {"settings files-raw alaw:8000:2", 0, "alaw:8000:2"},
        {"settings files_raw ''", 0, "files_raw"},
        {"settings publish_needs_second_person yes", 0, "yes"},
        {"card publish $HERE/cards/one.lua", 1, "somebody else must publish it"},
    };
    write_card("one", "1.0", "Greeted?", "my name is");
    FOLLOW(steps);
}
END_TEST

/* The first line of what was printed that is JSON. */
static const char *json_line(void)
{
    const char *from = strchr(buf_text(&out), '{');
    ck_assert_ptr_nonnull(from);
    return arena_text(a, (struct slice){from, strcspn(from, "\n")});
}

/* Parses the first line that is JSON; json_free. */
static struct json *said(void)
{
    struct err e = {0};
    struct json *j = json_parse(slice_of(json_line()), JSON_DEPTH, &e);
    ck_assert_msg(j != NULL, "%s: %s", e.text, buf_text(&out));
    return j;
}

/* D2: beside a running server the work is done by that server, and the numbers are the same. */
START_TEST(a_backtest_through_the_server)
{
    publish_one();
    write_card("two", "2.0", "Greeted?", "hello', 'my name is");
    does("card backtest $HERE/cards/two.lua --json", 0, "{");
    const char *alone = json_line();
    pid_t server = start_server();
    does("card backtest cli@2.0 --json", 0, "{");
    ck_assert(strcmp(json_line(), alone) == 0);
    does("card backtest cli@2.0", 0, "needs a second person");
    does("card publish $HERE/cards/two.lua", 1, "somebody else must publish it");
    does("card trend cli --since 2026-10-01", 0, "of the card's own scores");
    stop_server(server);
}
END_TEST

/* Monday to Sunday, and three days of the week behind it; every other call greets. */
START_TEST(a_trend_week_by_week)
{
    static const struct step counts[] = {
        {"card trend cli", 0, "Counted: 0 of the card's own scores."},
        {"score", 0, "10 scored"},
        {"card trend cli --since 2026-10-01", 0, "Counted: 10 of the card's own scores."},
        {"card trend cli --question greeting --since 2026-10-12", 0, "66.7 %"},
        {"card trend cli --question greeting --by people", 0, "Counted: 0 of evaluators'"},
    };
    static const struct step refusals[] = {
        {"card trend cli --question words", 1, "No published version has a question"},
        {"card trend cli --since then", 1, "no day"},
        {"card trend cli --by anybody", 2, "card or people"},
        {"card trend nothing", 1, "no scorecard"},
    };
    struct err e = {0};
    publish_one();
    FOLLOW(counts);
    const char *json =
        strchr(does("card trend cli --question greeting --since 2026-10-01 --json", 0, "{"), '{');
    struct json *j = json_parse(slice_trim(slice_of(json)), JSON_DEPTH, &e);
    ck_assert_uint_eq(json_count(json_get(j, "rows")), 2);
    ck_assert_int_eq(json_get_integer(json_first(json_get(j, "rows")), "n", 0), 7);
    json_free(j);
    FOLLOW(refusals);
}
END_TEST

/* Five calls have the words; the new version hears them in all ten. */
START_TEST(a_backtest_and_its_limit)
{
    static const struct step steps[] = {
        {"card publish $HERE/cards/two.lua", 1, "50.0 %"},
        {"card backtest cli@2.0 --limit 3 --against cli@1.0", 0,
         "cli 2.0. Held against cli 1.0; of all calls, the newest 3.\nOf 3 calls"},
        {"card backtest cli@2.0 --since 2031-01-01", 0, "Of 0 calls"},
        {"card backtest cli@2.0 --since never", 1, "write the day as"},
        {"card backtest cli@2.0 --limit 0", 1, "how many calls"},
        {"card backtest cli@2.0 --against cli@2.0", 1, "against itself"},
    };
    struct err e = {0};
    publish_one();
    write_card("two", "2.0", "Greeted?", "hello', 'my name is");
    const char *said = does("card backtest $HERE/cards/two.lua", 0,
                            "5 turn from not passed to passed and 0 from passed to not passed "
                            "(50.0 %). 0 lose their score or outcome, 0 gain one (0.0 %).");
    ck_assert_ptr_null(strstr(said, "Backtesting: ")); /* short work needs no lines in a log */
    ck_assert_ptr_nonnull(strstr(said, "needs a second person"));
    FOLLOW(steps);
    const char *json = strchr(does("card backtest cli@2.0 --json", 0, "{"), '{');
    struct slice rest = slice_of(json);
    struct json *j = json_parse_next(&rest, JSON_DEPTH, &e);
    ck_assert_int_eq(json_get_integer(j, "to_passed", -1), 5);
    ck_assert_int_eq(json_get_integer(j, "lost", -1), 0);
    ck_assert_int_eq(json_get_integer(json_get(j, "before"), "passed", -1), 5);
    ck_assert_int_eq(json_get_integer(json_get(j, "after"), "passed", -1), 10);
    json_free(j);
}
END_TEST

/* In order, the same bytes each time, no store; a bad line costs itself. */
START_TEST(the_filter)
{
    struct err e = {0};
    struct buf again = {0};
    write_card("one", "1.0", "Greeted?", "my name is");
    const char *words = "score --stdin --ndjson --cards $HERE/cards < $HERE/calls.jsonl";
    does(words, 0, "\"key\":\"9\"");
    ck_assert_int_eq(run(data, words, &again), 0);
    ck_assert_str_eq(buf_text(&out), buf_text(&again));
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
    ck_assert_msg(!file_read(a, file_join(a, data, "earshot.db"), 1 << 20, &line, &e),
                  "a filter keeps nothing");
    put("bad.jsonl", "rubbish\n\n{}\n");
    does("score --stdin --ndjson --cards $HERE/cards < $HERE/bad.jsonl", 1,
         "{\"line\":1,\"error\":");
    ck_assert_ptr_nonnull(strstr(out.p, "{\"line\":3,\"error\":"));
    buf_free(&again);
}
END_TEST

static const struct step filter_words[] = {
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
    does(filter_words[_i].words, filter_words[_i].status, filter_words[_i].says);
}
END_TEST

START_TEST(one_sheet_line_by_line)
{
    struct err e = {0};
    long long id = score_one();
    does(arena_format(a, "sheet %lld", id), 0, "Greeted?");
    does(arena_format(a, "sheet %lld --json", id), 0, "\"how\":");
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "\"No\"")); /* as the form has it */
    struct json *j = json_parse(slice_trim(buf_all(&out)), JSON_DEPTH, &e);
    ck_assert_int_eq(json_get_integer(j, "id", 0), id);
    json_free(j);
    does("sheet 1", 1, "");
}
END_TEST

/* Sheets and issues leave for other programs, too. */
START_TEST(sheets_and_issues_are_exported)
{
    static const struct step steps[] = {
        {"export --issues --csv", 0, "title,state,locus"},
        {"export --issues --json-lines", 0, ""},
        {"export --sheets", 2, "with one of --csv and --json-lines"},
        {"export --sheets --issues --csv", 2, "choose --sheets or --issues"},
        {"export --sheets --csv nothing", 1, "nothing"},
        {"export --issues --csv nothing", 2, "name no call"},
    };
    struct err e = {0};
    long long id = score_one();
    const char *all = does("export --sheets --csv", 0, "sheet,call,source,key,");
    size_t lines = 0;
    for (const char *at = all; (at = strchr(at, '\n')); at++)
        lines++;
    ck_assert_uint_eq(lines, 11);
    does("export --sheets --csv", 0, arena_format(a, "\n%lld,", id));
    does("export --sheets --json-lines", 0, arena_format(a, "{\"id\":%lld,", id));
    struct slice rest = buf_all(&out), line;
    for (size_t i = 0; i < 10; i++) {
        slice_line(&rest, &line);
        struct json *j = json_parse(line, JSON_DEPTH, &e);
        ck_assert_msg(json_get(j, "answers") && json_get(j, "key"), "%.*s", (int)line.n, line.p);
        json_free(j);
    }
    FOLLOW(steps);
}
END_TEST

/* What the commands take as CARD stands in the list. */
START_TEST(the_list_has_the_words_for_a_version)
{
    publish_one();
    does("card list", 0, "Id");
    does("card list --json", 0, "\"rows\":");
    struct json *j = said();
    const struct json *row = json_first(json_get(j, "rows"));
    const char *card = json_get_text(row, "card", ""), *version = json_get_text(row, "version", "");
    does(arena_format(a, "card show %s@%s", card, version), 0, "cli 1.0 (published)");
    does(arena_format(a, "card show %d", (int)json_get_integer(row, "number", 0)), 0,
         "cli 1.0 (published)");
    json_free(j);
}
END_TEST

START_TEST(scripts_read_what_a_check_finds)
{
    write_card("one", "1.0", "Greeted?", "my name is");
    write_card("bad", "1.0", "Greeted?", "good day");
    put("cards/odd.lua", "return card { id = 'odd', wieght = 1 }\n");
    does("card check --json $HERE/cards/one.lua", 0, "{");
    struct json *one = said();
    ck_assert_str_eq(json_get_text(one, "file", ""), in("cards/one.lua"));
    ck_assert(json_true(json_get(one, "passed")));
    json_free(one);
    does("card test --json $HERE/cards/bad.lua", 1, "{");
    struct json *bad = said();
    const struct json *test = json_first(json_get(bad, "tests"));
    ck_assert(!json_true(json_get(bad, "passed")) && !json_true(json_get(test, "passed")));
    ck_assert_str_eq(json_get_text(test, "name", ""), "greets by name");
    json_free(bad);
    does("card check --json $HERE/cards/odd.lua", 1, "{");
    struct json *odd = said();
    ck_assert_uint_gt(json_count(json_get(odd, "faults")), 1);
    json_free(odd);
}
END_TEST

START_TEST(scripts_read_how_a_version_stands)
{
    static const struct step life[] = {
        {"card publish $HERE/cards/one.lua --json", 0,
         "{\"card\":\"cli\",\"version\":\"1.0\",\"number\":1,\"state\":\"published\"}"},
        {"card keep $HERE/cards/two.lua --json", 0, "\"number\":2,\"state\":\"checked\"}"},
        {"card retire cli --json", 0, "\"number\":1,\"state\":\"retired\"}"},
    };
    write_card("one", "1.0", "Greeted?", "my name is");
    write_card("two", "2.0", "Did they greet?", "name");
    FOLLOW(life);
}
END_TEST

/* What is shown is the same version, to the byte, wherever it is put. */
START_TEST(the_text_of_a_version_comes_back)
{
    static const struct step life[] = {
        {"card show cli --text > $HERE/back.lua", 0, ""},
        {"card keep $HERE/back.lua", 0, "kept as cli 1.0, published, number 1\n"},
        {"card show cli@1.0 --text --json", 0, "\"text\":\"local c = phrases"},
        {"card show cli@3 --text", 1, "no such version"},
    };
    put("cards/lib/courtesy.lua", "return { company = { 'acme' } }\n");
    put("cards/one.lua",
        arena_format(a, "local c = phrases 'courtesy'\n" CARD, "1.0", "Greeted?", "my name is"));
    does("card publish $HERE/cards/one.lua", 0, "published");
    FOLLOW(life);
    does("card show cli --text", 0, "company = { 'acme' }");
}
END_TEST

/* A text, and all that its check says, without the path in front. */
#define ASKS(question)                                                                             \
    "return card { id = 'odd', version = '1', title = 'Odd', weight = 'question',\n"               \
    "  section 's' { title = 'S', " question " } }\n"
static const struct {
    const char *text, *says;
} checked[] = {
    {ASKS("yes_no 'q' { ask = '?', coach = x }"),
     "2: there is no word “x”. Write \"x\" in quotes, or define it above.\n"},
    {"", "1: The text gives back no card: end it with return card { ... }.\n"},
    {"local x = 1\n\ncrad { id = 'x' }\n", "3: there is no word “crad”. Did you mean “card”?\n"},
    {"local x = 1\ncard { id = 'x' }\n\nlocal y\n",
     "4: The text gives back no card: end it with return card { ... }.\n"},
    {"\nreturn { id = 'x' }\n",
     "2: The text gives back no card: end it with return card { ... }.\n"},
    {ASKS("scale 'q' { ask = '?', steps = 50, labels = { 'low' } }"),
     "2: scale “q”: a scale has 2 to 10 steps. Write steps = 5.\n"},
    {ASKS("yes_no 'q' { ask = '\xE9' }") "zip zap\n",
     "2: The text is not UTF-8; save it as UTF-8.\n"},
};

START_TEST(a_check_says_no_more_than_is_so)
{
    const char *path = in("cards/odd.lua"), *at;
    struct buf said = {0};
    put("cards/odd.lua", checked[_i].text);
    does("card check $HERE/cards/odd.lua", 1, "odd.lua:");
    for (at = buf_text(&out); (at = strstr(at, path)); at = strchr(at, '\n') + 1)
        buf_format(&said, "%.*s", (int)strcspn(at + strlen(path) + 1, "\n") + 1,
                   at + strlen(path) + 1);
    ck_assert_str_eq(buf_text(&said), checked[_i].says);
    buf_free(&said);
}
END_TEST

/* As README tells it: a company's name is changed in one place, and the shipped cards' tests hold.
 */
START_TEST(the_name_of_the_company_is_in_one_place)
{
    const char *change = arena_format(
        a,
        "cp -r scorecards '%s/own' && sed -i 's/{ \"harbourmere\" }/{ \"acme telecom\" }/' "
        "'%s/own/lib/courtesy.lua' && grep -q acme '%s/own/lib/courtesy.lua'",
        folder, folder, folder);
    ck_assert_int_eq(system(change), 0);
    does("card check $HERE/own/*.lua", 0, "support-voice 1");
}
END_TEST

TCase *test_cli_cards(void)
{
    TCase *t = tcase_create("cards");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, cards_setup, teardown);
    tcase_add_test(t, a_version_from_file_to_retired);
    tcase_add_test(t, the_list_has_the_words_for_a_version);
    tcase_add_test(t, scripts_read_what_a_check_finds);
    tcase_add_test(t, scripts_read_how_a_version_stands);
    tcase_add_test(t, the_text_of_a_version_comes_back);
    tcase_add_test(t, the_name_of_the_company_is_in_one_place);
    tcase_add_test(t, a_failing_test_refuses_by_name);
    tcase_add_test(t, settings_and_second_person);
    tcase_add_test(t, a_trend_week_by_week);
    tcase_add_test(t, a_backtest_and_its_limit);
    tcase_add_test(t, a_backtest_through_the_server);
    tcase_add_test(t, the_filter);
    tcase_add_test(t, sheets_and_issues_are_exported);
    tcase_add_test(t, one_sheet_line_by_line);
    support_rows(t, a_check_says_no_more_than_is_so, checked);
    support_rows(t, words, filter_words);
    return t;
}
