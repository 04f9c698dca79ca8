#include "desk/trail.h"

#include "store/audit.h"

bool trail_add(const struct desk *d, const char *action, const char *target, const char *result,
               struct err *e)
{
    struct store_audit entry = {
        .at = d->now,
        .user = d->user,
        .who = d->name,
        .address = d->address,
        .action = action,
        .target = target,
        .result = result,
    };
    return store_audit_add(d->store, &entry, e);
}

bool trail_has(const struct desk *d, const char *action, const char *target, int64_t since,
               bool *out, struct err *e)
{
    struct store_audit_filter f = {
        .user = d->user, .from = since, .action = action, .target = target};
    struct store_page first = {.limit = 1};
    struct store_audit *found;
    size_t n;
    int64_t total;
    if (!store_audit_list(d->store, &f, &first, d->arena, &found, &n, &total, e))
        return false;
    *out = total > 0;
    return true;
}
