/* call.find, call.count, call.turn: looking for words. */
#include "runner/lent.h"
#include "runner/lend.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_PHRASES = 200 };

/* Where a search looks: turns first..last (exclusive), one side or all, and a stretch of positions.
 */
struct scope {
    int side; /* -1: all */
    size_t first, last;
    int64_t until_ms; /* a hit starts no later */
    bool has_after, has_before;
    struct position {
        int64_t turn, at; /* turn -1: a place without words, then only the time counts */
        int64_t ms;
    } after, before;
};

static int get(lua_State *L, const char *name)
{
    lua_pushstring(L, name);
    return lua_rawget(L, 1);
}

static bool is_known(const char *name)
{
    static const char *const known[] = {"who",   "phrase", "any",   "all",   "within",
                                        "first", "last",   "after", "before"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i]) == 0)
            return true;
    return false;
}

static void check_names(lua_State *L)
{
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING && is_known(lua_tostring(L, -2)))
            continue;
        sandbox_push_text(L, -2);
        luaL_error(L,
                   "a search does not know \"%s\"; it knows who, phrase, any, all, within, "
                   "first, last, after and before",
                   lua_tostring(L, -1));
    }
}

/* The place given as after or before: its end or its start. */
static struct position get_position(lua_State *L, bool end)
{
    int hit = lua_gettop(L);
    struct position p = {-1, 0, 0};
    static const char *const time_names[] = {"start", "end"}, *const byte_names[] = {"from", "to"};
    lua_pushliteral(L, "turn");
    lua_rawget(L, hit);
    if (lua_isinteger(L, -1))
        p.turn = lua_tointeger(L, -1) - 1;
    lua_pushstring(L, byte_names[end]);
    lua_rawget(L, hit);
    p.at = (int64_t)lua_tonumber(L, -1) - !end;
    lua_pushstring(L, time_names[end]);
    lua_rawget(L, hit);
    double seconds = lua_tonumber(L, -1);
    p.ms = seconds >= 0 && seconds < 1e9 ? llround(seconds * 1000) : 0;
    lua_settop(L, hit);
    return p;
}

static bool take_position(lua_State *L, const char *name, bool end, struct position *out)
{
    int type = get(L, name);
    if (type == LUA_TTABLE)
        *out = get_position(L, end);
    else if (type != LUA_TNIL)
        luaL_error(L, "%s takes a hit, not a %s", name, lua_typename(L, type));
    lua_pop(L, 1);
    return type == LUA_TTABLE;
}

static lua_Integer take_count(lua_State *L, const char *name)
{
    int type = get(L, name);
    lua_Integer n = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : -1;
    if (type != LUA_TNIL && n < 1)
        luaL_error(L, "%s takes a number of turns", name);
    lua_pop(L, 1);
    return n;
}

/* first = n, last = n: of the turns of that side. */
static void narrow(struct scope *w, const struct call *c, lua_Integer first, lua_Integer last)
{
    size_t end = c->n_turns;
    lua_Integer seen = 0;
    for (size_t i = 0; first > 0 && i < end; i++)
        if ((w->side < 0 || (int)c->turns[i].side == w->side) && ++seen == first)
            w->last = i + 1;
    seen = 0;
    for (size_t i = end; last > 0 && i > 0; i--)
        if ((w->side < 0 || (int)c->turns[i - 1].side == w->side) && ++seen == last)
            w->first = i - 1;
}

static struct scope take_scope(lua_State *L)
{
    const struct call *c = sandbox_of(L)->call;
    struct scope w = {.last = c->n_turns, .until_ms = INT64_MAX};
    get(L, "who");
    w.side = lend_check_side(L, -1, true);
    int type = get(L, "within");
    if (type != LUA_TNIL) {
        double seconds = type == LUA_TNUMBER ? lua_tonumber(L, -1) : -1;
        if (!(seconds >= 0 && seconds < 1e9))
            luaL_error(L, "within takes seconds from the start of the call");
        w.until_ms = llround(seconds * 1000);
    }
    lua_pop(L, 2);
    lua_Integer first = take_count(L, "first"), last = take_count(L, "last");
    if (first > 0 || last > 0) {
        sandbox_charge(L, c->n_turns / 8);
        narrow(&w, c, first, last);
    }
    w.has_after = take_position(L, "after", true, &w.after);
    w.has_before = take_position(L, "before", false, &w.before);
    return w;
}

