/* The command line as a person meets it: the built program, its words, its exit status. */
#include "test_cli.h"

#include "base/buf.h"
#include "base/file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program(void)
{
    const char *named = getenv("EARSHOT");
    return named ? named : "build/earshot";
}

struct arena *a;
const char *folder, *data;
struct buf out;

void setup(void)
{
    a = arena_open();
    folder = support_folder();
    data = in("data");
    setenv("HERE", folder, 1);
}

void teardown(void)
{
    buf_free(&out);
    arena_close(a);
}

const char *in(const char *name)
{
    return file_join(a, folder, name);
}

void put(const char *name, const char *text)
{
    struct err e = {0};
    ck_assert_msg(file_make_folder(file_folder_of(a, in(name)), &e) &&
                      file_write(in(name), slice_of(text), &e),
                  "%s", e.text);
}

int run(const char *at, const char *words, struct buf *said)
{
    struct buf line = {0};
    char piece[4096];
    buf_format(&line, "EARSHOT_DATA='%s' '%s' %s 2>&1", at, program(), words);
    FILE *f = popen(line.p, "r");
    ck_assert_ptr_nonnull(f);
    buf_clear(said);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f));)
        buf_add(said, piece, n);
    int status = pclose(f);
    buf_free(&line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const struct {
    const char *words;
    int status;
    const char *says;
} cases[] = {
    {"", 0, "usage: earshot COMMAND"},
    {"--help", 0, "ingest"},
    {"version", 0, "earshot 0."},
    {"--version", 0, "earshot 0."},
    {"version --json", 0, "{\"version\":\"0."},
    {"version 2", 2, "takes no words"},
    {"help", 0, "earshot 0."},
    {"help ingest", 0, "usage: earshot ingest"},
    {"ingest --help", 0, "what is what in tables"},
    {"help formats", 0, "WebVTT"},
    {"help records", 0, "ring_no_answer"},
    {"help formats", 0, "unknown_voices"},
    {"help maps", 0, "turn.who  = from.role"},
    {"ingest --first-voice nobody x", 2, "--first-voice is agent or customer, not \"nobody\""},
    {"help cards", 0, "--- What a check gives back ---\n\nyes\n"},
    {"help fields", 0, "--- Of scale ---\n\nsteps\n"},
    {"help serve", 0, "--allow-public          listen"},
    {"help serve", 0, "--port         PORT     default"},
    {"help pages", 0, "transcript"},
    {"help nothing", 2, "there is no command or topic \"nothing\""},
    {"nothing", 2, "there is no command \"nothing\""},
    {"ingset x", 2, "Did you mean ingest?"},
    {"help recrods", 2, "did you mean records?"},
    {"ingest --chanels x", 2, "; did you mean --channels?"},
    {"ingest", 2, "name the files"},
    {"ingest --colour x", 2, "there is no option --colour"},
    {"ingest --source", 2, "--source needs a value"},
    {"ingest --verbose=yes x", 2, "takes no value"},
    {"ingest /nowhere/at/all", 1, "/nowhere/at/all"},
    {"score", 1, "There is no Earshot data"},
    {"rebuild", 1, "There is no Earshot data"},
    {"card frob", 2, "there is no \"frob\""},
    {"card check", 2, "say which card to check"},
    {"card", 2, "say what to do"},
    {"card burn x", 2, "there is no \"burn\""},
    {"card check /nowhere.lua", 1, "/nowhere.lua"},
    {"user add x", 2, "--role must be"},
    {"user add x --role lead", 1, "team"},
    {"user password nobody", 1, "no such user"},
    {"serve --port many", 1, "a port is a number"},
    {"export --data /nowhere/at/all", 1, "/nowhere/at/all"},
};

START_TEST(words_and_status)
{
    int status = run(support_folder(), cases[_i].words, &out);
    ck_assert_msg(status == cases[_i].status, "%s: status %d: %s", cases[_i].words, status,
                  buf_text(&out));
    ck_assert_msg(strstr(buf_text(&out), cases[_i].says) != NULL, "%s: %s", cases[_i].words,
                  buf_text(&out));
}
END_TEST

void put_calls(const char *name, int n)
{
    struct buf text = {0};
    for (int i = 0; i < n; i++)
        buf_format(
            &text,
            "{\"earshot\":1,\"source\":\"test\",\"key\":\"T-%d\",\"channel\":\"voice\","
            "\"type\":\"support\","
            "\"agent\":{\"id\":\"a1\",\"name\":\"Eleni\",\"team\":\"Blue\"},\"turns\":["
            "{\"who\":\"agent\",\"start_ms\":0,\"end_ms\":4000,\"text\":\"Harbourmere Energy, "
            "my name is Eleni, how can I help?\"},"
            "{\"who\":\"customer\",\"start_ms\":4200,\"end_ms\":6000,\"text\":\"My bill is "
            "wrong, number %d.\"},"
            "{\"who\":\"agent\",\"start_ms\":6100,\"end_ms\":9000,\"text\":\"I am sorry to "
            "hear that. Could you confirm your date of birth?\"}]}\n",
            i, i);
    put(name, buf_text(&text));
    buf_free(&text);
}

void expect(const char *at, const char *words, int status, const char *says, struct buf *said)
{
    int got = run(at, words, said);
    ck_assert_msg(got == status && strstr(buf_text(said), says), "earshot %s: status %d:\n%s",
                  words, got, buf_text(said));
}

START_TEST(same_bytes_after_rebuild_and_import)
{
    struct buf first = {0}, again = {0};
    put_calls("calls.jsonl", 30);
    /* an abandoned call, in which nothing was said and nothing can be measured */
    put("silent.json", "{\"earshot\":1,\"source\":\"test\",\"key\":\"silent\","
                       "\"channel\":\"voice\",\"type\":\"support\","
                       "\"outcome\":\"abandoned\"}");
    const char *ingest =
        arena_format(a, "ingest '%s/calls.jsonl' '%s/silent.json'", folder, folder);
    expect(data, ingest, 0, "31 new", &out);
    expect(data, "card publish scorecards/support_voice.lua", 0, "published", &out);
    expect(data, "score", 0, "31 calls", &out);
    expect(data, "export", 0, "T-29", &first);
    expect(data, ingest, 0, "0 new, 0 changed, 31 there already", &out);
    expect(data, "score --all", 0, "31 calls", &out);
    expect(data, "rebuild", 0, "31 calls", &out);
    expect(data, "export", 0, "T-29", &again);
    ck_assert_str_eq(first.p, again.p);
    buf_free(&first), buf_free(&again);
}
END_TEST

/* A survey joins its calls, and is there still when their records come again. What goes out, in
 * either form, comes back as what it was. */
START_TEST(what_goes_out_comes_back)
{
    static const struct {
        const char *form, *name;
    } forms[] = {{"--vcon", "out.vcon"}, {"--json-lines", "out.jsonl"}};
    static const char survey[] = "key,csat,complaint\nT-1,4,yes\nT-99,1,no\n";
    static const char wrong[] = "key,csat,nps\nT-1,-4,\nT-2,101,\nT-3,,11\nT-4,,-5\n";
    const char *ingest = arena_format(a, "ingest '%s/calls.jsonl'", folder);
    struct buf first = {0}, again = {0};
    put_calls("calls.jsonl", 5);
    put("survey.csv", survey);
    put("wrong.csv", wrong);
    expect(data, ingest, 0, "5 new", &out);
    expect(data, arena_format(a, "ingest '%s/survey.csv'", folder), 1, "by the key T-99 (line 3)",
           &out);
    expect(data, arena_format(a, "ingest '%s/wrong.csv'", folder), 1,
           "line 5: nps: -5 is not a number from 0 to 10", &out);
    expect(data, ingest, 0, "0 changed, 5 there already", &out);
    expect(data, "export --json-lines", 0, "complaint", &first);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *path = file_join(a, folder, forms[i].name);
        const char *other = arena_format(a, "%s/data-%zu", folder, i);
        expect(data, arena_format(a, "export %s > '%s'", forms[i].form, path), 0, "", &out);
        expect(other, arena_format(a, "ingest '%s'", path), 0, "5 new", &out);
        expect(other, "export --json-lines", 0, "T-4", &again);
        ck_assert(strcmp(first.p, again.p) == 0);
    }
    expect(data, "export --csv", 0, "id,source,key,channel", &out);
    ck_assert(strstr(out.p, ",T-1,voice,support,inbound,,a1,Eleni,Blue,"));
    expect(data, "export --vcon --csv", 2, "choose one", &out);
    expect(data, "export NOTACALL", 2, "in which form", &out);
    expect(data, "export --csv NOTACALL", 1, "There is no call NOTACALL", &out);
    buf_free(&first), buf_free(&again);
}
END_TEST

