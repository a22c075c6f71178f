-- Version 4: what an unattended run has told already, and when each directory was last read to its end.

ALTER TABLE directories ADD COLUMN read_at INTEGER;              -- null: not yet

-- What needs a person is told once, not with each run; forgotten a day after it is over.
CREATE TABLE told (
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    identity TEXT NOT NULL,                 -- what makes it another matter of the same target
    message TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    over_at INTEGER,                        -- null: it lasts
    relapsed INTEGER NOT NULL DEFAULT 0,    -- it was over once, and came back too soon to be told again
    PRIMARY KEY (kind, target, identity)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
