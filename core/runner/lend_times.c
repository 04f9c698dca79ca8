/* What the clock says of a call: who speaks how long and how fast, who is silent, who is kept
 * waiting. Unknown gives nil: a call without times has no measures. */
#include "runner/lend.h"
#include "runner/lent.h"
#include "runner/search.h"

#include "base/fold.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_HITS = 200,
    SILENCE_MS = 5000,      /* that is worth telling */
    HOLD_MS = 15000,        /* a silence this long is taken for a hold */
    AROUND_HOLD_MS = 30000, /* in which it is announced, and thanked for */
    CUT_MS = 500,           /* of talking over somebody before it is an interruption */
    CUT_WORDS = 3,          /* fewer are a sign of listening: "mm", "yes, yes" */
};

static const struct call_measures *measures(lua_State *L)
{
    const struct call_measures *m = &sandbox_of(L)->call->measures;
    return m->known ? m : NULL;
}

static int push_seconds(lua_State *L, int64_t ms)
{
    if (ms < 0)
        lua_pushnil(L);
    else
        lua_pushnumber(L, (double)ms / 1000);
    return 1;
}

int lent_call_talk(lua_State *L)
{
    int side = lend_check_side(L, 1, false);
    const struct call_measures *m = measures(L);
    if (m)
        lend_note(L, "the %s talks %.1f s", call_side_names[side], (double)m->talk_ms[side] / 1000);
    return push_seconds(L, m ? m->talk_ms[side] : -1);
}

int lent_call_talk_share(lua_State *L)
{
    int side = lend_check_side(L, 1, false);
    const struct call_measures *m = measures(L);
    int64_t both = m ? m->talk_ms[CALL_AGENT] + m->talk_ms[CALL_CUSTOMER] : 0;
    if (both <= 0)
        return push_seconds(L, -1);
    double share = (double)m->talk_ms[side] / (double)both;
    lend_note(L, "the %s has %.0f %% of the talk", call_side_names[side], share * 100);
    lua_pushnumber(L, share);
    return 1;
}

int lent_call_longest_gap(lua_State *L)
{
    int side = lend_check_side(L, 1, false);
    const struct call_measures *m = measures(L);
    if (m)
        lend_note(L, "the %s is quiet for at most %.1f s", call_side_names[side],
                  (double)m->longest_gap_ms[side] / 1000);
    return push_seconds(L, m ? m->longest_gap_ms[side] : -1);
}

int lent_call_overlap(lua_State *L)
{
    const struct call_measures *m = measures(L);
    if (m)
        lend_note(L, "both talk at once for %.1f s", (double)m->overlap_ms / 1000);
    return push_seconds(L, m ? m->overlap_ms : -1);
}

int lent_call_silence(lua_State *L)
{
    const struct call_measures *m = measures(L);
    if (m)
        lend_note(L, "nobody speaks for %.1f s", (double)m->silence_ms / 1000);
    return push_seconds(L, m ? m->silence_ms : -1);
}

int lent_call_longest_silence(lua_State *L)
{
    const struct call_measures *m = measures(L);
    if (!m)
        return push_seconds(L, -1);
    lend_note(L, "the longest silence lasts %.1f s", (double)m->longest_silence_ms / 1000);
    if (m->longest_silence_ms <= 0)
        return push_seconds(L, -1);
    int64_t start = m->longest_silence_at_ms, end = start + m->longest_silence_ms;
    int64_t last = sandbox_of(L)->end_ms;
    lend_push_hit(L, -1, 0, 0, start, end < last ? end : last);
    lua_pushnumber(L, (double)m->longest_silence_ms / 1000);
    lua_setfield(L, -2, "length");
    return 1;
}

static int64_t seconds_at(lua_State *L, int index, int64_t otherwise)
{
    if (lua_isnoneornil(L, index))
        return otherwise;
    lua_Number seconds = luaL_checknumber(L, index);
    luaL_argcheck(L, seconds >= 1 && seconds < 1e6, index, "seconds, at least 1");
    return llround(seconds * 1000);
}