/* Phrase lists beside a card are found, travel with it, and are heard by its tests. */
START_TEST(phrase_lists_lie_beside_the_card)
{
    static const char card[] =
        "local house = phrases \"house\"\n"
        "return card { id = \"mine\", version = \"1\", title = \"Mine\", weight = \"points\",\n"
        "  section \"s\" { title = \"S\", yes_no \"q\" { ask = \"?\", check = function(call)\n"
        "    return call.find { any = house.names } and yes(\"said\") or no(\"not said\")\n"
        "  end } },\n"
        "  tests = { test \"t\" { call { agent \"This is Acme.\" }, expect = { q = \"yes\" } } },\n"
        "}\n";
    put("mine.lua", card);
    const char *check = arena_format(a, "card check '%s/mine.lua'", folder);
    expect(data, check, 1, "it would be the file lib/house.lua", &out);
    put("lib/house.lua", "return { names = phrases \"names\" }\n");
    put("lib/names.lua", "return { \"acme\" }\n");
    expect(data, check, 0, "1 test passed", &out);
}
END_TEST

START_TEST(bad_files_cost_only_themselves)
{
    put_calls("in/calls.jsonl", 3);
    put("in/broken.json", "{\"earshot\":1,\n\"source\":}");
    put("in/noise.wav", "this is no sound");
    expect(data, arena_format(a, "ingest '%s/in'", folder), 1, "3 new", &out);
    ck_assert_ptr_nonnull(strstr(out.p, "broken.json"));
    ck_assert_ptr_nonnull(strstr(out.p, "line 2"));
    ck_assert_ptr_nonnull(strstr(out.p, "noise.wav"));
}
END_TEST

