-- Version 12: a certificate is one thing, however many people, entries and credentials show it.

-- The octets that the CA wrote, once for each certificate; kept since this version, and for an older one
-- from the next time that an entry or an import shows it.
CREATE TABLE certificate_encodings (
    fingerprint BLOB NOT NULL PRIMARY KEY,  -- SHA-256 of the DER encoding
    der BLOB NOT NULL
) STRICT;

ALTER TABLE certificates ADD COLUMN in_entry INTEGER NOT NULL DEFAULT 0; -- 1: the user's entry has shown it
ALTER TABLE certificates ADD COLUMN escalated_at INTEGER;                -- when its reason became keyCompromise
-- 1: a CA's, taken in when they were not told apart, and shown again since: nobody's, in no list and no plan.
ALTER TABLE certificates ADD COLUMN is_authority INTEGER NOT NULL DEFAULT 0;
CREATE INDEX certificates_fingerprint ON certificates (fingerprint);
CREATE INDEX certificates_escalated ON certificates (escalated_at) WHERE escalated_at IS NOT NULL;

UPDATE certificates SET in_entry = 1 WHERE credential IS NULL;
-- One that an import related to a credential had been found in the entry before.
UPDATE certificates SET in_entry = 1
FROM (
    SELECT DISTINCT user, json_extract(CAST(body AS TEXT), '$.detail.serial') AS serial,
        json_extract(CAST(body AS TEXT), '$.detail.issuer') AS issuer
    FROM audit WHERE json_extract(CAST(body AS TEXT), '$.event') = 'certificate related'
) AS related
WHERE certificates.user = related.user AND certificates.serial = related.serial
    AND certificates.issuer = related.issuer;
UPDATE certificates SET escalated_at = escalated.at
FROM (
    SELECT user, max(at) AS at, json_extract(CAST(body AS TEXT), '$.detail.serial') AS serial,
        json_extract(CAST(body AS TEXT), '$.detail.issuer') AS issuer
    FROM audit WHERE json_extract(CAST(body AS TEXT), '$.event') = 'certificate escalated' GROUP BY 1, 3, 4
) AS escalated
WHERE certificates.user = escalated.user AND certificates.serial = escalated.serial
    AND certificates.issuer = escalated.issuer AND certificates.revocation_reason = 'keyCompromise';

-- Rows of one certificate that had states of their own get one: revoked goes before on hold, and that before
-- valid; the first time and its reason stay, but a key that was called compromised stays so.
CREATE TEMP TABLE shared AS
SELECT fingerprint FROM certificates GROUP BY fingerprint HAVING count(*) > 1;
CREATE TEMP TABLE settled AS
SELECT s.fingerprint, r.revoked_at, r.revoked_by,
    iif(r.id IS NULL, NULL, coalesce((
        SELECT c.revocation_reason FROM certificates c
        WHERE c.fingerprint = s.fingerprint AND c.revocation_reason = 'keyCompromise'), r.revocation_reason)) AS reason,
    (SELECT max(c.escalated_at) FROM certificates c WHERE c.fingerprint = s.fingerprint) AS escalated_at,
    h.held_at, h.held_by
FROM shared s
LEFT JOIN certificates r ON r.id = (
    SELECT c.id FROM certificates c WHERE c.fingerprint = s.fingerprint AND c.state = 'revoked'
    ORDER BY c.revoked_at, c.id LIMIT 1)
LEFT JOIN certificates h ON h.id = (
    SELECT c.id FROM certificates c WHERE c.fingerprint = s.fingerprint AND c.held_at IS NOT NULL
    ORDER BY c.held_at, c.id LIMIT 1);
UPDATE certificates
SET state = iif(o.revoked_at IS NOT NULL, 'revoked', iif(o.held_at IS NOT NULL, 'onHold', 'valid')),
    revocation_reason = o.reason, revoked_at = o.revoked_at, revoked_by = o.revoked_by,
    escalated_at = o.escalated_at, held_at = o.held_at, held_by = o.held_by
FROM settled o WHERE o.fingerprint = certificates.fingerprint;
-- What was planned for their holders before is to be planned anew.
UPDATE users SET revision = revision + 1 WHERE id IN (
    SELECT c.user FROM shared s JOIN certificates c ON c.fingerprint = s.fingerprint);
DROP TABLE settled;
DROP TABLE shared;

-- One that was revoked reads revoked, also past its end.
DROP VIEW readable_certificates;
CREATE VIEW readable_certificates AS
SELECT c.id, c.user, d.name AS directory, u.username, k.serial AS credential, c.serial, c.issuer, c.subject,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_before, 'unixepoch') AS not_before,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_after, 'unixepoch') AS not_after,
    iif(c.state != 'revoked' AND c.not_after < unixepoch(), 'expired', c.state) AS state, c.revocation_reason,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.revoked_at, 'unixepoch') AS revoked_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.held_at, 'unixepoch') AS held_at,
    lower(hex(c.fingerprint)) AS fingerprint,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.escalated_at, 'unixepoch') AS escalated_at
FROM certificates c
JOIN users u ON u.id = c.user
JOIN directories d ON d.id = u.directory
LEFT JOIN credentials k ON k.id = c.credential
WHERE c.is_authority = 0;

PRAGMA user_version = 12;
