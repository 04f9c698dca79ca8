/* An export of Amazon Connect, taken in by the command as it stands: 100,000 contact records in one
 * file, and an analysis of 60 turns for each in a file of its own. Against a bare loop that puts
 * the very rows that came of it, their transcripts and their words into the same tables; and its
 * memory against that of a tenth of the export. */
#define _GNU_SOURCE
#include "connect_export.h"

#include "base/buf.h"
#include "base/file.h"
#include "bench.h"
#include "model/pack.h"
#include "store/store.h"

#include <fcntl.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SMALL = 10000, LARGE = 100000, BATCH = 500 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool ok, const char *what)
{
    struct err e = {0};
    if (!ok)
        err_set(&e, ERR_IO, "%s", what);
    bench_must(ok, &e);
}

/* --- ours --- */

/* Seconds; `*memory`: the most that the command held, in kB. */
static double ingest(const char *data, const char *from, long *memory)
{
    const char *program = getenv("EARSHOT");
    char *const words[] = {(char *)(program ? program : "build/earshot"),
                           "ingest",
                           "--data",
                           (char *)data,
                           (char *)from,
                           NULL};
    posix_spawn_file_actions_t quiet;
    struct rusage used;
    pid_t pid;
    int status;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
    double began = now();
    must(posix_spawn(&pid, words[0], &quiet, NULL, words, environ) == 0 &&
             wait4(pid, &status, 0, &used) == pid && status == 0,
         "earshot ingest failed");
    posix_spawn_file_actions_destroy(&quiet);
    *memory = used.ru_maxrss;
    return now() - began;
}

/* What was written waits for the disk first: it must not slow what is timed. */
static const char *make_export(struct arena *a, const char *name, size_t n)
{
    const char *folder = file_join(a, bench_folder(), name);
    fprintf(stderr, "bench connect: writing an export of %zu contacts\n", n);
    connect_export(folder, n);
    sync();
    return folder;
}

/* --- the bare loop --- */

/* The tables of an import, and which of their rows belong to call number ?1. */
static const struct {
    const char *from, *to;
} tables[] = {
    {"SELECT * FROM calls WHERE n = ?", "calls"},
    {"SELECT * FROM transcripts WHERE call = ?", "transcripts"},
    {"SELECT * FROM measures WHERE call = ?", "measures"},
    {"SELECT * FROM call_names WHERE call = ?", "call_names"},
    {"SELECT e.* FROM calls c JOIN events e ON e.subject = 0 AND e.target = c.id WHERE c.n = ?",
     "events"},
    {"SELECT i.* FROM calls c JOIN indexed i ON i.place = c.place WHERE c.n = ?", "indexed"},
};
static const char *const lists[] = {"teams", "agents", "words"};
enum { TABLES = sizeof tables / sizeof *tables, LISTS = sizeof lists / sizeof *lists };

struct said {
    int64_t place;
    struct buf agent, customer;
};

struct bare {
    sqlite3 *from, *to;
    sqlite3_stmt *get[TABLES], *put[TABLES], *calls, *turns, *said;
    struct said batch[BATCH];
    double seconds; /* in which something was written */
};

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q = NULL;
    must(sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK, sqlite3_errmsg(db));
    return q;
}

static void exec(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare_put(struct bare *b, const char *table, int columns)
{
    struct buf sql = {0};
    buf_format(&sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < columns; i++)
        buf_str(&sql, ", ?");
    buf_char(&sql, ')');
    sqlite3_stmt *q = prepare(b->to, buf_text(&sql));
    buf_free(&sql);
    return q;
}

static void step(struct bare *b, sqlite3_stmt *q)
{
    must(sqlite3_step(q) == SQLITE_DONE, sqlite3_errmsg(b->to));
    sqlite3_reset(q);
}

/* Every row that `get` gives; only the writing is timed. */
static void copy(struct bare *b, sqlite3_stmt *get, sqlite3_stmt *put)
{
    while (sqlite3_step(get) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(get); i++)
            sqlite3_bind_value(put, i + 1, sqlite3_column_value(get, i));
        double began = now();
        step(b, put);
        b->seconds += now() - began;
    }
    sqlite3_reset(get);
}

static void read_said(struct bare *b, int64_t call, int64_t place, struct said *out)
{
    struct pack_walk walk;
    struct pack_turn t;
    buf_clear(&out->agent);
    buf_clear(&out->customer);
    out->place = place;
    sqlite3_bind_int64(b->turns, 1, call);
    must(sqlite3_step(b->turns) == SQLITE_ROW, "a call without a transcript");
    pack_walk_turns(
        (struct slice){sqlite3_column_blob(b->turns, 0), (size_t)sqlite3_column_bytes(b->turns, 0)},
        &walk);
    while (pack_next_turn(&walk, &t)) {
        struct buf *to = t.side == CALL_AGENT ? &out->agent : &out->customer;
        buf_slice(to, t.text);
        buf_char(to, '\n');
    }
    sqlite3_reset(b->turns);
}