/* The first word that ends behind `at`, or n_words. */
static size_t word_after(const struct call_turn *t, uint32_t at)
{
    size_t low = 0, high = t->n_words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->words[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Times of the words where they are known, else the turn's. */
static void times_of(const struct call_turn *t, const struct phrase_place *p, int64_t *start,
                     int64_t *end)
{
    *start = t->start_ms;
    *end = t->end_ms;
    size_t first = word_after(t, p->from), last = word_after(t, p->to - 1);
    if (first == t->n_words || t->words[first].from >= p->to)
        return;
    if (last == t->n_words || t->words[last].from >= p->to)
        last--;
    *start = t->words[first].start_ms;
    *end = t->words[last].end_ms;
}

static bool is_after(const struct phrase_place *p, int64_t start_ms, const struct position *after)
{
    if (after->turn < 0)
        return start_ms >= after->ms;
    return p->turn > after->turn || (p->turn == after->turn && p->from >= after->at);
}

static bool is_before(const struct phrase_place *p, int64_t end_ms, const struct position *before)
{
    if (before->turn < 0)
        return end_ms <= before->ms;
    return p->turn < before->turn || (p->turn == before->turn && p->to <= before->at);
}

static bool is_inside(const struct scope *w, const struct call *c, const struct phrase_place *p)
{
    const struct call_turn *t = &c->turns[p->turn];
    if (p->turn < w->first || p->turn >= w->last || (w->side >= 0 && (int)t->side != w->side))
        return false;
    if (w->until_ms == INT64_MAX && !w->has_after && !w->has_before)
        return true;
    int64_t start, end;
    times_of(t, p, &start, &end);
    return start <= w->until_ms && (!w->has_after || is_after(p, start, &w->after)) &&
           (!w->has_before || is_before(p, end, &w->before));
}

/* All places of the phrase at the top of the stack, paid for by the text that a search reads, so
 * that the price is the same whichever way it was found. */
static size_t places_of(lua_State *L, const struct phrase_place **places)
{
    struct sandbox *s = sandbox_of(L);
    struct slice phrase;
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "a phrase is a %s, not a text", luaL_typename(L, -1));
    phrase.p = lua_tolstring(L, -1, &phrase.n);
    size_t n;
    if (!phrase_find(s->phrases, phrase, places, &n))
        luaL_error(L, "a phrase needs 1 to 256 bytes with something to look for");
    limits_charge(&s->limits, 10 + phrase.n + phrase_text_bytes(s->phrases) / 64 + n);
    return n;
}

static const struct phrase_place *first_inside(lua_State *L, const struct scope *w)
{
    const struct phrase_place *places;
    size_t n = places_of(L, &places);
    for (size_t i = 0; i < n; i++)
        if (is_inside(w, sandbox_of(L)->call, &places[i]))
            return &places[i];
    return NULL;
}

static int push_place(lua_State *L, const struct phrase_place *p)
{
    int64_t start, end;
    times_of(&sandbox_of(L)->call->turns[p->turn], p, &start, &end);
    lend_push_hit(L, p->turn, p->from, p->to, start, end);
    return 1;
}

/* What is asked for, as a list at the top of the stack: its length. */
static lua_Integer take_phrases(lua_State *L, bool *all)
{
    *all = get(L, "all") != LUA_TNIL;
    int any = get(L, "any"), phrase = get(L, "phrase");
    if (*all + (any != LUA_TNIL) + (phrase != LUA_TNIL) != 1)
        luaL_error(L, "a search needs one of phrase = \"...\", any = { ... } or all = { ... }");
    if (phrase != LUA_TNIL) {
        lua_createtable(L, 1, 0);
        lua_insert(L, -2);
        lua_rawseti(L, -2, 1);
    } else {
        lua_pop(L, 1);
        lua_remove(L, *all ? -1 : -2);
    }
    if (!lua_istable(L, -1))
        luaL_error(L, "any and all take a list of phrases: any = { \"...\", \"...\" }");
    lua_Unsigned n = lua_rawlen(L, -1);
    if (n < 1 || n > MOST_PHRASES)
        luaL_error(L, "a search takes 1 to 200 phrases");
    return (lua_Integer)n;
}

static bool earlier(const struct phrase_place *a, const struct phrase_place *b)
{
    return a->turn != b->turn ? a->turn < b->turn : a->from < b->from;
}

/* "agent: "thank you for calling", "my name is" within 15 s" */
static void note_miss(lua_State *L, const struct scope *w, int list, lua_Integer only)
{
    char words[300];
    size_t n = 0;
    lua_Integer from = only ? only : 1, to = only ? only : (lua_Integer)lua_rawlen(L, list);
    words[0] = '\0';
    for (lua_Integer i = from; i <= to && n < sizeof words - 70; i++) {
        lua_rawgeti(L, list, i);
        struct slice phrase = utf8_front(slice_of(lua_tostring(L, -1)), 60);
        n += (size_t)snprintf(words + n, sizeof words - n, "%s\"%.*s\"", i > from ? ", " : "",
                              (int)phrase.n, phrase.p);
        lua_pop(L, 1);
        if (i < to && n >= sizeof words - 70)
            snprintf(words + n, sizeof words - n, ", ...");
    }
    char within[40] = "";
    if (w->until_ms != INT64_MAX)
        snprintf(within, sizeof within, " within %g s", (double)w->until_ms / 1000);
    lend_note(L, "not found%s%s: %s%s", w->side < 0 ? "" : ", ",
              w->side < 0 ? "" : call_side_names[w->side], words, within);
}

static int find_all(lua_State *L, const struct scope *w, int list, lua_Integer n)
{
    luaL_checkstack(L, (int)n + 10, NULL);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, list, i);
        const struct phrase_place *p = first_inside(L, w);
        lua_pop(L, 1);
        if (!p) {
            note_miss(L, w, list, i);
            lua_pushnil(L);
            return 1;
        }
        push_place(L, p);
    }
    return (int)n;
}

