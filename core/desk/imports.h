/* imports: which files came in and what became of them, trying one again, and calls pushed over the
 * network with a token. */
#ifndef DESK_IMPORTS_H
#define DESK_IMPORTS_H

#include "desk/intake.h"
#include "model/table.h"

/* Newest first; verdict -1: any, else enum store_verdict. */
bool imports_table(const struct desk *d, int verdict, const struct store_page *page,
                   struct table **out, int64_t *total, struct err *e);

bool imports_open(const struct desk *d, int64_t id, struct store_import *out, struct err *e);

/* Takes the refused file in again, as it was read then: a call that nothing in its file names is
 * keyed by the path below the folder that was named with it (or that is watched), not by the bare
 * name, so that a/x.wav and b/x.wav stay two calls and a later run finds both there; and what was
 * said of it (source, map, patterns ...) holds again. `*verdict` and `*reason` (in the desk's
 * arena) say how it went. A file of a watched folder moves from refused/ to done/ when it is taken;
 * one that is passed over stays refused. ERR_CONFLICT where it was not kept, where it is not known
 * how it was read (an older version refused it), or where an earlier one of its name still lies in
 * refused/. */
bool imports_retry(const struct desk *d, int64_t id, enum ingest_verdict *verdict,
                   const char **reason, struct err *e);

/* Drops what the list says of files that came longer ago than the site keeps it
 * (SETTINGS_KEEP_IMPORTS), but not of those that were refused and still lie where they can be tried
 * again. A part of the list at a time, in a transaction of its own: `*after` is 0 at the start and
 * moves on, `*gone` counts; `*more`: there is more to look at. */
bool imports_prune(const struct desk *d, int64_t *after, size_t *gone, bool *more, struct err *e);

/* Moves a file that was dealt with to `folder`/`as` (made where it is not there; an own name where
 * that is taken), by rename, and notes where it lies now. It stays where that cannot be noted. */
bool imports_put_away(const struct desk *d, const char *path, const char *folder, const char *as,
                      struct err *e);

/* What a person says of the files sent, as the options of the same names (ingest.h); "" or NULL:
 * nothing. `map`: the text of a map. */
struct imports_said {
    const char *source, *channels, *first_voice, *zone, *raw, *map;
};

/* Takes in everything in `room`, each file with its verdict as a row: file, verdict, format, calls,
 * reason. `who` as it shall be noted; `said` may be NULL. Empties the room. ERR_INPUT where what
 * was said makes no sense: nothing was read. Where it had to stop for another reason, `*out` and
 * `*taken` say what is kept (intake_paths). */
bool imports_room(const struct desk *d, const char *room, const struct imports_said *said,
                  enum store_way way, const char *who, struct table **out,
                  struct intake_taken *taken, struct err *e);

/* A token for a program that pushes calls, shown once. */
enum { IMPORTS_TOKEN = 52, IMPORTS_NAME = 60 };
bool imports_token_add(const struct desk *d, const char *name, char token[IMPORTS_TOKEN],
                       struct err *e);
bool imports_token_revoke(const struct desk *d, const char *name, struct err *e);
bool imports_token_table(const struct desk *d, struct table **out, struct err *e);
/* ERR_DENIED. `d` may be a reading desk. */
bool imports_token_find(const struct desk *d, const char *token, struct store_token *out,
                        struct err *e);

/* Calls as our JSON, one or lines, pushed with a token. The same key with the same body gives the
 * same answer again; with another body ERR_CONFLICT. "" for no key. A call that says no key of its
 * own is keyed by the hash of the body. `*status` and `*answer` (JSON,
 * in the desk's arena) are what to answer: 200 taken, with what was left out where a log's record
 * could not be read; 422 refused with the reasons. */
bool imports_push(const struct desk *d, const struct store_token *token, const char *key,
                  struct slice body, int *status, const char **answer, struct err *e);

#endif
