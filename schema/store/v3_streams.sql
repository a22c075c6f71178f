-- Version 3: how far a directory's changes have been followed, so that a sync reads only what changed.

-- A stream's state belongs to one server and to the configuration that it was made under.
CREATE TABLE streams (
    directory INTEGER NOT NULL REFERENCES directories,
    stream TEXT NOT NULL CHECK (stream IN ('users', 'groups')),
    server TEXT NOT NULL,                   -- the URI that was connected to
    strategy TEXT NOT NULL,
    binding BLOB NOT NULL,                  -- SHA-256 of bind, bases, filter, scope, attributes and rules
    cookie BLOB NOT NULL,                   -- the server's; never newer than what is stored
    containers BLOB NOT NULL,               -- SHA-256 of the names that the entries stand below
    due_at INTEGER,                         -- when an account next ends without its entry changing
    again TEXT NOT NULL DEFAULT '',         -- ids to read once more, told of or not; with spaces between
    stored_at INTEGER NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (directory, stream, server)
) STRICT, WITHOUT ROWID;

-- The newest contextCSN seen on any of the directory's servers: an older one lags behind.
ALTER TABLE directories ADD COLUMN context_csn TEXT;

CREATE INDEX role_groups_compare ON role_groups (directory, entry_id)
    WHERE digest IS NULL AND missing_since IS NULL;

PRAGMA user_version = 3;
