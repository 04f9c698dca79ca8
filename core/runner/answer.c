#include "runner/answer.h"

#include "runner/lent.h"
#include "base/utf8.h"
#include "model/form.h"
#include "runner/bounds.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Making. Slot `answer` is the table being made. */
static int start_answer(lua_State *L, const char *state)
{
    lua_createtable(L, 0, 8);
    int answer = lua_gettop(L);
    lua_pushliteral(L, "answer");
    lua_setfield(L, answer, "kind");
    lua_pushstring(L, state);
    lua_setfield(L, answer, "state");
    return answer;
}

static bool has_kind(lua_State *L, int index, const char *kind)
{
    if (!lua_istable(L, index))
        return false;
    index = lua_absindex(L, index);
    lua_pushliteral(L, "kind");
    bool is = lua_rawget(L, index) == LUA_TSTRING && strcmp(lua_tostring(L, -1), kind) == 0;
    lua_pop(L, 1);
    return is;
}

static void append(lua_State *L, int answer, const char *list, int value)
{
    if (lua_getfield(L, answer, list) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_createtable(L, 1, 0);
        lua_pushvalue(L, -1);
        lua_setfield(L, answer, list);
    }
    lua_pushvalue(L, value);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

/* Arguments from `first` to `last`: places and one reason. Gives whether there was any. */
static bool take_why(lua_State *L, int answer, int first, int last, const char *word)
{
    bool any = false;
    for (int i = first; i <= last; i++) {
        if (lua_isnil(L, i))
            continue;
        if (lua_type(L, i) == LUA_TSTRING) {
            lua_pushvalue(L, i);
            lua_setfield(L, answer, "reason");
        } else if (has_kind(L, i, "hit")) {
            append(L, answer, "places", i);
        } else {
            luaL_error(L, "%s takes places (hits) and a reason in words, not a %s", word,
                       luaL_typename(L, i));
        }
        any = true;
    }
    return any;
}

static void use_trail(lua_State *L, int answer, const char *word)
{
    struct sandbox *s = sandbox_of(L);
    if (!s->trail.n)
        luaL_error(L,
                   "%s needs a place, %s(hit), or a reason in words: the check looked for nothing "
                   "that could say why",
                   word, word);
    lua_pushlstring(L, s->trail.p, s->trail.n);
    lua_setfield(L, answer, "reason");
}

int lent_yes(lua_State *L)
{
    int n = lua_gettop(L), answer = start_answer(L, "given");
    lua_pushliteral(L, "yes");
    append(L, answer, "values", lua_gettop(L));
    if (!take_why(L, answer, 1, n, "yes"))
        return luaL_error(L, "yes() needs a place, yes(hit), or a reason in words: yes(\"why\")");
    lua_settop(L, answer);
    return 1;
}

int lent_no(lua_State *L)
{
    int n = lua_gettop(L), answer = start_answer(L, "given");
    lua_pushliteral(L, "no");
    append(L, answer, "values", lua_gettop(L));
    if (!take_why(L, answer, 1, n, "no"))
        use_trail(L, answer, "no");
    lua_settop(L, answer);
    return 1;
}

int lent_na(lua_State *L)
{
    int n = lua_gettop(L), answer = start_answer(L, "na");
    if (!take_why(L, answer, 1, n, "na"))
        use_trail(L, answer, "na");
    lua_settop(L, answer);
    return 1;
}

int lent_pick(lua_State *L)
{
    int n = lua_gettop(L), answer = start_answer(L, "given");
    if (lua_type(L, 1) == LUA_TSTRING || lua_isinteger(L, 1)) {
        lua_pushvalue(L, 1);
        lua_tostring(L, -1);
        append(L, answer, "values", lua_gettop(L));
    } else if (lua_istable(L, 1) && !has_kind(L, 1, "hit")) {
        lua_pushvalue(L, 1);
        lua_setfield(L, answer, "values");
    } else {
        return luaL_error(L, "pick needs the id of an option, or a list of them");
    }
    if (!take_why(L, answer, 2, n, "pick"))
        use_trail(L, answer, "pick");
    lua_settop(L, answer);
    return 1;
}

int lent_value(lua_State *L)
{
    int n = lua_gettop(L), answer = start_answer(L, "given");
    if (lua_type(L, 1) != LUA_TNUMBER && lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "value needs a number, a text, or a day as \"2026-10-05\"");
    lua_pushvalue(L, 1);
    append(L, answer, "values", lua_gettop(L));
    if (!take_why(L, answer, 2, n, "value"))
        use_trail(L, answer, "value");
    lua_settop(L, answer);
    return 1;
}

static void copy_member(lua_State *L, int from, int to, const char *name)
{
    lua_pushstring(L, name);
    lua_rawget(L, from);
    lua_setfield(L, to, name);
}

int lent_excused(lua_State *L)
{
    int n = lua_gettop(L);
    const char *locus = luaL_checkstring(L, 1);
    if (call_name_index(form_locus_names, locus) <= FORM_AGENT)
        return luaL_error(L, "excused needs whom the miss is laid to: \"process\", \"tool\", "
                             "\"policy\" or \"customer\"");
    luaL_argexpected(L, lua_type(L, 2) == LUA_TSTRING, 2, "the reason in words");
    int answer = start_answer(L, "given");
    if (n >= 3 && has_kind(L, 3, "answer")) {
        copy_member(L, 3, answer, "values");
        copy_member(L, 3, answer, "places");
        take_why(L, answer, 4, n, "excused");
    } else {
        lua_pushliteral(L, "no");
        append(L, answer, "values", lua_gettop(L));
        take_why(L, answer, 3, n, "excused");
    }
    lua_pushvalue(L, 1);
    lua_setfield(L, answer, "locus");
    lua_pushvalue(L, 2);
    lua_setfield(L, answer, "reason");
    lua_settop(L, answer);
    return 1;
}

/* Reading. The script may have made or changed these tables itself, so everything is looked at. */
/* True only where cleaning would change nothing: printable ASCII, eight bytes at a time. */
static bool is_clean(struct slice text)
{
    const uint64_t high = 0x8080808080808080u, ones = 0x0101010101010101u;
    for (size_t i = 0; i < text.n; i += 8) {
        uint64_t eight = ones * ' ', left = text.n - i;
        memcpy(&eight, text.p + i, left < sizeof eight ? left : sizeof eight);
        if ((eight | (eight - ones * ' ') | (eight + ones)) & high)
            return false;
    }
    return true;
}

static const char *keep_text(struct sandbox *s, int index, size_t most)
{
    struct slice text;
    text.p = lua_tolstring(s->L, index, &text.n);
    text = utf8_front(text, most);
    if (is_clean(text))
        return arena_text(s->arena, text);
    struct buf clean = {0};
    utf8_clean(&clean, text);
    const char *kept = arena_text(s->arena, utf8_front(buf_all(&clean), most));
    buf_free(&clean);
    return kept;
}

/* Pushes the raw member of the table at `index` and gives its type. */
static int get(lua_State *L, int index, const char *name)
{
    index = lua_absindex(L, index);
    lua_pushstring(L, name);
    return lua_rawget(L, index);
}

static const char *text_member(struct sandbox *s, int index, const char *name, size_t most)
{
    const char *text = get(s->L, index, name) == LUA_TSTRING ? keep_text(s, -1, most) : "";
    lua_pop(s->L, 1);
    return text;
}

/* A number member as ms, or as a count of bytes; -1 where it is none or out of reach. */
static int64_t scaled_member(lua_State *L, int index, const char *name, double scale)
{
    double v = get(L, index, name) == LUA_TNUMBER ? lua_tonumber(L, -1) * scale : -1;
    lua_pop(L, 1);
    return v >= 0 && v < 0x1p53 ? llround(v) : -1;
}

static bool read_place(struct sandbox *s, struct evidence *out, struct err *e)
{
    if (!has_kind(s->L, -1, "hit"))
        return err_set(e, ERR_INPUT, "A place of the answer is not a hit.");
    int64_t turn = scaled_member(s->L, -1, "turn", 1);
    out->turn = turn > 0 && turn <= INT32_MAX ? (int)turn - 1 : -1;
    out->start_ms = scaled_member(s->L, -1, "start", 1000);
    out->end_ms = scaled_member(s->L, -1, "end", 1000);
    int64_t from = scaled_member(s->L, -1, "from", 1), to = scaled_member(s->L, -1, "to", 1);
    bool words = out->turn >= 0 && from > 0 && from <= UINT32_MAX && to <= UINT32_MAX;
    out->from = words ? (uint32_t)(from - 1) : 0;
    out->to = words ? (uint32_t)to : 0;
    out->label = text_member(s, -1, "label", BOUNDS_LABEL);
    return true;
}

static bool read_places(struct sandbox *s, struct answer *out, struct err *e)
{
    lua_Unsigned n = get(s->L, -1, "places") == LUA_TTABLE ? lua_rawlen(s->L, -1) : 0;
    if (n > BOUNDS_EVIDENCE)
        n = BOUNDS_EVIDENCE;
    struct evidence *places = arena_array(s->arena, n, sizeof *places);
    bool ok = true;
    for (lua_Unsigned i = 0; i < n && ok; i++) {
        lua_rawgeti(s->L, -1, (lua_Integer)i + 1);
        ok = read_place(s, &places[i], e);
        lua_pop(s->L, 1);
    }
    lua_pop(s->L, 1);
    out->evidence = places;
    out->n_evidence = n;
    return ok;
}

/* The shortest decimal that reads back as the same number. */
static const char *number_text(struct sandbox *s, double v)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v == 0 ? 0 : v);
        double back;
        if (slice_number(slice_of(text), &back) && back == v)
            break;
    }
    return arena_copy(s->arena, text);
}

