/* The base functions that are ours because Lua's own would break a promise: an error must not be
 * swallowed once fuel is spent, order must be the same every time, and no address may be seen. */
#include "runner/lent.h"
#include "runner/sandbox.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Catching an error costs as much as many instructions; unpaid, a loop of it would be stopped by
 * the clock and not by its fuel. */
enum { PCALL_STEPS = 20 };

int lent_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    sandbox_charge(L, PCALL_STEPS);
    lua_pushboolean(L, true);
    lua_insert(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    if (status == LUA_OK)
        return lua_gettop(L);
    limits_rethrow(&sandbox_of(L)->limits);
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
}

void sandbox_push_text(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING: luaL_tolstring(L, index, NULL); break;
    default: lua_pushstring(L, luaL_typename(L, index));
    }
}

int lent_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    sandbox_push_text(L, 1);
    return 1;
}

/* Printing: one call is one line of the log (S20). */
enum { LOG_LINES = 200, LOG_BYTES = 16000, LOG_LINE = 1000 };
static const char cut_mark[] = " (cut)";

static void log_text(struct buf *out, struct slice text)
{
    while (text.n) {
        uint32_t c = utf8_next(&text);
        utf8_put(out, c == '\n' || c == '\t' ? ' ' : c < 0x20 || c == 0x7F ? 0xFFFD : c);
    }
}

static void log_line(struct sandbox *s, struct slice line)
{
    if (s->log_lines > LOG_LINES)
        return;
    if (s->log_lines++ == LOG_LINES || s->log.n + line.n > LOG_BYTES) {
        s->log_lines = LOG_LINES + 1;
        buf_str(&s->log, "(cut)\n");
        return;
    }
    struct slice shown = utf8_front(line, LOG_LINE);
    buf_slice(&s->log, shown);
    buf_str(&s->log, shown.n < line.n ? cut_mark : "");
    buf_char(&s->log, '\n');
}

int lent_print(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    struct slice pieces[LOG_LINE / 2];
    int n = lua_gettop(L), most = (int)(sizeof pieces / sizeof *pieces);
    n = n < most ? n : most;
    luaL_checkstack(L, n, NULL);
    for (int i = 0; i < n; i++) {
        sandbox_push_text(L, i + 1);
        pieces[i].p = lua_tolstring(L, -1, &pieces[i].n);
        lua_replace(L, i + 1);
    }
    limits_charge(&s->limits, 10);
    struct buf line = {0}; /* nothing below raises */
    for (int i = 0; i < n && line.n <= LOG_LINE; i++) {
        if (i)
            buf_char(&line, ' ');
        log_text(&line, utf8_front(pieces[i], LOG_LINE + 1));
    }
    log_line(s, buf_all(&line));
    buf_free(&line);
    return 0;
}

/* Order of keys (S21): numbers, then texts by bytes, then false and true. Tables and functions have
 * no order that is the same every time. */
struct key {
    int type;
    bool is_integer;
    lua_Integer integer;
    lua_Number number;
    struct slice text;
};

static int rank(const struct key *k)
{
    return k->type == LUA_TNUMBER ? 0 : k->type == LUA_TSTRING ? 1 : 2;
}

static struct key read_key(lua_State *L, int index)
{
    struct key k = {.type = lua_type(L, index)};
    if (k.type == LUA_TNUMBER) {
        k.is_integer = lua_isinteger(L, index);
        k.integer = lua_tointeger(L, index);
        k.number = lua_tonumber(L, index);
    } else if (k.type == LUA_TSTRING) {
        k.text.p = lua_tolstring(L, index, &k.text.n);
    } else if (k.type == LUA_TBOOLEAN) {
        k.integer = lua_toboolean(L, index);
    } else {
        luaL_error(L, "keys that are a %s have no fixed order: use texts or numbers as keys",
                   lua_typename(L, k.type));
    }
    return k;
}

static int compare_texts(struct slice a, struct slice b)
{
    int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a->type == LUA_TSTRING)
        return compare_texts(a->text, b->text);
    if (a->type == LUA_TBOOLEAN || (a->is_integer && b->is_integer))
        return (a->integer > b->integer) - (a->integer < b->integer);
    return (a->number > b->number) - (a->number < b->number);
}

