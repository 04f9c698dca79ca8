/* What the list of imports forgets, and what it must not. */
#include "test_desk.h"

#include "base/file.h"
#include "desk/imports.h"
#include "desk/settings.h"
#include "support.h"

#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000, MANY = 1200 /* more than two parts */ };
static const int64_t now = 1790000000000;

static struct arena *a;
static struct store *store;
static const char *folder;
static struct err e;

static void setup(void)
{
    a = arena_open();
    folder = support_folder();
    memset(&e, 0, sizeof e);
    store = store_open_writer(file_join(a, folder, "data"), &e);
    ck_assert_msg(store != NULL, "%s", e.text);
}

static void teardown(void)
{
    store_close(store);
    arena_close(a);
}

static struct desk desk(void)
{
    return (struct desk){.store = store,
                         .arena = a,
                         .viewer = store_everything,
                         .name = "Despina",
                         .role = STORE_ADMIN,
                         .address = "",
                         .now = now};
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
                             .reason = ""};
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
    ck_assert(file_make_folder(file_folder_of(a, place), &e));
    if (rows[_i].lies)
        ck_assert(file_write(place, SLICE("x"), &e));
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

TCase *desk_imports_case(void)
{
    TCase *t = tcase_create("imports");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    support_rows(t, test_what_is_dropped, rows);
    tcase_add_test(t, test_many_lines_go_part_by_part);
    return t;
}
