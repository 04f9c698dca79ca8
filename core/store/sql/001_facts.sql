-- Facts: what came in, what people said and decided. Kept for ever.
-- Numbers that name a word (channel, outcome, state ...) are the enums of the headers, in their order.

CREATE TABLE teams (
    id   TEXT PRIMARY KEY CHECK (id <> ''),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE agents (
    id   TEXT PRIMARY KEY CHECK (id <> ''),
    name TEXT NOT NULL,
    team TEXT REFERENCES teams (id)
) STRICT;
CREATE INDEX agents_by_team ON agents (team, id);

CREATE TABLE users (
    id       INTEGER PRIMARY KEY,
    login    TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name     TEXT NOT NULL,
    role     INTEGER NOT NULL CHECK (role BETWEEN 0 AND 5),
    team     TEXT REFERENCES teams (id),
    agent    TEXT REFERENCES agents (id),
    password TEXT NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    settings TEXT NOT NULL,
    CHECK ((role = 1) = (team IS NOT NULL)),
    CHECK ((role = 5) = (agent IS NOT NULL))
) STRICT;

CREATE TABLE sessions (
    token   TEXT PRIMARY KEY CHECK (length(token) = 64),
    person  INTEGER NOT NULL REFERENCES users (id),
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person);
CREATE INDEX sessions_by_use ON sessions (used_at);

-- One row an account ('login:NAME') and one an address ('from:ADDRESS') that failed to sign in.
CREATE TABLE throttle (
    who      TEXT PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures > 0),
    since    INTEGER NOT NULL,
    last     INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_by_last ON throttle (last);

CREATE TABLE recordings (
    hash     TEXT PRIMARY KEY CHECK (length(hash) = 64),
    mime     TEXT NOT NULL,
    bytes    INTEGER NOT NULL CHECK (bytes >= 0),
    channels INTEGER NOT NULL CHECK (channels BETWEEN 1 AND 8),
    rate     INTEGER NOT NULL CHECK (rate > 0),
    frames   INTEGER NOT NULL CHECK (frames >= 0),
    ms       INTEGER NOT NULL CHECK (ms >= 0)
) STRICT;

-- place: the order of time as one unique number (seconds since 1970 times 4096, plus a running
-- number within the second). Lists walk along it, and the search index counts by it.
CREATE TABLE calls (
    n              INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 12),
    place          INTEGER NOT NULL UNIQUE,
    digest         TEXT NOT NULL,
    source         TEXT NOT NULL,
    source_key     TEXT NOT NULL,
    channel        INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 3),
    type           TEXT NOT NULL,
    direction      INTEGER NOT NULL CHECK (direction BETWEEN 0 AND 1),
    queue          TEXT NOT NULL,
    agent          TEXT REFERENCES agents (id),
    agent_name     TEXT NOT NULL,
    team           TEXT NOT NULL,
    customer       TEXT NOT NULL,
    customer_class TEXT NOT NULL,
    language       TEXT NOT NULL,
    offered        INTEGER,
    answered       INTEGER,
    ended          INTEGER,
    wait_ms        INTEGER CHECK (wait_ms >= 0),
    talk_ms        INTEGER CHECK (talk_ms >= 0),
    hold_ms        INTEGER CHECK (hold_ms >= 0),
    wrap_ms        INTEGER CHECK (wrap_ms >= 0),
    length_ms      INTEGER CHECK (length_ms >= 0),
    outcome        INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 3),
    hung_up        TEXT NOT NULL,
    wrap_up        TEXT NOT NULL,
    csat           REAL,
    nps            REAL,
    resolved       INTEGER CHECK (resolved IN (0, 1)),
    meta           TEXT NOT NULL,
    recording      TEXT REFERENCES recordings (hash),
    side_0         INTEGER NOT NULL CHECK (side_0 BETWEEN 0 AND 2),
    side_1         INTEGER NOT NULL CHECK (side_1 BETWEEN 0 AND 2),
    sides          INTEGER NOT NULL CHECK (sides BETWEEN 0 AND 8),
    recording_ms   INTEGER NOT NULL,
    UNIQUE (source, source_key)
) STRICT;
CREATE INDEX calls_by_agent ON calls (agent, place);
CREATE INDEX calls_by_recording ON calls (recording) WHERE recording IS NOT NULL;

