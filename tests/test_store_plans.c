#include "test_store_fixture.h"

#include "store/statements.h"

#include <sqlite3.h>
#include <string.h>

/* Enough rows that the planner has a choice, with statistics. */
static void fill(struct fixture *f)
{
    enum store_put what;
    must(f, store_begin(f->s, &f->e));
    for (int i = 0; i < 300; i++) {
        struct call c =
            fixture_call(f, arena_format(f->a, "%d", i), arena_format(f->a, "a%02d", i % 20),
                         i % 20 < 10 ? "Blue" : "Green", i, "Thank you for calling.", "Hi.");
        must(f, store_call_put(f->s, &c, &fixture_act, &what, &f->e));
    }
    must(f, store_commit(f->s, &f->e));
    ck_assert(fixture_outside(f, "ANALYZE"));
}

/* "SCAN calls", but not a walk along an index that is bounded or covers, a table in a table's place
 * (FTS, a subquery) or a constant. */
static bool is_bad(const char *plan)
{
    if (strstr(plan, "AUTOMATIC"))
        return true;
    return strncmp(plan, "SCAN ", 5) == 0 && !strstr(plan, "VIRTUAL TABLE") &&
           !strstr(plan, "SCAN CONSTANT") && !strstr(plan, "SCAN (subquery") &&
           !strstr(plan, "SCAN LIST");
}

static void explain(sqlite3 *db, const struct statement_text *t, struct buf *bad)
{
    struct buf sql = {0};
    sqlite3_stmt *st = NULL;
    buf_str(&sql, "EXPLAIN QUERY PLAN ");
    buf_str(&sql, t->sql);
    ck_assert_msg(sqlite3_prepare_v2(db, buf_text(&sql), -1, &st, NULL) == SQLITE_OK, "%s: %s",
                  t->name, sqlite3_errmsg(db));
    while (sqlite3_step(st) == SQLITE_ROW) {
        const char *plan = (const char *)sqlite3_column_text(st, 3);
        if (is_bad(plan))
            buf_format(bad, "%s: %s\n", t->name, plan);
    }
    sqlite3_finalize(st);
    buf_free(&sql);
}

START_TEST(no_statement_walks_over_a_whole_table_unmarked)
{
    struct fixture f;
    struct buf bad = {0};
    sqlite3 *db;
    fixture_open(&f);
    fill(&f);
    ck_assert_int_eq(sqlite3_open(fixture_path(&f, "earshot.db"), &db), SQLITE_OK);
    for (int i = 0; i < S_COUNT; i++)
        if (!(store_statements[i].flags & STATEMENT_SCAN))
            explain(db, &store_statements[i], &bad);
    sqlite3_close(db);
    ck_assert_msg(bad.n == 0, "%s", buf_text(&bad));
    fixture_close(&f);
}
END_TEST

/* No value is written into a statement: every one of them comes through a named parameter. */
START_TEST(parameters_have_names)
{
    struct fixture f;
    sqlite3 *db;
    fixture_open(&f);
    ck_assert_int_eq(sqlite3_open(fixture_path(&f, "earshot.db"), &db), SQLITE_OK);
    for (int i = 0; i < S_COUNT; i++) {
        sqlite3_stmt *st = NULL;
        ck_assert_int_eq(sqlite3_prepare_v2(db, store_statements[i].sql, -1, &st, NULL), SQLITE_OK);
        for (int k = 1; k <= sqlite3_bind_parameter_count(st); k++) {
            const char *name = sqlite3_bind_parameter_name(st, k);
            ck_assert_msg(name && name[0] == ':', "%s", store_statements[i].name);
        }
        ck_assert_msg(sqlite3_stmt_readonly(st) == !(store_statements[i].flags & STATEMENT_WRITE),
                      "%s", store_statements[i].name);
        sqlite3_finalize(st);
    }
    sqlite3_close(db);
    fixture_close(&f);
}
END_TEST

void cases_plans(Suite *s)
{
    TCase *t = tcase_create("plans");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, no_statement_walks_over_a_whole_table_unmarked);
    tcase_add_test(t, parameters_have_names);
    suite_add_tcase(s, t);
}
