/* Files from the browser and calls from programs, through the dispatcher. */
#include "test_serve_visit.h"

#include "base/file.h"
#include "base/hash.h"
#include "desk/imports.h"
#include "serve/multipart.h"

#include <dirent.h>
#include <sqlite3.h>
#include <string.h>

#define CALL "{\"earshot\":1,\"source\":\"t\",\"key\":\"%s\",\"channel\":\"voice\"}"
static size_t files_in(const char *folder)
{
    size_t n = 0;
    DIR *all = opendir(folder);
    while (all && readdir(all))
        n++;
    if (all)
        closedir(all);
    return n > 2 ? n - 2 : 0;
}

static const char *temporary(void)
{
    return file_join(a, app_data(site.app), "temporary");
}

START_TEST(files_are_taken_or_named_with_the_reason)
{
    const char *cookie = as(STORE_MANAGER);
    const char *page = upload(
        cookie, arena_format(
                    a, "%s%s%s", part("files", "one.json", arena_format(a, CALL, "U1")),
                    part("files", "C:\\calls\\bad.json", "{\"earshot\":1,"),
                    part("files", "talk.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Agent>Hi\n")));
    ck_assert_int_eq(status(), 422);
    has(page, "2 taken, 1 refused");
    has(page, ">bad.json<");
    has(page, "not valid JSON at line 1");
    has(page, ">one.json<");
    ck_assert_uint_eq(files_in(temporary()), 0);
    page = get(cookie, "/imports");
    ck_assert_int_eq(status(), 200);
    has(page, "enctype=\"multipart/form-data\"");
    has(page, "bad.json");
    has(page, "manager");
    page = get(cookie, "/imports.csv?verdict=refused");
    has(page, "bad.json");
    lacks(page, "one.json");
    upload(cookie, part("files", "one.json", arena_format(a, CALL, "U1")));
    ck_assert_int_eq(status(), 200);
    has(buf_text(&x.response.body), "1 there already");
}
END_TEST

/* How soon a chat was answered and how long it took, and what is missing of a call. */
START_TEST(a_call_says_its_times_and_remarks)
{
    const char *cookie = as(STORE_MANAGER);
    char id[CALL_ID];
    call_make_id("t", "C1", id);
    upload(cookie,
           part("files", "c.json",
                "{\"earshot\":1,\"source\":\"t\",\"key\":\"C1\",\"channel\":\"chat\","
                "\"offered\":\"2026-10-05T09:14:02Z\",\"answered\":\"2026-10-05T09:16:02Z\","
                "\"ended\":\"2026-10-05T10:14:02Z\",\"wait_ms\":120000}"));
    const char *page = get(cookie, arena_format(a, "/calls/%s", id));
    has(page, "<dt>First response</dt><dd>2:00</dd>");
    has(page, "<dt>Resolution</dt><dd>1:00:00</dd>");
    upload(cookie, part("files", "v.vtt",
                        "WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n\n00:0x.000 --> 1\nLost\n"));
    call_make_id("files", "v", id);
    has(get(cookie, arena_format(a, "/calls/%s", id)),
        "left out of the transcript: 1 cue without times that can be read, line 6");
    has(get(cookie, arena_format(a, "/calls/%s.json", id)), "\"name\":\"overlap\"");
    ck_assert_int_eq(status(), 200);
    get(cookie, "/calls/000000000000.json");
    ck_assert_int_eq(status(), 404);
}
END_TEST

/* Where they lie for a while is nobody's business. */
START_TEST(reasons_name_no_folders)
{
    const char *cookie = as(STORE_MANAGER);
    const char *page = upload(
        cookie,
        arena_format(a, "%s%s%s",
                     part("files", "r.json",
                          "{\"earshot\":1,\"source\":\"t\",\"key\":\"N\",\"channel\":\"voice\","
                          "\"transcript\":\"talk.vtt\",\"recording\":\"none.wav\"}"),
                     part("files", "talk.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"),
                     part("files", "two.json", arena_format(a, CALL, "U2"))));
    has(page, ">none.wav: cannot open");
    has(page, "not taken, because r.json, which names it, was refused");
    lacks(page, "temporary");
    page = get(cookie, "/imports.json");
    has(page, "\"none.wav: cannot open");
    lacks(page, "temporary");
}
END_TEST