static bool read_value(struct sandbox *s, const char **out, struct err *e)
{
    lua_State *L = s->L;
    if (lua_type(L, -1) == LUA_TSTRING) {
        *out = keep_text(s, -1, BOUNDS_VALUE);
        return true;
    }
    if (lua_type(L, -1) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
        return err_set(e, ERR_INPUT,
                       "A value of the answer is neither a text nor a finite number.");
    *out = lua_isinteger(L, -1) ? arena_format(s->arena, "%lld", (long long)lua_tointeger(L, -1))
                                : number_text(s, lua_tonumber(L, -1));
    return true;
}

static bool read_values(struct sandbox *s, struct answer *out, struct err *e)
{
    lua_Unsigned n = get(s->L, -1, "values") == LUA_TTABLE ? lua_rawlen(s->L, -1) : 0;
    if (n > BOUNDS_VALUES) {
        lua_pop(s->L, 1);
        return err_set(e, ERR_INPUT, "The answer has more than 100 values.");
    }
    const char **values = arena_array(s->arena, n, sizeof *values);
    bool ok = true;
    for (lua_Unsigned i = 0; i < n && ok; i++) {
        lua_rawgeti(s->L, -1, (lua_Integer)i + 1);
        ok = read_value(s, &values[i], e);
        lua_pop(s->L, 1);
    }
    lua_pop(s->L, 1);
    out->values = values;
    out->n_values = n;
    return ok;
}

bool answer_read(struct sandbox *s, struct answer *out, struct err *e)
{
    *out = (struct answer){.reason = "", .note = ""};
    if (!has_kind(s->L, -1, "answer"))
        return err_set(e, ERR_INPUT,
                       "The check gave back a %s; end it with return yes(...), no(...), na(...), "
                       "pick(...), value(...) or excused(...).",
                       luaL_typename(s->L, -1));
    const char *state = text_member(s, -1, "state", 10), *locus = text_member(s, -1, "locus", 10);
    out->state = strcmp(state, "na") == 0 ? ANSWER_NA : ANSWER_GIVEN;
    int found = call_name_index(form_locus_names, locus);
    out->locus = found < 0 ? FORM_AGENT : (enum form_locus)found;
    out->reason = text_member(s, -1, "reason", BOUNDS_REASON);
    return (out->state == ANSWER_NA || read_values(s, out, e)) && read_places(s, out, e) &&
           bounds_answer(out, s->call, s->end_ms, e);
}
