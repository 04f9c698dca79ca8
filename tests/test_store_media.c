#include "test_store_fixture.h"

#include "base/file.h"
#include "store/media.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct store_recording keep(struct fixture *f, const char *bytes)
{
    struct store_recording r = {.mime = "audio/wav", .channels = 2, .rate = 8000, .frames = 80};
    const char *path = fixture_path(f, "in.wav");
    r.bytes = (int64_t)strlen(bytes), r.ms = 10;
    hash_text(slice_of(bytes), r.hash);
    must(f, file_write(path, slice_of(bytes), &f->e));
    must(f, store_media_keep(f->s, path, r.hash, &f->e));
    must(f, store_begin(f->s, &f->e));
    must(f, store_end(f->s, store_recording_put(f->s, &r, &f->e), &f->e));
    return r;
}

static void give_call(struct fixture *f, const struct store_recording *r)
{
    struct call c = fixture_call(f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    memcpy(c.recording, r->hash, HASH_TEXT);
    c.recording_n_channels = 2, c.recording_ms = r->ms;
    c.recording_channels[1] = CALL_CUSTOMER;
    must(f, call_finish(&c, f->a, &f->e));
    fixture_put(f, &c);
}

START_TEST(a_recording_is_kept_by_its_hash)
{
    struct fixture f;
    struct store_recording got;
    char bytes[16] = "";
    fixture_open(&f);
    struct store_recording r = keep(&f, "RIFF....");
    keep(&f, "RIFF...."); /* again is fine */
    give_call(&f, &r);
    must(&f, store_recording_get(f.s, &store_everything, r.hash, f.a, &got, &f.e));
    ck_assert_str_eq(got.mime, "audio/wav");
    int fd = store_media_open(f.s, r.hash, &f.e);
    must(&f, fd >= 0);
    ck_assert_int_eq(read(fd, bytes, sizeof bytes), 8);
    close(fd);
    fixture_close(&f);
}
END_TEST

/* W10: a recording is seen by who may see a call that has it. */
START_TEST(recordings_keep_to_the_viewer)
{
    static const struct {
        struct store_viewer viewer;
        bool seen;
    } cases[] = {
        {{0}, false},
        {{STORE_SEES_AGENT, "a01", NULL}, true},
        {{STORE_SEES_AGENT, "a02", NULL}, false},
        {{STORE_SEES_TEAM, NULL, "Blue"}, true},
        {{STORE_SEES_TEAM, NULL, "Green"}, false},
    };
    struct fixture f;
    struct store_recording got;
    fixture_open(&f);
    struct store_recording r = keep(&f, "RIFF....");
    refused(&f, store_recording_get(f.s, &store_everything, r.hash, f.a, &got, &f.e), ERR_MISSING);
    give_call(&f, &r);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool seen = store_recording_get(f.s, &cases[i].viewer, r.hash, f.a, &got, &f.e);
        ck_assert_msg(seen == cases[i].seen, "case %zu", i);
        err_clear(&f.e);
    }
    fixture_close(&f);
}
END_TEST

START_TEST(a_file_that_changed_or_is_none_is_refused)
{
    struct fixture f;
    char hash[HASH_TEXT];
    struct store_sweep sweep;
    fixture_open(&f);
    hash_text(SLICE("other bytes"), hash);
    must(&f, file_write(fixture_path(&f, "in.wav"), SLICE("bytes"), &f.e));
    refused(&f, store_media_keep(f.s, fixture_path(&f, "in.wav"), hash, &f.e), ERR_CONFLICT);
    refused(&f, store_media_keep(f.s, fixture_path(&f, "none.wav"), hash, &f.e), ERR_IO);
    refused(&f, store_media_keep(f.s, f.folder, hash, &f.e), ERR_INPUT);
    must(&f, store_media_sweep(f.s, f.a, &sweep, &f.e)); /* nothing half-kept is left */
    ck_assert_uint_eq(sweep.n_stray, 0);
    refused(&f, store_media_open(f.s, hash, &f.e) >= 0, ERR_MISSING);
    refused(&f, store_media_open(f.s, "../../earshot.db", &f.e) >= 0, ERR_MISSING);
    fixture_close(&f);
}
END_TEST

START_TEST(a_link_is_not_followed)
{
    struct fixture f;
    fixture_open(&f);
    struct store_recording r = keep(&f, "RIFF....");
    const char *path = store_media_path(f.s, r.hash, f.a);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(symlink("/etc/passwd", path), 0);
    refused(&f, store_media_open(f.s, r.hash, &f.e) >= 0, ERR_MISSING);
    fixture_close(&f);
}
END_TEST