CREATE TABLE transcripts (
    call  INTEGER PRIMARY KEY REFERENCES calls (n),
    turns BLOB NOT NULL
) STRICT;

-- The words of one kind that calls bear: the lists a site keeps.
CREATE TABLE words (
    kind INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (kind, word)
) STRICT;

CREATE TABLE card_versions (
    id           INTEGER PRIMARY KEY,
    card         TEXT NOT NULL CHECK (card <> ''),
    version      TEXT NOT NULL,
    title        TEXT NOT NULL,
    hash         TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    text         TEXT NOT NULL,
    definition   TEXT NOT NULL,
    report       TEXT NOT NULL,
    state        INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    author       INTEGER REFERENCES users (id),
    made_at      INTEGER NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;
CREATE INDEX card_versions_by_card ON card_versions (card, id);
CREATE UNIQUE INDEX card_versions_one_published ON card_versions (card) WHERE state = 2;
CREATE UNIQUE INDEX card_versions_public_names ON card_versions (card, version) WHERE state >= 2;

CREATE TRIGGER card_versions_text_stays BEFORE UPDATE OF id, hash, text ON card_versions
BEGIN
    SELECT RAISE(ABORT, 'the text of a card version never changes');
END;

-- People's sheets. Scores as exact fractions beside the numbers to sort by. fired: enum form_scope.
-- shown: the automatic sheet that was suggested; no foreign key, since results come and go.
CREATE TABLE sheets (
    id           INTEGER PRIMARY KEY CHECK (id > 0 AND id < 4503599627370496),
    call         INTEGER NOT NULL REFERENCES calls (n),
    version      INTEGER NOT NULL REFERENCES card_versions (id),
    author       INTEGER NOT NULL CHECK (author BETWEEN 1 AND 3),
    person       INTEGER NOT NULL REFERENCES users (id),
    made_at      INTEGER NOT NULL,
    supersedes   INTEGER UNIQUE REFERENCES sheets (id),
    shown        INTEGER,
    percent      REAL,
    customer     REAL,
    outcome      INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 4),
    scores       BLOB NOT NULL,
    packed       BLOB NOT NULL
) STRICT;
CREATE INDEX sheets_by_call ON sheets (call, author, id);
CREATE INDEX sheets_by_person ON sheets (person, id);
CREATE INDEX sheets_by_version ON sheets (version, call);

CREATE TABLE sheet_detail (
    sheet   INTEGER PRIMARY KEY REFERENCES sheets (id),
    answers BLOB NOT NULL,
    summary TEXT NOT NULL
) STRICT;

CREATE TRIGGER sheets_stay BEFORE UPDATE ON sheets
BEGIN
    SELECT RAISE(ABORT, 'a sheet is never changed: a correction supersedes it');
END;
CREATE TRIGGER sheets_are_kept BEFORE DELETE ON sheets
BEGIN
    SELECT RAISE(ABORT, 'a sheet is never removed');
END;
CREATE TRIGGER sheet_detail_stays BEFORE UPDATE ON sheet_detail
BEGIN
    SELECT RAISE(ABORT, 'a sheet is never changed: a correction supersedes it');
END;
CREATE TRIGGER sheet_detail_is_kept BEFORE DELETE ON sheet_detail
BEGIN
    SELECT RAISE(ABORT, 'a sheet is never removed');
END;

CREATE TABLE drafts (
    person   INTEGER NOT NULL REFERENCES users (id),
    call     INTEGER NOT NULL REFERENCES calls (n),
    revision INTEGER NOT NULL CHECK (revision > 0),
    version  INTEGER NOT NULL REFERENCES card_versions (id),
    fields   TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (person, call, revision)
) STRICT;