int lent_call_find(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    check_names(L);
    struct scope w = take_scope(L);
    bool all;
    lua_Integer n = take_phrases(L, &all);
    int list = lua_gettop(L);
    if (all)
        return find_all(L, &w, list, n);
    const struct phrase_place *first = NULL;
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, list, i);
        const struct phrase_place *p = first_inside(L, &w);
        if (p && (!first || earlier(p, first)))
            first = p;
        lua_pop(L, 1);
    }
    if (first)
        return push_place(L, first);
    note_miss(L, &w, list, 0);
    lua_pushnil(L);
    return 1;
}

/* Counting places that do not overlap: the earliest first, of those the longest. The lists of all
 * phrases are walked side by side. */
struct cursor {
    const struct phrase_place *at, *end;
};

static const struct phrase_place *next_place(struct cursor *cursors, lua_Integer n)
{
    struct cursor *best = NULL;
    for (lua_Integer i = 0; i < n; i++) {
        struct cursor *c = &cursors[i];
        if (c->at == c->end)
            continue;
        if (!best || earlier(c->at, best->at) ||
            (!earlier(best->at, c->at) && c->at->to > best->at->to))
            best = c;
    }
    return best ? best->at++ : NULL;
}

int lent_call_count(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    check_names(L);
    struct scope w = take_scope(L);
    bool all;
    lua_Integer n = take_phrases(L, &all), found = 0;
    int list = lua_gettop(L);
    if (all)
        return luaL_error(L, "a count takes phrase or any");
    struct cursor *cursors = lua_newuserdatauv(L, (size_t)n * sizeof *cursors, 0);
    for (lua_Integer i = 0; i < n; i++) {
        lua_rawgeti(L, list, i + 1);
        size_t places = places_of(L, &cursors[i].at);
        cursors[i].end = cursors[i].at + places;
        sandbox_charge(L, places * (size_t)n / 4);
        lua_pop(L, 1);
    }
    const struct phrase_place *last = NULL, *p;
    while ((p = next_place(cursors, n))) {
        if ((last && p->turn == last->turn && p->from < last->to) ||
            !is_inside(&w, sandbox_of(L)->call, p))
            continue;
        last = p;
        found++;
    }
    if (!found)
        note_miss(L, &w, list, 0);
    lua_pushinteger(L, found);
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
