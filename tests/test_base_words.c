/* What was meant by a mistyped word, and numbers that name things. */
#include "test_base.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/near.h"
#include "support.h"

#include <stdio.h>

static const struct {
    const char *typed, *meant; /* NULL: nothing is near enough */
} slips[] = {
    {"ingest", "ingest"},
    {"ingset", "ingest"},
    {"INGEST", "ingest"},
    {"ingst", "ingest"},
    {"inngest", "ingest"},
    {"wait", "waiting"},
    {"w", NULL},
    {"waitingforit", NULL},
    {"scor", "score"},
    {"scare", "score"},
    {"xxxxx", NULL},
    {"", NULL},
    {"e", NULL},
    {"in", "ingest"},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL},
};

/* Numbers that name something keep every digit. */
START_TEST(long_numbers_are_whole)
{
    static const double numbers[] = {4503599627501571.0, 9007199254740991.0, -1234567890123457.0,
                                     5};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct buf text = {0};
        struct err e = {0};
        char expected[40];
        struct json *j = json_object();
        int64_t back = 0;
        json_put_number(j, "id", numbers[i]);
        ck_assert(json_integer(json_get(j, "id"), &back) && (double)back == numbers[i]);
        json_print(j, &text);
        json_free(j);
        snprintf(expected, sizeof expected, "{\"id\":%.0f}", numbers[i]);
        ck_assert_str_eq(buf_text(&text), expected);
        j = json_parse(buf_all(&text), JSON_DEPTH, &e);
        ck_assert(json_get_integer(j, "id", 0) == (int64_t)numbers[i]);
        json_free(j);
        buf_free(&text);
    }
}
END_TEST

START_TEST(what_was_meant)
{
    static const char *const names[] = {"ingest", "score", "waiting", "x\xCE\xB1"};
    struct near near;
    near_start(&near, slice_of(slips[_i].typed));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        near_try(&near, names[i]);
    if (slips[_i].meant)
        ck_assert_str_eq(near.name ? near.name : "", slips[_i].meant);
    else
        ck_assert_ptr_null(near.name);
}
END_TEST

TCase *test_base_words(void)
{
    TCase *t = tcase_create("words");
    support_rows(t, what_was_meant, slips);
    tcase_add_test(t, long_numbers_are_whole);
    return t;
}
