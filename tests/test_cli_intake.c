/* Calls coming in at the console: parts, the watched folder, tokens, a full disk. */
#include "test_cli.h"

#include "base/file.h"
#include "model/call.h"
#include "store/audit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_there(const char *name)
{
    return access(in(name), F_OK) == 0;
}

static const char *call(const char *key)
{
    return arena_format(a,
                        "{\"earshot\":1,\"source\":\"pbx\",\"key\":\"%s\",\"channel\":\"voice\","
                        "\"agent\":{\"id\":\"a1\",\"name\":\"Eleni\"},"
                        "\"offered\":\"2026-01-05T10:20:00Z\"}\n",
                        key);
}

#define TALK "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Harbourmere Energy, hello.\n"

static void put_sound(const char *name, int seconds)
{
    struct err e = {0};
    ck_assert(file_make_folder(file_folder_of(a, in(name)), &e));
    support_sound(in(name), 10 * seconds);
}

START_TEST(parts_on_the_command_line)
{
    put("talk/Eleni 2026-01-05 1021.vtt", TALK);
    put("record.json", call("K1"));
    expect(data, arena_format(a, "ingest --pattern '{agent} {date} {time}.vtt' '%s'", in("talk")),
           0, "1 waits for its call", &out);
    expect(data, "waiting", 0, "Eleni 2026-01-05 1021.vtt", &out);
    expect(data, "waiting --json", 0, "\"why\":\"no call of agent Eleni", &out);
    expect(data, arena_format(a, "ingest '%s'", in("record.json")), 0, "1 found its own", &out);
    expect(data, "waiting --joined", 0, "Eleni 2026-01-05", &out);
    expect(data, "waiting part 1", 0, "waits again", &out);
    expect(data, "waiting show 1", 0, "lacks it", &out);
    expect(data, "waiting part 1", 1, "is not joined", &out);
    expect(data, "waiting join 1 nothing", 1, "No call has the id or the key", &out);
    expect(data, "waiting alone 1", 0, "a call of its own", &out);
    expect(data, "waiting join", 2, "say which part", &out);
    expect(data, "ingest --pattern '{date}' x", 1, "it needs {key}", &out);
    expect(data, "help joining", 0, "post-call analytics", &out);
    expect(data, "waiting", 0, "No part waits for its call.", &out);
    expect(data, "imports --refused", 0, "No file was refused.", &out);
    expect(data, "waiting --json", 0, "\"rows\":[]", &out);
}
END_TEST

START_TEST(what_became_of_a_part_is_told)
{
    const char *line =
        arena_format(a, "ingest --pattern '{agent} {date} {time}.vtt' '%s'", in("talk"));
    put("talk/Eleni 2026-01-05 1021.vtt", TALK);
    expect(data, line, 0, "1021.vtt: webvtt, 1 call; waits for its call: no call of agent Eleni",
           &out);
    expect(data, "imports --json", 0, "waits for its call: no call of agent Eleni", &out);
}
END_TEST

START_TEST(a_guess_is_told)
{
    put("record.json", call("K1"));
    put("talk/Eleni 2026-01-05 1021.vtt", TALK);
    expect(data, arena_format(a, "ingest '%s'", in("record.json")), 0, "1 new", &out);
    expect(data, arena_format(a, "ingest --pattern '{agent} {date} {time}.vtt' '%s'", in("talk")),
           0, "joined by guess to the call K1", &out);
    ck_assert_msg(strstr(out.p, "1 found its own") != NULL, "%s", out.p);
}
END_TEST

/* The README's own line: a folder of recordings, one of transcripts, and a table. */
START_TEST(parts_in_folders_of_their_own)
{
    put_sound("r/K1.wav", 1);
    put("t/K1.vtt", TALK);
    put("calls.csv", "key,agent_id\nK1,a1\n");
    const char *ingest =
        arena_format(a, "ingest '%s' '%s' '%s'", in("r"), in("t"), in("calls.csv"));
    expect(data, ingest, 0, "3 files taken, 0 refused", &out);
    expect(data, "export", 0, "\ntranscripts id=", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "recordings hash="));
    expect(data, ingest, 0, "0 new, 0 changed", &out);
}
END_TEST

