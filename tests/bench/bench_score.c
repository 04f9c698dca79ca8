/* A card of 20 questions and 120 phrases over calls of 60 turns, in the sandbox, against the same
 * card as a plain Lua script in this process: turns as tables, string.find, no limits, state kept.
 * Both must come to the same answers, and both have one processor. Then two processors against one;
 * then the whole command, from store to store, against the bare sandbox, and on two processors
 * against one.
 */
#define _GNU_SOURCE
#include "bench.h"

#include "base/buf.h"
#include "base/file.h"
#include "runner/runner.h"
#include "store/calls.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS = 10000, STORED = 20000, BATCH = 50, PHRASES = 6 };

static const struct question {
    const char *who;
    const char *phrases[PHRASES];
} questions[] = {
    {"agent",
     {"thank you for calling", "good morning", "harbourmere energy", "welcome to harbourmere",
      "you've reached harbourmere", "harbourmere here"}},
    {"agent",
     {"my name is", "you're through to", "this is", "you're speaking with", "speaking",
      "i'm called"}},
    {"agent",
     {"date of birth", "first line of your address", "your postcode", "security questions",
      "confirm your identity", "confirm who you are"}},
    {"agent",
     {"sorry to hear", "so sorry", "i understand how", "i completely understand", "i apologise",
      "i can imagine"}},
    {"customer",
     {"complain", "ridiculous", "i can't pay", "overdrawn", "still waiting", "locked out"}},
    {"agent",
     {"place you on hold", "put you on hold", "pop you on hold", "on a short hold",
      "may i put you on", "would you mind holding"}},
    {"agent",
     {"thank you for holding", "thanks for holding", "thank you for waiting", "thanks for waiting",
      "still there", "thanks for your patience"}},
    {"agent",
     {"bear with me", "let me just have a look", "let me check", "one second", "reading your notes",
      "looking into it"}},
    {"agent",
     {"leave this with me", "leave it with me", "i'll take care of this", "what i can do is",
      "i'll own this", "i'll see it through"}},
    {"agent",
     {"not my department", "do that online", "not my problem", "i can't help",
      "ring another number", "nothing i can do"}},
    {"agent",
     {"the back office takes", "can't reverse it from here", "14 days", "cannot reverse",
      "out of my hands", "a known fault"}},
    {"customer",
     {"charged two times", "taken twice", "charged twice", "two direct debits", "double payment",
      "debited me twice"}},
    {"agent",
     {"i've sent", "i've moved", "i've rebilled", "i've cancelled", "i've booked", "all done"}},
    {"agent",
     {"recap what we agreed", "to summarise", "to go over that", "in short", "so that's settled",
      "let me repeat"}},
    {"agent",
     {"you'll get a text", "by monday", "by thursday", "the next step", "what happens next",
      "you'll hear from us"}},
    {"agent",
     {"anything else i can help with", "is there anything else", "anything more", "else today",
      "what else", "any other question"}},
    {"agent",
     {"a week or so", "in a while", "somebody will be in touch", "it should sort itself out",
      "at some point", "we'll see"}},
    {"customer",
     {"so kind", "you've been great", "thank you so much", "really helpful", "you're a star",
      "much appreciated"}},
    {"agent",
     {"take care", "have a lovely day", "goodbye", "thanks for ringing", "bye for now",
      "all the best"}},
    {"customer",
     {"fourth time", "second time", "third time", "rang last week", "called before",
      "nobody called back"}},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

enum { LANES = 2 };

struct work {
    struct runner *runner;
    struct slice card;
    lua_State *lua;
    struct arena *a;
    struct call *calls;
    size_t ours_found, peer_found;
    const char *command; /* scores all calls of a store */
    struct lane {
        struct work *work;
        int processor;
        size_t first, last, found;
    } lanes[LANES];
};

/* The first two processors that we may use; the same one twice where there is only one. */
static void find_processors(struct work *w)
{
    cpu_set_t set;
    int n = 0;
    sched_getaffinity(0, sizeof set, &set);
    for (int i = 0; i < CPU_SETSIZE && n < LANES; i++)
        if (CPU_ISSET(i, &set))
            w->lanes[n++].processor = i;
    if (n < LANES)
        w->lanes[1].processor = w->lanes[0].processor;
}

static void put_phrases(struct buf *out, const struct question *q)
{
    for (int i = 0; i < PHRASES; i++)
        buf_format(out, "\"%s\", ", q->phrases[i]);
}

/* --- ours --- */

static void write_card(struct buf *out)
{
    buf_str(
        out,
        "local function said(who, phrases)\n"
        "  return function(call)\n"
        "    local hit = call.find { who = who, any = phrases }\n"
        "    return hit and yes(hit) or no()\n"
        "  end\n"
        "end\n"
        "return card { id = \"bench\", version = \"1\", title = \"Bench\", weight = \"question\",\n"
        "  section \"all\" { title = \"All\",\n");
    for (int i = 0; i < QUESTIONS; i++) {
        buf_format(out, "yes_no \"q%d\" { ask = \"Said?\", check = said(\"%s\", { ", i,
                   questions[i].who);
        put_phrases(out, &questions[i]);
        buf_str(out, "}) },\n");
    }
    buf_str(out, "} }\n");
}

/* This thread, and whatever the helper starts from now on. */
static void stay_on(struct work *w, int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    sched_setaffinity(0, sizeof set, &set);
    sched_setaffinity(runner_helper(w->runner), sizeof set, &set);
}

static pthread_mutex_t helper_lock = PTHREAD_MUTEX_INITIALIZER;

/* Each child stays on the processor where the helper was when it was made: the lane's own. */
static struct runner_child *load(struct lane *l)
{
    struct work *w = l->work;
    struct arena *a = arena_open();
    struct runner_child *child;
    struct runner_outcome outcome;
    const char *definition;
    struct err e = {0};
    pthread_mutex_lock(&helper_lock);
    stay_on(w, l->processor);
    if (runner_load(w->runner, &(struct runner_text){"bench.lua", w->card}, NULL, 0, a, &child,
                    &definition, &outcome) != RUNNER_DONE)
        err_set(&e, ERR_INPUT, "the card, line %d: %s", outcome.line, outcome.text);
    pthread_mutex_unlock(&helper_lock);
    bench_must(child != NULL, &e);
    arena_close(a);
    return child;
}

static size_t count_yes(struct answer **answers, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t q = 0; q < QUESTIONS; q++)
            found += answers[i][q].n_values && strcmp(answers[i][q].values[0], "yes") == 0;
    return found;
}

