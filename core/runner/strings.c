/* The text functions that are ours: their work is counted and their results are bounded (S12, S13).
 */
#define _GNU_SOURCE

#include "runner/lent.h"
#include "runner/pattern.h"
#include "runner/sandbox.h"

#include "base/utf8.h"

#include <lualib.h>
#include <string.h>

enum { MOST_CHARACTERS = 10000 };

static struct slice check_text(lua_State *L, int index)
{
    struct slice s;
    s.p = luaL_checklstring(L, index, &s.n);
    return s;
}

static struct slice check_subject(lua_State *L, int index)
{
    struct slice s = check_text(L, index);
    if (s.n > SANDBOX_TEXT)
        luaL_error(L, "the text has %d KB; patterns are run over at most 1 MB", (int)(s.n >> 10));
    return s;
}

int lent_string_rep(lua_State *L)
{
    struct slice text = check_text(L, 1);
    lua_Integer n = luaL_checkinteger(L, 2);
    size_t n_between;
    const char *between = luaL_optlstring(L, 3, "", &n_between);
    if (n <= 0 || text.n + n_between == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((lua_Unsigned)n > SANDBOX_TEXT / (text.n + n_between))
        return luaL_error(L, "the repeated text would be longer than 1 MB");
    sandbox_charge(L, (size_t)n + (size_t)n * (text.n + n_between) / 16);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (; n > 0; n--) {
        luaL_addlstring(&b, text.p, text.n);
        if (n > 1)
            luaL_addlstring(&b, between, n_between);
    }
    luaL_pushresult(&b);
    return 1;
}

int lent_string_char(lua_State *L)
{
    int n = lua_gettop(L);
    luaL_argcheck(L, n <= MOST_CHARACTERS, 1, "more than 10,000 characters");
    luaL_Buffer b;
    char *p = luaL_buffinitsize(L, &b, (size_t)n);
    for (int i = 1; i <= n; i++) {
        lua_Integer c = luaL_checkinteger(L, i);
        luaL_argcheck(L, c >= 0 && c <= 255, i, "value out of range");
        p[i - 1] = (char)c;
    }
    luaL_pushresultsize(&b, (size_t)n);
    return 1;
}

int lent_utf8_char(lua_State *L)
{
    int n = lua_gettop(L);
    luaL_argcheck(L, n <= MOST_CHARACTERS, 1, "more than 10,000 characters");
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (int i = 1; i <= n; i++) {
        lua_Integer c = luaL_checkinteger(L, i);
        luaL_argcheck(L, c > 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF), i,
                      "value out of range");
        lua_pushfstring(L, "%U", (unsigned long)c);
        luaL_addvalue(&b);
    }
    luaL_pushresult(&b);
    return 1;
}

/* Checks one directive of a format and gives its last letter; moves past it. */
static char directive(lua_State *L, const char **p)
{
    const char *start = *p;
    while (**p && strchr("-+ #0123456789.", **p))
        ++*p;
    char letter = **p;
    if (!letter || !strchr("cdiouxXeEfgGqs", letter) || *p - start > 8)
        luaL_error(L, "the format has a directive that is not lent: use one of "
                      "%%d %%i %%u %%c %%x %%X %%o %%e %%f %%g %%q %%s");
    ++*p;
    return letter;
}

/* The stock function does the work once every directive is known to be harmless and every %s is a
 * text that shows no address. */
int lent_string_format(lua_State *L)
{
    struct slice f = check_text(L, 1);
    luaL_argcheck(L, strlen(f.p) == f.n, 1, "the format holds a NUL byte");
    int n_args = lua_gettop(L), arg = 1;
    for (const char *p = f.p; *p;) {
        if (*p++ != '%')
            continue;
        if (*p == '%') {
            p++;
            continue;
        }
        char letter = directive(L, &p);
        if (++arg > n_args)
            luaL_argerror(L, arg, "no value");
        if (letter == 's') {
            sandbox_push_text(L, arg);
            lua_replace(L, arg);
        }
    }
    sandbox_charge(L, f.n / 4 + 1);
    lua_getfield(L, LUA_REGISTRYINDEX, SANDBOX_STOCK_FORMAT);
    lua_insert(L, 1);
    lua_call(L, n_args, 1);
    return 1;
}

