/* Imports that are cut short, by a fault or a kill, and what is said of their files. */
#include "test_desk_inbox.h"

#include "base/buf.h"
#include "base/file.h"
#include "desk/intake.h"
#include "desk/intake_writer.h"

#include <stdatomic.h>
#include <string.h>

#define RECORD                                                                                     \
    "{\"earshot\":1,\"source\":\"pbx\",\"key\":\"%s\",\"channel\":\"voice\","                      \
    "\"agent\":{\"id\":\"a1\",\"name\":\"ChrisL\"},\"offered\":\"2025-02-19T06:00:00Z\"}\n"

static const char *in; /* the watched folder */
static struct intake_taken taken;

static void faults_setup(void)
{
    setup();
    in = file_join(a, folder, "in");
    ck_assert(file_make_folder(in, &e));
}

static const char *record(const char *key)
{
    return arena_format(a, RECORD, key);
}

/* What lies in the folder, as if it were watched. */
static bool take(ingest_progress *report, const char *temporary)
{
    struct desk d = desk();
    struct ingest_options options = {.temporary = temporary ? temporary : intake_room(&d, &e)};
    err_clear(&e);
    return intake_paths(&d, &in, 1, &options, STORE_BY_FOLDER, "who", report, NULL, &taken, &e);
}

/* Every file's verdict, in order. */
static struct buf told;

static void tell(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    static const char *const verdicts[] = {"taken", "refused", "skipped", "unsaved"};
    (void)context, (void)all;
    if (done == 1)
        buf_clear(&told);
    buf_format(&told, "%s %s;", file_name_of(r->path), verdicts[r->verdict]);
}

#define FILES "SELECT name || ' ' || verdict || ' ' || calls FROM imports ORDER BY id"

/* The sides of a recording cannot be joined: the disk is full, say. */
START_TEST(what_was_reported_is_kept)
{
    put("in/a.json", record("A"));
    put_sound("in/b_agent.wav", 10);
    put_sound("in/b_customer.wav", 10);
    ck_assert(!take(tell, file_join(a, folder, "nowhere")));
    ck_assert_str_eq(buf_text(&told), "a.json taken;b_agent.wav unsaved;b_customer.wav unsaved;");
    ck_assert_uint_eq(taken.files_taken, 1);
    ck_assert_uint_eq(taken.files_unsaved, 2);
    ck_assert_str_eq(ask("SELECT source_key FROM calls"), "A;");
    ck_assert_str_eq(ask(FILES), "a.json 0 1;");
    ck_assert_uint_eq(taken.calls_new, 1);
}
END_TEST

START_TEST(what_the_store_refused_is_not_noted_as_taken)
{
    enum { FIRST = 500 /* a batch */ };
    struct buf many = {0};
    for (int i = 0; i < FIRST; i++)
        buf_format(&many, RECORD, arena_format(a, "A%d", i));
    put("in/a.jsonl", buf_text(&many));
    buf_free(&many);
    put("in/b.json", record("B"));
    put("in/bad.json", record("bad"));
    put("in/refused.json", "{");
    ck_assert(sql("CREATE TRIGGER full BEFORE INSERT ON calls WHEN NEW.source_key = 'bad' BEGIN "
                  "SELECT RAISE(ABORT, 'no'); END"));
    ck_assert(!take(tell, NULL));
    ck_assert_str_eq(buf_text(&told),
                     "a.jsonl taken;b.json unsaved;bad.json unsaved;refused.json refused;");
    ck_assert_uint_eq(taken.files_taken, 1);
    ck_assert_uint_eq(taken.files_unsaved, 2);
    ck_assert_str_eq(ask("SELECT count(*) FROM calls"), "500;");
    ck_assert_str_eq(ask(FILES), "a.jsonl 0 500;refused.json 1 0;");
    ck_assert_uint_eq(taken.calls_new, FIRST);
    ck_assert(sql("DROP TRIGGER full"));
    ck_assert_msg(take(NULL, NULL), "%s", e.text);
    ck_assert_uint_eq(taken.calls_new, 2);
}
END_TEST

