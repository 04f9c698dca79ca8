/* Tokens, and calls pushed with them. */
#include "desk/imports.h"

#include "base/file.h"
#include "base/json.h"
#include "base/secret.h"
#include "desk/trail.h"

#include <string.h>

#define TOKEN_FRONT "earshot_"
enum { KEY_MOST = 200 };

static void hash_of(const char *token, char out[HASH_TEXT])
{
    hash_text(slice_of(token), out);
}

static bool check_name(const char *name, struct err *e)
{
    size_t n = strlen(name);
    bool ok = n > 0 && n <= IMPORTS_NAME;
    for (size_t i = 0; ok && i < n; i++)
        ok = name[i] > ' ' && name[i] < 127;
    return ok || err_set(e, ERR_INPUT,
                         "A token's name is 1 to %d letters, digits or signs without blanks: who "
                         "pushes with it.",
                         IMPORTS_NAME);
}

bool imports_token_add(const struct desk *d, const char *name, char token[IMPORTS_TOKEN],
                       struct err *e)
{
    char secret[SECRET_TOKEN], hash[HASH_TEXT];
    if (!check_name(name, e))
        return false;
    secret_token(secret);
    memcpy(token, TOKEN_FRONT, strlen(TOKEN_FRONT));
    memcpy(token + strlen(TOKEN_FRONT), secret, sizeof secret);
    hash_of(token, hash);
    if (!store_begin(d->store, e))
        return false;
    struct err why = {0};
    bool ok = store_token_add(d->store, name, hash, d->now, d->name, &why);
    if (!ok && why.kind == ERR_CONFLICT)
        err_set(e, ERR_CONFLICT,
                "There is a token \"%s\" already, or there was one. Names stay "
                "taken, so that the list tells who pushed what.",
                name);
    else if (!ok)
        err_set(e, why.kind, "%s", why.text);
    ok = ok && trail_add(d, "add token", arena_format(d->arena, "token %s", name), "done", e);
    return store_end(d->store, ok, e);
}

bool imports_token_revoke(const struct desk *d, const char *name, struct err *e)
{
    if (!store_begin(d->store, e))
        return false;
    bool ok = store_token_revoke(d->store, name, d->now, e) &&
              trail_add(d, "revoke token", arena_format(d->arena, "token %s", name), "done", e);
    return store_end(d->store, ok, e);
}

static void time_cell(struct table *t, int64_t at)
{
    if (at)
        table_integer(t, at);
    else
        table_unknown(t);
}

bool imports_token_table(const struct desk *d, struct table **out, struct err *e)
{
    static const struct table_column columns[] = {{"name", "Name", TABLE_TEXT},
                                                  {"made", "Made", TABLE_TIME},
                                                  {"by", "By", TABLE_TEXT},
                                                  {"used", "Last used", TABLE_TIME},
                                                  {"revoked", "Revoked", TABLE_TIME}};
    struct store_token *all;
    size_t n;
    if (!store_token_list(d->store, d->arena, &all, &n, e))
        return false;
    *out = table_new(d->arena, "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        table_row(*out);
        table_text(*out, all[i].name);
        table_integer(*out, all[i].made_at);
        table_text(*out, all[i].made_by);
        time_cell(*out, all[i].used_at);
        time_cell(*out, all[i].revoked_at);
    }
    return true;
}

bool imports_token_find(const struct desk *d, const char *token, struct store_token *out,
                        struct err *e)
{
    char hash[HASH_TEXT];
    hash_of(token, hash);
    return store_token_find(d->store, hash, d->arena, out, e);
}

/* --- pushing --- */

static const char *print(const struct desk *d, struct json *j)
{
    struct buf text = {0};
    json_print(j, &text);
    const char *kept = arena_text(d->arena, buf_all(&text));
    buf_free(&text);
    json_free(j);
    return kept;
}

