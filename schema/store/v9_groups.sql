-- Version 9: role groups that vanish or become unreadable are held against a limit, as people are.

ALTER TABLE role_groups ADD COLUMN unreadable_since INTEGER; -- its members can't be seen since then; null: they can
CREATE INDEX role_groups_unreadable ON role_groups (directory, unreadable_since) WHERE unreadable_since IS NOT NULL;

-- The groups of a kept plan, beside its users.
CREATE TABLE kept_groups (
    plan TEXT NOT NULL REFERENCES kept_plans,
    role_group INTEGER NOT NULL REFERENCES role_groups,
    change TEXT NOT NULL CHECK (change IN ('gone', 'unreadable')),
    PRIMARY KEY (plan, role_group)
) STRICT, WITHOUT ROWID;

ALTER TABLE rejected ADD COLUMN is_user INTEGER NOT NULL DEFAULT 0; -- 1: a user's all the same, of whom something can't be read

PRAGMA user_version = 9;
