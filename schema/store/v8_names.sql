-- Version 8: all the names that a user has, and those of entries that can't be users. Names are compared folded.

-- Beside the username and the mail address in `users`: further values of their attributes, login names of a domain.
CREATE TABLE other_names (
    user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (user, name_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX other_names_key ON other_names (name_key);

-- Of the values of uid those that `users.uid_key` is not; kept where that is kept.
CREATE TABLE other_uids (
    user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    uid_key BLOB NOT NULL,
    PRIMARY KEY (user, uid_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX other_uids_key ON other_uids (uid_key);

-- The usernames that a rejected entry carries, and its normalised DN.
CREATE TABLE rejected_names (
    directory INTEGER NOT NULL,
    dn TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (name_key, directory, dn),
    FOREIGN KEY (directory, dn) REFERENCES rejected ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX rejected_names_entry ON rejected_names (directory, dn);

ALTER TABLE users ADD COLUMN left_out TEXT;             -- JSON: what of the entry could not be kept, and why; null: nothing
ALTER TABLE directories ADD COLUMN domain TEXT;         -- before the backslash in DOMAIN\name; null: not Active Directory
ALTER TABLE directories ADD COLUMN folds_dotted_i INTEGER; -- 1: the server takes U+0130 and i for one letter; null: not asked yet

DROP VIEW readable_roles;
CREATE VIEW readable_roles AS
WITH RECURSIVE held (user, role_group, direct) AS (
    -- CROSS keeps SQLite from looking at each user for each group.
    SELECT u.id, g.id, 1 FROM users u
    CROSS JOIN memberships m ON m.member IN (
        SELECT u.dn_key UNION ALL SELECT u.uid_key
        UNION ALL SELECT o.uid_key FROM other_uids o WHERE o.user = u.id)
    CROSS JOIN role_groups g ON g.id = m.role_group AND g.directory = u.directory
    WHERE m.withdrawn_by IS NULL AND g.missing_since IS NULL
        AND (u.missing_since IS NULL OR NOT EXISTS (
            SELECT 1 FROM users o WHERE o.dn_key = u.dn_key
                AND o.directory = u.directory AND o.missing_since IS NULL))
    UNION
    SELECT held.user, above.id, 0 FROM held
    JOIN role_groups g ON g.id = held.role_group
    JOIN memberships m ON m.member = g.dn_key
    JOIN role_groups above ON above.id = m.role_group AND above.directory = g.directory
    WHERE m.withdrawn_by IS NULL AND above.missing_since IS NULL
)
SELECT u.id AS user, d.name AS directory, u.username, g.name AS role, g.dn AS group_dn, max(held.direct) AS direct
FROM held
JOIN users u ON u.id = held.user
JOIN directories d ON d.id = u.directory
JOIN role_groups g ON g.id = held.role_group
GROUP BY u.id, g.id;

PRAGMA user_version = 8;
