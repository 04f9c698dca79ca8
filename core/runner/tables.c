/* The table functions, raw and with every element they touch paid for (S13). Sorting is stable, and
 * its order depends on nothing but the values. */
#include "runner/lent.h"
#include "runner/sandbox.h"

enum { MOST_ELEMENTS = 1000000 };

static lua_Integer check_table(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Unsigned n = lua_rawlen(L, 1);
    if (n > MOST_ELEMENTS)
        luaL_error(L, "the table has more than 1,000,000 elements");
    return (lua_Integer)n;
}

static void check_range(lua_State *L, lua_Integer from, lua_Integer to)
{
    if (from <= to && (lua_Unsigned)to - (lua_Unsigned)from >= MOST_ELEMENTS)
        luaL_error(L, "the range has more than 1,000,000 elements");
    sandbox_charge(L, from <= to ? (size_t)(to - from) + 1 : 1);
}

int lent_table_insert(lua_State *L)
{
    lua_Integer n = check_table(L), at = n + 1;
    if (lua_gettop(L) > 2) {
        at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, at >= 1 && at <= n + 1, 2, "position out of bounds");
        lua_settop(L, 3);
    } else {
        luaL_checkany(L, 2);
    }
    check_range(L, at, n);
    for (lua_Integer i = n; i >= at; i--) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_rawseti(L, 1, at);
    return 0;
}

int lent_table_remove(lua_State *L)
{
    lua_Integer n = check_table(L), at = luaL_optinteger(L, 2, n);
    if (lua_gettop(L) > 1)
        luaL_argcheck(L, (at >= 1 && at <= n + 1) || (n == 0 && at == 0), 2,
                      "position out of bounds");
    check_range(L, at, n);
    lua_rawgeti(L, 1, at);
    for (; at < n; at++) {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, at);
    return 1;
}

int lent_table_move(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer from = luaL_checkinteger(L, 2), to = luaL_checkinteger(L, 3);
    lua_Integer at = luaL_checkinteger(L, 4);
    int into = lua_isnoneornil(L, 5) ? 1 : 5;
    luaL_checktype(L, into, LUA_TTABLE);
    check_range(L, from, to);
    luaL_argcheck(L, from > to || at <= LUA_MAXINTEGER - (to - from), 4, "too many elements");
    bool backwards = at > from && at <= to && lua_rawequal(L, 1, into);
    for (lua_Integer i = 0, n = from <= to ? to - from + 1 : 0; i < n; i++) {
        lua_Integer k = backwards ? n - 1 - i : i;
        lua_rawgeti(L, 1, from + k);
        lua_rawseti(L, into, at + k);
    }
    lua_pushvalue(L, into);
    return 1;
}

int lent_table_concat(lua_State *L)
{
    lua_Integer n = check_table(L);
    size_t n_between;
    const char *between = luaL_optlstring(L, 2, "", &n_between);
    lua_Integer from = luaL_optinteger(L, 3, 1), to = luaL_optinteger(L, 4, n);
    check_range(L, from, to);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (lua_Integer i = from; i <= to; i++) {
        lua_rawgeti(L, 1, i);
        if (!lua_isstring(L, -1))
            return luaL_error(L, "element %d is a %s: only texts and numbers can be joined", (int)i,
                              luaL_typename(L, -1));
        luaL_addvalue(&b);
        if (i < to)
            luaL_addlstring(&b, between, n_between);
        if (i == to)
            break; /* `to` may be the largest integer */
    }
    luaL_pushresult(&b);
    return 1;
}

int lent_table_pack(lua_State *L)
{
    int n = lua_gettop(L);
    lua_createtable(L, n, 1);
    lua_insert(L, 1);
    for (int i = n; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, n);
    lua_setfield(L, 1, "n");
    return 1;
}

int lent_table_unpack(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer from = luaL_optinteger(L, 2, 1);
    lua_Integer to = luaL_optinteger(L, 3, (lua_Integer)lua_rawlen(L, 1));
    if (from > to)
        return 0;
    check_range(L, from, to);
    lua_Integer n = to - from + 1;
    if (!lua_checkstack(L, (int)n))
        return luaL_error(L, "too many results to unpack");
    for (lua_Integer i = 0; i < n; i++)
        lua_rawgeti(L, 1, from + i);
    return (int)n;
}

/* Sorting: a merge sort between two scratch tables (stack slots 3 and 4), so that an error in the
 * comparator leaves the author's table as it was. Slot 2 is the comparator, or nil. */
static bool comes_before(lua_State *L, int from, lua_Integer a, lua_Integer b)
{
    sandbox_charge(L, 2);
    bool before;
    if (lua_isnil(L, 2)) {
        lua_rawgeti(L, from, a);
        lua_rawgeti(L, from, b);
        before = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    } else {
        lua_pushvalue(L, 2);
        lua_rawgeti(L, from, a);
        lua_rawgeti(L, from, b);
        lua_call(L, 2, 1);
        before = lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    return before;
}

static void merge(lua_State *L, int from, int to, lua_Integer low, lua_Integer middle,
                  lua_Integer high)
{
    lua_Integer a = low, b = middle;
    for (lua_Integer i = low; i < high; i++) {
        bool right = a >= middle || (b < high && comes_before(L, from, b, a));
        lua_rawgeti(L, from, right ? b++ : a++);
        lua_rawseti(L, to, i);
    }
}

static void copy(lua_State *L, int from, int to, lua_Integer n)
{
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, to, i);
    }
}

int lent_table_sort(lua_State *L)
{
    lua_Integer n = check_table(L);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    sandbox_charge(L, (size_t)n);
    lua_createtable(L, (int)n, 0);
    lua_createtable(L, (int)n, 0);
    copy(L, 1, 3, n);
    int from = 3, to = 4;
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer low = 1; low <= n; low += 2 * width) {
            lua_Integer middle = low + width, high = middle + width;
            merge(L, from, to, low, middle < n + 1 ? middle : n + 1, high < n + 1 ? high : n + 1);
        }
        int swap = from;
        from = to, to = swap;
    }
    copy(L, from, 1, n);
    return 0;
}
