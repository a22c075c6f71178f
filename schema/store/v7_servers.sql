-- Version 7: what a plan must know of a directory that can't be asked.

ALTER TABLE directories ADD COLUMN dialect TEXT;                       -- of the server that was last read; null: not yet
ALTER TABLE directories ADD COLUMN has_end_time INTEGER NOT NULL DEFAULT 0; -- 1: its schema has pwdEndTime

-- A certificate past its end reads expired, also one that was revoked.
DROP VIEW readable_certificates;
CREATE VIEW readable_certificates AS
SELECT c.id, c.user, d.name AS directory, u.username, k.serial AS credential, c.serial, c.issuer, c.subject,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_before, 'unixepoch') AS not_before,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_after, 'unixepoch') AS not_after,
    iif(c.not_after < unixepoch(), 'expired', c.state) AS state, c.revocation_reason,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.revoked_at, 'unixepoch') AS revoked_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.held_at, 'unixepoch') AS held_at
FROM certificates c
JOIN users u ON u.id = c.user
JOIN directories d ON d.id = u.directory
LEFT JOIN credentials k ON k.id = c.credential;

PRAGMA user_version = 7;
