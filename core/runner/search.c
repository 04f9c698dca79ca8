#include "runner/search.h"

#include "runner/lend.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Members of a search, each in its slot of the stack above the table. */
enum field {
    WHO,
    PHRASE,
    ANY,
    ALL,
    KIND,
    WITHIN,
    FIRST,
    LAST,
    AFTER,
    BEFORE,
    NEAR,
    UNLESS,
    WORDS,
    SECONDS,
    AT_LEAST,
    FIELDS
};
static const char *const field_names[FIELDS] = {"who",    "phrase", "any",   "all",     "kind",
                                                "within", "first",  "last",  "after",   "before",
                                                "near",   "unless", "words", "seconds", "at_least"};

static int field_of(const char *name)
{
    for (int f = 0; f < FIELDS; f++)
        if (field_names[f][0] == name[0] && strcmp(field_names[f], name) == 0)
            return f;
    return -1;
}

static int slot(enum field f)
{
    return 2 + (int)f;
}

static int type_of(lua_State *L, const struct search *s, enum field f)
{
    return s->given >> f & 1 ? lua_type(L, slot(f)) : LUA_TNIL;
}

/* The names come in no fixed order, so of several wrong ones the first by its bytes is told. */
static void spread(lua_State *L, struct search *s)
{
    char unknown[40] = "";
    lua_settop(L, 1 + FIELDS);
    for (lua_pushnil(L); lua_next(L, 1);) {
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "a position";
        int f = field_of(name);
        if (f >= 0) {
            lua_replace(L, slot((enum field)f));
            s->given |= 1u << f;
            continue;
        }
        if (!unknown[0] || strncmp(name, unknown, sizeof unknown - 1) < 0)
            snprintf(unknown, sizeof unknown, "%s", name);
        lua_pop(L, 1);
    }
    if (unknown[0])
        luaL_error(L,
                   "a search does not know \"%s\"; it knows who, phrase, any, all, kind, within, "
                   "first, last, after, before, near, unless, words, seconds and at_least",
                   unknown);
}

/* The place given as after or before: its end or its start. */
static struct search_position position_of(lua_State *L, int hit, bool end)
{
    struct search_position p = {-1, 0, 0};
    static const char *const time_names[] = {"start", "end"}, *const byte_names[] = {"from", "to"};
    int top = lua_gettop(L);
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
    lua_settop(L, top);
    return p;
}

static bool take_position(lua_State *L, const struct search *s, enum field f, bool end,
                          struct search_position *out)
{
    int type = type_of(L, s, f);
    if (type == LUA_TTABLE)
        *out = position_of(L, slot(f), end);
    else if (type != LUA_TNIL)
        luaL_error(L, "%s takes a hit, not a %s", field_names[f], lua_typename(L, type));
    return type == LUA_TTABLE;
}

static lua_Integer take_count(lua_State *L, const struct search *s, enum field f, const char *of)
{
    if (type_of(L, s, f) == LUA_TNIL)
        return -1;
    lua_Integer n = lua_isinteger(L, slot(f)) ? lua_tointeger(L, slot(f)) : -1;
    if (n < 1 || n > 1000000)
        luaL_error(L, "%s takes a number of %s", field_names[f], of);
    return n;
}

static int64_t take_ms(lua_State *L, const struct search *s, enum field f, int64_t otherwise,
                       const char *of)
{
    int type = type_of(L, s, f);
    if (type == LUA_TNIL)
        return otherwise;
    double seconds = type == LUA_TNUMBER ? lua_tonumber(L, slot(f)) : -1;
    if (!(seconds >= 0 && seconds < 1e9))
        luaL_error(L, "%s takes seconds%s", field_names[f], of);
    return llround(seconds * 1000);
}

