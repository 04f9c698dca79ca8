#include "desk/denials.h"

#include "base/log.h"
#include "store/audit.h"
#include "store/cards.h"

/* A text that is not kept, in the editor or on the command line, is named by its file and hash. */
static const char *target_of(struct store *s, enum runner_kind kind, const char *name,
                             const char *hash, struct arena *a)
{
    if (kind == RUNNER_PLUGIN)
        return arena_format(a, "plugin %s, SHA-256 %s", name, hash);
    struct store_card card;
    struct err none = {0};
    if (store_card_find(s, hash, a, &card, &none))
        return arena_format(a, "scorecard %s %s", card.card, card.version);
    return arena_format(a, "scorecard text %s, SHA-256 %s", name, hash);
}

static bool add(const struct denials *d, enum runner_kind kind, const char *name, const char *hash,
                struct arena *a, struct err *e)
{
    struct store_audit entry = {
        .at = clock_now(&d->clock),
        .who = "program",
        .address = "",
        .action = "forbidden system call",
        .target = target_of(d->store, kind, name, hash, a),
        .result = "refused",
    };
    return store_audit_add(d->store, &entry, e);
}

/* Whoever asked a script inside of a transaction gets the entry in that transaction. */
static void note(void *context, enum runner_kind kind, const char *name, const char *hash)
{
    const struct denials *d = context;
    struct arena *a = arena_open();
    struct err e = {0};
    bool ok =
        store_is_begun(d->store)
            ? add(d, kind, name, hash, a, &e)
            : store_begin(d->store, &e) && store_end(d->store, add(d, kind, name, hash, a, &e), &e);
    if (!ok)
        log_warning("the security log has no entry about %s: %s", name, e.text);
    arena_close(a);
}

void denials_watch(const struct denials *d, struct runner *r)
{
    runner_tell_denied(r, note, (void *)d);
}
