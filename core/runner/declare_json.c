#include "runner/declare.h"

#include "base/json.h"
#include "base/utf8.h"
#include "runner/protocol.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct declare_most declare_card = {"card", 8, 20000, 64 << 10, 1 << 20, 2 << 20};
const struct declare_most declare_plugin = {"plugin", 8, 20000, 64 << 10, 1 << 20, 2 << 20};
/* One call fits a frame with room to spare; a turn of an e-mail can be long. */
const struct declare_most declare_call = {"call",  8,       400000,
                                          1 << 20, 3 << 20, PROTOCOL_MOST - (64 << 10)};

struct writer {
    lua_State *L;
    const struct declare_most *most;
    int n_values, n_functions;
    size_t work;
    size_t n_bytes;
    int *line; /* of the declared part that is being written */
    struct err *e;
};

/* The names of a table, to be written in order. Nothing here raises, so malloc is safe. */
struct names {
    const char **all;
    size_t n;
    bool declared;
    lua_Unsigned positions;
};

static struct json *value(struct writer *w, int depth);

/* `why` is about the call, card or plugin that stands behind it. */
static bool refuse(struct writer *w, const char *why, const char *rest)
{
    return err_set(w->e, ERR_INPUT, "%s the %s%s", why, w->most->what, rest);
}

static bool refuse_values(struct writer *w)
{
    return err_set(w->e, ERR_INPUT, "The %s has more than %d values.", w->most->what,
                   w->most->values);
}

static bool check_text(struct writer *w, struct slice text)
{
    w->n_bytes += text.n;
    if (text.n > w->most->text)
        return err_set(w->e, ERR_INPUT, "A text in the %s is longer than %zu KB.", w->most->what,
                       w->most->text >> 10);
    if (w->n_bytes > w->most->texts)
        return err_set(w->e, ERR_INPUT, "The %s's texts are more than %zu MB.", w->most->what,
                       w->most->texts >> 20);
    return utf8_valid(text) || refuse(w, "A text in", " is not UTF-8, or holds a NUL byte.");
}

static bool is_marked(lua_State *L, int table)
{
    lua_pushliteral(L, "kind");
    bool marked = lua_rawget(L, table) == LUA_TSTRING;
    lua_pushliteral(L, "line");
    marked = lua_rawget(L, table) == LUA_TNUMBER && marked;
    lua_pop(L, 2);
    return marked;
}

static bool is_own_member(const char *name)
{
    return strcmp(name, "kind") == 0 || strcmp(name, "id") == 0 || strcmp(name, "line") == 0 ||
           strcmp(name, "question") == 0;
}

/* One key, below its value on the stack. */
static bool take_key(struct writer *w, struct names *names, size_t room, lua_Unsigned *n_positions)
{
    lua_State *L = w->L;
    if (lua_type(L, -2) == LUA_TSTRING) {
        struct slice name;
        name.p = lua_tolstring(L, -2, &name.n);
        bool skip = (names->declared && is_own_member(name.p)) || declare_is_of_turn(L, -1);
        if (!skip && names->n < room)
            names->all[names->n++] = name.p;
        return check_text(w, name);
    }
    if (!lua_isinteger(L, -2))
        return refuse(w, "A table in", " has a key that is neither a name nor a position.");
    lua_Integer at = lua_tointeger(L, -2);
    if (at < 1 || (lua_Unsigned)at > names->positions)
        return refuse(w, "A list in", " has a gap: one of its positions is nil.");
    ++*n_positions;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool take_names(struct writer *w, int table, struct names *names)
{
    lua_State *L = w->L;
    size_t room = 0;
    lua_Unsigned n_positions = 0;
    for (lua_pushnil(L); lua_next(L, table); room++)
        lua_pop(L, 1);
    w->work += room;
    if (room > (size_t)w->most->values)
        return refuse_values(w);
    *names = (struct names){.all = calloc(room + 1, sizeof *names->all),
                            .declared = is_marked(L, table),
                            .positions = lua_rawlen(L, table)};
    if (!names->all)
        abort();
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1))
        if (!take_key(w, names, room, &n_positions))
            return false;
    if (n_positions != names->positions)
        return refuse(w, "A list in", " has a gap: one of its positions is nil.");
    qsort(names->all, names->n, sizeof *names->all, compare_names);
    return true;
}

static bool put_member(struct writer *w, struct json *object, int table, const char *name,
                       bool optional, int depth)
{
    lua_pushstring(w->L, name);
    if (lua_rawget(w->L, table) == LUA_TNIL && optional) {
        lua_pop(w->L, 1);
        return true;
    }
    struct json *v = value(w, depth);
    if (v)
        json_put(object, name, v);
    return v != NULL;
}

