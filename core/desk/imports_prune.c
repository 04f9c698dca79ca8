/* The list of what came in does not grow for ever. */
#include "desk/imports.h"

#include "desk/settings.h"

#include <unistd.h>

enum { BATCH = 500, DAY_MS = 24 * 3600 * 1000 };

static bool can_be_tried_again(const struct store_import *i)
{
    return i->verdict == STORE_REFUSED && *i->place && access(i->place, F_OK) == 0;
}

static bool drop(const struct desk *d, const struct store_import *all, size_t n, size_t *gone,
                 struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        if (can_be_tried_again(&all[i]))
            continue;
        if (!store_import_drop(d->store, all[i].id, e))
            return false;
        ++*gone;
    }
    return true;
}

bool imports_prune(const struct desk *d, int64_t *after, size_t *gone, bool *more, struct err *e)
{
    double days;
    struct store_import *all;
    size_t n;
    if (!settings_number(d, SETTINGS_KEEP_IMPORTS, &days, e))
        return false;
    int64_t before = d->now - (int64_t)(days * DAY_MS);
    if (!store_import_old(d->store, before, *after, BATCH, d->arena, &all, &n, e))
        return false;
    *more = n == BATCH;
    if (!n)
        return true;
    *after = all[n - 1].id;
    return store_begin(d->store, e) && store_end(d->store, drop(d, all, n, gone, e), e);
}
