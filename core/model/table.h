/* table: named, typed columns and rows. Every list, figure and chart is one; each can leave as
 * HTML, CSV or JSON. */
#ifndef MODEL_TABLE_H
#define MODEL_TABLE_H

#include "base/arena.h"
#include "base/buf.h"

enum table_type {
    TABLE_TEXT,
    TABLE_NUMBER,   /* double */
    TABLE_COUNT,    /* whole number */
    TABLE_PERCENT,  /* 0..100, shown with one digit */
    TABLE_TIME,     /* UTC ms since 1970 */
    TABLE_DURATION, /* ms */
    TABLE_TYPES
};

struct table_cell {
    bool known;       /* false: empty; never 0 in disguise */
    const char *text; /* TABLE_TEXT */
    double number;    /* all other types; times and durations are exact below 2^53 */
    const char *link; /* site-relative address, or NULL */
};

struct table_column {
    const char *name;  /* identifier for CSV and JSON: [a-z0-9_] */
    const char *title; /* for people */
    enum table_type type;
};

struct table;

/* Lives in `a`. `columns` is kept, not copied. */
struct table *table_new(struct arena *a, const char *title, const struct table_column *columns,
                        size_t n);
void table_row(struct table *t); /* starts a row; then one cell a column, in order */
void table_text(struct table *t, const char *text);                   /* NULL: unknown; copied */
void table_link(struct table *t, const char *text, const char *link); /* both copied */
void table_number(struct table *t, double value);                     /* NaN: unknown */
void table_integer(struct table *t, int64_t value);                   /* counts, times, durations */
void table_integer_link(struct table *t, int64_t value, const char *link); /* link is copied */
void table_unknown(struct table *t);

const char *table_title(const struct table *t);
size_t table_columns(const struct table *t);
size_t table_rows(const struct table *t);
const struct table_column *table_column(const struct table *t, size_t column);
const struct table_cell *table_cell(const struct table *t, size_t row, size_t column);
/* The column of this name, at `from` or behind it; -1 where there is none. */
int table_find(const struct table *t, size_t from, const char *name);

/* How a known cell reads for a person: "9:39", "5 Oct 2026, 09:14", "83.3 %". */
void table_show(const struct table *t, size_t row, size_t column, struct buf *out);

/* RFC 4180 with a header row; cells that a spreadsheet would run get a leading apostrophe. Times
 * are ISO 8601, durations seconds. */
void table_csv(const struct table *t, struct buf *out);
void table_json(const struct table *t,
                struct buf *out); /* {"title", "columns", "rows": [{name: value}]} */

#endif