/* Patterns. */
static void pay(struct pattern *m, size_t steps)
{
    struct limits *l = &sandbox_of(m->payer)->limits;
    l->working_on = m->pattern;
    limits_charge(l, steps);
    l->working_on.n = 0;
}

static void check_fault(lua_State *L, const struct pattern *m)
{
    if (m->fault)
        luaL_error(L, "the pattern '%s' %s", lua_tostring(L, 2), m->fault);
}

static const char *try_at(lua_State *L, struct pattern *m, const char *at)
{
    const char *end = pattern_match(m, at);
    check_fault(L, m);
    return end;
}

static struct pattern start_matching(lua_State *L, struct slice text, struct slice pattern)
{
    struct pattern m;
    pattern_init(&m, text, pattern);
    m.pay = pay;
    m.payer = L;
    return m;
}

static void push_capture(lua_State *L, const struct pattern *m, int i)
{
    const struct pattern_capture *c = &m->captures[i];
    if (c->n == PATTERN_POSITION)
        lua_pushinteger(L, c->from - m->text.p + 1);
    else
        lua_pushlstring(L, c->from, (size_t)c->n);
}

/* All captures, or the whole match where there are none and `from` is given. */
static int push_captures(lua_State *L, const struct pattern *m, const char *from, const char *to)
{
    if (!m->n_captures && from) {
        lua_pushlstring(L, from, (size_t)(to - from));
        return 1;
    }
    luaL_checkstack(L, m->n_captures, "too many captures");
    for (int i = 0; i < m->n_captures; i++)
        push_capture(L, m, i);
    return m->n_captures;
}

/* Where the third argument says to start; past the end gives NULL. */
static const char *start_of(lua_State *L, struct slice text, int index)
{
    lua_Integer at = luaL_optinteger(L, index, 1);
    if (at < 0)
        at = (lua_Integer)text.n + at + 1;
    if (at < 1)
        at = 1;
    return at - 1 > (lua_Integer)text.n ? NULL : text.p + at - 1;
}

static bool has_magic(struct slice pattern)
{
    for (size_t i = 0; i < pattern.n; i++)
        if (pattern.p[i] && strchr("^$*+?.([%-", pattern.p[i]))
            return true;
    return false;
}

static int find_plain(lua_State *L, struct slice text, struct slice needle, const char *from)
{
    size_t n = (size_t)(text.p + text.n - from);
    sandbox_charge(L, n / 8 + 1);
    const char *found = needle.n ? memmem(from, n, needle.p, needle.n) : from;
    if (!found) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, found - text.p + 1);
    lua_pushinteger(L, found - text.p + (lua_Integer)needle.n);
    return 2;
}

static int find_or_match(lua_State *L, bool is_find)
{
    struct slice text = check_subject(L, 1), pattern = check_text(L, 2);
    const char *from = start_of(L, text, 3), *end;
    if (from && is_find && (lua_toboolean(L, 4) || !has_magic(pattern)))
        return find_plain(L, text, pattern, from);
    struct pattern m = start_matching(L, text, pattern);
    bool anchored = slice_starts(pattern, "^");
    for (; from && from <= text.p + text.n; from++) {
        if ((end = try_at(L, &m, from))) {
            pattern_settle(&m);
            if (!is_find)
                return push_captures(L, &m, from, end);
            lua_pushinteger(L, from - text.p + 1);
            lua_pushinteger(L, end - text.p);
            return 2 + push_captures(L, &m, NULL, NULL);
        }
        if (anchored)
            break;
    }
    pattern_settle(&m);
    lua_pushnil(L);
    return 1;
}

int lent_string_find(lua_State *L)
{
    return find_or_match(L, true);
}

