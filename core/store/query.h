/* query: one run of a prepared statement. For the files of this folder only.
 *
 *     struct query q = query_start(s, S_CALL_NUMBER);
 *     query_text(&q, ":id", id);
 *     if (query_row(&q, e))
 *         n = query_get_integer(&q);
 *     return query_end(&q, e);
 *
 * Every parameter must be bound, by a name that the statement has: anything else aborts. Texts and
 * bytes that are bound must stay until the end. Columns are read in order. A statement that writes
 * aborts outside a transaction.
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "store/handle.h"

struct query {
    struct store *s;
    sqlite3_stmt *statement;
    const char *name;
    int flags, bound, column;
    int fault; /* of the first parameter that could not be bound: SQLITE_TOOBIG */
    bool failed;
};

struct query query_start(struct store *s, enum statement which);

void query_integer(struct query *q, const char *name, int64_t value);
void query_real(struct query *q, const char *name, double value);       /* NaN: null */
void query_text(struct query *q, const char *name, const char *value);  /* NULL: null */
void query_maybe(struct query *q, const char *name, const char *value); /* NULL or "": null */
void query_bytes(struct query *q, const char *name, struct slice value);
void query_null(struct query *q, const char *name);
/* Null where value is `unless`. */
void query_integer_unless(struct query *q, const char *name, int64_t value, int64_t unless);
void query_viewer(struct query *q, const struct store_viewer *v); /* the parameters of SEES */
void query_page(struct query *q, const struct store_page *page);  /* :limit and :offset */
/* Asks for a row more than the page has, which tells that there are more; the page's own length. */
size_t query_page_and_one(struct query *q, const struct store_page *page);
void query_span(struct query *q, int64_t from, int64_t to); /* :from and :until */

/* True: there is a (next) row. False: no more, or a failure, which query_end reports: also of what
 * could not be bound. */
bool query_row(struct query *q, struct err *e);

int64_t query_get_integer(struct query *q);
int64_t query_get_integer_or(struct query *q, int64_t null);
double query_get_real(struct query *q);                       /* NaN for null */
bool query_get_null(struct query *q);                         /* does not move to the next column */
const char *query_get_text(struct query *q, struct arena *a); /* a copy; null is "" */
struct slice query_get_bytes(struct query *q);                /* good until the next row */
void query_get_hash(struct query *q, char out[65]);           /* "" for null */

void query_skip(struct query *q);                       /* a column that is not wanted */
bool query_get_same(struct query *q, const char *text); /* is it this? null is "" */

/* True if and only if nothing failed. */
bool query_end(struct query *q, struct err *e);
/* For statements without rows: all at once. */
bool query_run(struct query *q, struct err *e);

/* A growing array in an arena: room for one more item of `size` bytes behind the `n` in `items`. */
void *query_grow(struct arena *a, void *items, size_t n, size_t size);

#endif
