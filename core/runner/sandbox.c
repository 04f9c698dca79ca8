#include "runner/sandbox.h"

#include "base/utf8.h"
#include "runner/runner.h"

#include <lualib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Slots of the registry. The masters are filled once and only ever copied from. */
static const char masters[] = "masters", chunk[] = "chunk", text_meta[] = "text_meta";

struct sandbox *sandbox_of(lua_State *L)
{
    struct sandbox *s;
    memcpy(&s, lua_getextraspace(L), sizeof s);
    return s;
}

/* What of Lua's own library is lent unchanged, or with its work charged by the length of its first
 * argument. All are plain functions without upvalues. */
struct stock {
    const char *library, *name;
    bool charged;
};
static const struct stock stock_functions[] = {
    {"_G", "assert", false},     {"_G", "error", false},    {"_G", "ipairs", false},
    {"_G", "select", false},     {"_G", "tonumber", true},  {"_G", "type", false},
    {"_G", "rawequal", false},   {"_G", "rawlen", false},   {"math", "abs", false},
    {"math", "ceil", false},     {"math", "floor", false},  {"math", "fmod", false},
    {"math", "max", false},      {"math", "min", false},    {"math", "modf", false},
    {"math", "sqrt", false},     {"math", "exp", false},    {"math", "log", false},
    {"math", "sin", false},      {"math", "cos", false},    {"math", "tan", false},
    {"math", "asin", false},     {"math", "acos", false},   {"math", "atan", false},
    {"math", "deg", false},      {"math", "rad", false},    {"math", "ult", false},
    {"math", "tointeger", true}, {"math", "type", false},   {"string", "byte", true},
    {"string", "len", false},    {"string", "lower", true}, {"string", "upper", true},
    {"string", "reverse", true}, {"string", "sub", false},  {"utf8", "codepoint", true},
    {"utf8", "len", true},       {"utf8", "offset", true},  {"utf8", "codes", false},
};

static int charged(lua_State *L)
{
    lua_CFunction function = lua_tocfunction(L, lua_upvalueindex(1));
    if (lua_type(L, 1) == LUA_TSTRING)
        sandbox_charge(L, lua_rawlen(L, 1) / 8);
    return function(L);
}

/* The library tables, opened once, at the top of the stack as one table by name. */
static void open_stock(lua_State *L)
{
    static const struct {
        const char *name;
        lua_CFunction open;
    } libraries[] = {{"_G", luaopen_base},
                     {"math", luaopen_math},
                     {"string", luaopen_string},
                     {"table", luaopen_table},
                     {"utf8", luaopen_utf8}};
    lua_newtable(L);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        lua_pushcfunction(L, libraries[i].open);
        lua_call(L, 0, 1);
        lua_setfield(L, -2, libraries[i].name);
    }
}

static void master(lua_State *L, int all, const char *name)
{
    if (lua_getfield(L, all, name) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, all, name);
    }
}

static void lend_stock(lua_State *L, int all, int stock)
{
    for (size_t i = 0; i < sizeof stock_functions / sizeof *stock_functions; i++) {
        const struct stock *f = &stock_functions[i];
        master(L, all, f->library);
        lua_getfield(L, stock, f->library);
        lua_getfield(L, -1, f->name);
        if (f->charged)
            lua_pushcclosure(L, charged, 1);
        lua_setfield(L, -3, f->name);
        lua_pop(L, 2);
    }
}

static void lend_numbers(lua_State *L)
{
    lua_pushnumber(L, 3.141592653589793);
    lua_setfield(L, -2, "pi");
    lua_pushnumber(L, HUGE_VAL);
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
}

/* Ours, by their names in the list: "string.rep" goes into the table "string", "yes" into "_G". */
static void lend_own(lua_State *L, int all)
{
    for (const struct runner_entry *f = runner_manual(); f->name; f++) {
        const char *dot = strchr(f->name, '.');
        char library[16] = "_G";
        if (dot)
            snprintf(library, sizeof library, "%.*s", (int)(dot - f->name), f->name);
        master(L, all, library);
        lua_pushcfunction(L, f->function);
        lua_setfield(L, -2, dot ? dot + 1 : f->name);
        lua_pop(L, 1);
    }
}