static size_t count_words(struct slice text)
{
    size_t n = 0;
    bool inside = false;
    while (text.n) {
        uint32_t c = utf8_next(&text);
        bool word = fold_is_word(c) || (inside && (c == '\'' || c == 0x2019));
        n += fold_is_han(c) || (word && !inside);
        inside = word;
    }
    return n;
}

int lent_call_pace(lua_State *L)
{
    int side = lend_check_side(L, 1, false);
    const struct call_measures *m = measures(L);
    const struct call *c = sandbox_of(L)->call;
    size_t words = 0;
    if (!m || m->talk_ms[side] <= 0)
        return push_seconds(L, -1);
    for (size_t i = 0; i < c->n_turns; i++) {
        struct slice text = slice_of(c->turns[i].text);
        sandbox_charge(L, text.n / 8);
        words += (int)c->turns[i].side == side ? count_words(text) : 0;
    }
    double pace = (double)words * 60000 / (double)m->talk_ms[side];
    lend_note(L, "the %s speaks %.0f words a minute", call_side_names[side], pace);
    lua_pushnumber(L, pace);
    return 1;
}

int lent_call_monologue(lua_State *L)
{
    int side = lend_check_side(L, 1, false);
    const struct call *c = sandbox_of(L)->call;
    const struct call_turn *first = NULL, *best = NULL;
    int64_t end = 0, best_end = 0;
    if (!measures(L))
        return push_seconds(L, -1);
    sandbox_charge(L, c->n_turns);
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        if (t->side == CALL_SYSTEM)
            continue;
        if ((int)t->side != side) {
            first = NULL;
            continue;
        }
        if (!first)
            first = t, end = t->end_ms;
        end = t->end_ms > end ? t->end_ms : end;
        if (!best || end - first->start_ms > best_end - best->start_ms)
            best = first, best_end = end;
    }
    if (!best)
        return push_seconds(L, -1);
    double length = (double)(best_end - best->start_ms) / 1000;
    lend_note(L, "the %s speaks for at most %.1f s on end", call_side_names[side], length);
    lend_push_hit(L, best - c->turns, 0, (uint32_t)strlen(best->text), best->start_ms, best_end);
    lua_pushnumber(L, length);
    lua_setfield(L, -2, "length");
    return 1;
}

int lent_call_interruptions(lua_State *L)
{
    int side = lend_check_side(L, 1, false);
    const struct call *c = sandbox_of(L)->call;
    int64_t other_until = -1;
    lua_Integer n = 0;
    if (!measures(L))
        return push_seconds(L, -1);
    lua_newtable(L);
    for (size_t i = 0; i < c->n_turns && n < MOST_HITS; i++) {
        const struct call_turn *t = &c->turns[i];
        struct slice text = slice_of(t->text);
        sandbox_charge(L, 1 + text.n / 16);
        if (t->side == CALL_SYSTEM)
            continue;
        if ((int)t->side != side) {
            other_until = t->end_ms > other_until ? t->end_ms : other_until;
        } else if (other_until - t->start_ms >= CUT_MS && count_words(text) >= CUT_WORDS) {
            lend_push_hit(L, (int64_t)i, 0, (uint32_t)text.n, t->start_ms, t->end_ms);
            lua_rawseti(L, -2, ++n);
        }
    }
    lend_note(L, "the %s interrupts %d times", call_side_names[side], (int)n);
    return 1;
}

/* Stretches in which somebody speaks, by start. */
struct stretch {
    int64_t start, end;
};

