-- What a site decides for itself, one row a decision; what is not here is at its default.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY CHECK (name <> ''),
    value TEXT NOT NULL
) STRICT;

-- What became of each question when a version was published for the first time (change: enum
-- store_lineage_change). since: the version with which its present trend line began.
CREATE TABLE card_lineage (
    version  INTEGER NOT NULL REFERENCES card_versions (id),
    question TEXT NOT NULL CHECK (question <> ''),
    change   INTEGER NOT NULL CHECK (change BETWEEN 0 AND 4),
    since    INTEGER NOT NULL REFERENCES card_versions (id),
    PRIMARY KEY (version, question)
) STRICT;

-- Runs of a candidate over past calls. state: enum store_backtest_state. result: JSON.
CREATE TABLE backtests (
    id       INTEGER PRIMARY KEY,
    version  INTEGER NOT NULL REFERENCES card_versions (id),
    against  INTEGER REFERENCES card_versions (id),
    since    INTEGER NOT NULL,
    most     INTEGER NOT NULL CHECK (most >= 0),
    person   INTEGER REFERENCES users (id),
    asked_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    state    INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    done     INTEGER NOT NULL CHECK (done >= 0),
    total    INTEGER NOT NULL CHECK (total >= 0),
    result   TEXT NOT NULL,
    problem  TEXT NOT NULL
) STRICT;
CREATE INDEX backtests_by_version ON backtests (version, id);
CREATE INDEX backtests_by_state ON backtests (state, id);

PRAGMA user_version = 3;
