#include "support.h"
#include "test_base.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/fold.h"
#include "base/frac.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "base/wire.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

START_TEST(first_cause_wins)
{
    struct err e = {0};
    ck_assert(!err_set(&e, ERR_INPUT, "line %d", 3));
    ck_assert(!err_set(&e, ERR_IO, "later"));
    err_within(&e, "file %s", "a.csv");
    ck_assert_str_eq(e.text, "file a.csv: line 3");
    ck_assert_int_eq(e.kind, ERR_INPUT);
    err_clear(&e);
    ck_assert_int_eq(e.kind, ERR_NONE);
}
END_TEST

START_TEST(long_errors_end_at_a_character)
{
    struct err e = {0};
    struct buf greek = {0};
    for (int i = 0; i < 2000; i++)
        buf_str(&greek, "α");
    err_set(&e, ERR_INPUT, "x%s", greek.p);
    ck_assert(utf8_valid(slice_of(e.text)));
    ck_assert_uint_gt(strlen(e.text), sizeof e.text - 8);
    buf_free(&greek);
}
END_TEST

static const struct {
    const char *text;
    int64_t value;
    bool ok;
} integers[] = {
    {"0", 0, true},
    {"-12", -12, true},
    {"9223372036854775807", INT64_MAX, true},
    {"-9223372036854775808", INT64_MIN, true},
    {"9223372036854775808", 0, false},
    {"", 0, false},
    {"-", 0, false},
    {" 1", 0, false},
    {"1x", 0, false},
    {"+1", 0, false},
};

START_TEST(integer)
{
    int64_t value = 0;
    ck_assert_int_eq(slice_integer(slice_of(integers[_i].text), &value), integers[_i].ok);
    if (integers[_i].ok)
        ck_assert_int_eq(value, integers[_i].value);
}
END_TEST

START_TEST(lines_and_pieces)
{
    struct slice rest = SLICE("a\r\nb\rc\n"), piece;
    const char *lines[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
        ck_assert(slice_line(&rest, &piece));
        ck_assert(slice_is(piece, lines[i]));
    }
    ck_assert(!slice_line(&rest, &piece));
    rest = SLICE("a,,b");
    int n = 0;
    ck_assert(!slice_take(&rest, ',') && slice_take(&(struct slice){rest.p, 1}, rest.p[0]));
    ck_assert(!slice_take(&(struct slice){rest.p, 0}, rest.p[0]));
    while (slice_cut(&rest, ',', &piece))
        n++;
    ck_assert_int_eq(n, 3);
}
END_TEST

