/* A file as a reader sees it, and what it finds in it. The bytes stay where they came in; Lua gets
 * only the pieces that the script asks for. */
#include "runner/lend_file.h"

#include "base/csv.h"
#include "base/json.h"
#include "base/utf8.h"
#include "runner/declare.h"
#include "runner/lent.h"

#include <string.h>

enum {
    STEPS_A_CALL = 200,
    STEPS_A_VALUE = 20,
    STEPS_A_CELL = 4,
    JSON_MOST = 1 << 20,
    LEFT_OUT_MOST = 400
};

static struct sandbox_file *file_of(lua_State *L)
{
    struct sandbox_file *f = &sandbox_of(L)->file;
    if (!f->name)
        luaL_error(L, "this stands in the reader: there is no file outside of it");
    return f;
}

void lend_file_push(struct sandbox *s)
{
    lua_State *L = s->L;
    lua_getfield(L, LUA_REGISTRYINDEX, SANDBOX_LENT);
    lua_pushstring(L, s->file.name);
    lua_setfield(L, -2, "name");
    lua_pushinteger(L, (lua_Integer)s->file.bytes.n);
    lua_setfield(L, -2, "size");
}

int lent_file_starts(lua_State *L)
{
    struct slice all = file_of(L)->bytes, wanted;
    wanted.p = luaL_checklstring(L, 1, &wanted.n);
    sandbox_charge(L, wanted.n / 16);
    lua_pushboolean(L, wanted.n <= all.n && memcmp(all.p, wanted.p, wanted.n) == 0);
    return 1;
}

/* As string.sub counts: from 1, or from the end where negative. */
static size_t place(lua_Integer at, size_t n)
{
    if (at < 0)
        at += (lua_Integer)n + 1;
    return at < 0 ? 0 : (size_t)at > n + 1 ? n + 1 : (size_t)at;
}

int lent_file_text(lua_State *L)
{
    struct slice all = file_of(L)->bytes;
    size_t from = place(luaL_optinteger(L, 1, 1), all.n),
           to = place(luaL_optinteger(L, 2, -1), all.n);
    from = from ? from : 1;
    to = to > all.n ? all.n : to;
    size_t n = to >= from ? to - from + 1 : 0;
    if (n > SANDBOX_TEXT)
        return luaL_error(L, "file.text gives at most 1 MB at once: walk file.lines() or "
                             "file.rows { ... } instead");
    lua_pushlstring(L, n ? all.p + from - 1 : "", n);
    return 1;
}

/* Upvalues: where the next line begins, its number. */
static int next_line(lua_State *L)
{
    struct sandbox_file *f = file_of(L);
    size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(1));
    lua_Integer number = lua_tointeger(L, lua_upvalueindex(2));
    struct slice rest = {f->bytes.p + at, f->bytes.n - at}, line;
    if (!rest.n || !slice_line(&rest, &line))
        return 0;
    if (line.n > SANDBOX_TEXT)
        return luaL_error(L, "line %d is longer than 1 MB", (int)number);
    sandbox_charge(L, 10 + line.n / 16);
    lua_pushinteger(L, rest.p ? (lua_Integer)(rest.p - f->bytes.p) : (lua_Integer)f->bytes.n);
    lua_replace(L, lua_upvalueindex(1));
    lua_pushinteger(L, number + 1);
    lua_replace(L, lua_upvalueindex(2));
    f->line = (int)number;
    lua_pushlstring(L, line.p, line.n);
    lua_pushinteger(L, number);
    return 2;
}

int lent_file_lines(lua_State *L)
{
    file_of(L);
    lua_pushinteger(L, 0);
    lua_pushinteger(L, 1);
    lua_pushcclosure(L, next_line, 2);
    return 1;
}

/* --- rows --- */

static void found(lua_State *L, bool is_call, struct slice text)
{
    struct sandbox_file *f = file_of(L);
    const struct runner_found one = {is_call, f->line, text};
    if (++f->found > RUNNER_FOUND_MOST)
        luaL_error(L, "more than %d records were found; cut the file into parts",
                   RUNNER_FOUND_MOST);
    f->take(f->owner, &one);
}

enum { ROW_AT = 1, ROW_LINE, ROW_SEPARATOR, ROW_HEADS }; /* upvalues */

