#include "runner/declare.h"

#include "runner/lent.h"
#include "runner/limits.h"

#include <lauxlib.h>
#include <string.h>

enum { MOST_ID = 200, MOST_SECTIONS_DEEP = 4 };

/* Marks the table at `index`. Members that the word writes cannot be there already. */
static void mark(lua_State *L, int index, const char *kind, const char *id, int line)
{
    static const char *const ours[] = {"kind", "line", "question"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        lua_pushstring(L, ours[i]);
        if (lua_rawget(L, index) != LUA_TNIL)
            luaL_error(L,
                       "this %s is declared twice, or has a member named %s of its own: each "
                       "part needs a table of its own, without that name",
                       kind, ours[i]);
        lua_pop(L, 1);
    }
    lua_pushstring(L, kind);
    lua_setfield(L, index, "kind");
    lua_pushinteger(L, line);
    lua_setfield(L, index, "line");
    if (!id)
        return;
    lua_pushliteral(L, "id");
    if (lua_rawget(L, index) != LUA_TNIL)
        luaL_error(L, "%s \"%s\" has its id before the table: take out the member id", kind, id);
    lua_pop(L, 1);
    lua_pushstring(L, id);
    lua_setfield(L, index, "id");
}

static void check_body(lua_State *L, const char *kind, const char *id)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        luaL_error(L, "%s%s%s%s takes a table: write { ... } after it", kind, id ? " \"" : "",
                   id ? id : "", id ? "\"" : "");
    lua_settop(L, 1);
}

/* word { ... } */
static int whole(lua_State *L, const char *kind)
{
    check_body(L, kind, NULL);
    mark(L, 1, kind, NULL, limits_line(L));
    return 1;
}

/* Upvalues: kind, id, line. */
static int finish_part(lua_State *L)
{
    const char *kind = lua_tostring(L, lua_upvalueindex(1));
    const char *id = lua_tostring(L, lua_upvalueindex(2));
    check_body(L, kind, id);
    mark(L, 1, kind, id, (int)lua_tointeger(L, lua_upvalueindex(3)));
    return 1;
}

/* word "id" { ... }: the first half. */
static int part(lua_State *L, const char *kind)
{
    size_t n = 0;
    const char *id = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &n) : NULL;
    if (!id || n == 0 || n > MOST_ID || strlen(id) != n)
        return luaL_error(L, "%s needs an id of 1 to 200 bytes: write %s \"id\" { ... }", kind,
                          kind);
    lua_pushstring(L, kind);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, limits_line(L));
    lua_pushcclosure(L, finish_part, 3);
    return 1;
}

/* turn:at(from, to), in seconds */
static int turn_at(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Number from = luaL_checknumber(L, 2), to = luaL_checknumber(L, 3);
    if (!(from >= 0 && to >= from && to <= 1e6))
        return luaL_error(L, "at(from, to) takes two times in seconds, the earlier first");
    lua_settop(L, 3);
    lua_setfield(L, 1, "end");
    lua_setfield(L, 1, "start");
    return 1;
}

/* turn:sounds(sentiment), from -1 to 1 */
static int turn_sounds(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Number sentiment = luaL_checknumber(L, 2);
    if (!(sentiment >= -1 && sentiment <= 1))
        return luaL_error(L, "sounds(x) takes a number from -1, negative, to 1, positive");
    lua_settop(L, 2);
    lua_setfield(L, 1, "sentiment");
    return 1;
}

static int turn(lua_State *L, const char *side)
{
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "%s takes the words that were said: write %s \"...\"", side, side);
    lua_settop(L, 1);
    lua_createtable(L, 0, 8);
    mark(L, 2, "turn", NULL, limits_line(L));
    lua_pushstring(L, side);
    lua_setfield(L, 2, "side");
    lua_pushvalue(L, 1);
    lua_setfield(L, 2, "text");
    lua_pushcfunction(L, turn_at);
    lua_setfield(L, 2, "at");
    lua_pushcfunction(L, turn_sounds);
    lua_setfield(L, 2, "sounds");
    return 1;
}

