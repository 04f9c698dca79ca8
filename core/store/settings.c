#include "store/settings.h"

#include "store/rows.h"

bool store_setting_get(struct store *s, const char *name, struct arena *a, const char **out,
                       struct err *e)
{
    struct query q = query_start(s, S_SETTING_GET);
    query_text(&q, ":name", name);
    *out = query_row(&q, e) ? query_get_text(&q, a) : NULL;
    return query_end(&q, e);
}

static bool put(struct store *s, const char *name, const char *value, struct err *e)
{
    struct query q = query_start(s, S_SETTING_PUT);
    query_text(&q, ":name", name);
    query_text(&q, ":value", value);
    return query_run(&q, e);
}

bool store_setting_put(struct store *s, const char *name, const char *value,
                       const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    const char *was;
    bool ok = store_setting_get(s, name, a, &was, e) && put(s, name, value, e) &&
              rows_event(s, STORE_ON_SETTING, name, was ? was : "", value, act, e);
    arena_close(a);
    return ok;
}