/* The next row that can be read; those that cannot are named. What was gone over is paid for. */
static bool read_row(lua_State *L, struct csv *t, struct csv_row *row)
{
    struct sandbox_file *f = file_of(L);
    for (;;) {
        struct err e = {0};
        struct csv before = *t;
        bool there = csv_next(t, row, &e);
        sandbox_charge(L, 10 + STEPS_A_CELL * row->n + (before.rest.n - t->rest.n) / 8);
        if (there || !e.kind)
            return there;
        sandbox_charge(L, before.rest.n / 64); /* perhaps all of it, in search of a quote */
        f->line = (int)row->line;
        const char *why = strstr(e.text, ": "); /* the line is a number of its own */
        found(L, false, slice_of(why ? why + 2 : e.text));
        *t = before;
        csv_skip_line(t);
        arena_reset(t->a);
    }
}

static struct csv open_rows(lua_State *L)
{
    struct slice all = file_of(L)->bytes;
    size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(ROW_AT));
    return (struct csv){.a = sandbox_of(L)->rows,
                        .rest = {all.p + at, all.n - at},
                        .separator = (char)lua_tointeger(L, lua_upvalueindex(ROW_SEPARATOR)),
                        .line = (size_t)lua_tointeger(L, lua_upvalueindex(ROW_LINE))};
}

static void keep_place(lua_State *L, const struct csv *t)
{
    struct slice all = file_of(L)->bytes;
    lua_pushinteger(L, (lua_Integer)(all.n - t->rest.n));
    lua_replace(L, lua_upvalueindex(ROW_AT));
    lua_pushinteger(L, (lua_Integer)t->line);
    lua_replace(L, lua_upvalueindex(ROW_LINE));
}

static void push_cell(lua_State *L, struct slice cell)
{
    if (cell.n > SANDBOX_TEXT)
        luaL_error(L, "a cell is longer than 1 MB");
    lua_pushlstring(L, cell.n ? cell.p : "", cell.n);
}

static void push_row(lua_State *L, const struct csv_row *row)
{
    int heads = lua_upvalueindex(ROW_HEADS);
    size_t n = lua_rawlen(L, heads);
    lua_createtable(L, 0, (int)n);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, heads, (lua_Integer)i + 1);
        push_cell(L, i < row->n ? row->cells[i] : (struct slice){"", 0});
        lua_rawset(L, -3);
    }
}

static int next_row(lua_State *L)
{
    struct sandbox_file *f = file_of(L);
    struct arena *a = sandbox_of(L)->rows;
    struct csv t = open_rows(L);
    struct csv_row row;
    size_t n = lua_rawlen(L, lua_upvalueindex(ROW_HEADS));
    while (read_row(L, &t, &row)) {
        f->line = (int)row.line;
        if (row.n <= n) {
            keep_place(L, &t);
            push_row(L, &row);
            lua_pushinteger(L, (lua_Integer)row.line);
            arena_reset(a);
            return 2;
        }
        const char *why = lua_pushfstring(L, "has %d cells, the head has %d", (int)row.n, (int)n);
        found(L, false, slice_of(why));
        lua_pop(L, 1);
    }
    arena_reset(a);
    return 0;
}

static lua_Integer option(lua_State *L, const char *name, int type)
{
    int is = lua_getfield(L, 1, name);
    if (is != LUA_TNIL && is != type)
        luaL_error(
            L,
            "%s in file.rows is a %s; write file.rows { separator = \";\", skip = 1, head = { "
            "\"Nr\" } }",
            name, lua_typename(L, is));
    return is != LUA_TNIL;
}

/* The heads, checked: texts, each once. */
static void check_heads(lua_State *L, int heads)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, heads);
    if (n == 0 || n > CSV_COLUMNS)
        luaL_error(L, "file.rows finds %d columns; 1 to %d are read", (int)n, CSV_COLUMNS);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= n; i++) {
        if (lua_rawgeti(L, heads, i) != LUA_TSTRING)
            luaL_error(L, "head %d of file.rows is no text", (int)i);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, -3) != LUA_TNIL)
            luaL_error(L,
                       "two columns are headed \"%s\": name them all with head = { ... } and skip "
                       "the line",
                       lua_tostring(L, -2));
        lua_pop(L, 1);
        lua_pushboolean(L, true);
        lua_rawset(L, -3);
    }
    lua_pop(L, 1);
}

