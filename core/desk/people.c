#include "desk/people.h"

#include "base/secret.h"
#include "desk/trail.h"

#include <string.h>

static bool trail(struct desk *d, const char *action, const char *login, struct err *e)
{
    return trail_add(d, action, arena_format(d->arena, "user %s", login), "done", e);
}

static bool make_password(char password[PEOPLE_PASSWORD], char hash[SECRET_PASSWORD], struct err *e)
{
    secret_readable(password);
    return secret_hash_password(slice_of(password), hash, e);
}

static bool add(struct desk *d, const struct store_user *u, struct err *e)
{
    struct store_act act = {d->user, d->now, ""};
    int64_t id;
    return store_user_add(d->store, u, &act, &id, e) && trail(d, "add user", u->login, e);
}

bool people_add(struct desk *d, const struct store_user *u, char password[PEOPLE_PASSWORD],
                struct err *e)
{
    char hash[SECRET_PASSWORD];
    struct store_user whole = *u;
    if (!make_password(password, hash, e))
        return false;
    whole.password = hash;
    whole.active = true;
    whole.settings = "{}";
    return store_begin(d->store, e) && store_end(d->store, add(d, &whole, e), e);
}

static bool reset(struct desk *d, const char *login, const char *hash, struct err *e)
{
    struct store_act act = {d->user, d->now, "password reset"};
    struct store_user u;
    return store_user_find(d->store, login, d->arena, &u, e) &&
           store_user_set_password(d->store, u.id, hash, NULL, &act, e) &&
           trail(d, "reset password", login, e);
}

bool people_reset_password(struct desk *d, const char *login, char password[PEOPLE_PASSWORD],
                           struct err *e)
{
    char hash[SECRET_PASSWORD];
    return make_password(password, hash, e) && store_begin(d->store, e) &&
           store_end(d->store, reset(d, login, hash, e), e);
}

static bool set_active(struct desk *d, const char *login, bool active, struct err *e)
{
    struct store_act act = {d->user, d->now, ""};
    struct store_user u;
    if (!store_user_find(d->store, login, d->arena, &u, e))
        return false;
    u.active = active;
    return store_user_change(d->store, &u, &act, e) &&
           trail(d, active ? "let user in" : "shut user out", login, e);
}

bool people_set_active(struct desk *d, const char *login, bool active, struct err *e)
{
    return store_begin(d->store, e) && store_end(d->store, set_active(d, login, active, e), e);
}

bool people_table(struct desk *d, struct table **out, struct err *e)
{
    static const struct table_column columns[] = {
        {"login", "Login", TABLE_TEXT}, {"name", "Name", TABLE_TEXT},
        {"role", "Role", TABLE_TEXT},   {"team", "Team", TABLE_TEXT},
        {"agent", "Agent", TABLE_TEXT}, {"state", "May sign in", TABLE_TEXT}};
    struct store_user *all;
    size_t n;
    *out = table_new(d->arena, "Users", columns, sizeof columns / sizeof *columns);
    if (!store_user_list(d->store, d->arena, &all, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        table_row(*out);
        table_text(*out, all[i].login);
        table_text(*out, all[i].name);
        table_text(*out, store_role_names[all[i].role]);
        table_text(*out, all[i].team);
        table_text(*out, all[i].agent);
        table_text(*out, all[i].active ? "yes" : "no");
    }
    return true;
}
