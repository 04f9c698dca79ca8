#include "store/handle.h"
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void begun_already(const struct store *s, const char *file, int line)
{
    fprintf(stderr, "%s:%d: store_begin inside the transaction begun at %s:%d\n", file, line,
            s->began_file, s->began_line);
    abort();
}

static _Noreturn void not_begun(void)
{
    fprintf(stderr, "store: a transaction ended that was not begun\n");
    abort();
}

static void finish(struct store *s)
{
    s->began_file = NULL;
    s->spoilt = false;
    if (s->writer)
        pthread_mutex_unlock(&s->lock);
}

void store_stop(struct store *s)
{
    atomic_store(&s->stopped, true);
}

static bool may_begin(const struct store *s, struct err *e)
{
    if (s->broken)
        return err_set(e, ERR_IO,
                       "%s: an earlier change could not be written, so nothing more is. Check the "
                       "disk, then start again.",
                       s->folder);
    return !atomic_load(&s->stopped) ||
           err_set(e, ERR_BUSY,
                   "Earshot is stopping. What it said was kept is kept; do the rest again when it "
                   "runs.");
}

bool store_begin_at(struct store *s, const char *file, int line, struct err *e)
{
    if (s->writer)
        pthread_mutex_lock(&s->lock);
    if (s->began_file)
        begun_already(s, file, line);
    s->began_file = file, s->began_line = line;
    bool ok = may_begin(s, e) && handle_run(s, s->writer ? "BEGIN IMMEDIATE" : "BEGIN", e);
    if (!ok)
        finish(s);
    return ok;
}

bool store_is_begun(struct store *s)
{
    pthread_mutex_lock(&s->lock);
    bool begun = s->began_file;
    pthread_mutex_unlock(&s->lock);
    return begun;
}

/* SQLite has rolled back by itself after some failures. */
static void undo(struct store *s)
{
    handle_index_forget(s);
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

bool store_commit(struct store *s, struct err *e)
{
    if (!s->began_file)
        not_begun();
    bool ok = !s->spoilt ||
              err_set(e, ERR_CONFLICT, "A part of this change failed: nothing of it was saved.");
    ok = ok && handle_index(s, e);
    if (ok && !handle_run(s, "COMMIT", e)) {
        ok = false;
        /* After a failed fsync nobody knows what is on the disk (D3). */
        s->broken = e->kind == ERR_IO;
    }
    if (!ok)
        undo(s);
    finish(s);
    return ok;
}

void store_rollback(struct store *s)
{
    if (!s->began_file)
        not_begun();
    undo(s);
    finish(s);
}

bool store_end(struct store *s, bool ok, struct err *e)
{
    if (ok)
        return store_commit(s, e);
    store_rollback(s);
    return false;
}

bool store_drop_results(struct store *s, struct err *e)
{
    static const enum statement all[] = {S_MEASURES_EMPTY, S_PEAKS_EMPTY,   S_LEVELS_EMPTY,
                                         S_SEARCH_EMPTY,   S_INDEXED_EMPTY, S_UNSCORED_FIND};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct query q = query_start(s, all[i]);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

static bool check_with(struct store *s, const char *sql, bool quiet_ok, struct buf *out,
                       struct err *e)
{
    sqlite3_stmt *st = NULL;
    int code = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(st, 0);
        if (!quiet_ok || !text || !slice_is(slice_of(text), "ok"))
            buf_format(out, "%s: %s\n", quiet_ok ? "damaged" : "refers to nothing: table",
                       text ? text : "");
        code = SQLITE_OK;
    }
    bool ok = code == SQLITE_DONE || handle_fail(s, e);
    sqlite3_finalize(st);
    return ok;
}

bool store_check(struct store *s, struct buf *out, struct err *e)
{
    if (s->writer)
        pthread_mutex_lock(&s->lock);
    bool ok = check_with(s, "PRAGMA integrity_check", true, out, e) &&
              check_with(s, "PRAGMA foreign_key_check", false, out, e);
    if (s->writer)
        pthread_mutex_unlock(&s->lock);
    return ok;
}
