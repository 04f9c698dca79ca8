#include "test_store_fixture.h"

#include "base/file.h"
#include "store/media.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void damage_is_none(struct fixture *f)
{
    struct buf said = {0};
    must(f, store_check(f->s, &said, &f->e));
    ck_assert_msg(said.n == 0, "%s", buf_text(&said));
    buf_free(&said);
}

/* Writes until it is killed; says a number on `out` only once that call is saved. */
static _Noreturn void write_for_ever(struct fixture *f, int from, int out)
{
    struct err e = {0};
    struct store *s = store_open_writer(f->folder, &e);
    for (int i = from; s; i++) {
        enum store_put what;
        struct call c = fixture_call(f, arena_format(f->a, "k%d", i), "a01", "Blue", i,
                                     "Thank you for calling.", "My bill is wrong.");
        if (!store_begin(s, &e) ||
            !store_end(s, store_call_put(s, &c, &fixture_act, &what, &e), &e) ||
            write(out, &i, sizeof i) != sizeof i)
            break;
    }
    _exit(1);
}

/* B10, D3: kill -9 while writing loses nothing that was acknowledged. */
START_TEST(B10_kill_while_writing)
{
    enum { ROUNDS = 20 };
    struct fixture f;
    int next = 0;
    fixture_open(&f);
    for (int round = 0; round < ROUNDS; round++) {
        int ends[2], status, number, some = 3 + rand() % 5;
        store_close(f.s);
        f.s = NULL;
        ck_assert_int_eq(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0)
            write_for_ever(&f, next, ends[1]);
        close(ends[1]);
        while (read(ends[0], &number, sizeof number) == sizeof number) {
            next = number + 1;
            if (--some == 0)
                kill(child, SIGKILL);
        }
        close(ends[0]);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        f.s = store_open_writer(f.folder, &f.e);
        must(&f, f.s != NULL);
        damage_is_none(&f);
        for (int i = 0; i < next; i++) {
            char id[CALL_ID];
            struct call got;
            call_make_id("harbour", arena_format(f.a, "k%d", i), id);
            must(&f, store_call_get(f.s, &store_everything, id, f.a, &got, &f.e));
        }
        next += 2; /* one may be there without having been acknowledged */
        for (int i = next - 2; i < next; i++) {
            struct call c = fixture_call(&f, arena_format(f.a, "k%d", i), "a01", "Blue", i,
                                         "Thank you for calling.", "My bill is wrong.");
            fixture_put(&f, &c);
        }
    }
    fixture_close(&f);
}
END_TEST

static int fill_until_full(struct fixture *f)
{
    char *text = arena_take(f->a, 40001);
    for (int i = 0; i < 40000; i++)
        text[i] = (char)('a' + rand() % 26);
    for (int i = 0;; i++) {
        enum store_put what;
        struct call c =
            fixture_call(f, arena_format(f->a, "f%d", i), "a01", "Blue", i, text, "Hi.");
        ck_assert_msg(i < 2000, "never full");
        if (!store_begin(f->s, &f->e))
            return i;
        if (!store_end(f->s, store_call_put(f->s, &c, &fixture_act, &what, &f->e), &f->e))
            return i;
    }
}

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* D7: the disk is full. What was saved stays, nothing is half-stored, and writing goes on once
 * there is room. */
START_TEST(D7_a_full_disk_is_said_and_survived)
{
    struct fixture f;
    int64_t n;
    signal(SIGXFSZ, SIG_IGN);
    fixture_open(&f);
    limit_files(3 << 20);
    int saved = fill_until_full(&f);
    ck_assert_msg(f.e.kind == ERR_FULL, "%d: %s", f.e.kind, f.e.text);
    err_clear(&f.e);
    ck_assert_int_gt(saved, 3);
    must(&f, store_call_count(f.s, &n, &f.e)); /* reading goes on */
    ck_assert_int_eq(n, saved);
    limit_files(RLIM_INFINITY);
    struct call c = fixture_call(&f, "after", "a01", "Blue", 0, "Hello.", "Hi.");
    ck_assert_int_eq(fixture_put(&f, &c), STORE_NEW);
    fixture_reopen(&f);
    must(&f, store_call_count(f.s, &n, &f.e));
    ck_assert_int_eq(n, saved + 1);
    damage_is_none(&f);
    fixture_close(&f);
}
END_TEST

START_TEST(D4_a_recording_that_does_not_fit_leaves_nothing)
{
    struct fixture f;
    struct store_sweep sweep;
    struct buf bytes = {0};
    char hash[HASH_TEXT];
    signal(SIGXFSZ, SIG_IGN);
    fixture_open(&f);
    memset(buf_grow(&bytes, 1 << 20), 'x', 1 << 20);
    hash_text(buf_all(&bytes), hash);
    must(&f, file_write(fixture_path(&f, "in.wav"), buf_all(&bytes), &f.e));
    limit_files(1 << 19);
    refused(&f, store_media_keep(f.s, fixture_path(&f, "in.wav"), hash, &f.e), ERR_FULL);
    limit_files(RLIM_INFINITY);
    must(&f, store_media_sweep(f.s, f.a, &sweep, &f.e));
    ck_assert_uint_eq(sweep.n_stray, 0);
    must(&f, store_media_keep(f.s, fixture_path(&f, "in.wav"), hash, &f.e));
    buf_free(&bytes);
    fixture_close(&f);
}
END_TEST

void cases_crash(Suite *s)
{
    TCase *t = tcase_create("crash");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, B10_kill_while_writing);
    tcase_add_test(t, D7_a_full_disk_is_said_and_survived);
    tcase_add_test(t, D4_a_recording_that_does_not_fit_leaves_nothing);
    suite_add_tcase(s, t);
}