static bool put_positions(struct writer *w, struct json *array, int table, lua_Unsigned n,
                          int depth)
{
    for (lua_Unsigned i = 1; i <= n; i++) {
        lua_rawgeti(w->L, table, (lua_Integer)i);
        struct json *v = value(w, depth);
        if (!v)
            return false;
        json_push(array, v);
    }
    return true;
}

static bool put_names(struct writer *w, struct json *object, int table, const struct names *names,
                      int depth)
{
    static const char *const first[] = {"kind", "id", "line", "question"};
    for (size_t i = 0; names->declared && i < sizeof first / sizeof *first; i++)
        if (!put_member(w, object, table, first[i], true, depth))
            return false;
    for (size_t i = 0; i < names->n; i++) {
        if (names->positions && strcmp(names->all[i], "items") == 0)
            return refuse(w, "A table in", " has positions and a member named items too.");
        if (!put_member(w, object, table, names->all[i], false, depth))
            return false;
    }
    return true;
}

static struct json *table_value(struct writer *w, int table, const struct names *names, int depth)
{
    bool is_array = !names->declared && !names->n;
    struct json *out = is_array ? json_array() : json_object(), *positions = out;
    bool ok = is_array || put_names(w, out, table, names, depth);
    if (ok && !is_array && names->positions)
        json_put(out, "items", positions = json_array());
    ok = ok && put_positions(w, positions, table, names->positions, depth);
    if (!ok) {
        json_free(out);
        return NULL;
    }
    return out;
}

static struct json *table_json(struct writer *w, int depth)
{
    lua_State *L = w->L;
    int table = lua_gettop(L);
    if (depth > w->most->deep + 1 || !lua_checkstack(L, 10))
        return err_set(w->e, ERR_INPUT, "The %s is nested deeper than %d tables, or holds itself.",
                       w->most->what, w->most->deep),
               NULL;
    if (lua_getmetatable(L, table))
        return refuse(w, "A table in", " has a metatable."), NULL;
    struct names names = {0};
    int line_outside = *w->line;
    lua_pushliteral(L, "line");
    if (lua_rawget(L, table) == LUA_TNUMBER)
        *w->line = (int)lua_tointeger(L, -1);
    lua_settop(L, table);
    struct json *out =
        take_names(w, table, &names) ? table_value(w, table, &names, depth + 1) : NULL;
    free(names.all);
    if (out)
        *w->line = line_outside;
    return out;
}

static struct json *number_json(struct writer *w)
{
    double v = lua_tonumber(w->L, -1);
    if (!isfinite(v))
        return refuse(w, "A number in", " is not finite."), NULL;
    if (lua_isinteger(w->L, -1) && fabs(v) > 0x1p53)
        return refuse(w, "A whole number in", " is too large."), NULL;
    return json_new_number(v == 0 ? 0 : v);
}

static struct json *text_json(struct writer *w)
{
    struct slice text;
    text.p = lua_tolstring(w->L, -1, &text.n);
    return check_text(w, text) ? json_new_text(text.p) : NULL;
}

static struct json *function_json(struct writer *w)
{
    struct json *j = json_object();
    json_put_number(j, "function", w->n_functions++);
    return j;
}

/* The value at the top of the stack, which is popped. NULL: refused. */
static struct json *value(struct writer *w, int depth)
{
    int top = lua_gettop(w->L);
    struct json *out = NULL;
    if (++w->n_values > w->most->values) {
        refuse_values(w);
    } else {
        switch (lua_type(w->L, -1)) {
        case LUA_TBOOLEAN: out = json_new_bool(lua_toboolean(w->L, -1)); break;
        case LUA_TNUMBER: out = number_json(w); break;
        case LUA_TSTRING: out = text_json(w); break;
        case LUA_TFUNCTION: out = function_json(w); break;
        case LUA_TTABLE: out = table_json(w, depth); break;
        default: err_set(w->e, ERR_INPUT, "The %s holds a value that is no data.", w->most->what);
        }
    }
    lua_settop(w->L, top - 1);
    return out;
}

bool declare_json(lua_State *L, int index, const struct declare_most *most, struct buf *out,
                  size_t *work, int *line, struct err *e)
{
    *line = 0;
    struct writer w = {.L = L, .most = most, .line = line, .e = e};
    lua_pushvalue(L, index);
    struct json *card = value(&w, 0);
    *work = w.work + (size_t)w.n_values;
    if (!card)
        return false;
    json_print(card, out);
    json_free(card);
    *line = 0;
    return out->n <= most->json || err_set(e, ERR_INPUT, "The %s is larger than %zu MB.",
                                           most->what, (most->json + (1 << 20) - 1) >> 20);
}