/* first = n, last = n: of the turns of that side. */
static void narrow(struct search *s, const struct call *c, lua_Integer first, lua_Integer last)
{
    lua_Integer seen = 0;
    for (size_t i = 0; first > 0 && i < c->n_turns; i++)
        if ((s->side < 0 || (int)c->turns[i].side == s->side) && ++seen == first)
            s->last = i + 1;
    seen = 0;
    for (size_t i = c->n_turns; last > 0 && i > 0; i--)
        if ((s->side < 0 || (int)c->turns[i - 1].side == s->side) && ++seen == last)
            s->first = i - 1;
}

void search_read_turns(lua_State *L, struct search_turns *out)
{
    const struct call *c = sandbox_of(L)->call;
    struct search s = {.side = -1, .last = c->n_turns};
    int top = lua_gettop(L);
    if (lua_istable(L, 1)) {
        spread(L, &s);
        if (s.given & ~(1u << WHO | 1u << FIRST | 1u << LAST))
            luaL_error(L, "this takes who, first and last, and nothing else");
        s.side = s.given >> WHO & 1 ? lend_check_side(L, slot(WHO), true) : -1;
        lua_Integer first = take_count(L, &s, FIRST, "turns"),
                    last = take_count(L, &s, LAST, "turns");
        sandbox_charge(L, c->n_turns / 8);
        narrow(&s, c, first, last);
    } else {
        s.side = lend_check_side(L, 1, true);
    }
    lua_settop(L, top);
    *out = (struct search_turns){s.side, s.first, s.last};
}

static void take_scope(lua_State *L, struct search *s)
{
    const struct call *c = sandbox_of(L)->call;
    s->side = s->given >> WHO & 1 ? lend_check_side(L, slot(WHO), true) : -1;
    s->last = c->n_turns;
    s->until_ms = take_ms(L, s, WITHIN, INT64_MAX, " from the start of the call");
    lua_Integer first = take_count(L, s, FIRST, "turns"), last = take_count(L, s, LAST, "turns");
    if (first > 0 || last > 0) {
        sandbox_charge(L, c->n_turns / 8);
        narrow(s, c, first, last);
    }
    s->has_after = take_position(L, s, AFTER, true, &s->after);
    s->has_before = take_position(L, s, BEFORE, false, &s->before);
    s->words = take_count(L, s, WORDS, "words");
    s->ms = take_ms(L, s, SECONDS, -1, "");
    s->at_least = take_count(L, s, AT_LEAST, "places");
    if ((s->words > 0 || s->ms >= 0) && type_of(L, s, NEAR) == LUA_TNIL &&
        type_of(L, s, UNLESS) == LUA_TNIL)
        luaL_error(L, "words and seconds say how close near or unless is meant; to look from the "
                      "start of the call write within");
    if (s->words > 0 && s->ms >= 0)
        luaL_error(L, "near and unless are measured in words or in seconds, not in both");
}

void search_read_list(lua_State *L, int index, const char *name, struct search_list *out)
{
    struct arena *a = sandbox_of(L)->arena;
    bool one = lua_type(L, index) == LUA_TSTRING;
    if (!one && !lua_istable(L, index))
        luaL_error(L, "%s takes a phrase or a list of them: { \"...\", \"...\" }", name);
    lua_Unsigned n = one ? 1 : lua_rawlen(L, index);
    if (n < 1 || n > SEARCH_PHRASES)
        luaL_error(L, "a search takes 1 to 200 phrases");
    out->index = index;
    out->n = (size_t)n;
    out->places = arena_array(a, out->n, sizeof *out->places);
    out->n_places = arena_array(a, out->n, sizeof *out->n_places);
}

static void take_list(lua_State *L, const struct search *s, enum field f, struct search_list *out)
{
    if ((f == ANY || f == ALL) && type_of(L, s, f) == LUA_TSTRING)
        luaL_error(L, "any and all take a list of phrases: any = { \"...\", \"...\" }");
    if (type_of(L, s, f) != LUA_TNIL)
        search_read_list(L, slot(f), field_names[f], out);
}