/* D4 */
/* A crash leaves files that were never whole; only those go. */
START_TEST(unfinished_files_are_cleared)
{
    static const char hash[] = "abababababababababababababababababababababababababababababababab";
    struct fixture f;
    struct err e = {0};
    fixture_open(&f);
    const char *whole = fixture_path(&f, arena_format(f.a, "media/ab/%s", hash));
    const char *half = arena_format(f.a, "%s.part.x1Y2z3", whole);
    const char *other = fixture_path(&f, "media/ab/notes.part.txt");
    ck_assert(file_make_folder(fixture_path(&f, "media/ab"), &e));
    ck_assert(file_write(whole, SLICE("x"), &e) && file_write(half, SLICE("x"), &e) &&
              file_write(other, SLICE("x"), &e));
    ck_assert_uint_eq(store_media_clear(f.s), 1);
    ck_assert_uint_eq(store_media_clear(f.s), 0);
    ck_assert(access(whole, F_OK) == 0 && access(other, F_OK) == 0 && access(half, F_OK) != 0);
    fixture_close(&f);
}
END_TEST

START_TEST(the_sweep_names_what_does_not_fit)
{
    struct fixture f;
    struct store_sweep sweep;
    fixture_open(&f);
    struct store_recording whole = keep(&f, "whole"), gone = keep(&f, "gone"),
                           cut = keep(&f, "cut");
    (void)whole;
    must(&f, store_media_sweep(f.s, f.a, &sweep, &f.e));
    ck_assert_uint_eq(sweep.n_missing + sweep.n_stray, 0);
    unlink(store_media_path(f.s, gone.hash, f.a));
    ck_assert_int_eq(truncate(store_media_path(f.s, cut.hash, f.a), 1), 0);
    must(&f, file_write(fixture_path(&f, "media/left.part.Xy12"), SLICE("x"), &f.e));
    char stray[HASH_TEXT];
    hash_text(SLICE("stray"), stray);
    must(&f, file_make_folder(file_folder_of(f.a, store_media_path(f.s, stray, f.a)), &f.e));
    must(&f, file_write(store_media_path(f.s, stray, f.a), SLICE("stray"), &f.e));
    must(&f, store_media_sweep(f.s, f.a, &sweep, &f.e));
    ck_assert_uint_eq(sweep.n_missing, 2);
    ck_assert_uint_eq(sweep.n_stray, 2);
    fixture_close(&f);
}
END_TEST

START_TEST(a_call_cannot_name_a_recording_that_was_not_kept)
{
    struct fixture f;
    enum store_put what;
    fixture_open(&f);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "Hi.");
    hash_text(SLICE("nowhere"), c.recording);
    c.recording_n_channels = 1;
    must(&f, store_begin(f.s, &f.e));
    refused(&f, store_call_put(f.s, &c, &fixture_act, &what, &f.e), ERR_MISSING);
    store_rollback(f.s);
    fixture_close(&f);
}
END_TEST

START_TEST(peaks_come_back)
{
    struct fixture f;
    struct slice dat;
    fixture_open(&f);
    struct store_recording r = keep(&f, "RIFF....");
    must(&f, store_peaks_get(f.s, r.hash, f.a, &dat, &f.e));
    ck_assert_uint_eq(dat.n, 0);
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_end(f.s, store_peaks_put(f.s, r.hash, SLICE("\2\0\0\0x"), &f.e), &f.e));
    must(&f, store_peaks_get(f.s, r.hash, f.a, &dat, &f.e));
    ck_assert_uint_eq(dat.n, 5);
    ck_assert_mem_eq(dat.p, "\2\0\0\0x", 5);
    fixture_close(&f);
}
END_TEST

void cases_media(Suite *s)
{
    TCase *t = tcase_create("media");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_recording_is_kept_by_its_hash);
    tcase_add_test(t, recordings_keep_to_the_viewer);
    tcase_add_test(t, a_file_that_changed_or_is_none_is_refused);
    tcase_add_test(t, a_link_is_not_followed);
    tcase_add_test(t, unfinished_files_are_cleared);
    tcase_add_test(t, the_sweep_names_what_does_not_fit);
    tcase_add_test(t, a_call_cannot_name_a_recording_that_was_not_kept);
    tcase_add_test(t, peaks_come_back);
    suite_add_tcase(s, t);
}
