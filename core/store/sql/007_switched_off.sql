-- A published card whose runs fail one after the other is switched off. failures: its runs in a row without a result;
-- off_at: 0 while it is on.
ALTER TABLE card_versions ADD COLUMN failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0);
ALTER TABLE card_versions ADD COLUMN off_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE card_versions ADD COLUMN off_why TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 7;
