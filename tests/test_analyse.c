/* Figures: intervals against published ones, trends by week over versions. */
#include "support.h"

#include "analyse/interval.h"
#include "analyse/trend.h"
#include "base/clock.h"

#include <math.h>
#include <string.h>

static const struct {
    double k;
    size_t n;
    double low, high;
} shares[] = {
    /* Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 */
    {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0.0000, 0.1611},
    {1, 29, 0.0061, 0.1718},   {20, 20, 0.8389, 1.0000},
};

START_TEST(of_share)
{
    struct interval i = interval_of_share(shares[_i].k / (double)shares[_i].n, shares[_i].n);
    ck_assert_double_eq_tol(i.low, shares[_i].low, 5e-5);
    ck_assert_double_eq_tol(i.high, shares[_i].high, 5e-5);
}
END_TEST

/* 1 2 ... n: the mean is (n + 1) / 2, its squares n (n * n - 1) / 12; Student's t from tables. */
static const struct {
    size_t n;
    double t;
} means[] = {{2, 12.706}, {3, 4.303},  {5, 2.776},  {6, 2.571},
             {8, 2.365},  {31, 2.042}, {121, 1.980}};

START_TEST(of_mean)
{
    double n = (double)means[_i].n, mean = (n + 1) / 2, squares = n * (n * n - 1) / 12,
           half = means[_i].t * sqrt(squares / (n - 1) / n);
    struct interval i = interval_of_mean(mean, squares, means[_i].n);
    ck_assert_double_eq_tol(i.low, mean - half, half * 2e-3);
    ck_assert_double_eq_tol(i.high, mean + half, half * 2e-3);
}
END_TEST

START_TEST(of_nothing)
{
    ck_assert(isnan(interval_of_share(0, 0).low));
    ck_assert(isnan(interval_of_mean(80, 0, 1).high));
}
END_TEST

/* --- trends --- */

static const struct trend_version VERSIONS[] = {
    {"1.0", "first", 1}, {"1.1", "reworded", 1}, {"2.0", "rescored", 2}};

struct seen {
    struct arena *a;
    struct trend *t;
};

static void seen_open(struct seen *s, enum trend_of of)
{
    s->a = arena_open();
    s->t = trend_new(s->a, of, VERSIONS, 3);
}

static void add(struct seen *s, size_t version, const char *day, size_t n, double value)
{
    int64_t at;
    ck_assert(clock_parse(slice_of(arena_format(s->a, "%sT09:00:00Z", day)), &at));
    for (size_t i = 0; i < n; i++)
        trend_add(s->t, version, at, value);
}

/* "week mean n few version began line", one row a line; what is unknown is "-". */
static void expect(struct seen *s, const char *rows)
{
    static const size_t shown[] = {0, 1, 2, 5, 6, 7, 8};
    struct buf text = {0};
    const struct table *t = trend_table(s->t, "", s->a);
    for (size_t r = 0; r < table_rows(t); r++)
        for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
            if (table_cell(t, r, shown[i])->known)
                table_show(t, r, shown[i], &text);
            else
                buf_char(&text, '-');
            buf_str(&text, i == 6 ? "\n" : " | ");
        }
    ck_assert_str_eq(buf_text(&text), rows);
    buf_free(&text);
    arena_close(s->a);
}

/* Versions of one line make one mean, also within a week; of two lines never. */
START_TEST(bridges_and_breaks)
{
    struct seen s;
    seen_open(&s, TREND_SCORES);
    add(&s, 0, "2026-10-05", 20, 60);
    add(&s, 0, "2026-10-12", 10, 60);
    add(&s, 1, "2026-10-14", 30, 80);
    add(&s, 1, "2026-10-19", 12, 80);
    add(&s, 2, "2026-10-25", 10, 40);
    add(&s, 2, "2026-10-26", 11, 40);
    expect(&s, "2026-10-05 | 60.0 % | 20 | - | 1.0 | - | 1\n"
               "2026-10-12 | 75.0 % | 40 | - | 1.0, 1.1 | 1.1: reworded | 1\n"
               "2026-10-19 | 80.0 % | 12 | - | 1.1 | - | 1\n"
               "2026-10-19 | 40.0 % | 10 | - | 2.0 | 2.0: rescored | 2\n"
               "2026-10-26 | 40.0 % | 11 | - | 2.0 | - | 2\n");
}
END_TEST

