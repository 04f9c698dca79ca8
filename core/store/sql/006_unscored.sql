-- Calls without an automatic sheet that counts. state: enum store_unscored.
CREATE TABLE unscored (
    call  INTEGER PRIMARY KEY REFERENCES calls (n),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 1)
) STRICT;
CREATE INDEX unscored_by_state ON unscored (state, call);

INSERT INTO unscored (call, state)
    SELECT c.n, 0 FROM calls c
    WHERE NOT EXISTS (SELECT 1 FROM card_sheets k WHERE k.call = c.n AND k.current = 1);

PRAGMA user_version = 6;
