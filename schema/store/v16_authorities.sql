-- Version 16: which CA vouches for a certificate, what the CA was told of it, and what it says by itself.

-- Those of the configuration, as the certificates were last held against them.
CREATE TABLE authorities (
    name TEXT NOT NULL PRIMARY KEY,         -- the key in lockstep.yaml
    issuer TEXT NOT NULL,                   -- RFC 4514, the subject of its certificate
    certificate BLOB NOT NULL,              -- SHA-256 of its certificate: another one, and all are held against it anew
    asked_at INTEGER,                       -- when its OCSP responder answered last
    error TEXT,                             -- why it could not be followed when that was last tried; null: it could
    error_since INTEGER,                    -- since when that has been so
    is_grave INTEGER NOT NULL DEFAULT 0,    -- 1: no outage, but a list that nobody should believe
    CHECK ((error IS NULL) = (error_since IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE authority_lists (
    authority TEXT NOT NULL REFERENCES authorities ON DELETE CASCADE,
    source TEXT NOT NULL,                   -- an address or a path
    number TEXT,                            -- the CRL number, upper-case hexadecimal; null: the list has none
    this_update INTEGER NOT NULL,
    next_update INTEGER,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (authority, source)
) STRICT, WITHOUT ROWID;

-- One for each certificate whose octets are kept. Told and seen count while the certificate is in that state.
CREATE TABLE certificate_bindings (
    fingerprint BLOB NOT NULL PRIMARY KEY REFERENCES certificate_encodings,
    is_due INTEGER NOT NULL DEFAULT 1,      -- 1: to be held against the authorities
    authority TEXT,                         -- whose name it gives as its issuer
    verified INTEGER,                       -- 1: that one signed it; 0: nobody of that name did; null: nothing can tell
    told TEXT CHECK (told IN ('valid', 'onHold', 'revoked')),
    told_at INTEGER,
    seen TEXT CHECK (seen IN ('valid', 'onHold', 'revoked')),
    seen_at INTEGER,
    seen_by TEXT CHECK (seen_by IN ('ocsp', 'crl')),
    asked_at INTEGER,                       -- when OCSP was asked about it last
    CHECK (verified IS NULL OR authority IS NOT NULL),
    CHECK ((told IS NULL) = (told_at IS NULL)),
    CHECK ((seen IS NULL) = (seen_at IS NULL) AND (seen IS NULL) = (seen_by IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_bindings (fingerprint) SELECT fingerprint FROM certificate_encodings;
CREATE INDEX certificate_bindings_due ON certificate_bindings (is_due) WHERE is_due = 1;
CREATE INDEX certificate_bindings_forged ON certificate_bindings (verified) WHERE verified = 0;
CREATE INDEX certificate_bindings_unseen ON certificate_bindings (authority, told_at)
    WHERE told IS NOT NULL AND seen IS NULL;
CREATE INDEX certificate_bindings_authority ON certificate_bindings (authority, fingerprint) WHERE verified = 1;
CREATE INDEX certificate_bindings_asked ON certificate_bindings (authority, asked_at) WHERE verified = 1;

-- What a CA is to be told beside the steps of processes: of a credential that was locked, a reason that became
-- keyCompromise, a certificate that arrived at somebody who is locked.
CREATE TABLE owed_tellings (
    fingerprint BLOB NOT NULL PRIMARY KEY REFERENCES certificate_encodings,
    authority TEXT NOT NULL,                -- the key in lockstep.yaml that it had then
    request TEXT NOT NULL CHECK (request IN ('revoke', 'hold', 'release')),
    user INTEGER NOT NULL REFERENCES users, -- whose; of several the one whom it came about with
    since INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,                         -- null: with the next sync
    error_code INTEGER,
    error_message TEXT,
    CHECK ((error_code IS NULL) = (error_message IS NULL))
) STRICT, WITHOUT ROWID;

DROP VIEW readable_certificates;
CREATE VIEW readable_certificates AS
SELECT c.id, c.user, d.name AS directory, u.username, k.serial AS credential, c.serial, c.issuer, c.subject,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_before, 'unixepoch') AS not_before,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.not_after, 'unixepoch') AS not_after,
    iif(c.state != 'revoked' AND c.not_after < unixepoch(), 'expired', c.state) AS state, c.revocation_reason,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.revoked_at, 'unixepoch') AS revoked_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.held_at, 'unixepoch') AS held_at,
    lower(hex(c.fingerprint)) AS fingerprint,
    strftime('%Y-%m-%dT%H:%M:%SZ', c.escalated_at, 'unixepoch') AS escalated_at,
    b.authority, b.verified,
    iif(b.told = c.state, strftime('%Y-%m-%dT%H:%M:%SZ', b.told_at, 'unixepoch'), NULL) AS told,
    iif(b.seen = c.state, strftime('%Y-%m-%dT%H:%M:%SZ', b.seen_at, 'unixepoch'), NULL) AS seen,
    iif(b.seen = c.state, b.seen_by, NULL) AS seen_by
FROM certificates c
JOIN users u ON u.id = c.user
JOIN directories d ON d.id = u.directory
LEFT JOIN credentials k ON k.id = c.credential
LEFT JOIN certificate_bindings b ON b.fingerprint = c.fingerprint
WHERE c.is_authority = 0;

PRAGMA user_version = 16;