/* What the files do not say themselves is said beside them. */
START_TEST(what_is_said_with_files)
{
    const char *cookie = as(STORE_MANAGER);
    const char *table = part("files", "calls.csv", "Nr;Who\r\n7;Eleni\r\n");
    upload(cookie, table);
    ck_assert_int_eq(status(), 422);
    has(upload(cookie, arena_format(a, "%s%s%s", table, part("source", NULL, "old pbx"),
                                    part("map", NULL, "key = Nr\r\nagent_id = Who\r\n"))),
        "1 taken, 0 refused");
    has(get(cookie, "/calls.json"), "Eleni");
    const char *page =
        upload(cookie, arena_format(a, "%s%s", table, part("map", NULL, "key Nr\n")));
    ck_assert_int_eq(status(), 422);
    has(page, "the map: line 1");
    has(page, "key Nr"); /* as typed */
    has(page, "<details open");
    has(upload(cookie, arena_format(a, "%s%s", table, part("channels", NULL, "agent,dog"))),
        "one to 8 of agent, customer, system");
    has(upload(cookie, arena_format(a, "%s%s", table, part("zone", NULL, "noon"))),
        "is no zone like +02:00");
    has(upload(cookie, arena_format(a, "%s%s", table, part("raw", NULL, "mp9"))), "raw");
    ck_assert_uint_eq(files_in(temporary()), 0);
}
END_TEST

START_TEST(an_empty_form_says_so)
{
    const char *cookie = as(STORE_ADMIN);
    has(upload(cookie, part("files", "", "")), "No file was chosen");
    ck_assert_int_eq(status(), 422);
    ask("POST", "/imports",
        arena_format(a, "%sContent-Type: application/x-www-form-urlencoded\n", cookie),
        arena_format(a, "token=%s", site_token(a, cookie)));
    ck_assert_int_eq(status(), 422);
}
END_TEST

/* W4, B9: bodies that were made to hurt. None is a 500, none leaves a file, none is taken. */
static const struct {
    const char *body;
    int status;
} hostile[] = {
    {"", 400},
    {"--xYz", 400},
    {"--xYz--", 403},
    {"--xYz\r\n", 400},
    {"--xYzz\r\n", 400},
    {"--xYz\r\n\r\n\r\n--xYz--", 400},
    {"--xYz\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xYz--", 400},
    {"--xYz\r\nContent-Disposition: form-data; name=\r\n\r\nx\r\n--xYz--", 400},
    {"--xYz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--xYz--", 400},
    {"--xYz\r\nContent-Disposition: form-data; name=\"\xFF\"\r\n\r\nx\r\n--xYz--", 400},
    {"--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.json\"\r\n\r\nx\r\n--xYz--",
     403}, /* a file, but no token */
    {"--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.json\"\r\n\r\nx", 400},
    {"--xYz\r\nContent-Disposition: form-data; name=\"f\"; "
     "filename=\"\xC3\x28\"\r\n\r\nx\r\n--xYz--",
     400},
    {"--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"..\"\r\n\r\nx\r\n--xYz--",
     403},
    {"--xYz\r\nContent-Disposition: form-data; name=\"f\"; "
     "filename=\"../../x\"\r\n\r\nx\r\n--xYz--",
     403},
    {"--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n1\r\n"
     "--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"y/x\"\r\n\r\n2\r\n--xYz--",
     400}, /* two files of one name */
};

START_TEST(W4_hostile_bodies)
{
    const char *cookie = as(STORE_ADMIN);
    ask("POST", "/imports", arena_format(a, "%s" MULTI, cookie), hostile[_i].body);
    ck_assert_msg(status() == hostile[_i].status, "%d: %s", status(), hostile[_i].body);
    ck_assert_uint_eq(files_in(temporary()), 0);
    ck_assert_uint_eq(files_in(app_data(site.app)) > 0, 1);
}
END_TEST