/* A folder with one folder for recordings and one for transcripts, and nothing else said. */
START_TEST(folders_side_by_side)
{
    put_sound("in/recordings/K1.wav", 1);
    put("in/transcripts/K1.vtt", TALK);
    expect(data, arena_format(a, "ingest '%s'", in("in")), 0, "Calls: 1 new, 1 changed", &out);
    expect(data, "waiting --joined", 0, "K1.wav", &out);
    expect(data, arena_format(a, "ingest '%s'", in("in")), 0, "0 new, 0 changed", &out);
}
END_TEST

/* The record is at fault: what it names does not belong to a call that is not there. */
START_TEST(what_a_refused_record_names)
{
    put_sound("in/r.wav", 1);
    put("in/calls.csv", "key,recording\nK1,none.wav\nK2,r.wav\n");
    expect(data, arena_format(a, "ingest '%s'", in("in")), 1, "r.wav: not taken, because ", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "calls.csv, which names it, was refused"));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "0 files taken, 2 refused, 0 skipped."));
}
END_TEST

/* Two calls have the key: what waits is the recording and the words, not the last of them. */
START_TEST(parts_in_folders_of_their_own_wait_together)
{
    put_sound("r/K1.wav", 1);
    put("t/K1.vtt", TALK);
    put("calls.csv", "source,key\npbx,K1\nold,K1\n");
    expect(data,
           arena_format(a, "ingest --pattern '{key}' '%s' '%s' '%s'", in("r"), in("t"),
                        in("calls.csv")),
           0, "1 waits for its call", &out);
    expect(data, "waiting alone 1", 0, "a call of its own", &out);
    expect(data, "export", 0, "\ntranscripts id=", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "recordings hash="));
}
END_TEST

/* A pattern for recordings says whose the transcript of the same name is, too. */
START_TEST(a_pair_of_one_name_finds_its_record)
{
    put_sound("in/K1_20261101T101500.wav", 1);
    put("in/K1_20261101T101500.vtt", TALK);
    put("calls.csv", "source,key,agent_id\npbx,K1,a1\n");
    const char *ingest = arena_format(a, "ingest --pattern '{key}_{date}T{time}.wav' '%s' '%s'",
                                      in("in"), in("calls.csv"));
    expect(data, ingest, 0, "Calls: 1 new, 1 changed", &out);
    expect(data, "export --json-lines", 0, "\"key\":\"K1\"", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "Harbourmere Energy, hello."));
    ck_assert_ptr_null(strstr(strchr(buf_text(&out), '{') + 1, "\n{"));
}
END_TEST

static const struct {
    const char *name, *text, *says;
} refused[] = {
    {"x.json", "{\"earshot\":1,", "x.json: not valid JSON"},
    {"x.vtt", "WEBVTT\n\n00:01 --> 00:02\nno fraction\n", "x.vtt: line 3: holds no cue"},
    {"x.wav", "RIFF\x24zzzWAVEfmt ", "x.wav: "},
};

/* The one who says why names the file, and once is enough. */
START_TEST(a_refusal_names_its_file_once)
{
    const char *path = in(refused[_i].name);
    put(refused[_i].name, refused[_i].text);
    expect(data, arena_format(a, "ingest '%s'", path), 1, refused[_i].says, &out);
    const char *first = strstr(buf_text(&out), refused[_i].name);
    ck_assert_msg(first && !strstr(first + 1, refused[_i].name), "%s", buf_text(&out));
    expect(data, "imports --json", 0, refused[_i].name, &out);
    ck_assert_msg(!strstr(buf_text(&out), arena_format(a, "\"%s: ", refused[_i].name)), "%s",
                  buf_text(&out));
}
END_TEST

START_TEST(columns_kept_as_metadata_are_named)
{
    put("calls.csv", "key,start,agent,queue\nK1,ten,Eleni,Billing\n");
    expect(data, arena_format(a, "ingest '%s'", in("calls.csv")), 0,
           "1 call; columns kept as metadata: start, agent; did you mean offered, agent_id?", &out);
    put("more.csv", "key,floor,skill,queue\nK2,3,DSL,Billing\n");
    expect(data, arena_format(a, "ingest '%s'", in("more.csv")), 0,
           "columns kept as metadata: floor, skill\n", &out);
    put("fine.csv", "key,queue\nK3,Billing\n");
    expect(data, arena_format(a, "ingest '%s'", in("fine.csv")), 0, "1 new", &out);
    ck_assert_ptr_null(strstr(buf_text(&out), "columns"));
}
END_TEST