static void lend_values(lua_State *L, int all)
{
    master(L, all, "math");
    lend_numbers(L);
    master(L, all, "utf8");
    lua_pushstring(L, "[\x01-\x7F\xC2-\xFD][\x80-\xBF]*");
    lua_setfield(L, -2, "charpattern");
    lua_pop(L, 2);
}

/* Strings get a metatable of ours: `__index` is set at every run to that run's own string table
 * (S17). The stock one, with its arithmetic on strings, is gone. */
static void lock_texts(lua_State *L)
{
    lua_newtable(L);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, text_meta);
    lua_pushliteral(L, "");
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static int fill(lua_State *L)
{
    lua_newtable(L);
    int all = lua_gettop(L);
    open_stock(L);
    lend_stock(L, all, lua_gettop(L));
    lua_getfield(L, all + 1, "string");
    lua_getfield(L, -1, "format");
    lua_setfield(L, LUA_REGISTRYINDEX, SANDBOX_STOCK_FORMAT);
    lend_own(L, all);
    lend_values(L, all);
    lua_pushvalue(L, all);
    lua_rawsetp(L, LUA_REGISTRYINDEX, masters);
    lock_texts(L);
    lua_newtable(L); /* the stock globals are shared with nobody */
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    return 0;
}

/* Only our own mistakes reach this: every call into a script is protected. */
static int on_panic(lua_State *L)
{
    struct limits *l = &sandbox_of(L)->limits;
    l->leave(l->owner, SAYS_ERROR);
    return 0;
}

bool sandbox_open(struct sandbox *s)
{
    s->L = lua_newstate(limits_allocate, &s->limits);
    if (!s->L)
        return false;
    memcpy(lua_getextraspace(s->L), &s, sizeof s);
    s->limits.L = s->L;
    lua_atpanic(s->L, on_panic);
    s->phrases = phrase_open();
    s->arena = arena_open();
    lua_pushcfunction(s->L, fill);
    return lua_pcall(s->L, 0, 0, 0) == LUA_OK;
}

static bool is_loadable(struct slice text, struct err *e)
{
    if (text.n > PROTOCOL_SOURCE)
        return err_set(e, ERR_INPUT, "The text has %zu bytes; at most %d are read.", text.n,
                       PROTOCOL_SOURCE);
    if (memchr(text.p, 0, text.n))
        return err_set(e, ERR_INPUT, "The text holds a NUL byte; only plain text is read.");
    if (!utf8_valid(text))
        return err_set(e, ERR_INPUT, "The text is not UTF-8; save it as UTF-8.");
    if (slice_starts(text, "\xEF\xBB\xBF"))
        text.p += 3, text.n -= 3;
    if (text.n && text.p[0] == '#') {
        struct slice first;
        slice_line(&text, &first);
    }
    if (text.n && text.p && text.p[0] == '\x1B')
        return err_set(e, ERR_INPUT, "The text is compiled Lua; only source text is read.");
    return true;
}

/* Takes "name:12: " off the front of a message, so that the line is a number of its own. */
static const char *without_place(const struct sandbox *s, const char *message, int *line)
{
    size_t n = strlen(s->name);
    if (strncmp(message, s->name, n) != 0 || message[n] != ':')
        return message;
    char *end;
    long found = strtol(message + n + 1, &end, 10);
    if (end == message + n + 1 || end[0] != ':' || end[1] != ' ')
        return message;
    *line = (int)found;
    return end + 2;
}

static bool fail_with_top(struct sandbox *s, int *line, struct err *e)
{
    const char *message = lua_tostring(s->L, -1);
    err_set(e, ERR_INPUT, "%s", message ? without_place(s, message, line) : "no message");
    lua_pop(s->L, 1);
    return false;
}