static bool is_up(const char *log)
{
    struct err e = {0};
    struct slice text;
    return file_read(a, log, 1 << 20, &text, &e) && strstr(text.p, "Earshot is at");
}

pid_t start_server(void)
{
    const char *log = in("log");
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen(log, "w", stdout) || !freopen(log, "a", stderr))
            _exit(127);
        execl(program(), program(), "serve", "--data", data, "--port", "0", NULL);
        _exit(127);
    }
    for (int i = 0; i < 200 && !is_up(log); i++)
        usleep(50000);
    ck_assert(is_up(log));
    return pid;
}

void stop_server(pid_t server)
{
    int status;
    ck_assert_int_eq(kill(server, SIGTERM), 0);
    ck_assert_int_eq(waitpid(server, &status, 0), server);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* D2: one process writes; others hand it their work. */
START_TEST(D2_commands_go_through_the_server)
{
    put_calls("calls.jsonl", 5);
    pid_t server = start_server();
    expect(data, arena_format(a, "ingest '%s/calls.jsonl'", folder), 0, "5 new", &out);
    expect(data, "serve --port 0", 3, "is in use by process", &out);
    expect(data, "user add iris --role evaluator", 0, "password", &out);
    expect(data, "user add iris --role evaluator", 1, "iris", &out);
    expect(data, "export", 0, "T-4", &out);
    stop_server(server);
}
END_TEST

/* People of the demo centre have reviewed calls: a backtest has answers to be held against, a trend
 * of theirs has weeks. */
START_TEST(the_demo_centre_has_reviews_by_people)
{
    expect(data, "demo", 0, "The demo centre stands", &out);
    expect(data, "card trend support-voice --by people", 0, "Counted: 30 of evaluators' scores.",
           &out);
    expect(data, "card trend billing-voice --by people", 0, "2026-11-09", &out);
    expect(data, "card backtest support-voice --json", 0,
           "\"compared_before\":30,\"agreed_before\":28,\"compared_after\":30,\"agreed_after\":28",
           &out);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cli");
    TCase *t = tcase_create("cli");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_demo_centre_has_reviews_by_people);
    tcase_add_checked_fixture(t, setup, teardown);
    support_rows(t, words_and_status, cases);
    tcase_add_test(t, same_bytes_after_rebuild_and_import);
    tcase_add_test(t, what_goes_out_comes_back);
    tcase_add_test(t, phrase_lists_lie_beside_the_card);
    tcase_add_test(t, bad_files_cost_only_themselves);
    tcase_add_test(t, D2_commands_go_through_the_server);
    suite_add_tcase(s, t);
    suite_add_tcase(s, test_cli_intake());
    suite_add_tcase(s, test_cli_cards());
    suite_add_tcase(s, test_cli_filter());
    suite_add_tcase(s, test_cli_score());
    suite_add_tcase(s, test_cli_safety());
    suite_add_tcase(s, test_cli_plugin());
    return support_run(s, "cli");
}
