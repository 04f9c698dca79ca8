#include "desk/intake_thread.h"

#include "ingest/mail_thread.h"
#include "model/merge.h"
#include "store/waiting.h"

bool intake_thread_is(const struct desk *d, const struct call *c)
{
    struct mail_message *m;
    return c->channel == CALL_EMAIL && mail_thread_messages(c, d->arena, &m);
}

bool intake_thread_find(const struct desk *d, const struct call *c, char id[CALL_ID], struct err *e)
{
    struct mail_message *m;
    size_t n = mail_thread_messages(c, d->arena, &m);
    if (!store_call_known(d->store, c->source, c->source_key, id, e))
        return false;
    for (size_t i = 0; i < n && !id[0]; i++) {
        if (*m[i].id && !store_call_known(d->store, c->source, m[i].id, id, e))
            return false;
        if (!id[0] && *m[i].reply_to &&
            !store_call_known(d->store, c->source, m[i].reply_to, id, e))
            return false;
    }
    return true;
}

static bool name_once(const struct desk *d, const char *id, const char *source, const char *key,
                      struct err *e)
{
    char other[CALL_ID];
    return !*key || (store_call_known(d->store, source, key, other, e) &&
                     (other[0] || store_call_name(d->store, id, source, key, e)));
}

bool intake_thread_name(const struct desk *d, const char *id, const struct call *c, struct err *e)
{
    struct mail_message *m;
    size_t n = mail_thread_messages(c, d->arena, &m);
    bool ok = name_once(d, id, c->source, c->source_key, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = name_once(d, id, c->source, m[i].id, e) &&
             name_once(d, id, c->source, m[i].reply_to, e);
    return ok;
}

const char *intake_thread_needs(const struct desk *d, const struct call *c)
{
    return mail_thread_needs(c, d->arena);
}

bool intake_thread_merge(const struct desk *d, const struct call *known, const struct call *newer,
                         enum merge_kind kind, struct call *out, struct err *e)
{
    if (known->channel == CALL_EMAIL && intake_thread_is(d, newer))
        return mail_thread_merge(known, newer, d->arena, out, e);
    merge_calls(known, newer, kind, d->arena, out);
    return true;
}