START_TEST(files_of_another_are_not_skipped)
{
    put_sound("in/K1.wav", 1);
    put("in/K1.vtt", TALK);
    expect(data, arena_format(a, "ingest '%s'", in("in")), 0,
           "1 file taken, 0 refused, 0 skipped, 1 belongs to another. Calls: 1 new", &out);
}
END_TEST

/* What was taken with a remark stays in sight, and a call without what could not be read says so.
 */
START_TEST(remarks_stay)
{
    put("K1.vtt", TALK "\n00:03.000 > --> 00:04.000\nLost.\n");
    expect(data, arena_format(a, "ingest '%s'", in("K1.vtt")), 1,
           "1 call; left out: 1 cue without times that can be read, line 6", &out);
    expect(data, "imports", 0, "left out: 1 cue", &out);
    expect(data, "export", 0, "transcript_left_out", &out);
    put("K1.vtt", TALK);
    expect(data, arena_format(a, "ingest '%s'", in("K1.vtt")), 0, "1 changed", &out);
    expect(data, "export", 0, "meta=\"[]\"", &out);
    ck_assert_ptr_null(strstr(buf_text(&out), "transcript_left_out"));
}
END_TEST

/* What was exported changes nothing when it comes back. */
START_TEST(exports_come_back)
{
    static const char *const forms[] = {"vcon", "csv", "json-lines"};
    put("in/K1.vtt", TALK);
    put_sound("in/K1.wav", 1);
    put("in/calls.csv",
        "source,key,channel,queue,offered,csat\npbx,=1+1,chat,Billing,2026-01-05T10:20:00Z,4\n");
    expect(data, arena_format(a, "ingest '%s'", in("in")), 0, "2 new", &out);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *name = arena_format(a, "back-%s.%s", forms[i], i == 1 ? "csv" : "jsonl");
        expect(data, arena_format(a, "export --%s", forms[i]), 0, "", &out);
        put(name, buf_text(&out));
        expect(data, arena_format(a, "ingest '%s'", in(name)), 0,
               "0 new, 0 changed, 2 there already", &out);
        ck_assert_ptr_null(strstr(buf_text(&out), "columns kept"));
    }
}
END_TEST

/* A second of mu-law that bears no header. */
START_TEST(sound_without_a_header)
{
    char second[8001];
    memset(second, 0x33, sizeof second - 1);
    second[8000] = 0;
    put("K9.ulaw", second);
    expect(data, arena_format(a, "ingest '%s'", in("K9.ulaw")), 1, "--raw ulaw:8000:1", &out);
    expect(data, arena_format(a, "ingest --raw ulaw:1:1 '%s'", in("K9.ulaw")), 1,
           "no kind of sound without a header", &out);
    expect(data, arena_format(a, "ingest --channels agent,caller '%s'", in("K9.ulaw")), 1,
           "agent, customer, system", &out);
    expect(data, arena_format(a, "ingest --raw ulaw --channels agent '%s'", in("K9.ulaw")), 0,
           "1 new", &out);
    expect(data, arena_format(a, "ingest --raw ulaw --channels agent '%s'", in("K9.ulaw")), 0,
           "0 new", &out);
    expect(data, "export", 0, "mime=\"audio/flac\"", &out);
    expect(data, "rebuild", 0, "", &out);
    expect(data, "export", 0, "levels hash=", &out);
}
END_TEST

START_TEST(a_watched_folder)
{
    put("w/good.json", call("W1"));
    put("w/deep/er/also.json", call("W2"));
    put("w/bad.json", "{\"earshot\":1,");
    expect(data, arena_format(a, "watch --once '%s'", in("w")), 1, "not valid JSON", &out);
    ck_assert(is_there("w/done/good.json") && is_there("w/done/deep/er/also.json"));
    ck_assert(is_there("w/refused/bad.json") && !is_there("w/deep"));
    expect(data, "imports --refused", 0, "bad.json", &out);
    put("w/refused/bad.json", call("W3"));
    expect(data, "imports retry 99", 1, "There is no import 99", &out);
    for (int id = 1; id <= 3; id++)
        run(data, arena_format(a, "imports retry %d", id), &out);
    ck_assert(is_there("w/done/bad.json") && !is_there("w/refused/bad.json"));
    expect(data, "export", 0, "W3", &out);
    put("w/bad.json", call("W4")); /* the name of one that is done */
    expect(data, arena_format(a, "watch --once '%s'", in("w")), 0, "taken", &out);
    ck_assert(is_there("w/done/bad.json") && is_there("w/done/bad.json.1"));
    expect(data, arena_format(a, "watch '%s'", in("nowhere")), 1, "no folder that can be watched",
           &out);
    expect(data, "watch --settle long x", 1, "a number of seconds", &out);
}
END_TEST

