#include "store/query.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void mistake(const struct query *q, const char *what, const char *name)
{
    fprintf(stderr, "store: statement %s: %s %s\n", q->name, what, name);
    abort();
}

struct query query_start(struct store *s, enum statement which)
{
    struct query q = {.s = s, .statement = s->statements[which]};
    q.name = store_statements[which].name;
    q.flags = store_statements[which].flags;
    if (s->writer)
        pthread_mutex_lock(&s->lock);
    if ((q.flags & STATEMENT_WRITE) && !s->began_file)
        mistake(&q, "writes", "outside a transaction");
    assert(q.statement && !sqlite3_stmt_busy(q.statement));
    return q;
}

static int place(struct query *q, const char *name)
{
    int i = sqlite3_bind_parameter_index(q->statement, name);
    if (!i)
        mistake(q, "has no parameter", name);
    q->bound++;
    return i;
}

static void note(struct query *q, int code)
{
    q->fault = q->fault ? q->fault : code;
}

void query_integer(struct query *q, const char *name, int64_t value)
{
    note(q, sqlite3_bind_int64(q->statement, place(q, name), value));
}

void query_null(struct query *q, const char *name)
{
    note(q, sqlite3_bind_null(q->statement, place(q, name)));
}

void query_integer_unless(struct query *q, const char *name, int64_t value, int64_t unless)
{
    if (value == unless)
        query_null(q, name);
    else
        query_integer(q, name, value);
}

void query_real(struct query *q, const char *name, double value)
{
    note(q, sqlite3_bind_double(q->statement, place(q, name), value)); /* binds NaN as null */
}

void query_text(struct query *q, const char *name, const char *value)
{
    note(q, sqlite3_bind_text(q->statement, place(q, name), value, -1, SQLITE_STATIC));
}

void query_maybe(struct query *q, const char *name, const char *value)
{
    query_text(q, name, value && *value ? value : NULL);
}

void query_bytes(struct query *q, const char *name, struct slice value)
{
    /* A null pointer would bind null instead of no bytes. */
    note(q, sqlite3_bind_blob64(q->statement, place(q, name), value.n ? value.p : "", value.n,
                                SQLITE_STATIC));
}

void query_viewer(struct query *q, const struct store_viewer *v)
{
    query_integer(q, ":sees", v->sees);
    query_maybe(q, ":viewer_agent", v->agent);
    query_maybe(q, ":viewer_team", v->team);
}

void query_page(struct query *q, const struct store_page *page)
{
    int64_t limit = page && page->limit > 0 ? page->limit : STORE_PAGE;
    query_integer(q, ":limit", limit > STORE_PAGE_MOST ? STORE_PAGE_MOST : limit);
    query_integer(q, ":offset", page && page->offset > 0 ? page->offset : 0);
}

size_t query_page_and_one(struct query *q, const struct store_page *page)
{
    int64_t limit = page && page->limit > 0 ? page->limit : STORE_PAGE;
    limit = limit > STORE_PAGE_MOST ? STORE_PAGE_MOST : limit;
    query_integer(q, ":limit", limit + 1);
    query_integer(q, ":offset", page && page->offset > 0 ? page->offset : 0);
    return (size_t)limit;
}

void query_span(struct query *q, int64_t from, int64_t to)
{
    query_integer(q, ":from", from ? from : INT64_MIN);
    query_integer(q, ":until", to ? to : INT64_MAX);
}

/* What could not be bound would be null. */
static int step(struct query *q)
{
    errno = 0;
    return q->fault ? q->fault : sqlite3_step(q->statement);
}

bool query_row(struct query *q, struct err *e)
{
    if (q->bound != sqlite3_bind_parameter_count(q->statement))
        mistake(q, "was run without", "all its parameters");
    q->column = 0;
    int code = step(q);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    q->failed = true;
    if (q->flags & STATEMENT_WRITE)
        q->s->spoilt = true;
    return q->fault ? handle_fail_as(q->s, q->fault, e) : handle_fail(q->s, e);
}

bool query_get_null(struct query *q)
{
    return sqlite3_column_type(q->statement, q->column) == SQLITE_NULL;
}

void query_skip(struct query *q)
{
    q->column++;
}

bool query_get_same(struct query *q, const char *text)
{
    const char *is = (const char *)sqlite3_column_text(q->statement, q->column++);
    return strcmp(is ? is : "", text) == 0;
}

int64_t query_get_integer(struct query *q)
{
    return sqlite3_column_int64(q->statement, q->column++);
}

int64_t query_get_integer_or(struct query *q, int64_t null)
{
    if (!query_get_null(q))
        return query_get_integer(q);
    q->column++;
    return null;
}

double query_get_real(struct query *q)
{
    if (!query_get_null(q))
        return sqlite3_column_double(q->statement, q->column++);
    q->column++;
    return NAN;
}

struct slice query_get_bytes(struct query *q)
{
    int i = q->column++;
    const void *p = sqlite3_column_blob(q->statement, i);
    return (struct slice){p ? p : "", (size_t)sqlite3_column_bytes(q->statement, i)};
}

const char *query_get_text(struct query *q, struct arena *a)
{
    return arena_text(a, query_get_bytes(q));
}

void query_get_hash(struct query *q, char out[65])
{
    struct slice s = query_get_bytes(q);
    size_t n = s.n < 64 ? s.n : 64;
    memcpy(out, s.p, n);
    out[n] = 0;
}

bool query_end(struct query *q, struct err *e)
{
    (void)e; /* filled by query_row where something failed */
    sqlite3_reset(q->statement);
    sqlite3_clear_bindings(q->statement);
    if (q->s->writer)
        pthread_mutex_unlock(&q->s->lock);
    return !q->failed;
}

bool query_run(struct query *q, struct err *e)
{
    while (query_row(q, e))
        continue;
    return query_end(q, e);
}

void *query_grow(struct arena *a, void *items, size_t n, size_t size)
{
    enum { FIRST = 16 };
    if (n && (n < FIRST || (n & (n - 1))))
        return items; /* room is FIRST, then each power of two */
    void *grown = arena_array(a, n < FIRST ? FIRST : n * 2, size);
    return n ? memcpy(grown, items, n * size) : grown;
}
