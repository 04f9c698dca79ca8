#include "cli/demo_desk.h"

#include "base/clock.h"
#include "model/call.h"
#include "store/exemplars.h"
#include "store/issues.h"

#include <string.h>

static const char *const SOURCE = "harbour";

static bool find_user(struct desk *d, const char *login, int64_t *id, struct err *e)
{
    struct store_user u;
    if (!store_user_find(d->store, login, d->arena, &u, e))
        return err_within(e, "the demo's files");
    *id = u.id;
    return true;
}

static const char *call_id(struct desk *d, const char *key)
{
    char id[CALL_ID];
    call_make_id(SOURCE, key, id);
    return arena_copy(d->arena, id);
}

/* "2026-10-29" or a whole time; now where there is none. */
static int64_t time_of(struct desk *d, const char *text)
{
    int64_t ms;
    if (clock_parse(slice_of(text), &ms) ||
        clock_parse(slice_of(arena_format(d->arena, "%sT09:00:00Z", text)), &ms))
        return ms;
    return d->now;
}

static bool add_exemplar(struct desk *d, const struct json *j, struct err *e)
{
    const struct json *list = json_get(j, "tags");
    const char **tags = arena_array(d->arena, json_count(list) + 1, sizeof *tags);
    struct store_exemplar x = {.call_id = call_id(d, json_get_text(j, "call", "")),
                               .from_ms = json_get_integer(j, "from_ms", 0),
                               .to_ms = json_get_integer(j, "to_ms", 0),
                               .title = json_get_text(j, "title", ""),
                               .why = json_get_text(j, "why", ""),
                               .tags = tags,
                               .open = true,
                               .made_at = d->now};
    for (const struct json *t = json_first(list); t; t = json_next(t))
        tags[x.n_tags++] = json_text(t);
    int64_t id;
    return find_user(d, json_get_text(j, "by", "karim"), &x.author, e) &&
           store_exemplar_add(d->store, &x, &id, e);
}

static bool mark_calls(struct desk *d, const struct json *calls, int64_t issue, int64_t user,
                       const char *question, struct err *e)
{
    for (const struct json *key = json_first(calls); key; key = json_next(key)) {
        struct store_occurrence o = {.issue = issue,
                                     .call_id = call_id(d, json_text(key) ? json_text(key) : ""),
                                     .question = question,
                                     .marked_by = user,
                                     .marked_at = d->now};
        if (!store_issue_mark(d->store, &o, e))
            return false;
    }
    return true;
}

static bool add_issue(struct desk *d, const struct json *j, struct err *e)
{
    struct store_issue issue = {.title = json_get_text(j, "title", ""),
                                .what = json_get_text(j, "what", ""),
                                .locus = "process",
                                .card = "billing-voice",
                                .question = json_get_text(j, "question", ""),
                                .wrap_up = json_get_text(j, "wrap_up", ""),
                                .keyword = json_get_text(j, "keyword", ""),
                                .owner =
                                    json_get_text(j, "owner_name", json_get_text(j, "owner", ""))};
    struct store_act noticed = {0, time_of(d, json_get_text(j, "noticed", "")), ""},
                     confirmed = {0, time_of(d, json_get_text(j, "confirmed", "")),
                                  "seen with agents of all teams"};
    int64_t id, user = 0;
    if (!find_user(d, json_get_text(j, "owner", ""), &user, e))
        return false;
    noticed.user = confirmed.user = user;
    return store_issue_add(d->store, &issue, &noticed, &id, e) &&
           store_issue_move(d->store, id, STORE_ISSUE_NOTICED, STORE_ISSUE_CONFIRMED, 0, &confirmed,
                            e) &&
           mark_calls(d, json_get(j, "occurrences"), id, user, issue.question, e);
}

bool demo_desk_fill(struct desk *d, const struct json *exemplars, const struct json *issues,
                    struct err *e)
{
    for (const struct json *x = json_first(exemplars); x; x = json_next(x))
        if (!add_exemplar(d, x, e))
            return false;
    for (const struct json *i = json_first(issues); i; i = json_next(i))
        if (!add_issue(d, i, e))
            return false;
    return true;
}
