/* phrases "name": lists that cards share. A library's text is run when it is first asked for, in
 * the card's own sandbox, and gives back a table. */
#include "runner/lent.h"
#include "runner/sandbox.h"

#include <stdio.h>
#include <string.h>

static const char results[] = "phrase lists"; /* in the registry: what each library gave back */

static size_t find(const struct sandbox *s, const char *name)
{
    size_t i = 0;
    while (i < s->n_libraries && strcmp(s->libraries[i].name, name) != 0)
        i++;
    return i;
}

static int refuse_unknown(lua_State *L, const char *name)
{
    const struct sandbox *s = sandbox_of(L);
    char known[400] = "";
    size_t n = 0;
    for (size_t i = 0; i < s->n_libraries && n < sizeof known - 50; i++)
        n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", i ? ", " : "",
                              s->libraries[i].name);
    return luaL_error(L, "there is no phrase list \"%s\"; it would be the file lib/%s.lua. %s%s",
                      name, name, n ? "There is: " : "There is none yet.", known);
}

/* Runs the library; its table is at the top of the stack. The message of an error names it, because
 * the line that goes with the message is the card's. */
static void run(lua_State *L, const struct runner_text *library)
{
    struct sandbox *s = sandbox_of(L);
    char name[RUNNER_LIBRARY + 16];
    int line = 0;
    struct err e = {0};
    snprintf(name, sizeof name, "lib/%s.lua", library->name);
    if (!sandbox_push_chunk(s, library->text, name, &line, &e))
        luaL_error(L, "phrase list \"%s\": %s", library->name, e.text);
    if (lua_pcall(L, 0, 1, 0) != LUA_OK) {
        limits_rethrow(&s->limits);
        luaL_error(L, "phrase list \"%s\": %s", library->name,
                   lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "an error without words");
    }
    if (!lua_istable(L, -1))
        luaL_error(L, "phrase list \"%s\" gives back no table: end it with return { ... }",
                   library->name);
}

int lent_phrases(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    struct slice name = {"", 0};
    if (lua_type(L, 1) == LUA_TSTRING)
        name.p = lua_tolstring(L, 1, &name.n);
    if (!runner_is_library_name(name))
        return luaL_error(L,
                          "phrases needs the name of a list, a-z, 0-9 and _: phrases \"courtesy\"");
    luaL_getsubtable(L, LUA_REGISTRYINDEX, results);
    if (lua_getfield(L, -1, name.p) == LUA_TTABLE)
        return 1;
    if (lua_isboolean(L, -1))
        return luaL_error(L, "the phrase list \"%s\" needs itself", name.p);
    size_t i = find(s, name.p);
    if (i == s->n_libraries)
        return s->call ? luaL_error(L,
                                    "phrases stands outside of checks: "
                                    "local p = phrases \"%s\" above the card",
                                    name.p)
                       : refuse_unknown(L, name.p);
    lua_pop(L, 1);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, name.p);
    s->used[i] = true;
    run(L, &s->libraries[i]);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, name.p);
    return 1;
}
