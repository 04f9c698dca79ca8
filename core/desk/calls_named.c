#include "desk/calls.h"

#include "store/calls.h"
#include "store/waiting.h"

#include <ctype.h>
#include <string.h>

/* "/calls/q0sv7jrnydnw?t=9 " -> "Q0SV7JRNYDNW"; "" where it cannot be an id. */
static void read_id(struct slice typed, char out[CALL_ID])
{
    struct slice at = typed, before;
    while (slice_cut(&at, '/', &before))
        if (slice_is(before, "calls"))
            break;
    at = at.n ? at : typed;
    size_t n = 0;
    while (n < at.n && n < CALL_ID - 1 && isalnum((unsigned char)at.p[n])) {
        out[n] = (char)toupper((unsigned char)at.p[n]);
        n++;
    }
    bool whole = n == CALL_ID - 1 && (n == at.n || strchr("/?#", at.p[n]));
    out[whole ? n : 0] = 0;
}

static bool is_seen(const struct desk *d, const char *id)
{
    struct call c;
    struct err none = {0};
    return *id && store_call_get(d->store, &d->viewer, id, d->arena, &c, &none);
}

bool calls_named(const struct desk *d, const char *typed, char id[CALL_ID], struct err *e)
{
    struct slice text = slice_trim(slice_of(typed));
    const char *key = arena_text(d->arena, text);
    struct store_guesses found;
    size_t n = 0;
    read_id(text, id);
    if (is_seen(d, id))
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
