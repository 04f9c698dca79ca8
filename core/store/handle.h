/* handle: what is behind struct store. For the files of this folder only. */
#ifndef STORE_HANDLE_H
#define STORE_HANDLE_H

#include "base/buf.h"
#include "store/statements.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

enum { STORE_APPLICATION = 0x45415253 }; /* "EARS" */

struct handle_said; /* search.c */

struct store {
    sqlite3 *db;
    sqlite3_stmt *statements[S_COUNT];
    char *folder;
    bool writer;
    int lock_file; /* -1 for readers */
    /* Recursive: a read inside a transaction locks again, a read outside one locks for itself. */
    pthread_mutex_t lock;
    const char *began_file; /* NULL: no transaction is open */
    int began_line;
    bool spoilt;         /* a write of this transaction failed: it cannot be committed */
    atomic_int hurried;  /* unscored.h */
    atomic_bool stopped; /* store_stop */
    bool broken;         /* a commit failed for no known reason: nothing more is written */
    /* What this transaction has for the text index: it is written last, all together, because the
     * index flushes its memory at each savepoint, and many statements set one. */
    struct handle_said *said;
    size_t n_said, room_said;
    struct buf said_text;
    struct arena *folding; /* empty between two texts */
};

/* Fills `e` from what SQLite says about its last call. Always false. */
bool handle_fail(struct store *s, struct err *e);
/* From its code, where another call came after the one that failed. */
bool handle_fail_as(struct store *s, int code, struct err *e);

/* One statement that gives no rows and has no parameters, for pragmas and transactions. */
bool handle_run(struct store *s, const char *sql, struct err *e);

/* Brings the database to this program's version; `*fresh`: it was empty. In migrate.c. */
bool handle_migrate(struct store *s, struct err *e);
bool handle_check_version(struct store *s, struct err *e); /* for readers: must be ours */

/* At the end of a transaction: writes what is left for the text index, or forgets it. */
bool handle_index(struct store *s, struct err *e);
void handle_index_forget(struct store *s);

#endif
