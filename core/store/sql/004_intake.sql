-- How calls came in: facts, too.

CREATE INDEX calls_by_key ON calls (source_key);

-- Other names of a call: what the sources of its later parts call it.
CREATE TABLE call_names (
    source     TEXT NOT NULL,
    source_key TEXT NOT NULL,
    call       INTEGER NOT NULL REFERENCES calls (n),
    PRIMARY KEY (source, source_key)
) STRICT;
CREATE INDEX call_names_by_call ON call_names (call);

-- Calls for which only recordings and transcripts speak: no record of them has come.
CREATE TABLE undescribed (
    call INTEGER PRIMARY KEY REFERENCES calls (n)
) STRICT;

-- Parts whose call is not known. part, was: packed calls; was: the call before this part was joined
-- to it, became: the hash of the whole afterwards.
CREATE TABLE waiting (
    id         INTEGER PRIMARY KEY,
    source     TEXT NOT NULL,
    source_key TEXT NOT NULL,
    name       TEXT NOT NULL,
    named_key  TEXT NOT NULL,
    agent      TEXT NOT NULL,
    at         INTEGER,
    came_at    INTEGER NOT NULL,
    why        TEXT NOT NULL,
    state      INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    recording  TEXT REFERENCES recordings (hash),
    part       BLOB NOT NULL,
    call       INTEGER REFERENCES calls (n),
    was        BLOB,
    became     TEXT NOT NULL,
    UNIQUE (source, source_key),
    CHECK ((state IN (1, 3)) = (call IS NOT NULL))
) STRICT;
CREATE INDEX waiting_by_state ON waiting (state, id);
CREATE INDEX waiting_by_call ON waiting (call) WHERE call IS NOT NULL;
CREATE INDEX waiting_by_recording ON waiting (recording) WHERE recording IS NOT NULL;

-- Files that came by the watched folder, the browser, the network, and those refused at the console.
-- place: where the file lies now, '' where it is not kept; one row for each place.
CREATE TABLE imports (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    way     INTEGER NOT NULL CHECK (way BETWEEN 0 AND 3),
    who     TEXT NOT NULL,
    name    TEXT NOT NULL,
    place   TEXT NOT NULL,
    verdict INTEGER NOT NULL CHECK (verdict BETWEEN 0 AND 2),
    format  TEXT NOT NULL,
    calls   INTEGER NOT NULL CHECK (calls >= 0),
    reason  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX imports_by_place ON imports (place) WHERE place <> '';
CREATE INDEX imports_by_verdict ON imports (verdict, id);

-- Who may push calls over the network. Only the hash of a token is kept.
CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
    token      TEXT NOT NULL UNIQUE CHECK (length(token) = 64),
    made_at    INTEGER NOT NULL,
    made_by    TEXT NOT NULL,
    used_at    INTEGER,
    revoked_at INTEGER
) STRICT;

-- Answers already given, so that a push can be sent again.
CREATE TABLE pushes (
    token  INTEGER NOT NULL REFERENCES tokens (id),
    key    TEXT NOT NULL,
    body   TEXT NOT NULL CHECK (length(body) = 64),
    at     INTEGER NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (token, key)
) STRICT;
CREATE INDEX pushes_by_time ON pushes (at);

PRAGMA user_version = 4;
