#include "desk/calls.h"

#include "store/calls.h"
#include "store/waiting.h"

#include <string.h>

static bool is_seen(const struct desk *d, const char *id)
{
    struct call c;
    struct err none = {0};
    return store_call_get(d->store, &d->viewer, id, d->arena, &c, &none);
}

bool calls_named(const struct desk *d, const char *typed, char id[CALL_ID], struct err *e)
{
    struct slice text = slice_trim(slice_of(typed));
    const char *key = arena_text(d->arena, text);
    struct store_guesses found;
    size_t n = 0;
    if (call_read_id(key, id) && is_seen(d, id))
        return true;
    if (!store_call_by_key(d->store, key, &found, e))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (is_seen(d, found.ids[i]) && !n++)
            memcpy(id, found.ids[i], CALL_ID);
    if (n == 1)
        return true;
    return n ? err_set(e, ERR_CONFLICT, "Several calls have the key %s. Say which by its id.", key)
             : err_set(e, ERR_MISSING, "No call has the id or the key \"%s\".", key);
}