static const struct {
    const char *bytes;
    size_t n;
    bool valid;
    const char *cleaned;
} texts[] = {
    {"plain", 5, true, "plain"},
    {"a\0b", 3, false, "ab"},
    {"\xC0\xAF", 2, false, "\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"\xED\xA0\x80", 3, false, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"\xE8\xB4\xA6", 3, true, "账"},
    {"\xEF\xBB\xBFx", 4, true, "x"},
    {"\x06\xEF\xBB\xBFx", 5, true, "x"},
    {"a\r\nb\rc\x07", 7, true, "a\nb\nc"},
    {"\xF4\x90\x80\x80", 4, false, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
};

START_TEST(text_from_outside)
{
    struct buf out = {0};
    struct slice s = {texts[_i].bytes, texts[_i].n};
    ck_assert_int_eq(utf8_valid(s), texts[_i].valid);
    utf8_clean(&out, s);
    ck_assert_str_eq(buf_text(&out), texts[_i].cleaned);
    ck_assert(utf8_valid(buf_all(&out)));
    buf_free(&out);
}
END_TEST

static const struct {
    const char *text, *folded;
} folds[] = {
    {"Hello  World ", "hello world"},
    {"Παράπονο", "παραπονο"},
    {"ΠΑΡΆΠΟΝΟ", "παραπονο"},
    {"λογαριασμός", "λογαριασμοσ"},
    {"ＡＢＣ１２", "abc12"},
    {"我的 账单", "我的账单"},
    {"Straße", "strasse"},
    {"I’m “fine”", "i'm \"fine\""},
    {"ﬁne\u00ADly", "finely"},
    {"账单 ok", "账单 ok"},
    {"", ""},
};

START_TEST(folding)
{
    struct arena *a = arena_open();
    struct folded f = fold_text(a, slice_of(folds[_i].text));
    ck_assert_str_eq(f.text.p, folds[_i].folded);
    ck_assert_uint_eq(f.origin[f.text.n], strlen(folds[_i].text));
    for (size_t i = 1; i <= f.text.n; i++)
        ck_assert_uint_le(f.origin[i - 1], f.origin[i]);
    arena_close(a);
}
END_TEST

START_TEST(folding_keeps_places)
{
    struct arena *a = arena_open();
    const char *text = "Εσύ:  Παράπονο!";
    struct folded f = fold_text(a, slice_of(text));
    const char *at = strstr(f.text.p, "παραπονο");
    ck_assert_ptr_nonnull(at);
    ck_assert_ptr_eq(text + f.origin[at - f.text.p], strstr(text, "Παράπονο"));
    arena_close(a);
}
END_TEST

static const struct {
    const char *text, *fault;
} bad_json[] = {
    {"{\"a\":1,}", "line 1, column 8"}, {"{\n \"a\": nope}", "line 2, column 7"},
    {"[1] 2", "line 1, column 5"},      {"[\"\\u0000\"]", "NUL"},
    {"[[[[]]]]", "nested deeper"},      {"", "line 1"},
};

START_TEST(json_faults_have_a_place)
{
    struct err e = {0};
    ck_assert_ptr_null(json_parse(slice_of(bad_json[_i].text), 3, &e));
    ck_assert_msg(strstr(e.text, bad_json[_i].fault) != NULL, "%s", e.text);
}
END_TEST

START_TEST(json_there_and_back)
{
    const char *text = "{\"b\":[1,2.5,true,null],\"a\":\"\\\"账\"}";
    struct err e = {0};
    struct buf out = {0};
    struct json *j = json_parse(slice_of(text), JSON_DEPTH, &e);
    ck_assert_msg(j, "%s", e.text);
    json_print(j, &out);
    ck_assert_str_eq(out.p, text);
    ck_assert_int_eq(json_get_integer(j, "a", 7), 7);
    ck_assert_uint_eq(json_count(json_get(j, "b")), 4);
    ck_assert_ptr_null(json_get(json_at(json_get(j, "b"), 9), "x"));
    json_free(j);
    buf_free(&out);
}
END_TEST

START_TEST(json_values_one_after_another)
{
    struct slice rest = SLICE("{\"a\":1}{\"a\":2}\n{\"a\":3}\n");
    struct err e = {0};
    for (int i = 1; rest.n; i++) {
        struct json *j = json_parse_next(&rest, JSON_DEPTH, &e);
        ck_assert_msg(j, "%s", e.text);
        ck_assert_int_eq(json_get_integer(j, "a", 0), i);
        json_free(j);
    }
}
END_TEST

/* A broken value behind a good one does not take the good one with it. */
START_TEST(json_values_before_a_broken_one)
{
    struct slice rest = SLICE("{\"a\": [1]} {\"a\": \"\\u0000\"}");
    struct err e = {0};
    struct json *j = json_parse_next(&rest, JSON_DEPTH, &e);
    ck_assert_msg(j != NULL, "%s", e.text);
    json_free(j);
    ck_assert_ptr_null(json_parse_next(&rest, JSON_DEPTH, &e));
}
END_TEST

static const struct {
    const char *path, *found; /* NULL: nothing there */
} paths[] = {
    {"a.b.1", "two"},     {"a.b.0", "one"}, {"a.b.2", NULL},     {"a.b.-1", NULL},
    {"a.x|a.b.0", "one"}, {"n|t", "here"},  {"t|a.b.0", "here"}, {"t.x", NULL},
    {"a.b.one", NULL},    {"x|y", NULL},    {"a..b", NULL},      {"a b.c", "blank"},
};

START_TEST(json_paths)
{
    struct err e = {0};
    struct json *j = json_parse(SLICE("{\"a\": {\"b\": [\"one\", \"two\"]}, \"n\": null, "
                                      "\"t\": \"here\", \"a b\": {\"c\": \"blank\"}}"),
                                JSON_DEPTH, &e);
    const char *found = json_text(json_path(j, paths[_i].path));
    ck_assert_msg(j != NULL, "%s", e.text);
    ck_assert_msg(!found == !paths[_i].found && (!found || strcmp(found, paths[_i].found) == 0),
                  "%s: %s", paths[_i].path, found ? found : "nothing");
    ck_assert_ptr_eq(json_path(j, ""), j);
    json_free(j);
}
END_TEST

START_TEST(wire_refuses_lies)
{
    struct buf b = {0};
    wire_put_u8(&b, 7);
    wire_put_i64(&b, -5);
    wire_put_f64(&b, 0.25);
    wire_put_text(&b, SLICE("abc"));
    struct wire w = {buf_all(&b)};
    ck_assert_uint_eq(wire_get_u8(&w), 7);
    ck_assert_int_eq(wire_get_i64(&w), -5);
    ck_assert(wire_get_f64(&w) == 0.25);
    ck_assert(slice_is(wire_get_text(&w), "abc"));
    ck_assert(wire_done(&w));
    for (size_t cut = 0; cut < b.n; cut++) {
        struct wire half = {{b.p, cut}};
        wire_get_u8(&half), wire_get_i64(&half), wire_get_f64(&half), wire_get_text(&half);
        ck_assert(half.bad);
    }
    struct wire lie = {SLICE("\xFF\xFF\xFF\xFFxx")};
    ck_assert_uint_eq(wire_get_count(&lie, 1), 0);
    ck_assert(lie.bad);
    buf_free(&b);
}
END_TEST

START_TEST(fractions)
{
    char text[32];
    ck_assert_int_eq(frac_compare(frac_from_double(1.0 / 3), frac_of(1, 3)), 0);
    ck_assert_int_eq(frac_compare(frac_from_double(0.1), frac_of(1, 10)), 0);
    ck_assert_int_eq(frac_compare(frac_from_double(79.95), frac_of(7995, 100)), 0);
    ck_assert_int_eq(frac_compare(frac_add(frac_of(1, 6), frac_of(1, 3)), frac_of(1, 2)), 0);
    ck_assert(!frac_ok(frac_div(frac_whole(1), frac_whole(0))));
    ck_assert(!frac_ok(frac_mul(frac_whole(INT64_MAX), frac_whole(3))));
    ck_assert(!frac_ok(frac_from_double(NAN)));
    ck_assert(!frac_ok(frac_add(frac_of(1, 0), frac_whole(1))));
    frac_print(frac_of(-4, 6), text, sizeof text);
    ck_assert_str_eq(text, "-2/3");
}
END_TEST

static const struct {
    int64_t n, d;
    int digits;
    const char *text;
} decimals[] = {
    {250, 3, 4, "83.3333"}, {7995, 100, 1, "80.0"}, {1, 2, 0, "1"}, {-1, 200, 1, "0.0"},
    {-5, 100, 1, "-0.1"},   {100, 1, 2, "100.00"},  {2, 3, 0, "1"}, {0, 1, 1, "0.0"},
};

START_TEST(decimal)
{
    char text[32];
    frac_print_decimal(frac_of(decimals[_i].n, decimals[_i].d), decimals[_i].digits, text,
                       sizeof text);
    ck_assert_str_eq(text, decimals[_i].text);
}
END_TEST

static const struct {
    const char *text, *utc; /* NULL: refused */
} times[] = {
    {"2026-10-05T09:14:02Z", "2026-10-05T09:14:02.000Z"},
    {"2026-10-05 09:14:02.5+02:00", "2026-10-05T07:14:02.500Z"},
    {"2026-10-05T09:14:02.123456-0130", "2026-10-05T10:44:02.123Z"},
    {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
    {"2026-02-29T00:00:00Z", NULL},
    {"2026-13-01T00:00:00Z", NULL},
    {"2026-10-05T09:14:02", NULL},
    {"2026-10-05", NULL},
    {"", NULL},
    {"2026-10-05T09:14:02Zx", NULL},
};

START_TEST(clock_texts)
{
    int64_t ms = 0;
    char out[CLOCK_TEXT];
    ck_assert_int_eq(clock_parse(slice_of(times[_i].text), &ms), times[_i].utc != NULL);
    if (times[_i].utc) {
        clock_print(ms, out);
        ck_assert_str_eq(out, times[_i].utc);
    }
}
END_TEST

START_TEST(hashes)
{
    char whole[HASH_TEXT], pieces[HASH_TEXT];
    hash_text(SLICE("abc"), whole);
    ck_assert_str_eq(whole, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    struct hash_stream *h = hash_open();
    hash_add(h, SLICE("a"));
    hash_add(h, SLICE("bc"));
    hash_close(h, pieces);
    ck_assert_str_eq(whole, pieces);
    ck_assert(hash_is_text(slice_of(whole)));
    ck_assert(!hash_is_text(SLICE("../etc")));
}
END_TEST

START_TEST(W6_passwords)
{
    char hash[SECRET_PASSWORD], other[SECRET_TOKEN], token[SECRET_TOKEN];
    struct err e = {0};
    ck_assert(secret_hash_password(SLICE("correct horse battery"), hash, &e));
    ck_assert(strstr(hash, "$argon2id$") == hash);
    ck_assert(secret_check_password(hash, SLICE("correct horse battery")));
    ck_assert(!secret_check_password(hash, SLICE("correct horse batterz")));
    ck_assert(!secret_acceptable(SLICE("short"), &e));
    err_clear(&e);
    ck_assert(!secret_acceptable(SLICE("aaaaaaaaaaaaaaa"), &e));
    err_clear(&e);
    ck_assert(!secret_acceptable(SLICE("abcdefgh\0jklmnop"), &e));
    secret_token(token), secret_token(other);
    ck_assert_uint_eq(strlen(token), 43);
    ck_assert_str_ne(token, other);
}
END_TEST

START_TEST(files_whole_or_not)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct slice got;
    const char *folder = support_folder();
    char *path = file_join(a, folder, "x.txt"), *deep = file_join(a, folder, "a/b/c");
    ck_assert_msg(file_write(path, SLICE("one"), &e) && file_write(path, SLICE("two"), &e), "%s",
                  e.text);
    ck_assert(file_read(a, path, 10, &got, &e) && slice_is(got, "two"));
    ck_assert(!file_read(a, path, 2, &got, &e));
    ck_assert_int_eq(e.kind, ERR_FULL);
    err_clear(&e);
    ck_assert(!file_read(a, folder, 10, &got, &e));
    err_clear(&e);
    ck_assert(!file_read(a, "/nowhere/x", 10, &got, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    err_clear(&e);
    ck_assert(file_make_folder(deep, &e) && file_make_folder(deep, &e));
    ck_assert_str_eq(file_folder_of(a, "/x"), "/");
    ck_assert_str_eq(file_name_of("a/b.c"), "b.c");
    arena_close(a);
}
END_TEST

START_TEST(lists_that_grow)
{
    struct arena *a = arena_open();
    int *items = NULL;
    size_t n = 0, room = 0;
    for (; n < 1000; n++) {
        items = arena_grow(a, items, n, &room, sizeof *items);
        items[n] = (int)n;
    }
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(items[i], (int)i);
    arena_close(a);
}
END_TEST

START_TEST(arenas_are_zeroed_and_aligned)
{
    struct arena *a = arena_open();
    for (int round = 0; round < 3; round++) {
        for (size_t n = 0; n < 100000; n = n * 3 + 1) {
            char *p = arena_take(a, n);
            ck_assert_uint_eq((uintptr_t)p % 16, 0);
            for (size_t i = 0; i < n; i++)
                ck_assert_int_eq(p[i], 0);
            memset(p, 'x', n);
        }
        arena_reset(a);
    }
    ck_assert_str_eq(arena_format(a, "%d-%s", 5, "x"), "5-x");
    arena_close(a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("base");
    TCase *t = tcase_create("base");
    tcase_add_test(t, first_cause_wins);
    tcase_add_test(t, long_errors_end_at_a_character);
    support_rows(t, integer, integers);
    tcase_add_test(t, lines_and_pieces);
    support_rows(t, text_from_outside, texts);
    support_rows(t, folding, folds);
    tcase_add_test(t, folding_keeps_places);
    support_rows(t, json_faults_have_a_place, bad_json);
    tcase_add_test(t, json_there_and_back);
    tcase_add_test(t, json_values_one_after_another);
    tcase_add_test(t, json_values_before_a_broken_one);
    support_rows(t, json_paths, paths);
    tcase_add_test(t, wire_refuses_lies);
    tcase_add_test(t, fractions);
    support_rows(t, decimal, decimals);
    support_rows(t, clock_texts, times);
    tcase_add_test(t, hashes);
    tcase_add_test(t, W6_passwords);
    tcase_add_test(t, files_whole_or_not);
    tcase_add_test(t, lists_that_grow);
    tcase_add_test(t, arenas_are_zeroed_and_aligned);
    suite_add_tcase(s, t);
    suite_add_tcase(s, test_base_words());
    return support_run(s, "base");
}
