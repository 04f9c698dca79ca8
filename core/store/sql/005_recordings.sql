-- Other files of a recording. role: 0 the copy that browsers play; 1 and 2 the agent's and the customer's
-- side as they came, of a recording that was joined from them.
CREATE TABLE recording_files (
    recording TEXT NOT NULL REFERENCES recordings (hash),
    role      INTEGER NOT NULL CHECK (role BETWEEN 0 AND 2),
    hash      TEXT NOT NULL CHECK (length(hash) = 64),
    mime      TEXT NOT NULL,
    bytes     INTEGER NOT NULL CHECK (bytes >= 0),
    PRIMARY KEY (recording, role)
) STRICT;
CREATE INDEX recording_files_by_hash ON recording_files (hash, bytes);

-- Results: how loud each channel is, and how many of its samples stand at full scale.
CREATE TABLE levels (
    hash    TEXT NOT NULL REFERENCES recordings (hash),
    channel INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 7),
    rms     REAL NOT NULL,
    clipped INTEGER NOT NULL CHECK (clipped >= 0),
    PRIMARY KEY (hash, channel)
) STRICT;

PRAGMA user_version = 5;
