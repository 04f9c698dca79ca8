#include "store/people.h"

#include "store/rows.h"

#include <string.h>

const char *const store_role_names[STORE_ROLES + 1] = {"evaluator", "lead",  "trainer",
                                                       "manager",   "admin", "agent"};

struct store_viewer store_user_viewer(const struct store_user *u)
{
    struct store_viewer v = {.agent = u->agent, .team = u->team};
    if (!u->active)
        v.sees = STORE_SEES_NOTHING;
    else if (u->role == STORE_AGENT)
        v.sees = u->agent && u->agent[0] ? STORE_SEES_AGENT : STORE_SEES_NOTHING;
    else if (u->role == STORE_LEAD)
        v.sees = u->team && u->team[0] ? STORE_SEES_TEAM : STORE_SEES_NOTHING;
    else
        v.sees = STORE_SEES_ALL;
    return v;
}

bool store_team_put(struct store *s, const struct store_team *t, struct err *e)
{
    struct query q = query_start(s, S_TEAM_PUT);
    query_text(&q, ":id", t->id);
    query_text(&q, ":name", t->name);
    return query_run(&q, e);
}

static bool team_of(struct store *s, const char *agent, struct arena *a, bool *there,
                    const char **team, struct err *e)
{
    struct query q = query_start(s, S_AGENT_TEAM);
    query_text(&q, ":id", agent);
    *there = query_row(&q, e);
    *team = *there ? query_get_text(&q, a) : "";
    return query_end(&q, e);
}

bool store_agent_put(struct store *s, const struct store_agent *g, const struct store_act *act,
                     struct err *e)
{
    struct arena *a = arena_open();
    const char *was, *team = g->team ? g->team : "";
    bool there, ok = team_of(s, g->id, a, &there, &was, e);
    if (ok) {
        struct query q = query_start(s, S_AGENT_PUT);
        query_text(&q, ":id", g->id);
        query_text(&q, ":name", g->name);
        query_maybe(&q, ":team", team);
        ok = query_run(&q, e);
    }
    if (ok && there && strcmp(was, team) != 0)
        ok = rows_event(s, STORE_ON_AGENT, g->id, was, team, act, e);
    arena_close(a);
    return ok;
}

bool store_team_list(struct store *s, const struct store_viewer *v, struct arena *a,
                     struct store_team **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_TEAM_LIST);
    query_viewer(&q, v);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        struct store_team *t = &(*out)[*n];
        t->id = query_get_text(&q, a);
        t->name = query_get_text(&q, a);
        t->agents = query_get_integer(&q);
    }
    return query_end(&q, e);
}

bool store_agent_list(struct store *s, const struct store_viewer *v, const char *team,
                      struct arena *a, struct store_agent **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_AGENT_LIST);
    query_maybe(&q, ":team", team);
    query_viewer(&q, v);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        struct store_agent *g = &(*out)[*n];
        g->id = query_get_text(&q, a);
        g->name = query_get_text(&q, a);
        g->team = query_get_text(&q, a);
        g->team_name = query_get_text(&q, a);
    }
    return query_end(&q, e);
}
