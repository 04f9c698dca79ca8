/* The newest 20 of 50,000 calls in which something was said, with the words around it, against a
 * bare FTS5 query that finds their numbers only. */
#include "bench.h"

#include "base/file.h"
#include "store/search.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { CALLS = 50000, BATCH = 1000, TIMES = 50, NEWEST = 20 };

struct work {
    struct store *reader;
    sqlite3 *db;
    sqlite3_stmt *query, *count;
    const char *ask, *match;
};

static void fill(const char *folder)
{
    static const struct store_act act = {.at = 1791190800000, .why = ""};
    struct arena *a = arena_open();
    struct err e = {0};
    enum store_put what;
    struct call c;
    struct store *s = store_open_writer(folder, &e);
    bench_must(s != NULL, &e);
    for (int i = 0; i < CALLS; i++, arena_reset(a)) {
        if (i % BATCH == 0)
            bench_must(store_begin(s, &e), &e);
        bench_call(a, i, &c);
        bench_must(store_call_put(s, &c, &act, &what, &e), &e);
        if (i % BATCH == BATCH - 1)
            bench_must(store_commit(s, &e), &e);
    }
    store_close(s);
    arena_close(a);
}

static void ours(void *context)
{
    static const struct store_page newest = {NEWEST, 0};
    static const struct store_call_filter any = {0};
    struct work *w = context;
    struct arena *a = arena_open();
    struct store_hit_list hits;
    struct err e = {0};
    for (int i = 0; i < TIMES; i++, arena_reset(a)) {
        bench_must(store_search(w->reader, &store_everything, w->ask, STORE_SAID_BY_ANY, &any,
                                &newest, a, &hits, &e),
                   &e);
        if (hits.n != NEWEST)
            err_set(&e, ERR_INPUT, "%zu hits for %s", hits.n, w->ask);
        bench_must(hits.n == NEWEST, &e);
    }
    arena_close(a);
}

/* How many there are, up to a thousand, against a bare count of all. */
static void ours_count(void *context)
{
    static const struct store_call_filter any = {0};
    struct work *w = context;
    struct arena *a = arena_open();
    struct err e = {0};
    int64_t n;
    for (int i = 0; i < TIMES; i++, arena_reset(a))
        bench_must(store_search_count(w->reader, &store_everything, w->ask, STORE_SAID_BY_ANY, &any,
                                      1000, a, &n, &e),
                   &e);
    arena_close(a);
}

static void run_peer(struct work *w, sqlite3_stmt *query)
{
    for (int i = 0; i < TIMES; i++) {
        sqlite3_bind_text(query, 1, w->match, -1, SQLITE_STATIC);
        while (sqlite3_step(query) == SQLITE_ROW)
            ;
        sqlite3_reset(query);
    }
}

static void peer_count(void *context)
{
    struct work *w = context;
    run_peer(w, w->count);
}

static void peer(void *context)
{
    struct work *w = context;
    run_peer(w, w->query);
}

int main(void)
{
    static const struct {
        const char *name, *ask, *match;
    } asks[] = {{"search, a common word", "recap", "recap"},
                {"search, a phrase", "\"charged two times\"", "\"charged two times\""},
                {"search, two words", "recap complain", "recap complain"}};
    struct arena *a = arena_open();
    struct err e = {0};
    const char *folder = file_join(a, bench_folder(), "data");
    struct work w = {0};
    fill(folder);
    w.reader = store_open_reader(folder, &e);
    bench_must(w.reader != NULL, &e);
    if (sqlite3_open(file_join(a, folder, "earshot.db"), &w.db) != SQLITE_OK ||
        sqlite3_prepare_v2(w.db,
                           "SELECT rowid FROM said WHERE said MATCH ?"
                           " ORDER BY rowid DESC LIMIT 20",
                           -1, &w.query, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(w.db, "SELECT count(*) FROM said WHERE said MATCH ?", -1, &w.count,
                           NULL) != SQLITE_OK)
        abort();
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        w.ask = asks[i].ask, w.match = asks[i].match;
        bench_run(&(struct bench){asks[i].name, "searches/s", TIMES, "at least 0.5, aim 0.8", ours,
                                  peer, &w, 15});
    }
    w.ask = asks[0].ask, w.match = asks[0].match;
    bench_run(&(struct bench){"search, how many", "counts/s", TIMES, "at least 0.5", ours_count,
                              peer_count, &w, 7});
    sqlite3_finalize(w.count);
    sqlite3_finalize(w.query);
    sqlite3_close(w.db);
    store_close(w.reader);
    arena_close(a);
    return 0;
}