/* Reads the head row into a table at the top of the stack. */
static void read_heads(lua_State *L, struct csv *t)
{
    struct csv_row row;
    lua_newtable(L);
    if (!read_row(L, t, &row))
        luaL_error(L, "file.rows finds no head in the file");
    for (size_t i = 0; i < row.n; i++) {
        struct slice head = slice_trim(row.cells[i]);
        push_cell(L, head);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

int lent_file_rows(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    struct csv t = {.a = s->rows, .rest = file_of(L)->bytes, .separator = ',', .line = 1};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (option(L, "separator", LUA_TSTRING)) {
        const char *separator = lua_tostring(L, -1);
        if (strlen(separator) != 1 || strchr("\"\r\n", separator[0]))
            return luaL_error(L, "separator is one character, no quote and no line end");
        t.separator = separator[0];
    }
    lua_Integer skip = option(L, "skip", LUA_TNUMBER) ? lua_tointeger(L, -1) : 0;
    for (struct slice line; skip > 0 && t.rest.n; skip--, t.line++) {
        slice_line(&t.rest, &line);
        t.rest.p = t.rest.p ? t.rest.p : "";
        sandbox_charge(L, 1 + line.n / 16);
    }
    if (!option(L, "head", LUA_TTABLE))
        read_heads(L, &t);
    check_heads(L, lua_gettop(L));
    int heads = lua_gettop(L);
    lua_pushinteger(L, (lua_Integer)(file_of(L)->bytes.n - t.rest.n));
    lua_pushinteger(L, (lua_Integer)t.line);
    lua_pushinteger(L, t.separator);
    lua_pushvalue(L, heads);
    lua_pushcclosure(L, next_row, 4);
    return 1;
}

/* --- JSON --- */

static void push_json(lua_State *L, const struct json *j)
{
    double number = 0;
    luaL_checkstack(L, 4, "JSON nested too deep");
    switch (json_kind(j)) {
    case JSON_NULL: lua_pushnil(L); return;
    case JSON_BOOL: lua_pushboolean(L, json_true(j)); return;
    case JSON_TEXT: lua_pushstring(L, json_text(j)); return;
    case JSON_NUMBER:
        json_number(j, &number);
        if (number > -0x1p53 && number < 0x1p53 && number == (double)(lua_Integer)number)
            lua_pushinteger(L, (lua_Integer)number);
        else
            lua_pushnumber(L, number);
        return;
    default: break;
    }
    lua_newtable(L);
    lua_Integer i = 1;
    for (const struct json *m = json_first(j); m; m = json_next(m), i++) {
        push_json(L, m);
        if (json_kind(j) == JSON_ARRAY)
            lua_rawseti(L, -2, i);
        else
            lua_setfield(L, -2, json_name(m));
    }
}

static int push_whole(lua_State *L)
{
    push_json(L, lua_touserdata(L, 1));
    return 1;
}

/* Filling tables may raise, so that it runs protected: the parsed value is freed on every way. */
int lent_file_json(lua_State *L)
{
    struct slice all = file_of(L)->bytes;
    struct err e = {0};
    if (all.n > JSON_MOST)
        return luaL_error(L, "file.json reads at most 1 MB");
    sandbox_charge(L, all.n);
    struct json *j = json_parse(all, JSON_DEPTH, &e);
    if (!j)
        return luaL_error(L, "the file is no JSON: %s", e.text);
    lua_pushcfunction(L, push_whole);
    lua_pushlightuserdata(L, j);
    int status = lua_pcall(L, 1, 1, 0);
    json_free(j);
    limits_rethrow(&sandbox_of(L)->limits);
    return status == LUA_OK ? 1 : lua_error(L);
}

/* --- what is found --- */

/* A call that cannot even be told as JSON is a record that cannot be read. */
void lend_file_found(lua_State *L, int index)
{
    struct sandbox *s = sandbox_of(L);
    struct err e = {0};
    int line = 0;
    size_t work = 0;
    buf_clear(&s->json);
    bool ok = lua_istable(L, index)
                  ? declare_json(L, index, &declare_call, &s->json, &work, &line, &e)
                  : err_set(&e, ERR_INPUT, "is a %s, not a table", luaL_typename(L, index));
    sandbox_charge(L, STEPS_A_CALL + STEPS_A_VALUE * work + s->json.n / 4);
    found(L, ok, ok ? buf_all(&s->json) : slice_of(e.text));
}

int lent_found_call(lua_State *L)
{
    file_of(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    lend_file_found(L, 1);
    return 0;
}

int lent_leave_out(lua_State *L)
{
    struct slice why;
    why.p = luaL_checklstring(L, 1, &why.n);
    struct buf clean = {0};
    utf8_clean(&clean, utf8_front(why, LEFT_OUT_MOST));
    lua_pushlstring(L, buf_text(&clean), clean.n);
    buf_free(&clean);
    sandbox_charge(L, STEPS_A_CALL);
    why.p = lua_tolstring(L, -1, &why.n);
    found(L, false, why);
    return 0;
}
