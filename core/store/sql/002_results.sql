-- Results: functions of facts, dropped and made again by a rebuild.

CREATE TABLE measures (
    call               INTEGER PRIMARY KEY REFERENCES calls (n),
    duration_ms        INTEGER NOT NULL,
    talk_agent         INTEGER NOT NULL,
    talk_customer      INTEGER NOT NULL,
    gap_agent          INTEGER NOT NULL,
    gap_customer       INTEGER NOT NULL,
    overlap_ms         INTEGER NOT NULL,
    silence_ms         INTEGER NOT NULL,
    longest_silence    INTEGER NOT NULL,
    longest_silence_at INTEGER NOT NULL
) STRICT;

CREATE TABLE peaks (
    hash TEXT PRIMARY KEY REFERENCES recordings (hash),
    dat  BLOB NOT NULL
) STRICT;

-- Automatic sheets. The id follows from call and version, so a rebuild gives the same one.
-- current: the sheet that counts for the call.
CREATE TABLE card_sheets (
    id       INTEGER PRIMARY KEY CHECK (id >= 4503599627370496),
    call     INTEGER NOT NULL REFERENCES calls (n),
    version  INTEGER NOT NULL REFERENCES card_versions (id),
    made_at  INTEGER NOT NULL,
    current  INTEGER NOT NULL CHECK (current IN (0, 1)),
    percent  REAL,
    customer REAL,
    outcome  INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 4),
    scores   BLOB NOT NULL,
    packed   BLOB NOT NULL,
    program  TEXT NOT NULL,
    failure  TEXT NOT NULL,
    UNIQUE (call, version)
) STRICT;
CREATE UNIQUE INDEX card_sheets_current ON card_sheets (call) WHERE current = 1;
CREATE INDEX card_sheets_by_version ON card_sheets (version, call);

CREATE TABLE card_sheet_detail (
    sheet   INTEGER PRIMARY KEY REFERENCES card_sheets (id),
    answers BLOB NOT NULL,
    summary TEXT NOT NULL
) STRICT;

-- The text index (see core/store/search.c) and which calls are in it.
CREATE VIRTUAL TABLE said USING fts5 (
    agent, customer, other, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TABLE indexed (
    place INTEGER PRIMARY KEY
) STRICT;

PRAGMA user_version = 2;
