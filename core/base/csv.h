/* csv: rows of cells out of text after RFC 4180, whatever the separator.
 *
 * Cells are borrowed from the text or, where quotes had to be undone, from the arena. The
 * apostrophe that our own exports put before what a spreadsheet would run is taken off.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/err.h"

enum { CSV_COLUMNS = 200 };

struct csv_row {
    struct slice cells[CSV_COLUMNS];
    size_t n;
    size_t line; /* where it begins, from 1 */
};

struct csv { /* starts as {arena, text, separator, 1} */
    struct arena *a;
    struct slice rest;
    char separator;
    size_t line;
};

/* A number in a cell, fit for slice_number: spreadsheets part cells with semicolons where a comma
 * parts the decimals, so that 4,5 becomes 4.5 there. Anything else as it is. */
struct slice csv_decimal(const struct csv *t, struct slice cell);

/* The next row. False at the end, or with `e` set (its sentence begins with the line). Lines with
 * nothing on them are passed over. */
bool csv_next(struct csv *t, struct csv_row *row, struct err *e);

/* Goes on with the line behind the one that `t` stands at: from where it stood before a fault. */
void csv_skip_line(struct csv *t);

#endif
