PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE directories (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- the key in lockstep.yaml
    keeps_uids INTEGER NOT NULL DEFAULT 0,  -- 1: a group named members by uid, so users have their uid_key
    unsettled INTEGER NOT NULL DEFAULT 0    -- 1: a first load took users in without comparing their usernames
, context_csn TEXT, read_at INTEGER, adopted INTEGER NOT NULL DEFAULT 0, dialect TEXT, has_end_time INTEGER NOT NULL DEFAULT 0, domain TEXT, folds_dotted_i INTEGER, owes_absence INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO directories VALUES(1,'hq',0,0,'20261128121354.894811Z#000000#000#000000',1795868035,0,'openldap',1,NULL,NULL,1);
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    directory INTEGER NOT NULL REFERENCES directories,
    entry_id TEXT NOT NULL,                 -- the server's immutable id, canonical
    dn TEXT NOT NULL,                       -- as the server writes it
    dn_key BLOB NOT NULL,                   -- SHA-256 of the normalised DN, its first 16 octets
    uid_key BLOB,                           -- the same of 'uid:' and the entry's uid, which memberUid names;
                                            -- null: it has none, or no group names members so
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,             -- folded: what usernames are compared by
    given_name TEXT,
    family_name TEXT,
    display_name TEXT,
    mail TEXT,
    employee_number TEXT,
    attributes TEXT NOT NULL DEFAULT '{}',  -- JSON: name to array of values
    -- `IN` would make SQLite fill a table of its own with the words for each row.
    state TEXT NOT NULL CHECK (state = 'active' OR state = 'inactive' OR state = 'locked'),
    state_process INTEGER REFERENCES processes DEFERRABLE INITIALLY DEFERRED,
                                            -- what put the user into that state; null: born so
    missing_since INTEGER,                  -- null: the entry is present
    disabled INTEGER,                       -- the entry's account as last read: 1, 0; null: not readable
    recognised TEXT,                        -- the reason whose attributes the entry carried when last read
    digest BLOB NOT NULL,                   -- SHA-256 of all that was read of the entry; equal: nothing changed
    revision INTEGER NOT NULL DEFAULT 0,    -- raised by each process; a read from before it decides nothing
    born_run INTEGER NOT NULL
, left_out TEXT, elsewhere TEXT, elsewhere_group TEXT) STRICT;
INSERT INTO users VALUES(1,1,'ec9ab910-7f70-1041-8075-25e9fa2d0dc5','uid=ada,ou=people,dc=example,dc=com',X'de4f333762262c2c1900ff3bffd29d77',NULL,'ada','ada','Ada','Ljósberg','Ada Ljósberg','ada@example.com','1001','{"title":["Keeper of the light"]}','locked',1,NULL,1,'left-organization',X'7c0d7b82e5ecb28a659149c85db54720a658edf402652d897a9342b81818935d',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(2,1,'ec9b514a-7f70-1041-8076-25e9fa2d0dc5','uid=ben,ou=people,dc=example,dc=com',X'3cb51b97eeb68c2ca97630a88e2bb9ae',NULL,'ben','ben','Ben','Brimdal','Ben Brimdal','ben@example.com','1002','{"title":["Keeper of the light"]}','inactive',2,NULL,1,NULL,X'65f8e10971310ce6cc0e2f96c77383035805aec920bca9333fc385489fb60dd1',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(3,1,'ec9ca284-7f70-1041-8077-25e9fa2d0dc5','uid=cleo,ou=people,dc=example,dc=com',X'769edd445c0541601a2163c79937b899',NULL,'cleo','cleo','Cleo','Harbour','Cleo Harbour','cleo@example.com','1003','{"title":["Keeper of the light"]}','locked',3,NULL,1,NULL,X'5171be6a033fa012a790cd145907ac1517cbd4ef0b6019ec9fc541e718feced1',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(4,1,'ec9dd6a4-7f70-1041-8078-25e9fa2d0dc5','uid=dora,ou=people,dc=example,dc=com',X'4bfa1da4aa98f63670f50e3bea1b4998',NULL,'dora','dora','Dora','Keeper','Dora Keeper','dora@example.com','1004','{"title":["Keeper of the light"]}','locked',5,NULL,0,NULL,X'97cddd63e19c379e8139cb782cfadd84a43f65ce2597cd8f249327a145b2cc5a',1,1,NULL,NULL,NULL);
INSERT INTO users VALUES(5,1,'ec9df3fa-7f70-1041-8079-25e9fa2d0dc5','uid=eli,ou=people,dc=example,dc=com',X'1c67acd8e57acf8dfba8dffc1ce627ac',NULL,'eli','eli','Eli','Lantern','Eli Lantern','eli@example.com','1005','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'a1d1b2dfef905211d977ff33fdbe23352a020fac05b03cab82fc472d82320272',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(7,1,'ec9efb92-7f70-1041-807b-25e9fa2d0dc5','uid=gwen,ou=people,dc=example,dc=com',X'dc3e5946c78a7c9f1916b4a7bcb6e1f9',NULL,'gwen','gwen','Gwen','Pier','Gwen Pier','gwen@example.com','1007','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'ab0963de5b842ebfe42b5a4ef4a446caeffca266f6cd02e91bac04c95c404e3c',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(8,1,'ec9f90d4-7f70-1041-807c-25e9fa2d0dc5','cn=twin,ou=people,dc=example,dc=com',X'63e389473d8cd18a607f397b91a87cc9',NULL,'finn','finn',NULL,'Twin',NULL,NULL,NULL,'{}','active',NULL,NULL,0,NULL,X'fdc62d539f29f128067f130a16b37651044068a64b3f512801f9414a8227702b',0,1,NULL,NULL,NULL);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','user_words','user_words',0,'CREATE VIRTUAL TABLE user_words USING fts5 (
    words, content = '''', columnsize = 0, detail = none, tokenize = ''unicode61 remove_diacritics 2''
)');
CREATE TABLE IF NOT EXISTS 'user_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO user_words_data VALUES(1,X'0750');
INSERT INTO user_words_data VALUES(10,X'000000060102010002010101020101');
INSERT INTO user_words_data VALUES(137438953473,X'000000da053031303031010401320204013303040134040401350504013606040137070103616461010106626561636f6e0603016e02020672696d64616c020104636c656f0302026f6d010101010101010104646f7261040103656c6905020678616d706c6501010101010101010466696e6e060201046777656e070107686172626f75720301066b65657065720101010101010101076c616e7465726e050204696768740101010101010102076a6f73626572670101026f660101010101010101047069657207010374686501010101010101020377696e08040704040404040406090409070b07060f08070a0f0a0d0a0b070c');
INSERT INTO user_words_data VALUES(274877906945,X'0000005005303130303606000106626561636f6e06000103636f6d060001076578616d706c650600010466696e6e060001066b6565706572060001056c69676874060001026f6606000103746865060004080a070b080a0906');
CREATE TABLE IF NOT EXISTS 'user_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO user_words_idx VALUES(1,X'',2);
INSERT INTO user_words_idx VALUES(2,X'',2);
CREATE TABLE IF NOT EXISTS 'user_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO user_words_config VALUES('automerge',4);
INSERT INTO user_words_config VALUES('hashsize',1048576);
INSERT INTO user_words_config VALUES('version',4);
CREATE TABLE rejected (
    directory INTEGER NOT NULL REFERENCES directories,
    dn TEXT NOT NULL,
    why TEXT NOT NULL,
    since INTEGER NOT NULL,
    run INTEGER NOT NULL, is_user INTEGER NOT NULL DEFAULT 0, is_unidentified INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (directory, dn)
) STRICT, WITHOUT ROWID;
INSERT INTO rejected VALUES(1,'uid=finn,ou=people,dc=example,dc=com','username finn is already that of cn=twin,ou=people,dc=example,dc=com',1795868034,3,0,0);
CREATE TABLE role_groups (
    id INTEGER PRIMARY KEY,
    directory INTEGER NOT NULL REFERENCES directories,
    entry_id TEXT NOT NULL,
    dn TEXT NOT NULL,
    dn_key BLOB NOT NULL,
    name TEXT NOT NULL,                     -- of the role
    digest BLOB,                            -- of all that was read; null: compare its members at the next read
    missing_since INTEGER
, unreadable_since INTEGER) STRICT;
INSERT INTO role_groups VALUES(1,1,'eca00eec-7f70-1041-807d-25e9fa2d0dc5','cn=keepers,ou=groups,dc=example,dc=com',X'83aa08726a25310874883b94bd773181','keepers',X'a5edd2314e943446dfc2dbe893c6db164d24ebe951d258f5a9d0928b240a1ca0',NULL,NULL);
INSERT INTO role_groups VALUES(2,1,'eca0d246-7f70-1041-807e-25e9fa2d0dc5','cn=boats,ou=groups,dc=example,dc=com',X'ecb7b579e3eec3decb9929206a823829','boats',X'a0be8559f55bef32886daa8e9353cf19cbf878dfb6dfbf670ae1bfd81a181355',NULL,NULL);
CREATE TABLE memberships (
    member BLOB NOT NULL,                   -- a dn_key, or a uid_key, of a user, a group or somebody unknown
    role_group INTEGER NOT NULL REFERENCES role_groups,
    withdrawn_by INTEGER REFERENCES processes, -- taken by a process whose directory step may be unfinished
    PRIMARY KEY (role_group, member)        -- as they are read: group after group
) STRICT, WITHOUT ROWID;
INSERT INTO memberships VALUES(X'4bfa1da4aa98f63670f50e3bea1b4998',1,5);
CREATE TABLE credentials (
    id INTEGER PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users,
    kind TEXT NOT NULL
        CHECK (kind IN ('card', 'temporaryCard', 'virtualSmartcard', 'mobileID', 'softToken')),
    serial TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('requested', 'active', 'inactive', 'locked', 'expired', 'aborted', 'returned')),
    changed_by INTEGER REFERENCES processes, -- the process that put it into this state
    UNIQUE (user, kind, serial)
) STRICT;
INSERT INTO credentials VALUES(1,1,'card','ADA-1','locked',1);
INSERT INTO credentials VALUES(2,1,'mobileID','ADA-2','aborted',1);
INSERT INTO credentials VALUES(3,2,'card','BEN-1','inactive',2);
INSERT INTO credentials VALUES(4,3,'softToken','CLEO-1','locked',3);
CREATE TABLE certificates (
    id INTEGER PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users,
    credential INTEGER REFERENCES credentials, -- null: known only from the entry
    serial TEXT NOT NULL,                   -- upper-case hexadecimal
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,              -- SHA-256 of the DER encoding
    state TEXT NOT NULL                     -- 'expired' follows from not_after
        CHECK (state = 'valid' OR state = 'onHold' OR state = 'revoked'),
    revocation_reason TEXT,                 -- RFC 5280's name
    revoked_at INTEGER,
    revoked_by INTEGER REFERENCES processes,
    held_at INTEGER,
    held_by INTEGER REFERENCES processes, in_entry INTEGER NOT NULL DEFAULT 0, escalated_at INTEGER, is_authority INTEGER NOT NULL DEFAULT 0,
    UNIQUE (user, fingerprint),
    CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)),
    CHECK ((state = 'revoked') = (revocation_reason IS NOT NULL)),
    CHECK (state != 'onHold' OR held_at IS NOT NULL)
) STRICT;
INSERT INTO certificates VALUES(1,1,NULL,'4C7E76E14193D01B68E796E7346D3657CFCA372B','O=Example Lighthouse Works,CN=ada','O=Example Lighthouse Works,CN=ada',1795868033,4949468033,X'c84703028bd1f9ef2d924ac36e05e044885598ec1ef65f8276fc59efae334239','revoked','affiliationChanged',1795868034,1,NULL,NULL,1,NULL,0);
INSERT INTO certificates VALUES(2,2,3,'6299BB91F67EE971559DEF34122C35D0BCFAD771','O=Example Lighthouse Works,CN=ben','O=Example Lighthouse Works,CN=ben',1795868033,4949468033,X'a9db50514b49d184325ae46111e2c65039787eb0ff1ce7b2dba5e5fabc182c63','onHold',NULL,NULL,NULL,1795868034,2,0,NULL,0);
INSERT INTO certificates VALUES(3,3,4,'3A4085BF1185C58CEF8FBD61BF106786574F069F','O=Example Lighthouse Works,CN=cleo','O=Example Lighthouse Works,CN=cleo',1795868034,4949468034,X'2f44b772bb0e6415b0a9ade22268e673a856fcd871958e10f53b6a673d78ba1b','revoked','privilegeWithdrawn',1795868034,3,NULL,NULL,0,NULL,0);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    finished INTEGER,
    outcome TEXT CHECK (outcome IN ('completed', 'partial', 'stopped', 'failed', 'planned')),
    report TEXT                             -- JSON, as `sync --json` printed it
, plan TEXT) STRICT;
INSERT INTO runs VALUES(1,1795868034,1795868034,'completed','{"authorities":[],"directories":[{"changes":[],"created":7,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":8,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":4,"withdrawn":0},"strategy":"syncrepl","unchanged":0,"updated":0}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":1,"seconds":0.076}',NULL);
INSERT INTO runs VALUES(2,1795868034,1795868034,'completed','{"authorities":[],"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":4,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":2,"updated":1}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":2,"seconds":0.037}',NULL);
INSERT INTO runs VALUES(3,1795868035,1795868035,'stopped','{"authorities":[],"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":11,"message":"hq: 2 users would become missing, more than limits.missing allows (1): nobody is marked missing."},"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":6,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":5,"updated":0}],"outcome":"stopped","plan":"3efb3f1f","queue":{"done":0,"failed":0,"pending":0},"run":3,"seconds":0.033}','3efb3f1f');
INSERT INTO runs VALUES(4,1795868036,1795868036,'failed','{"authorities":[],"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":-1,"message":"hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs."},"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":0,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"full","unchanged":0,"updated":0}],"outcome":"failed","plan":null,"queue":{"done":0,"failed":0,"pending":4},"run":4,"seconds":0.034}',NULL);
CREATE TABLE processes (
    id INTEGER PRIMARY KEY,
    use_case TEXT NOT NULL CHECK (use_case IN
        ('UsersProcLock', 'UsersProcDeactivate', 'UsersProcReactivate', 'UsersProcUnlock', 'UsersProcRestoreRoles')),
    user INTEGER NOT NULL REFERENCES users,
    reason TEXT NOT NULL,                   -- code and text as they were
    reason_text TEXT NOT NULL,
    revocation TEXT,
    note TEXT,
    at INTEGER NOT NULL,                    -- the process's one clock reading
    by TEXT NOT NULL,
    host TEXT NOT NULL,
    terminal TEXT,
    forced INTEGER NOT NULL CHECK (forced IN (0, 1)),
    run INTEGER REFERENCES runs,            -- the sync that began it
    begun INTEGER,                          -- the order among the user's processes; null: only requested
    state TEXT NOT NULL CHECK (state IN ('requested', 'open', 'completed', 'partial', 'superseded',
        'rejected', 'withdrawn', 'expired', 'refused')),
    enforced TEXT CHECK (enforced IN ('proven', 'written')),
    findings TEXT NOT NULL DEFAULT '{}',    -- JSON: what stays unchanged, what remains
    snapshot TEXT NOT NULL DEFAULT '[]',    -- JSON: the steps of the plan, as they were shown
    expires_at INTEGER,                     -- of a request
    decided_by TEXT,                        -- who approved, rejected or withdrew it
    decided_at INTEGER,
    decision TEXT,
    finished_at INTEGER
, cause TEXT CHECK (cause IN
    ('missing', 'disabled', 'reenabled', 'recognised', 'drift')), released TEXT, policy TEXT) STRICT;
INSERT INTO processes VALUES(1,'UsersProcLock',1,'left-organization','The user quits the organization','affiliationChanged',NULL,1795868034,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"4C7E76E14193D01B68E796E7346D3657CFCA372B"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"ada"},{"detail":"cn=boats,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"boats"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → locked","kind":"lockCredential","target":"ADA-1"},{"detail":"mobile ID, requested → aborted","kind":"abortCredential","target":"ADA-2"},{"detail":"valid → revoked (affiliationChanged)","kind":"revokeCertificate","target":"4C7E76E14193D01B68E796E7346D3657CFCA372B"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127121354Z","kind":"disableEntry","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com; the last member, cn=nobody,dc=example,dc=com takes the place","kind":"removeFromGroup","target":"cn=boats,ou=groups,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ada,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795868034,NULL,NULL,NULL);
INSERT INTO processes VALUES(2,'UsersProcDeactivate',2,'leave','The user is on leave',NULL,NULL,1795868034,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → inactive","kind":"deactivateUser","target":"ben"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → inactive","kind":"deactivateCredential","target":"BEN-1"},{"detail":"valid → onHold","kind":"holdCertificate","target":"6299BB91F67EE971559DEF34122C35D0BCFAD771"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127121354Z","kind":"disableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"member: uid=ben,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795868034,NULL,NULL,NULL);
INSERT INTO processes VALUES(3,'UsersProcLock',3,'misuse','The user misused a privilege','privilegeWithdrawn',NULL,1795868034,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"3A4085BF1185C58CEF8FBD61BF106786574F069F"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"cleo"},{"detail":"soft token, active → locked","kind":"lockCredential","target":"CLEO-1"},{"detail":"valid → revoked (privilegeWithdrawn)","kind":"revokeCertificate","target":"3A4085BF1185C58CEF8FBD61BF106786574F069F"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127121354Z","kind":"disableEntry","target":"uid=cleo,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=cleo,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795868034,NULL,NULL,NULL);
INSERT INTO processes VALUES(4,'UsersProcReactivate',2,'back','The user is back',NULL,NULL,1795868035,'root','vm',NULL,0,NULL,NULL,'requested',NULL,'{"remaining":[],"restoresRoles":false,"rolesOf":null,"unchanged":[{"because":"stays withdrawn; --restore-roles gives it back","kind":"role","target":"keepers"}]}','[{"detail":"inactive → active","kind":"reactivateUser","target":"ben"},{"detail":"card, inactive → active","kind":"activateCredential","target":"BEN-1"},{"detail":"onHold → valid","kind":"releaseCertificate","target":"6299BB91F67EE971559DEF34122C35D0BCFAD771"},{"detail":"the account is enabled again","kind":"enableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',2109068035,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO processes VALUES(5,'UsersProcLock',4,'left-organization','The user quits the organization','affiliationChanged',NULL,1795868036,'root','vm',NULL,0,NULL,1,'partial',NULL,'{"remaining":[{"because":"groups that are no role groups were not looked for, because the directory could not be read","kind":"group","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"dora"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127121356Z","kind":"disableEntry","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"member: uid=dora,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=dora,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE steps (
    process INTEGER NOT NULL REFERENCES processes,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,                   -- a DN, a serial, a username or a role's name
    entry_id TEXT,                          -- the immutable id of the entry or group to write
    change TEXT,                            -- JSON: what is to be written
    prior TEXT,                             -- JSON: what stood there before the first attempt
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed', 'superseded')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    error_code INTEGER,
    error_message TEXT,
    finished_at INTEGER,
    PRIMARY KEY (process, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO steps VALUES(1,0,'lockUser','ada',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,1,'withdrawRole','boats',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,2,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,3,'lockCredential','ADA-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,4,'abortCredential','ADA-2',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,5,'revokeCertificate','4C7E76E14193D01B68E796E7346D3657CFCA372B',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,6,'disableEntry','uid=ada,ou=people,dc=example,dc=com','ec9ab910-7f70-1041-8075-25e9fa2d0dc5','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,7,'writeReason','uid=ada,ou=people,dc=example,dc=com','ec9ab910-7f70-1041-8075-25e9fa2d0dc5','{"write":[{"attribute":"employeeType","values":["left"]}]}','[{"attribute":"employeeType","values":[]}]','done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,8,'removeFromGroup','cn=boats,ou=groups,dc=example,dc=com','eca0d246-7f70-1041-807e-25e9fa2d0dc5','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}','[{"attribute":"member","values":["uid=ada,ou=people,dc=example,dc=com"]}]','done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,9,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','eca00eec-7f70-1041-807d-25e9fa2d0dc5','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(1,10,'verify','uid=ada,ou=people,dc=example,dc=com','ec9ab910-7f70-1041-8075-25e9fa2d0dc5','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(2,0,'deactivateUser','ben',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(2,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(2,2,'deactivateCredential','BEN-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(2,3,'holdCertificate','6299BB91F67EE971559DEF34122C35D0BCFAD771',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(2,4,'disableEntry','uid=ben,ou=people,dc=example,dc=com','ec9b514a-7f70-1041-8076-25e9fa2d0dc5','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(2,5,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','eca00eec-7f70-1041-807d-25e9fa2d0dc5','{"remove":{"attribute":"member","value":"uid=ben,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(2,6,'verify','uid=ben,ou=people,dc=example,dc=com','ec9b514a-7f70-1041-8076-25e9fa2d0dc5','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(3,0,'lockUser','cleo',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(3,1,'lockCredential','CLEO-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(3,2,'revokeCertificate','3A4085BF1185C58CEF8FBD61BF106786574F069F',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(3,3,'disableEntry','uid=cleo,ou=people,dc=example,dc=com','ec9ca284-7f70-1041-8077-25e9fa2d0dc5','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(3,4,'verify','uid=cleo,ou=people,dc=example,dc=com','ec9ca284-7f70-1041-8077-25e9fa2d0dc5','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795868034);
INSERT INTO steps VALUES(5,0,'lockUser','dora',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868036);
INSERT INTO steps VALUES(5,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795868036);
INSERT INTO steps VALUES(5,2,'disableEntry','uid=dora,ou=people,dc=example,dc=com','ec9dd6a4-7f70-1041-8078-25e9fa2d0dc5','{"account":"disabled"}',NULL,'pending',1,1795868066,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,3,'writeReason','uid=dora,ou=people,dc=example,dc=com','ec9dd6a4-7f70-1041-8078-25e9fa2d0dc5','{"write":[{"attribute":"employeeType","values":["left"]}]}',NULL,'pending',1,1795868066,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,4,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','eca00eec-7f70-1041-807d-25e9fa2d0dc5','{"remove":{"attribute":"member","value":"uid=dora,ou=people,dc=example,dc=com"}}',NULL,'pending',1,1795868066,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,5,'verify','uid=dora,ou=people,dc=example,dc=com','ec9dd6a4-7f70-1041-8078-25e9fa2d0dc5','{"read":"back"}',NULL,'pending',1,1795868066,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    process INTEGER,
    user INTEGER,
    body BLOB NOT NULL,                     -- canonical JSON, the very octets that were hashed
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1795868034,NULL,NULL,X'7b226174223a313739353836383033342c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a372c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a747275652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a382c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a342c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a302c2275706461746564223a307d5d2c2272756e223a317d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'809e7bbb5776a4f43ab7de3bb0dba04764f7c87273858e7362eb9a5cd8563748');
INSERT INTO audit VALUES(2,1795868034,NULL,1,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a224144412d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'614d4e45b3de2f4e8a40b92f2e747fcb59ea2517867d2cf01a22df6763c7f81a');
INSERT INTO audit VALUES(3,1795868034,NULL,1,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a226d6f62696c654944222c2273657269616c223a224144412d32222c227374617465223a22726571756573746564227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'1f1b218f76977562c38a3b0e7543a068798254345afb9e389900bf9156ffa963');
INSERT INTO audit VALUES(4,1795868034,NULL,2,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a2242454e2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'a391720be795bca9742b7945e3c92b9a1cb806a67ee3b074234e0624c553ae25');
INSERT INTO audit VALUES(5,1795868034,NULL,2,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a2242454e2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d62656e222c2273657269616c223a2236323939424239314636374545393731353539444546333431323243333544304243464144373731227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'ed022fc72240964ca5ed4cac862efef0a31d50fa4085c361aa6ad3dd4ea81801');
INSERT INTO audit VALUES(6,1795868034,NULL,3,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a22736f6674546f6b656e222c2273657269616c223a22434c454f2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'c1ea39d30d8473dba92eece99fb789470d3f2fe0cd9e90d31ec617d343fb41a0');
INSERT INTO audit VALUES(7,1795868034,NULL,3,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a22434c454f2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d636c656f222c2273657269616c223a2233413430383542463131383543353843454638464244363142463130363738363537344630363946227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'35dba49aa02851df389501278788c54a72b4e30ca75f1c235ac8a085e709dd79');
INSERT INTO audit VALUES(8,1795868034,1,1,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22616461227d2c7b2264657461696c223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a22626f617473227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a224144412d31227d2c7b2264657461696c223a226d6f62696c652049442c2072657175657374656420e286922061626f72746564222c226b696e64223a2261626f727443726564656e7469616c222c22746172676574223a224144412d32227d2c7b2264657461696c223a2276616c696420e28692207265766f6b65642028616666696c696174696f6e4368616e67656429222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2234433745373645313431393344303142363845373936453733343644333635374346434133373242227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373132313335345a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d3b20746865206c617374206d656d6265722c20636e3d6e6f626f64792c64633d6578616d706c652c64633d636f6d2074616b65732074686520706c616365222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'aa5b99c57747272293fe7ed353f3c2ee7ee6f4b493afeaca3dd1e5e4be77027e');
INSERT INTO audit VALUES(9,1795868034,1,1,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a227772697465526561736f6e222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'e295f1d55f55b0d5d6ae4b17d068e776a7607fec0ca770f26f111fc8610ad9db');
INSERT INTO audit VALUES(10,1795868034,2,2,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c65617665222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a2276616c696420e28692206f6e486f6c64222c226b696e64223a22686f6c644365727469666963617465222c22746172676574223a2236323939424239314636374545393731353539444546333431323243333544304243464144373731227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373132313335345a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206f6e206c65617665222c2275736543617365223a22557365727350726f6344656163746976617465227d2c226576656e74223a2264656163746976617465222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'af3589d83716a7ddf7391c37b6ef090c15de3477b020c9fab8af8a7af7950b76');
INSERT INTO audit VALUES(11,1795868034,2,2,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c65617665222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226465616374697661746520636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'd1e1c4b5c36236f38e855eefe1badb4d4e83a90b00bee9552b743a05d9bce7e6');
INSERT INTO audit VALUES(12,1795868034,3,3,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226d6973757365222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22636c656f227d2c7b2264657461696c223a22736f667420746f6b656e2c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a22434c454f2d31227d2c7b2264657461696c223a2276616c696420e28692207265766f6b6564202870726976696c65676557697468647261776e29222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2233413430383542463131383543353843454638464244363142463130363738363537344630363946227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373132313335345a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206d69737573656420612070726976696c656765222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'da8162239cf107b5ba0dc134e3c1b0fb88eec9ee3974325d1876b9a9bc365295');
INSERT INTO audit VALUES(13,1795868034,3,3,X'7b226174223a313739353836383033342c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226d6973757365222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'a2a5669ab0d3d83da863b6839ee6e1afae50cc583cedfd93e4e7ea8cf55cd46c');
INSERT INTO audit VALUES(14,1795868034,NULL,NULL,X'7b226174223a313739353836383033342c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a302c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a66616c73652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a342c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a302c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a322c2275706461746564223a317d5d2c2272756e223a327d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'6616fd7619c3161689fdc6eeeb4e3ac6b3b6756170fe7443748b78fcc907018e');
INSERT INTO audit VALUES(15,1795868035,4,2,X'7b226174223a313739353836383033352c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226261636b222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a22696e61637469766520e2869220616374697665222c226b696e64223a227265616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636172642c20696e61637469766520e2869220616374697665222c226b696e64223a22616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a226f6e486f6c6420e286922076616c6964222c226b696e64223a2272656c656173654365727469666963617465222c22746172676574223a2236323939424239314636374545393731353539444546333431323243333544304243464144373731227d2c7b2264657461696c223a22746865206163636f756e7420697320656e61626c656420616761696e222c226b696e64223a22656e61626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206261636b222c2275736543617365223a22557365727350726f6352656163746976617465227d2c226576656e74223a227265616374697661746520726571756573746564222c22686f7374223a22766d222c2270726f63657373223a342c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'6f4c1726d70e40bcf48c16b83e84b4aaade611d08b163ac599427644f6cb879d');
INSERT INTO audit VALUES(16,1795868036,5,4,X'7b226174223a313739353836383033362c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22646f7261227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373132313335365a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'7aaf01aa447fd21fe89da8557a688b41c77f01ac4dbcfa1d659ada3cb521c60e');
INSERT INTO audit VALUES(17,1795868036,5,4,X'7b226174223a313739353836383033362c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a6e756c6c2c226f7574636f6d65223a227061727469616c222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2264697361626c65456e747279222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a227772697465526561736f6e222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a2270656e64696e67222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a22766572696679222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b207061727469616c222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'3e5fd6ec75fbafb71547a91fd6e742b506cf04f225498ffcd91a1e1241a291ca');
CREATE TABLE kept_plans (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,                   -- SHA-256 of its changes, in their order
    run INTEGER NOT NULL,                   -- the run that first kept it
    at INTEGER NOT NULL,
    released_at INTEGER,                    -- null: not yet
    released_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO kept_plans VALUES('3efb3f1f',X'989b9c4130c7b8ced8a5fa9c8f1637200913c19f87337592137fc94a0a38197b',3,1795868035,NULL,NULL);
CREATE TABLE kept_changes (
    plan TEXT NOT NULL REFERENCES kept_plans,
    user INTEGER NOT NULL REFERENCES users,
    cause TEXT NOT NULL,
    use_case TEXT,                          -- null: her entry is gone, and that alone is stored
    reason TEXT,
    PRIMARY KEY (plan, user)
) STRICT, WITHOUT ROWID;
INSERT INTO kept_changes VALUES('3efb3f1f',5,'missing',NULL,NULL);
INSERT INTO kept_changes VALUES('3efb3f1f',7,'missing',NULL,NULL);
CREATE TABLE streams (
    directory INTEGER NOT NULL REFERENCES directories,
    stream TEXT NOT NULL CHECK (stream IN ('users', 'groups')),
    server TEXT NOT NULL,                   -- the URI that was connected to
    strategy TEXT NOT NULL,
    binding BLOB NOT NULL,                  -- SHA-256 of bind, bases, filter, scope, attributes and rules
    cookie BLOB NOT NULL,                   -- the server's; never newer than what is stored
    containers BLOB NOT NULL,               -- SHA-256 of the names that the entries stand below
    due_at INTEGER,                         -- when an account next ends without its entry changing
    again TEXT NOT NULL DEFAULT '',         -- ids to read once more, told of or not; with spaces between
    stored_at INTEGER NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (directory, stream, server)
) STRICT, WITHOUT ROWID;
INSERT INTO streams VALUES(1,'groups','ldap://127.0.0.1:31977','syncrepl',X'4a035c348cd7d4ae937e7662925fe9ebc6605fac5eb515775222ae1aea6ce324',X'7269643d3030302c63736e3d32303236313132383132313335342e3839343831315a2330303030303023303030233030303030300a65636130306565632d376637302d313034312d383037642d3235653966613264306463350a32303236313132383132313335342e3831373933325a233030303030302330303023303030303030',X'9c6410166bc1b4e88a18495940c47ca22923ecb3cad33b8a09054e5c91f6971e',NULL,'eca00eec-7f70-1041-807d-25e9fa2d0dc5 eca0d246-7f70-1041-807e-25e9fa2d0dc5',1795868034,2);
INSERT INTO streams VALUES(1,'users','ldap://127.0.0.1:31977','syncrepl',X'6c5b81f534d19c6f5162be7117ac45c99005459836a79aca20fd3c4e3a30952d',X'7269643d3030302c63736e3d32303236313132383132313335342e3839343831315a2330303030303023303030233030303030300a65633963613238342d376637302d313034312d383037372d3235653966613264306463350a32303236313132383132313335342e3839343831315a233030303030302330303023303030303030',X'9c6410166bc1b4e88a18495940c47ca22923ecb3cad33b8a09054e5c91f6971e',NULL,'',1795868034,2);
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
CREATE TABLE other_names (
    user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (user, name_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE other_uids (
    user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    uid_key BLOB NOT NULL,
    PRIMARY KEY (user, uid_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE rejected_names (
    directory INTEGER NOT NULL,
    dn TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (name_key, directory, dn),
    FOREIGN KEY (directory, dn) REFERENCES rejected ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO rejected_names VALUES(1,'uid=finn,ou=people,dc=example,dc=com',' 1006');
INSERT INTO rejected_names VALUES(1,'uid=finn,ou=people,dc=example,dc=com',' finn@example.com');
INSERT INTO rejected_names VALUES(1,'uid=finn,ou=people,dc=example,dc=com','finn');
INSERT INTO rejected_names VALUES(1,'uid=finn,ou=people,dc=example,dc=com','uid=finn,ou=people,dc=example,dc=com');
CREATE TABLE kept_groups (
    plan TEXT NOT NULL REFERENCES kept_plans,
    role_group INTEGER NOT NULL REFERENCES role_groups,
    change TEXT NOT NULL CHECK (change IN ('gone', 'unreadable')),
    PRIMARY KEY (plan, role_group)
) STRICT, WITHOUT ROWID;
CREATE TABLE account_limits (
    user INTEGER PRIMARY KEY REFERENCES users,
    expires_at INTEGER,                     -- expired from then on: Active Directory's accountExpires
    disabled_from INTEGER,                  -- counts as disabled from then on: OpenLDAP's pwdEndTime
    begins_at INTEGER,                      -- nobody gets in before
    locked_out TEXT,                        -- what wrong passwords have brought about
    lockout_ends INTEGER,                   -- null: the entry does not say
    unusable TEXT                           -- a value for which the server refuses every bind
) STRICT;
CREATE TABLE waiting_for_user (
    credential INTEGER UNIQUE REFERENCES credentials,
    certificate INTEGER UNIQUE REFERENCES certificates,
    CHECK ((credential IS NULL) != (certificate IS NULL))
) STRICT;
CREATE TABLE adoptions (
    sequence INTEGER PRIMARY KEY REFERENCES audit
) STRICT;
CREATE TABLE copies (
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE certificate_encodings (
    fingerprint BLOB NOT NULL PRIMARY KEY,  -- SHA-256 of the DER encoding
    der BLOB NOT NULL
) STRICT;
INSERT INTO certificate_encodings VALUES(X'c84703028bd1f9ef2d924ac36e05e044885598ec1ef65f8276fc59efae334239',X'308203423082022aa00302010202144c7e76e14193d01b68e796e7346d3657cfca372b300d06092a864886f70d01010b05003031310c300a06035504030c036164613121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383132313335335a180f32313236313130343132313335335a3031310c300a06035504030c036164613121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a0282010100c48ee6cd40459496529a475ea9fe5f2684df2595e53b9fa45289f0f7124b1e100793ec3c17283edad2118882ea9741000be99e40c4f64b85f2fff4306a8ce88c66173a6983498aa9c8bddd2cb59f091d48446d91efb2845dc50b84bcab255e0bf96741441b8c7d3ce981b138bbb08118376f0084b76b4a55f401107db2794ccc1042b5f8ee8e54abf7249ea1f85217515ad11dfa135fe1bea3bb651b9febed235af915ad77b66bdfed199b51a8973222b19ee014b9be397417e90e4b6fa4f7cd6e8f6f7130f2f8ff65a52a810215518a126e58668408f45a0757419a7994a44950fff0c92919519a3a696bcd157d9a4b15ff76020d242b3f531c29b2095e70170203010001a350304e301d0603551d0e041604141268cd7ad6bbcfcd0a0c30e36a9e72f8fdb91df3301f0603551d230418301680141268cd7ad6bbcfcd0a0c30e36a9e72f8fdb91df3300c0603551d130101ff04023000300d06092a864886f70d01010b05000382010100021748557fd9a248c9dfeb84500dbeba18dd4bbdc875150996094e199b8c13a2284ec62b99d6cd6fd04af60b4c91cf830436fc564d83c5449689472e4d39ac63065df761575d3822cd13d16d2ac74eca99a034af4a9f4480af12848000e1c30f819823b808f0689629c700c3411f53e6c3803f2556122e14d80532768f22f667b914d4494bc7a863dbe9c266116c35331db5cd194b50894a85656432137aec345e62ee53b591b9b27d37dd6d5f0345dbff8d7d4d4894cbc4581b4591d938ab9a7ee20db8a44d4170ddf5eaaafeedf6b44455546afddc1802ad58eb4089f501bc4a81bbf5572a2cebe4344d05ba24f27fb2110a9ffe92e496a7ccd88ab6413e90');
INSERT INTO certificate_encodings VALUES(X'a9db50514b49d184325ae46111e2c65039787eb0ff1ce7b2dba5e5fabc182c63',X'308203423082022aa00302010202146299bb91f67ee971559def34122c35d0bcfad771300d06092a864886f70d01010b05003031310c300a06035504030c0362656e3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383132313335335a180f32313236313130343132313335335a3031310c300a06035504030c0362656e3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a0282010100ba6b76e1192c546e1991e8a71a00b6e374576ca33c9b79d7a686deff11af904957f5af3445f1b231ccf1920ad0e41516f8302f9e42b42948f0193acacb267cba56e9a2f46315f267ab2c2ad0f57349d78262e2c686b02b9300a47cf12b74faba9a3ac249b9f1087fbde3c10a18d934233f4379d67d2e006cc6f6b6d0b31b0554c1ebf0b299707144e0a0c1d4f2c4ae239e408b42614b95b703d83c99f6dd34648d18c657b2b8784a06f241ea59a1505939f0dacf00255b6a92ec0e43043a1a830e5ac4be92ea750fb404e22f227a1a5b10ba1cfdffb2d1486b903d2da76fcbddcbdb0695c42515e763e5289b12d5a2e8babe082f225d2effd2c3429fded807cd0203010001a350304e301d0603551d0e04160414bcb2f4f566cf4955937139d0c1c362cfb159c740301f0603551d23041830168014bcb2f4f566cf4955937139d0c1c362cfb159c740300c0603551d130101ff04023000300d06092a864886f70d01010b050003820101003a1e722a43a7a33b70c7eb0d3de9c6e4ed80b938f1ee96678b745d88a73b2805bab9775bd1a7ffb37e6984796c53ddac0837d35ca93fc42fa9cbf9708afb535dc0b2dad3f5a86aa12e07bf11fcc34093c3f05a3936df9bff8d28f27f608af6245d0b46418295c5f9872c461625517351d0962259261c9118149889bc888aca255d97057a1c23a4bd84ef2bc762da6541aeb6fa4762a593c4965996770334e8f55a3ef55506dc7c1634f02648c949792f6fd66ba5a7298e28653965f47fa777c150dbf3da83874251556016a01fa5498074b4f9a2e3afbd2bc594719e49db43142a9b8f93dc2f9df6289899537677403091ad4dec1b66e2d7b94a9e1a0e8fa721');
INSERT INTO certificate_encodings VALUES(X'2f44b772bb0e6415b0a9ade22268e673a856fcd871958e10f53b6a673d78ba1b',X'308203443082022ca00302010202143a4085bf1185c58cef8fbd61bf106786574f069f300d06092a864886f70d01010b05003032310d300b06035504030c04636c656f3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383132313335345a180f32313236313130343132313335345a3032310d300b06035504030c04636c656f3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a0282010100a0179ff4c5ae148a4efc4f57884b025c489fad2bdceb9cef269a0bbd5ced901210093d838305331590b6ac1b98fea011a3c32355a26811950e093fa7348a8435231f7b23e1e251da7d1e77b750115a457dbd51170ca50959aee0c11b3062e857baece85ca7465e83e88a77b68b61a530afe061152b7f80a5ebc590ae83742f66f29cfd13d317add32ff2278ca92c14c877f7b742007c66f8620e8484811f69a12b063aa42c3787ff5de1c26096c12a1c560e1756a2edd22241074cb5b9c6b593da9fa5c19dc76194495e983807d5f7ca7cd7957d4dcb0ecfc4386312fbff024e6e7247b2f329879284a857d94ba50c5cfc1cfdce4ecfc2a648769c5eb471b2d90203010001a350304e301d0603551d0e04160414b7c372839f2813b96ca927b60c5a9972872723bc301f0603551d23041830168014b7c372839f2813b96ca927b60c5a9972872723bc300c0603551d130101ff04023000300d06092a864886f70d01010b0500038201010012af7e98f19de9484b26b0bc4ebd935447e8b28c316602c2e41c967edb0d14a3b6aebc5f2aaf35bce08bf9dd930c24a28829427b96c743c5f4a825ddd8bf4ca3309778497d83e6a8b84c9aff8e81842e7ea1c5a5c7a0f0cd06d73be0bac2a476f870e39bfdbf127de4a7cf7f5f86940429de054ec150e44cad08b8ee8b22dcc09e4857e16d2e60dbfa98678403e7a08c79f2a60d618d98d12fc2aa881adbef4ae75cbbf0a120419dd708c46ac15de1e5c29c8aa76224d9f19b8e177b3be6531f71bcdbcb9ab9fc22b5d038225143f063407c76f0d4702a25f6202cd44c88e11a228a35bb192e8de1d72727c78c63ad5f904d615fec3c2d3a89748d6855801255');
CREATE TABLE configuration (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    path TEXT NOT NULL,      -- of the lockstep.yaml that the store belongs to, absolute
    rights TEXT NOT NULL     -- JSON: operators, approval and protect of the last command that wrote under it
) STRICT;
INSERT INTO configuration VALUES(1,'FOLDER/lockstep.yaml','{"approval":{"approvers":[],"expires":313200000,"useCases":["reactivate"]},"operators":null,"protect":{"hq":[]}}');
CREATE TABLE operator_users (
    login TEXT NOT NULL,
    name TEXT NOT NULL,      -- the operator's `is`, as it was looked up
    user INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (login, name, user)
) STRICT, WITHOUT ROWID;
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
INSERT INTO run_directories VALUES(1,0,'hq','syncrepl',0,NULL,NULL,7,0,0,0,0,0,0);
INSERT INTO run_directories VALUES(2,0,'hq','syncrepl',0,NULL,NULL,0,1,0,0,0,0,0);
INSERT INTO run_directories VALUES(3,0,'hq','syncrepl',1,11,'hq: 2 users would become missing, more than limits.missing allows (1): nobody is marked missing.',0,0,0,0,0,0,0);
INSERT INTO run_directories VALUES(4,0,'hq','full',0,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',0,0,0,0,0,0,0);
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
INSERT INTO certificate_bindings VALUES(X'2f44b772bb0e6415b0a9ade22268e673a856fcd871958e10f53b6a673d78ba1b',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO certificate_bindings VALUES(X'a9db50514b49d184325ae46111e2c65039787eb0ff1ce7b2dba5e5fabc182c63',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO certificate_bindings VALUES(X'c84703028bd1f9ef2d924ac36e05e044885598ec1ef65f8276fc59efae334239',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
CREATE INDEX users_uid ON users (uid_key, directory) WHERE uid_key IS NOT NULL;
CREATE INDEX users_missing ON users (directory, missing_since) WHERE missing_since IS NOT NULL;
CREATE INDEX users_state ON users (directory, state) WHERE state != 'active';
CREATE UNIQUE INDEX role_groups_entry ON role_groups (directory, entry_id);
CREATE INDEX role_groups_dn ON role_groups (dn_key);
CREATE INDEX credentials_serial ON credentials (serial);
CREATE INDEX certificates_serial ON certificates (serial);
CREATE INDEX certificates_credential ON certificates (credential);
CREATE INDEX certificates_revoked ON certificates (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX processes_user ON processes (user, id);
CREATE INDEX processes_run ON processes (run) WHERE run IS NOT NULL;
CREATE INDEX processes_unfinished ON processes (state) WHERE state IN ('requested', 'open', 'partial');
CREATE UNIQUE INDEX processes_request ON processes (user, use_case) WHERE state = 'requested';
CREATE INDEX steps_unfinished ON steps (state, due_at) WHERE state IN ('pending', 'failed');
CREATE TRIGGER steps_prior_once BEFORE UPDATE OF prior ON steps
WHEN OLD.prior IS NOT NULL AND NEW.prior IS NOT OLD.prior
BEGIN SELECT RAISE(ABORT, 'the prior values of a step are journalled once'); END;
CREATE INDEX audit_user ON audit (user) WHERE user IS NOT NULL;
CREATE INDEX audit_at ON audit (at);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_in_sequence BEFORE INSERT ON audit
WHEN NEW.sequence != (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'audit events follow one another without a gap'); END;
CREATE INDEX processes_cause ON processes (at, cause) WHERE cause IS NOT NULL;
CREATE INDEX processes_released ON processes (released, user) WHERE released IS NOT NULL;
CREATE INDEX users_to_disable ON users (directory, id) WHERE disabled = 1 AND state = 'active';
CREATE INDEX users_open ON users (directory, id) WHERE disabled = 0 AND state != 'active';
CREATE INDEX users_recognised ON users (directory, id)
    WHERE recognised IS NOT NULL AND state != 'locked';
CREATE INDEX users_withdrawn ON users (directory, id, state, state_process, dn_key, uid_key)
    WHERE state != 'active';
CREATE INDEX users_gone ON users (directory, missing_since, state)
    WHERE missing_since IS NOT NULL AND state != 'locked';
CREATE INDEX users_disabled ON users (directory, id) WHERE disabled = 1;
CREATE INDEX kept_plans_digest ON kept_plans (digest) WHERE released_at IS NULL;
CREATE INDEX role_groups_compare ON role_groups (directory, entry_id)
    WHERE digest IS NULL AND missing_since IS NULL;
CREATE VIEW readable_users AS
SELECT u.id, d.name AS directory, u.username, u.display_name, u.given_name, u.family_name, u.mail, u.employee_number,
    u.state, u.dn, u.entry_id, strftime('%Y-%m-%dT%H:%M:%SZ', u.missing_since, 'unixepoch') AS missing_since,
    iif(u.state = 'locked', p.reason, NULL) AS lock_reason,
    iif(u.state = 'locked', strftime('%Y-%m-%dT%H:%M:%SZ', p.at, 'unixepoch'), NULL) AS locked_at,
    iif(u.state = 'locked', p.by, NULL) AS locked_by, u.state_process AS process, u.attributes
FROM users u
JOIN directories d ON d.id = u.directory
LEFT JOIN processes p ON p.id = u.state_process;
CREATE VIEW readable_credentials AS
SELECT c.id, c.user, d.name AS directory, u.username, c.kind, c.serial, c.state, c.changed_by AS process
FROM credentials c
JOIN users u ON u.id = c.user
JOIN directories d ON d.id = u.directory;
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
CREATE INDEX other_names_key ON other_names (name_key);
CREATE INDEX other_uids_key ON other_uids (uid_key);
CREATE INDEX rejected_names_entry ON rejected_names (directory, dn);
CREATE VIEW readable_roles AS
WITH RECURSIVE held (user, role_group, direct) AS (
    -- CROSS keeps SQLite from looking at each user for each group.
    SELECT u.id, g.id, 1 FROM users u
    CROSS JOIN memberships m ON m.member IN (
        SELECT u.dn_key UNION ALL SELECT u.uid_key
        UNION ALL SELECT o.uid_key FROM other_uids o WHERE o.user = u.id)
    CROSS JOIN role_groups g ON g.id = m.role_group AND g.directory = u.directory
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
GROUP BY u.id, g.id
;
CREATE INDEX role_groups_unreadable ON role_groups (directory, unreadable_since) WHERE unreadable_since IS NOT NULL;
CREATE INDEX account_limits_expiry ON account_limits (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX account_limits_end ON account_limits (disabled_from) WHERE disabled_from IS NOT NULL;
CREATE INDEX users_elsewhere ON users (directory, id) WHERE elsewhere IS NOT NULL;
CREATE INDEX certificates_fingerprint ON certificates (fingerprint);
CREATE INDEX certificates_escalated ON certificates (escalated_at) WHERE escalated_at IS NOT NULL;
CREATE INDEX certificate_bindings_due ON certificate_bindings (is_due) WHERE is_due = 1;
CREATE INDEX certificate_bindings_forged ON certificate_bindings (verified) WHERE verified = 0;
CREATE INDEX certificate_bindings_unseen ON certificate_bindings (authority, told_at)
    WHERE told IS NOT NULL AND seen IS NULL;
CREATE INDEX certificate_bindings_authority ON certificate_bindings (authority, fingerprint) WHERE verified = 1;
CREATE INDEX certificate_bindings_asked ON certificate_bindings (authority, asked_at) WHERE verified = 1;
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
CREATE INDEX steps_notify ON steps (target, state, process) WHERE kind = 'notify';
CREATE UNIQUE INDEX users_entry ON users (directory, entry_id);
CREATE INDEX users_username ON users (username_key);
CREATE INDEX users_dn ON users (dn_key, directory);
CREATE INDEX memberships_member ON memberships (member, role_group);
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id=1282102132;
PRAGMA user_version=17;
