#include "runner/limits.h"

#include "base/clock.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <time.h>

enum {
    HOOK_STEPS = 1000,
    CHUNK = 64 << 10,
    POOLED = LIMITS_CLASS * LIMITS_CLASSES,
    LONG_TEXT = 128,   /* bytes of a text object whose making is charged */
    BYTES_A_STEP = 16, /* copying 16 bytes costs about what an instruction costs */
};

int64_t limits_cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int limits_line(lua_State *L)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "l", &ar);
        if (ar.currentline > 0)
            return ar.currentline;
    }
    return 0;
}

static void on_count(lua_State *L, lua_Debug *ar);

static bool is_spent(const struct limits *l)
{
    return l->steps_left <= 0 || (l->in_check && l->check_left <= 0);
}

static noreturn void raise_spent(struct limits *l)
{
    if (!l->in_check || l->steps_left <= 0)
        l->leave(l->owner, SAYS_FUEL);
    if (!l->spent)
        l->spent_line = limits_line(l->L);
    l->spent = true;
    lua_sethook(l->L, on_count, LUA_MASKCOUNT, 1);
    lua_pushliteral(l->L, "ran out of steps");
    lua_error(l->L);
    abort();
}

static void pay(struct limits *l, int64_t steps)
{
    l->steps_left -= steps;
    l->check_left -= steps;
}

/* The wall clock alone would fail a script for what its neighbours do, so short of the wide limit
 * the processor time must be used up as well. */
static void look_at_clock(struct limits *l)
{
    int64_t wall = clock_monotonic() - l->began_ms;
    if (wall < BUDGET_RUN_MS)
        return;
    if (wall >= BUDGET_WALL_MS || limits_cpu_ms() - l->began_cpu_ms >= BUDGET_RUN_MS)
        l->leave(l->owner, SAYS_TIME);
}

static struct limits *limits_of(lua_State *L)
{
    void *owner;
    lua_getallocf(L, &owner);
    return owner;
}

static void on_count(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    struct limits *l = limits_of(L);
    if (!l->spent && !is_spent(l))
        pay(l, HOOK_STEPS);
    look_at_clock(l);
    if (l->spent || is_spent(l))
        raise_spent(l);
}

static void start_counting(struct limits *l)
{
    l->spent = false;
    lua_sethook(l->L, on_count, LUA_MASKCOUNT, HOOK_STEPS);
}

void limits_begin(struct limits *l)
{
    l->in_check = false;
    l->steps_left = BUDGET_STEPS;
    l->began_ms = clock_monotonic();
    l->began_cpu_ms = limits_cpu_ms();
    start_counting(l);
}

void limits_check_begin(struct limits *l)
{
    l->in_check = true;
    l->check_left = BUDGET_CHECK_STEPS;
    start_counting(l);
}

bool limits_check_end(struct limits *l)
{
    bool spent = l->spent;
    l->in_check = false;
    start_counting(l);
    return spent;
}

void limits_charge(struct limits *l, size_t steps)
{
    pay(l, steps > BUDGET_STEPS ? BUDGET_STEPS : (int64_t)steps);
    if (is_spent(l))
        raise_spent(l);
}

void limits_rethrow(struct limits *l)
{
    if (l->spent)
        raise_spent(l);
}

int64_t limits_used(const struct limits *l)
{
    return BUDGET_STEPS - l->steps_left;
}

/* Small blocks come from chunks and go back to lists by size: faster than malloc, and the figures
 * stay true because both sides count what Lua asked for. */
static size_t class_of(size_t size)
{
    return (size + LIMITS_CLASS - 1) / LIMITS_CLASS - 1;
}

static void *take_small(struct limits *l, size_t size)
{
    size_t class = class_of(size), room = (class + 1) * LIMITS_CLASS;
    void *block = l->free_lists[class];
    if (block) {
        memcpy(&l->free_lists[class], block, sizeof(void *));
        return block;
    }
    if (l->chunk_left < room) {
        l->chunk = malloc(CHUNK);
        if (!l->chunk)
            l->leave(l->owner, SAYS_MEMORY);
        l->chunk_left = CHUNK;
    }
    l->chunk_left -= room;
    return l->chunk + l->chunk_left;
}

static void give_back(struct limits *l, void *block, size_t size)
{
    if (size > POOLED) {
        free(block);
    } else if (block) {
        size_t class = class_of(size);
        memcpy(block, &l->free_lists[class], sizeof(void *));
        l->free_lists[class] = block;
    }
}

static void *take(struct limits *l, size_t size)
{
    void *block = size > POOLED ? malloc(size) : take_small(l, size);
    if (!block)
        l->leave(l->owner, SAYS_MEMORY);
    return block;
}

static void *move(struct limits *l, void *block, size_t old, size_t wanted)
{
    if (old <= POOLED && wanted <= POOLED && class_of(old) == class_of(wanted))
        return block;
    if (old > POOLED && wanted > POOLED) {
        void *moved = realloc(block, wanted);
        if (!moved)
            l->leave(l->owner, SAYS_MEMORY);
        return moved;
    }
    void *moved = take(l, wanted);
    memcpy(moved, block, old < wanted ? old : wanted);
    give_back(l, block, old);
    return moved;
}

/* Making long texts is charged where it happens, so that no operator goes unpaid (".." has no
 * function of ours to charge in). Raising is not allowed here: the next instruction does it. */
static void charge_text(struct limits *l, size_t size)
{
    pay(l, (int64_t)(size / BYTES_A_STEP));
    if (is_spent(l) && l->L)
        lua_sethook(l->L, on_count, LUA_MASKCOUNT, 1);
}

void *limits_allocate(void *limits, void *block, size_t old, size_t wanted)
{
    struct limits *l = limits;
    bool is_text = !block && old == LUA_TSTRING;
    if (!block)
        old = 0; /* it holds a type code */
    if (wanted > old && wanted - old > BUDGET_MEMORY - l->bytes)
        l->leave(l->owner, SAYS_MEMORY);
    l->bytes = l->bytes - old + wanted;
    if (!wanted) {
        give_back(l, block, old);
        return NULL;
    }
    if (is_text && wanted > LONG_TEXT)
        charge_text(l, wanted);
    return block ? move(l, block, old, wanted) : take(l, wanted);
}
