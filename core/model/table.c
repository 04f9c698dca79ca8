#include "model/table.h"

#include "base/clock.h"
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct row {
    struct row *next;
    struct table_cell cells[];
};

struct table {
    struct arena *a;
    const char *title;
    const struct table_column *columns;
    size_t n_columns, n_rows, filled;
    struct row *first, *last;
    struct row **index; /* made at the first look-up after a row was added */
    size_t indexed;
};

struct table *table_new(struct arena *a, const char *title, const struct table_column *columns,
                        size_t n)
{
    struct table *t = arena_take(a, sizeof *t);
    *t = (struct table){
        .a = a, .title = arena_copy(a, title), .columns = columns, .n_columns = n, .filled = n};
    return t;
}

void table_row(struct table *t)
{
    assert(t->filled == t->n_columns);
    struct row *r = arena_take(t->a, sizeof *r + t->n_columns * sizeof *r->cells);
    if (t->last)
        t->last->next = r;
    else
        t->first = r;
    t->last = r;
    t->n_rows++;
    t->filled = 0;
}

static struct table_cell *next_cell(struct table *t, bool is_text)
{
    assert(t->last && t->filled < t->n_columns);
    assert(is_text == (t->columns[t->filled].type == TABLE_TEXT));
    return &t->last->cells[t->filled++];
}

void table_text(struct table *t, const char *text)
{
    table_link(t, text, NULL);
}

void table_link(struct table *t, const char *text, const char *link)
{
    *next_cell(t, true) = (struct table_cell){
        .known = text, .text = arena_copy(t->a, text), .link = arena_copy(t->a, link)};
}

void table_number(struct table *t, double value)
{
    *next_cell(t, false) =
        (struct table_cell){.known = !isnan(value), .number = isnan(value) ? 0 : value};
}

void table_integer(struct table *t, int64_t value)
{
    table_number(t, (double)value);
}

void table_integer_link(struct table *t, int64_t value, const char *link)
{
    *next_cell(t, false) =
        (struct table_cell){.known = true, .number = (double)value, .link = arena_copy(t->a, link)};
}

void table_unknown(struct table *t)
{
    assert(t->last && t->filled < t->n_columns);
    t->last->cells[t->filled++] = (struct table_cell){0};
}

const char *table_title(const struct table *t)
{
    return t->title;
}

size_t table_columns(const struct table *t)
{
    return t->n_columns;
}

size_t table_rows(const struct table *t)
{
    return t->n_rows;
}

const struct table_column *table_column(const struct table *t, size_t column)
{
    assert(column < t->n_columns);
    return &t->columns[column];
}

static void make_index(struct table *t)
{
    t->index = arena_array(t->a, t->n_rows, sizeof *t->index);
    t->indexed = 0;
    for (struct row *r = t->first; r; r = r->next)
        t->index[t->indexed++] = r;
}

const struct table_cell *table_cell(const struct table *t, size_t row, size_t column)
{
    assert(row < t->n_rows && column < t->n_columns);
    if (t->indexed != t->n_rows)
        make_index((struct table *)t);
    return &t->index[row]->cells[column];
}

