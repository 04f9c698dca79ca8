/* Calls of 60 turns into the store with the search index, against a bare loop that puts the same
 * rows, transcripts and words into the same tables. */
#include "bench.h"

#include "base/buf.h"
#include "base/file.h"
#include "model/pack.h"
#include "store/calls.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { CALLS = 1000, BATCH = 500 };

struct work {
    struct arena *a;
    struct call *calls;
    int folders;
};

/* A new data folder with an empty database, so that both sides start alike. */
static const char *fresh(struct work *w)
{
    struct err e = {0};
    const char *folder =
        file_join(w->a, bench_folder(), arena_format(w->a, "data-%d", w->folders++));
    struct store *s = store_open_writer(folder, &e);
    bench_must(s != NULL, &e);
    store_close(s);
    return folder;
}

static void ours(void *context)
{
    static const struct store_act act = {.at = 1791190800000, .why = ""};
    struct work *w = context;
    struct err e = {0};
    enum store_put what;
    struct store *s = store_open_writer(fresh(w), &e);
    bench_must(s != NULL, &e);
    for (int i = 0; i < CALLS; i++) {
        if (i % BATCH == 0)
            bench_must(store_begin(s, &e), &e);
        bench_must(store_call_put(s, &w->calls[i], &act, &what, &e), &e);
        if (i % BATCH == BATCH - 1)
            bench_must(store_commit(s, &e), &e);
    }
    store_close(s);
}

struct bare {
    sqlite3 *db;
    sqlite3_stmt *team, *agent, *call, *turns, *measures, *said, *indexed, *word;
};

static void must(struct bare *b, bool ok)
{
    struct err e = {0};
    if (!ok)
        err_set(&e, ERR_IO, "%s", sqlite3_errmsg(b->db));
    bench_must(ok, &e);
}

static sqlite3_stmt *prepare(struct bare *b, const char *sql)
{
    sqlite3_stmt *q = NULL;
    must(b, sqlite3_prepare_v2(b->db, sql, -1, &q, NULL) == SQLITE_OK);
    return q;
}

static void run(struct bare *b, sqlite3_stmt *q)
{
    must(b, sqlite3_step(q) == SQLITE_DONE);
    sqlite3_reset(q);
}