#define WORD(name, shape)                                                                          \
    int lent_##name(lua_State *L)                                                                  \
    {                                                                                              \
        return shape(L, #name);                                                                    \
    }
WORD(card, whole)
WORD(plugin, whole)
WORD(section, part)
WORD(yes_no, part)
WORD(scale, part)
WORD(choice, part)
WORD(multi, part)
WORD(number, part)
WORD(text, part)
WORD(date, part)
WORD(option, part)
WORD(test, part)
WORD(call, whole)
WORD(agent, turn)
WORD(customer, turn)
WORD(system, turn)

/* Numbering. All access is raw; the walk is bounded by the nesting it allows. */
struct walk {
    lua_State *L;
    int checks, n;
    int *line;
    struct err *e;
};

/* The text member `name` of the table at `index`, or "". It lives as long as the table holds it. */
static const char *member(lua_State *L, int index, const char *name)
{
    index = lua_absindex(L, index);
    lua_pushstring(L, name);
    const char *text = lua_rawget(L, index) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    lua_pop(L, 1);
    return text;
}

static int line_of(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_pushliteral(L, "line");
    lua_rawget(L, index);
    int line = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return line;
}

static bool is_question(const char *kind)
{
    static const char *const kinds[] = {"yes_no", "scale", "choice", "multi",
                                        "number", "text",  "date"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static bool number_question(struct walk *w)
{
    lua_State *L = w->L;
    int question = lua_gettop(L);
    *w->line = line_of(L, question);
    lua_pushliteral(L, "question");
    if (lua_rawget(L, question) != LUA_TNIL)
        return err_set(w->e, ERR_INPUT, "The question \"%s\" stands in the card twice.",
                       member(L, question, "id"));
    lua_pushliteral(L, "question");
    lua_pushinteger(L, w->n);
    lua_rawset(L, question);
    lua_pushliteral(L, "check");
    int type = lua_rawget(L, question);
    if (type == LUA_TNIL)
        lua_pushboolean(L, false);
    else if (type != LUA_TFUNCTION)
        return err_set(w->e, ERR_INPUT, "The check of \"%s\" is a %s; write check = function(call)",
                       member(L, question, "id"), lua_typename(L, type));
    lua_rawseti(L, w->checks, ++w->n);
    lua_settop(L, question);
    return true;
}

static bool number_items(struct walk *w, int depth)
{
    lua_State *L = w->L;
    int whole_part = lua_gettop(L), own_line = line_of(L, whole_part);
    lua_Unsigned n = lua_rawlen(L, whole_part);
    for (lua_Unsigned i = 1; i <= n; i++) {
        lua_settop(L, whole_part);
        const char *kind =
            lua_rawgeti(L, whole_part, (lua_Integer)i) == LUA_TTABLE ? member(L, -1, "kind") : "";
        bool ok = true;
        if (is_question(kind))
            ok = number_question(w);
        else if (strcmp(kind, "section") == 0 && depth < MOST_SECTIONS_DEEP)
            ok = number_items(w, depth + 1);
        else {
            *w->line = own_line;
            ok = err_set(w->e, ERR_INPUT,
                         "Position %d in this %s is a %s: only sections and questions can stand "
                         "here, each with its { ... }, and sections nest once.",
                         (int)i, member(L, whole_part, "kind"),
                         *kind ? kind : lua_typename(L, lua_type(L, -1)));
        }
        if (!ok)
            return false;
    }
    lua_settop(L, whole_part);
    return true;
}

bool declare_number(lua_State *L, int *n_questions, int *line, struct err *e)
{
    int card = lua_gettop(L);
    *line = 0;
    if (!lua_istable(L, card) || strcmp(member(L, card, "kind"), "card") != 0)
        return err_set(e, ERR_INPUT,
                       "The text gives back no card: end it with return card { ... }");
    lua_checkstack(L, 50);
    lua_newtable(L);
    struct walk w = {.L = L, .checks = card + 1, .line = line, .e = e};
    lua_pushvalue(L, card);
    if (!number_items(&w, 0))
        return false;
    lua_settop(L, card + 1);
    *line = 0;
    *n_questions = w.n;
    return true;
}

bool declare_is_plugin(lua_State *L, struct err *e)
{
    return (lua_istable(L, -1) && strcmp(member(L, -1, "kind"), "plugin") == 0) ||
           err_set(e, ERR_INPUT,
                   "The text gives back no plugin: end it with return plugin { ... }");
}

bool declare_push_hook(lua_State *L, int index, const char *name)
{
    index = lua_absindex(L, index);
    lua_pushstring(L, name);
    if (lua_rawget(L, index) == LUA_TFUNCTION)
        return true;
    lua_pop(L, 1);
    return false;
}

bool declare_push_applies(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_pushliteral(L, "applies");
    if (lua_rawget(L, index) == LUA_TTABLE) {
        lua_pushliteral(L, "when");
        lua_rawget(L, -2);
        lua_remove(L, -2);
    }
    if (lua_isfunction(L, -1))
        return true;
    lua_pop(L, 1);
    return false;
}

bool declare_is_of_turn(lua_State *L, int index)
{
    return lua_tocfunction(L, index) == turn_at || lua_tocfunction(L, index) == turn_sounds;
}
