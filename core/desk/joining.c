#include "desk/joining.h"

#include "base/file.h"
#include "base/hash.h"
#include "desk/calls.h"
#include "desk/intake_thread.h"
#include "desk/trail.h"
#include "model/pack.h"

#include <string.h>

enum { BATCH = 100 };

bool joining_lacks(const struct call *c, const struct call *part)
{
    bool sound =
        part->recording[0] && c->recording[0] && strcmp(part->recording, c->recording) != 0;
    return (!sound && !(part->n_turns && c->n_turns)) || merge_redacts(c, part);
}

static bool get(const struct desk *d, const char *id, struct call *out, struct err *e)
{
    return store_call_get(d->store, &store_everything, id, d->arena, out, e);
}

/* Leaves those that lack what the part brings. */
static bool sift(const struct desk *d, struct store_guesses *g, const struct call *part,
                 struct err *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->n; i++) {
        struct call c;
        if (!get(d, g->ids[i], &c, e))
            return false;
        if (joining_lacks(&c, part))
            memmove(g->ids[kept++], g->ids[i], CALL_ID);
    }
    g->n = kept;
    return true;
}

static const char *say(const struct desk *d, size_t before, size_t after, const char *what)
{
    if (!before)
        return arena_format(d->arena, "no call %s is there yet", what);
    if (!after)
        return arena_format(d->arena, "the call %s has such a part already", what);
    return arena_format(d->arena, "%zu calls %s could be its own", after, what);
}

/* --- by the name of the file alone --- */

/* No source has this name, so that it can stand for "a file of that name". */
static const char any_source[] = "*";
enum { FOLDERS_MOST = 8 };

/* The key with its i-th folder open, "*" + "/K1"; NULL where it has not so many. */
static const char *open_folder(struct arena *a, const char *key, size_t i)
{
    const char *from = key, *end = strchr(key, '/');
    for (; end && i; i--)
        from = end + 1, end = strchr(from, '/');
    return end ? arena_format(a, "%.*s*%s", (int)(from - key), key, end) : NULL;
}

static bool name_once(const struct desk *d, const char *call_id, const char *name, struct err *e)
{
    char other[CALL_ID];
    return store_call_known(d->store, any_source, name, other, e) &&
           (other[0] || store_call_name(d->store, call_id, any_source, name, e));
}

bool joining_name_file(const struct desk *d, const char *call_id, const char *key, struct err *e)
{
    const char *name;
    if (!strchr(key, '/'))
        return true;
    for (size_t i = 0; i < FOLDERS_MOST && (name = open_folder(d->arena, key, i)); i++)
        if (!name_once(d, call_id, name, e))
            return false;
    return name_once(d, call_id, file_name_of(key), e);
}

bool joining_find_file(const struct desk *d, const char *key, char id[CALL_ID], struct err *e)
{
    bool undescribed = false;
    if (!store_call_known(d->store, any_source, key, id, e) ||
        (id[0] && !store_undescribed(d->store, id, &undescribed, e)))
        return false;
    if (!undescribed)
        id[0] = 0;
    return true;
}

bool joining_find_beside(const struct desk *d, const struct store_part *part,
                         struct store_guesses *g, struct err *e)
{
    g->n = 0;
    const char *name;
    bool by_file = strcmp(part->named_key, file_name_of(part->source_key)) == 0;
    for (size_t i = 0; by_file && i < FOLDERS_MOST; i++) {
        size_t k = 0;
        if (!(name = open_folder(d->arena, part->source_key, i)))
            break;
        if (!store_call_known(d->store, any_source, name, g->ids[g->n], e))
            return false;
        while (strcmp(g->ids[k], g->ids[g->n]) != 0)
            k++;
        g->n += k == g->n && g->ids[k][0];
    }
    return true;
}

/* --- finding the call --- */

bool joining_find(const struct desk *d, const struct match_rules *rules,
                  const struct store_part *part, struct joining_found *out, struct err *e)
{
    struct store_guesses g = {.n = 0};
    const char *what = "";
    *out = (struct joining_found){.why = "its name says nothing of a call"};
    if (intake_thread_is(d, &part->part)) {
        out->why = arena_format(d->arena, "the message %s, which it answers, is not there yet",
                                part->named_key);
        return intake_thread_find(d, &part->part, out->id, e);
    }
    if (*part->named_key) {
        what = arena_format(d->arena, "with the key %s", part->named_key);
        if (!store_call_by_key(d->store, part->named_key, &g, e))
            return false;
        out->guessed = !g.n;
        if (!g.n && !joining_find_beside(d, part, &g, e))
            return false;
    } else if (*part->agent && part->at != CALL_UNKNOWN) {
        what = arena_format(d->arena, "of agent %s about that time", part->agent);
        if (!store_call_near(d->store, part->agent, part->at - rules->window_ms,
                             part->at + rules->window_ms, &g, e))
            return false;
        out->guessed = true;
    } else {
        return true;
    }
    size_t before = g.n;
    if (!sift(d, &g, &part->part, e))
        return false;
    if (g.n == 1)
        memcpy(out->id, g.ids[0], CALL_ID);
    else
        out->why = say(d, before, g.n, what);
    return true;
}

