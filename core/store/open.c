/* open: the data folder, its lock and its database. SQLite's own: pragmas, limits, settings. */
#define _GNU_SOURCE
#include "store/handle.h"

#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define STATEMENT_TEXT(name, flags, text) {#name, text, flags},
const struct statement_text store_statements[S_COUNT] = {STATEMENTS(STATEMENT_TEXT)};

const struct store_viewer store_everything = {.sees = STORE_SEES_ALL};

/* FULL: the last commits survive a loss of power. No mmap: a file cut short would raise SIGBUS. */
static const char settings[] = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                               "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;";
/* secure_delete stays on: what is deleted here was said by people. */
static const char writer_settings[] = "PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;"
                                      "PRAGMA wal_autocheckpoint = 2000;";
static const char reader_settings[] = "PRAGMA query_only = ON; PRAGMA cache_size = -16384;"
                                      "PRAGMA wal_autocheckpoint = 0;";

static const struct {
    int id, value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 64 << 20},     {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},      {SQLITE_LIMIT_COMPOUND_SELECT, 8},
    {SQLITE_LIMIT_ATTACHED, 1},          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 100}, {SQLITE_LIMIT_TRIGGER_DEPTH, 4},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

bool handle_run(struct store *s, const char *sql, struct err *e)
{
    errno = 0;
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || handle_fail(s, e);
}

/* SQLite keeps the cause of some failed writes to itself, so whoever runs a statement sets errno to
 * 0 before. */
static bool no_room(int code, int why)
{
    return code == SQLITE_FULL ||
           (code == SQLITE_IOERR && (why == ENOSPC || why == EDQUOT || why == EFBIG));
}

bool handle_fail(struct store *s, struct err *e)
{
    int why = errno;
    int code = sqlite3_errcode(s->db), full = sqlite3_extended_errcode(s->db);
    if (no_room(code, why) || no_room(code, sqlite3_system_errno(s->db)))
        return err_set(
            e, ERR_FULL,
            "There is no room left where %s lies, so this could not be saved. Make room, "
            "then try again.",
            s->folder);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return err_set(e, ERR_BUSY, "%s/earshot.db is in use. Try again in a moment.", s->folder);
    if (full == SQLITE_CONSTRAINT_FOREIGNKEY)
        return err_set(e, ERR_MISSING, "What this refers to is not in %s/earshot.db.", s->folder);
    if (code == SQLITE_CONSTRAINT)
        return err_set(e, ERR_CONFLICT, "%s/earshot.db refuses this: %s.", s->folder,
                       sqlite3_errmsg(s->db));
    if (code == SQLITE_TOOBIG)
        return handle_fail_as(s, code, e);
    return err_set(e, ERR_IO, "%s/earshot.db: %s (%s).", s->folder, sqlite3_errmsg(s->db),
                   sqlite3_errstr(full));
}

bool handle_fail_as(struct store *s, int code, struct err *e)
{
    if (code == SQLITE_TOOBIG)
        return err_set(e, ERR_FULL, "This is larger than the 64 MB that one entry may have.");
    return err_set(e, ERR_IO, "%s/earshot.db: %s.", s->folder, sqlite3_errstr(code));
}

/* Who holds the lock wrote its number into the file. */
static bool busy(struct store *s, struct err *e)
{
    char text[32] = "";
    ssize_t n = pread(s->lock_file, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = 0;
    return err_set(e, ERR_BUSY,
                   "%s is in use by process %ld, which writes there. Stop it, or let it do this "
                   "work.",
                   s->folder, atol(text));
}

static bool take_lock(struct store *s, struct err *e)
{
    struct arena *a = arena_open();
    const char *path = file_join(a, s->folder, "lock");
    char text[32];
    int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    s->lock_file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok =
        s->lock_file >= 0 || err_set(e, ERR_IO, "%s: cannot be opened: %s", path, strerror(errno));
    if (ok && flock(s->lock_file, LOCK_EX | LOCK_NB) != 0)
        ok =
            errno == EWOULDBLOCK ? busy(s, e) : err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
    /* The number is only for people: a full disk must not keep the server from starting. */
    if (ok && ftruncate(s->lock_file, 0) == 0 && pwrite(s->lock_file, text, (size_t)n, 0) != n)
        ok = true;
    arena_close(a);
    return ok;
}

static bool open_database(struct store *s, struct err *e)
{
    struct arena *a = arena_open();
    const char *path = file_join(a, s->folder, "earshot.db");
    int flags = s->writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    bool ok = s->writer || access(path, F_OK) == 0 ||
              err_set(e, ERR_MISSING, "There is no Earshot data in %s.", s->folder);
    if (ok && sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
                              NULL) != SQLITE_OK)
        ok = s->db ? handle_fail(s, e) : err_set(e, ERR_FULL, "%s: no memory", path);
    arena_close(a);
    return ok;
}

static bool set_up(struct store *s, struct err *e)
{
    sqlite3_extended_result_codes(s->db, 0);
    sqlite3_busy_timeout(s->db, 5000);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        sqlite3_limit(s->db, limits[i].id, limits[i].value);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    /* Only the writer checkpoints (D2): also not as the last one to leave. */
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, s->writer ? 0 : 1, NULL);
    return handle_run(s, settings, e) &&
           handle_run(s, s->writer ? writer_settings : reader_settings, e);
}

static bool prepare(struct store *s, struct err *e)
{
    for (int i = 0; i < S_COUNT; i++) {
        const struct statement_text *t = &store_statements[i];
        if ((t->flags & STATEMENT_WRITE) && !s->writer)
            continue;
        if (sqlite3_prepare_v3(s->db, t->sql, -1, SQLITE_PREPARE_PERSISTENT, &s->statements[i],
                               NULL) != SQLITE_OK) {
            handle_fail(s, e);
            return err_within(e, "statement %s", t->name);
        }
    }
    return true;
}

static struct store *open_store(const char *folder, bool writer)
{
    struct store *s = calloc(1, sizeof *s);
    pthread_mutexattr_t recursive;
    if (!s || !(s->folder = strdup(folder)) || pthread_mutexattr_init(&recursive))
        abort();
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&s->lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    s->writer = writer;
    s->folding = arena_open();
    s->lock_file = -1;
    return s;
}

struct store *store_open_writer(const char *folder, struct err *e)
{
    struct store *s = open_store(folder, true);
    if (file_make_folder(folder, e) && take_lock(s, e) && open_database(s, e) && set_up(s, e) &&
        handle_migrate(s, e) && prepare(s, e))
        return s;
    store_close(s);
    return NULL;
}

struct store *store_open_reader(const char *folder, struct err *e)
{
    struct store *s = open_store(folder, false);
    if (open_database(s, e) && set_up(s, e) && handle_check_version(s, e) && prepare(s, e))
        return s;
    store_close(s);
    return NULL;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    for (int i = 0; i < S_COUNT; i++)
        sqlite3_finalize(s->statements[i]);
    sqlite3_close(s->db); /* rolls back what is open; the writer checkpoints */
    if (s->lock_file >= 0)
        close(s->lock_file);
    pthread_mutex_destroy(&s->lock);
    free(s->said);
    buf_free(&s->said_text);
    arena_close(s->folding);
    free(s->folder);
    free(s);
}

const char *store_folder(const struct store *s)
{
    return s->folder;
}
