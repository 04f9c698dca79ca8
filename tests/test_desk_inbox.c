#include "test_desk_inbox.h"

#include "base/file.h"
#include "store/calls.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

struct arena *a;
struct store *store;
const char *folder;
struct err e;
int64_t now;
static sqlite3 *other;

void setup(void)
{
    a = arena_open();
    folder = support_folder();
    now = 1790000000000;
    memset(&e, 0, sizeof e);
    store = store_open_writer(file_join(a, folder, "data"), &e);
    ck_assert_msg(store != NULL, "%s", e.text);
    ck_assert_int_eq(sqlite3_open(file_join(a, folder, "data/earshot.db"), &other), SQLITE_OK);
}

void teardown(void)
{
    sqlite3_close(other);
    store_close(store);
    arena_close(a);
}

struct desk desk(void)
{
    return (struct desk){.store = store,
                         .arena = a,
                         .viewer = store_everything,
                         .name = "Despina",
                         .role = STORE_ADMIN,
                         .address = "",
                         .now = now += 1000};
}

int64_t n_calls(void)
{
    int64_t n;
    ck_assert(store_call_count(store, &n, &e));
    return n;
}

static const char *place(const char *path)
{
    struct err fault = {0};
    path = file_join(a, folder, path);
    ck_assert_msg(file_make_folder(file_folder_of(a, path), &fault), "%s", fault.text);
    return path;
}

void put(const char *path, const char *text)
{
    FILE *f = fopen(place(path), "w"); /* thousands: nothing waits for the disk */
    ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

void put_sound(const char *path, int tenths)
{
    support_sound(place(path), tenths);
}

bool sql(const char *text)
{
    return sqlite3_exec(other, text, NULL, NULL, NULL) == SQLITE_OK;
}

const char *ask(const char *text)
{
    struct buf out = {0};
    sqlite3_stmt *s;
    ck_assert_msg(sqlite3_prepare_v2(other, text, -1, &s, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(other));
    while (sqlite3_step(s) == SQLITE_ROW)
        buf_format(&out, "%s;", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    const char *told = arena_text(a, buf_all(&out));
    buf_free(&out);
    return told;
}

struct call only_call(void)
{
    int64_t cursor = 0;
    struct call *all;
    size_t n;
    ck_assert(store_call_batch(store, &cursor, 10, a, &all, &n, &e));
    ck_assert_uint_eq(n, 1);
    return all[0];
}

const char *dump(void)
{
    struct buf out = {0}, kept = {0};
    ck_assert(store_dump(store, &out, &e));
    struct slice rest = buf_all(&out), line;
    while (slice_line(&rest, &line))
        if (!slice_starts(line, "audit "))
            buf_slice(&kept, line), buf_char(&kept, '\n');
    const char *text = arena_text(a, buf_all(&kept));
    buf_free(&out), buf_free(&kept);
    return text;
}