static void link_to(const char *to, const char *name)
{
    struct err e = {0};
    ck_assert(file_make_folder(file_folder_of(a, in(name)), &e));
    ck_assert_int_eq(symlink(in(to), in(name)), 0);
}

START_TEST(what_is_hidden_in_a_watched_folder_stays)
{
    struct err e = {0};
    put("w/drop/good.json", call("W1"));
    link_to("out", "w/drop/.hidden/link");
    link_to("out", "w/drop/seen/link");
    ck_assert(file_make_folder(in("out/empty"), &e) && file_make_folder(in("w/drop/empty"), &e));
    expect(data, arena_format(a, "watch --once '%s'", in("w")), 0, "a hidden folder", &out);
    ck_assert(is_there("w/done/drop/good.json") && !is_there("w/drop/empty"));
    ck_assert(is_there("w/drop/.hidden/link") && is_there("out/empty"));
}
END_TEST

static int count(const char *path, const char *what)
{
    struct slice log;
    struct err e = {0};
    int n = 0;
    ck_assert(file_read(a, path, 1 << 20, &log, &e));
    for (const char *at = arena_text(a, log); (at = strstr(at, what)); at++)
        n++;
    return n;
}

/* It waits until a file is whole, sees later ones, and ends when it is told to. */
START_TEST(a_folder_is_watched_as_files_come)
{
    put("w/first.json", call("W1"));
    put("w/drop/.hidden/x.json", call("W3"));
    const char *log = in("log");
    ck_assert_int_eq(
        system(arena_format(a,
                            "EARSHOT_DATA='%s' '%s' watch --settle 1 '%s' >'%s' 2>&1 & "
                            "echo $! >'%s'",
                            data, getenv("EARSHOT") ? getenv("EARSHOT") : "build/earshot", in("w"),
                            log, in("pid"))),
        0);
    for (int i = 0; i < 200 && !is_there("w/done/first.json"); i++)
        usleep(50000);
    ck_assert(is_there("w/done/first.json"));
    put("w/second.json", call("W2"));
    for (int i = 0; i < 200 && !is_there("w/done/second.json"); i++)
        usleep(50000);
    ck_assert(is_there("w/done/second.json"));
    struct slice pid;
    struct err e = {0};
    ck_assert(file_read(a, in("pid"), 20, &pid, &e));
    ck_assert_int_eq(kill(atoi(pid.p), SIGTERM), 0);
    for (int i = 0; i < 200 && kill(atoi(pid.p), 0) == 0; i++)
        usleep(50000);
    expect(data, "export", 0, "W2", &out);
    ck_assert_int_eq(count(log, "a hidden folder"), 1);
}
END_TEST

START_TEST(tokens)
{
    expect(data, "token add pbx", 0, "shown only now: earshot_", &out);
    expect(data, "token add pbx", 1, "already", &out);
    expect(data, "token list", 0, "pbx", &out);
    expect(data, "token revoke pbx", 0, "may push no more", &out);
    expect(data, "token revoke pbx", 1, "no token", &out);
    expect(data, "token", 2, "use add NAME", &out);
}
END_TEST

static int run_within(const char *words, rlim_t bytes)
{
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    struct rlimit low = {bytes, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN); /* as the program itself does */
    setrlimit(RLIMIT_FSIZE, &low);
    int status = run(data, words, &out);
    setrlimit(RLIMIT_FSIZE, &before);
    return status;
}

/* D7: a recording that does not fit: said, nothing of it kept, and on it goes once there is room.
 */