START_TEST(a_part_of_an_unsaved_call_is_unsaved)
{
    put("in/a.json", record("A"));
    put("in/bad.json", record("bad"));
    put("in/bad.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n");
    ck_assert(sql("CREATE TRIGGER full BEFORE INSERT ON calls BEGIN SELECT RAISE(ABORT, 'no'); "
                  "END"));
    ck_assert(!take(tell, NULL));
    ck_assert_str_eq(buf_text(&told), "a.json unsaved;bad.json unsaved;bad.vtt unsaved;");
    ck_assert_uint_eq(taken.files_belonging, 0);
    ck_assert_str_eq(ask(FILES), "");
}
END_TEST

/* With the calls stored when the file was told. */
static void is_stored(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    size_t *n = context;
    (void)done, (void)all;
    if (r->verdict == INGEST_TAKEN)
        ck_assert_str_eq(ask(arena_format(a, "SELECT count(*) FROM calls WHERE source_key = '%.4s'",
                                          file_name_of(r->path))),
                         "1;");
    n[r->verdict]++;
}

START_TEST(a_file_is_told_when_its_calls_are_stored)
{
    enum { MANY = 2203 };
    size_t n[INGEST_UNSAVED + 1] = {0};
    struct desk d = desk();
    struct ingest_options options = {.temporary = intake_room(&d, &e)};
    for (int i = 0; i < MANY; i++)
        put(arena_format(a, "in/%04d.json", i), record(arena_format(a, "%04d", i)));
    ck_assert(sql("CREATE TRIGGER full BEFORE INSERT ON calls WHEN NEW.source_key = '1900' BEGIN "
                  "SELECT RAISE(ABORT, 'no'); END"));
    ck_assert(
        !intake_paths(&d, &in, 1, &options, STORE_BY_COMMAND, "console", is_stored, n, &taken, &e));
    ck_assert_uint_eq(n[INGEST_TAKEN] + n[INGEST_UNSAVED], MANY);
    ck_assert_uint_eq(n[INGEST_TAKEN], taken.files_taken);
    ck_assert_uint_eq(n[INGEST_UNSAVED], taken.files_unsaved);
    ck_assert_uint_eq(taken.calls_new, taken.files_taken);
    ck_assert_str_eq(ask("SELECT count(*) FROM calls"), arena_format(a, "%zu;", taken.files_taken));
    ck_assert(sql("DROP TRIGGER full"));
    err_clear(&e);
    ck_assert(
        intake_paths(&d, &in, 1, &options, STORE_BY_COMMAND, "console", is_stored, n, &taken, &e));
    ck_assert_uint_eq(taken.files_taken, MANY);
    ck_assert_str_eq(ask("SELECT count(*) FROM calls"), "2203;");
}
END_TEST

/* The calls are there, so that the file is taken; only its line is not. */
START_TEST(what_cannot_be_noted_is_said)
{
    put("in/a.json", record("A"));
    ck_assert(sql("CREATE TRIGGER full BEFORE INSERT ON imports BEGIN SELECT RAISE(ABORT, 'no'); "
                  "END"));
    ck_assert(!take(tell, NULL));
    ck_assert_ptr_nonnull(strstr(e.text, "The list of imports could not be written"));
    ck_assert_str_eq(buf_text(&told), "a.json taken;");
    ck_assert_str_eq(ask("SELECT count(*) FROM calls"), "1;");
}
END_TEST

/* Who is told may take long over it: nothing else waits meanwhile. */
static void write_beside(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    (void)context, (void)done, (void)all;
    if (strcmp(r->format, "survey") == 0)
        ck_assert_msg(sql("BEGIN IMMEDIATE; ROLLBACK"), "%s", r->path);
}