static void push_key(lua_State *L, const struct key *k)
{
    if (k->type == LUA_TSTRING)
        lua_pushlstring(L, k->text.p, k->text.n);
    else if (k->type == LUA_TBOOLEAN)
        lua_pushboolean(L, k->integer != 0);
    else if (k->is_integer)
        lua_pushinteger(L, k->integer);
    else
        lua_pushnumber(L, k->number);
}

/* The first key after `after` (NULL: of all), or false. */
static bool next_key(lua_State *L, const struct key *after, struct key *found)
{
    bool any = false;
    size_t looked_at = 0;
    for (lua_pushnil(L); lua_next(L, 1); looked_at++) {
        lua_pop(L, 1);
        struct key k = read_key(L, -1);
        if ((!after || compare_keys(&k, after) > 0) && (!any || compare_keys(&k, found) < 0)) {
            *found = k;
            any = true;
        }
    }
    sandbox_charge(L, looked_at);
    return any;
}

int lent_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    struct key found, after;
    if (!lua_isnil(L, 2))
        after = read_key(L, 2);
    if (!next_key(L, lua_isnil(L, 2) ? NULL : &after, &found)) {
        lua_pushnil(L);
        return 1;
    }
    push_key(L, &found);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

/* Upvalues: the keys in order, how many are done. Keys whose value has gone meanwhile are left
 * out, as Lua's own iterator does. */
static int pairs_step(lua_State *L)
{
    for (;;) {
        lua_Integer done = lua_tointeger(L, lua_upvalueindex(2)) + 1;
        lua_pushinteger(L, done);
        lua_replace(L, lua_upvalueindex(2));
        if (lua_rawgeti(L, lua_upvalueindex(1), done) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL)
            return 2;
        lua_settop(L, 1);
    }
}

static size_t count_keys(lua_State *L)
{
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, 1); n++)
        lua_pop(L, 1);
    return n;
}

int lent_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    size_t n = count_keys(L), i = 0;
    sandbox_charge(L, n * 4);
    struct key *keys = lua_newuserdatauv(L, n * sizeof *keys + 1, 0); /* 2 */
    for (lua_pushnil(L); lua_next(L, 1); i++) {
        lua_pop(L, 1);
        keys[i] = read_key(L, -1);
    }
    qsort(keys, n, sizeof *keys, compare_keys);
    lua_createtable(L, (int)n, 0); /* 3 */
    for (i = 0; i < n; i++) {
        push_key(L, &keys[i]);
        lua_rawseti(L, 3, (lua_Integer)i + 1);
    }
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_step, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* xorshift128+: enough for sampling, the same on every machine. */
static uint64_t step_random(struct sandbox *s)
{
    uint64_t x = s->random[0], y = s->random[1];
    s->random[0] = y;
    x ^= x << 23;
    s->random[1] = x ^ y ^ (x >> 17) ^ (y >> 26);
    return s->random[1] + y;
}

void sandbox_seed(struct sandbox *s, const char *call_id, int question)
{
    s->seed_call = call_id;
    s->seed_question = question;
    s->seeded = false;
}

static void begin_random(struct sandbox *s)
{
    uint64_t h = 14695981039346656037u + (uint64_t)s->seed_question;
    for (const char *p = s->hash; *p; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    s->random[0] = h | 1;
    for (const char *p = s->seed_call; *p; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    s->random[1] = h * 6364136223846793005u + 1442695040888963407u;
    for (int i = 0; i < 16; i++)
        step_random(s);
    s->seeded = true;
}

static uint64_t next_random(struct sandbox *s)
{
    if (!s->seeded)
        begin_random(s);
    return step_random(s);
}

int lent_math_random(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    lua_Integer low = 1, high;
    switch (lua_gettop(L)) {
    case 0: lua_pushnumber(L, (double)(next_random(s) >> 11) * 0x1p-53); return 1;
    case 1: high = luaL_checkinteger(L, 1); break;
    default: low = luaL_checkinteger(L, 1); high = luaL_checkinteger(L, 2);
    }
    luaL_argcheck(L, low <= high, 1, "the interval is empty");
    uint64_t span = (uint64_t)high - (uint64_t)low, mask = span;
    for (int shift = 1; shift < 64; shift *= 2)
        mask |= mask >> shift;
    uint64_t found;
    while ((found = next_random(s) & mask) > span)
        ;
    lua_pushinteger(L, (lua_Integer)(found + (uint64_t)low));
    return 1;
}
