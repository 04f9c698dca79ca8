#include "store/people.h"

#include "store/rows.h"

enum {
    ACCOUNT_FREE = 5,
    ACCOUNT_MOST_MS = 60 * 1000,
    ADDRESS_FREE = 20,
    ADDRESS_SPAN_MS = 60 * 1000,
    FORGET_MS = 24 * 60 * 60 * 1000
};

struct count {
    int64_t failures, since, last;
};

static const char *key(struct arena *a, const char *kind, const char *who)
{
    return arena_format(a, "%s:%s", kind, who);
}

static bool get(struct store *s, const char *who, struct count *out, struct err *e)
{
    struct query q = query_start(s, S_THROTTLE_GET);
    query_text(&q, ":who", who);
    *out = (struct count){0};
    if (query_row(&q, e)) {
        out->failures = query_get_integer(&q);
        out->since = query_get_integer(&q);
        out->last = query_get_integer(&q);
    }
    return query_end(&q, e);
}

static bool put(struct store *s, const char *who, struct count c, struct err *e)
{
    struct query q = query_start(s, S_THROTTLE_PUT);
    query_text(&q, ":who", who);
    query_integer(&q, ":failures", c.failures);
    query_integer(&q, ":since", c.since);
    query_integer(&q, ":now", c.last);
    return query_run(&q, e);
}

/* The fifth failure costs one second, the next two, four, ... up to a minute. */
static int64_t account_wait(struct count c, int64_t now)
{
    if (c.failures < ACCOUNT_FREE)
        return 0;
    int64_t over = c.failures - ACCOUNT_FREE, pause = over > 6 ? ACCOUNT_MOST_MS : 1000LL << over;
    if (pause > ACCOUNT_MOST_MS)
        pause = ACCOUNT_MOST_MS;
    return c.last + pause > now ? c.last + pause - now : 0;
}

static int64_t address_wait(struct count c, int64_t now)
{
    int64_t end = c.since + ADDRESS_SPAN_MS;
    return c.failures >= ADDRESS_FREE && end > now ? end - now : 0;
}

bool store_throttle_wait(struct store *s, const char *login, const char *address, int64_t now,
                         int64_t *wait_ms, struct err *e)
{
    struct arena *a = arena_open();
    struct count account, from;
    bool ok =
        get(s, key(a, "login", login), &account, e) && get(s, key(a, "from", address), &from, e);
    if (ok) {
        int64_t first = account_wait(account, now), second = address_wait(from, now);
        *wait_ms = first > second ? first : second;
    }
    arena_close(a);
    return ok;
}

bool store_throttle_failed(struct store *s, const char *login, const char *address, int64_t now,
                           struct err *e)
{
    struct arena *a = arena_open();
    const char *account = key(a, "login", login), *from = key(a, "from", address);
    struct count c;
    bool ok = get(s, account, &c, e);
    if (ok) {
        c = (struct count){c.failures + 1, c.failures ? c.since : now, now};
        ok = put(s, account, c, e) && get(s, from, &c, e);
    }
    if (ok) {
        bool fresh = !c.failures || now - c.since >= ADDRESS_SPAN_MS;
        c = (struct count){fresh ? 1 : c.failures + 1, fresh ? now : c.since, now};
        ok = put(s, from, c, e);
    }
    arena_close(a);
    return ok;
}

bool store_throttle_passed(struct store *s, const char *login, struct err *e)
{
    struct arena *a = arena_open();
    struct query q = query_start(s, S_THROTTLE_DROP);
    query_text(&q, ":who", key(a, "login", login));
    bool ok = query_run(&q, e);
    arena_close(a);
    return ok;
}

bool store_session_sweep(struct store *s, int64_t now, struct err *e)
{
    struct query q = query_start(s, S_SESSION_SWEEP);
    query_integer(&q, ":idle", now - STORE_SESSION_IDLE_MS);
    if (!query_run(&q, e))
        return false;
    q = query_start(s, S_THROTTLE_SWEEP);
    query_integer(&q, ":oldest", now - FORGET_MS);
    return query_run(&q, e);
}
