-- Version 10: what an entry says of the time in which its account lets somebody in, besides being disabled; and
-- what comes alive with its user.

CREATE TABLE account_limits (
    user INTEGER PRIMARY KEY REFERENCES users,
    expires_at INTEGER,                     -- expired from then on: Active Directory's accountExpires
    disabled_from INTEGER,                  -- counts as disabled from then on: OpenLDAP's pwdEndTime
    begins_at INTEGER,                      -- nobody gets in before
    locked_out TEXT,                        -- what wrong passwords have brought about
    lockout_ends INTEGER,                   -- null: the entry does not say
    unusable TEXT                           -- a value for which the server refuses every bind
) STRICT;
CREATE INDEX account_limits_expiry ON account_limits (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX account_limits_end ON account_limits (disabled_from) WHERE disabled_from IS NOT NULL;

-- What was born inactive or on hold only because its user was inactive; no row any more once it has come alive.
CREATE TABLE waiting_for_user (
    credential INTEGER UNIQUE REFERENCES credentials,
    certificate INTEGER UNIQUE REFERENCES certificates,
    CHECK ((credential IS NULL) != (certificate IS NULL))
) STRICT;

PRAGMA user_version = 10;
