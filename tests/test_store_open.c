#define _GNU_SOURCE
#include "test_store_fixture.h"

#include "base/file.h"
#include "store/unscored.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t calls(struct fixture *f, struct store *s)
{
    int64_t n = -1;
    must(f, store_call_count(s, &n, &f->e));
    return n;
}

START_TEST(what_is_committed_is_there_after_reopening)
{
    struct fixture f;
    fixture_open(&f);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    ck_assert_int_eq(fixture_put(&f, &c), STORE_NEW);
    fixture_reopen(&f);
    ck_assert_int_eq(calls(&f, f.s), 1);
    fixture_close(&f);
}
END_TEST

/* D2 */
START_TEST(a_second_writer_is_refused_and_told_who)
{
    struct fixture f;
    char pid[32];
    fixture_open(&f);
    ck_assert(store_open_writer(f.folder, &f.e) == NULL);
    ck_assert_int_eq(f.e.kind, ERR_BUSY);
    snprintf(pid, sizeof pid, "process %ld", (long)getpid());
    ck_assert(strstr(f.e.text, f.folder) && strstr(f.e.text, pid));
    fixture_close(&f);
}
END_TEST

START_TEST(readers_run_beside_the_writer_and_see_what_was_committed)
{
    struct fixture f;
    fixture_open(&f);
    struct store *reader = store_open_reader(f.folder, &f.e);
    must(&f, reader != NULL);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    enum store_put what;
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_call_put(f.s, &c, &fixture_act, &what, &f.e));
    ck_assert_int_eq(calls(&f, reader), 0);
    must(&f, store_commit(f.s, &f.e));
    ck_assert_int_eq(calls(&f, reader), 1);

    must(&f, store_begin(reader, &f.e)); /* as of one moment */
    ck_assert_int_eq(calls(&f, reader), 1);
    struct call d = fixture_call(&f, "2", "a01", "Blue", 1, "Hello.", "Hi.");
    fixture_put(&f, &d);
    ck_assert_int_eq(calls(&f, reader), 1);
    store_rollback(reader);
    ck_assert_int_eq(calls(&f, reader), 2);
    store_close(reader);
    fixture_close(&f);
}
END_TEST

START_TEST(a_reader_needs_a_store)
{
    struct fixture f;
    fixture_open(&f);
    refused(&f, store_open_reader(fixture_path(&f, "nowhere"), &f.e) != NULL, ERR_MISSING);
    fixture_close(&f);
}
END_TEST

START_TEST(a_rollback_leaves_nothing)
{
    struct fixture f;
    struct buf before = {0}, after = {0};
    fixture_open(&f);
    must(&f, store_dump(f.s, &before, &f.e));
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    enum store_put what;
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_call_put(f.s, &c, &fixture_act, &what, &f.e));
    store_rollback(f.s);
    must(&f, store_dump(f.s, &after, &f.e));
    ck_assert_str_eq(buf_text(&before), buf_text(&after));
    ck_assert_int_eq(fixture_put(&f, &c), STORE_NEW); /* the handle goes on */
    buf_free(&before), buf_free(&after);
    fixture_close(&f);
}
END_TEST

/* A caller that goes on after a failed write cannot keep the rest. */
START_TEST(a_failed_write_spoils_the_transaction)
{
    struct fixture f;
    fixture_open(&f);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    enum store_put what;
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_call_put(f.s, &c, &fixture_act, &what, &f.e));
    refused(&f, store_session_add(f.s, "too short for a hash", 1, 1, &f.e), ERR_CONFLICT);
    refused(&f, store_commit(f.s, &f.e), ERR_CONFLICT);
    ck_assert_int_eq(calls(&f, f.s), 0);
    fixture_close(&f);
}
END_TEST

static void begin_twice(struct store *s, struct err *e)
{
    (void)(store_begin(s, e) && store_begin(s, e));
}

static void write_outside(struct store *s, struct err *e)
{
    store_session_end(s, "x", e);
}

static void commit_unbegun(struct store *s, struct err *e)
{
    store_commit(s, e);
}

static const struct {
    const char *name;
    void (*mistake)(struct store *s, struct err *e);
} mistakes[] = {
    {"test_store_open.c", begin_twice},
    {"outside a transaction", write_outside},
    {"not begun", commit_unbegun},
};