static void exec(struct bare *b, const char *sql)
{
    must(b, sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static void put_text(sqlite3_stmt *q, int at, const char *text)
{
    sqlite3_bind_text(q, at, text, -1, SQLITE_STATIC);
}

static void bare_open(struct bare *b, const char *folder, struct arena *a)
{
    *b = (struct bare){0};
    must(b, sqlite3_open(file_join(a, folder, "earshot.db"), &b->db) == SQLITE_OK);
    exec(b, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 2000");
    b->team = prepare(b, "INSERT INTO teams VALUES (?1, ?1) ON CONFLICT DO NOTHING");
    b->agent = prepare(b, "INSERT INTO agents VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    b->word = prepare(b, "INSERT INTO words VALUES (?, ?) ON CONFLICT DO NOTHING");
    b->call = prepare(
        b, "INSERT INTO calls VALUES (?1, ?2, ?1, ?2, ?3, ?4, 0, ?5, 0, ?6, ?7, ?8, ?9, ?10, '',"
           " ?11, ?12, ?13, ?14, ?15, NULL, NULL, NULL, ?16, 0, '', '', NULL, NULL, NULL, '[]',"
           " NULL, 0, 1, 0, 0)");
    b->turns = prepare(b, "INSERT INTO transcripts VALUES (?, ?)");
    b->measures = prepare(b, "INSERT INTO measures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    b->said = prepare(b, "INSERT INTO said (rowid, agent, customer, other) VALUES (?, ?, ?, '')");
    b->indexed = prepare(b, "INSERT INTO indexed VALUES (?)");
}

static void bare_close(struct bare *b)
{
    sqlite3_stmt *const all[] = {b->team,     b->agent, b->call,    b->turns,
                                 b->measures, b->said,  b->indexed, b->word};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(b->db);
}

static void bare_row(struct bare *b, const struct call *c, int n)
{
    const char *const texts[] = {c->type,       c->queue, c->agent_id,
                                 c->agent_name, c->team,  c->customer};
    sqlite3_stmt *q = b->call;
    put_text(b->team, 1, c->team);
    run(b, b->team);
    put_text(b->agent, 1, c->agent_id);
    put_text(b->agent, 2, c->agent_name);
    put_text(b->agent, 3, c->team);
    run(b, b->agent);
    sqlite3_bind_int64(q, 1, n);
    put_text(q, 2, c->id);
    put_text(q, 3, c->source);
    put_text(q, 4, c->source_key);
    for (int i = 0; i < 6; i++)
        put_text(q, 5 + i, texts[i]);
    put_text(q, 11, c->language);
    sqlite3_bind_int64(q, 12, c->offered);
    sqlite3_bind_int64(q, 13, c->answered);
    sqlite3_bind_int64(q, 14, c->ended);
    sqlite3_bind_int64(q, 15, c->wait_ms);
    sqlite3_bind_int64(q, 16, call_length_ms(c));
    run(b, q);
    const char *const words[] = {c->type, c->queue, c->language};
    for (int i = 0; i < 3; i++) {
        sqlite3_bind_int(b->word, 1, i == 2 ? 3 : i);
        put_text(b->word, 2, words[i]);
        run(b, b->word);
    }
}

static void bare_turns(struct bare *b, const struct call *c, int n)
{
    struct buf packed = {0}, said[2] = {{0}, {0}};
    pack_turns(&packed, c->turns, c->n_turns);
    sqlite3_bind_int64(b->turns, 1, n);
    sqlite3_bind_blob(b->turns, 2, packed.p, (int)packed.n, SQLITE_STATIC);
    run(b, b->turns);
    for (size_t i = 0; i < c->n_turns; i++) {
        buf_str(&said[c->turns[i].side], c->turns[i].text);
        buf_char(&said[c->turns[i].side], '\n');
    }
    sqlite3_bind_int64(b->said, 1, n);
    put_text(b->said, 2, buf_text(&said[CALL_AGENT]));
    put_text(b->said, 3, buf_text(&said[CALL_CUSTOMER]));
    run(b, b->said);
    sqlite3_bind_int64(b->indexed, 1, n);
    run(b, b->indexed);
    buf_free(&packed);
    buf_free(&said[0]);
    buf_free(&said[1]);
}

static void bare_measures(struct bare *b, const struct call_measures *m, int n)
{
    const int64_t values[] = {n,
                              m->duration_ms,
                              m->talk_ms[0],
                              m->talk_ms[1],
                              m->longest_gap_ms[0],
                              m->longest_gap_ms[1],
                              m->overlap_ms,
                              m->silence_ms,
                              m->longest_silence_ms,
                              m->longest_silence_at_ms};
    for (int i = 0; i < 10; i++)
        sqlite3_bind_int64(b->measures, i + 1, values[i]);
    run(b, b->measures);
}

static void peer(void *context)
{
    struct work *w = context;
    struct bare b;
    bare_open(&b, fresh(w), w->a);
    for (int i = 0; i < CALLS; i++) {
        if (i % BATCH == 0)
            exec(&b, "BEGIN");
        bare_row(&b, &w->calls[i], i + 1);
        bare_turns(&b, &w->calls[i], i + 1);
        bare_measures(&b, &w->calls[i].measures, i + 1);
        if (i % BATCH == BATCH - 1)
            exec(&b, "COMMIT");
    }
    bare_close(&b);
}

int main(void)
{
    struct work w = {.a = arena_open()};
    w.calls = arena_array(w.a, CALLS, sizeof *w.calls);
    for (int i = 0; i < CALLS; i++)
        bench_call(w.a, i, &w.calls[i]);
    bench_run(&(struct bench){"import with search index", "calls/s", CALLS, "at least 0.5, aim 0.8",
                              ours, peer, &w, 7});
    arena_close(w.a);
    return 0;
}
