-- Version 14: roles are given back later by a use case of their own, and the policy is kept that was
-- seen when an entry was read back disabled.

ALTER TABLE processes ADD COLUMN policy TEXT; -- by which the server refuses the account: a DN, or the dialect; null: none was seen

-- A CHECK can't be altered. Its text is no part of how rows are stored, so that it may be edited where
-- it stands ("Making Other Kinds Of Table Schema Changes", lang_altertable.html): the table has a row for
-- each process for ever, and other tables point to it.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, '''UsersProcUnlock'')', '''UsersProcUnlock'', ''UsersProcRestoreRoles'')')
WHERE type = 'table' AND name = 'processes';
PRAGMA writable_schema = RESET;

PRAGMA user_version = 14;
