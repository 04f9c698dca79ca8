#include "runner/lend.h"

#include "runner/lent.h"
#include "base/utf8.h"
#include "runner/bounds.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TRAIL = 1800 };

void lend_note_text(lua_State *L, struct slice text)
{
    struct sandbox *s = sandbox_of(L);
    if (s->trail.n + text.n > TRAIL)
        return;
    buf_str(&s->trail, s->trail.n ? "; " : "");
    buf_slice(&s->trail, text);
}

void lend_note(lua_State *L, const char *format, ...)
{
    char note[400];
    va_list args;
    va_start(args, format);
    vsnprintf(note, sizeof note, format, args);
    va_end(args);
    lend_note_text(L, utf8_front(slice_of(note), sizeof note));
}

static void set_text(lua_State *L, const char *name, const char *text)
{
    if (!*text)
        return;
    lua_pushlstring(L, text, strlen(text)); /* lua_pushstring keeps a cache by address */
    lua_setfield(L, -2, name);
}

static void set_seconds(lua_State *L, const char *name, int64_t ms)
{
    if (ms == CALL_UNKNOWN)
        return;
    lua_pushnumber(L, (double)ms / 1000);
    lua_setfield(L, -2, name);
}

static void set_number(lua_State *L, const char *name, double v)
{
    if (isnan(v))
        return;
    lua_pushnumber(L, v);
    lua_setfield(L, -2, name);
}

void lend_push_hit(lua_State *L, int64_t turn, uint32_t from, uint32_t to, int64_t start_ms,
                   int64_t end_ms)
{
    lua_createtable(L, 0, 9);
    lua_pushliteral(L, "hit");
    lua_setfield(L, -2, "kind");
    set_seconds(L, "start", start_ms);
    set_seconds(L, "end", end_ms);
    if (turn < 0)
        return;
    const struct call_turn *t = &sandbox_of(L)->call->turns[turn];
    lua_pushinteger(L, turn + 1);
    lua_setfield(L, -2, "turn");
    lua_pushinteger(L, (lua_Integer)from + 1);
    lua_setfield(L, -2, "from");
    lua_pushinteger(L, to);
    lua_setfield(L, -2, "to");
    lua_pushlstring(L, t->text + from, to - from);
    lua_setfield(L, -2, "text");
    lua_pushstring(L, call_side_names[t->side]);
    lua_setfield(L, -2, "who");
}

int lend_check_side(lua_State *L, int index, bool any)
{
    if (any && lua_isnoneornil(L, index))
        return -1;
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
    int side = call_name_index(call_side_names, name);
    if (side < 0 || (side == CALL_SYSTEM && !any))
        luaL_error(L, any ? "who is \"agent\", \"customer\" or \"system\""
                          : "who is \"agent\" or \"customer\"");
    return side;
}

void lend_use(struct sandbox *s, const struct call *call)
{
    s->call = call;
    s->end_ms = bounds_end_ms(call);
    phrase_use(s->phrases, call->turns, call->n_turns, s->arena);
    memset(s->spots, 0, sizeof s->spots);
}

static void find_spots(struct sandbox *s, enum spot_kind kind, struct sandbox_spots *all)
{
    size_t n_turns = s->call->n_turns, *n = arena_array(s->arena, n_turns, sizeof *n);
    struct spot **spots = arena_array(s->arena, n_turns, sizeof *spots);
    struct arena *scratch = arena_open();
    for (size_t i = 0; i < n_turns; i++) {
        n[i] = spot_find(phrase_folded(s->phrases, i), kind, SPOT_PLACES - all->n, scratch,
                         s->arena, &spots[i]);
        all->n += n[i];
    }
    arena_close(scratch);
    all->places = arena_array(s->arena, all->n, sizeof *all->places);
    all->spots = arena_array(s->arena, all->n, sizeof *all->spots);
    size_t at = 0;
    for (size_t i = 0; i < n_turns; i++)
        for (size_t k = 0; k < n[i]; k++, at++) {
            all->spots[at] = spots[i][k];
            all->places[at] = phrase_place_of(s->phrases, i, spots[i][k].from, spots[i][k].to);
        }
    all->known = true;
}

const struct phrase_place *lend_spots(lua_State *L, enum spot_kind kind,
                                      const struct phrase_place **places)
{
    struct sandbox *s = sandbox_of(L);
    struct sandbox_spots *all = &s->spots[kind];
    if (!all->known)
        find_spots(s, kind, all);
    sandbox_charge(L, 10 + phrase_text_bytes(s->phrases) / 16 + all->n);
    *places = all->places;
    return all->places + all->n;
}

const struct spot *lend_spot_at(lua_State *L, enum spot_kind kind, const struct phrase_place *p)
{
    const struct sandbox_spots *all = &sandbox_of(L)->spots[kind];
    size_t low = 0, high = all->n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        const struct phrase_place *q = &all->places[middle];
        bool later = q->turn != p->turn ? q->turn > p->turn : q->from > p->from;
        *(later ? &high : &low) = middle;
    }
    return &all->spots[low];
}

static void set_facts(lua_State *L, const struct call *c)
{
    set_text(L, "id", c->id);
    set_text(L, "channel", call_channel_names[c->channel]);
    set_text(L, "type", c->type);
    set_text(L, "direction", call_direction_names[c->direction]);
    set_text(L, "queue", c->queue);
    set_text(L, "agent", c->agent_id);
    set_text(L, "agent_name", c->agent_name);
    set_text(L, "team", c->team);
    set_text(L, "customer", c->customer);
    set_text(L, "customer_class", c->customer_class);
    set_text(L, "language", c->language);
    set_text(L, "outcome", call_outcome_names[c->outcome]);
    set_text(L, "hung_up", c->hung_up);
    set_text(L, "wrap_up", c->wrap_up);
    set_seconds(L, "duration", call_length_ms(c));
    set_seconds(L, "wait", c->wait_ms);
    set_seconds(L, "talking", c->talk_ms);
    set_seconds(L, "hold", c->hold_ms);
    set_seconds(L, "wrap", c->wrap_ms);
    set_number(L, "csat", c->csat);
    set_number(L, "nps", c->nps);
    if (c->resolved != CALL_UNKNOWN) {
        lua_pushboolean(L, c->resolved);
        lua_setfield(L, -2, "resolved");
    }
    lua_pushinteger(L, (lua_Integer)c->n_turns);
    lua_setfield(L, -2, "turns");
}

void lend_push(struct sandbox *s)
{
    lua_State *L = s->L;
    lua_getfield(L, LUA_REGISTRYINDEX, SANDBOX_LENT);
    set_facts(L, s->call);
    lua_newtable(L);
    for (size_t i = 0; i < s->call->n_meta; i++)
        set_text(L, s->call->meta[i].name, s->call->meta[i].value);
    lua_setfield(L, -2, "meta");
}