static const char *digest(const struct desk *d, const struct call *c)
{
    struct buf packed = {0};
    char *text = arena_take(d->arena, HASH_TEXT);
    pack_call(&packed, c);
    hash_text(buf_all(&packed), text);
    buf_free(&packed);
    return text;
}

bool joining_join(const struct desk *d, const struct store_part *part, const char *call_id,
                  struct err *e)
{
    struct call was, now, kept;
    enum store_put what;
    struct store_act act = {d->user, d->now, arena_format(d->arena, "joined %s", part->name)};
    if (!get(d, call_id, &was, e))
        return false;
    return intake_thread_merge(d, &was, &part->part, MERGE_PART, &now, e) &&
           store_call_put(d->store, &now, &act, &what, e) &&
           store_call_name(d->store, call_id, part->source, part->source_key, e) &&
           (!intake_thread_is(d, &part->part) || intake_thread_name(d, call_id, &part->part, e)) &&
           get(d, call_id, &kept, e) &&
           store_waiting_move(d->store, part->id, STORE_PART_JOINED, call_id, &was,
                              digest(d, &kept), e);
}

/* In a transaction: what was read before may have changed, since others join parts, too. */
static bool join_now(const struct desk *d, const struct match_rules *rules, int64_t id,
                     size_t *joined, struct err *e)
{
    struct store_part part;
    struct joining_found found = {.id = ""};
    if (!store_begin(d->store, e))
        return false;
    bool ok = store_waiting_get(d->store, id, d->arena, &part, e) &&
              (part.state != STORE_PART_WAITS || joining_find(d, rules, &part, &found, e)) &&
              (!found.id[0] || joining_join(d, &part, found.id, e));
    ok = store_end(d->store, ok, e);
    *joined += ok && found.id[0];
    return ok;
}

static bool try_one(const struct desk *d, const struct match_rules *rules,
                    const struct store_part *part, size_t *joined, struct err *e)
{
    struct joining_found found;
    return joining_find(d, rules, part, &found, e) &&
           (!found.id[0] || join_now(d, rules, part->id, joined, e));
}

static bool try_each(const struct desk *d, const struct match_rules *rules, size_t *joined,
                     struct err *e)
{
    int64_t after = 0;
    bool ok = true;
    for (size_t n = 1; ok && n;) {
        struct store_part *all;
        ok = store_waiting_batch(d->store, STORE_PART_WAITS, after, BATCH, d->arena, &all, &n, e);
        for (size_t i = 0; ok && i < n; i++)
            ok = try_one(d, rules, &all[i], joined, e);
        after = ok && n ? all[n - 1].id : after;
        arena_reset(d->arena);
    }
    return ok;
}

/* What found its call may be what another one waits for. */
bool joining_try_all(const struct desk *d, const struct match_rules *rules, size_t *joined,
                     struct err *e)
{
    struct desk own = *d;
    size_t before;
    bool ok;
    own.arena = arena_open();
    *joined = 0;
    do {
        before = *joined;
        ok = try_each(&own, rules, joined, e);
    } while (ok && *joined > before);
    arena_close(own.arena);
    return ok;
}

/* When it may have begun, `window` more or less; nothing where nobody knows. */
static void span_of(const struct call *c, int64_t window, int64_t *from, int64_t *until)
{
    int64_t first = c->offered != CALL_UNKNOWN ? c->offered : c->answered;
    int64_t last = c->answered != CALL_UNKNOWN ? c->answered : c->offered;
    bool known = first != CALL_UNKNOWN;
    *from = known ? first - window : 0;
    *until = known ? last + window : -1;
}

static bool try_near(const struct desk *d, const struct match_rules *rules, const char *call_id,
                     size_t *joined, struct err *e)
{
    struct call c;
    int64_t from, until, *ids;
    size_t n;
    if (!get(d, call_id, &c, e))
        return false;
    span_of(&c, rules->window_ms, &from, &until);
    bool ok = store_waiting_near(d->store, c.source_key, from, until, d->arena, &ids, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        struct store_part part;
        ok = store_waiting_get(d->store, ids[i], d->arena, &part, e) &&
             (part.state != STORE_PART_WAITS || try_one(d, rules, &part, joined, e));
    }
    return ok;
}

