#include "store/people.h"

#include "store/rows.h"

#include <string.h>

static void read_user(struct query *q, struct arena *a, struct store_user *u)
{
    *u = (struct store_user){.id = query_get_integer(q)};
    u->login = query_get_text(q, a);
    u->name = query_get_text(q, a);
    u->role = (enum store_role)query_get_integer(q);
    u->team = query_get_text(q, a);
    u->agent = query_get_text(q, a);
    u->password = query_get_text(q, a);
    u->active = query_get_integer(q);
    u->settings = query_get_text(q, a);
}

static bool read_one(struct query *q, struct arena *a, struct store_user *out, struct err *e)
{
    bool there = query_row(q, e);
    if (there)
        read_user(q, a, out);
    return query_end(q, e) && (there || err_set(e, ERR_MISSING, "There is no such user."));
}

bool store_user_get(struct store *s, int64_t id, struct arena *a, struct store_user *out,
                    struct err *e)
{
    struct query q = query_start(s, S_USER_GET);
    query_integer(&q, ":id", id);
    return read_one(&q, a, out, e);
}

bool store_user_find(struct store *s, const char *login, struct arena *a, struct store_user *out,
                     struct err *e)
{
    struct query q = query_start(s, S_USER_FIND);
    query_text(&q, ":login", login);
    return read_one(&q, a, out, e);
}

bool store_user_list(struct store *s, struct arena *a, struct store_user **out, size_t *n,
                     struct err *e)
{
    struct query q = query_start(s, S_USER_LIST);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_user(&q, a, &(*out)[*n]);
    }
    return query_end(&q, e);
}

static bool has(const char *text)
{
    return text && text[0];
}

static bool goes_together(const struct store_user *u, struct err *e)
{
    if (has(u->team) != (u->role == STORE_LEAD))
        return err_set(e, ERR_INPUT, "%s: a lead has a team, and nobody else has.", u->login);
    if (has(u->agent) != (u->role == STORE_AGENT))
        return err_set(e, ERR_INPUT, "%s: an agent's account names the agent, and no other does.",
                       u->login);
    return true;
}

static bool event(struct store *s, int64_t id, const char *was, const char *became,
                  const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    bool ok =
        rows_event(s, STORE_ON_USER, arena_format(a, "%lld", (long long)id), was, became, act, e);
    arena_close(a);
    return ok;
}

static void bind_user(struct query *q, const struct store_user *u)
{
    query_text(q, ":name", u->name);
    query_integer(q, ":role", u->role);
    query_maybe(q, ":team", u->team);
    query_maybe(q, ":agent", u->agent);
    query_integer(q, ":active", u->active);
    query_text(q, ":settings", has(u->settings) ? u->settings : "{}");
}

static bool login_is_free(struct store *s, const char *login, struct err *e)
{
    struct query q = query_start(s, S_USER_FIND);
    query_text(&q, ":login", login);
    bool taken = query_row(&q, e);
    return query_end(&q, e) &&
           (!taken || err_set(e, ERR_CONFLICT, "There is a user %s already.", login));
}

bool store_user_add(struct store *s, const struct store_user *u, const struct store_act *act,
                    int64_t *id, struct err *e)
{
    if (!goes_together(u, e) || !login_is_free(s, u->login, e))
        return false;
    struct query q = query_start(s, S_USER_ADD);
    bind_user(&q, u);
    query_text(&q, ":login", u->login);
    query_text(&q, ":password", u->password ? u->password : "");
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e);
    }
    return query_end(&q, e) && event(s, *id, "", store_role_names[u->role], act, e);
}

static bool end_sessions(struct store *s, int64_t user, const char *keep, struct err *e)
{
    struct query q = query_start(s, S_SESSION_END_OTHERS);
    query_integer(&q, ":person", user);
    query_maybe(&q, ":keep", keep);
    return query_run(&q, e);
}

static bool an_admin_stays(struct store *s, const struct store_user *old,
                           const struct store_user *u, struct err *e)
{
    bool was = old->role == STORE_ADMIN && old->active;
    if (!was || (u->role == STORE_ADMIN && u->active))
        return true;
    struct query q = query_start(s, S_USER_ADMINS);
    query_integer(&q, ":but", u->id);
    int64_t others;
    return rows_total(&q, &others, e) &&
           (others ||
            err_set(e, ERR_CONFLICT, "%s is the last admin. Make somebody else an admin first.",
                    old->login));
}

static const char *word(const struct store_user *u)
{
    return u->active ? store_role_names[u->role] : "closed";
}

static bool change(struct store *s, const struct store_user *old, const struct store_user *u,
                   const struct store_act *act, struct err *e)
{
    if (!goes_together(u, e) || !an_admin_stays(s, old, u, e))
        return false;
    struct query q = query_start(s, S_USER_CHANGE);
    bind_user(&q, u);
    query_integer(&q, ":id", u->id);
    if (!query_run(&q, e))
        return false;
    bool moved = strcmp(word(old), word(u)) != 0;
    bool other = strcmp(old->team, has(u->team) ? u->team : "") != 0 ||
                 strcmp(old->agent, has(u->agent) ? u->agent : "") != 0;
    return (!moved || event(s, u->id, word(old), word(u), act, e)) &&
           (!(moved || other) || end_sessions(s, u->id, NULL, e));
}

bool store_user_change(struct store *s, const struct store_user *u, const struct store_act *act,
                       struct err *e)
{
    struct arena *a = arena_open();
    struct store_user old;
    bool ok = store_user_get(s, u->id, a, &old, e) && change(s, &old, u, act, e);
    arena_close(a);
    return ok;
}

bool store_user_set_password(struct store *s, int64_t id, const char *password, const char *keep,
                             const struct store_act *act, struct err *e)
{
    struct query q = query_start(s, S_USER_PASSWORD);
    query_integer(&q, ":id", id);
    query_text(&q, ":password", password);
    return query_run(&q, e) && event(s, id, "password", "new password", act, e) &&
           end_sessions(s, id, keep, e);
}

bool store_session_add(struct store *s, const char *token_hash, int64_t user, int64_t now,
                       struct err *e)
{
    struct query q = query_start(s, S_SESSION_ADD);
    query_text(&q, ":token", token_hash);
    query_integer(&q, ":person", user);
    query_integer(&q, ":now", now);
    return query_run(&q, e);
}

bool store_session_find(struct store *s, const char *token_hash, int64_t now, struct arena *a,
                        struct store_user *out, int64_t *used_at, struct err *e)
{
    struct query q = query_start(s, S_SESSION_FIND);
    query_text(&q, ":token", token_hash);
    query_integer(&q, ":idle", now - STORE_SESSION_IDLE_MS);
    query_integer(&q, ":oldest", now - STORE_SESSION_MOST_MS);
    bool there = query_row(&q, e);
    if (there) {
        *used_at = query_get_integer(&q);
        read_user(&q, a, out);
    }
    return query_end(&q, e) && (there || err_set(e, ERR_DENIED, "You are signed out."));
}

bool store_session_touch(struct store *s, const char *token_hash, int64_t now, struct err *e)
{
    struct query q = query_start(s, S_SESSION_TOUCH);
    query_text(&q, ":token", token_hash);
    query_integer(&q, ":now", now);
    return query_run(&q, e);
}

bool store_session_end(struct store *s, const char *token_hash, struct err *e)
{
    struct query q = query_start(s, S_SESSION_END);
    query_text(&q, ":token", token_hash);
    return query_run(&q, e);
}
