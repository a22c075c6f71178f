-- Version 18: when something was first done, or first seen, stays, whatever is done again later; and locks are counted
-- without going over every process.

ALTER TABLE processes ADD COLUMN is_locking INTEGER NOT NULL DEFAULT 0 CHECK (is_locking IN (0, 1)); -- 1: it locked somebody who was not locked
ALTER TABLE processes ADD COLUMN disabled_after INTEGER;    -- seconds from its beginning until the entry was first said to be disabled; null: it was not
UPDATE processes SET is_locking = 1
WHERE use_case = 'UsersProcLock' AND begun IS NOT NULL
    AND EXISTS (SELECT 1 FROM steps WHERE process = processes.id AND kind = 'lockUser');

-- An unlock that was refused had the lock's steps taken up again, and the time of the second going-over took the place
-- of the first. The audit log has both.
CREATE TABLE first_done AS
SELECT a.process, json_extract(s.value, '$.kind') AS kind, json_extract(s.value, '$.target') AS target, min(a.at) AS at
FROM audit a, json_each(iif(json_valid(CAST(a.body AS TEXT)), CAST(a.body AS TEXT), '{}'), '$.detail.steps') s
WHERE a.user IN (SELECT user FROM processes WHERE state = 'refused') AND a.process IS NOT NULL
    AND json_extract(s.value, '$.state') = 'done'
GROUP BY 1, 2, 3;
CREATE INDEX first_done_step ON first_done (process, kind, target, at);
UPDATE steps SET finished_at = (
    SELECT min(f.at) FROM first_done f
    WHERE f.process = steps.process AND f.kind = steps.kind AND f.target = steps.target)
WHERE process IN (SELECT process FROM first_done) AND kind != 'verify' AND EXISTS (
    SELECT 1 FROM first_done f
    WHERE f.process = steps.process AND f.kind = steps.kind AND f.target = steps.target
        AND f.at < coalesce(steps.finished_at, f.at + 1));
DROP TABLE first_done;
UPDATE processes SET disabled_after = (
    SELECT s.finished_at - processes.at FROM steps s
    WHERE s.process = processes.id AND s.kind = 'disableEntry' ORDER BY s.ordinal LIMIT 1);

-- A reading back is another one where groups were found later.
CREATE TRIGGER steps_done_once BEFORE UPDATE OF finished_at ON steps
WHEN OLD.finished_at IS NOT NULL AND NEW.finished_at IS NOT OLD.finished_at AND OLD.kind != 'verify'
BEGIN SELECT RAISE(ABORT, 'when a step was first done is written down once'); END;

CREATE INDEX processes_locking ON processes (at) WHERE is_locking = 1;
-- With is_locking in it no row of the table is read for the totals.
CREATE INDEX processes_lock_totals ON processes (is_locking, state, disabled_after, run) WHERE is_locking = 1;

-- Of what its authority was told again it is still to be seen; when it was first seen so is evidence all the same.
ALTER TABLE certificate_bindings ADD COLUMN first_seen TEXT CHECK (first_seen IN ('valid', 'onHold', 'revoked'));
ALTER TABLE certificate_bindings ADD COLUMN first_seen_at INTEGER;
ALTER TABLE certificate_bindings ADD COLUMN first_seen_by TEXT CHECK (first_seen_by IN ('ocsp', 'crl'));
UPDATE certificate_bindings SET first_seen = seen, first_seen_at = seen_at, first_seen_by = seen_by;

-- A step that is to be taken again shows no end, and neither does its process.
DROP VIEW readable_processes;
CREATE VIEW readable_processes AS
SELECT p.id, p.use_case, p.user, d.name AS directory, u.username, p.reason, p.reason_text, p.note, p.state, p.enforced,
    p.forced, strftime('%Y-%m-%dT%H:%M:%SZ', p.at, 'unixepoch') AS at, p.by, p.host, p.terminal, p.run, p.cause,
    p.decided_by, strftime('%Y-%m-%dT%H:%M:%SZ', p.decided_at, 'unixepoch') AS decided_at, p.decision,
    iif(p.state IN ('open', 'partial'), NULL, strftime('%Y-%m-%dT%H:%M:%SZ', p.finished_at, 'unixepoch')) AS finished_at,
    p.disabled_after
FROM processes p
JOIN users u ON u.id = p.user
JOIN directories d ON d.id = u.directory;

DROP VIEW readable_steps;
CREATE VIEW readable_steps AS
SELECT s.process, s.ordinal, p.user, u.username, s.kind, s.target, s.state, s.attempts,
    strftime('%Y-%m-%dT%H:%M:%SZ', s.due_at, 'unixepoch') AS due_at, s.error_code, s.error_message,
    iif(s.state = 'done', strftime('%Y-%m-%dT%H:%M:%SZ', s.finished_at, 'unixepoch'), NULL) AS finished_at
FROM steps s
JOIN processes p ON p.id = s.process
JOIN users u ON u.id = p.user;

PRAGMA user_version = 18;
