/* people: teams, agents, the users who sign in, their sessions, and the brake on guessing. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "store/store.h"

enum store_role {
    STORE_EVALUATOR,
    STORE_LEAD,
    STORE_TRAINER,
    STORE_MANAGER,
    STORE_ADMIN,
    STORE_AGENT,
    STORE_ROLES
};
extern const char *const store_role_names[STORE_ROLES + 1]; /* ends with NULL */

struct store_team {
    const char *id, *name;
    int64_t agents; /* how many are in it today */
};

struct store_agent {
    const char *id, *name; /* id as the phone system names them */
    const char *team;      /* team id, "" for none */
    const char *team_name;
};

struct store_user {
    int64_t id;
    const char *login; /* lower case */
    const char *name;
    enum store_role role;
    const char *team;     /* a lead's own team, else "" */
    const char *agent;    /* the agent that an agent user is, else "" */
    const char *password; /* as secret_hash_password wrote it, "" until one is set */
    bool active;          /* may sign in */
    const char *settings; /* JSON object of the person's own choices */
};

/* What this user may see, by role: an agent's own calls, a lead's team, everybody else all. An
 * agent or a lead without agent or team, and a user who is not active, sees nothing. */
struct store_viewer store_user_viewer(const struct store_user *u);

/* Adds, or changes name and team of the one with this id. */
bool store_team_put(struct store *s, const struct store_team *t, struct err *e);
bool store_agent_put(struct store *s, const struct store_agent *g, const struct store_act *act,
                     struct err *e);
bool store_team_list(struct store *s, const struct store_viewer *v, struct arena *a,
                     struct store_team **out, size_t *n, struct err *e);
/* `team` "" or NULL: all. */
bool store_agent_list(struct store *s, const struct store_viewer *v, const char *team,
                      struct arena *a, struct store_agent **out, size_t *n, struct err *e);

/* ERR_CONFLICT where the login is taken. Role, team and agent must go together: a lead has a team,
 * an agent an agent. */
bool store_user_add(struct store *s, const struct store_user *u, const struct store_act *act,
                    int64_t *id, struct err *e);
/* Name, role, team, agent, active, settings. Ends the user's sessions where role, team, agent or
 * active changed. The last active admin stays one: ERR_CONFLICT. */
bool store_user_change(struct store *s, const struct store_user *u, const struct store_act *act,
                       struct err *e);
/* Ends all sessions but `keep` (a token hash, or NULL). */
bool store_user_set_password(struct store *s, int64_t id, const char *password, const char *keep,
                             const struct store_act *act, struct err *e);
bool store_user_get(struct store *s, int64_t id, struct arena *a, struct store_user *out,
                    struct err *e);
bool store_user_find(struct store *s, const char *login, struct arena *a, struct store_user *out,
                     struct err *e);
bool store_user_list(struct store *s, struct arena *a, struct store_user **out, size_t *n,
                     struct err *e);

/* Sessions. Only the SHA-256 of a token is kept (W8). */
enum { STORE_SESSION_IDLE_MS = 30 * 60 * 1000, STORE_SESSION_MOST_MS = 12 * 60 * 60 * 1000 };

bool store_session_add(struct store *s, const char *token_hash, int64_t user, int64_t now,
                       struct err *e);
/* The user of a session that is neither idle for too long nor too old, and who is active;
 * ERR_DENIED otherwise. `used_at`: when it was last noted as used. */
bool store_session_find(struct store *s, const char *token_hash, int64_t now, struct arena *a,
                        struct store_user *out, int64_t *used_at, struct err *e);
/* Notes that it is in use; callers do so once a minute, not at each request. */
bool store_session_touch(struct store *s, const char *token_hash, int64_t now, struct err *e);
bool store_session_end(struct store *s, const char *token_hash, struct err *e);
/* Forgets what ended, and throttle entries that brake nobody any more. */
bool store_session_sweep(struct store *s, int64_t now, struct err *e);

/* The brake (W7): an account after 5 failures in a row waits 1, 2, 4 ... 60 s; an address may fail
 * 20 times a minute. Kept in the database, so that a restart does not lift it; nobody is locked out
 * for good. */
bool store_throttle_wait(struct store *s, const char *login, const char *address, int64_t now,
                         int64_t *wait_ms, struct err *e);
bool store_throttle_failed(struct store *s, const char *login, const char *address, int64_t now,
                           struct err *e);
bool store_throttle_passed(struct store *s, const char *login, struct err *e);

#endif
