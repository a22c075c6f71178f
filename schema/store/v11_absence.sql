-- Version 11: what a read could not decide, where an entry went, and from where on the store is believed.

-- 1: a read has begun, or ended, that could not decide who is gone: all ids are to be compared once more.
ALTER TABLE directories ADD COLUMN owes_absence INTEGER NOT NULL DEFAULT 0;

-- Of a missing user: the DN outside of users.base and users.filter where the entry was last seen; null: nowhere.
-- And a role group there that a lock would strip.
ALTER TABLE users ADD COLUMN elsewhere TEXT;
ALTER TABLE users ADD COLUMN elsewhere_group TEXT;
CREATE INDEX users_elsewhere ON users (directory, id) WHERE elsewhere IS NOT NULL;

-- The audit events that say that the store was taken for what happened. What is later counts from the last of
-- them on; times before may be those of a clock that was wrong.
CREATE TABLE adoptions (
    sequence INTEGER PRIMARY KEY REFERENCES audit
) STRICT;

-- In a copy that `store backup` made: when. Such a file is no store before it is adopted.
CREATE TABLE copies (
    at INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 11;
