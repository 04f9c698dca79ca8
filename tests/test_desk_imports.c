/* What the list of imports forgets, and what it must not. */
#include "test_desk_inbox.h"

#include "base/file.h"
#include "desk/imports.h"
#include "desk/settings.h"
#include "store/calls.h"

#include <string.h>
#include <unistd.h>

enum { DAY_MS = 24 * 3600 * 1000, MANY = 1200 /* more than two parts */ };

static struct store_token pusher; /* made with the first push of a test */

static void imports_setup(void)
{
    setup();
    memset(&pusher, 0, sizeof pusher);
}

static void add(int days, enum store_verdict verdict, const char *name, const char *place)
{
    struct store_import i = {.at = now - (int64_t)days * DAY_MS,
                             .way = STORE_BY_FOLDER,
                             .who = "w",
                             .name = name,
                             .place = place,
                             .verdict = verdict,
                             .format = "",
                             .reason = "",
                             .said = ""};
    ck_assert_msg(store_begin(store, &e) && store_end(store, store_import_put(store, &i, &e), &e),
                  "%s", e.text);
}

static size_t prune(void)
{
    struct desk d = desk();
    int64_t after = 0;
    size_t gone = 0;
    bool more = true;
    while (more)
        ck_assert_msg(imports_prune(&d, &after, &gone, &more, &e), "%s", e.text);
    return gone;
}

static bool is_listed(const char *name)
{
    struct desk d = desk();
    struct table *t;
    int64_t total;
    ck_assert(
        imports_table(&d, -1, &(struct store_page){.limit = STORE_PAGE_MOST}, &t, &total, &e));
    for (size_t i = 0; i < table_rows(t); i++)
        if (strcmp(table_cell(t, i, 1)->text, name) == 0)
            return true;
    return false;
}

/* Days ago; does its file lie there still; is it kept, with the default and with 30 days? */
static const struct {
    int days;
    enum store_verdict verdict;
    bool lies;
    bool year, month;
} rows[] = {
    {1, STORE_TAKEN, true, true, true},     {29, STORE_REFUSED, false, true, true},
    {31, STORE_TAKEN, true, true, false},   {364, STORE_TAKEN, false, true, false},
    {366, STORE_TAKEN, true, false, false}, {366, STORE_REFUSED, false, false, false},
    {366, STORE_REFUSED, true, true, true}, {9999, STORE_REFUSED, true, true, true},
};

START_TEST(test_what_is_dropped)
{
    struct desk d = desk();
    const char *place = file_join(a, folder, "refused/x.wav");
    if (rows[_i].lies)
        put(place, "x");
    add(rows[_i].days, rows[_i].verdict, "x.wav", place);
    prune();
    ck_assert(is_listed("x.wav") == rows[_i].year);
    ck_assert(settings_put(&d, "keep-imports-days", "30", &e));
    prune();
    ck_assert(is_listed("x.wav") == rows[_i].month);
    ck_assert_uint_eq(prune(), 0);
}
END_TEST

START_TEST(test_many_lines_go_part_by_part)
{
    for (int i = 0; i < MANY; i++)
        add(i % 2 ? 400 : 1, STORE_TAKEN, "x", "");
    ck_assert_uint_eq(prune(), MANY / 2);
    ck_assert_uint_eq(prune(), 0);
}
END_TEST

/* --- refused files of a watched folder --- */

/* As the watched folder does: named by its path below, put away by what became of it. */
static const char *put_refused(const char *name, const char *content)
{
    struct desk d = desk();
    struct intake_taken taken;
    const char *in = file_join(a, folder, "in"), *path = file_join(a, in, name);
    put(path, content);
    struct ingest_options options = {.temporary = intake_room(&d, &e), .below = in};
    ck_assert_msg(intake_paths(&d, &path, 1, &options, STORE_BY_FOLDER, in, NULL, NULL, &taken, &e),
                  "%s", e.text);
    intake_clear(options.temporary);
    ck_assert_uint_eq(taken.files_refused, 1);
    ck_assert(imports_put_away(&d, path, file_join(a, in, "refused"), name, &e));
    return file_join(a, file_join(a, in, "refused"), name);
}

#define SPOKEN(text) "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>" text "\n"

static enum ingest_verdict retry(int64_t id)
{
    struct desk d = desk();
    enum ingest_verdict verdict = INGEST_REFUSED;
    const char *reason;
    err_clear(&e);
    imports_retry(&d, id, &verdict, &reason, &e);
    return verdict;
}

