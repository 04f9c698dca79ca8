/* Parts of one call that come in any order, under different names; files tried again; calls pushed
 * by programs. */
#include "test_desk_inbox.h"

#include "base/buf.h"
#include "base/file.h"
#include "desk/imports.h"
#include "desk/joining.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORD                                                                                     \
    "{\"earshot\":1,\"source\":\"pbx\",\"key\":\"%s\",\"channel\":\"voice\",\"type\":\"billing\"," \
    "\"agent\":{\"id\":\"a1\",\"name\":\"ChrisL\",\"team\":\"Blue\"},"                             \
    "\"offered\":\"%s\"}"

/* Makes the file of this name (its ending says what) in a folder of its own and takes it in. */
static struct intake_taken take(const char *name, const char *content)
{
    static const char said[] =
        "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Harbourmere Energy, hello.\n";
    struct desk d = desk();
    struct intake_taken taken;
    const char *own = arena_format(a, "%s/in-%lld", folder, (long long)now);
    const char *path = file_join(a, own, name);
    if (strstr(name, ".wav"))
        put_sound(path, content ? 20 : 10);
    else
        put(path, content ? content : said);
    struct ingest_options options = {.temporary = intake_room(&d, &e), .below = own};
    ck_assert_msg(
        intake_paths(&d, &path, 1, &options, STORE_BY_FOLDER, "test", NULL, NULL, &taken, &e), "%s",
        e.text);
    intake_clear(options.temporary);
    return taken;
}

static const char *record(const char *key, const char *at)
{
    return arena_format(a, RECORD, key, at);
}

static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

/* The key in the names finds the call, whichever part comes first. */
START_TEST(parts_come_in_any_order)
{
    const struct {
        const char *name, *content;
    } parts[] = {{"record.json", record("K9", "2022-01-05T17:19:50Z")},
                 {"K9_20220105T17:20_UTC.wav", NULL},
                 {"K9_analysis_2022-01-05T17:24:11Z.vtt", NULL}};
    for (int again = 0; again < 2; again++)
        for (int i = 0; i < 3; i++) {
            int which = orders[_i][i];
            take(parts[which].name, parts[which].content);
        }
    struct call c = only_call();
    ck_assert_str_eq(c.agent_id, "a1");
    ck_assert_str_eq(c.type, "billing");
    ck_assert_int_eq(c.n_turns, 1);
    ck_assert(c.recording[0]);
    ck_assert_int_eq(c.offered, 1641403190000);
    const char *before = dump();
    struct intake_taken t = take(parts[1].name, NULL);
    ck_assert_uint_eq(t.calls_same, 1);
    ck_assert_str_eq(before, dump());
}
END_TEST

/* So do a recording and a transcript in two folders, which no pattern explains. */
START_TEST(folders_beside_find_each_other)
{
    const struct {
        const char *name, *content;
    } parts[] = {{"record.json", record("K9", "2022-01-05T17:19:50Z")},
                 {"recordings/mon/K9.wav", NULL},
                 {"transcripts/mon/K9.vtt", NULL}};
    for (int again = 0; again < 2; again++)
        for (int i = 0; i < 3; i++)
            take(parts[orders[_i][i]].name, parts[orders[_i][i]].content);
    struct call c = only_call();
    ck_assert_str_eq(c.type, "billing");
    ck_assert_int_eq(c.n_turns, 1);
    ck_assert(c.recording[0]);
}
END_TEST

/* What differs in more than a folder, or is there already, is another call. */
static const struct {
    const char *first, *second;
    int64_t calls;
} apart[] = {
    {"recordings/mon/K9.wav", "transcripts/tue/K9.vtt", 2},
    {"recordings/mon/K9.wav", "transcripts/K9.vtt", 2},
    {"mon/K9.wav", "tue/K9.wav", 2},
    {"mon/K9.vtt", "tue/K9.vtt", 2},
    {"mon/K9.wav", "mon/K8.vtt", 2},
    {"mon/K9.wav", "K9.vtt", 2},
    {"mon/K9.wav", "mon/K9.vtt", 1},
    {"a/b/c/d/e/f/g/h/i/K9.wav", "a/b/c/d/e/f/g/x/i/K9.vtt", 1},
    {"a/b/c/d/e/f/g/h/i/K9.wav", "a/b/c/d/e/f/g/h/x/K9.vtt", 2},
};

