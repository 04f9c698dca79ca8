#define _GNU_SOURCE
#include "serve/session.h"

#include "base/hash.h"
#include "base/log.h"
#include "base/secret.h"
#include "serve/app.h"
#include "store/audit.h"

#include <errno.h>
#include <string.h>
#include <time.h>

enum { LOGIN_MOST = 200, TOUCH_MS = 60 * 1000 };

static const char *cookie_name(const struct request *r)
{
    return r->secure ? "__Host-session" : "session";
}

static const char *cookie_line(const struct request *r, const char *value, const char *more)
{
    return arena_format(r->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", cookie_name(r),
                        value, r->secure ? "; Secure" : "", more);
}

void session_form_token(const char *session, char out[SESSION_TOKEN])
{
    struct buf text = {0};
    buf_str(&text, "earshot form token\n");
    buf_str(&text, session);
    hash_text(buf_all(&text), out);
    secret_wipe(text.p, text.n);
    buf_free(&text);
}

static void hash_of(const char *session, char out[HASH_TEXT])
{
    hash_text(slice_of(session), out);
}

static void know(struct request *r, const struct store_user *user, const char *session)
{
    char token[SESSION_TOKEN];
    session_form_token(session, token);
    r->user = *user;
    r->viewer = store_user_viewer(user);
    r->session = arena_copy(r->arena, session);
    r->token = arena_copy(r->arena, token);
}

/* A failure to note the time is no reason to refuse a page: on a full disk reading goes on (D7). */
static void touch(struct app *app, const char *hash, int64_t now)
{
    struct err e = {0};
    if (!store_begin(app->store, &e) ||
        !store_end(app->store, store_session_touch(app->store, hash, now, &e), &e))
        log_warning("noting that a session is in use: %s", e.text);
}

/* A session that began while the disk had no room. */
static bool recognise_spare(struct app *app, struct request *r, const char *session,
                            const char *hash, struct err *e)
{
    struct store_user user;
    int64_t id = spare_find(&app->spare, hash, r->now);
    if (!id)
        return true;
    if (!store_user_get(r->reader, id, r->arena, &user, e))
        return false;
    if (user.active)
        know(r, &user, session);
    return true;
}

bool session_recognise(struct app *app, struct request *r, struct err *e)
{
    const char *session = request_value(&r->cookies, cookie_name(r));
    if (!session || strlen(session) != SECRET_TOKEN - 1)
        return true;
    char hash[HASH_TEXT];
    struct store_user user;
    struct err why = {0};
    int64_t used_at;
    struct store *s = request_reader(r, e);
    if (!s)
        return false;
    hash_of(session, hash);
    if (!store_session_find(s, hash, r->now, r->arena, &user, &used_at, &why))
        return why.kind == ERR_DENIED || why.kind == ERR_MISSING
                   ? recognise_spare(app, r, session, hash, e)
                   : err_set(e, why.kind, "%s", why.text);
    know(r, &user, session);
    if (r->now - used_at >= TOUCH_MS)
        touch(app, hash, r->now);
    return true;
}

static bool check_brake(struct request *r, const char *login, struct err *e)
{
    int64_t wait_ms = 0;
    struct store *s = request_reader(r, e);
    if (!s || !store_throttle_wait(s, login, r->address, r->now, &wait_ms, e))
        return false;
    if (wait_ms > 0)
        return err_set(e, ERR_BUSY, "There were too many failed tries. Wait %lld s and try again.",
                       (long long)(wait_ms + 999) / 1000);
    return true;
}

static bool take_slot(struct app *app, struct err *e)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += APP_PASSWORD_WAIT_S;
    int failed;
    while ((failed = sem_clockwait(&app->passwords, CLOCK_MONOTONIC, &until)) && errno == EINTR)
        ;
    if (failed)
        return err_set(e, ERR_BUSY,
                       "Too many people are signing in just now. Try again in a few seconds.");
    return true;
}

/* Costs the same whether or not the user exists (W6). */
static bool check_password(struct app *app, const struct store_user *user, const char *password,
                           bool *right, struct err *e)
{
    struct slice given = slice_of(password);
    if (!take_slot(app, e))
        return false;
    bool may = user && user->active && *user->password && given.n <= SECRET_PASSWORD_MOST;
    if (may)
        *right = secret_check_password(user->password, given);
    else
        secret_check_nobody(given.n <= SECRET_PASSWORD_MOST ? given : SLICE(""));
    *right = may && *right;
    sem_post(&app->passwords);
    return true;
}

static bool audit(struct app *app, struct request *r, int64_t user, const char *who,
                  const char *action, const char *result, struct err *e)
{
    return store_audit_add(app->store,
                           &(struct store_audit){.at = r->now,
                                                 .user = user,
                                                 .who = who,
                                                 .address = r->address,
                                                 .action = action,
                                                 .target = "",
                                                 .result = result},
                           e);
}