/* A week without a value is an empty row, no zero and no bridge; few values are called few; the
 * order in which calls come does not matter. */
START_TEST(gaps_and_few)
{
    struct seen s;
    seen_open(&s, TREND_SCORES);
    add(&s, 1, "2026-10-19", 9, 50);
    add(&s, 0, "2026-10-11", 1, 100);
    add(&s, 0, "2026-09-29", 10, 90);
    add(&s, 0, "2026-10-05", 1, 80);
    expect(&s, "2026-09-28 | 90.0 % | 10 | - | 1.0 | - | 1\n"
               "2026-10-05 | 90.0 % | 2 | few | 1.0 | - | 1\n"
               "2026-10-12 | - | 0 | - | - | - | -\n"
               "2026-10-19 | 50.0 % | 9 | few | 1.1 | 1.1: reworded | 1\n");
}
END_TEST

/* Back to an older version: it is named again, and its old line is the same. */
START_TEST(rolled_back)
{
    struct seen s;
    seen_open(&s, TREND_SCORES);
    add(&s, 0, "2026-10-05", 10, 60);
    add(&s, 2, "2026-10-12", 10, 60);
    add(&s, 0, "2026-10-19", 10, 60);
    expect(&s, "2026-10-05 | 60.0 % | 10 | - | 1.0 | - | 1\n"
               "2026-10-12 | 60.0 % | 10 | - | 2.0 | 2.0: rescored | 2\n"
               "2026-10-19 | 60.0 % | 10 | - | 1.0 | 1.0: again | 1\n");
}
END_TEST

START_TEST(nothing_is_no_row)
{
    struct seen s;
    seen_open(&s, TREND_SHARES);
    expect(&s, "");
}
END_TEST

/* The same values in one week, whatever version they came from: the interval is that of all. */
START_TEST(joined_intervals)
{
    struct seen whole, parts;
    seen_open(&whole, TREND_SCORES);
    seen_open(&parts, TREND_SCORES);
    for (int i = 0; i < 30; i++) {
        add(&whole, 0, "2026-10-05", 1, i);
        add(&parts, i % 3 ? 0 : 1, "2026-10-05", 1, i);
    }
    const struct table *x = trend_table(whole.t, "", whole.a),
                       *y = trend_table(parts.t, "", parts.a);
    for (size_t c = 1; c < 5; c++)
        ck_assert_double_eq_tol(table_cell(x, 0, c)->number, table_cell(y, 0, c)->number, 1e-9);
    ck_assert_double_eq_tol(table_cell(x, 0, 3)->number, 14.5 - 3.288, 1e-3);
    arena_close(whole.a);
    arena_close(parts.a);
}
END_TEST

/* All of a few alike does not mean certainty. */
START_TEST(share_of_few)
{
    struct seen s;
    seen_open(&s, TREND_SHARES);
    add(&s, 0, "2026-10-05", 5, 100);
    const struct table *t = trend_table(s.t, "", s.a);
    ck_assert_double_eq_tol(table_cell(t, 0, 3)->number, 56.55, 0.01);
    ck_assert_double_eq_tol(table_cell(t, 0, 4)->number, 100, 1e-9);
    arena_close(s.a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("analyse");
    TCase *t = tcase_create("analyse");
    support_rows(t, of_share, shares);
    support_rows(t, of_mean, means);
    tcase_add_test(t, of_nothing);
    tcase_add_test(t, bridges_and_breaks);
    tcase_add_test(t, gaps_and_few);
    tcase_add_test(t, rolled_back);
    tcase_add_test(t, nothing_is_no_row);
    tcase_add_test(t, joined_intervals);
    tcase_add_test(t, share_of_few);
    suite_add_tcase(s, t);
    return support_run(s, "analyse");
}