START_TEST(other_folders_are_other_calls)
{
    take(apart[_i].first, strstr(apart[_i].first, ".wav") ? "short" : NULL);
    take(apart[_i].second, NULL);
    ck_assert_int_eq(n_calls(), apart[_i].calls);
}
END_TEST

/* A name is no proof: the part is in sight, and can be taken out again. */
START_TEST(a_part_from_beside_can_be_taken_out)
{
    take("recordings/K9.wav", NULL);
    ck_assert_uint_eq(take("transcripts/K9.vtt", NULL).calls_changed, 1);
    struct desk d = desk();
    struct table *waits, *joined;
    ck_assert(joining_tables(&d, &waits, &joined, &e));
    ck_assert_uint_eq(table_rows(joined), 1);
    ck_assert_msg(joining_part(&d, 1, &e), "%s", e.text);
    ck_assert_uint_eq(only_call().n_turns, 0);
    take("transcripts/K9.vtt", NULL);
    ck_assert_uint_eq(only_call().n_turns, 0); /* as a person said */
    ck_assert(joining_alone(&d, 1, &e));
    ck_assert_int_eq(n_calls(), 2);
}
END_TEST

/* A file that is named like the key, below another folder. */
START_TEST(a_plain_name_is_a_key)
{
    take("r.json", record("H-7", "2022-01-05T17:19:50Z"));
    take("H-7.wav", NULL);
    ck_assert(only_call().recording[0]);
}
END_TEST

START_TEST(a_key_of_another_source_is_another_call)
{
    take("r.json", record("1", "2022-01-05T17:19:50Z"));
    take("s.json", "{\"earshot\":1,\"source\":\"crm\",\"key\":\"1\",\"channel\":\"voice\"}");
    ck_assert_int_eq(n_calls(), 2);
}
END_TEST

/* Two recordings of one key: neither takes the other's place. */
START_TEST(a_second_recording_waits)
{
    take("K9_20220105T17:20_UTC.wav", NULL);
    struct intake_taken t = take("K9_20220105T17:25_UTC.wav", "longer");
    ck_assert_uint_eq(t.waiting, 1);
    ck_assert_int_eq(only_call().recording_ms, 1000);
}
END_TEST

#define BY_AGENT "Auto_GUID_1_AGENT_chrisl_DT_2025-02-19T06-01-22_Mono.wav"

/* Of a recording and its redacted copy the call has the second; an original that is late waits. */
START_TEST(a_redacted_recording_is_kept)
{
    const struct {
        const char *name, *content;
    } parts[] = {{"record.json", record("K9", "2022-01-05T17:19:50Z")},
                 {"K9_20220105T17:20_UTC.wav", NULL},
                 {"K9_call_recording_redacted_2022-01-05T17:24:11Z.wav", "another sound"}};
    for (int i = 0; i < 3; i++)
        take(parts[orders[_i][i]].name, parts[orders[_i][i]].content);
    struct call c = only_call();
    ck_assert(c.recording_ms == 2000 && strcmp(c.meta[0].name, "recording_redacted") == 0);
}
END_TEST

START_TEST(agent_and_time_find_the_call)
{
    struct intake_taken t = take(BY_AGENT, NULL);
    ck_assert_uint_eq(t.waiting, 1);
    ck_assert_int_eq(n_calls(), 0);
    ck_assert_uint_eq(take(BY_AGENT, NULL).waiting, 0); /* it waits already */
    take("far.json", record("F", "2025-02-19T07:01:22Z"));
    ck_assert(!only_call().recording[0]);
    t = take("near.json", record("N", "2025-02-19T06:00:00Z"));
    ck_assert_uint_eq(t.joined, 1);
    ck_assert_uint_eq(take(BY_AGENT, NULL).calls_same, 1);
    ck_assert_int_eq(n_calls(), 2);
}
END_TEST

