/* statements_intake: how calls came in: other names, parts that wait, files, tokens. */
#ifndef STORE_STATEMENTS_INTAKE_H
#define STORE_STATEMENTS_INTAKE_H

/* Read by waiting.c, in this order. */
#define WAITING_ROW                                                                                \
    "w.id, w.source, w.source_key, w.name, w.named_key, w.agent, w.at, w.came_at, w.why, w.state," \
    " w.part, c.id, w.was, w.became FROM waiting w LEFT JOIN calls c ON c.n = w.call"
#define IMPORT_COLUMNS "at, way, who, name, place, verdict, format, calls, reason, said"
#define IMPORT_FILTER  " WHERE (:verdict < 0 OR verdict = :verdict)"
#define TOKEN_COLUMNS  "id, name, made_at, made_by, used_at, revoked_at"

#define STATEMENTS_INTAKE(X)                                                                       \
    X(CALL_NAMED, READ,                                                                            \
      "SELECT c.id FROM call_names a JOIN calls c ON c.n = a.call"                                 \
      " WHERE a.source = :source AND a.source_key = :source_key")                                  \
    X(CALL_NAME_PUT, WRITE,                                                                        \
      "INSERT INTO call_names (source, source_key, call) VALUES (:source, :source_key, :call)"     \
      " ON CONFLICT (source, source_key) DO UPDATE SET call = excluded.call")                      \
    X(CALL_NAME_DROP, WRITE,                                                                       \
      "DELETE FROM call_names WHERE source = :source AND source_key = :source_key")                \
    X(CALL_BY_KEY, READ,                                                                           \
      "SELECT c.id, u.call IS NOT NULL FROM calls c LEFT JOIN undescribed u ON u.call = c.n"       \
      " WHERE c.source_key = :key ORDER BY c.n LIMIT 10")                                          \
    /* the agent's calls about that time; every agent there is: hundreds */                        \
    X(CALL_NEAR, SCAN,                                                                             \
      "SELECT c.id FROM calls c WHERE c.agent IN"                                                  \
      " (SELECT id FROM agents WHERE lower(id) = lower(:agent) OR lower(name) = lower(:agent))"    \
      " AND c.place BETWEEN :low AND :high AND (c.offered BETWEEN :from AND :until"                \
      " OR c.answered BETWEEN :from AND :until) ORDER BY c.place LIMIT 10")                        \
    X(CALL_AROUND, READ,                                                                           \
      "SELECT c.id FROM calls c WHERE c.place BETWEEN :low AND :high ORDER BY c.place LIMIT 10")   \
    X(UNDESCRIBED_FIND, READ,                                                                      \
      "SELECT 1 FROM undescribed u JOIN calls c ON c.n = u.call WHERE c.id = :id")                 \
    X(UNSCORED_BATCH, READ,                                                                        \
      "SELECT " CALL_ALL ", c.digest" CALL_FROM " WHERE c.n IN (SELECT call FROM unscored"         \
      " WHERE state = 0 AND call > :after ORDER BY call LIMIT :limit) ORDER BY c.n")               \
    X(UNSCORED_PUT, WRITE,                                                                         \
      "INSERT INTO unscored (call, state) VALUES (:call, 0)"                                       \
      " ON CONFLICT (call) DO UPDATE SET state = 0")                                               \
    X(UNSCORED_DROP, WRITE, "DELETE FROM unscored WHERE call = :call")                             \
    X(UNSCORED_UNFITTED, WRITE, "UPDATE unscored SET state = 1 WHERE call = :call")                \
    /* the list is short, or being worked off */                                                   \
    X(UNSCORED_AGAIN, WRITE | SCAN, "UPDATE unscored SET state = 0 WHERE state = 1")               \
    /* a person wants all scored again */                                                          \
    X(UNSCORED_FILL, WRITE | SCAN,                                                                 \
      "INSERT INTO unscored (call, state) SELECT n, 0 FROM calls WHERE true"                       \
      " ON CONFLICT (call) DO UPDATE SET state = 0")                                               \
    /* calls that count by another version of the card than this one */                            \
    X(UNSCORED_EARLIER, READ,                                                                      \
      "SELECT count(*) - count(u.call), count(iif(u.state = 0, 1, NULL)) FROM card_sheets k"       \
      " LEFT JOIN unscored u ON u.call = k.call WHERE k.current = 1 AND k.version IN"              \
      " (SELECT id FROM card_versions WHERE card = (SELECT card FROM card_versions"                \
      " WHERE id = :version) AND id <> :version)")                                                 \
    X(UNSCORED_RENEW, WRITE,                                                                       \
      "INSERT INTO unscored (call, state) SELECT k.call, 0 FROM card_sheets k"                     \
      " WHERE k.current = 1 AND k.version IN (SELECT id FROM card_versions WHERE card ="           \
      " (SELECT card FROM card_versions WHERE id = :version) AND id <> :version)"                  \
      " ON CONFLICT (call) DO NOTHING")                                                            \
    /* a rebuild looks whether one was forgotten */                                                \
    X(UNSCORED_FIND, WRITE | SCAN,                                                                 \
      "INSERT INTO unscored (call, state) SELECT c.n, 0 FROM calls c WHERE NOT EXISTS"             \
      " (SELECT 1 FROM card_sheets k WHERE k.call = c.n AND k.current = 1)"                        \
      " ON CONFLICT (call) DO UPDATE SET state = 0")                                               \
    X(UNSCORED_TOTAL, SCAN, "SELECT count(*) FROM unscored WHERE state = :state")                  \
    X(UNSCORED_STATE, READ,                                                                        \
      "SELECT u.state FROM unscored u JOIN calls c ON c.n = u.call WHERE c.id = :id")              \
    X(UNDESCRIBED_ADD, WRITE,                                                                      \
      "INSERT INTO undescribed (call) VALUES (:call) ON CONFLICT DO NOTHING")                      \
    X(UNDESCRIBED_DROP, WRITE, "DELETE FROM undescribed WHERE call = :call")                       \
    X(WAITING_PUT, WRITE,                                                                          \
      "INSERT INTO waiting (source, source_key, name, named_key, agent, at, came_at, why, state,"  \
      " recording, part, became) VALUES (:source, :source_key, :name, :named_key, :agent, :at,"    \
      " :came_at, :why, 0, :recording, :part, '') ON CONFLICT (source, source_key) DO UPDATE SET"  \
      " recording = excluded.recording, part = excluded.part RETURNING id")                        \
    X(WAITING_MOVE, WRITE,                                                                         \
      "UPDATE waiting SET state = :state, call = :call, was = :was, became = :became"              \
      " WHERE id = :id")                                                                           \
    X(WAITING_FIND, READ,                                                                          \
      "SELECT " WAITING_ROW " WHERE w.source = :source AND w.source_key = :source_key")            \
    X(WAITING_GET, READ, "SELECT " WAITING_ROW " WHERE w.id = :id")                                \
    X(WAITING_BATCH, READ,                                                                         \
      "SELECT " WAITING_ROW                                                                        \
      " WHERE w.state = :state AND w.id > :after ORDER BY w.id LIMIT :limit")                      \
    X(WAITING_NEAR, READ,                                                                          \
      "SELECT id FROM waiting WHERE state = 0 AND (named_key = :key OR instr(source_key, '/') > 0" \
      " OR (named_key = '' AND at BETWEEN :low AND :high)) ORDER BY id")                           \
    X(WAITING_TOTAL, READ, "SELECT count(*) FROM waiting WHERE state = :state")                    \
    X(IMPORT_PUT, WRITE,                                                                           \
      "INSERT INTO imports (" IMPORT_COLUMNS ") VALUES (:at, :way, :who, :name, :place, :verdict," \
      " :format, :calls, :reason, :said) ON CONFLICT (place) WHERE place <> '' DO UPDATE SET"      \
      " at = excluded.at, way = excluded.way, who = excluded.who, name = excluded.name,"           \
      " verdict = excluded.verdict, format = excluded.format, calls = excluded.calls,"             \
      " reason = excluded.reason, said = excluded.said")                                           \
    X(IMPORT_MOVE, WRITE, "UPDATE imports SET place = :to WHERE place = :from AND place <> ''")    \
    X(IMPORT_GONE, WRITE, "UPDATE imports SET place = '' WHERE place = :place AND place <> ''")    \
    X(IMPORT_OLD, READ,                                                                            \
      "SELECT id, " IMPORT_COLUMNS " FROM imports WHERE id > :after AND at < :before"              \
      " ORDER BY id LIMIT :limit")                                                                 \
    X(IMPORT_DROP, WRITE, "DELETE FROM imports WHERE id = :id")                                    \
    X(IMPORT_GET, READ, "SELECT id, " IMPORT_COLUMNS " FROM imports WHERE id = :id")               \
    /* the newest of all: stops at the page's end */                                               \
    X(IMPORT_LIST, SCAN,                                                                           \
      "SELECT id, " IMPORT_COLUMNS " FROM imports" IMPORT_FILTER                                   \
      " ORDER BY id DESC LIMIT :limit OFFSET :offset")                                             \
    X(IMPORT_TOTAL, SCAN, "SELECT count(*) FROM imports" IMPORT_FILTER)                            \
    X(TOKEN_ADD, WRITE,                                                                            \
      "INSERT INTO tokens (name, token, made_at, made_by) VALUES (:name, :token, :at, :by)")       \
    X(TOKEN_FIND, READ,                                                                            \
      "SELECT " TOKEN_COLUMNS " FROM tokens WHERE token = :token AND revoked_at IS NULL")          \
    X(TOKEN_USED, WRITE, "UPDATE tokens SET used_at = :at WHERE id = :id")                         \
    X(TOKEN_REVOKE, WRITE,                                                                         \
      "UPDATE tokens SET revoked_at = :at WHERE name = :name AND revoked_at IS NULL RETURNING id") \
    /* every token there is: tens */                                                               \
    X(TOKEN_LIST, SCAN, "SELECT " TOKEN_COLUMNS " FROM tokens ORDER BY name")                      \
    X(PUSH_FIND, READ,                                                                             \
      "SELECT body, status, answer FROM pushes WHERE token = :token AND key = :key")               \
    X(PUSH_ADD, WRITE,                                                                             \
      "INSERT INTO pushes (token, key, body, at, status, answer)"                                  \
      " VALUES (:token, :key, :body, :at, :status, :answer)")                                      \
    X(PUSH_SWEEP, WRITE, "DELETE FROM pushes WHERE at < :before")

#endif