static void put_said(struct bare *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct said *s = &b->batch[i];
        sqlite3_bind_int64(b->said, 1, s->place);
        sqlite3_bind_text(b->said, 2, buf_text(&s->agent), (int)s->agent.n, SQLITE_STATIC);
        sqlite3_bind_text(b->said, 3, buf_text(&s->customer), (int)s->customer.n, SQLITE_STATIC);
        step(b, b->said);
    }
}

static void end_batch(struct bare *b, size_t n)
{
    double began = now();
    put_said(b, n);
    exec(b->to, "COMMIT; BEGIN");
    b->seconds += now() - began;
}

static void open_both(struct bare *b, const char *from, const char *to, struct arena *a)
{
    struct err e = {0};
    struct store *s = store_open_writer(to, &e);
    bench_must(s != NULL, &e);
    store_close(s);
    must(sqlite3_open(file_join(a, from, "earshot.db"), &b->from) == SQLITE_OK &&
             sqlite3_open(file_join(a, to, "earshot.db"), &b->to) == SQLITE_OK,
         "a database cannot be opened");
    exec(b->to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 2000; BEGIN");
    for (int i = 0; i < TABLES; i++) {
        b->get[i] = prepare(b->from, tables[i].from);
        b->put[i] = prepare_put(b, tables[i].to, sqlite3_column_count(b->get[i]));
    }
    b->calls = prepare(b->from, "SELECT n, place FROM calls ORDER BY place");
    b->turns = prepare(b->from, "SELECT turns FROM transcripts WHERE call = ?");
    b->said = prepare(b->to, "INSERT INTO said (rowid, agent, customer, other)"
                             " VALUES (?, ?, ?, '')");
}

static void copy_lists(struct bare *b)
{
    for (int i = 0; i < LISTS; i++) {
        struct buf sql = {0};
        buf_format(&sql, "SELECT * FROM %s", lists[i]);
        sqlite3_stmt *get = prepare(b->from, buf_text(&sql));
        sqlite3_stmt *put = prepare_put(b, lists[i], sqlite3_column_count(get));
        copy(b, get, put);
        sqlite3_finalize(get);
        sqlite3_finalize(put);
        buf_free(&sql);
    }
}

static void close_both(struct bare *b)
{
    for (int i = 0; i < TABLES; i++) {
        sqlite3_finalize(b->get[i]);
        sqlite3_finalize(b->put[i]);
    }
    sqlite3_finalize(b->calls);
    sqlite3_finalize(b->turns);
    sqlite3_finalize(b->said);
    sqlite3_close(b->from);
    double began = now();
    exec(b->to, "COMMIT");
    sqlite3_close(b->to);
    b->seconds += now() - began;
    for (int i = 0; i < BATCH; i++) {
        buf_free(&b->batch[i].agent);
        buf_free(&b->batch[i].customer);
    }
}

/* Seconds that the rows of the store `from` take to be put into another. */
static double put_again(const char *from, const char *to, struct arena *a)
{
    struct bare *b = arena_take(a, sizeof *b);
    size_t n = 0;
    open_both(b, from, to, a);
    copy_lists(b);
    while (sqlite3_step(b->calls) == SQLITE_ROW) {
        int64_t call = sqlite3_column_int64(b->calls, 0);
        read_said(b, call, sqlite3_column_int64(b->calls, 1), &b->batch[n++]);
        for (int i = 0; i < TABLES; i++) {
            sqlite3_bind_int64(b->get[i], 1, call);
            copy(b, b->get[i], b->put[i]);
        }
        if (n == BATCH)
            end_batch(b, n), n = 0;
    }
    end_batch(b, n);
    close_both(b);
    return b->seconds;
}

int main(void)
{
    struct arena *a = arena_open();
    long little, much;
    const char *small = make_export(a, "small", SMALL), *large = make_export(a, "large", LARGE);
    const char *data = file_join(a, bench_folder(), "data");
    fprintf(stderr, "bench connect: taking both in\n");
    ingest(file_join(a, bench_folder(), "data-small"), small, &little);
    double ours = ingest(data, large, &much);
    sync();
    fprintf(stderr, "bench connect: the bare loop\n");
    double bare = put_again(data, file_join(a, bench_folder(), "data-bare"), a);
    printf("%-28s  ours %.4g calls/s  peer %.4g calls/s  ratio %.2f (goal: at least 0.5)\n",
           "import of a Connect export", LARGE / ours, LARGE / bare, bare / ours);
    printf("%-28s  %ld MB : %ld MB  ratio %.2f (goal: at most 1.2)\n", "memory, 100,000 : 10,000",
           much >> 10, little >> 10, (double)much / (double)little);
    arena_close(a);
    return 0;
}
