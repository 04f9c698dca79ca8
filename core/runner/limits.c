#include "runner/limits.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum {
    HOOK_STEPS = 1000,
    LARGE = 4 << 20,   /* used by one request: given back to the system */
    LONG_TEXT = 128,   /* bytes of a text object whose making is charged */
    BYTES_A_STEP = 16, /* copying 16 bytes costs about what an instruction costs */
};

static int64_t cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t limits_end(struct limits *l)
{
    return l->began_cpu_ms = cpu_ms();
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
    if (!l->spent) {
        struct slice pattern = utf8_front(l->working_on, sizeof l->spent_in - 1);
        memcpy(l->spent_in, pattern.p ? pattern.p : "", pattern.n);
        l->spent_in[pattern.n] = '\0';
        l->spent_line = limits_line(l->L);
    }
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
    if (wall < l->run_ms)
        return;
    if (wall >= l->wall_ms || cpu_ms() - l->began_cpu_ms >= l->run_ms)
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

void limits_begin(struct limits *l, size_t file_bytes)
{
    l->in_check = false;
    l->steps = BUDGET_STEPS + protocol_more(file_bytes, BUDGET_MB_STEPS);
    l->run_ms = BUDGET_RUN_MS + protocol_more(file_bytes, BUDGET_MB_MS);
    l->wall_ms = BUDGET_WALL_MS + protocol_more(file_bytes, BUDGET_MB_MS);
    l->steps_left = l->steps;
    l->began_ms = clock_monotonic();
    start_counting(l);
}

void limits_check_begin(struct limits *l)
{
    l->in_check = true;
    l->working_on = (struct slice){"", 0};
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
    pay(l, steps > (size_t)l->steps ? l->steps : (int64_t)steps);
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
    return l->steps - l->steps_left;
}

/* Memory comes from one range, so that all of it can be kept and put back. Blocks of one class have
 * one size - multiples of 16 bytes for small ones, four sizes to each doubling above - and go back
 * to a list of their class. Figures stay true because both sides count what Lua asked for. */
static size_t class_of(size_t size, size_t *room)
{
    if (size <= LIMITS_SMALL) {
        size_t class = (size + LIMITS_CLASS - 1) / LIMITS_CLASS;
        *room = class * LIMITS_CLASS;
        return class;
    }
    unsigned step = 61 - (unsigned)__builtin_clzll(size - 1); /* a quarter of the doubling */
    size_t quarters = (size - 1) >> step;                     /* 4 to 7 */
    *room = (quarters + 1) << step;
    return LIMITS_SMALL / LIMITS_CLASS + (step - LIMITS_FIRST_STEP) * 4 + quarters - 3;
}

static void *take(struct limits *l, size_t size)
{
    size_t room, class = class_of(size, &room);
    void *block = l->heap.free_lists[class];
    if (block) {
        memcpy(&l->heap.free_lists[class], block, sizeof(void *));
        return block;
    }
    if (l->heap.used + room > LIMITS_RANGE)
        l->leave(l->owner, SAYS_MEMORY);
    block = l->base + l->heap.used;
    l->heap.used += room;
    return block;
}

static void give_back(struct limits *l, void *block, size_t size)
{
    if (!block)
        return;
    size_t room, class = class_of(size, &room);
    memcpy(block, &l->heap.free_lists[class], sizeof(void *));
    l->heap.free_lists[class] = block;
}

static void *move(struct limits *l, void *block, size_t old, size_t wanted)
{
    size_t room;
    if (class_of(old, &room) == class_of(wanted, &room))
        return block;
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
    if (wanted > old && wanted - old > BUDGET_MEMORY - l->heap.bytes)
        l->leave(l->owner, SAYS_MEMORY);
    l->heap.bytes = l->heap.bytes - old + wanted;
    if (!wanted) {
        give_back(l, block, old);
        return NULL;
    }
    if (is_text && wanted > LONG_TEXT)
        charge_text(l, wanted);
    return block ? move(l, block, old, wanted) : take(l, wanted);
}

bool limits_open(struct limits *l)
{
    l->base = mmap(NULL, LIMITS_RANGE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return l->base != MAP_FAILED;
}

bool limits_keep(struct limits *l)
{
    if (l->heap.used > LIMITS_KEPT)
        return false;
    l->image = malloc(l->heap.used);
    if (!l->image)
        return false;
    memcpy(l->image, l->base, l->heap.used);
    l->kept = l->heap;
    return true;
}

bool limits_is_kept(const struct limits *l, struct slice text)
{
    uintptr_t at = (uintptr_t)text.p - (uintptr_t)l->base;
    return at < l->kept.used && text.n <= l->kept.used - at &&
           memcmp(l->image + at, text.p, text.n) == 0;
}

void limits_put_back(struct limits *l)
{
    char *beyond = l->base + l->kept.used;
    size_t n = l->heap.used - l->kept.used;
    if (n > LARGE)
        madvise(l->base + LIMITS_KEPT, LIMITS_RANGE - LIMITS_KEPT, MADV_DONTNEED);
    memset(beyond, 0, n > LARGE ? LIMITS_KEPT - l->kept.used : n);
    memcpy(l->base, l->image, l->kept.used);
    l->heap = l->kept;
}
