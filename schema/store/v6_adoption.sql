-- Version 6: what is enforced only after somebody has looked, because the store was put back to an older state.

ALTER TABLE directories ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0; -- 1: drift waits for a release

PRAGMA user_version = 6;
