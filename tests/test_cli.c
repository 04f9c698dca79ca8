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

int run(const char *data, const char *words, struct buf *out)
{
    struct buf line = {0};
    char piece[4096];
    buf_format(&line, "EARSHOT_DATA='%s' '%s' %s 2>&1", data, program(), words);
    FILE *f = popen(line.p, "r");
    ck_assert_ptr_nonnull(f);
    buf_clear(out);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f));)
        buf_add(out, piece, n);
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
    {"help cards", 0, "yes_no"},
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
    struct buf out = {0};
    int status = run(support_folder(), cases[_i].words, &out);
    ck_assert_msg(status == cases[_i].status, "%s: status %d: %s", cases[_i].words, status,
                  buf_text(&out));
    ck_assert_msg(strstr(buf_text(&out), cases[_i].says) != NULL, "%s: %s", cases[_i].words,
                  buf_text(&out));
    buf_free(&out);
}
END_TEST

void write_calls(const char *folder, int n, struct arena *a)
{
    struct buf text = {0};
    struct err e = {0};
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
    ck_assert_msg(file_write(file_join(a, folder, "calls.jsonl"), buf_all(&text), &e), "%s",
                  e.text);
    buf_free(&text);
}

void expect(const char *data, const char *words, int status, const char *says, struct buf *out)
{
    int got = run(data, words, out);
    ck_assert_msg(got == status && strstr(buf_text(out), says), "earshot %s: status %d:\n%s", words,
                  got, buf_text(out));
}

START_TEST(same_bytes_after_rebuild_and_import)
{
    struct arena *a = arena_open();
    const char *folder = support_folder();
    const char *data = file_join(a, folder, "data");
    struct buf out = {0}, first = {0}, again = {0};
    struct err e = {0};
    write_calls(folder, 30, a);
    /* an abandoned call, in which nothing was said and nothing can be measured */
    ck_assert(file_write(file_join(a, folder, "silent.json"),
                         SLICE("{\"earshot\":1,\"source\":\"test\",\"key\":\"silent\","
                               "\"channel\":\"voice\",\"type\":\"support\","
                               "\"outcome\":\"abandoned\"}"),
                         &e));
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
    buf_free(&out), buf_free(&first), buf_free(&again);
    arena_close(a);
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
    struct arena *a = arena_open();
    struct err e = {0};
    const char *folder = support_folder(), *data = file_join(a, folder, "data");
    const char *ingest = arena_format(a, "ingest '%s/calls.jsonl'", folder);
    struct buf out = {0}, first = {0}, again = {0};
    write_calls(folder, 5, a);
    ck_assert(file_write(file_join(a, folder, "survey.csv"), slice_of(survey), &e));
    expect(data, ingest, 0, "5 new", &out);
    expect(data, arena_format(a, "ingest '%s/survey.csv'", folder), 1, "by the key T-99 (line 3)",
           &out);
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
    buf_free(&out), buf_free(&first), buf_free(&again);
    arena_close(a);
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
    struct arena *a = arena_open();
    const char *folder = support_folder();
    const char *data = file_join(a, folder, "data");
    struct buf out = {0};
    struct err e = {0};
    ck_assert(file_write(file_join(a, folder, "mine.lua"), slice_of(card), &e));
    const char *check = arena_format(a, "card check '%s/mine.lua'", folder);
    expect(data, check, 1, "it would be the file lib/house.lua", &out);
    ck_assert(file_make_folder(file_join(a, folder, "lib"), &e));
    ck_assert(file_write(file_join(a, folder, "lib/house.lua"),
                         SLICE("return { names = phrases \"names\" }\n"), &e));
    ck_assert(
        file_write(file_join(a, folder, "lib/names.lua"), SLICE("return { \"acme\" }\n"), &e));
    expect(data, check, 0, "1 test passed", &out);
    buf_free(&out);
    arena_close(a);
}
END_TEST

START_TEST(bad_files_cost_only_themselves)
{
    struct arena *a = arena_open();
    const char *folder = support_folder();
    const char *data = file_join(a, folder, "data");
    struct buf out = {0};
    struct err e = {0};
    ck_assert(file_make_folder(file_join(a, folder, "in"), &e));
    write_calls(file_join(a, folder, "in"), 3, a);
    file_write(file_join(a, folder, "in/broken.json"), SLICE("{\"earshot\":1,\n\"source\":}"), &e);
    file_write(file_join(a, folder, "in/noise.wav"), SLICE("this is no sound"), &e);
    expect(data, arena_format(a, "ingest '%s/in'", folder), 1, "3 new", &out);
    ck_assert_ptr_nonnull(strstr(out.p, "broken.json"));
    ck_assert_ptr_nonnull(strstr(out.p, "line 2"));
    ck_assert_ptr_nonnull(strstr(out.p, "noise.wav"));
    buf_free(&out);
    arena_close(a);
}
END_TEST

static bool is_up(const char *log, struct arena *a)
{
    struct err e = {0};
    struct slice text;
    return file_read(a, log, 1 << 20, &text, &e) && strstr(text.p, "Earshot is at");
}

pid_t start_server(const char *data, const char *log, struct arena *a)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (!freopen(log, "w", stdout) || !freopen(log, "a", stderr))
            _exit(127);
        execl(program(), program(), "serve", "--data", data, "--port", "0", NULL);
        _exit(127);
    }
    for (int i = 0; i < 200 && !is_up(log, a); i++)
        usleep(50000);
    ck_assert(is_up(log, a));
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
    struct arena *a = arena_open();
    const char *folder = support_folder();
    const char *data = file_join(a, folder, "data"), *log = file_join(a, folder, "log");
    struct buf out = {0};
    write_calls(folder, 5, a);
    pid_t server = start_server(data, log, a);
    expect(data, arena_format(a, "ingest '%s/calls.jsonl'", folder), 0, "5 new", &out);
    expect(data, "serve --port 0", 3, "is in use by process", &out);
    expect(data, "user add iris --role evaluator", 0, "password", &out);
    expect(data, "user add iris --role evaluator", 1, "iris", &out);
    expect(data, "export", 0, "T-4", &out);
    stop_server(server);
    buf_free(&out);
    arena_close(a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cli");
    TCase *t = tcase_create("cli");
    tcase_set_timeout(t, 60);
    support_rows(t, words_and_status, cases);
    tcase_add_test(t, same_bytes_after_rebuild_and_import);
    tcase_add_test(t, what_goes_out_comes_back);
    tcase_add_test(t, phrase_lists_lie_beside_the_card);
    tcase_add_test(t, bad_files_cost_only_themselves);
    tcase_add_test(t, D2_commands_go_through_the_server);
    suite_add_tcase(s, t);
    suite_add_tcase(s, test_cli_intake());
    suite_add_tcase(s, test_cli_cards());
    suite_add_tcase(s, test_cli_score());
    suite_add_tcase(s, test_cli_safety());
    suite_add_tcase(s, test_cli_plugin());
    return support_run(s, "cli");
}