/* A name never leads out of its folder. */
START_TEST(W4_names_of_files)
{
    static const struct {
        const char *given, *kept; /* NULL: refused */
    } names[] = {{"a.wav", "a.wav"},
                 {"../../etc/x", "x"},
                 {"C:\\a\\b.wav", "b.wav"},
                 {".profile", "_profile"},
                 {"..", "_."},
                 {"a\tb", "a_b"},
                 {"\xCE\xB1.wav", "\xCE\xB1.wav"},
                 {"dir/", NULL}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct err e = {0};
        struct request_fields fields;
        size_t files;
        const char *room = arena_format(a, "%s/room%zu", app_data(site.app), i);
        ck_assert(file_make_folder(room, &e));
        struct multipart *m = multipart_open(SLICE("xYz"), room);
        const char *body = arena_format(a, "%s--xYz--", part("f", names[i].given, "bytes"));
        multipart_feed(m, body, strlen(body), &e);
        bool ok = multipart_end(m, a, &fields, &files, &e);
        multipart_close(m);
        ck_assert_msg(ok == (names[i].kept != NULL), "%s", names[i].given);
        struct slice text;
        if (ok)
            ck_assert_msg(file_read(a, file_join(a, room, names[i].kept), 10, &text, &e) &&
                              slice_is(text, "bytes"),
                          "%s", names[i].given);
    }
}
END_TEST

START_TEST(W4_limits)
{
    struct err e = {0};
    struct request_fields fields;
    size_t files;
    struct multipart *m = multipart_open(SLICE("xYz"), NULL);
    for (int i = 0; i <= MULTIPART_FIELDS; i++)
        multipart_feed(m, part("a", NULL, "x"), strlen(part("a", NULL, "x")), &e);
    ck_assert(!multipart_end(m, a, &fields, &files, &e));
    ck_assert_ptr_nonnull(strstr(e.text, "too many fields"));
    multipart_close(m);
    err_clear(&e);
    m = multipart_open(SLICE("xYz"), NULL);
    multipart_feed(m, "--xYz\r\n", 7, &e);
    for (int i = 0; i <= MULTIPART_HEAD_MOST; i++)
        multipart_feed(m, "h", 1, &e);
    ck_assert(!multipart_end(m, a, &fields, &files, &e));
    ck_assert_ptr_nonnull(strstr(e.text, "head of a part is too long"));
    multipart_close(m);
}
END_TEST

/* A boundary cut anywhere is still one. */
START_TEST(W4_pieces_of_any_size)
{
    const char *body = arena_format(a, "%s%s--xYz--", part("a", NULL, "v\r\n--xY\r\n-- z"),
                                    part("f", "n", "\r\n--xYr\r\n"));
    for (size_t piece = 1; piece < strlen(body); piece++) {
        struct err e = {0};
        struct request_fields fields;
        size_t files;
        struct multipart *m = multipart_open(SLICE("xYz"), NULL);
        for (size_t at = 0; at < strlen(body); at += piece)
            multipart_feed(m, body + at, strlen(body) - at < piece ? strlen(body) - at : piece, &e);
        ck_assert_msg(multipart_end(m, a, &fields, &files, &e), "%zu: %s", piece, e.text);
        multipart_close(m);
        ck_assert_uint_eq(files, 1);
        ck_assert_str_eq(request_value(&fields, "a"), "v\n--xY\n-- z");
    }
}
END_TEST

START_TEST(W4_boundaries)
{
    static const struct {
        const char *type, *boundary; /* NULL: none */
    } types[] = {
        {"multipart/form-data; boundary=abc", "abc"},
        {"Multipart/Form-Data; charset=x; Boundary=\"abc\"", "abc"},
        {"multipart/form-data", NULL},
        {"multipart/form-data; boundary=", NULL},
        {"multipart/form-data; boundary=\"a b\"", NULL},
        {"multipart/form-data; boundary=\"abc", NULL},
        {"multipart/mixed; boundary=abc", NULL},
        {"multipart/form-data; "
         "boundary=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffg"
         "ggggggggghh",
         NULL},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct slice found;
        bool ok = multipart_boundary(types[i].type, a, &found);
        ck_assert_msg(ok == (types[i].boundary != NULL), "%s", types[i].type);
        ck_assert(!ok || slice_is(found, types[i].boundary));
    }
}
END_TEST

/* --- programs --- */

static const char *token_of(const char *name)
{
    struct err e = {0};
    char *token = arena_take(a, IMPORTS_TOKEN);
    struct desk d = {.store = site.store,
                     .arena = a,
                     .viewer = store_everything,
                     .name = "console",
                     .address = "",
                     .now = site.now};
    ck_assert_msg(imports_token_add(&d, name, token, &e), "%s", e.text);
    return token;
}

