/* statements_cards: the life of card versions, their lineage and backtests, and the site's
 * settings. */
#ifndef STORE_STATEMENTS_CARDS_H
#define STORE_STATEMENTS_CARDS_H

#define BACKTEST_ROW                                                                               \
    "SELECT b.id, b.version, b.against, b.since, b.most, b.person, u.name, b.asked_at,"            \
    " b.ended_at, b.state, b.done, b.total, b.problem, v.card, v.version"
#define BACKTEST_FROM                                                                              \
    " FROM backtests b LEFT JOIN users u ON u.id = b.person LEFT JOIN card_versions v ON v.id = "  \
    "b.against"

#define STATEMENTS_CARDS(X)                                                                        \
    X(CARD_BEFORE, READ,                                                                           \
      "SELECT id FROM card_versions WHERE card = :card AND state >= 2"                             \
      " AND (published_at < :before OR (published_at = :before AND id < :id))"                     \
      " ORDER BY published_at DESC, id DESC LIMIT 1")                                              \
    X(LINEAGE_ADD, WRITE,                                                                          \
      "INSERT INTO card_lineage (version, question, change, since)"                                \
      " VALUES (:version, :question, :change, :since)")                                            \
    X(LINEAGE_LIST, READ,                                                                          \
      "SELECT question, change, since FROM card_lineage WHERE version = :version"                  \
      " ORDER BY question")                                                                        \
    X(BACKTEST_ADD, WRITE,                                                                         \
      "INSERT INTO backtests (version, against, since, most, person, asked_at, ended_at, state,"   \
      " done, total, result, problem) VALUES (:version, :against, :since, :most, :person, :at, 0," \
      " 0, 0, 0, '', '') RETURNING id")                                                            \
    X(BACKTEST_SET, WRITE,                                                                         \
      "UPDATE backtests SET state = :state, ended_at = :ended_at, done = :done, total = :total,"   \
      " result = :result, problem = :problem WHERE id = :id")                                      \
    X(BACKTEST_GET, READ, BACKTEST_ROW ", b.result" BACKTEST_FROM " WHERE b.id = :id")             \
    X(BACKTEST_LIST, READ,                                                                         \
      BACKTEST_ROW ", ''" BACKTEST_FROM " WHERE b.version = :version ORDER BY b.id DESC")          \
    X(BACKTEST_NEXT, READ,                                                                         \
      "SELECT id FROM backtests WHERE state = :state AND (:people = 0 OR person IS NOT NULL)"      \
      " ORDER BY id LIMIT 1")                                                                      \
    X(BACKTEST_OPEN, READ,                                                                         \
      "SELECT count(*) FROM backtests WHERE state IN (0, 1) AND person = :person")                 \
    X(SETTING_GET, READ, "SELECT value FROM settings WHERE name = :name")                          \
    X(SETTING_PUT, WRITE,                                                                          \
      "INSERT INTO settings (name, value) VALUES (:name, :value)"                                  \
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value")

#endif