/* Starts with a fresh process, so that what it costs is in the figure. */
static void score(struct lane *l)
{
    struct arena *a = arena_open();
    struct runner_child *child = load(l);
    struct answer *answers[BATCH];
    struct err e = {0};
    l->found = 0;
    for (size_t i = l->first, n; i < l->last; i += n, arena_reset(a)) {
        size_t most = BATCH < l->last - i ? BATCH : l->last - i;
        if (runner_child_worn(child)) {
            runner_child_close(child);
            child = load(l);
        }
        n = runner_ask_many(child, &l->work->calls[i], most, a, answers);
        bench_must(n > 0 || err_set(&e, ERR_INPUT, "call %zu has no answers", i), &e);
        l->found += count_yes(answers, n);
    }
    runner_child_close(child);
    arena_close(a);
}

static void ours(void *context)
{
    struct work *w = context;
    struct lane all = {.work = w, .processor = w->lanes[0].processor, .last = CALLS};
    score(&all);
    w->ours_found = all.found;
}

static void ours_stored(void *context)
{
    struct work *w = context;
    struct lane all = {.work = w, .processor = w->lanes[0].processor, .last = STORED};
    score(&all);
}

static void *lane(void *context)
{
    score(context);
    return NULL;
}

static void two_processors(void *context)
{
    struct work *w = context;
    pthread_t threads[LANES];
    w->ours_found = 0;
    for (int i = 0; i < LANES; i++) {
        struct lane *l = &w->lanes[i];
        l->work = w, l->first = (size_t)i * CALLS / LANES,
        l->last = (size_t)(i + 1) * CALLS / LANES;
        pthread_create(&threads[i], NULL, lane, l);
    }
    for (int i = 0; i < LANES; i++) {
        pthread_join(threads[i], NULL);
        w->ours_found += w->lanes[i].found;
    }
}

/* --- the yardstick --- */

static const char plain[] =
    "local questions = ...\n"
    "local find, lower = string.find, string.lower\n"
    "return function(call)\n"
    "  local found = 0\n"
    "  for _, turn in ipairs(call.turns) do turn.text = lower(turn.text) end\n"
    "  for _, q in ipairs(questions) do\n"
    "    local hit\n"
    "    for i, turn in ipairs(call.turns) do\n"
    "      if turn.who == q.who then\n"
    "        for _, phrase in ipairs(q.phrases) do\n"
    "          local from, to = find(turn.text, phrase, 1, true)\n"
    "          if from then hit = { turn = i, from = from, to = to } break end\n"
    "        end\n"
    "      end\n"
    "      if hit then break end\n"
    "    end\n"
    "    if hit then found = found + 1 end\n"
    "  end\n"
    "  return found\n"
    "end\n";

