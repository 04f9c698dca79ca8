/* statements_search: the text index. FTS5 is SQLite's own: another database has another search.c
 * and another list here. */
#ifndef STORE_STATEMENTS_SEARCH_H
#define STORE_STATEMENTS_SEARCH_H

#define SEARCH_FROM                                                                                \
    " FROM said JOIN calls c ON c.place = said.rowid JOIN transcripts t ON t.call = "              \
    "c.n" CALL_SHEETS " WHERE said MATCH :match"
#define SEARCH_FILTERED SEARCH_FROM " AND said.rowid BETWEEN :low AND :high" CALL_FILTER
#define SEARCH_NEWEST   " ORDER BY said.rowid DESC LIMIT :limit OFFSET :offset"

#define STATEMENTS_SEARCH(X)                                                                       \
    X(SEARCH_ADD, WRITE,                                                                           \
      "INSERT INTO said (rowid, agent, customer, other)"                                           \
      " VALUES (:place, :agent, :customer, :other)")                                               \
    X(SEARCH_REMOVE, WRITE,                                                                        \
      "INSERT INTO said (said, rowid, agent, customer, other)"                                     \
      " VALUES ('delete', :place, :agent, :customer, :other)")                                     \
    X(SEARCH_EMPTY, WRITE, "INSERT INTO said (said) VALUES ('delete-all')")                        \
    X(INDEXED_ADD, WRITE, "INSERT INTO indexed (place) VALUES (:place)")                           \
    X(INDEXED_HAS, READ, "SELECT 1 FROM indexed WHERE place = :place")                             \
    X(INDEXED_DROP, WRITE, "DELETE FROM indexed WHERE place = :place")                             \
    X(INDEXED_EMPTY, WRITE | SCAN, "DELETE FROM indexed") /* a rebuild drops all */                \
    X(SEARCH_LIST, READ, "SELECT " CALL_ROW ", t.turns" SEARCH_FILTERED SEARCH_NEWEST)             \
    X(SEARCH_COUNT, READ, "SELECT count(*) FROM (SELECT 1" SEARCH_FILTERED " LIMIT :most)")        \
    /* the same for who sees all and filters nothing; the count needs no call's row */             \
    X(SEARCH_LIST_ALL, READ, "SELECT " CALL_ROW ", t.turns" SEARCH_FROM SEARCH_NEWEST)             \
    X(SEARCH_COUNT_ALL, READ,                                                                      \
      "SELECT count(*) FROM (SELECT 1 FROM said WHERE said MATCH :match LIMIT :most)")

#endif
