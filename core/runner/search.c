#include "runner/search.h"

#include "runner/lend.h"

#include "base/fold.h"
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

static int type_of(lua_State *L, enum field f)
{
    return lua_type(L, slot(f));
}

/* The names come in no fixed order, so of several wrong ones the first by its bytes is told. */
static void spread(lua_State *L)
{
    char unknown[40] = "";
    lua_settop(L, 1 + FIELDS);
    for (lua_pushnil(L); lua_next(L, 1);) {
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "a position";
        int f = field_of(name);
        if (f >= 0) {
            lua_replace(L, slot((enum field)f));
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

static bool take_position(lua_State *L, enum field f, bool end, struct search_position *out)
{
    int type = type_of(L, f);
    if (type == LUA_TTABLE)
        *out = position_of(L, slot(f), end);
    else if (type != LUA_TNIL)
        luaL_error(L, "%s takes a hit, not a %s", field_names[f], lua_typename(L, type));
    return type == LUA_TTABLE;
}

static lua_Integer take_count(lua_State *L, enum field f, const char *of)
{
    lua_Integer n = lua_isinteger(L, slot(f)) ? lua_tointeger(L, slot(f)) : -1;
    if (type_of(L, f) != LUA_TNIL && (n < 1 || n > 1000000))
        luaL_error(L, "%s takes a number of %s", field_names[f], of);
    return n;
}

static int64_t take_ms(lua_State *L, enum field f, int64_t otherwise, const char *of)
{
    int type = type_of(L, f);
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

static void take_scope(lua_State *L, struct search *s)
{
    const struct call *c = sandbox_of(L)->call;
    s->side = lend_check_side(L, slot(WHO), true);
    s->last = c->n_turns;
    s->until_ms = take_ms(L, WITHIN, INT64_MAX, " from the start of the call");
    lua_Integer first = take_count(L, FIRST, "turns"), last = take_count(L, LAST, "turns");
    if (first > 0 || last > 0) {
        sandbox_charge(L, c->n_turns / 8);
        narrow(s, c, first, last);
    }
    s->has_after = take_position(L, AFTER, true, &s->after);
    s->has_before = take_position(L, BEFORE, false, &s->before);
    s->words = take_count(L, WORDS, "words");
    s->ms = take_ms(L, SECONDS, -1, "");
    s->at_least = take_count(L, AT_LEAST, "places");
    if ((s->words > 0 || s->ms >= 0) && type_of(L, NEAR) == LUA_TNIL &&
        type_of(L, UNLESS) == LUA_TNIL)
        luaL_error(L, "words and seconds say how close near or unless is meant; to look from the "
                      "start of the call write within");
    if (s->words > 0 && s->ms >= 0)
        luaL_error(L, "near and unless are measured in words or in seconds, not in both");
}

static void take_list(lua_State *L, enum field f, struct search_list *out)
{
    struct arena *a = sandbox_of(L)->arena;
    int type = type_of(L, f);
    if (type == LUA_TNIL)
        return;
    bool one = type == LUA_TSTRING && f != ANY && f != ALL;
    if (!one && type != LUA_TTABLE)
        luaL_error(L,
                   f == PHRASE || f == NEAR || f == UNLESS
                       ? "%s takes a phrase or a list of them: { \"...\", \"...\" }"
                       : "any and all take a list of phrases: any = { \"...\", \"...\" }",
                   field_names[f]);
    lua_Unsigned n = one ? 1 : lua_rawlen(L, slot(f));
    if (n < 1 || n > SEARCH_PHRASES)
        luaL_error(L, "a search takes 1 to 200 phrases");
    out->index = slot(f);
    out->n = (size_t)n;
    out->places = arena_array(a, out->n, sizeof *out->places);
    out->n_places = arena_array(a, out->n, sizeof *out->n_places);
}

static void take_what(lua_State *L, struct search *s)
{
    static const enum field fields[] = {PHRASE, ANY, ALL};
    int given = type_of(L, KIND) != LUA_TNIL;
    for (size_t i = 0; i < 3; i++)
        given += type_of(L, fields[i]) != LUA_TNIL;
    if (given != 1)
        luaL_error(L, "a search needs one of phrase = \"...\", any = { ... }, all = { ... } or "
                      "kind = \"...\"");
    s->all = type_of(L, ALL) != LUA_TNIL;
    s->kind = -1;
    if (type_of(L, KIND) == LUA_TNIL) {
        for (size_t i = 0; i < 3; i++)
            take_list(L, fields[i], &s->what);
        return;
    }
    const char *name = type_of(L, KIND) == LUA_TSTRING ? lua_tostring(L, slot(KIND)) : "";
    s->kind = call_name_index(spot_kind_names, name);
    if (s->kind < 0)
        luaL_error(L, "kind is \"number\", \"money\", \"date\" or \"question\"");
}

void search_read(lua_State *L, struct search *out)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkstack(L, FIELDS + 20, NULL);
    memset(out, 0, sizeof *out);
    spread(L);
    take_scope(L, out);
    take_what(L, out);
    take_list(L, NEAR, &out->near);
    take_list(L, UNLESS, &out->unless);
}

/* Phrase number i of a list, pushed. */
static struct slice push_phrase(lua_State *L, const struct search_list *list, size_t i)
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

/* Places are paid for by the text that a search reads, so that the price is the same whichever way
 * they were found. */
static void find_places(lua_State *L, struct search_list *list, size_t i)
{
    if (list->places[i])
        return;
    struct sandbox *s = sandbox_of(L);
    struct slice phrase = push_phrase(L, list, i);
    if (!phrase_find(s->phrases, phrase, &list->places[i], &list->n_places[i]))
        luaL_error(L, "a phrase needs 1 to 256 bytes with something to look for");
    limits_charge(&s->limits,
                  10 + phrase.n + phrase_text_bytes(s->phrases) / 64 + list->n_places[i]);
    lua_pop(L, 1);
}

static bool earlier(const struct phrase_place *a, const struct phrase_place *b)
{
    return a->turn != b->turn ? a->turn < b->turn : a->from < b->from;
}

void search_begin(lua_State *L, struct search *s, int only, struct search_walk *w)
{
    w->s = s;
    w->n = 0;
    w->any = false;
    if (s->kind >= 0) {
        w->cursors[0].end = lend_spots(L, (enum spot_kind)s->kind, &w->cursors[0].at);
        w->n = 1;
    }
    for (size_t i = 0; i < s->what.n; i++) {
        if (only >= 0 && i != (size_t)only)
            continue;
        find_places(L, &s->what, i);
        if (!s->what.n_places[i])
            continue;
        w->cursors[w->n].at = s->what.places[i];
        w->cursors[w->n++].end = s->what.places[i] + s->what.n_places[i];
    }
    const struct search_list *sides[] = {&s->near, &s->unless};
    for (size_t k = 0; k < 2 && w->n; k++)
        for (size_t i = 0; i < sides[k]->n; i++)
            find_places(L, (struct search_list *)sides[k], i);
}

static const struct phrase_place *next_place(struct search_walk *w)
{
    size_t best = w->n;
    for (size_t i = 0; i < w->n; i++) {
        const struct phrase_place *at = w->cursors[i].at;
        if (at == w->cursors[i].end)
            continue;
        const struct phrase_place *b = best < w->n ? w->cursors[best].at : NULL;
        if (!b || earlier(at, b) || (!earlier(b, at) && at->to > b->to))
            best = i;
    }
    return best < w->n ? w->cursors[best].at++ : NULL;
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

void search_times(const struct call *c, const struct phrase_place *p, int64_t *start, int64_t *end)
{
    const struct call_turn *t = &c->turns[p->turn];
    *start = t->start_ms;
    *end = t->end_ms;
    if (!t->n_words)
        return;
    size_t first = word_after(t, p->from), last = word_after(t, p->to - 1);
    if (first == t->n_words || t->words[first].from >= p->to)
        return;
    if (last == t->n_words || t->words[last].from >= p->to)
        last--;
    *start = t->words[first].start_ms;
    *end = t->words[last].end_ms;
}

static bool is_after(const struct phrase_place *p, int64_t start_ms,
                     const struct search_position *a)
{
    if (a->turn < 0)
        return start_ms >= a->ms;
    return p->turn > a->turn || (p->turn == a->turn && p->from >= a->at);
}

static bool is_before(const struct phrase_place *p, int64_t end_ms, const struct search_position *b)
{
    if (b->turn < 0)
        return end_ms <= b->ms;
    return p->turn < b->turn || (p->turn == b->turn && p->to <= b->at);
}

static bool is_inside(const struct search *s, const struct call *c, const struct phrase_place *p)
{
    if (p->turn < s->first || p->turn >= s->last ||
        (s->side >= 0 && (int)c->turns[p->turn].side != s->side))
        return false;
    if (s->until_ms == INT64_MAX && !s->has_after && !s->has_before)
        return true;
    int64_t start, end;
    search_times(c, p, &start, &end);
    return start <= s->until_ms && (!s->has_after || is_after(p, start, &s->after)) &&
           (!s->has_before || is_before(p, end, &s->before));
}

/* No more than `most` words between two places of one turn? A Han character is a word. */
static bool few_words_between(struct slice text, uint32_t from, uint32_t to, int64_t most)
{
    struct slice rest = {text.p + from, to - from};
    int64_t n = 0;
    bool inside = false;
    while (rest.n && n <= most) {
        uint32_t c = utf8_next(&rest);
        bool han = fold_is_han(c), word = fold_is_word(c) || (inside && c == '\'');
        n += han || (word && !inside);
        inside = word;
    }
    return n <= most;
}

static bool is_close(const struct search *s, const struct call *c, const struct phrase_place *p,
                     const struct phrase_place *q)
{
    const struct phrase_place *a = earlier(p, q) ? p : q, *b = a == p ? q : p;
    if (s->ms >= 0) {
        int64_t a_start, a_end, b_start, b_end;
        search_times(c, a, &a_start, &a_end);
        search_times(c, b, &b_start, &b_end);
        return b_start - a_end <= s->ms;
    }
    return a->turn == b->turn &&
           (s->words < 0 ||
            few_words_between(slice_of(c->turns[a->turn].text), a->to, b->from, s->words));
}

static bool overlap(const struct phrase_place *a, const struct phrase_place *b)
{
    return a->turn == b->turn && a->from < b->to && b->from < a->to;
}

/* Is one of these places close to `p`? The nearest on either side that is not part of it decides.
 */
static bool any_close(const struct search *s, const struct call *c, const struct phrase_place *p,
                      const struct phrase_place *places, size_t n)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (earlier(&places[middle], p))
            low = middle + 1;
        else
            high = middle;
    }
    size_t before = low, after = low;
    while (before > 0 && overlap(&places[before - 1], p))
        before--;
    while (after < n && overlap(&places[after], p))
        after++;
    return (before > 0 && is_close(s, c, &places[before - 1], p)) ||
           (after < n && is_close(s, c, p, &places[after]));
}

static bool list_close(lua_State *L, const struct search *s, const struct search_list *list,
                       const struct phrase_place *p)
{
    sandbox_charge(L, list->n * 4);
    for (size_t i = 0; i < list->n; i++)
        if (any_close(s, sandbox_of(L)->call, p, list->places[i], list->n_places[i]))
            return true;
    return false;
}

bool search_next(lua_State *L, struct search_walk *w, struct phrase_place *out)
{
    const struct phrase_place *p;
    const struct search *s = w->s;
    while ((p = next_place(w))) {
        sandbox_charge(L, 1 + w->n / 4);
        if ((w->any && overlap(p, &w->last)) || !is_inside(s, sandbox_of(L)->call, p) ||
            (s->near.n && !list_close(L, s, &s->near, p)) ||
            (s->unless.n && list_close(L, s, &s->unless, p)))
            continue;
        *out = w->last = *p;
        return w->any = true;
    }
    return false;
}

/* Sentences about what was not there. */
struct note {
    char text[360];
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

static void put_phrases(lua_State *L, struct note *n, const struct search_list *list, int only)
{
    enum { ROOM = 80, SHOWN = 60 };
    for (size_t i = 0; i < list->n; i++) {
        if (only >= 0 && i != (size_t)only)
            continue;
        put_str(n, i && only < 0 ? ", " : "");
        if (n->n > sizeof n->text - ROOM) {
            put_str(n, "...");
            return;
        }
        put_str(n, "\"");
        put(n, utf8_front(push_phrase(L, list, i), SHOWN));
        put_str(n, "\"");
        lua_pop(L, 1);
    }
}

static void put_number(struct note *n, const char *format, double v)
{
    char text[40];
    snprintf(text, sizeof text, "%g", v);
    put_str(n, format);
    put_str(n, text);
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