/* Where the failure cannot be counted, waiting here is the brake. */
static bool note_failure(struct app *app, struct request *r, const char *login, struct err *e)
{
    struct err why = {0};
    if (!store_begin(app->store, e))
        return false;
    bool ok = store_throttle_failed(app->store, login, r->address, r->now, &why) &&
              audit(app, r, 0, login, "sign in", "failed", &why);
    if (store_end(app->store, ok, &why))
        return true;
    log_warning("a failed sign-in could not be noted: %s", why.text);
    nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
    return why.kind == ERR_FULL || err_set(e, why.kind, "%s", why.text);
}

static bool begin_session(struct app *app, struct request *r, const struct store_user *user,
                          const char *session, struct err *e)
{
    char hash[HASH_TEXT], old[HASH_TEXT];
    hash_of(session, hash);
    hash_of(r->session, old);
    if (!store_begin(app->store, e))
        return false;
    bool ok = store_throttle_passed(app->store, user->login, e) &&
              (!*r->session || store_session_end(app->store, old, e)) &&
              store_session_sweep(app->store, r->now, e) &&
              store_session_add(app->store, hash, user->id, r->now, e) &&
              audit(app, r, user->id, user->login, "sign in", "done", e);
    if (store_end(app->store, ok, e))
        return true;
    if (e->kind != ERR_FULL)
        return false;
    log_warning("%s signed in for this run only: %s", user->login, e->text);
    err_clear(e);
    spare_add(&app->spare, hash, user->id, r->now);
    return true;
}

static bool find_user(struct request *r, const char *login, struct store_user *user, bool *there,
                      struct err *e)
{
    struct err why = {0};
    struct store *s = request_reader(r, e);
    if (!s)
        return false;
    *there = store_user_find(s, login, r->arena, user, &why);
    return *there || why.kind == ERR_MISSING || err_set(e, why.kind, "%s", why.text);
}

static const char *lower_login(struct arena *a, const char *login)
{
    struct slice s = slice_trim(slice_of(login));
    char *text = arena_text(a, (struct slice){s.p, s.n < LOGIN_MOST ? s.n : LOGIN_MOST});
    for (char *p = text; *p; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p | 32 : *p);
    return text;
}

bool session_sign_in(struct app *app, struct request *r, struct response *out, const char *login,
                     const char *password, struct err *e)
{
    struct store_user user;
    bool there, right = false;
    login = lower_login(r->arena, login);
    if (!check_brake(r, login, e) || !find_user(r, login, &user, &there, e) ||
        !check_password(app, there ? &user : NULL, password, &right, e))
        return false;
    if (!right) {
        if (!note_failure(app, r, login, e))
            return false;
        return err_set(e, ERR_INPUT, "The name or the password is not right.");
    }
    char session[SECRET_TOKEN];
    secret_token(session);
    if (!begin_session(app, r, &user, session, e))
        return false;
    know(r, &user, session);
    out->cookie = cookie_line(r, session, "");
    return true;
}

bool session_sign_out(struct app *app, struct request *r, struct response *out, struct err *e)
{
    out->cookie = cookie_line(r, "", "; Max-Age=0");
    if (!r->user.id)
        return true;
    char hash[HASH_TEXT];
    hash_of(r->session, hash);
    spare_end(&app->spare, hash);
    if (!store_begin(app->store, e))
        return false;
    bool ok = store_session_end(app->store, hash, e) &&
              audit(app, r, r->user.id, r->user.login, "sign out", "done", e);
    if (!store_end(app->store, ok, e))
        return false;
    r->user = (struct store_user){0};
    r->viewer = (struct store_viewer){0};
    r->session = r->token = "";
    return true;
}

static bool keep_password(struct app *app, struct request *r, const char *password, struct err *e)
{
    char hash[HASH_TEXT];
    hash_of(r->session, hash);
    if (!store_begin(app->store, e))
        return false;
    const struct store_act act = {.user = r->user.id, .at = r->now, .why = ""};
    bool ok = store_user_set_password(app->store, r->user.id, password, hash, &act, e) &&
              audit(app, r, r->user.id, r->user.login, "change password", "done", e);
    return store_end(app->store, ok, e);
}

bool session_change_password(struct app *app, struct request *r, const char *old, const char *new,
                             struct err *e)
{
    char hash[SECRET_PASSWORD];
    bool right = false;
    struct store_user user;
    struct store *s = request_reader(r, e);
    if (!s || !check_brake(r, r->user.login, e) ||
        !store_user_get(s, r->user.id, r->arena, &user, e) ||
        !check_password(app, &user, old, &right, e))
        return false;
    if (!right) {
        if (!note_failure(app, r, user.login, e))
            return false;
        return err_set(e, ERR_INPUT, "The old password is not right.");
    }
    if (!secret_acceptable(slice_of(new), e) || !take_slot(app, e))
        return false;
    bool ok = secret_hash_password(slice_of(new), hash, e);
    sem_post(&app->passwords);
    return ok && keep_password(app, r, hash, e);
}

bool session_note_export(struct app *app, struct request *r, struct err *e)
{
    struct store_audit x = {.at = r->now,
                            .user = r->user.id,
                            .who = r->user.login,
                            .address = r->address,
                            .action = "export",
                            .target = r->path,
                            .result = "done"};
    return store_begin(app->store, e) &&
           store_end(app->store, store_audit_add(app->store, &x, e), e);
}