START_TEST(facts_are_stored_when_their_file_is_reported)
{
    put("in/a.json", record("A"));
    put("in/s1.csv", "key,csat\nnobody,1\nA,2\n");
    put("in/s2.csv", "key,csat\nA,3\n");
    put("in/s3.csv", "key,csat\nnobody,4\n");
    ck_assert_msg(take(write_beside, NULL), "%s", e.text);
    ck_assert_str_eq(ask("SELECT csat FROM calls"), "3.0;");
    ck_assert_str_eq(ask(FILES), "a.json 0 1;s1.csv 0 1;s2.csv 0 1;s3.csv 1 0;");
    ck_assert_str_eq(ask("SELECT target || ' ' || result FROM audit ORDER BY id"),
                     "1 call, a.json done;1 call, surveys and outcomes done;"
                     "1 call, surveys and outcomes done;1 file, s3.csv refused;");
}
END_TEST

/* Between the call's transaction and that of the part which waited for it. */
START_TEST(a_run_cut_short_before_joining_can_be_run_again)
{
    put_sound("in/Auto_GUID_1_AGENT_chrisl_DT_2025-02-19T06-01-22_Mono.wav", 10);
    ck_assert_msg(take(NULL, NULL), "%s", e.text);
    ck_assert_uint_eq(taken.waiting, 1);
    put("in/a.json", record("A"));
    ck_assert(sql("CREATE TRIGGER killed BEFORE UPDATE OF state ON waiting WHEN NEW.state <> 0 "
                  "BEGIN SELECT RAISE(ABORT, 'no'); END"));
    ck_assert(!take(NULL, NULL));
    ck_assert(sql("DROP TRIGGER killed"));
    ck_assert_str_eq(ask("SELECT count(*) FROM calls WHERE recording IS NULL"), "1;");
    ck_assert_msg(take(NULL, NULL), "%s", e.text);
    ck_assert_uint_eq(taken.calls_new + taken.calls_changed, 0);
    ck_assert_uint_eq(taken.joined, 1);
    ck_assert_str_eq(ask("SELECT count(*) FROM calls WHERE recording IS NOT NULL"), "1;");
}
END_TEST

/* What the store cannot hold costs only itself, wherever it stands. */
START_TEST(a_call_too_large_is_refused_by_name)
{
    enum { TURN = 1000 * 1000, TURNS = 26 };
    struct buf large = {0}, many = {0};
    char *text = arena_take(a, TURN + 1);
    memset(text, 'x', TURN);
    buf_slice(&large, (struct slice){record("L"), strlen(record("L")) - 2});
    for (int i = 0; i < TURNS; i++)
        buf_format(&large, "%s{\"who\":\"agent\",\"start_ms\":%d,\"text\":\"%s\"}",
                   i ? "," : ",\"turns\":[", i, text);
    buf_str(&large, "]}\n");
    buf_format(&many, "%s%s%s", record("B"), buf_text(&large), record("C"));
    put("in/a.json", buf_text(&large));
    put("in/b.json", record("A"));
    put("in/c.jsonl", buf_text(&many));
    buf_free(&large), buf_free(&many);
    ck_assert_msg(take(tell, NULL), "%s", e.text);
    ck_assert_str_eq(buf_text(&told), "a.json refused;b.json taken;c.jsonl refused;");
    ck_assert_str_eq(ask("SELECT source_key FROM calls"), "A;");
    ck_assert_ptr_nonnull(
        strstr(ask("SELECT reason FROM imports WHERE name = 'a.json'"), "the call holds 25 MB"));
    ck_assert_ptr_nonnull(strstr(ask("SELECT reason FROM imports WHERE name = 'c.jsonl'"),
                                 "line 2: the call holds 25 MB"));
}
END_TEST