static const char *push(const char *token, const char *more, const char *body)
{
    return ask("POST", "/api/calls", arena_format(a, "Authorization: Bearer %s\n%s", token, more),
               body);
}

START_TEST(calls_are_pushed)
{
    const char *token = token_of("pbx"), *body = arena_format(a, CALL "\n" CALL "\n", "P1", "P2");
    has(push(token, "Idempotency-Key: k\n", body), "\"new\":2");
    ck_assert_int_eq(status(), 200);
    has(push(token, "Idempotency-Key: k\n", body), "\"new\":2");
    has(push(token, "Idempotency-Key: k\n", "{}"), "another body");
    ck_assert_int_eq(status(), 409);
    has(push(token, "", body), "\"unchanged\":2");
    /* what curl says of any body */
    has(push(token, "Content-Type: application/x-www-form-urlencoded\n", body), "\"unchanged\":2");
    has(push(token, "", "no json"), "error");
    ck_assert_int_eq(status(), 422);
    push(token, arena_format(a, "Idempotency-Key: %0300d\n", 1), body);
    ck_assert_int_eq(status(), 422);
    push("earshot_nobody", "", body);
    ck_assert_int_eq(status(), 401);
    ask("POST", "/api/calls", "", body);
    ck_assert_int_eq(status(), 401);
    ask("POST", "/api/calls", arena_format(a, "Authorization: Basic %s\n", token), body);
    ck_assert_int_eq(status(), 401);
    /* a session is no token, and another site's page may not push in its name */
    ask("POST", "/api/calls", as(STORE_ADMIN), body);
    ck_assert_int_eq(status(), 401);
    push(token, "Origin: http://elsewhere\n", body);
    ck_assert_int_eq(status(), 403);
    const char *page = get(as(STORE_ADMIN), "/imports");
    has(page, "token pbx");
    lacks(page, token);
}
END_TEST

/* Of what is stored after the first 500 calls: the disk is full, say. */
START_TEST(what_is_not_saved_is_said)
{
    const char *cookie = as(STORE_MANAGER), *token = token_of("pbx"), *page;
    struct buf many = {0};
    sqlite3 *db;
    for (int i = 0; i < 500; i++)
        buf_format(&many, CALL "\n", arena_format(a, "K%d", i));
    sqlite3_open(file_join(a, app_data(site.app), "earshot.db"), &db);
    sqlite3_exec(db,
                 "CREATE TRIGGER full BEFORE INSERT ON calls WHEN NEW.source_key = 'bad' BEGIN "
                 "SELECT RAISE(ABORT, 'no'); END",
                 NULL, NULL, NULL);
    sqlite3_close(db);
    page = upload(cookie, arena_format(a, "%s%s", part("files", "a.jsonl", buf_text(&many)),
                                       part("files", "b.json", arena_format(a, CALL, "bad"))));
    ck_assert_int_eq(status(), 409);
    has(page, "1 taken, 0 refused, 0 skipped, 1 not saved. Calls: 500 new");
    has(page, "Send the files again that are not");
    lacks(page, app_data(site.app));
    has(page, "<td>not saved</td>");
    ck_assert_ptr_null(strstr(get(cookie, "/imports.csv"), "b.json"));
    buf_format(&many, CALL "\n", "bad");
    has(push(token, "Idempotency-Key: k\n", buf_text(&many)), "500 of the calls pushed are saved");
    ck_assert_int_eq(status(), 409);
    buf_free(&many);
}
END_TEST

/* Whoever asks: this comes before anybody is signed in. */
START_TEST(faults_of_the_store_name_no_folders)
{
    const char *cookie = as(STORE_ADMIN), *page;
    sqlite3 *db;
    sqlite3_open(file_join(a, app_data(site.app), "earshot.db"), &db);
    ck_assert_int_eq(sqlite3_exec(db, "ALTER TABLE sessions RENAME TO gone", NULL, NULL, NULL), 0);
    sqlite3_close(db);
    page = get(cookie, "/imports");
    ck_assert_int_eq(status(), 500);
    has(page, "the data folder/earshot.db");
    lacks(page, app_data(site.app));
    page = ask("POST", "/sign-in", "Content-Type: application/x-www-form-urlencoded\n",
               "login=admin&password="
               "correct+horse+battery");
    ck_assert_int_eq(status(), 500);
    has(page, "the data folder/earshot.db");
    lacks(page, app_data(site.app));
}
END_TEST