bool sandbox_load(struct sandbox *s, struct slice text, const char *name, int *line, struct err *e)
{
    if (!is_loadable(text, e))
        return false;
    if (slice_starts(text, "\xEF\xBB\xBF"))
        text.p += 3, text.n -= 3;
    hash_text(text, s->hash);
    s->name = name;
    char chunk_name[80];
    snprintf(chunk_name, sizeof chunk_name, "=%s", name);
    const char *p = text.p;
    size_t n = text.n;
    struct buf plain = {0};
    if (n && p[0] == '#') { /* as Lua does for files: the first line is not ours to run */
        buf_str(&plain, "--");
        buf_add(&plain, p, n);
        p = plain.p, n = plain.n;
    }
    int status = luaL_loadbufferx(s->L, p, n, chunk_name, "t");
    buf_free(&plain);
    if (status != LUA_OK)
        return fail_with_top(s, line, e);
    lua_rawsetp(s->L, LUA_REGISTRYINDEX, chunk);
    return true;
}

/* Copies one master table; the copy is at the top of the stack. */
static void push_copy(lua_State *L, int all, const char *name)
{
    lua_getfield(L, all, name);
    int from = lua_gettop(L);
    lua_createtable(L, 0, 64);
    for (lua_pushnil(L); lua_next(L, from);) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, from + 1);
    }
    lua_remove(L, from);
}

void sandbox_push_library(lua_State *L, const char *name)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, masters);
    push_copy(L, lua_gettop(L), name);
    lua_remove(L, -2);
}

static int push_environment(lua_State *L)
{
    static const char *const libraries[] = {"math", "string", "table", "utf8"};
    lua_rawgetp(L, LUA_REGISTRYINDEX, masters);
    int all = lua_gettop(L);
    push_copy(L, all, "_G");
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        push_copy(L, all, libraries[i]);
        if (strcmp(libraries[i], "string") == 0) {
            lua_rawgetp(L, LUA_REGISTRYINDEX, text_meta);
            lua_pushvalue(L, -2);
            lua_setfield(L, -2, "__index");
            lua_pop(L, 1);
        }
        lua_setfield(L, -2, libraries[i]);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    return 1;
}

bool sandbox_run(struct sandbox *s, int *line, struct err *e)
{
    sandbox_seed(s, "", 0);
    lua_rawgetp(s->L, LUA_REGISTRYINDEX, chunk);
    push_environment(s->L);
    lua_remove(s->L, -2); /* the masters */
    lua_setupvalue(s->L, -2, 1);
    return sandbox_call(s, 0, line, e);
}

/* Where an error happened, and as text whatever was thrown. */
static int on_error(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    if (lua_type(L, 1) != LUA_TSTRING) {
        const char *kind = luaL_typename(L, 1);
        if (lua_type(L, 1) == LUA_TNUMBER || lua_isboolean(L, 1) || lua_isnil(L, 1))
            sandbox_push_text(L, 1);
        else
            lua_pushfstring(L, "an error that is a %s, not a text", kind);
        lua_replace(L, 1);
    }
    s->error_line = s->limits.spent ? s->limits.spent_line : limits_line(L);
    lua_settop(L, 1);
    return 1;
}

bool sandbox_call(struct sandbox *s, int n_args, int *line, struct err *e)
{
    lua_State *L = s->L;
    int function = lua_gettop(L) - n_args;
    lua_pushcfunction(L, on_error);
    lua_insert(L, function);
    s->error_line = 0;
    int status = lua_pcall(L, n_args, 1, function);
    lua_remove(L, function);
    if (status == LUA_OK)
        return true;
    *line = s->error_line;
    return fail_with_top(s, line, e);
}

void sandbox_clear(struct sandbox *s)
{
    lua_settop(s->L, 0);
    lua_rawgetp(s->L, LUA_REGISTRYINDEX, chunk);
    if (lua_isfunction(s->L, -1)) {
        lua_pushnil(s->L);
        lua_setupvalue(s->L, -2, 1);
    }
    lua_rawgetp(s->L, LUA_REGISTRYINDEX, text_meta);
    if (lua_istable(s->L, -1)) {
        lua_pushnil(s->L);
        lua_setfield(s->L, -2, "__index");
    }
    lua_settop(s->L, 0);
    lua_sethook(s->L, NULL, 0, 0);
    lua_gc(s->L, LUA_GCCOLLECT);
    s->call = NULL;
    arena_reset(s->arena);
    buf_clear(&s->log);
    buf_clear(&s->trail);
    s->log_lines = 0;
}