int lent_string_match(lua_State *L)
{
    return find_or_match(L, false);
}

/* Upvalues: text, pattern, where to go on, end of the last match (an empty match is not given where
 * the one before it ended). */
static int gmatch_step(lua_State *L)
{
    lua_settop(L, 0);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, lua_upvalueindex(2));
    struct slice text = check_subject(L, 1), pattern = check_text(L, 2);
    struct pattern m = start_matching(L, text, pattern);
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    const char *last = text.p + lua_tointeger(L, lua_upvalueindex(4)), *end;
    for (const char *from = text.p + at; from <= text.p + text.n; from++) {
        if (!(end = try_at(L, &m, from)) || end == last)
            continue;
        pattern_settle(&m);
        lua_pushinteger(L, end - text.p);
        lua_pushvalue(L, -1);
        lua_replace(L, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return push_captures(L, &m, from, end);
    }
    lua_pushinteger(L, (lua_Integer)text.n + 1);
    lua_replace(L, lua_upvalueindex(3));
    pattern_settle(&m);
    return 0;
}

int lent_string_gmatch(lua_State *L)
{
    struct slice text = check_subject(L, 1);
    check_text(L, 2);
    const char *from = start_of(L, text, 3);
    lua_settop(L, 2);
    lua_pushinteger(L, from ? from - text.p : (lua_Integer)text.n + 1);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, gmatch_step, 4);
    return 1;
}

static void add_template(lua_State *L, luaL_Buffer *b, const struct pattern *m, const char *from,
                         const char *to)
{
    struct slice t = check_text(L, 3);
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] != '%') {
            luaL_addchar(b, t.p[i]);
            continue;
        }
        char c = ++i < t.n ? t.p[i] : '\0';
        int capture = c - '1';
        if (c == '%')
            luaL_addchar(b, '%');
        else if (c == '0' || (capture == 0 && !m->n_captures))
            luaL_addlstring(b, from, (size_t)(to - from));
        else if (capture >= 0 && capture < m->n_captures) {
            push_capture(L, m, capture);
            luaL_addvalue(b);
        } else
            luaL_error(L, "the replacement has a wrong '%%': write '%%%%' for a per cent sign");
    }
}

/* The replacement of one match: by text, table or function; nil and false keep the match. */
static void add_replacement(lua_State *L, luaL_Buffer *b, const struct pattern *m, const char *from,
                            const char *to)
{
    int kind = lua_type(L, 3);
    sandbox_charge(L, 5);
    if (kind == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(L, m, from, to), 1);
    } else if (kind == LUA_TTABLE) {
        if (m->n_captures)
            push_capture(L, m, 0);
        else
            lua_pushlstring(L, from, (size_t)(to - from));
        lua_rawget(L, 3);
    } else {
        add_template(L, b, m, from, to);
        return;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(b, from, (size_t)(to - from));
        return;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "the replacement is a %s, not a text", luaL_typename(L, -1));
    luaL_addvalue(b);
}

int lent_string_gsub(lua_State *L)
{
    struct slice text = check_subject(L, 1), pattern = check_text(L, 2);
    int kind = lua_type(L, 3);
    luaL_argexpected(L,
                     kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TTABLE ||
                         kind == LUA_TFUNCTION,
                     3, "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)text.n + 1), n = 0;
    struct pattern m = start_matching(L, text, pattern);
    bool anchored = slice_starts(pattern, "^");
    const char *from = text.p, *stop = text.p + text.n, *last = NULL, *end;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    while (n < most) {
        if ((end = try_at(L, &m, from)) && end != last) {
            n++;
            pattern_settle(&m);
            add_replacement(L, &b, &m, from, end);
            from = last = end;
        } else if (from < stop) {
            luaL_addchar(&b, *from++);
        } else {
            break;
        }
        if (anchored)
            break;
    }
    pattern_settle(&m);
    luaL_addlstring(&b, from, (size_t)(stop - from));
    luaL_pushresult(&b);
    lua_pushinteger(L, n);
    return 2;
}
