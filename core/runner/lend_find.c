/* call.find, call.count, call.list, call.turn: looking for words. */
#include "runner/lent.h"
#include "runner/lend.h"
#include "runner/search.h"

#include <string.h>

enum { MOST_HITS = 200 };

static void set_number(lua_State *L, const char *name, int n)
{
    if (!n)
        return;
    lua_pushinteger(L, n);
    lua_setfield(L, -2, name);
}

/* What a number, a sum or a date comes to, added to its hit. */
static void set_value(lua_State *L, enum spot_kind kind, const struct spot *spot)
{
    if (kind == SPOT_NUMBER || kind == SPOT_MONEY) {
        lua_pushnumber(L, spot->value);
        lua_setfield(L, -2, "value");
    }
    if (kind == SPOT_MONEY) {
        lua_pushlstring(L, spot->currency, strlen(spot->currency));
        lua_setfield(L, -2, "currency");
    }
    set_number(L, "year", spot->year);
    set_number(L, "month", spot->month);
    set_number(L, "day", spot->day);
}

static void push_place(lua_State *L, const struct search *s, const struct phrase_place *p)
{
    int64_t start, end;
    search_times(sandbox_of(L)->call, p, &start, &end);
    lend_push_hit(L, p->turn, p->from, p->to, start, end);
    if (s->kind >= 0)
        set_value(L, (enum spot_kind)s->kind, lend_spot_at(L, (enum spot_kind)s->kind, p));
}

static int find_all(lua_State *L, struct search *s, struct search_walk *w)
{
    struct phrase_place p;
    luaL_checkstack(L, (int)s->what.n + 20, NULL);
    for (size_t i = 0; i < s->what.n; i++) {
        search_begin(L, s, (int)i, w);
        if (!search_next(L, w, &p)) {
            search_note_miss(L, s, (int)i, 0);
            lua_pushnil(L);
            return 1;
        }
        push_place(L, s, &p);
    }
    return (int)s->what.n;
}

int lent_call_find(lua_State *L)
{
    struct search s;
    struct search_walk w;
    struct phrase_place p;
    search_read(L, &s);
    if (s.all)
        return find_all(L, &s, &w);
    int wanted = s.at_least > 0 ? (int)s.at_least : 1, found = 0;
    if (wanted > MOST_HITS)
        return luaL_error(L, "at_least takes at most 200");
    luaL_checkstack(L, wanted + 20, NULL);
    search_begin(L, &s, -1, &w);
    while (found < wanted && search_next(L, &w, &p)) {
        push_place(L, &s, &p);
        found++;
    }
    if (found == wanted)
        return wanted;
    search_note_miss(L, &s, -1, found);
    lua_pushnil(L);
    return 1;
}

int lent_call_count(lua_State *L)
{
    struct search s;
    struct search_walk w;
    struct phrase_place p;
    lua_Integer found = 0;
    search_read(L, &s);
    if (s.all || s.at_least > 0)
        return luaL_error(L, "a count takes phrase, any or kind, and no at_least");
    search_begin(L, &s, -1, &w);
    while (search_next(L, &w, &p))
        found++;
    if (!found)
        search_note_miss(L, &s, -1, 0);
    lua_pushinteger(L, found);
    return 1;
}

int lent_call_list(lua_State *L)
{
    struct search s;
    struct search_walk w;
    struct phrase_place p;
    lua_Integer found = 0;
    search_read(L, &s);
    if (s.all || s.at_least > 0)
        return luaL_error(L, "a list takes phrase, any or kind, and no at_least");
    search_begin(L, &s, -1, &w);
    lua_newtable(L);
    while (found < MOST_HITS && search_next(L, &w, &p)) {
        push_place(L, &s, &p);
        lua_rawseti(L, -2, ++found);
    }
    if (!found)
        search_note_miss(L, &s, -1, 0);
    return 1;
}

int lent_call_turn(lua_State *L)
{
    const struct call *c = sandbox_of(L)->call;
    lua_Integer i = luaL_checkinteger(L, 1);
    if (i < 0)
        i += (lua_Integer)c->n_turns + 1;
    if (i < 1 || (size_t)i > c->n_turns) {
        lua_pushnil(L);
        return 1;
    }
    const struct call_turn *t = &c->turns[i - 1];
    size_t n = strlen(t->text);
    sandbox_charge(L, n / 16 + 10);
    lend_push_hit(L, i - 1, 0, (uint32_t)n, t->start_ms, t->end_ms);
    return 1;
}
