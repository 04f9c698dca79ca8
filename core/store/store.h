/* store: keeps facts and results in one data folder; the only place that knows SQL.
 *
 *   FOLDER/earshot.db   the database (SQLite, WAL)
 *   FOLDER/media/       recordings by hash (media.h)
 *   FOLDER/lock         held by the one process that writes
 *
 * Facts are kept for ever; results can be dropped and made again from them (store_drop_results).
 * Topics have headers of their own: calls.h cards.h sheets.h drafts.h people.h notes.h exemplars.h
 * issues.h events.h audit.h media.h search.h settings.h backtests.h imports.h unscored.h.
 *
 * One process writes, through one handle that its threads may share: store_begin locks it for the
 * calling thread, store_commit and store_rollback unlock it. Every function that changes something
 * may only be called in between; outside it aborts. Readers are handles of their own, read-only,
 * one thread each at a time; they may run beside the writer, see only what was committed, and need
 * no store_begin (but may use one, to read several things as of one moment).
 *
 * Saved means: store_commit returned true. Functions return false with `e` set where they failed;
 * whoever holds the transaction then rolls it back. What is handed out lives in the caller's arena.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct store;

/* Makes the folder and the database where they are not there yet; brings an older database up to
 * date (a copy of it is left beside it as earshot.db.before-VERSION) and refuses a newer one.
 * ERR_BUSY, naming the folder and the process, where another process writes there. */
struct store *store_open_writer(const char *folder, struct err *e);

/* The database must be there and up to date: ERR_MISSING and ERR_CONFLICT otherwise. */
struct store *store_open_reader(const char *folder, struct err *e);

void store_close(struct store *s); /* NULL is fine; rolls back what is open */
const char *store_folder(const struct store *s);

/* Waits for other threads of this process. A second begin by the same thread is our own mistake and
 * aborts, naming the place of the first. ERR_IO after a commit failed for another reason than lack
 * of room: the handle writes no more, close it and open it again. */
#define store_begin(s, e) store_begin_at((s), __FILE__, __LINE__, (e))
bool store_begin_at(struct store *s, const char *file, int line, struct err *e);

/* The program is ending: from now on store_begin says ERR_BUSY, so that what works in the background
 * stops at its next piece. Any thread may say so, at any time. */
void store_stop(struct store *s);

/* Is this thread inside a transaction on this writer? Waits while another one is. */
bool store_is_begun(struct store *s);

/* True: everything since store_begin is on the disk. False: nothing of it is kept (ERR_FULL where
 * the disk is full). The transaction has ended either way. */
bool store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);

/* Commits if `ok`, else rolls back. True if and only if all is kept: `return store_end(s, ok, e)`.
 */
bool store_end(struct store *s, bool ok, struct err *e);

/* Whose calls may be seen. Applied in SQL by every list and every look-up of something that belongs
 * to a call. {0} sees nothing. */
enum store_sees { STORE_SEES_NOTHING, STORE_SEES_AGENT, STORE_SEES_TEAM, STORE_SEES_ALL };

struct store_viewer {
    enum store_sees sees;
    const char *agent; /* STORE_SEES_AGENT: calls of this agent (agents.id) */
    const char *team;  /* STORE_SEES_TEAM: calls of the agents who are in this team today */
};

extern const struct store_viewer store_everything; /* for the program itself */

/* Which part of a list. {0} is its first STORE_PAGE rows. */
enum { STORE_PAGE = 50, STORE_PAGE_MOST = 1000 };
struct store_page {
    int64_t limit, offset;
};

/* Who changes something, when, and why. Written beside the change. */
struct store_act {
    int64_t user;    /* 0: the program itself */
    int64_t at;      /* UTC ms */
    const char *why; /* "" where nobody said */
};

/* Empties measures, peaks and the search index; a call without an automatic sheet waits to be
 * scored. The sheets themselves stay until each is made again by the version that made it
 * (store_sheet_again): which one that was is written nowhere else. */
bool store_drop_results(struct store *s, struct err *e);

/* Facts and results as lines of text in a fixed order, without the times at which the program ran:
 * two stores that hold the same give the same bytes. Recordings by their hashes only. */
bool store_dump(struct store *s, struct buf *out, struct err *e);

/* Adds one sentence to `out` for each fault that SQLite's own checks find in the database. */
bool store_check(struct store *s, struct buf *out, struct err *e);

#endif
