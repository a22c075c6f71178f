-- Version 1. Times are seconds since 1970-01-01T00:00:00Z. Rows of people, credentials, certificates,
-- processes and audit events are never deleted.

CREATE TABLE directories (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- the key in lockstep.yaml
    keeps_uids INTEGER NOT NULL DEFAULT 0,  -- 1: a group named members by uid, so users have their uid_key
    unsettled INTEGER NOT NULL DEFAULT 0    -- 1: a first load took users in without comparing their usernames
) STRICT;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    directory INTEGER NOT NULL REFERENCES directories,
    entry_id TEXT NOT NULL,                 -- the server's immutable id, canonical
    dn TEXT NOT NULL,                       -- as the server writes it
    dn_key BLOB NOT NULL,                   -- SHA-256 of the normalised DN, its first 16 octets
    uid_key BLOB,                           -- the same of 'uid:' and the entry's uid, which memberUid names;
                                            -- null: it has none, or no group names members so
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,             -- folded: what usernames are compared by
    given_name TEXT,
    family_name TEXT,
    display_name TEXT,
    mail TEXT,
    employee_number TEXT,
    attributes TEXT NOT NULL DEFAULT '{}',  -- JSON: name to array of values
    -- `IN` would make SQLite fill a table of its own with the words for each row.
    state TEXT NOT NULL CHECK (state = 'active' OR state = 'inactive' OR state = 'locked'),
    state_process INTEGER REFERENCES processes DEFERRABLE INITIALLY DEFERRED,
                                            -- what put the user into that state; null: born so
    missing_since INTEGER,                  -- null: the entry is present
    disabled INTEGER,                       -- the entry's account as last read: 1, 0; null: not readable
    recognised TEXT,                        -- the reason whose attributes the entry carried when last read
    digest BLOB NOT NULL,                   -- SHA-256 of all that was read of the entry; equal: nothing changed
    revision INTEGER NOT NULL DEFAULT 0,    -- raised by each process; a read from before it decides nothing
    born_run INTEGER NOT NULL
) STRICT;
-- A first load drops these three, and builds them when all the rows are there: see `LoadIndex`.
CREATE UNIQUE INDEX users_entry ON users (directory, entry_id);
CREATE INDEX users_username ON users (username_key);
CREATE INDEX users_dn ON users (dn_key, directory);
CREATE INDEX users_uid ON users (uid_key, directory) WHERE uid_key IS NOT NULL;
CREATE INDEX users_missing ON users (directory, missing_since) WHERE missing_since IS NOT NULL;
CREATE INDEX users_state ON users (directory, state) WHERE state != 'active';

-- What `find` searches: the words of the names, mail, number and kept attributes. The text itself is not
-- kept twice; a row is taken out by giving the words it was put in with.
CREATE VIRTUAL TABLE user_words USING fts5 (
    words, content = '', columnsize = 0, detail = none, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE rejected (
    directory INTEGER NOT NULL REFERENCES directories,
    dn TEXT NOT NULL,
    why TEXT NOT NULL,
    since INTEGER NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (directory, dn)
) STRICT, WITHOUT ROWID;

CREATE TABLE role_groups (
    id INTEGER PRIMARY KEY,
    directory INTEGER NOT NULL REFERENCES directories,
    entry_id TEXT NOT NULL,
    dn TEXT NOT NULL,
    dn_key BLOB NOT NULL,
    name TEXT NOT NULL,                     -- of the role
    digest BLOB,                            -- of all that was read; null: compare its members at the next read
    missing_since INTEGER
) STRICT;
CREATE UNIQUE INDEX role_groups_entry ON role_groups (directory, entry_id);
CREATE INDEX role_groups_dn ON role_groups (dn_key);

CREATE TABLE memberships (
    member BLOB NOT NULL,                   -- a dn_key, or a uid_key, of a user, a group or somebody unknown
    role_group INTEGER NOT NULL REFERENCES role_groups,
    withdrawn_by INTEGER REFERENCES processes, -- taken by a process whose directory step may be unfinished
    PRIMARY KEY (role_group, member)        -- as they are read: group after group
) STRICT, WITHOUT ROWID;
-- A first load drops this one, too.
CREATE INDEX memberships_member ON memberships (member, role_group);

CREATE TABLE credentials (
    id INTEGER PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users,
    kind TEXT NOT NULL
        CHECK (kind IN ('card', 'temporaryCard', 'virtualSmartcard', 'mobileID', 'softToken')),
    serial TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('requested', 'active', 'inactive', 'locked', 'expired', 'aborted', 'returned')),
    changed_by INTEGER REFERENCES processes, -- the process that put it into this state
    UNIQUE (user, kind, serial)
) STRICT;
CREATE INDEX credentials_serial ON credentials (serial);

