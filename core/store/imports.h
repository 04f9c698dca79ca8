/* imports: which files came in, when, by which way, and what became of them; who may push calls
 * over the network. */
#ifndef STORE_IMPORTS_H
#define STORE_IMPORTS_H

#include "base/hash.h"
#include "store/store.h"

enum store_way {
    STORE_BY_COMMAND,
    STORE_BY_FOLDER,
    STORE_BY_BROWSER,
    STORE_BY_NETWORK,
    STORE_WAYS
};
extern const char *const store_way_names[STORE_WAYS + 1]; /* ends with NULL */

enum store_verdict { STORE_TAKEN, STORE_REFUSED, STORE_SKIPPED, STORE_VERDICTS };
extern const char *const store_verdict_names[STORE_VERDICTS + 1];

struct store_import {
    int64_t id, at; /* UTC ms */
    enum store_way way;
    const char *who; /* a person, a token, "console" or "watched folder" */
    const char *name;
    const char *place; /* path of the file as it lies now; "" where it is not kept */
    enum store_verdict verdict;
    const char *format;
    int64_t calls;
    const char *reason;
    const char *said; /* of a refused file that is kept: what was said of it when it came
                         (ingest_said_write); "" where that is not known */
};

/* `id` is not read. Replaces what is known of a file at the same place. */
bool store_import_put(struct store *s, const struct store_import *i, struct err *e);
/* The file that lay at `from` lies at `to` now. */
bool store_import_moved(struct store *s, const char *from, const char *to, struct err *e);
bool store_import_get(struct store *s, int64_t id, struct arena *a, struct store_import *out,
                      struct err *e);
/* Newest first; verdict -1: any. */
bool store_import_list(struct store *s, int verdict, const struct store_page *page, struct arena *a,
                       struct store_import **out, size_t *n, int64_t *total, struct err *e);

/* Up to `most` that came before `before` (UTC ms), behind the number `after`, the oldest first. */
bool store_import_old(struct store *s, int64_t before, int64_t after, size_t most, struct arena *a,
                      struct store_import **out, size_t *n, struct err *e);
bool store_import_drop(struct store *s, int64_t id, struct err *e);

struct store_token {
    int64_t id;
    const char *name;
    int64_t made_at;
    const char *made_by;
    int64_t used_at, revoked_at; /* 0: never */
};
/* `hash`: of the token. ERR_CONFLICT where the name is taken. */
bool store_token_add(struct store *s, const char *name, const char *hash, int64_t at,
                     const char *by, struct err *e);
/* ERR_DENIED where there is none that holds. */
bool store_token_find(struct store *s, const char *hash, struct arena *a, struct store_token *out,
                      struct err *e);
bool store_token_used(struct store *s, int64_t id, int64_t at, struct err *e);
/* ERR_MISSING where none of this name holds. */
bool store_token_revoke(struct store *s, const char *name, int64_t at, struct err *e);
bool store_token_list(struct store *s, struct arena *a, struct store_token **out, size_t *n,
                      struct err *e);

/* The answer to a push with this key of this token; kept for a day. */
struct store_push {
    char body[HASH_TEXT]; /* hash of what was pushed */
    int status;
    const char *answer;
};
enum { STORE_PUSH_DAYS = 1 };
bool store_push_find(struct store *s, int64_t token, const char *key, struct arena *a,
                     struct store_push *out, bool *there, struct err *e);
bool store_push_add(struct store *s, int64_t token, const char *key, const struct store_push *p,
                    int64_t at, struct err *e);

#endif
