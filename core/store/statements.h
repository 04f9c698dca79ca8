/* statements: every piece of SQL that runs after the store is open, as one fixed list. X(name,
 * flags, text): prepared when the store opens, so a wrong one fails at start.
 *
 * Named parameters only. Lists that depend on another database's dialect (the text index) stand in
 * statements_search.h; all others keep to what SQLite and PostgreSQL share. A test asks for the
 * plan of each on a filled database: a walk over a whole table needs STATEMENT_SCAN, with the
 * reason beside it.
 */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

enum {
    STATEMENT_WRITE = 1, /* changes something: prepared for the writer only */
    STATEMENT_SCAN = 2   /* may walk over a whole table */
};
#define READ  0
#define WRITE STATEMENT_WRITE
#define SCAN  STATEMENT_SCAN

/* The object rule: may this viewer see call c? */
#define SEES                                                                                       \
    "(:sees = 3 OR (:sees = 1 AND c.agent = :viewer_agent)"                                        \
    " OR (:sees = 2 AND c.agent IN (SELECT id FROM agents WHERE team = :viewer_team)))"
#define CALL_START "coalesce(c.offered, c.answered, c.ended, 0)"

#include "store/statements_calls.h"
#include "store/statements_cards.h"
#include "store/statements_desk.h"
#include "store/statements_dump.h"
#include "store/statements_intake.h"
#include "store/statements_people.h"
#include "store/statements_search.h"

#define STATEMENTS(X)                                                                              \
    STATEMENTS_CALLS(X) STATEMENTS_CARDS(X)                                                        \
    STATEMENTS_DESK(X) STATEMENTS_PEOPLE(X) STATEMENTS_SEARCH(X) STATEMENTS_INTAKE(X) STATEMENTS_DUMP(X)

#define STATEMENT_NAME(name, flags, text) S_##name,
enum statement { STATEMENTS(STATEMENT_NAME) S_COUNT };
#undef STATEMENT_NAME

struct statement_text {
    const char *name, *sql;
    int flags;
};
extern const struct statement_text store_statements[S_COUNT];

#endif
