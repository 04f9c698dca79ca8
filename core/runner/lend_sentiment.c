/* How the turns sound, where a transcript brought it. */
#include "runner/lend.h"
#include "runner/lent.h"
#include "runner/search.h"

#include <string.h>

struct tally {
    size_t n, moods[CALL_MOODS];
    double sum;
    const struct call_turn *worst, *best, *first, *last;
};

static void take(struct tally *t, const struct call_turn *turn)
{
    if (!turn->has_sentiment)
        return;
    t->n++;
    t->sum += turn->sentiment;
    t->moods[call_turn_mood(turn)]++;
    t->first = t->first ? t->first : turn;
    t->last = turn;
    if (!t->worst || turn->sentiment < t->worst->sentiment)
        t->worst = turn;
    if (!t->best || turn->sentiment > t->best->sentiment)
        t->best = turn;
}

static void set_hit(lua_State *L, const char *name, const struct call_turn *t)
{
    lend_push_hit(L, t - sandbox_of(L)->call->turns, 0, (uint32_t)strlen(t->text), t->start_ms,
                  t->end_ms);
    lua_pushnumber(L, (double)t->sentiment / CALL_SENTIMENT_MOST);
    lua_setfield(L, -2, "sentiment");
    lua_setfield(L, -2, name);
}

static void set_number(lua_State *L, const char *name, double v)
{
    lua_pushnumber(L, v);
    lua_setfield(L, -2, name);
}

static int push_tally(lua_State *L, const struct tally *t, const char *who)
{
    double n = (double)t->n;
    lua_createtable(L, 0, 8);
    lua_pushinteger(L, (lua_Integer)t->n);
    lua_setfield(L, -2, "turns");
    set_number(L, "score", t->sum / n / CALL_SENTIMENT_MOST);
    set_number(L, "negative", (double)t->moods[CALL_NEGATIVE] / n);
    set_number(L, "positive", (double)t->moods[CALL_POSITIVE] / n);
    set_hit(L, "worst", t->worst);
    set_hit(L, "best", t->best);
    set_hit(L, "first", t->first);
    set_hit(L, "last", t->last);
    lend_note(L, "%s: %zu of %zu turns negative, %zu positive, %.2f on average", who,
              t->moods[CALL_NEGATIVE], t->n, t->moods[CALL_POSITIVE],
              t->sum / n / CALL_SENTIMENT_MOST);
    return 1;
}

static int push_nothing(lua_State *L, const struct call *c)
{
    static const char *const whys[] = {"the transcript brought no sentiment",
                                       "the transcript brought no sentiment for these turns"};
    bool any = false;
    for (size_t i = 0; i < c->n_turns; i++)
        any |= c->turns[i].has_sentiment;
    lend_note(L, "%s", whys[any]);
    lua_pushnil(L);
    lua_pushstring(L, whys[any]);
    return 2;
}

int lent_call_sentiment(lua_State *L)
{
    struct search_turns which;
    struct tally t = {0};
    const struct call *c = sandbox_of(L)->call;
    search_read_turns(L, &which);
    sandbox_charge(L, c->n_turns / 4);
    for (size_t i = which.first; i < which.last; i++)
        if (which.side < 0 || (int)c->turns[i].side == which.side)
            take(&t, &c->turns[i]);
    return t.n ? push_tally(L, &t, which.side < 0 ? "all" : call_side_names[which.side])
               : push_nothing(L, c);
}
