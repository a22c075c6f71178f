-- Version 2: why a sync changed a state, and the plans that a safety limit kept.

ALTER TABLE processes ADD COLUMN cause TEXT CHECK (cause IN
    ('missing', 'disabled', 'reenabled', 'recognised', 'drift')); -- null: an operator's
ALTER TABLE processes ADD COLUMN released TEXT;                   -- the kept plan that it carries out
CREATE INDEX processes_cause ON processes (at, cause) WHERE cause IS NOT NULL;
CREATE INDEX processes_released ON processes (released, user) WHERE released IS NOT NULL;

-- What a run looks at: the few users of whom the directory says something else than their state.
CREATE INDEX users_to_disable ON users (directory, id) WHERE disabled = 1 AND state = 'active';
CREATE INDEX users_open ON users (directory, id) WHERE disabled = 0 AND state != 'active';
CREATE INDEX users_recognised ON users (directory, id)
    WHERE recognised IS NOT NULL AND state != 'locked';
CREATE INDEX users_withdrawn ON users (directory, id, state, state_process, dn_key, uid_key)
    WHERE state != 'active';
CREATE INDEX users_gone ON users (directory, missing_since, state)
    WHERE missing_since IS NOT NULL AND state != 'locked';
CREATE INDEX users_disabled ON users (directory, id) WHERE disabled = 1;

CREATE TABLE kept_plans (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,                   -- SHA-256 of its changes, in their order
    run INTEGER NOT NULL,                   -- the run that first kept it
    at INTEGER NOT NULL,
    released_at INTEGER,                    -- null: not yet
    released_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_plans_digest ON kept_plans (digest) WHERE released_at IS NULL;

CREATE TABLE kept_changes (
    plan TEXT NOT NULL REFERENCES kept_plans,
    user INTEGER NOT NULL REFERENCES users,
    cause TEXT NOT NULL,
    use_case TEXT,                          -- null: her entry is gone, and that alone is stored
    reason TEXT,
    PRIMARY KEY (plan, user)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
