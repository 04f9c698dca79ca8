#include "base/hash.h"
#include "store/query.h"

#include <string.h>

#define IS_DUMP(name, flags, text) S_##name,
static const enum statement all[] = {STATEMENTS_DUMP(IS_DUMP)};
#undef IS_DUMP

static void put_text(struct buf *out, struct slice s)
{
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' || c == 0x7F)
            buf_format(out, "\\x%02x", c);
        else if (c == '"' || c == '\\')
            buf_format(out, "\\%c", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static void put_bytes(struct buf *out, struct slice s)
{
    char hash[HASH_TEXT];
    hash_text(s, hash);
    buf_format(out, "%zu bytes %s", s.n, hash);
}

static void put_value(struct query *q, int column, struct buf *out)
{
    q->column = column;
    switch (sqlite3_column_type(q->statement, column)) {
    case SQLITE_NULL: buf_str(out, "-"); break;
    case SQLITE_INTEGER: buf_format(out, "%lld", (long long)query_get_integer(q)); break;
    case SQLITE_FLOAT: buf_format(out, "%.17g", query_get_real(q)); break;
    case SQLITE_BLOB: put_bytes(out, query_get_bytes(q)); break;
    default: put_text(out, query_get_bytes(q));
    }
}

static void put_row(struct query *q, const char *table, struct buf *out)
{
    buf_str(out, table);
    int n = sqlite3_column_count(q->statement);
    for (int i = 0; i < n; i++) {
        buf_format(out, " %s=", sqlite3_column_name(q->statement, i));
        put_value(q, i, out);
    }
    buf_char(out, '\n');
}

bool store_dump(struct store *s, struct buf *out, struct err *e)
{
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct query q = query_start(s, all[i]);
        while (query_row(&q, e))
            put_row(&q, q.name + strlen("DUMP_"), out);
        if (!query_end(&q, e))
            return false;
    }
    return true;
}