START_TEST(two_calls_at_once_are_for_a_person)
{
    take("a.json", record("A", "2025-02-19T06:01:00Z"));
    take("b.json", record("B", "2025-02-19T06:02:00Z"));
    ck_assert_uint_eq(take(BY_AGENT, NULL).waiting, 1);
    struct desk d = desk();
    struct table *waits, *joined;
    ck_assert(joining_tables(&d, &waits, &joined, &e));
    ck_assert_uint_eq(table_rows(waits), 1);
    ck_assert_ptr_nonnull(strstr(table_cell(waits, 0, 6)->text, "2 calls"));
    struct joining_view v;
    ck_assert(joining_open(&d, 1, &v, &e));
    ck_assert_uint_eq(table_rows(v.guesses), 2);

    const char *key = table_cell(v.guesses, 1, JOINING_KEY)->text;
    ck_assert_msg(joining_by_hand(&d, 1, key, &e), "%s", e.text);
    struct call c;
    ck_assert(store_call_get(store, &store_everything, v.ids.ids[1], a, &c, &e));
    ck_assert(c.recording[0]);
    ck_assert(!joining_by_hand(&d, 1, v.ids.ids[0], &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    err_clear(&e);
    ck_assert_msg(joining_part(&d, 1, &e), "%s", e.text);
    ck_assert(store_call_get(store, &store_everything, v.ids.ids[1], a, &c, &e));
    ck_assert(!c.recording[0]);
    ck_assert_uint_eq(take("c.json", record("C", "2025-02-19T09:00:00Z")).joined, 0);
    ck_assert(joining_alone(&d, 1, &e));
    ck_assert_int_eq(n_calls(), 4);
    ck_assert(!joining_part(&d, 1, &e));
    err_clear(&e);
}
END_TEST

START_TEST(a_changed_call_is_not_taken_apart)
{
    take("near.json", record("N", "2025-02-19T06:01:00Z"));
    take(BY_AGENT, NULL);
    ck_assert(only_call().recording[0]);
    take("near.json", arena_format(a, "%.*s,\"wrap_up\":\"paid\"}",
                                   (int)strlen(record("N", "2025-02-19T06:01:00Z")) - 1,
                                   record("N", "2025-02-19T06:01:00Z")));
    struct desk d = desk();
    ck_assert(!joining_part(&d, 1, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(e.text, "has changed since"));
    err_clear(&e);
    ck_assert(!joining_by_hand(&d, 99, "x", &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    err_clear(&e);
}
END_TEST

START_TEST(the_sites_rules)
{
    put("data/joining", "pattern = {key}--{agent}.wav\n");
    take("r.json", record("77", "2025-02-19T06:01:00Z"));
    take("77--whoever.wav", NULL);
    ck_assert(only_call().recording[0]);
    put("data/joining", "pattern = {colour}\n");
    struct desk d = desk();
    struct match_rules rules;
    ck_assert(!intake_rules(&d, &rules, &e));
    ck_assert_ptr_nonnull(strstr(e.text, "joining: line 1"));
    err_clear(&e);
}
END_TEST

/* --- files and programs --- */

START_TEST(a_refused_file_is_tried_again)
{
    struct desk d = desk();
    struct table *t;
    int64_t total;
    enum ingest_verdict verdict;
    const char *reason;
    take("broken.json", "{\"earshot\":1,");
    ck_assert(imports_table(&d, STORE_REFUSED, &(struct store_page){0}, &t, &total, &e));
    ck_assert_int_eq(total, 1);
    ck_assert_str_eq(table_cell(t, 0, 1)->text, "broken.json");
    ck_assert_ptr_nonnull(strstr(table_cell(t, 0, 3)->text, "not valid JSON"));
    ck_assert(imports_retry(&d, 1, &verdict, &reason, &e));
    ck_assert_int_eq(verdict, INGEST_REFUSED);
    struct store_import i;
    ck_assert(imports_open(&d, 1, &i, &e));
    put(i.place, record("R", "2025-02-19T06:01:00Z"));
    ck_assert_msg(imports_retry(&d, 1, &verdict, &reason, &e), "%s", e.text);
    ck_assert_int_eq(verdict, INGEST_TAKEN);
    ck_assert_int_eq(n_calls(), 1);
    ck_assert(!imports_retry(&d, 1, &verdict, &reason, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    err_clear(&e);
    /* and all of it is there after a restart */
    store_close(store);
    store = store_open_writer(file_join(a, folder, "data"), &e);
    d.store = store;
    ck_assert(imports_table(&d, -1, &(struct store_page){0}, &t, &total, &e));
    ck_assert_int_eq(total, 1);
    ck_assert_str_eq(table_cell(t, 0, 2)->text, "taken");
}
END_TEST

START_TEST(files_put_away_keep_all_names)
{
    struct desk d = desk();
    const char *to = file_join(a, folder, "done");
    for (int i = 0; i < 3; i++) {
        const char *path = file_join(a, folder, "same.txt");
        put(path, arena_format(a, "%d", i));
        ck_assert_msg(imports_put_away(&d, path, to, "same.txt", &e), "%s", e.text);
    }
    struct slice text;
    ck_assert(file_read(a, file_join(a, to, "same.txt"), 10, &text, &e));
    ck_assert(slice_is(text, "0"));
    ck_assert(file_read(a, file_join(a, to, "same.txt.2"), 10, &text, &e));
    ck_assert(slice_is(text, "2"));
}
END_TEST

static int push(const struct store_token *t, const char *key, const char *body, const char **answer)
{
    struct desk d = desk();
    int status = 0;
    *answer = "";
    err_clear(&e);
    return imports_push(&d, t, key, slice_of(body), &status, answer, &e) ? status : -(int)e.kind;
}

START_TEST(a_push_can_be_sent_again)
{
    struct desk d = desk();
    char token[IMPORTS_TOKEN];
    struct store_token t;
    const char *first, *again, *body = record("P1", "2025-02-19T06:01:00Z");
    ck_assert_msg(imports_token_add(&d, "pbx", token, &e), "%s", e.text);
    ck_assert_msg(imports_token_find(&d, token, &t, &e), "%s", e.text);
    ck_assert_ptr_null(strstr(dump(), token));
    ck_assert_int_eq(push(&t, "k1", body, &first), 200);
    ck_assert_ptr_nonnull(strstr(first, "\"new\":1"));
    ck_assert_int_eq(push(&t, "k1", body, &again), 200);
    ck_assert_str_eq(first, again);
    ck_assert_int_eq(push(&t, "k1", "{}", &again), -ERR_CONFLICT);
    ck_assert_int_eq(push(&t, "k2", body, &again), 200);
    ck_assert_ptr_nonnull(strstr(again, "\"unchanged\":1"));
    const char *log = "{\"ContactId\": \"c1\", \"Channel\": \"VOICE\", \"InitiationMethod\": "
                      "\"INBOUND\", \"InitiationTimestamp\": \"2025-02-19T06:01:00Z\"}\n"
                      "{\"ContactId\": \"c2\", \"Channel\": \"TASK\", \"InitiationMethod\": "
                      "\"API\"}\n";
    ck_assert_int_eq(push(&t, "k3", log, &again), 200);
    ck_assert_msg(strstr(again, "\"left_out\":\"left out: line 2: "), "%s", again);
    ck_assert_int_eq(push(&t, "", "{\"earshot\":1", &again), 422);
    ck_assert_ptr_nonnull(strstr(again, "not valid JSON at line 1"));
    ck_assert_int_eq(n_calls(), 2);
    err_clear(&e);
    ck_assert(!imports_token_add(&d, "pbx", token, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    err_clear(&e);
    ck_assert(!imports_token_add(&d, "two words", token, &e));
    err_clear(&e);
    ck_assert(imports_token_revoke(&d, "pbx", &e));
    ck_assert(!imports_token_revoke(&d, "pbx", &e));
    err_clear(&e);
    ck_assert(!imports_token_find(&d, token, &t, &e));
    ck_assert_int_eq(e.kind, ERR_DENIED);
    err_clear(&e);
    struct stat st;
    ck_assert(stat(file_join(a, folder, "data/temporary/calls.json"), &st) != 0);
}
END_TEST

/* More than one batch, so that calls are read while others are stored. */
START_TEST(many_come_as_few_do)
{
    enum { MANY = 1300, SAID = 700 };
    struct desk d = desk();
    struct intake_taken taken;
    struct buf records = {0};
    const char *in = file_join(a, folder, "many");
    for (int i = 0; i < MANY; i++)
        buf_format(&records, RECORD "\n", arena_format(a, "K%d", i), "2026-01-05T10:20:00Z");
    put(file_join(a, in, "all.jsonl"), buf_text(&records));
    for (int i = 0; i < SAID; i++)
        put(arena_format(a, "many/K%d_20260105T1020_UTC.vtt", i),
            arena_format(a, "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Hello, call K%d.\n", i));
    ck_assert(intake_paths(&d, &in, 1, &(struct ingest_options){0}, STORE_BY_COMMAND, "test", NULL,
                           NULL, &taken, &e));
    ck_assert_uint_eq(taken.calls_changed, SAID);
    ck_assert_int_eq(n_calls(), MANY);
    buf_free(&records);
}
END_TEST

/* What a crash left goes, and nothing that a link in it leads to. */
START_TEST(the_temporary_folder_is_cleared)
{
    struct desk d = desk();
    const char *outside = file_join(a, folder, "outside");
    const char *room = intake_room(&d, &e);
    put(file_join(a, outside, "kept"), "x");
    put(file_join(a, room, "half.wav"), "x");
    put(file_join(a, room, "deep/er/x"), "x");
    ck_assert_int_eq(symlink(outside, file_join(a, room, "link")), 0);
    const char *temporary = intake_temporary(&d, &e);
    intake_clear(temporary);
    ck_assert_int_ne(access(temporary, F_OK), 0);
    ck_assert_int_eq(access(file_join(a, outside, "kept"), F_OK), 0);
}
END_TEST

/* Files of one name from two folders may be two calls: nothing of the first is lost, and a person
 * says. However often they come, each stays what it is. */
START_TEST(another_recording_of_a_name_waits)
{
    struct desk d = desk();
    ck_assert_uint_eq(take("r.wav", NULL).calls_new, 1);
    const char *first = arena_copy(a, only_call().recording);
    struct intake_taken taken = take("r.wav", "longer");
    ck_assert_uint_eq(taken.waiting, 1);
    ck_assert_uint_eq(taken.calls_new + taken.calls_changed, 0);
    ck_assert_str_eq(only_call().recording, first);
    ck_assert_str_eq(ask("SELECT why FROM waiting"),
                     "the call with the key r has another recording;");
    ck_assert_uint_eq(take("r.wav", "longer").waiting, 0); /* it does already */
    ck_assert_uint_eq(take("r.wav", NULL).calls_same, 1);
    ck_assert_str_eq(ask("SELECT count(*) FROM waiting"), "1;");
    ck_assert_msg(joining_alone(&d, 1, &e), "%s", e.text);
    ck_assert_int_eq(n_calls(), 2);
    ck_assert_str_eq(ask("SELECT substr(source_key, 1, 2) FROM calls ORDER BY n"), "r;r~;");
    ck_assert_uint_eq(take("r.wav", "longer").calls_same, 1);
    ck_assert_uint_eq(take("r.wav", NULL).calls_same, 1);
    ck_assert_int_eq(n_calls(), 2);
}
END_TEST

START_TEST(another_recording_is_joined_by_hand)
{
    struct desk d = desk();
    take("r.wav", NULL);
    const char *first = arena_copy(a, only_call().recording);
    take("r.wav", "longer");
    ck_assert_msg(joining_by_hand(&d, 1, only_call().id, &e), "%s", e.text);
    ck_assert_str_ne(only_call().recording, first);
    ck_assert_uint_eq(take("r.wav", "longer").calls_same, 1);
    ck_assert_msg(joining_part(&d, 1, &e), "%s", e.text);
    ck_assert_str_eq(only_call().recording, first);
}
END_TEST

/* A transcript that was mended, say: the newest is the one. */
START_TEST(words_that_come_again_replace_those_before)
{
    take("r.vtt", NULL);
    ck_assert_uint_eq(
        take("r.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Hello again.\n").calls_changed,
        1);
    ck_assert_str_eq(only_call().turns[0].text, "Hello again.");
}
END_TEST

TCase *desk_intake_case(void)
{
    TCase *t = tcase_create("intake");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, parts_come_in_any_order, 0, 6);
    tcase_add_loop_test(t, folders_beside_find_each_other, 0, 6);
    support_rows(t, other_folders_are_other_calls, apart);
    tcase_add_test(t, another_recording_of_a_name_waits);
    tcase_add_test(t, another_recording_is_joined_by_hand);
    tcase_add_test(t, words_that_come_again_replace_those_before);
    tcase_add_test(t, a_part_from_beside_can_be_taken_out);
    tcase_add_test(t, a_plain_name_is_a_key);
    tcase_add_test(t, a_key_of_another_source_is_another_call);
    tcase_add_test(t, a_second_recording_waits);
    tcase_add_test(t, agent_and_time_find_the_call);
    tcase_add_loop_test(t, a_redacted_recording_is_kept, 0, 6);
    tcase_add_test(t, two_calls_at_once_are_for_a_person);
    tcase_add_test(t, a_changed_call_is_not_taken_apart);
    tcase_add_test(t, the_sites_rules);
    tcase_add_test(t, a_refused_file_is_tried_again);
    tcase_add_test(t, files_put_away_keep_all_names);
    tcase_add_test(t, a_push_can_be_sent_again);
    tcase_add_test(t, many_come_as_few_do);
    tcase_add_test(t, the_temporary_folder_is_cleared);
    return t;
}
