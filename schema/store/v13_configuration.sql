-- Version 13: whose store it is, and which users its operators are.

CREATE TABLE configuration (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    path TEXT NOT NULL,      -- of the lockstep.yaml that the store belongs to, absolute
    rights TEXT NOT NULL     -- JSON: operators, approval and protect of the last command that wrote under it
) STRICT;

-- An operator's user is looked up once: what people change in their entries later changes nothing.
CREATE TABLE operator_users (
    login TEXT NOT NULL,
    name TEXT NOT NULL,      -- the operator's `is`, as it was looked up
    user INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (login, name, user)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 13;