int table_find(const struct table *t, size_t from, const char *name)
{
    for (size_t i = from; i < t->n_columns; i++)
        if (strcmp(t->columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void show_duration(int64_t ms, struct buf *out)
{
    char text[CLOCK_TEXT];
    buf_str(out, clock_print_length(ms, text));
}

static void show_time(int64_t ms, struct buf *out)
{
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t t = ms / 1000;
    struct tm tm;
    gmtime_r(&t, &tm);
    buf_format(out, "%d %s %d, %02d:%02d", tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
               tm.tm_hour, tm.tm_min);
}

static void show_cell(const struct table_cell *c, enum table_type type, struct buf *out)
{
    switch (type) {
    case TABLE_TEXT: buf_str(out, c->text); break;
    case TABLE_NUMBER: buf_format(out, "%.6g", c->number); break;
    case TABLE_COUNT: buf_format(out, "%.0f", c->number); break;
    case TABLE_PERCENT: buf_format(out, "%.1f %%", floor(c->number * 10 + 0.5) / 10); break;
    case TABLE_TIME: show_time((int64_t)c->number, out); break;
    case TABLE_DURATION: show_duration((int64_t)c->number, out); break;
    case TABLE_TYPES: break;
    }
}

void table_show(const struct table *t, size_t row, size_t column, struct buf *out)
{
    const struct table_cell *c = table_cell(t, row, column);
    if (c->known)
        show_cell(c, t->columns[column].type, out);
}

/* Numbers as machines read them: shortest text that gives the double back. */
static void put_number(double value, struct buf *out)
{
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        double back;
        if (slice_number(slice_of(text), &back) && back == value)
            break;
    }
    buf_str(out, text);
}

static void put_machine(const struct table_cell *c, enum table_type type, struct buf *out)
{
    char time[CLOCK_TEXT];
    if (type == TABLE_TIME) {
        clock_print((int64_t)c->number, time);
        buf_str(out, time);
    } else {
        put_number(type == TABLE_DURATION ? c->number / 1000 : c->number, out);
    }
}

/* Would a spreadsheet run this? It looks past blanks, no-break spaces, byte order marks, and reads
 * full-width signs. */
static bool is_formula(const char *text)
{
    static const char *const skipped[] = {" ", "\xC2\xA0", "\xEF\xBB\xBF", NULL};
    static const char *const starts[] = {"=",
                                         "+",
                                         "-",
                                         "@",
                                         "\t",
                                         "\r",
                                         "\n",
                                         "\xEF\xBC\x9D",
                                         "\xEF\xBC\x8B",
                                         "\xEF\xBC\x8D",
                                         "\xEF\xBC\xA0",
                                         NULL};
    for (int i = 0; skipped[i]; i++) {
        if (strncmp(text, skipped[i], strlen(skipped[i])) == 0) {
            text += strlen(skipped[i]);
            i = -1;
        }
    }
    for (int i = 0; starts[i]; i++)
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static void csv_text(const char *text, struct buf *out)
{
    bool formula = is_formula(text);
    if (!formula && !strpbrk(text, ",\"\r\n")) {
        buf_str(out, text);
        return;
    }
    buf_str(out, formula ? "\"'" : "\"");
    for (; *text; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text);
    }
    buf_char(out, '"');
}

void table_csv(const struct table *t, struct buf *out)
{
    for (size_t c = 0; c < t->n_columns; c++)
        buf_format(out, "%s%s", c ? "," : "", t->columns[c].name);
    buf_str(out, "\r\n");
    for (size_t r = 0; r < t->n_rows; r++) {
        for (size_t c = 0; c < t->n_columns; c++) {
            const struct table_cell *cell = table_cell(t, r, c);
            buf_str(out, c ? "," : "");
            if (cell->known && t->columns[c].type == TABLE_TEXT)
                csv_text(cell->text, out);
            else if (cell->known)
                put_machine(cell, t->columns[c].type, out);
        }
        buf_str(out, "\r\n");
    }
}

static struct json *json_cell(const struct table_cell *c, enum table_type type)
{
    char time[CLOCK_TEXT];
    if (!c->known)
        return json_new_text(NULL);
    if (type == TABLE_TEXT)
        return json_new_text(c->text);
    if (type == TABLE_TIME) {
        clock_print((int64_t)c->number, time);
        return json_new_text(time);
    }
    return json_new_number(type == TABLE_DURATION ? c->number / 1000 : c->number);
}

static struct json *json_columns(const struct table *t)
{
    struct json *columns = json_array();
    for (size_t c = 0; c < t->n_columns; c++) {
        struct json *column = json_object();
        json_put_text(column, "name", t->columns[c].name);
        json_put_text(column, "title", t->columns[c].title);
        json_push(columns, column);
    }
    return columns;
}

void table_json(const struct table *t, struct buf *out)
{
    struct json *j = json_object(), *rows = json_array();
    json_put_text(j, "title", t->title);
    json_put(j, "columns", json_columns(t));
    for (size_t r = 0; r < t->n_rows; r++) {
        struct json *row = json_object();
        for (size_t c = 0; c < t->n_columns; c++)
            json_put(row, t->columns[c].name, json_cell(table_cell(t, r, c), t->columns[c].type));
        json_push(rows, row);
    }
    json_put(j, "rows", rows);
    json_print(j, out);
    json_free(j);
}