static int by_start(const void *a, const void *b)
{
    const struct stretch *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static size_t spoken(lua_State *L, struct stretch **out)
{
    struct sandbox *s = sandbox_of(L);
    size_t n = 0, most = 1;
    for (size_t i = 0; i < s->call->n_turns; i++)
        most += s->call->turns[i].n_words + 1;
    sandbox_charge(L, most);
    struct stretch *all = *out = arena_array(s->arena, most, sizeof *all);
    for (size_t i = 0; i < s->call->n_turns; i++) {
        const struct call_turn *t = &s->call->turns[i];
        if (t->side == CALL_SYSTEM)
            continue;
        if (!t->n_words)
            all[n++] = (struct stretch){t->start_ms, t->end_ms};
        for (size_t w = 0; w < t->n_words; w++)
            all[n++] = (struct stretch){t->words[w].start_ms, t->words[w].end_ms};
    }
    qsort(all, n, sizeof *all, by_start);
    return n;
}

/* Silences of at least `least`, in order, from the first moment to the end. */
static size_t silences(lua_State *L, int64_t least, struct stretch **out)
{
    struct sandbox *s = sandbox_of(L);
    struct stretch *talk;
    size_t n_talk = spoken(L, &talk), n = 0;
    struct stretch *all = *out = arena_array(s->arena, n_talk + 1, sizeof *all);
    int64_t until = 0;
    for (size_t i = 0; i <= n_talk; i++) {
        int64_t next = i < n_talk ? talk[i].start : s->end_ms;
        if (next - until >= least)
            all[n++] = (struct stretch){until, next};
        if (i < n_talk && talk[i].end > until)
            until = talk[i].end;
    }
    return n;
}

static void push_stretch(lua_State *L, const struct stretch *s)
{
    lend_push_hit(L, -1, 0, 0, s->start, s->end);
    lua_pushnumber(L, (double)(s->end - s->start) / 1000);
    lua_setfield(L, -2, "length");
}

int lent_call_silences(lua_State *L)
{
    int64_t least = seconds_at(L, 1, SILENCE_MS);
    struct stretch *all;
    if (!measures(L))
        return push_seconds(L, -1);
    size_t n = silences(L, least, &all);
    lua_newtable(L);
    for (size_t i = 0; i < n && i < MOST_HITS; i++) {
        push_stretch(L, &all[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lend_note(L, "%zu silences of %g s or more", n, (double)least / 1000);
    return 1;
}

/* Was it said around the hold? Set as a hit, or false; nothing where no phrases are given. */
static void set_said(lua_State *L, const char *name, struct search_list *list, int64_t from,
                     int64_t to)
{
    struct phrase_place p;
    int64_t start, end;
    if (!list->n)
        return;
    if (search_said(L, list, CALL_AGENT, from, to, &p)) {
        search_times(sandbox_of(L)->call, &p, &start, &end);
        lend_push_hit(L, p.turn, p.from, p.to, start, end);
    } else {
        lua_pushboolean(L, false);
    }
    lua_setfield(L, -2, name);
}

int lent_call_holds(lua_State *L)
{
    struct search_list announced = {0}, thanked = {0};
    struct stretch *all;
    int64_t least = HOLD_MS;
    lua_settop(L, 1);
    if (!lua_isnil(L, 1)) {
        luaL_checktype(L, 1, LUA_TTABLE);
        if (lua_getfield(L, 1, "announced") != LUA_TNIL)
            search_read_list(L, 2, "announced", &announced);
        if (lua_getfield(L, 1, "thanked") != LUA_TNIL)
            search_read_list(L, 3, "thanked", &thanked);
        lua_getfield(L, 1, "seconds");
        least = seconds_at(L, 4, HOLD_MS);
    }
    if (!measures(L))
        return push_seconds(L, -1);
    size_t n = silences(L, least, &all);
    lua_newtable(L);
    for (size_t i = 0; i < n && i < MOST_HITS; i++) {
        push_stretch(L, &all[i]);
        set_said(L, "announced", &announced, all[i].start - AROUND_HOLD_MS, all[i].start);
        set_said(L, "thanked", &thanked, all[i].end, all[i].end + AROUND_HOLD_MS);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lend_note(L, "%zu holds of %g s or more", n, (double)least / 1000);
    return 1;
}