bool joining_try_near(const struct desk *d, const struct match_rules *rules,
                      const char (*call_ids)[CALL_ID], size_t n, size_t *joined, struct err *e)
{
    struct desk own = *d;
    bool ok = true;
    own.arena = arena_open();
    *joined = 0;
    for (size_t i = 0; ok && i < n; i++) {
        ok = try_near(&own, rules, call_ids[i], joined, e);
        arena_reset(own.arena);
    }
    arena_close(own.arena);
    return ok;
}

static bool end(const struct desk *d, const char *action, const struct store_part *part, bool ok,
                struct err *e)
{
    ok = ok &&
         trail_add(d, action, arena_format(d->arena, "part %lld", (long long)part->id), "done", e);
    return store_end(d->store, ok, e);
}

static bool waits(const struct store_part *p, struct err *e)
{
    return p->state == STORE_PART_WAITS || p->state == STORE_PART_PARTED ||
           err_set(e, ERR_CONFLICT, "%s waits no more: it belongs to call %s.", p->name,
                   p->call_id);
}

bool joining_by_hand(const struct desk *d, int64_t id, const char *call, struct err *e)
{
    struct store_part part = {.name = ""};
    char id_of_call[CALL_ID];
    if (!store_begin(d->store, e))
        return false;
    bool ok = store_waiting_get(d->store, id, d->arena, &part, e) && waits(&part, e) &&
              calls_named(d, call, id_of_call, e) && joining_join(d, &part, id_of_call, e);
    return end(d, "join", &part, ok, e);
}

/* A merged call is put by what it knows; going back must also forget. */
static bool go_back(const struct desk *d, const struct store_part *part, struct err *e)
{
    struct call now;
    enum store_put what;
    struct store_act act = {d->user, d->now, arena_format(d->arena, "took out %s", part->name)};
    if (part->state != STORE_PART_JOINED || !part->has_was)
        return err_set(e, ERR_CONFLICT, "%s is not joined to a call.", part->name);
    if (!get(d, part->call_id, &now, e))
        return false;
    if (strcmp(digest(d, &now), part->became) != 0)
        return err_set(e, ERR_CONFLICT,
                       "Call %s has changed since %s was joined to it, so it cannot go back to "
                       "what it was. Import the right parts again: the newest wins.",
                       part->call_id, part->name);
    return store_call_put(d->store, &part->was, &act, &what, e) &&
           store_call_unname(d->store, part->source, part->source_key, e) &&
           store_waiting_move(d->store, part->id, STORE_PART_PARTED, "", NULL, "", e);
}

bool joining_part(const struct desk *d, int64_t id, struct err *e)
{
    struct store_part part = {.name = ""};
    if (!store_begin(d->store, e))
        return false;
    bool ok = store_waiting_get(d->store, id, d->arena, &part, e) && go_back(d, &part, e);
    return end(d, "take apart", &part, ok, e);
}

static bool take_alone(const struct desk *d, const struct store_part *part, struct err *e)
{
    enum store_put what;
    struct store_act act = {d->user, d->now, arena_format(d->arena, "%s alone", part->name)};
    return store_call_put(d->store, &part->part, &act, &what, e) &&
           store_undescribed_set(d->store, part->part.id, true, e) &&
           store_waiting_move(d->store, part->id, STORE_PART_ALONE, part->part.id, NULL, "", e);
}

bool joining_alone(const struct desk *d, int64_t id, struct err *e)
{
    struct store_part part = {.name = ""};
    if (!store_begin(d->store, e))
        return false;
    bool ok = store_waiting_get(d->store, id, d->arena, &part, e) && waits(&part, e) &&
              take_alone(d, &part, e);
    return end(d, "take alone", &part, ok, e);
}

static bool all_alone(const struct desk *d, enum store_part_state state, size_t *n, struct err *e)
{
    struct store_part *all;
    size_t found = 1;
    for (int64_t after = 0; found; arena_reset(d->arena)) {
        if (!store_waiting_batch(d->store, state, after, BATCH, d->arena, &all, &found, e))
            return false;
        for (size_t i = 0; i < found; i++, ++*n)
            if (!joining_alone(d, all[i].id, e))
                return false;
        after = found ? all[found - 1].id : after;
    }
    return true;
}

bool joining_all_alone(const struct desk *d, size_t *n, struct err *e)
{
    struct desk own = *d;
    own.arena = arena_open();
    *n = 0;
    bool ok = all_alone(&own, STORE_PART_WAITS, n, e) && all_alone(&own, STORE_PART_PARTED, n, e);
    arena_close(own.arena);
    return ok;
}