START_TEST(D7_a_full_disk)
{
    enum { ROOM = 1 << 20 };
    const char *ingest = arena_format(a, "ingest '%s'", in("in"));
    put("in/a.json", call("A"));
    put_sound("in/b.wav", 120);
    put_sound("in/c.wav", 1);
    expect(data, "token list", 0, "There is no token", &out); /* the database is there */
    ck_assert_int_eq(run_within(ingest, ROOM), 3);
    ck_assert_msg(strstr(buf_text(&out), "Make room, then try again") != NULL, "%s",
                  buf_text(&out));
    ck_assert_msg(strstr(buf_text(&out), "1 file taken, 0 refused, 0 skipped, 2 not saved. "
                                         "Calls: 1 new,") != NULL,
                  "%s", buf_text(&out));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), arena_format(a, "unsaved  %s\n", in("in/b.wav"))));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "Give the unsaved files, or the same command"));
    expect(data, "export", 0, "", &out);
    ck_assert_ptr_null(strstr(buf_text(&out), "recordings "));
    ck_assert_int_eq(system(arena_format(a,
                                         "test -z \"$(find '%s' -name '*.part*' -o -path "
                                         "'*/temporary/*')\"",
                                         data)),
                     0);
    expect(data, ingest, 0, "0 refused", &out);
    expect(data, "export", 0, "source_key=\"b\"", &out);
    expect(data, ingest, 0, "0 new, 0 changed, 3 there already", &out);
    put("watched/d.json", call("D"));
    put_sound("watched/e.wav", 121);
    const char *watch = arena_format(a, "watch --once '%s'", in("watched"));
    ck_assert_int_eq(run_within(watch, ROOM), 3);
    ck_assert_ptr_nonnull(
        strstr(buf_text(&out), arena_format(a, "unsaved  %s\n", in("watched/e.wav"))));
    ck_assert_int_eq(access(in("watched/e.wav"), F_OK), 0);
    expect(data, watch, 0, "e.wav", &out);
    ck_assert_int_eq(access(in("watched/done/e.wav"), F_OK), 0);
}
END_TEST

/* --- the audit (W12) --- */

static const struct {
    const char *words, *target;
    bool named; /* with the id of a call behind both */
} exports[] = {
    {"export", "everything", false},
    {"export --csv", "all calls as csv", false},
    {"export --json-lines", "all calls as json-lines", false},
    {"export --vcon", "calls as vcon: ", true},
};

START_TEST(W12_an_export_stands_in_the_audit)
{
    struct err e = {0};
    struct store_audit *entries;
    size_t n;
    int64_t total;
    char id[CALL_ID];
    put_calls("calls.jsonl", 2);
    call_make_id("test", "T-1", id);
    expect(data, arena_format(a, "ingest --source test %s/calls.jsonl", folder), 0, "2 new", &out);
    struct buf first = {0};
    expect(data, "export", 0, "T-1", &first);
    expect(data, arena_format(a, "%s %s", exports[_i].words, exports[_i].named ? id : ""), 0, "T-1",
           &out);
    struct store *s = store_open_reader(data, &e);
    ck_assert_msg(store_audit_list(s, &(struct store_audit_filter){.action = "export"},
                                   &(struct store_page){0}, a, &entries, &n, &total, &e),
                  "%s", e.text);
    ck_assert_int_eq(total, 2);
    ck_assert_str_eq(entries[0].target,
                     arena_format(a, "%s%s", exports[_i].target, exports[_i].named ? id : ""));
    ck_assert_str_eq(entries[0].who, "console");
    store_close(s);
    /* Printing is no change: the same comes again. */
    expect(data, "export", 0, "T-1", &out);
    ck_assert_str_eq(buf_text(&first), buf_text(&out));
    buf_free(&first);
}
END_TEST

TCase *test_cli_intake(void)
{
    TCase *t = tcase_create("intake");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, parts_on_the_command_line);
    tcase_add_test(t, what_became_of_a_part_is_told);
    tcase_add_test(t, a_guess_is_told);
    tcase_add_test(t, parts_in_folders_of_their_own);
    tcase_add_test(t, parts_in_folders_of_their_own_wait_together);
    tcase_add_test(t, a_pair_of_one_name_finds_its_record);
    support_rows(t, a_refusal_names_its_file_once, refused);
    tcase_add_test(t, columns_kept_as_metadata_are_named);
    tcase_add_test(t, files_of_another_are_not_skipped);
    tcase_add_test(t, remarks_stay);
    tcase_add_test(t, folders_side_by_side);
    tcase_add_test(t, what_a_refused_record_names);
    tcase_add_test(t, exports_come_back);
    tcase_add_test(t, sound_without_a_header);
    tcase_add_test(t, a_watched_folder);
    tcase_add_test(t, what_is_hidden_in_a_watched_folder_stays);
    tcase_add_test(t, a_folder_is_watched_as_files_come);
    tcase_add_test(t, tokens);
    tcase_add_test(t, D7_a_full_disk);
    support_rows(t, W12_an_export_stands_in_the_audit, exports);
    return t;
}