static void take_what(lua_State *L, struct search *s)
{
    static const enum field fields[] = {PHRASE, ANY, ALL};
    int given = type_of(L, s, KIND) != LUA_TNIL;
    for (size_t i = 0; i < 3; i++)
        given += type_of(L, s, fields[i]) != LUA_TNIL;
    if (given != 1)
        luaL_error(L, "a search needs one of phrase = \"...\", any = { ... }, all = { ... } or "
                      "kind = \"...\"");
    s->all = type_of(L, s, ALL) != LUA_TNIL;
    s->kind = -1;
    if (type_of(L, s, KIND) == LUA_TNIL) {
        for (size_t i = 0; i < 3; i++)
            take_list(L, s, fields[i], &s->what);
        return;
    }
    const char *name = type_of(L, s, KIND) == LUA_TSTRING ? lua_tostring(L, slot(KIND)) : "";
    s->kind = call_name_index(spot_kind_names, name);
    if (s->kind < 0)
        luaL_error(L, "kind is \"number\", \"money\", \"date\" or \"question\"");
}

void search_read(lua_State *L, struct search *out)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkstack(L, FIELDS + 20, NULL);
    memset(out, 0, sizeof *out);
    spread(L, out);
    take_scope(L, out);
    take_what(L, out);
    take_list(L, out, NEAR, &out->near);
    take_list(L, out, UNLESS, &out->unless);
}

struct slice search_push_phrase(lua_State *L, const struct search_list *list, size_t i)
{
    struct slice phrase;
    if (lua_type(L, list->index) == LUA_TSTRING)
        lua_pushvalue(L, list->index);
    else
        lua_rawgeti(L, list->index, (lua_Integer)i + 1);
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "a phrase is a %s, not a text", luaL_typename(L, -1));
    phrase.p = lua_tolstring(L, -1, &phrase.n);
    return phrase;
}

/* Sentences about what was not there. */
struct note {
    char text[700]; /* three lists of five phrases */
    size_t n;
};

static void put(struct note *n, struct slice s)
{
    s = utf8_front(s, sizeof n->text - n->n);
    memcpy(n->text + n->n, s.p, s.n);
    n->n += s.n;
}

static void put_str(struct note *n, const char *text)
{
    put(n, slice_of(text));
}

static void put_number(struct note *n, const char *format, double v)
{
    char text[40];
    snprintf(text, sizeof text, "%g", v);
    put_str(n, format);
    put_str(n, text);
}

static void put_phrases(lua_State *L, struct note *n, const struct search_list *list, int only)
{
    enum { FEW = 4, SHOWN = 40 };
    size_t from = only >= 0 ? (size_t)only : 0, to = only >= 0 ? from + 1 : list->n;
    size_t shown = to - from <= FEW + 1 ? to : from + FEW; /* "and 1 more" would save nothing */
    for (size_t i = from; i < shown; i++) {
        put_str(n, i > from ? ", \"" : "\"");
        put(n, utf8_front(search_push_phrase(L, list, i), SHOWN));
        put_str(n, "\"");
        lua_pop(L, 1);
    }
    if (shown < to)
        put_number(n, " and ", (double)(to - shown)), put_str(n, " more");
}

void search_note_miss(lua_State *L, const struct search *s, int only, lua_Integer found)
{
    struct note n = {.n = 0};
    if (s->at_least > 0)
        put_number(&n, "found ", (double)found), put_number(&n, " of ", (double)s->at_least);
    else
        put_str(&n, "not found");
    if (s->side >= 0)
        put_str(&n, ", "), put_str(&n, call_side_names[s->side]);
    put_str(&n, ": ");
    if (s->kind >= 0)
        put_str(&n, "a "), put_str(&n, spot_kind_names[s->kind]);
    put_phrases(L, &n, &s->what, only);
    if (s->near.n)
        put_str(&n, " near "), put_phrases(L, &n, &s->near, -1);
    if (s->unless.n)
        put_str(&n, " unless "), put_phrases(L, &n, &s->unless, -1);
    if (s->until_ms != INT64_MAX)
        put_number(&n, " within ", (double)s->until_ms / 1000), put_str(&n, " s");
    lend_note_text(L, (struct slice){n.text, n.n});
}