/* Of files that were refused, or of those that were taken with something left out. */
static const char *reasons_of(const struct desk *d, const struct table *t, bool refused)
{
    enum { VERDICT = 1, REASON = 2 };
    struct buf all = {0};
    for (size_t r = 0; r < table_rows(t); r++) {
        const char *reason = table_cell(t, r, REASON)->text;
        if (reason && *reason && (strcmp(table_cell(t, r, VERDICT)->text, "taken") != 0) == refused)
            buf_format(&all, "%s%s", all.n ? " " : "", reason);
    }
    const char *kept = arena_text(d->arena, buf_all(&all));
    buf_free(&all);
    return kept;
}

static bool say_saved(const struct intake_taken *t, const struct err *fault, struct err *e)
{
    size_t saved = t->calls_new + t->calls_changed + t->calls_same;
    if (!saved)
        return err_set(e, fault->kind, "%s", fault->text);
    return err_set(e, fault->kind,
                   "%s %zu of the calls pushed are saved; push all of them again: what is there "
                   "already stays as it is.",
                   fault->text, saved);
}

/* The body becomes a file like any other, so it meets the same readers. Its name is the key of a
 * call that says none itself: another body is another call, the same one again is the same. */
static bool take(const struct desk *d, const struct store_token *token, struct slice body,
                 int *status, const char **answer, struct err *e)
{
    struct table *t;
    struct intake_taken taken = {0};
    const char *room = intake_room(d, e);
    if (!room)
        return false;
    char hash[HASH_TEXT];
    hash_text(body, hash);
    const char *name = arena_format(d->arena, "calls-%.32s.json", hash);
    if (!file_write(file_join(d->arena, room, name), body, e)) {
        intake_clear(room);
        return false;
    }
    struct err fault = {0};
    if (!imports_room(d, room, NULL, STORE_BY_NETWORK,
                      arena_format(d->arena, "token %s", token->name), &t, &taken, &fault))
        return say_saved(&taken, &fault, e);
    struct json *j = json_object();
    *status = taken.files_taken && !taken.files_refused ? 200 : 422;
    if (*status != 200)
        json_put_text(j, "error", reasons_of(d, t, true));
    if (taken.left_out)
        json_put_text(j, "left_out", reasons_of(d, t, false));
    json_put_number(j, "new", (double)taken.calls_new);
    json_put_number(j, "changed", (double)taken.calls_changed);
    json_put_number(j, "unchanged", (double)taken.calls_same);
    *answer = print(d, j);
    return true;
}

static bool keep_answer(const struct desk *d, const struct store_token *token, const char *key,
                        const struct store_push *p, struct err *e)
{
    if (!store_begin(d->store, e))
        return false;
    bool ok = store_token_used(d->store, token->id, d->now, e) &&
              (!*key || store_push_add(d->store, token->id, key, p, d->now, e));
    return store_end(d->store, ok, e);
}

/* The answer that this key of the token has, where there is one. */
static bool find_answer(const struct desk *d, const struct store_token *token, const char *key,
                        const char *body, struct store_push *out, bool *there, struct err *e)
{
    return store_push_find(d->store, token->id, key, d->arena, out, there, e) &&
           (!*there || strcmp(out->body, body) == 0 ||
            err_set(e, ERR_CONFLICT,
                    "This Idempotency-Key came with another body before. Use a new one for new "
                    "calls."));
}

bool imports_push(const struct desk *d, const struct store_token *token, const char *key,
                  struct slice body, int *status, const char **answer, struct err *e)
{
    struct store_push before, now = {.answer = ""};
    bool there = false;
    hash_text(body, now.body);
    if (strlen(key) > KEY_MOST)
        return err_set(e, ERR_INPUT, "An Idempotency-Key has at most %d signs.", KEY_MOST);
    if (*key && !find_answer(d, token, key, now.body, &before, &there, e))
        return false;
    if (there) {
        *status = before.status, *answer = before.answer;
        return true;
    }
    if (!take(d, token, body, status, answer, e))
        return false;
    now.status = *status, now.answer = *answer;
    struct err twice = {0};
    if (keep_answer(d, token, key, &now, &twice))
        return true;
    /* Two at once with one key: both were taken, which changes nothing where they are the same. */
    return twice.kind == ERR_CONFLICT ? find_answer(d, token, key, now.body, &before, &there, e)
                                      : err_set(e, twice.kind, "%s", twice.text);
}