static size_t keys(const char *first, const char *second)
{
    int64_t cursor = 0;
    struct call *all;
    size_t n;
    ck_assert(store_call_batch(store, &cursor, 10, a, &all, &n, &e));
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(strcmp(all[i].source_key, first) == 0 ||
                          strcmp(all[i].source_key, second) == 0,
                      "%s", all[i].source_key);
    return n;
}

/* Each is keyed by its path below the watched folder, as it would have been there. */
START_TEST(files_tried_again_stay_apart)
{
    put(put_refused("mon/x.vtt", "WEBVTT\n"), SPOKEN("Hello on Monday."));
    put(put_refused("tue/x.vtt", "WEBVTT\n"), SPOKEN("Hello on Tuesday."));
    ck_assert_int_eq(retry(1), INGEST_TAKEN);
    ck_assert_int_eq(retry(2), INGEST_TAKEN);
    ck_assert_uint_eq(keys("mon/x", "tue/x"), 2);
    ck_assert_int_eq(access(file_join(a, folder, "in/done/tue/x.vtt"), F_OK), 0);
}
END_TEST

START_TEST(a_second_file_of_a_name_keeps_it)
{
    put(put_refused("x.vtt", "WEBVTT\n"), SPOKEN("Hello."));
    put_refused("x.vtt", "WEBVTT\n\n");
    put("in/refused/x.vtt.1", SPOKEN("Hello, again."));
    ck_assert_int_eq(retry(2), INGEST_REFUSED);
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(e.text, "refused/x.vtt came before this one"));
    ck_assert_int_eq(retry(1), INGEST_TAKEN);
    ck_assert_int_eq(retry(2), INGEST_TAKEN);
    ck_assert_uint_eq(keys("x", "x"), 1);
    ck_assert_int_eq(access(file_join(a, folder, "in/done/x.vtt.1"), F_OK), 0);
}
END_TEST

static struct intake_taken ingest(const char *path, const struct ingest_options *said)
{
    struct desk d = desk();
    struct intake_taken taken;
    struct ingest_options options = *said;
    options.temporary = intake_room(&d, &e);
    ck_assert_msg(
        intake_paths(&d, &path, 1, &options, STORE_BY_COMMAND, "console", NULL, NULL, &taken, &e),
        "%s", e.text);
    intake_clear(options.temporary);
    return taken;
}

/* As it was named and with what was said then: it is the call that the whole command would make. */
START_TEST(what_is_tried_again_is_what_it_was)
{
    static const char *const patterns[] = {"of_{key}"};
    const struct ingest_options said = {
        .source = "pbx", .patterns = patterns, .n_patterns = 1, .zone = "+02:00"};
    const char *in = file_join(a, folder, "in");
    static const char *const names[] = {"in/mon/x.vtt", "in/tue/x.vtt", "in/of_K7.vtt"};
    for (size_t i = 0; i < 3; i++)
        put(names[i], "WEBVTT\n");
    ck_assert_uint_eq(ingest(in, &said).files_refused, 3);
    for (size_t i = 0; i < 3; i++)
        put(names[i], SPOKEN("Hello."));
    for (int64_t id = 1; id <= 3; id++)
        ck_assert_msg(retry(id) == INGEST_TAKEN, "%s", e.text);
    int64_t cursor = 0;
    struct call *all;
    size_t n;
    ck_assert(store_call_batch(store, &cursor, 10, a, &all, &n, &e));
    ck_assert_uint_eq(n, 3);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(all[i].source, "pbx");
    ck_assert_str_eq(all[0].source_key, "mon/x");
    ck_assert_str_eq(all[1].source_key, "K7");
    ck_assert_str_eq(all[2].source_key, "tue/x");
    struct intake_taken again = ingest(in, &said);
    ck_assert_uint_eq(again.calls_same, 3);
    ck_assert_uint_eq(again.calls_new + again.calls_changed, 0);
}
END_TEST

