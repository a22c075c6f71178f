-- Version 5: what the store knows, for people who like `sqlite3`. The views are the documented way to read it with SQL:
-- the tables below change with the versions, the columns of a readable_ view are only added to. Times are RFC 3339.
-- Open the store with `sqlite3 -readonly`.

CREATE VIEW readable_users AS
SELECT u.id, d.name AS directory, u.username, u.display_name, u.given_name, u.family_name, u.mail, u.employee_number,
    u.state, u.dn, u.entry_id, strftime('%Y-%m-%dT%H:%M:%SZ', u.missing_since, 'unixepoch') AS missing_since,
    iif(u.state = 'locked', p.reason, NULL) AS lock_reason,
    iif(u.state = 'locked', strftime('%Y-%m-%dT%H:%M:%SZ', p.at, 'unixepoch'), NULL) AS locked_at,
    iif(u.state = 'locked', p.by, NULL) AS locked_by, u.state_process AS process, u.attributes
FROM users u
JOIN directories d ON d.id = u.directory
LEFT JOIN processes p ON p.id = u.state_process;

-- Direct and through nested groups of any depth; as `show` has them.
CREATE VIEW readable_roles AS
WITH RECURSIVE held (user, role_group, direct) AS (
    SELECT u.id, g.id, 1 FROM users u
    JOIN memberships m ON m.member IN (u.dn_key, u.uid_key)
    JOIN role_groups g ON g.id = m.role_group AND g.directory = u.directory
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

CREATE VIEW readable_credentials AS
SELECT c.id, c.user, d.name AS directory, u.username, c.kind, c.serial, c.state, c.changed_by AS process
FROM credentials c
JOIN users u ON u.id = c.user
JOIN directories d ON d.id = u.directory;

CREATE VIEW readable_certificates AS
SELECT c.id, c.user, d.name AS directory, u.username, k.serial AS credential, c.serial, c.issuer, c.subject,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_before, 'unixepoch') AS not_before,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_after, 'unixepoch') AS not_after,
    iif(c.state != 'revoked' AND c.not_after < unixepoch(), 'expired', c.state) AS state, c.revocation_reason,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.revoked_at, 'unixepoch') AS revoked_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.held_at, 'unixepoch') AS held_at
FROM certificates c
JOIN users u ON u.id = c.user
JOIN directories d ON d.id = u.directory
LEFT JOIN credentials k ON k.id = c.credential;

CREATE VIEW readable_processes AS
SELECT p.id, p.use_case, p.user, d.name AS directory, u.username, p.reason, p.reason_text, p.note, p.state, p.enforced,
    p.forced, strftime('%Y-%m-%dT%H:%M:%SZ', p.at, 'unixepoch') AS at, p.by, p.host, p.terminal, p.run, p.cause,
    p.decided_by, strftime('%Y-%m-%dT%H:%M:%SZ', p.decided_at, 'unixepoch') AS decided_at, p.decision,
    strftime('%Y-%m-%dT%H:%M:%SZ', p.finished_at, 'unixepoch') AS finished_at
FROM processes p
JOIN users u ON u.id = p.user
JOIN directories d ON d.id = u.directory;

CREATE VIEW readable_steps AS
SELECT s.process, s.ordinal, p.user, u.username, s.kind, s.target, s.state, s.attempts,
    strftime('%Y-%m-%dT%H:%M:%SZ', s.due_at, 'unixepoch') AS due_at, s.error_code, s.error_message,
    strftime('%Y-%m-%dT%H:%M:%SZ', s.finished_at, 'unixepoch') AS finished_at
FROM steps s
JOIN processes p ON p.id = s.process
JOIN users u ON u.id = p.user;

CREATE VIEW readable_audit AS
SELECT a.sequence, strftime('%Y-%m-%dT%H:%M:%SZ', a.at, 'unixepoch') AS at,
    json_extract(CAST(a.body AS TEXT), '$.by') AS by,
    json_extract(CAST(a.body AS TEXT), '$.event') AS event, a.process, a.user, u.username,
    CAST(a.body AS TEXT) AS body, lower(hex(a.hash)) AS hash
FROM audit a
LEFT JOIN users u ON u.id = a.user;

PRAGMA user_version = 5;
