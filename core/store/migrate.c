/* migrate: brings a database to this program's version. SQLite's own: pragmas and VACUUM INTO. */
#include "store/handle.h"

#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_sql.h"

enum { FILES = sizeof store_sql / sizeof store_sql[0] - 1 };

/* The layout that a file makes: the number with which its name begins. They rise, with gaps. */
static int layout_of(int file)
{
    return atoi(store_sql[file].name);
}

static int layout(void)
{
    return layout_of(FILES - 1);
}

static bool pragma_integer(struct store *s, const char *sql, int64_t *out, struct err *e)
{
    sqlite3_stmt *st = NULL;
    bool ok = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK &&
              sqlite3_step(st) == SQLITE_ROW;
    if (ok)
        *out = sqlite3_column_int64(st, 0);
    else
        handle_fail(s, e);
    sqlite3_finalize(st);
    return ok;
}

static bool is_ours(struct store *s, int64_t *version, struct err *e)
{
    int64_t application, tables;
    if (!pragma_integer(s, "PRAGMA application_id", &application, e) ||
        !pragma_integer(s, "PRAGMA user_version", version, e) ||
        !pragma_integer(s, "SELECT count(*) FROM sqlite_schema", &tables, e))
        return false;
    if (application != STORE_APPLICATION && (application || tables))
        return err_set(e, ERR_CONFLICT, "%s/earshot.db is another program's database.", s->folder);
    if (*version > layout())
        return err_set(e, ERR_CONFLICT,
                       "%s/earshot.db was written by a newer Earshot (layout %lld, this program "
                       "knows %d). Use the newer program, or restore an older backup.",
                       s->folder, (long long)*version, layout());
    return true;
}

bool handle_check_version(struct store *s, struct err *e)
{
    int64_t version;
    if (!is_ours(s, &version, e))
        return false;
    if (version < layout())
        return err_set(e, ERR_CONFLICT,
                       "%s/earshot.db has an older layout (%lld of %d). Start the server, or any "
                       "command that writes, once: it brings it up to date.",
                       s->folder, (long long)version, layout());
    return true;
}

/* VACUUM INTO writes a whole, consistent copy; the name says complete only after the rename. */
static bool copy_before(struct store *s, int64_t version, struct err *e)
{
    struct arena *a = arena_open();
    char *path = arena_format(a, "%s/earshot.db.before-%lld", s->folder, (long long)version);
    char *temporary = arena_format(a, "%s.part", path);
    sqlite3_stmt *st = NULL;
    unlink(temporary);
    bool ok = sqlite3_prepare_v2(s->db, "VACUUM INTO :path", -1, &st, NULL) == SQLITE_OK &&
              sqlite3_bind_text(st, 1, temporary, -1, SQLITE_STATIC) == SQLITE_OK &&
              sqlite3_step(st) == SQLITE_DONE;
    if (!ok)
        handle_fail(s, e);
    sqlite3_finalize(st);
    if (ok && rename(temporary, path) != 0)
        ok = err_set(e, ERR_IO, "%s: cannot put in place: %s", path, strerror(errno));
    if (!ok)
        unlink(temporary);
    arena_close(a);
    return ok || err_within(e, "copying %s/earshot.db before it is brought up to date", s->folder);
}

static bool step(struct store *s, int file, struct err *e)
{
    const char *sql = (const char *)store_sql[file].bytes;
    int64_t now = 0;
    bool ok = handle_run(s, "BEGIN IMMEDIATE", e) && handle_run(s, sql, e) &&
              pragma_integer(s, "PRAGMA user_version", &now, e);
    assert(!ok || now == layout_of(file)); /* each file states its number at its end */
    ok = ok && handle_run(s, "COMMIT", e);
    if (!ok && !sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return ok || err_within(e, "%s", store_sql[file].name);
}

bool handle_migrate(struct store *s, struct err *e)
{
    int64_t version;
    if (!is_ours(s, &version, e))
        return false;
    if (version > 0 && version < layout() && !copy_before(s, version, e))
        return false;
    for (int i = 0; i < FILES; i++)
        if (layout_of(i) > version && !step(s, i, e))
            return false;
    return true;
}
