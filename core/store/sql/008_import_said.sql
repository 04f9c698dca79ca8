-- What was said of a refused file when it came (ingest.h), so that it is tried again as it was read then: the folder
-- below which its calls are keyed, source, map and so on. '' where nothing is known of that.
ALTER TABLE imports ADD COLUMN said TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 8;