CREATE TABLE certificates (
    id INTEGER PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users,
    credential INTEGER REFERENCES credentials, -- null: known only from the entry
    serial TEXT NOT NULL,                   -- upper-case hexadecimal
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,              -- SHA-256 of the DER encoding
    state TEXT NOT NULL                     -- 'expired' follows from not_after
        CHECK (state = 'valid' OR state = 'onHold' OR state = 'revoked'),
    revocation_reason TEXT,                 -- RFC 5280's name
    revoked_at INTEGER,
    revoked_by INTEGER REFERENCES processes,
    held_at INTEGER,
    held_by INTEGER REFERENCES processes,
    UNIQUE (user, fingerprint),
    CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)),
    CHECK ((state = 'revoked') = (revocation_reason IS NOT NULL)),
    CHECK (state != 'onHold' OR held_at IS NOT NULL)
) STRICT;
CREATE INDEX certificates_serial ON certificates (serial);
CREATE INDEX certificates_credential ON certificates (credential);
CREATE INDEX certificates_revoked ON certificates (revoked_at) WHERE revoked_at IS NOT NULL;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    finished INTEGER,
    outcome TEXT CHECK (outcome IN ('completed', 'partial', 'stopped', 'failed', 'planned')),
    report TEXT                             -- JSON, as `sync --json` printed it
) STRICT;

CREATE TABLE processes (
    id INTEGER PRIMARY KEY,
    use_case TEXT NOT NULL CHECK (use_case IN
        ('UsersProcLock', 'UsersProcDeactivate', 'UsersProcReactivate', 'UsersProcUnlock')),
    user INTEGER NOT NULL REFERENCES users,
    reason TEXT NOT NULL,                   -- code and text as they were
    reason_text TEXT NOT NULL,
    revocation TEXT,
    note TEXT,
    at INTEGER NOT NULL,                    -- the process's one clock reading
    by TEXT NOT NULL,
    host TEXT NOT NULL,
    terminal TEXT,
    forced INTEGER NOT NULL CHECK (forced IN (0, 1)),
    run INTEGER REFERENCES runs,            -- the sync that began it
    begun INTEGER,                          -- the order among the user's processes; null: only requested
    state TEXT NOT NULL CHECK (state IN ('requested', 'open', 'completed', 'partial', 'superseded',
        'rejected', 'withdrawn', 'expired', 'refused')),
    enforced TEXT CHECK (enforced IN ('proven', 'written')),
    findings TEXT NOT NULL DEFAULT '{}',    -- JSON: what stays unchanged, what remains
    snapshot TEXT NOT NULL DEFAULT '[]',    -- JSON: the steps of the plan, as they were shown
    expires_at INTEGER,                     -- of a request
    decided_by TEXT,                        -- who approved, rejected or withdrew it
    decided_at INTEGER,
    decision TEXT,
    finished_at INTEGER
) STRICT;
CREATE INDEX processes_user ON processes (user, id);
CREATE INDEX processes_run ON processes (run) WHERE run IS NOT NULL;
CREATE INDEX processes_unfinished ON processes (state) WHERE state IN ('requested', 'open', 'partial');
CREATE UNIQUE INDEX processes_request ON processes (user, use_case) WHERE state = 'requested';

CREATE TABLE steps (
    process INTEGER NOT NULL REFERENCES processes,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,                   -- a DN, a serial, a username or a role's name
    entry_id TEXT,                          -- the immutable id of the entry or group to write
    change TEXT,                            -- JSON: what is to be written
    prior TEXT,                             -- JSON: what stood there before the first attempt
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed', 'superseded')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    error_code INTEGER,
    error_message TEXT,
    finished_at INTEGER,
    PRIMARY KEY (process, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX steps_unfinished ON steps (state, due_at) WHERE state IN ('pending', 'failed');

CREATE TRIGGER steps_prior_once BEFORE UPDATE OF prior ON steps
WHEN OLD.prior IS NOT NULL AND NEW.prior IS NOT OLD.prior
BEGIN SELECT RAISE(ABORT, 'the prior values of a step are journalled once'); END;

-- Append-only and chained: hash = SHA-256(hash of the event before, body). The first is chained to nothing.
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    process INTEGER,
    user INTEGER,
    body BLOB NOT NULL,                     -- canonical JSON, the very octets that were hashed
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_user ON audit (user) WHERE user IS NOT NULL;
CREATE INDEX audit_at ON audit (at);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_in_sequence BEFORE INSERT ON audit
WHEN NEW.sequence != (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'audit events follow one another without a gap'); END;

-- 'LkSt': a database of another program is refused before anything in it is touched.
PRAGMA application_id = 1282102132;
PRAGMA user_version = 1;
