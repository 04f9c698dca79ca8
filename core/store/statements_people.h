/* statements_people: teams, agents, users, sessions, throttle, events, audit. */
#ifndef STORE_STATEMENTS_PEOPLE_H
#define STORE_STATEMENTS_PEOPLE_H

#define USER_COLUMNS                                                                               \
    "u.id, u.login, u.name, u.role, u.team, u.agent, u.password, u.active, u.settings"
#define AUDIT_COLUMNS "id, at, person, who, address, action, target, result"
#define AUDIT_FILTER  " AND (:action IS NULL OR action = :action) AND at >= :from AND at < :until"
#define AUDIT_NEWEST  " ORDER BY id DESC LIMIT :limit OFFSET :offset"

#define STATEMENTS_PEOPLE(X)                                                                       \
    X(TEAM_PUT, WRITE,                                                                             \
      "INSERT INTO teams (id, name) VALUES (:id, :name)"                                           \
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name")                                      \
    X(TEAM_KNOW, WRITE,                                                                            \
      "INSERT INTO teams (id, name) VALUES (:id, :name) ON CONFLICT (id) DO NOTHING")              \
    /* every team there is: tens */                                                                \
    X(TEAM_LIST, SCAN,                                                                             \
      "SELECT t.id, t.name, (SELECT count(*) FROM agents g WHERE g.team = t.id) FROM teams t"      \
      " WHERE :sees = 3 OR (:sees = 2 AND t.id = :viewer_team) OR (:sees = 1 AND t.id ="           \
      " (SELECT team FROM agents WHERE id = :viewer_agent)) ORDER BY t.name, t.id")                \
    X(AGENT_KNOW, WRITE,                                                                           \
      "INSERT INTO agents (id, name, team) VALUES (:id, :name, :team) ON CONFLICT (id)"            \
      " DO UPDATE SET name = CASE WHEN agents.name = '' THEN excluded.name ELSE agents.name END,"  \
      " team = coalesce(agents.team, excluded.team)"                                               \
      " WHERE (agents.name = '' AND excluded.name <> '')"                                          \
      " OR (agents.team IS NULL AND excluded.team IS NOT NULL)")                                   \
    X(AGENT_PUT, WRITE,                                                                            \
      "INSERT INTO agents (id, name, team) VALUES (:id, :name, :team) ON CONFLICT (id)"            \
      " DO UPDATE SET name = excluded.name, team = excluded.team")                                 \
    X(AGENT_TEAM, READ, "SELECT team FROM agents WHERE id = :id")                                  \
    /* every agent there is: hundreds */                                                           \
    X(AGENT_LIST, SCAN,                                                                            \
      "SELECT g.id, g.name, g.team, t.name FROM agents g LEFT JOIN teams t ON t.id = g.team"       \
      " WHERE (:team IS NULL OR g.team = :team) AND (:sees = 3"                                    \
      " OR (:sees = 2 AND g.team = :viewer_team) OR (:sees = 1 AND g.id = :viewer_agent))"         \
      " ORDER BY g.name, g.id")                                                                    \
    X(USER_ADD, WRITE,                                                                             \
      "INSERT INTO users (login, name, role, team, agent, password, active, settings)"             \
      " VALUES (:login, :name, :role, :team, :agent, :password, :active, :settings)"               \
      " RETURNING id")                                                                             \
    X(USER_CHANGE, WRITE,                                                                          \
      "UPDATE users SET name = :name, role = :role, team = :team, agent = :agent,"                 \
      " active = :active, settings = :settings WHERE id = :id")                                    \
    X(USER_PASSWORD, WRITE, "UPDATE users SET password = :password WHERE id = :id")                \
    X(USER_GET, READ, "SELECT " USER_COLUMNS " FROM users u WHERE u.id = :id")                     \
    X(USER_FIND, READ, "SELECT " USER_COLUMNS " FROM users u WHERE u.login = :login")              \
    /* every user there is: hundreds */                                                            \
    X(USER_LIST, SCAN, "SELECT " USER_COLUMNS " FROM users u ORDER BY u.login")                    \
    X(USER_ADMINS, SCAN,                                                                           \
      "SELECT count(*) FROM users WHERE role = 4 AND active = 1 AND id <> :but")                   \
    X(SESSION_ADD, WRITE,                                                                          \
      "INSERT INTO sessions (token, person, made_at, used_at)"                                     \
      " VALUES (:token, :person, :now, :now)")                                                     \
    X(SESSION_FIND, READ,                                                                          \
      "SELECT s.used_at, " USER_COLUMNS " FROM sessions s JOIN users u ON u.id = s.person"         \
      " WHERE s.token = :token AND s.used_at > :idle AND s.made_at > :oldest AND u.active = 1")    \
    X(SESSION_TOUCH, WRITE, "UPDATE sessions SET used_at = :now WHERE token = :token")             \
    X(SESSION_END, WRITE, "DELETE FROM sessions WHERE token = :token")                             \
    X(SESSION_END_OTHERS, WRITE,                                                                   \
      "DELETE FROM sessions WHERE person = :person AND (:keep IS NULL OR token <> :keep)")         \
    X(SESSION_SWEEP, WRITE, "DELETE FROM sessions WHERE used_at <= :idle")                         \
    X(THROTTLE_GET, READ, "SELECT failures, since, last FROM throttle WHERE who = :who")           \
    X(THROTTLE_PUT, WRITE,                                                                         \
      "INSERT INTO throttle (who, failures, since, last) VALUES (:who, :failures, :since, :now)"   \
      " ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, since = excluded.since,"     \
      " last = excluded.last")                                                                     \
    X(THROTTLE_DROP, WRITE, "DELETE FROM throttle WHERE who = :who")                               \
    X(THROTTLE_SWEEP, WRITE, "DELETE FROM throttle WHERE last <= :oldest")                         \
    X(EVENT_ADD, WRITE,                                                                            \
      "INSERT INTO events (subject, target, was, became, person, at, why)"                         \
      " VALUES (:subject, :target, :was, :became, :person, :at, :why)")                            \
    X(EVENT_LIST, READ,                                                                            \
      "SELECT v.id, v.subject, v.target, v.was, v.became, v.person, u.name, v.at, v.why"           \
      " FROM events v LEFT JOIN users u ON u.id = v.person"                                        \
      " WHERE v.subject = :subject AND v.target = :target ORDER BY v.id")                          \
    X(AUDIT_LAST, READ, "SELECT id, hash FROM audit WHERE id = (SELECT max(id) FROM audit)")       \
    X(AUDIT_ADD, WRITE,                                                                            \
      "INSERT INTO audit (" AUDIT_COLUMNS ", hash) VALUES"                                         \
      " (:id, :at, :person, :who, :address, :action, :target, :result, :hash)")                    \
    /* the chain is checked as a whole */                                                          \
    X(AUDIT_WALK, SCAN, "SELECT " AUDIT_COLUMNS ", hash FROM audit ORDER BY id")                   \
    /* the newest of all: stops at the page's end */                                               \
    X(AUDIT_LIST, SCAN,                                                                            \
      "SELECT " AUDIT_COLUMNS " FROM audit WHERE id > 0" AUDIT_FILTER AUDIT_NEWEST)                \
    X(AUDIT_TOTAL, SCAN, "SELECT count(*) FROM audit WHERE id > 0" AUDIT_FILTER)                   \
    X(AUDIT_LIST_PERSON, READ,                                                                     \
      "SELECT " AUDIT_COLUMNS " FROM audit WHERE person = :person"                                 \
      " AND (:target IS NULL OR target = :target)" AUDIT_FILTER AUDIT_NEWEST)                      \
    X(AUDIT_TOTAL_PERSON, READ,                                                                    \
      "SELECT count(*) FROM audit WHERE person = :person"                                          \
      " AND (:target IS NULL OR target = :target)" AUDIT_FILTER)                                   \
    X(AUDIT_LIST_TARGET, READ,                                                                     \
      "SELECT " AUDIT_COLUMNS " FROM audit WHERE target = :target" AUDIT_FILTER AUDIT_NEWEST)      \
    X(AUDIT_TOTAL_TARGET, READ, "SELECT count(*) FROM audit WHERE target = :target" AUDIT_FILTER)

#endif