/* In a child of its own, so that the abort also shows where tests are not forked. */
START_TEST(our_own_mistakes_abort_and_say_where)
{
    struct fixture f;
    int ends[2], status;
    char said[512] = "";
    fixture_open(&f);
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], 2);
        mistakes[_i].mistake(f.s, &f.e);
        _exit(0);
    }
    close(ends[1]);
    for (size_t n = 0; n < sizeof said - 1;) {
        ssize_t got = read(ends[0], said + n, sizeof said - 1 - n);
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    close(ends[0]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    ck_assert_msg(strstr(said, mistakes[_i].name) != NULL, "%s", said);
    fixture_close(&f);
}
END_TEST

static void *add_some(void *context)
{
    struct fixture *f = context;
    struct arena *a = arena_open();
    for (int i = 0; i < 50; i++) {
        struct err e = {0};
        struct store_team t = {arena_format(a, "t%d-%p", i, (void *)&e), "Team", 0};
        ck_assert(store_begin(f->s, &e));
        bool ok = store_team_put(f->s, &t, &e);
        ck_assert(store_end(f->s, ok, &e));
        size_t n;
        struct store_team *teams;
        ck_assert(store_team_list(f->s, &store_everything, a, &teams, &n, &e));
    }
    arena_close(a);
    return NULL;
}

START_TEST(threads_share_the_writer)
{
    struct fixture f;
    pthread_t threads[4];
    struct store_team *teams;
    size_t n;
    fixture_open(&f);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, add_some, &f), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    must(&f, store_team_list(f.s, &store_everything, f.a, &teams, &n, &f.e));
    ck_assert_uint_eq(n, 200);
    fixture_close(&f);
}
END_TEST

/* D6 */
START_TEST(an_older_store_is_brought_up_to_date_and_copied_before)
{
    struct fixture f;
    fixture_open(&f);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    fixture_put(&f, &c);
    store_close(f.s);
    f.s = NULL;
    ck_assert(fixture_outside(&f,
                              "DROP TABLE unscored;"
                              "DROP TABLE card_sheet_detail; DROP TABLE card_sheets;"
                              "DROP TABLE measures; DROP TABLE peaks; DROP TABLE said;"
                              "DROP TABLE indexed; DROP TABLE settings; DROP TABLE card_lineage;"
                              "DROP TABLE backtests; DROP INDEX calls_by_key;"
                              "DROP TABLE call_names; DROP TABLE undescribed;"
                              "DROP TABLE waiting; DROP TABLE imports; DROP TABLE pushes;"
                              "DROP TABLE tokens; DROP TABLE recording_files; DROP TABLE levels;"
                              "ALTER TABLE card_versions DROP COLUMN failures;"
                              "ALTER TABLE card_versions DROP COLUMN off_at;"
                              "ALTER TABLE card_versions DROP COLUMN off_why;"
                              "PRAGMA user_version = 1"));
    refused(&f, store_open_reader(f.folder, &f.e) != NULL, ERR_CONFLICT);
    fixture_reopen(&f);
    ck_assert_int_eq(calls(&f, f.s), 1);
    ck_assert_int_eq(access(fixture_path(&f, "earshot.db.before-1"), F_OK), 0);
    int64_t waiting;
    must(&f, store_unscored_count(f.s, STORE_UNSCORED_WAITS, &waiting, &f.e));
    ck_assert_int_eq(waiting, 1);
    /* What was made again works: results can be put. */
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_end(f.s, store_measures_put(f.s, c.id, &c.measures, &f.e), &f.e));
    fixture_close(&f);
}
END_TEST

static const struct {
    const char *sql, *says;
} not_ours[] = {
    {"PRAGMA user_version = 99", "newer"},
    {"PRAGMA application_id = 77", "another program"},
};

START_TEST(a_newer_or_foreign_store_is_refused)
{
    struct fixture f;
    fixture_open(&f);
    store_close(f.s);
    f.s = NULL;
    ck_assert(fixture_outside(&f, not_ours[_i].sql));
    ck_assert(store_open_writer(f.folder, &f.e) == NULL);
    ck_assert_int_eq(f.e.kind, ERR_CONFLICT);
    ck_assert_msg(strstr(f.e.text, not_ours[_i].says) != NULL, "%s", f.e.text);
    err_clear(&f.e);
    refused(&f, store_open_reader(f.folder, &f.e) != NULL, ERR_CONFLICT);
    fixture_close(&f);
}
END_TEST

START_TEST(a_damaged_file_is_an_error)
{
    struct fixture f;
    fixture_open(&f);
    store_close(f.s);
    f.s = NULL;
    must(&f, file_write(fixture_path(&f, "earshot.db"), SLICE("this is no database at all"), &f.e));
    refused(&f, store_open_writer(f.folder, &f.e) != NULL, ERR_IO);
    fixture_close(&f);
}
END_TEST

void cases_open(Suite *s)
{
    TCase *t = tcase_create("open");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, what_is_committed_is_there_after_reopening);
    tcase_add_test(t, a_second_writer_is_refused_and_told_who);
    tcase_add_test(t, readers_run_beside_the_writer_and_see_what_was_committed);
    tcase_add_test(t, a_reader_needs_a_store);
    tcase_add_test(t, a_rollback_leaves_nothing);
    tcase_add_test(t, a_failed_write_spoils_the_transaction);
    support_rows(t, our_own_mistakes_abort_and_say_where, mistakes);
    tcase_add_test(t, threads_share_the_writer);
    tcase_add_test(t, an_older_store_is_brought_up_to_date_and_copied_before);
    support_rows(t, a_newer_or_foreign_store_is_refused, not_ours);
    tcase_add_test(t, a_damaged_file_is_an_error);
    suite_add_tcase(s, t);
}