-- call: the one that the target belongs to, NULL for an issue.
CREATE TABLE notes (
    id       INTEGER PRIMARY KEY,
    kind     INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    about    INTEGER NOT NULL CHECK (about BETWEEN 0 AND 4),
    target   TEXT NOT NULL,
    call     INTEGER REFERENCES calls (n),
    question TEXT NOT NULL,
    at_ms    INTEGER CHECK (at_ms >= 0),
    author   INTEGER NOT NULL REFERENCES users (id),
    made_at  INTEGER NOT NULL,
    text     TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_target ON notes (about, target, id);
CREATE INDEX notes_by_call ON notes (call, id);

CREATE TRIGGER notes_stay BEFORE UPDATE ON notes
BEGIN
    SELECT RAISE(ABORT, 'a note is never changed');
END;
CREATE TRIGGER notes_are_kept BEFORE DELETE ON notes
BEGIN
    SELECT RAISE(ABORT, 'a note is never removed');
END;

CREATE TABLE exemplars (
    id      INTEGER PRIMARY KEY,
    call    INTEGER NOT NULL REFERENCES calls (n),
    from_ms INTEGER NOT NULL CHECK (from_ms >= 0),
    to_ms   INTEGER NOT NULL CHECK (to_ms > from_ms OR (to_ms = 0 AND from_ms = 0)),
    title   TEXT NOT NULL CHECK (title <> ''),
    why     TEXT NOT NULL,
    folded  TEXT NOT NULL,
    open    INTEGER NOT NULL CHECK (open IN (0, 1)),
    author  INTEGER NOT NULL REFERENCES users (id),
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX exemplars_by_call ON exemplars (call, id);

CREATE TABLE exemplar_tags (
    tag      TEXT NOT NULL CHECK (tag <> ''),
    exemplar INTEGER NOT NULL REFERENCES exemplars (id),
    PRIMARY KEY (tag, exemplar)
) STRICT;
CREATE INDEX exemplar_tags_by_exemplar ON exemplar_tags (exemplar, tag);

CREATE TABLE issues (
    id        INTEGER PRIMARY KEY,
    title     TEXT NOT NULL CHECK (title <> ''),
    what      TEXT NOT NULL,
    locus     TEXT NOT NULL CHECK (locus IN ('process', 'tool', 'policy', 'customer')),
    card      TEXT NOT NULL,
    question  TEXT NOT NULL,
    wrap_up   TEXT NOT NULL,
    keyword   TEXT NOT NULL,
    owner     TEXT NOT NULL,
    state     INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    fixed_on  INTEGER NOT NULL,
    opened_by INTEGER REFERENCES users (id),
    opened_at INTEGER NOT NULL,
    CHECK ((state >= 3) = (fixed_on > 0))
) STRICT;
CREATE INDEX issues_by_question ON issues (card, question);

CREATE TABLE occurrences (
    issue     INTEGER NOT NULL REFERENCES issues (id),
    call      INTEGER NOT NULL REFERENCES calls (n),
    question  TEXT NOT NULL,
    sheet     INTEGER,
    marked_by INTEGER REFERENCES users (id),
    marked_at INTEGER NOT NULL,
    PRIMARY KEY (issue, call, question)
) STRICT;
CREATE INDEX occurrences_by_call ON occurrences (call, issue);

CREATE TABLE events (
    id       INTEGER PRIMARY KEY,
    subject  INTEGER NOT NULL,
    target   TEXT NOT NULL,
    was      TEXT NOT NULL,
    became   TEXT NOT NULL,
    person   INTEGER REFERENCES users (id),
    at       INTEGER NOT NULL,
    why      TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_target ON events (subject, target, id);

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event is never removed');
END;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY CHECK (id > 0),
    at      INTEGER NOT NULL,
    person  INTEGER NOT NULL,
    who     TEXT NOT NULL,
    address TEXT NOT NULL,
    action  TEXT NOT NULL,
    target  TEXT NOT NULL,
    result  TEXT NOT NULL,
    hash    TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_by_target ON audit (target, id);
CREATE INDEX audit_by_person ON audit (person, id);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'an audit entry is never changed');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'an audit entry is never removed');
END;

PRAGMA application_id = 1161908819; -- "EARS"
PRAGMA user_version = 1;