/* Its place in the data folder is taken, say, or its bytes are other ones when they are copied. */
START_TEST(a_recording_that_cannot_be_kept_costs_its_file)
{
    struct slice bytes;
    char hash[HASH_TEXT];
    put_sound("in/b.wav", 10);
    put_sound("in/c1.wav", 11);
    put_sound("in/d.wav", 12);
    put("in/a.json", record("A"));
    put("in/c.csv", "key,recording,answered\nC1,c1.wav,2025-02-19T06:00:00Z\n"
                    "C2,b.wav,2025-02-19T06:00:00Z\n");
    ck_assert(file_read(a, file_join(a, in, "b.wav"), 1 << 20, &bytes, &e));
    hash_text(bytes, hash);
    put(arena_format(a, "data/media/%.2s", hash), "no folder");
    ck_assert_msg(take(tell, NULL), "%s", e.text);
    ck_assert_str_eq(buf_text(&told),
                     "a.json taken;c.csv refused;b.wav refused;c1.wav refused;d.wav taken;");
    ck_assert_str_eq(ask("SELECT source_key FROM calls"), "A;d;");
}
END_TEST

START_TEST(every_refused_file_is_noted)
{
    enum { MANY = 1203 };
    for (int i = 0; i < MANY; i++)
        put(arena_format(a, "in/%04d.json", i), i % 2 ? "{" : record(arena_format(a, "K%d", i)));
    ck_assert_msg(take(NULL, NULL), "%s", e.text);
    ck_assert_str_eq(ask("SELECT count(DISTINCT place) FROM imports WHERE verdict = 0"), "602;");
    ck_assert_str_eq(ask("SELECT count(DISTINCT place) FROM imports WHERE verdict = 1"), "601;");
    ck_assert_str_eq(ask("SELECT sum(CAST(target AS INTEGER)) FROM audit WHERE result = 'refused'"),
                     "601;");
}
END_TEST

static bool count_items(void *context, const struct ingest_item *items, size_t n, struct err *fault)
{
    (void)items, (void)fault;
    atomic_fetch_add((atomic_size_t *)context, n);
    return true;
}

/* Large calls are stored one by one: when the next is put, the one before is. */
START_TEST(large_calls_do_not_pile_up)
{
    enum { LARGE = 16 << 20, MANY = 3 };
    char *text = arena_take(a, LARGE + 1);
    struct call_turn turn = {.text = memset(text, 'x', LARGE)};
    struct call c = {.source = "pbx",
                     .source_key = "A",
                     .type = "",
                     .queue = "",
                     .agent_id = "",
                     .agent_name = "",
                     .team = "",
                     .customer = "",
                     .customer_class = "",
                     .language = "",
                     .hung_up = "",
                     .wrap_up = "",
                     .turns = &turn,
                     .n_turns = 1};
    atomic_size_t n = 0;
    struct intake_writer *w = intake_writer_open(count_items, &n);
    for (size_t i = 0; i < MANY; i++) {
        ck_assert(intake_writer_put(w, &(struct ingest_item){.call = &c, .path = "a"}, &e));
        ck_assert_uint_ge(n, i);
    }
    ck_assert(intake_writer_wait(w, &e));
    ck_assert_uint_eq(n, MANY);
    ck_assert_uint_eq(intake_writer_stored(w), MANY);
    intake_writer_close(w);
}
END_TEST

TCase *desk_intake_faults_case(void)
{
    TCase *t = tcase_create("intake, cut short");
    tcase_add_checked_fixture(t, faults_setup, teardown);
    tcase_add_test(t, what_was_reported_is_kept);
    tcase_add_test(t, what_the_store_refused_is_not_noted_as_taken);
    tcase_add_test(t, a_part_of_an_unsaved_call_is_unsaved);
    tcase_add_test(t, a_file_is_told_when_its_calls_are_stored);
    tcase_add_test(t, what_cannot_be_noted_is_said);
    tcase_add_test(t, facts_are_stored_when_their_file_is_reported);
    tcase_add_test(t, a_run_cut_short_before_joining_can_be_run_again);
    tcase_add_test(t, a_call_too_large_is_refused_by_name);
    tcase_add_test(t, a_recording_that_cannot_be_kept_costs_its_file);
    tcase_add_test(t, every_refused_file_is_noted);
    tcase_add_test(t, large_calls_do_not_pile_up);
    return t;
}