/* One that is refused again is no less known for it; one named by itself has its bare name. */
START_TEST(what_is_refused_again_is_still_known)
{
    const struct ingest_options said = {.source = "pbx"};
    const char *path = file_join(a, folder, "in/mon/x.vtt");
    put(path, "WEBVTT\n");
    ingest(path, &said);
    ck_assert_int_eq(retry(1), INGEST_REFUSED);
    put(path, SPOKEN("Hello."));
    ck_assert_int_eq(retry(1), INGEST_TAKEN);
    ck_assert_uint_eq(keys("x", "x"), 1);
    ck_assert_uint_eq(ingest(path, &said).calls_same, 1);
}
END_TEST

START_TEST(what_an_older_version_refused_is_given_again)
{
    const char *path = file_join(a, folder, "in/mon/x.vtt");
    put(path, SPOKEN("Hello."));
    struct store_import i = {.at = now,
                             .way = STORE_BY_COMMAND,
                             .who = "console",
                             .name = "x.vtt",
                             .place = path,
                             .verdict = STORE_REFUSED,
                             .format = "",
                             .reason = "",
                             .said = ""};
    ck_assert(store_begin(store, &e) && store_end(store, store_import_put(store, &i, &e), &e));
    ck_assert_int_eq(retry(1), INGEST_REFUSED);
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(e.text, "earshot ingest"));
}
END_TEST

START_TEST(what_is_passed_over_stays_refused)
{
    struct store_import i;
    const char *path = put_refused("x.vtt", "WEBVTT\n");
    struct desk d = desk();
    put(path, "");
    ck_assert_int_eq(retry(1), INGEST_REFUSED);
    ck_assert(imports_open(&d, 1, &i, &e));
    ck_assert_int_eq(i.verdict, STORE_REFUSED);
    ck_assert_ptr_nonnull(strstr(i.reason, "is empty"));
    put(path, SPOKEN("Hello."));
    ck_assert_int_eq(retry(1), INGEST_TAKEN);
}
END_TEST

/* --- pushing --- */

static int push(const char *key, const char *body, const char **answer)
{
    char token[IMPORTS_TOKEN];
    struct desk d = desk();
    int status = 0;
    err_clear(&e);
    if (!pusher.id) {
        ck_assert_msg(imports_token_add(&d, "pbx", token, &e), "%s", e.text);
        ck_assert_msg(imports_token_find(&d, token, &pusher, &e), "%s", e.text);
    }
    return imports_push(&d, &pusher, key, slice_of(body), &status, answer, &e) ? status
                                                                               : -(int)e.kind;
}

START_TEST(transcripts_without_a_key_stay_apart)
{
    const char *answer;
    ck_assert_int_eq(push("", SPOKEN("One."), &answer), 200);
    ck_assert_ptr_nonnull(strstr(answer, "\"new\":1"));
    ck_assert_int_eq(push("", SPOKEN("Two."), &answer), 200);
    ck_assert_ptr_nonnull(strstr(answer, "\"new\":1"));
    ck_assert_int_eq(push("", SPOKEN("One."), &answer), 200);
    ck_assert_ptr_nonnull(strstr(answer, "\"unchanged\":1"));
    ck_assert_int_eq(n_calls(), 2);
}
END_TEST

/* Another push of that key that is answered while this one is read. */
START_TEST(two_bodies_at_once_are_not_one)
{
    const char *answer;
    ck_assert_int_eq(push("", SPOKEN("One."), &answer), 200);
    ck_assert(sql("CREATE TRIGGER rival AFTER INSERT ON calls BEGIN INSERT INTO pushes"
                  " VALUES (1, 'k', printf('%064d', 0), 1790000000000, 200, 'theirs'); END"));
    ck_assert_int_eq(push("k", SPOKEN("Two."), &answer), -ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(e.text, "came with another body before"));
}
END_TEST

TCase *desk_imports_case(void)
{
    TCase *t = tcase_create("imports");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, imports_setup, teardown);
    support_rows(t, test_what_is_dropped, rows);
    tcase_add_test(t, test_many_lines_go_part_by_part);
    tcase_add_test(t, files_tried_again_stay_apart);
    tcase_add_test(t, a_second_file_of_a_name_keeps_it);
    tcase_add_test(t, what_is_tried_again_is_what_it_was);
    tcase_add_test(t, what_is_refused_again_is_still_known);
    tcase_add_test(t, what_an_older_version_refused_is_given_again);
    tcase_add_test(t, what_is_passed_over_stays_refused);
    tcase_add_test(t, transcripts_without_a_key_stay_apart);
    tcase_add_test(t, two_bodies_at_once_are_not_one);
    return t;
}