/* --- parts --- */

START_TEST(the_plugins_are_listed)
{
    const char *cookie = as(STORE_MANAGER);
    const char *page = get(cookie, "/plugins");
    ck_assert_int_eq(status(), 200);
    has(page, "kestrel.lua");
    has(page, "scripts cannot be run here"); /* this site has no runner */
    has(get(cookie, "/plugins.csv"), "kestrel.lua");
    has(get(cookie, "/imports"), "href=\"/plugins\"");
    get(as(STORE_EVALUATOR), "/plugins");
    ck_assert_int_eq(status(), 403);
}
END_TEST

START_TEST(a_part_is_joined_and_taken_out)
{
    const char *cookie = as(STORE_MANAGER);
    const char *form = "Content-Type: application/x-www-form-urlencoded\n";
    upload(cookie, part("files", "x_GUID_1_AGENT_eleni_DT_2026-02-19T06-01-22_M.vtt",
                        "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Agent>Hi\n"));
    has(get(cookie, "/waiting"), "no call of agent eleni about that time");
    upload(
        cookie,
        part("files", "r.json",
             "{\"earshot\":1,\"source\":\"t\",\"key\":\"J\",\"channel\":\"voice\","
             "\"agent\":{\"id\":\"a1\",\"name\":\"Eleni\"},\"offered\":\"2026-02-19T06:31:00Z\"}"));
    has(get(cookie, "/waiting/1"), "Join to this call");
    char id[CALL_ID];
    call_make_id("t", "J", id);
    const char *headers = arena_format(a, "%s%s", cookie, form);
    const char *token = site_token(a, cookie);
    has(ask("POST", "/waiting/1", headers, arena_format(a, "token=%s&do=join&call=nothing", token)),
        "No call has the id or the key &quot;nothing&quot;");
    ck_assert_int_eq(status(), 404);
    ask("POST", "/waiting/1", headers, arena_format(a, "token=%s&do=join&call=%s", token, id));
    ck_assert_int_eq(status(), 303);
    has(get(cookie, arena_format(a, "/calls/%s", id)), "Hi");
    has(get(cookie, "/waiting"), id);
    has(get(cookie, "/waiting/1"), "Take it out again");
    ask("POST", "/waiting/1", headers, arena_format(a, "token=%s&do=part", token));
    ck_assert_int_eq(status(), 303);
    has(get(cookie, "/waiting/1"), "was said, 0:01 of it: “Hi”");
    ask("POST", "/waiting/1", headers,
        arena_format(a, "token=%s&do=join&guess=%s&call=+", token, id));
    ck_assert_int_eq(status(), 303);
    has(get(cookie, "/waiting/1"), arena_format(a, "href=\"/calls/%s\"", id));
    ask("POST", "/waiting/1", headers, arena_format(a, "token=%s&do=part", token));
    ask("POST", "/waiting/1", headers, arena_format(a, "token=%s&do=alone", token));
    ck_assert_int_eq(status(), 303);
    has(get(cookie, "/waiting/1"), "a call of its own");
    get(cookie, "/waiting/99");
    ck_assert_int_eq(status(), 404);
}
END_TEST

TCase *test_serve_intake(void)
{
    TCase *t = tcase_create("intake");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, files_are_taken_or_named_with_the_reason);
    tcase_add_test(t, reasons_name_no_folders);
    tcase_add_test(t, a_call_says_its_times_and_remarks);
    tcase_add_test(t, what_is_said_with_files);
    tcase_add_test(t, an_empty_form_says_so);
    support_rows(t, W4_hostile_bodies, hostile);
    tcase_add_test(t, W4_names_of_files);
    tcase_add_test(t, W4_limits);
    tcase_add_test(t, W4_pieces_of_any_size);
    tcase_add_test(t, W4_boundaries);
    tcase_add_test(t, the_plugins_are_listed);
    tcase_add_test(t, calls_are_pushed);
    tcase_add_test(t, what_is_not_saved_is_said);
    tcase_add_test(t, faults_of_the_store_name_no_folders);
    tcase_add_test(t, a_part_is_joined_and_taken_out);
    return t;
}
