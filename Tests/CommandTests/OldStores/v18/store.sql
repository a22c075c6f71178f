PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE directories (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- the key in lockstep.yaml
    keeps_uids INTEGER NOT NULL DEFAULT 0,  -- 1: a group named members by uid, so users have their uid_key
    unsettled INTEGER NOT NULL DEFAULT 0    -- 1: a first load took users in without comparing their usernames
, context_csn TEXT, read_at INTEGER, adopted INTEGER NOT NULL DEFAULT 0, dialect TEXT, has_end_time INTEGER NOT NULL DEFAULT 0, domain TEXT, folds_dotted_i INTEGER, owes_absence INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO directories VALUES(1,'hq',0,0,'20261128204558.592489Z#000000#000#000000',1795898758,0,'openldap',1,NULL,NULL,0);
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
INSERT INTO users VALUES(1,1,'7404064e-7fb8-1041-8ecb-1f4ac030a55e','uid=ada,ou=people,dc=example,dc=com',X'de4f333762262c2c1900ff3bffd29d77',NULL,'ada','ada','Ada','Ljósberg','Ada Ljósberg','ada@example.com','1001','{"title":["Keeper of the light"]}','locked',1,NULL,1,'left-organization',X'114e6ce05f5ecaff65f0fea398e4c73f20500aae8b17b7232d86ae86221689f8',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(2,1,'7404078e-7fb8-1041-8ecc-1f4ac030a55e','uid=ben,ou=people,dc=example,dc=com',X'3cb51b97eeb68c2ca97630a88e2bb9ae',NULL,'ben','ben','Ben','Brimdal','Ben Brimdal','ben@example.com','1002','{}','inactive',2,NULL,1,NULL,X'f69a0de320cf4687ae17481612522f34bdad160b8d5b4e1a977849ee27102f35',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(3,1,'740408ba-7fb8-1041-8ecd-1f4ac030a55e','uid=cleo,ou=people,dc=example,dc=com',X'769edd445c0541601a2163c79937b899',NULL,'cleo','cleo','Cleo','Harbour','Cleo Harbour','cleo@example.com','1003','{"title":["Keeper of the light"]}','locked',3,NULL,1,NULL,X'c2e9ab245a0a2640ace2c7c6d02154771fd89461b2b8f6ad07e76e11864d2347',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(4,1,'740409c8-7fb8-1041-8ece-1f4ac030a55e','uid=dora,ou=people,dc=example,dc=com',X'4bfa1da4aa98f63670f50e3bea1b4998',NULL,'dora','dora','Dora','Keeper','Dora Keeper','dora@example.com','1004','{}','locked',5,NULL,0,NULL,X'330a88472becbd5cbc73355d6a33f53621046643569f7506fbfbde97f0593a3f',1,1,NULL,NULL,NULL);
INSERT INTO users VALUES(5,1,'74040acc-7fb8-1041-8ecf-1f4ac030a55e','uid=eli,ou=people,dc=example,dc=com',X'1c67acd8e57acf8dfba8dffc1ce627ac',NULL,'eli','eli','Eli','Lantern','Eli Lantern','eli@example.com','1005','{}','active',NULL,NULL,0,NULL,X'3ceae12788484d93ca144a5b198419569246cd0ff8943f434f623cb118cb5b02',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(7,1,'74040c2a-7fb8-1041-8ed1-1f4ac030a55e','uid=gwen,ou=people,dc=example,dc=com',X'dc3e5946c78a7c9f1916b4a7bcb6e1f9',NULL,'gwen','gwen','Gwen','Pier','Gwen Pier','gwen@example.com','1007','{}','active',NULL,NULL,0,NULL,X'21adbe1f013892f7017122f4a9c25bee73332be932982ae6b8b3c582195e9e90',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(8,1,'74040cd4-7fb8-1041-8ed2-1f4ac030a55e','cn=twin,ou=people,dc=example,dc=com',X'63e389473d8cd18a607f397b91a87cc9',NULL,'finn','finn',NULL,'Twin',NULL,NULL,NULL,'{}','active',NULL,NULL,0,NULL,X'4d0d2567e218a80d41f2c6a89a345b24aabbe3ab786ad5dcd2ab59499e56836e',0,1,NULL,NULL,NULL);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','user_words','user_words',0,'CREATE VIRTUAL TABLE user_words USING fts5 (
    words, content = '''', columnsize = 0, detail = none, tokenize = ''unicode61 remove_diacritics 2''
)');
CREATE TABLE IF NOT EXISTS 'user_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO user_words_data VALUES(1,X'0740');
INSERT INTO user_words_data VALUES(10,X'000000060102010002010101020101');
INSERT INTO user_words_data VALUES(137438953473,X'000000c7053031303031010401320204013303040134040401350504013606040137070103616461010106626561636f6e0603016e02020672696d64616c020104636c656f0302026f6d010101010101010104646f7261040103656c6905020678616d706c6501010101010101010466696e6e060201046777656e070107686172626f75720301066b656570657201020101076c616e7465726e05020469676874010202076a6f73626572670101026f6601020104706965720701037468650102020377696e08040704040404040406090409070b07060f08070a0b0a080a060707');
INSERT INTO user_words_data VALUES(274877906945,X'0000003005303130303606000106626561636f6e06000103636f6d060001076578616d706c650600010466696e6e060004080a070b');
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
INSERT INTO rejected VALUES(1,'uid=finn,ou=people,dc=example,dc=com','username finn is already that of cn=twin,ou=people,dc=example,dc=com',1795898756,3,0,0);
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
INSERT INTO role_groups VALUES(1,1,'74040dc4-7fb8-1041-8ed3-1f4ac030a55e','cn=keepers,ou=groups,dc=example,dc=com',X'83aa08726a25310874883b94bd773181','keepers',X'a5edd2314e943446dfc2dbe893c6db164d24ebe951d258f5a9d0928b240a1ca0',NULL,NULL);
INSERT INTO role_groups VALUES(2,1,'74040ea0-7fb8-1041-8ed4-1f4ac030a55e','cn=boats,ou=groups,dc=example,dc=com',X'ecb7b579e3eec3decb9929206a823829','boats',X'a0be8559f55bef32886daa8e9353cf19cbf878dfb6dfbf670ae1bfd81a181355',NULL,NULL);
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
INSERT INTO certificates VALUES(1,1,NULL,'6E8F55F36BA62F137B6796CBC260F86358838F64','CN=ada,O=Example Lighthouse Works','CN=ada,O=Example Lighthouse Works',1795898753,4949498753,X'bdd34f312ade91d498d8cbb56fb67a9848ed719408b3747641262d0ff451481c','revoked','affiliationChanged',1795898756,1,NULL,NULL,1,NULL,0);
INSERT INTO certificates VALUES(2,2,3,'77242304C60938DC7E0128AA12462131B288E862','CN=ben,O=Example Lighthouse Works','CN=ben,O=Example Lighthouse Works',1795898754,4949498754,X'dedb3c20f1c16847c009195f2f46d247c1916623af2d771944f071b616f44051','onHold',NULL,NULL,NULL,1795898757,2,0,NULL,0);
INSERT INTO certificates VALUES(3,3,4,'187D500BA27E455EDC7DEC54071D92C10041932C','CN=cleo,O=Example Lighthouse Works','CN=cleo,O=Example Lighthouse Works',1795898755,4949498755,X'fb71fd041d9700e52b9ec0bc20f0e04d09bee5040c360a805d7ab184ec9b8af1','revoked','privilegeWithdrawn',1795898757,3,NULL,NULL,0,NULL,0);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    finished INTEGER,
    outcome TEXT CHECK (outcome IN ('completed', 'partial', 'stopped', 'failed', 'planned')),
    report TEXT                             -- JSON, as `sync --json` printed it
, plan TEXT) STRICT;
INSERT INTO runs VALUES(1,1795898756,1795898756,'completed','{"authorities":[],"directories":[{"changes":[],"created":7,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":8,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":4,"withdrawn":0},"strategy":"syncrepl","unchanged":0,"updated":0}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":1,"seconds":0.192}',NULL);
INSERT INTO runs VALUES(2,1795898758,1795898758,'completed','{"authorities":[],"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":4,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":2,"updated":1}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":2,"seconds":0.075}',NULL);
INSERT INTO runs VALUES(3,1795898758,1795898758,'stopped','{"authorities":[],"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":11,"message":"hq: 2 users would become missing, more than limits.missing allows (1): nobody is marked missing."},"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":1,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":0,"updated":0}],"outcome":"stopped","plan":"3efb3f1f","queue":{"done":0,"failed":0,"pending":0},"run":3,"seconds":0.068}','3efb3f1f');
INSERT INTO runs VALUES(4,1795898759,1795898759,'failed','{"authorities":[],"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":-1,"message":"hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs."},"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":0,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"full","unchanged":0,"updated":0}],"outcome":"failed","plan":null,"queue":{"done":0,"failed":0,"pending":4},"run":4,"seconds":0.183}',NULL);
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
    ('missing', 'disabled', 'reenabled', 'recognised', 'drift')), released TEXT, policy TEXT, is_locking INTEGER NOT NULL DEFAULT 0 CHECK (is_locking IN (0, 1)), disabled_after INTEGER) STRICT;
INSERT INTO processes VALUES(1,'UsersProcLock',1,'left-organization','The user quits the organization','affiliationChanged',NULL,1795898756,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"6E8F55F36BA62F137B6796CBC260F86358838F64"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"ada"},{"detail":"cn=boats,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"boats"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → locked","kind":"lockCredential","target":"ADA-1"},{"detail":"mobile ID, requested → aborted","kind":"abortCredential","target":"ADA-2"},{"detail":"valid → revoked (affiliationChanged)","kind":"revokeCertificate","target":"6E8F55F36BA62F137B6796CBC260F86358838F64"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127204556Z","kind":"disableEntry","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com; the last member, cn=nobody,dc=example,dc=com takes the place","kind":"removeFromGroup","target":"cn=boats,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ada,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795898756,NULL,NULL,'cn=default,ou=policies,dc=example,dc=com',1,0);
INSERT INTO processes VALUES(2,'UsersProcDeactivate',2,'leave','The user is on leave',NULL,NULL,1795898757,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → inactive","kind":"deactivateUser","target":"ben"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → inactive","kind":"deactivateCredential","target":"BEN-1"},{"detail":"valid → onHold","kind":"holdCertificate","target":"77242304C60938DC7E0128AA12462131B288E862"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127204557Z","kind":"disableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"member: uid=ben,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795898757,NULL,NULL,'cn=default,ou=policies,dc=example,dc=com',0,0);
INSERT INTO processes VALUES(3,'UsersProcLock',3,'misuse','The user misused a privilege','privilegeWithdrawn',NULL,1795898757,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"187D500BA27E455EDC7DEC54071D92C10041932C"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"cleo"},{"detail":"soft token, active → locked","kind":"lockCredential","target":"CLEO-1"},{"detail":"valid → revoked (privilegeWithdrawn)","kind":"revokeCertificate","target":"187D500BA27E455EDC7DEC54071D92C10041932C"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127204557Z","kind":"disableEntry","target":"uid=cleo,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=cleo,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795898757,NULL,NULL,'cn=default,ou=policies,dc=example,dc=com',1,0);
INSERT INTO processes VALUES(4,'UsersProcReactivate',2,'back','The user is back',NULL,NULL,1795898758,'root','vm',NULL,0,NULL,NULL,'requested',NULL,'{"remaining":[],"restoresRoles":false,"rolesOf":null,"unchanged":[{"because":"stays withdrawn; --restore-roles gives it back","kind":"role","target":"keepers"}]}','[{"detail":"inactive → active","kind":"reactivateUser","target":"ben"},{"detail":"card, inactive → active","kind":"activateCredential","target":"BEN-1"},{"detail":"onHold → valid","kind":"releaseCertificate","target":"77242304C60938DC7E0128AA12462131B288E862"},{"detail":"the account is enabled again","kind":"enableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',2109098758,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO processes VALUES(5,'UsersProcLock',4,'left-organization','The user quits the organization','affiliationChanged',NULL,1795898759,'root','vm',NULL,0,NULL,1,'partial',NULL,'{"remaining":[{"because":"groups that are no role groups were not looked for, because the directory could not be read","kind":"group","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"dora"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127204559Z","kind":"disableEntry","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"member: uid=dora,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=dora,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
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
INSERT INTO steps VALUES(1,0,'lockUser','ada',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,1,'withdrawRole','boats',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,2,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,3,'lockCredential','ADA-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,4,'abortCredential','ADA-2',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,5,'revokeCertificate','6E8F55F36BA62F137B6796CBC260F86358838F64',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,6,'disableEntry','uid=ada,ou=people,dc=example,dc=com','7404064e-7fb8-1041-8ecb-1f4ac030a55e','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,7,'writeReason','uid=ada,ou=people,dc=example,dc=com','7404064e-7fb8-1041-8ecb-1f4ac030a55e','{"write":[{"attribute":"employeeType","values":["left"]}]}','[{"attribute":"employeeType","values":[]}]','done',1,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,8,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','74040dc4-7fb8-1041-8ed3-1f4ac030a55e','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,9,'removeFromGroup','cn=boats,ou=groups,dc=example,dc=com','74040ea0-7fb8-1041-8ed4-1f4ac030a55e','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}','[{"attribute":"member","values":["uid=ada,ou=people,dc=example,dc=com"]}]','done',1,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(1,10,'verify','uid=ada,ou=people,dc=example,dc=com','7404064e-7fb8-1041-8ecb-1f4ac030a55e','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795898756);
INSERT INTO steps VALUES(2,0,'deactivateUser','ben',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(2,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(2,2,'deactivateCredential','BEN-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(2,3,'holdCertificate','77242304C60938DC7E0128AA12462131B288E862',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(2,4,'disableEntry','uid=ben,ou=people,dc=example,dc=com','7404078e-7fb8-1041-8ecc-1f4ac030a55e','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(2,5,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','74040dc4-7fb8-1041-8ed3-1f4ac030a55e','{"remove":{"attribute":"member","value":"uid=ben,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(2,6,'verify','uid=ben,ou=people,dc=example,dc=com','7404078e-7fb8-1041-8ecc-1f4ac030a55e','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(3,0,'lockUser','cleo',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(3,1,'lockCredential','CLEO-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(3,2,'revokeCertificate','187D500BA27E455EDC7DEC54071D92C10041932C',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(3,3,'disableEntry','uid=cleo,ou=people,dc=example,dc=com','740408ba-7fb8-1041-8ecd-1f4ac030a55e','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(3,4,'verify','uid=cleo,ou=people,dc=example,dc=com','740408ba-7fb8-1041-8ecd-1f4ac030a55e','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795898757);
INSERT INTO steps VALUES(5,0,'lockUser','dora',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898759);
INSERT INTO steps VALUES(5,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795898759);
INSERT INTO steps VALUES(5,2,'disableEntry','uid=dora,ou=people,dc=example,dc=com','740409c8-7fb8-1041-8ece-1f4ac030a55e','{"account":"disabled"}',NULL,'pending',1,1795898789,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,3,'writeReason','uid=dora,ou=people,dc=example,dc=com','740409c8-7fb8-1041-8ece-1f4ac030a55e','{"write":[{"attribute":"employeeType","values":["left"]}]}',NULL,'pending',1,1795898789,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,4,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','74040dc4-7fb8-1041-8ed3-1f4ac030a55e','{"remove":{"attribute":"member","value":"uid=dora,ou=people,dc=example,dc=com"}}',NULL,'pending',1,1795898789,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,5,'verify','uid=dora,ou=people,dc=example,dc=com','740409c8-7fb8-1041-8ece-1f4ac030a55e','{"read":"back"}',NULL,'pending',1,1795898789,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    process INTEGER,
    user INTEGER,
    body BLOB NOT NULL,                     -- canonical JSON, the very octets that were hashed
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1795898756,NULL,NULL,X'7b226174223a313739353839383735362c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a372c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a747275652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a382c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a342c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a302c2275706461746564223a307d5d2c2272756e223a317d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'6c83fd1a1be9d22971929335f20ac07d111aefbb749bf275d8b24dcf5fff221d');
INSERT INTO audit VALUES(2,1795898756,NULL,1,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a224144412d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'1c9ce2470de537031e204e9bd4dd2c268d2f26e163c2934f283fbec2d158cb0f');
INSERT INTO audit VALUES(3,1795898756,NULL,1,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a226d6f62696c654944222c2273657269616c223a224144412d32222c227374617465223a22726571756573746564227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'1aa5d0a623946e011a6195713840f675a8526e797f69358bc70dc743933045c8');
INSERT INTO audit VALUES(4,1795898756,NULL,2,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a2242454e2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'297e0eb9670d6cdf093ff600ecda14db8bfc20d5811a11d5fed4a80f52cadcaa');
INSERT INTO audit VALUES(5,1795898756,NULL,2,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a2242454e2d31222c22697373756572223a22434e3d62656e2c4f3d4578616d706c65204c69676874686f75736520576f726b73222c2273657269616c223a2237373234323330344336303933384443374530313238414131323436323133314232383845383632227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'bf1b9f74ae74ae4e421cf52eaa6092e71d6069b38c21dabea55354f09a9b0726');
INSERT INTO audit VALUES(6,1795898756,NULL,3,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a22736f6674546f6b656e222c2273657269616c223a22434c454f2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'd415feae47b054f33bee689825ea584eca91c15213fc9d67fa180d0aecc07027');
INSERT INTO audit VALUES(7,1795898756,NULL,3,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a22434c454f2d31222c22697373756572223a22434e3d636c656f2c4f3d4578616d706c65204c69676874686f75736520576f726b73222c2273657269616c223a2231383744353030424132374534353545444337444543353430373144393243313030343139333243227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'fc037096a514009d2e2e8172a57fafd596f864c25951c75db6bf57996cb3cf07');
INSERT INTO audit VALUES(8,1795898756,1,1,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22616461227d2c7b2264657461696c223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a22626f617473227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a224144412d31227d2c7b2264657461696c223a226d6f62696c652049442c2072657175657374656420e286922061626f72746564222c226b696e64223a2261626f727443726564656e7469616c222c22746172676574223a224144412d32227d2c7b2264657461696c223a2276616c696420e28692207265766f6b65642028616666696c696174696f6e4368616e67656429222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2236453846353546333642413632463133374236373936434243323630463836333538383338463634227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373230343535365a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d3b20746865206c617374206d656d6265722c20636e3d6e6f626f64792c64633d6578616d706c652c64633d636f6d2074616b65732074686520706c616365222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'205d04bcee544b0d293a957f73dc977f42930b81b29f88d1869eaa0cf3a02f84');
INSERT INTO audit VALUES(9,1795898756,1,1,X'7b226174223a313739353839383735362c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a227772697465526561736f6e222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'cea5220617f9187d4a68df0120a485f5fba1d81dc040402ab0511c5629951bb8');
INSERT INTO audit VALUES(10,1795898757,2,2,X'7b226174223a313739353839383735372c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c65617665222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a2276616c696420e28692206f6e486f6c64222c226b696e64223a22686f6c644365727469666963617465222c22746172676574223a2237373234323330344336303933384443374530313238414131323436323133314232383845383632227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373230343535375a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206f6e206c65617665222c2275736543617365223a22557365727350726f6344656163746976617465227d2c226576656e74223a2264656163746976617465222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'83b41aeb6b5ec5b6f1c59f8872b682957f67948fc082dcf7ca94dec40e0a08b8');
INSERT INTO audit VALUES(11,1795898757,2,2,X'7b226174223a313739353839383735372c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c65617665222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226465616374697661746520636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'06f530f049d003a282c66479852e92a9b273cb80e927032748ccaba3b3d45f16');
INSERT INTO audit VALUES(12,1795898757,3,3,X'7b226174223a313739353839383735372c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226d6973757365222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22636c656f227d2c7b2264657461696c223a22736f667420746f6b656e2c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a22434c454f2d31227d2c7b2264657461696c223a2276616c696420e28692207265766f6b6564202870726976696c65676557697468647261776e29222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2231383744353030424132374534353545444337444543353430373144393243313030343139333243227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373230343535375a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206d69737573656420612070726976696c656765222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'58404e6f7680be09c11f8c1aab2422be489f0371b5b411d1083e2e07ebc4aa9c');
INSERT INTO audit VALUES(13,1795898757,3,3,X'7b226174223a313739353839383735372c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226d6973757365222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'8d891384c46c72b257096866b52837e6c2c11c6cd7a46c15352137c89a74c263');
INSERT INTO audit VALUES(14,1795898758,NULL,NULL,X'7b226174223a313739353839383735382c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a302c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a66616c73652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a342c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a302c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a322c2275706461746564223a317d5d2c2272756e223a327d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'e5c0857124697d5907cac970fc6f98328309d3fa466ba86757666da9aa13b73c');
INSERT INTO audit VALUES(15,1795898758,4,2,X'7b226174223a313739353839383735382c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226261636b222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a22696e61637469766520e2869220616374697665222c226b696e64223a227265616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636172642c20696e61637469766520e2869220616374697665222c226b696e64223a22616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a226f6e486f6c6420e286922076616c6964222c226b696e64223a2272656c656173654365727469666963617465222c22746172676574223a2237373234323330344336303933384443374530313238414131323436323133314232383845383632227d2c7b2264657461696c223a22746865206163636f756e7420697320656e61626c656420616761696e222c226b696e64223a22656e61626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206261636b222c2275736543617365223a22557365727350726f6352656163746976617465227d2c226576656e74223a227265616374697661746520726571756573746564222c22686f7374223a22766d222c2270726f63657373223a342c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'8e006236b7c63e72b35809599fb5bf0c627810499ac37bb1b2146ed16cd2ebfe');
INSERT INTO audit VALUES(16,1795898759,5,4,X'7b226174223a313739353839383735392c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22646f7261227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373230343535395a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'ce03778917770cb3b9cf42ad41fe2d0e856d99543cfd9e437f626a0012fc4e6a');
INSERT INTO audit VALUES(17,1795898759,5,4,X'7b226174223a313739353839383735392c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a6e756c6c2c226f7574636f6d65223a227061727469616c222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2264697361626c65456e747279222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a227772697465526561736f6e222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a2270656e64696e67222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a22766572696679222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b207061727469616c222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'a69b63b2ef88e96d67c268c6e945ee81ab06c87e2b88fee9a39fd732ecf960bf');
CREATE TABLE kept_plans (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,                   -- SHA-256 of its changes, in their order
    run INTEGER NOT NULL,                   -- the run that first kept it
    at INTEGER NOT NULL,
    released_at INTEGER,                    -- null: not yet
    released_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO kept_plans VALUES('3efb3f1f',X'989b9c4130c7b8ced8a5fa9c8f1637200913c19f87337592137fc94a0a38197b',3,1795898758,NULL,NULL);
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
INSERT INTO streams VALUES(1,'groups','ldap://127.0.0.1:31977','syncrepl',X'4a035c348cd7d4ae937e7662925fe9ebc6605fac5eb515775222ae1aea6ce324',X'7269643d3030302c63736e3d32303236313132383230343535372e3934393235335a2330303030303023303030233030303030300a37343034306463342d376662382d313034312d386564332d3166346163303330613535650a32303236313132383230343535372e3433353837375a233030303030302330303023303030303030',X'8381402dd2701eff47aeeee7cffbb56e84f581d57e9348ab496bef359bebf171',NULL,'74040dc4-7fb8-1041-8ed3-1f4ac030a55e 74040ea0-7fb8-1041-8ed4-1f4ac030a55e',1795898758,2);
INSERT INTO streams VALUES(1,'users','ldap://127.0.0.1:31977','syncrepl',X'6c5b81f534d19c6f5162be7117ac45c99005459836a79aca20fd3c4e3a30952d',X'7269643d3030302c63736e3d32303236313132383230343535372e3934393235335a2330303030303023303030233030303030300a37343034303862612d376662382d313034312d386563642d3166346163303330613535650a32303236313132383230343535372e3934393235335a233030303030302330303023303030303030',X'8381402dd2701eff47aeeee7cffbb56e84f581d57e9348ab496bef359bebf171',NULL,'',1795898758,2);
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
INSERT INTO certificate_encodings VALUES(X'bdd34f312ade91d498d8cbb56fb67a9848ed719408b3747641262d0ff451481c',X'3082034f30820237a00302010202146e8f55f36ba62f137b6796cbc260f86358838f64300d06092a864886f70d01010b050030313121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b73310c300a06035504030c036164613020170d3236313132383230343535335a180f32313236313130343230343535335a30313121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b73310c300a06035504030c0361646130820122300d06092a864886f70d01010105000382010f003082010a0282010100a7ab25cf00df4c46487dbf590d353f0a0fac02f4af23fbec7844462f551dd5de75e4389d08fb955b7bea3a74ea0114929d22aab4708d9969623f730194adcfeda5325b37b3192c493163f3bc0eca10738c6ff6306965b9e801b534515df189732833e4f5cf743b0a85be15297910f445f4cdcff71bf960100a6465538e0c5b99d82729039a91aaa2bee70c700f4dd642a0316e9410d39a1a420127ba0b657f73d47f2c21562dc386a69cd1c6ea11f81a553921327e98d1fefa46a682b5bfb94ab875e0a832669094516f030483a847d99415d3232ff3a7024ceae16b57bee1eabe7c9fe97740479edbd2ba5910f5586843ea34d79bef841c636792dcf371eb510203010001a35d305b301d0603551d0e041604148660deb4667456b617d2f25afbe3aba7038ecb82301f0603551d230418301680148660deb4667456b617d2f25afbe3aba7038ecb82300c0603551d130101ff04023000300b0603551d0f040403020780300d06092a864886f70d01010b0500038201010051de1b806ae146ee620a3bb31f061aee331480185a9cc74869e10f84e94f3f575965f97ff56f19032cef68a8be3745077521b20eff080ace90e27e00977d15f34813b76be1ab04066a4df0fb026053e6d78972ab6905d38aac12c6c45acbdc59570af5f16d914072d673b942379a555082dcdde1f6306badc7553f18e5114c4d421b1def887c7601005a94444c8a346630d5d1f406475a9ae82cf871eccf86d0d18c50a348b45f60b850bb3e691f7d885223d86db3bed1d7f9e33a131e0d763ed691280187212254854314d015451a1789e09bc949e6ca5c3943e11ea019ab11bca2f4c8d0676ed367eb296ddd34164d3e760bab3a825d2740e4494ff13d75a8');
INSERT INTO certificate_encodings VALUES(X'dedb3c20f1c16847c009195f2f46d247c1916623af2d771944f071b616f44051',X'3082034f30820237a003020102021477242304c60938dc7e0128aa12462131b288e862300d06092a864886f70d01010b050030313121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b73310c300a06035504030c0362656e3020170d3236313132383230343535345a180f32313236313130343230343535345a30313121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b73310c300a06035504030c0362656e30820122300d06092a864886f70d01010105000382010f003082010a0282010100d6aa1e2423fce6704f43e000e47588db9cbe795b32cdd1b901d23f5f4b45e0391443f83d2dc58a17ffa3895199db4bc038396f66bccfc9d48471e3591249210bbcba23bfdb9053194d79b1822f66f7fc62dc46670c4ed6317a786098bec9107bb018cbb88c4fab74d115494ccef50a52fc83c731909b7a9225c9a6b5bf00a1e2869a51a9fead29f2aff15ad7083ec79b1e8cf8b5ab1e3f97b83241416533866be6cf67fb8e2b23fe03d19113f3852e6d0a993557b44b4e8b6e218aa1610345d8ea8302f32038408531be1c6c0763e78d4b9b3df7a327565f095797f5d179927c22c84b40bcd18f37e5b84e0435c09ee414c6bbf078b299b503a8196d9ba544f70203010001a35d305b301d0603551d0e04160414bc8ae08143199122aa76a27f213960a7e9646fe1301f0603551d23041830168014bc8ae08143199122aa76a27f213960a7e9646fe1300c0603551d130101ff04023000300b0603551d0f040403020780300d06092a864886f70d01010b050003820101008f371000d79784d42ebfbfff78575f25640d145488522bc46c67713310bf7f88bc20049b35e847eabd3890a5db054fca6741705bbd35871e97db148600f0658a56a0e54536929957a5cde1d5c3179bc99c1fe63f5659cb333640592f15bd68708b2c2b4ddd3bf163e6903f8b807d90fd973b268b8c514314c9219d21024aad0058806c4061ee75a23e8ba12e3ff2f2dee03885c8ae87785114013fb531b422df5e581a69614b90ff6f72ba31967967f37c6dc371c68e9a602b61370e10dd0384e82721bf8471f7a1657b4e0416a0035fadd80e142108aa32b594cffcf57b1e58471c6b4c64b5cc26e385e1ca09d6ca4b38401b4d6c29afca778e0ca3b8d37ffb');
INSERT INTO certificate_encodings VALUES(X'fb71fd041d9700e52b9ec0bc20f0e04d09bee5040c360a805d7ab184ec9b8af1',X'3082035130820239a0030201020214187d500ba27e455edc7dec54071d92c10041932c300d06092a864886f70d01010b050030323121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b73310d300b06035504030c04636c656f3020170d3236313132383230343535355a180f32313236313130343230343535355a30323121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b73310d300b06035504030c04636c656f30820122300d06092a864886f70d01010105000382010f003082010a0282010100df2fd64e81d86b2afe7cb447b8246de938d48ce698f99f822c9dead764d6e2765edcf327b835524990e7777c27e2bbf45b2f26a741bc6d56c29c3e3be5be2cc5c72ed309ded1cd6474ff21492f613d5acf875b9cd338f9cc47662d6f322d00ce21a09ee420554cc3bf0760d067425ce3d277d71fcdf4297203cae127770513aaced21c879aeb5ea66cb99fc23bd838c9c5276bd72f1c583a0eb63f962306687e936edf0486e248f87f2150f8836aae3624eca03b44cb850464bcfb8b29403d8db238f860ad9b591c25ff19b221361eefe0ea5135b7f2bdc18eca36b35dcaa322a69430e87651698259b41a51798ad1c20419f6448bea51b7d624bfcd4182a95f0203010001a35d305b301d0603551d0e041604141ad2dce0c1a0acefc2749d980810ea74a21ade5b301f0603551d230418301680141ad2dce0c1a0acefc2749d980810ea74a21ade5b300c0603551d130101ff04023000300b0603551d0f040403020780300d06092a864886f70d01010b050003820101000b3831690f1995669a9d25244c33da805be76bdfe149bb468a61b446ced76ebcf7d53718934ead40864cae609124d46414276f47770d389f9ee09a6120d34e6ccfc14263db0621303a2e8014f685416b994d6f9d737d184ec1d81ff5c6cb67473f9532e44e908590f90aaa29addef2b957b4f721ed7de96b3b6c26f440af59f076b5d1f38d0113a82bae5bb644ae15e4c128fa379dff9c9da4ddead0a89487d4f6d10a3ff09a43b987cd12e66c9c0091c9ab89584ccfdfc373a14c59390895c142952dd05d4428ff21116d262d2773368ca87e377736bf843330e31b8bb325b1ffe808e8def23a24e4ca3a6d0392d1866c519253ef76a896f66e5c15f986bc9b');
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
    asked_at INTEGER, first_seen TEXT CHECK (first_seen IN ('valid', 'onHold', 'revoked')), first_seen_at INTEGER, first_seen_by TEXT CHECK (first_seen_by IN ('ocsp', 'crl')),                       -- when OCSP was asked about it last
    CHECK (verified IS NULL OR authority IS NOT NULL),
    CHECK ((told IS NULL) = (told_at IS NULL)),
    CHECK ((seen IS NULL) = (seen_at IS NULL) AND (seen IS NULL) = (seen_by IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_bindings VALUES(X'bdd34f312ade91d498d8cbb56fb67a9848ed719408b3747641262d0ff451481c',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO certificate_bindings VALUES(X'dedb3c20f1c16847c009195f2f46d247c1916623af2d771944f071b616f44051',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO certificate_bindings VALUES(X'fb71fd041d9700e52b9ec0bc20f0e04d09bee5040c360a805d7ab184ec9b8af1',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
CREATE TRIGGER steps_done_once BEFORE UPDATE OF finished_at ON steps
WHEN OLD.finished_at IS NOT NULL AND NEW.finished_at IS NOT OLD.finished_at AND OLD.kind != 'verify'
BEGIN SELECT RAISE(ABORT, 'when a step was first done is written down once'); END;
CREATE INDEX processes_locking ON processes (at) WHERE is_locking = 1;
CREATE INDEX processes_lock_totals ON processes (is_locking, state, disabled_after, run) WHERE is_locking = 1;
CREATE VIEW readable_processes AS
SELECT p.id, p.use_case, p.user, d.name AS directory, u.username, p.reason, p.reason_text, p.note, p.state, p.enforced,
    p.forced, strftime('%Y-%m-%dT%H:%M:%SZ', p.at, 'unixepoch') AS at, p.by, p.host, p.terminal, p.run, p.cause,
    p.decided_by, strftime('%Y-%m-%dT%H:%M:%SZ', p.decided_at, 'unixepoch') AS decided_at, p.decision,
    iif(p.state IN ('open', 'partial'), NULL, strftime('%Y-%m-%dT%H:%M:%SZ', p.finished_at, 'unixepoch')) AS finished_at,
    p.disabled_after
FROM processes p
JOIN users u ON u.id = p.user
JOIN directories d ON d.id = u.directory;
CREATE VIEW readable_steps AS
SELECT s.process, s.ordinal, p.user, u.username, s.kind, s.target, s.state, s.attempts,
    strftime('%Y-%m-%dT%H:%M:%SZ', s.due_at, 'unixepoch') AS due_at, s.error_code, s.error_message,
    iif(s.state = 'done', strftime('%Y-%m-%dT%H:%M:%SZ', s.finished_at, 'unixepoch'), NULL) AS finished_at
FROM steps s
JOIN processes p ON p.id = s.process
JOIN users u ON u.id = p.user;
CREATE UNIQUE INDEX users_entry ON users (directory, entry_id);
CREATE INDEX users_username ON users (username_key);
CREATE INDEX users_dn ON users (dn_key, directory);
CREATE INDEX memberships_member ON memberships (member, role_group);
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id=1282102132;
PRAGMA user_version=18;
