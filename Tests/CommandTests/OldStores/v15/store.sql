PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE directories (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- the key in lockstep.yaml
    keeps_uids INTEGER NOT NULL DEFAULT 0,  -- 1: a group named members by uid, so users have their uid_key
    unsettled INTEGER NOT NULL DEFAULT 0    -- 1: a first load took users in without comparing their usernames
, context_csn TEXT, read_at INTEGER, adopted INTEGER NOT NULL DEFAULT 0, dialect TEXT, has_end_time INTEGER NOT NULL DEFAULT 0, domain TEXT, folds_dotted_i INTEGER, owes_absence INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO directories VALUES(1,'hq',0,0,'20261128090603.634358Z#000000#000#000000',1795856764,0,'openldap',1,NULL,NULL,1);
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
INSERT INTO users VALUES(1,1,'addb5000-7f56-1041-83cd-a1baf8668802','uid=ada,ou=people,dc=example,dc=com',X'de4f333762262c2c1900ff3bffd29d77',NULL,'ada','ada','Ada','Ljósberg','Ada Ljósberg','ada@example.com','1001','{"title":["Keeper of the light"]}','locked',1,NULL,1,'left-organization',X'f4170caa77f3436c2c159d42b0f2a18e8f150ab0e0d49e024dffd6fa4e534da7',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(2,1,'addc8614-7f56-1041-83ce-a1baf8668802','uid=ben,ou=people,dc=example,dc=com',X'3cb51b97eeb68c2ca97630a88e2bb9ae',NULL,'ben','ben','Ben','Brimdal','Ben Brimdal','ben@example.com','1002','{"title":["Keeper of the light"]}','inactive',2,NULL,1,NULL,X'05d2d27b2156dedf200492d0df22bcb17ed070c2ad25db9253b8cabe6746adfa',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(3,1,'adde5a2a-7f56-1041-83cf-a1baf8668802','uid=cleo,ou=people,dc=example,dc=com',X'769edd445c0541601a2163c79937b899',NULL,'cleo','cleo','Cleo','Harbour','Cleo Harbour','cleo@example.com','1003','{"title":["Keeper of the light"]}','locked',3,NULL,1,NULL,X'1abba234e3ed3ff2250fa82e06c4eefc4e0c6449050eb2210d9c872bd15fb033',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(4,1,'addf925a-7f56-1041-83d0-a1baf8668802','uid=dora,ou=people,dc=example,dc=com',X'4bfa1da4aa98f63670f50e3bea1b4998',NULL,'dora','dora','Dora','Keeper','Dora Keeper','dora@example.com','1004','{"title":["Keeper of the light"]}','locked',5,NULL,0,NULL,X'c41bbf11869ef1784110b05c7957b1a0f096ba6bf4a6993ba86edb23576dfcab',1,1,NULL,NULL,NULL);
INSERT INTO users VALUES(5,1,'ade167f6-7f56-1041-83d1-a1baf8668802','uid=eli,ou=people,dc=example,dc=com',X'1c67acd8e57acf8dfba8dffc1ce627ac',NULL,'eli','eli','Eli','Lantern','Eli Lantern','eli@example.com','1005','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'03ef8eabac00382940d7f3c536f0927dea70413c8d44ae5973a37a4dceca6419',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(7,1,'ade5132e-7f56-1041-83d3-a1baf8668802','uid=gwen,ou=people,dc=example,dc=com',X'dc3e5946c78a7c9f1916b4a7bcb6e1f9',NULL,'gwen','gwen','Gwen','Pier','Gwen Pier','gwen@example.com','1007','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'336c01bc9716b810cb2eafd587df638583d420b26d449b821885a2d9ab6f64bd',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(8,1,'ade6ea3c-7f56-1041-83d4-a1baf8668802','cn=twin,ou=people,dc=example,dc=com',X'63e389473d8cd18a607f397b91a87cc9',NULL,'finn','finn',NULL,'Twin',NULL,NULL,NULL,'{}','active',NULL,NULL,0,NULL,X'27988e043cc4b3b9ce76ebb01666012401f8ec2374a91870140cc4ca25afee27',0,1,NULL,NULL,NULL);
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
INSERT INTO rejected VALUES(1,'uid=finn,ou=people,dc=example,dc=com','username finn is already that of cn=twin,ou=people,dc=example,dc=com',1795856762,3,0,0);
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
INSERT INTO role_groups VALUES(1,1,'ade8bb8c-7f56-1041-83d5-a1baf8668802','cn=keepers,ou=groups,dc=example,dc=com',X'83aa08726a25310874883b94bd773181','keepers',X'a5edd2314e943446dfc2dbe893c6db164d24ebe951d258f5a9d0928b240a1ca0',NULL,NULL);
INSERT INTO role_groups VALUES(2,1,'adea9416-7f56-1041-83d6-a1baf8668802','cn=boats,ou=groups,dc=example,dc=com',X'ecb7b579e3eec3decb9929206a823829','boats',X'a0be8559f55bef32886daa8e9353cf19cbf878dfb6dfbf670ae1bfd81a181355',NULL,NULL);
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
INSERT INTO certificates VALUES(1,1,NULL,'5BCD115571FD7D6C150429CF7590B21DF4DB8175','O=Example Lighthouse Works,CN=ada','O=Example Lighthouse Works,CN=ada',1795856761,4949456761,X'96d3cddee09f82750d024a251ce9c6fd855b28c1a1ff749766a133cb83575a9e','revoked','affiliationChanged',1795856763,1,NULL,NULL,1,NULL,0);
INSERT INTO certificates VALUES(2,2,3,'48DA428A9C31AB1415B13993920E3E7FE013234A','O=Example Lighthouse Works,CN=ben','O=Example Lighthouse Works,CN=ben',1795856761,4949456761,X'cbb53fac4fbc332f6a9a23ab8865f26a29898357f18eef6a433abca713eb014e','onHold',NULL,NULL,NULL,1795856763,2,0,NULL,0);
INSERT INTO certificates VALUES(3,3,4,'68BBA8ADB33B92325CD336631520884A785D9EC4','O=Example Lighthouse Works,CN=cleo','O=Example Lighthouse Works,CN=cleo',1795856762,4949456762,X'5647cf34ca7c672f7dd1d5f5816ef6693208db956edcb0c81d60fae3fcf5a162','revoked','privilegeWithdrawn',1795856763,3,NULL,NULL,0,NULL,0);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    finished INTEGER,
    outcome TEXT CHECK (outcome IN ('completed', 'partial', 'stopped', 'failed', 'planned')),
    report TEXT                             -- JSON, as `sync --json` printed it
, plan TEXT) STRICT;
INSERT INTO runs VALUES(1,1795856762,1795856762,'completed','{"directories":[{"changes":[],"created":7,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":8,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":4,"withdrawn":0},"strategy":"syncrepl","unchanged":0,"updated":0}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":1,"seconds":0.153}',NULL);
INSERT INTO runs VALUES(2,1795856763,1795856763,'completed','{"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":4,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":2,"updated":1}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":2,"seconds":0.079}',NULL);
INSERT INTO runs VALUES(3,1795856764,1795856764,'stopped','{"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":11,"message":"hq: 2 users would become missing, more than limits.missing allows (1): nobody is marked missing."},"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":6,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":5,"updated":0}],"outcome":"stopped","plan":"3efb3f1f","queue":{"done":0,"failed":0,"pending":0},"run":3,"seconds":0.067}','3efb3f1f');
INSERT INTO runs VALUES(4,1795856765,1795856765,'failed','{"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":-1,"message":"hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs."},"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":0,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"full","unchanged":0,"updated":0}],"outcome":"failed","plan":null,"queue":{"done":0,"failed":0,"pending":4},"run":4,"seconds":0.019}',NULL);
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
INSERT INTO processes VALUES(1,'UsersProcLock',1,'left-organization','The user quits the organization','affiliationChanged',NULL,1795856763,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"5BCD115571FD7D6C150429CF7590B21DF4DB8175"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"ada"},{"detail":"cn=boats,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"boats"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → locked","kind":"lockCredential","target":"ADA-1"},{"detail":"mobile ID, requested → aborted","kind":"abortCredential","target":"ADA-2"},{"detail":"valid → revoked (affiliationChanged)","kind":"revokeCertificate","target":"5BCD115571FD7D6C150429CF7590B21DF4DB8175"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127090603Z","kind":"disableEntry","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com; the last member, cn=nobody,dc=example,dc=com takes the place","kind":"removeFromGroup","target":"cn=boats,ou=groups,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ada,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795856763,NULL,NULL,NULL);
INSERT INTO processes VALUES(2,'UsersProcDeactivate',2,'leave','The user is on leave',NULL,NULL,1795856763,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → inactive","kind":"deactivateUser","target":"ben"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → inactive","kind":"deactivateCredential","target":"BEN-1"},{"detail":"valid → onHold","kind":"holdCertificate","target":"48DA428A9C31AB1415B13993920E3E7FE013234A"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127090603Z","kind":"disableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"member: uid=ben,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795856763,NULL,NULL,NULL);
INSERT INTO processes VALUES(3,'UsersProcLock',3,'misuse','The user misused a privilege','privilegeWithdrawn',NULL,1795856763,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"68BBA8ADB33B92325CD336631520884A785D9EC4"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"cleo"},{"detail":"soft token, active → locked","kind":"lockCredential","target":"CLEO-1"},{"detail":"valid → revoked (privilegeWithdrawn)","kind":"revokeCertificate","target":"68BBA8ADB33B92325CD336631520884A785D9EC4"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127090603Z","kind":"disableEntry","target":"uid=cleo,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=cleo,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795856763,NULL,NULL,NULL);
INSERT INTO processes VALUES(4,'UsersProcReactivate',2,'back','The user is back',NULL,NULL,1795856763,'root','vm',NULL,0,NULL,NULL,'requested',NULL,'{"remaining":[],"restoresRoles":false,"rolesOf":null,"unchanged":[{"because":"stays withdrawn; --restore-roles gives it back","kind":"role","target":"keepers"}]}','[{"detail":"inactive → active","kind":"reactivateUser","target":"ben"},{"detail":"card, inactive → active","kind":"activateCredential","target":"BEN-1"},{"detail":"onHold → valid","kind":"releaseCertificate","target":"48DA428A9C31AB1415B13993920E3E7FE013234A"},{"detail":"the account is enabled again","kind":"enableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',2109056763,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO processes VALUES(5,'UsersProcLock',4,'left-organization','The user quits the organization','affiliationChanged',NULL,1795856765,'root','vm',NULL,0,NULL,1,'partial',NULL,'{"remaining":[{"because":"groups that are no role groups were not looked for, because the directory could not be read","kind":"group","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"dora"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127090605Z","kind":"disableEntry","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"member: uid=dora,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=dora,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO steps VALUES(1,0,'lockUser','ada',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,1,'withdrawRole','boats',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,2,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,3,'lockCredential','ADA-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,4,'abortCredential','ADA-2',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,5,'revokeCertificate','5BCD115571FD7D6C150429CF7590B21DF4DB8175',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,6,'disableEntry','uid=ada,ou=people,dc=example,dc=com','addb5000-7f56-1041-83cd-a1baf8668802','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,7,'writeReason','uid=ada,ou=people,dc=example,dc=com','addb5000-7f56-1041-83cd-a1baf8668802','{"write":[{"attribute":"employeeType","values":["left"]}]}','[{"attribute":"employeeType","values":[]}]','done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,8,'removeFromGroup','cn=boats,ou=groups,dc=example,dc=com','adea9416-7f56-1041-83d6-a1baf8668802','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}','[{"attribute":"member","values":["uid=ada,ou=people,dc=example,dc=com"]}]','done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,9,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','ade8bb8c-7f56-1041-83d5-a1baf8668802','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(1,10,'verify','uid=ada,ou=people,dc=example,dc=com','addb5000-7f56-1041-83cd-a1baf8668802','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(2,0,'deactivateUser','ben',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(2,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(2,2,'deactivateCredential','BEN-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(2,3,'holdCertificate','48DA428A9C31AB1415B13993920E3E7FE013234A',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(2,4,'disableEntry','uid=ben,ou=people,dc=example,dc=com','addc8614-7f56-1041-83ce-a1baf8668802','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(2,5,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','ade8bb8c-7f56-1041-83d5-a1baf8668802','{"remove":{"attribute":"member","value":"uid=ben,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(2,6,'verify','uid=ben,ou=people,dc=example,dc=com','addc8614-7f56-1041-83ce-a1baf8668802','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(3,0,'lockUser','cleo',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(3,1,'lockCredential','CLEO-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(3,2,'revokeCertificate','68BBA8ADB33B92325CD336631520884A785D9EC4',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(3,3,'disableEntry','uid=cleo,ou=people,dc=example,dc=com','adde5a2a-7f56-1041-83cf-a1baf8668802','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(3,4,'verify','uid=cleo,ou=people,dc=example,dc=com','adde5a2a-7f56-1041-83cf-a1baf8668802','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795856763);
INSERT INTO steps VALUES(5,0,'lockUser','dora',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856765);
INSERT INTO steps VALUES(5,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856765);
INSERT INTO steps VALUES(5,2,'disableEntry','uid=dora,ou=people,dc=example,dc=com','addf925a-7f56-1041-83d0-a1baf8668802','{"account":"disabled"}',NULL,'pending',1,1795856795,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,3,'writeReason','uid=dora,ou=people,dc=example,dc=com','addf925a-7f56-1041-83d0-a1baf8668802','{"write":[{"attribute":"employeeType","values":["left"]}]}',NULL,'pending',1,1795856795,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,4,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','ade8bb8c-7f56-1041-83d5-a1baf8668802','{"remove":{"attribute":"member","value":"uid=dora,ou=people,dc=example,dc=com"}}',NULL,'pending',1,1795856795,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,5,'verify','uid=dora,ou=people,dc=example,dc=com','addf925a-7f56-1041-83d0-a1baf8668802','{"read":"back"}',NULL,'pending',1,1795856795,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    process INTEGER,
    user INTEGER,
    body BLOB NOT NULL,                     -- canonical JSON, the very octets that were hashed
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1795856762,NULL,NULL,X'7b226174223a313739353835363736322c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a372c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a747275652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a382c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a342c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a302c2275706461746564223a307d5d2c2272756e223a317d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'01f37e72852856cabf7fa490e8e0dacdb2d98f2916daafa208f9f76ea734653e');
INSERT INTO audit VALUES(2,1795856763,NULL,1,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a224144412d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'40d25a6cb15a3b6073b8629aeda64cd4226751f6f0e5ccd5d2f19e403a7b390c');
INSERT INTO audit VALUES(3,1795856763,NULL,1,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a226d6f62696c654944222c2273657269616c223a224144412d32222c227374617465223a22726571756573746564227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'3135b19c3ae612c5ddcf8f845f4c824d69f133f84dc6e6a7b6d8afa8a0673a56');
INSERT INTO audit VALUES(4,1795856763,NULL,2,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a2242454e2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'c76f66759ac088ed56bb98f54041566db1e8dce4dc7482bdc5919edfd965ddde');
INSERT INTO audit VALUES(5,1795856763,NULL,2,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a2242454e2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d62656e222c2273657269616c223a2234384441343238413943333141423134313542313339393339323045334537464530313332333441227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'400df3a056b940933f8e1fef9c95554a60f92303489c7eeae395cc4fd737492e');
INSERT INTO audit VALUES(6,1795856763,NULL,3,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a22736f6674546f6b656e222c2273657269616c223a22434c454f2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'73b59f58c544c23e501111669a67852179798e67c8c0c96faf185f09ebfa68f1');
INSERT INTO audit VALUES(7,1795856763,NULL,3,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a22434c454f2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d636c656f222c2273657269616c223a2236384242413841444233334239323332354344333336363331353230383834413738354439454334227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'1f6a60ce906e304e0b0f436cde719508b6d129755d83161897245aa95cb3ac3b');
INSERT INTO audit VALUES(8,1795856763,1,1,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22616461227d2c7b2264657461696c223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a22626f617473227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a224144412d31227d2c7b2264657461696c223a226d6f62696c652049442c2072657175657374656420e286922061626f72746564222c226b696e64223a2261626f727443726564656e7469616c222c22746172676574223a224144412d32227d2c7b2264657461696c223a2276616c696420e28692207265766f6b65642028616666696c696174696f6e4368616e67656429222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2235424344313135353731464437443643313530343239434637353930423231444634444238313735227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373039303630335a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d3b20746865206c617374206d656d6265722c20636e3d6e6f626f64792c64633d6578616d706c652c64633d636f6d2074616b65732074686520706c616365222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'e38a976d6ceae0ba3fe783565b23665cdf4cc080b2b8cbf7d152a0e790343d21');
INSERT INTO audit VALUES(9,1795856763,1,1,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a227772697465526561736f6e222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'33acea31b1366a12c5c3cf0d370ecdf10b103d7f962d597dd6de3558efac5b8c');
INSERT INTO audit VALUES(10,1795856763,2,2,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c65617665222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a2276616c696420e28692206f6e486f6c64222c226b696e64223a22686f6c644365727469666963617465222c22746172676574223a2234384441343238413943333141423134313542313339393339323045334537464530313332333441227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373039303630335a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206f6e206c65617665222c2275736543617365223a22557365727350726f6344656163746976617465227d2c226576656e74223a2264656163746976617465222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'35e6eb85c4e6e5a18a3d2f723a050af8fc7d81de484fe60747b34ffe7dbb8829');
INSERT INTO audit VALUES(11,1795856763,2,2,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c65617665222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226465616374697661746520636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'e19a6880f7d0d4ce0b8d82c14cd10ccb477bb2debcff86f6372408d0bd634266');
INSERT INTO audit VALUES(12,1795856763,3,3,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226d6973757365222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22636c656f227d2c7b2264657461696c223a22736f667420746f6b656e2c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a22434c454f2d31227d2c7b2264657461696c223a2276616c696420e28692207265766f6b6564202870726976696c65676557697468647261776e29222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2236384242413841444233334239323332354344333336363331353230383834413738354439454334227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373039303630335a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206d69737573656420612070726976696c656765222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'8212b73ca432e562bb931cd81683d51371b52005299ee759136419319f1794fd');
INSERT INTO audit VALUES(13,1795856763,3,3,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226d6973757365222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'725ce055135ae22b7579c4263043c5cf8e54b03aca6db629fbbe0f91bab99bc4');
INSERT INTO audit VALUES(14,1795856763,NULL,NULL,X'7b226174223a313739353835363736332c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a302c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a66616c73652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a342c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a302c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a322c2275706461746564223a317d5d2c2272756e223a327d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'8575e858f9fd0419b4f23634823b19081fb1c9e3686540a767a275886bdce0d2');
INSERT INTO audit VALUES(15,1795856763,4,2,X'7b226174223a313739353835363736332c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226261636b222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a22696e61637469766520e2869220616374697665222c226b696e64223a227265616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636172642c20696e61637469766520e2869220616374697665222c226b696e64223a22616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a226f6e486f6c6420e286922076616c6964222c226b696e64223a2272656c656173654365727469666963617465222c22746172676574223a2234384441343238413943333141423134313542313339393339323045334537464530313332333441227d2c7b2264657461696c223a22746865206163636f756e7420697320656e61626c656420616761696e222c226b696e64223a22656e61626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206261636b222c2275736543617365223a22557365727350726f6352656163746976617465227d2c226576656e74223a227265616374697661746520726571756573746564222c22686f7374223a22766d222c2270726f63657373223a342c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'f21a066a5eb7c7b8173529f9aba6aaa2d4d2d7229ac1ccf1d3ae0d48ba266bdb');
INSERT INTO audit VALUES(16,1795856765,5,4,X'7b226174223a313739353835363736352c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22646f7261227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373039303630355a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'3ebe6e870cca26b6bbcb5e179e3b8a39c84f849b56654fbea8ef05731f95bd3d');
INSERT INTO audit VALUES(17,1795856765,5,4,X'7b226174223a313739353835363736352c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a6e756c6c2c226f7574636f6d65223a227061727469616c222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2264697361626c65456e747279222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a227772697465526561736f6e222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a2270656e64696e67222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a22766572696679222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b207061727469616c222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'a0f09a48fd8b5204a45fc6d93aa639ebb1b0883eb7c623c3210a57042329b252');
CREATE TABLE kept_plans (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,                   -- SHA-256 of its changes, in their order
    run INTEGER NOT NULL,                   -- the run that first kept it
    at INTEGER NOT NULL,
    released_at INTEGER,                    -- null: not yet
    released_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO kept_plans VALUES('3efb3f1f',X'989b9c4130c7b8ced8a5fa9c8f1637200913c19f87337592137fc94a0a38197b',3,1795856764,NULL,NULL);
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
INSERT INTO streams VALUES(1,'groups','ldap://127.0.0.1:31977','syncrepl',X'4a035c348cd7d4ae937e7662925fe9ebc6605fac5eb515775222ae1aea6ce324',X'7269643d3030302c63736e3d32303236313132383039303630332e3633343335385a2330303030303023303030233030303030300a61646538626238632d376635362d313034312d383364352d6131626166383636383830320a32303236313132383039303630332e3434363333385a233030303030302330303023303030303030',X'29beb66547e0cefb5bb305d7f06b1e1ca0b7d2477e02e416e58f3b011ec1671e',NULL,'ade8bb8c-7f56-1041-83d5-a1baf8668802 adea9416-7f56-1041-83d6-a1baf8668802',1795856763,2);
INSERT INTO streams VALUES(1,'users','ldap://127.0.0.1:31977','syncrepl',X'6c5b81f534d19c6f5162be7117ac45c99005459836a79aca20fd3c4e3a30952d',X'7269643d3030302c63736e3d32303236313132383039303630332e3633343335385a2330303030303023303030233030303030300a61646465356132612d376635362d313034312d383363662d6131626166383636383830320a32303236313132383039303630332e3633343335385a233030303030302330303023303030303030',X'29beb66547e0cefb5bb305d7f06b1e1ca0b7d2477e02e416e58f3b011ec1671e',NULL,'',1795856763,2);
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
INSERT INTO certificate_encodings VALUES(X'96d3cddee09f82750d024a251ce9c6fd855b28c1a1ff749766a133cb83575a9e',X'308203423082022aa00302010202145bcd115571fd7d6c150429cf7590b21df4db8175300d06092a864886f70d01010b05003031310c300a06035504030c036164613121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383039303630315a180f32313236313130343039303630315a3031310c300a06035504030c036164613121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a0282010100a08c71d82bfa5b33ba799a04b2c47f3505ae2bb08e038bc633151089c93615849bcb3dfdd5aa79fe38ca3d23f8063955d8b14c3fb66a80873538c67f20ed5e534bc6eb7691f4b62398e4f144eba0c00e92713ebb6d31d04bbf4e72c2d9bbe4049c881891c3e4caebd9891230854d688051e6ceeab79dacc42142dbc6c955e5796eb593de685dddcc0155339522ee20a3efbaef18a0c09086915c6a6a1dd7182daa680d732dc31a722dffca7803c41b3b1c0283ee104e34cc4cd68c1050a060f8e840f72ad5065a5c7ab33be785562a47813b92cbd96b320425be0d954278b74f847e28397a1404c4a1190e41c4aaa04bc1e6c4ccdb5294155a5488dd8382fccb0203010001a350304e301d0603551d0e041604142a57de70917584c52e834f432f46e6d736a522e2301f0603551d230418301680142a57de70917584c52e834f432f46e6d736a522e2300c0603551d130101ff04023000300d06092a864886f70d01010b0500038201010015edf79098a191b49cb20c73d25c47d44e033dc704e4400548a61efae463d9d96aa7fb92fd565c6bc21294880919731d6b9265f6224799b6bb5484dbec926e796bc7734492e234581eaa464ffa84468f00d0e2ab162b8dea777872c4d4782dc66c04df1cb4ba13e19bc3b8cee77cc6794e3a4290140a9182a3c9329bb7100579493726a65ef240ee5b02936f58ae3b6cb1ae1772576190c536ee7646db9efb2bb1911231837d12fa7a622bc8e598d7b01e3824b0833bbbae3469659b2286f33eeec3261514d5fdb429257486ffad45cb588a902b6378dc523cbb2dbbf296578e8dd6b56be8427f1bc901284f6a5f246a964e639ca696188193e4913dd6241231');
INSERT INTO certificate_encodings VALUES(X'cbb53fac4fbc332f6a9a23ab8865f26a29898357f18eef6a433abca713eb014e',X'308203423082022aa003020102021448da428a9c31ab1415b13993920e3e7fe013234a300d06092a864886f70d01010b05003031310c300a06035504030c0362656e3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383039303630315a180f32313236313130343039303630315a3031310c300a06035504030c0362656e3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a02820101008ed5d224a568d568bd18c0950bab9d497e0cf8adb7b257c44d9b67a883273c7b50226977b4231e5b68ef2e816070f15fa235705f91f2e8423d7aa0d86fd45d264c34ee2bf279ba9c96b53863fe32283b48aa10fb6d1ee23d64acd09adc1bad60686001b27ed6582652a222e3fc2e8c961425162874586d32159832b9f3f661fb7035d6901524ef2e56add69af98b9cbee41d74f1c8f6b0c0d6c91b3d2b15d856eb2803218950aedb15ac4838ef129ebe9760991eaab3b418f0f07ad72696031bf2371d9f71a8af5bd843b32ef9f6bc63efba57a620cc34ca470f91e2111bdf603df490458f07b69f96495bdac621ff2107b735f5322ed749d3bdbddf68a4c3cf0203010001a350304e301d0603551d0e04160414b6113e0f5a0bfdbe32e91dc7c2c461aa38bd1ac0301f0603551d23041830168014b6113e0f5a0bfdbe32e91dc7c2c461aa38bd1ac0300c0603551d130101ff04023000300d06092a864886f70d01010b0500038201010000c16c62e9d74d45c8535f430da99ef3632c348827e6bd695d2087bd57fdac2d0a37e5bc7e68273d5b1c8f0c071633991272cce13921a78b0e5527d3ef52983c5e6b95ac76fbc4241a3fb318808f701684ddbab0f2a7d44c6675abdfeaf122d4285ce58d0edf57811e669c6ae17b45bb7fd8781c9c535656575ce837b770665e597f8b554d33510bbb9263d15473248e005c14f9f054ffb9f3a4d1d9439221a90d6ac20097a34b4e744003f9cafb1fd4bb2db8df61cb4a8ed77e5f3daf606b8c95ccd7d745b4a16b5138031e34029db532abfc80ec45aa807f4af72a00687e1475f4aef5d41e938774537d65cd79bb45bb045f6dd490e2eb6753ace72e1b6fd9');
INSERT INTO certificate_encodings VALUES(X'5647cf34ca7c672f7dd1d5f5816ef6693208db956edcb0c81d60fae3fcf5a162',X'308203443082022ca003020102021468bba8adb33b92325cd336631520884a785d9ec4300d06092a864886f70d01010b05003032310d300b06035504030c04636c656f3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383039303630325a180f32313236313130343039303630325a3032310d300b06035504030c04636c656f3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a0282010100943501f3cc5848b0bf8a4e39e9f0588d784ea0f41549c0f4443c826d73ba8a61d80d3326b8bcf9f14984eecce4044ee8b75ce450cf36630c956ffbe2b658d848f219cfc5c763013d05287646c712ec2a59a329b1cf5b46880861651a9815bc74ad08d98fafdced7972f8504f527c54045b6e4501a2b3293be5eba9cfc5d4a1c685e310574362f318023c7c3f7e3286267c4437f6390d0e3cd12601852a626bcf1bde0bb08a39e3c4ab273e04e0d8072a22029b679bcdbae56ebc01dfea091acf1ef3d7be32472c2169f37f2e8fce6f8a413865f6eca9801f78860b9aff7e45536be68560235bcc59e68625573e6be6946d17cc44be9ba1c5f213d59bf79dbf330203010001a350304e301d0603551d0e04160414b02435df0e3efd603f3d7e2a4930d9ace45b2c2c301f0603551d23041830168014b02435df0e3efd603f3d7e2a4930d9ace45b2c2c300c0603551d130101ff04023000300d06092a864886f70d01010b050003820101007316121961b21819b20c996a61771d704ef0f08d0f4f6a9a11222fa04626f15c5e52b458aae9fabf64157535f6126700dd8bee9dd0a25a189120231e148c6055acdd2fcb2a5a3c05568fd6ae6806ce4ff8b4ba00bb2d7ecbb62f74960ae8c5d06a2ffade60a89086e054d759643faae4e5ff2dd6822ce2fcd0d634c32235ae105691574bf755d6de8e4af4b9548ece188214f473b3a407074abc8927f3062a0982057396e1a311462a8b0e55f1a4a4667bdf4d3bb5a391006e77126a0ab66874626abb4fc4f96d63b60bcbb13118568c125ec1064361ccd1c55fdbdd5ae8e35e3ade67f4cfa7d9a61542f2a1de6c9e90e3bbf713edacfa215730ecfe70996d98');
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
CREATE UNIQUE INDEX users_entry ON users (directory, entry_id);
CREATE INDEX users_username ON users (username_key);
CREATE INDEX users_dn ON users (dn_key, directory);
CREATE INDEX memberships_member ON memberships (member, role_group);
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id=1282102132;
PRAGMA user_version=15;
