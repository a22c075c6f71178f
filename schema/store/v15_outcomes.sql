-- Version 15: what a later run or `status` decides by has columns of its own, and is no longer read out of a sentence or
-- out of the document that was printed.

ALTER TABLE rejected ADD COLUMN is_unidentified INTEGER NOT NULL DEFAULT 0; -- 1: whose entry it is can't be told, so that nobody counts as missing
UPDATE rejected SET is_unidentified = 1 WHERE why LIKE 'no readable id%';

ALTER TABLE runs ADD COLUMN plan TEXT;          -- the plan that a safety limit kept; null: none
CREATE TABLE run_directories (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,                         -- the key in lockstep.yaml that it had then
    strategy TEXT,
    is_stopped INTEGER NOT NULL,                -- 1: the error is a safety limit's
    error_code INTEGER,                         -- null: none
    error_message TEXT,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    renamed INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    deactivated INTEGER NOT NULL,
    drift INTEGER NOT NULL,
    PRIMARY KEY (run, ordinal),
    CHECK ((error_code IS NULL) = (error_message IS NULL))
) STRICT, WITHOUT ROWID;

-- A report that can't be read stays where it is and says nothing here. Code 11 alone may be a server's
-- `adminLimitExceeded`, too: only a run that ended as `stopped` had met a limit.
UPDATE runs SET plan = iif(json_valid(report), json_extract(iif(json_valid(report), report, '{}'), '$.plan'), NULL);
INSERT INTO run_directories
SELECT run, ordinal, json_extract(part, '$.name'), json_extract(part, '$.strategy'),
    outcome IS 'stopped' AND json_extract(part, '$.error.code') IS 11,
    CAST(json_extract(part, '$.error.code') AS INTEGER),
    iif(json_extract(part, '$.error.code') IS NULL, NULL, coalesce(json_extract(part, '$.error.message'), '')),
    coalesce(CAST(json_extract(part, '$.created') AS INTEGER), 0),
    coalesce(CAST(json_extract(part, '$.updated') AS INTEGER), 0),
    coalesce(CAST(json_extract(part, '$.renamed') AS INTEGER), 0),
    coalesce(CAST(json_extract(part, '$.missing') AS INTEGER), 0),
    coalesce(CAST(json_extract(part, '$.locked') AS INTEGER), 0),
    coalesce(CAST(json_extract(part, '$.deactivated') AS INTEGER), 0),
    coalesce(CAST(json_extract(part, '$.drift') AS INTEGER), 0)
FROM (
    SELECT r.id AS run, r.outcome AS outcome, d.key AS ordinal, iif(d.type = 'object', d.value, '{}') AS part
    FROM runs r, json_each(iif(json_valid(r.report), r.report, '{}'), '$.directories') d
)
WHERE json_type(part, '$.name') = 'text';

PRAGMA user_version = 15;