static void open_lua(struct work *w)
{
    lua_State *L = w->lua = luaL_newstate();
    luaL_openlibs(L);
    if (luaL_loadstring(L, plain) != LUA_OK)
        abort();
    lua_createtable(L, QUESTIONS, 0);
    for (int i = 0; i < QUESTIONS; i++) {
        lua_createtable(L, 0, 2);
        lua_pushstring(L, questions[i].who);
        lua_setfield(L, -2, "who");
        lua_createtable(L, PHRASES, 0);
        for (int p = 0; p < PHRASES; p++) {
            lua_pushstring(L, questions[i].phrases[p]);
            lua_rawseti(L, -2, p + 1);
        }
        lua_setfield(L, -2, "phrases");
        lua_rawseti(L, -2, i + 1);
    }
    lua_call(L, 1, 1); /* leaves the script's function */
}

static void push_call(lua_State *L, const struct call *c)
{
    lua_createtable(L, 0, 1);
    lua_createtable(L, (int)c->n_turns, 0);
    for (size_t i = 0; i < c->n_turns; i++) {
        lua_createtable(L, 0, 4);
        lua_pushstring(L, call_side_names[c->turns[i].side]);
        lua_setfield(L, -2, "who");
        lua_pushstring(L, c->turns[i].text);
        lua_setfield(L, -2, "text");
        lua_pushnumber(L, (double)c->turns[i].start_ms / 1000);
        lua_setfield(L, -2, "start");
        lua_pushnumber(L, (double)c->turns[i].end_ms / 1000);
        lua_setfield(L, -2, "end");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "turns");
}

static void peer(void *context)
{
    struct work *w = context;
    w->peer_found = 0;
    for (int i = 0; i < CALLS; i++) {
        lua_pushvalue(w->lua, 1);
        push_call(w->lua, &w->calls[i]);
        lua_call(w->lua, 1, 1);
        w->peer_found += (size_t)lua_tointeger(w->lua, -1);
        lua_pop(w->lua, 1);
    }
}

/* --- the whole command --- */

static void run_command(const char *command)
{
    struct err e = {0};
    bench_must(system(command) == 0 || err_set(&e, ERR_IO, "%s: failed", command), &e);
}

static void command_on_one(void *context)
{
    struct work *w = context;
    stay_on(w, w->lanes[0].processor);
    run_command(w->command);
}

static void command_on_two(void *context)
{
    struct work *w = context;
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int i = 0; i < LANES; i++)
        CPU_SET(w->lanes[i].processor, &set);
    sched_setaffinity(0, sizeof set, &set);
    run_command(w->command);
}

static void keep_calls(const struct work *w, const char *folder)
{
    static const struct store_act act = {.at = 1791190800000, .why = ""};
    struct err e = {0};
    enum store_put what;
    struct store *s = store_open_writer(folder, &e);
    bench_must(s != NULL && store_begin(s, &e), &e);
    for (int i = 0; i < STORED; i++)
        bench_must(store_call_put(s, &w->calls[i], &act, &what, &e), &e);
    bench_must(store_commit(s, &e), &e);
    store_close(s);
}

static void make_store(struct work *w)
{
    struct err e = {0};
    const char *earshot = getenv("EARSHOT") ? getenv("EARSHOT") : "build/earshot";
    const char *folder = file_join(w->a, bench_folder(), "data");
    const char *card = file_join(w->a, bench_folder(), "bench.lua");
    keep_calls(w, folder);
    bench_must(file_write(card, w->card, &e), &e);
    run_command(
        arena_format(w->a, "%s card publish --data %s %s >/dev/null", earshot, folder, card));
    w->command = arena_format(w->a, "%s score --all --data %s >/dev/null 2>&1", earshot, folder);
}

int main(void)
{
    struct work w = {.a = arena_open()};
    struct buf card = {0};
    struct err e = {0};
    bench_must(runner_open(&w.runner, LANES, &e), &e);
    w.calls = arena_array(w.a, STORED, sizeof *w.calls);
    for (int i = 0; i < STORED; i++)
        bench_call(w.a, i, &w.calls[i]);
    write_card(&card);
    w.card = buf_all(&card);
    open_lua(&w);
    find_processors(&w);
    stay_on(&w, w.lanes[0].processor);
    bench_run(&(struct bench){"scoring in the sandbox", "calls/s", CALLS, "at least 4, aim 7", ours,
                              peer, &w, 5});
    err_set(&e, ERR_INPUT, "ours found %zu phrases, the peer %zu", w.ours_found, w.peer_found);
    bench_must(w.ours_found == w.peer_found && w.ours_found > 0, &e);
    bench_run(&(struct bench){"scoring, 2 processors : 1", "calls/s", CALLS, "at least 1.8",
                              two_processors, ours, &w, 5});
    make_store(&w);
    bench_run(&(struct bench){"score, store to store", "calls/s", STORED, "at least 0.5",
                              command_on_one, ours_stored, &w, 5});
    bench_run(&(struct bench){"score command, 2 proc. : 1", "calls/s", STORED, "at least 1.8",
                              command_on_two, command_on_one, &w, 5});
    lua_close(w.lua);
    runner_close(w.runner);
    buf_free(&card);
    arena_close(w.a);
    return 0;
}
