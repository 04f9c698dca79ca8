#include "runner/sandbox.h"

#include "base/utf8.h"
#include "runner/runner.h"

#include <lualib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAUSE_KEPT = 1000, PAUSE = 200 }; /* per cent of the state at which the collector begins */

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

static void library(lua_State *L, int all, const char *name)
{
    if (lua_getfield(L, all, name) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 64);
        lua_pushvalue(L, -1);
        lua_setfield(L, all, name);
    }
}

static void lend_stock(lua_State *L, int all, int stock)
{
    for (size_t i = 0; i < sizeof stock_functions / sizeof *stock_functions; i++) {
        const struct stock *f = &stock_functions[i];
        library(L, all, f->library);
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
static void lend_rows(lua_State *L, int all, const struct runner_entry *rows, bool shared_alone)
{
    for (const struct runner_entry *f = rows; f->name; f++) {
        if (!f->function || (shared_alone && !f->everywhere))
            continue;
        const char *dot = strchr(f->name, '.');
        char place[16] = "_G";
        if (dot)
            snprintf(place, sizeof place, "%.*s", (int)(dot - f->name), f->name);
        library(L, all, place);
        lua_pushcfunction(L, f->function);
        lua_setfield(L, -2, dot ? dot + 1 : f->name);
        lua_pop(L, 1);
    }
}

static void lend_own(lua_State *L, int all, enum runner_kind kind)
{
    lend_rows(L, all, runner_manual(), kind == RUNNER_PLUGIN);
    if (kind == RUNNER_PLUGIN)
        lend_rows(L, all, runner_manual_plugin(), false);
}

static void lend_values(lua_State *L, int all)
{
    library(L, all, "math");
    lend_numbers(L);
    library(L, all, "utf8");
    lua_pushstring(L, "[\x01-\x7F\xC2-\xFD][\x80-\xBF]*");
    lua_setfield(L, -2, "charpattern");
    lua_pop(L, 2);
}

/* Strings get a metatable of ours (S17): the stock one, with its arithmetic on strings, is gone. */
static void lock_texts(lua_State *L, int all)
{
    lua_pushliteral(L, "");
    lua_newtable(L);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_getfield(L, all, "string");
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

/* The libraries go into the environment, which takes the place of the stock globals; "call" is kept
 * aside for the checks, "file" for readers. */
static void close_environment(lua_State *L, int all, enum runner_kind kind)
{
    static const char *const libraries[] = {"math", "string", "table", "utf8", "_G"};
    lua_getfield(L, all, "_G");
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        lua_getfield(L, all, libraries[i]);
        lua_setfield(L, -2, libraries[i]);
    }
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_getfield(L, all, kind == RUNNER_PLUGIN ? "file" : "call");
    lua_setfield(L, LUA_REGISTRYINDEX, SANDBOX_LENT);
}

static int fill(lua_State *L)
{
    enum runner_kind kind = (enum runner_kind)lua_tointeger(L, 1);
    lua_newtable(L);
    int all = lua_gettop(L);
    open_stock(L);
    lend_stock(L, all, lua_gettop(L));
    lua_getfield(L, all + 1, "string");
    lua_getfield(L, -1, "format");
    lua_setfield(L, LUA_REGISTRYINDEX, SANDBOX_STOCK_FORMAT);
    lend_own(L, all, kind);
    lend_values(L, all);
    lock_texts(L, all);
    close_environment(L, all, kind);
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE); /* the stock tables are in it */
    return 0;
}

/* Only our own mistakes reach this: every call into a script is protected. */
static int on_panic(lua_State *L)
{
    struct limits *l = &sandbox_of(L)->limits;
    l->leave(l->owner, SAYS_ERROR);
    return 0;
}

static bool lasts(const void *limits, struct slice phrase)
{
    return limits_is_kept(limits, phrase);
}

bool sandbox_open(struct sandbox *s, enum runner_kind kind)
{
    s->L = limits_open(&s->limits) ? lua_newstate(limits_allocate, &s->limits) : NULL;
    if (!s->L)
        return false;
    memcpy(lua_getextraspace(s->L), &s, sizeof s);
    s->limits.L = s->L;
    lua_atpanic(s->L, on_panic);
    s->phrases = phrase_open(lasts, &s->limits);
    s->arena = arena_open();
    s->rows = arena_open();
    lua_pushcfunction(s->L, fill);
    lua_pushinteger(s->L, kind);
    return lua_pcall(s->L, 1, 0, 0) == LUA_OK;
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

bool sandbox_push_chunk(struct sandbox *s, struct slice text, const char *name, int *line,
                        struct err *e)
{
    if (!is_loadable(text, e))
        return false;
    if (slice_starts(text, "\xEF\xBB\xBF"))
        text.p += 3, text.n -= 3;
    char chunk_name[80];
    snprintf(chunk_name, sizeof chunk_name, "=%s", name);
    struct buf plain = {0};
    if (text.n && text.p[0] == '#') { /* as Lua does for files: the first line is not ours to run */
        buf_str(&plain, "--");
        buf_slice(&plain, text);
        text = buf_all(&plain);
    }
    int status = luaL_loadbufferx(s->L, text.p, text.n, chunk_name, "t");
    buf_free(&plain);
    return status == LUA_OK || fail_with_top(s, line, e);
}

bool sandbox_load(struct sandbox *s, struct slice text, const char *name, int *line, struct err *e)
{
    s->name = name;
    hash_text(text, s->hash);
    sandbox_seed(s, "", 0);
    return sandbox_push_chunk(s, text, name, line, e) && sandbox_call(s, 0, line, e);
}

bool sandbox_keep(struct sandbox *s, struct err *e)
{
    lua_sethook(s->L, NULL, 0, 0);
    lua_gc(s->L, LUA_GCINC, PAUSE_KEPT, 0, 0);
    lua_gc(s->L, LUA_GCCOLLECT);
    lua_gc(s->L, LUA_GCINC, PAUSE, 0, 0);
    return limits_keep(&s->limits) ||
           err_set(e, ERR_INPUT, "Once loaded the script holds more than 8 MB of data.");
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

void sandbox_put_back(struct sandbox *s)
{
    limits_put_back(&s->limits);
    s->call = NULL;
    s->file = (struct sandbox_file){.name = NULL};
    arena_reset(s->arena);
    arena_reset(s->rows);
    buf_clear(&s->log);
    buf_clear(&s->trail);
    s->log_lines = 0;
}
