PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE directories (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- the key in lockstep.yaml
    keeps_uids INTEGER NOT NULL DEFAULT 0,  -- 1: a group named members by uid, so users have their uid_key
    unsettled INTEGER NOT NULL DEFAULT 0    -- 1: a first load took users in without comparing their usernames
, context_csn TEXT, read_at INTEGER, adopted INTEGER NOT NULL DEFAULT 0, dialect TEXT, has_end_time INTEGER NOT NULL DEFAULT 0, domain TEXT, folds_dotted_i INTEGER, owes_absence INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO directories VALUES(1,'hq',0,0,'20261128064609.785990Z#000000#000#000000',1795848370,0,'openldap',1,NULL,NULL,1);
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
INSERT INTO users VALUES(1,1,'22e2999e-7f43-1041-88b5-d1ba94d4b265','uid=ada,ou=people,dc=example,dc=com',X'de4f333762262c2c1900ff3bffd29d77',NULL,'ada','ada','Ada','Ljósberg','Ada Ljósberg','ada@example.com','1001','{"title":["Keeper of the light"]}','locked',1,NULL,1,'left-organization',X'7888fab870c496ea3befda64ef0a514cf189ba458b39252fb57c29e8d72aa2bf',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(2,1,'22e2aaa6-7f43-1041-88b6-d1ba94d4b265','uid=ben,ou=people,dc=example,dc=com',X'3cb51b97eeb68c2ca97630a88e2bb9ae',NULL,'ben','ben','Ben','Brimdal','Ben Brimdal','ben@example.com','1002','{"title":["Keeper of the light"]}','inactive',2,NULL,1,NULL,X'60053694f219c4f638be0be30a1898350a1b999efd8057a9bb008a4fb962f1ab',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(3,1,'22e2d97c-7f43-1041-88b7-d1ba94d4b265','uid=cleo,ou=people,dc=example,dc=com',X'769edd445c0541601a2163c79937b899',NULL,'cleo','cleo','Cleo','Harbour','Cleo Harbour','cleo@example.com','1003','{"title":["Keeper of the light"]}','locked',3,NULL,1,NULL,X'b15829e7d1755b85df9a9849d49c4d13522bcdb5ab1de871a0df1bd6a1962b83',3,1,NULL,NULL,NULL);
INSERT INTO users VALUES(4,1,'22e2e926-7f43-1041-88b8-d1ba94d4b265','uid=dora,ou=people,dc=example,dc=com',X'4bfa1da4aa98f63670f50e3bea1b4998',NULL,'dora','dora','Dora','Keeper','Dora Keeper','dora@example.com','1004','{"title":["Keeper of the light"]}','locked',5,NULL,0,NULL,X'01d40c603c2b11e978233d1842f7c5dc988834a29ff5c928496b299cf3d480bd',1,1,NULL,NULL,NULL);
INSERT INTO users VALUES(5,1,'22e2f77c-7f43-1041-88b9-d1ba94d4b265','uid=eli,ou=people,dc=example,dc=com',X'1c67acd8e57acf8dfba8dffc1ce627ac',NULL,'eli','eli','Eli','Lantern','Eli Lantern','eli@example.com','1005','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'6d8954fc6fb867d5996c672d684984e9d3bfa4b34e1571a1e7639e55f6675e21',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(7,1,'22e385ac-7f43-1041-88bb-d1ba94d4b265','uid=gwen,ou=people,dc=example,dc=com',X'dc3e5946c78a7c9f1916b4a7bcb6e1f9',NULL,'gwen','gwen','Gwen','Pier','Gwen Pier','gwen@example.com','1007','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'0e93fcf9f7b9ac2f0034a6564c2ff1efb92c1cfce1e3ba875759df7522896f00',0,1,NULL,NULL,NULL);
INSERT INTO users VALUES(8,1,'22e39722-7f43-1041-88bc-d1ba94d4b265','cn=twin,ou=people,dc=example,dc=com',X'63e389473d8cd18a607f397b91a87cc9',NULL,'finn','finn',NULL,'Twin',NULL,NULL,NULL,'{}','active',NULL,NULL,0,NULL,X'98c72f96c01f808b61c70edd3db90c1f68aa3b7b721ef8f7b360043d0e3194c9',0,1,NULL,NULL,NULL);
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
    run INTEGER NOT NULL, is_user INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (directory, dn)
) STRICT, WITHOUT ROWID;
INSERT INTO rejected VALUES(1,'uid=finn,ou=people,dc=example,dc=com','username finn is already that of cn=twin,ou=people,dc=example,dc=com',1795848368,3,0);
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
INSERT INTO role_groups VALUES(1,1,'22e3a456-7f43-1041-88bd-d1ba94d4b265','cn=keepers,ou=groups,dc=example,dc=com',X'83aa08726a25310874883b94bd773181','keepers',X'a5edd2314e943446dfc2dbe893c6db164d24ebe951d258f5a9d0928b240a1ca0',NULL,NULL);
INSERT INTO role_groups VALUES(2,1,'22e3afe6-7f43-1041-88be-d1ba94d4b265','cn=boats,ou=groups,dc=example,dc=com',X'ecb7b579e3eec3decb9929206a823829','boats',X'a0be8559f55bef32886daa8e9353cf19cbf878dfb6dfbf670ae1bfd81a181355',NULL,NULL);
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
INSERT INTO certificates VALUES(1,1,NULL,'1F9448203B7D73D9BE2838912CBE2E50B2EB16FE','O=Example Lighthouse Works,CN=ada','O=Example Lighthouse Works,CN=ada',1795848366,4949448366,X'dc11d83a7000e01ef16d003b40845bd3b8be8dbf339ad65b3431da28cfe4abac','revoked','affiliationChanged',1795848369,1,NULL,NULL,1,NULL,0);
INSERT INTO certificates VALUES(2,2,3,'30E4FCEDBA6564F27389E961F3E4041F3B989059','O=Example Lighthouse Works,CN=ben','O=Example Lighthouse Works,CN=ben',1795848367,4949448367,X'1456d1f62dd062c90f9b14a22f790efaf96b3f19bde4385e551123600a9dbd94','onHold',NULL,NULL,NULL,1795848369,2,0,NULL,0);
INSERT INTO certificates VALUES(3,3,4,'04A2A43735F6988A3FBF02F3A9C249BCD57B266D','O=Example Lighthouse Works,CN=cleo','O=Example Lighthouse Works,CN=cleo',1795848368,4949448368,X'e5d823e669364b53585ec4c76c394c6e84d11f2b69ecc4a9dfbac860ebcacf1d','revoked','privilegeWithdrawn',1795848369,3,NULL,NULL,0,NULL,0);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    finished INTEGER,
    outcome TEXT CHECK (outcome IN ('completed', 'partial', 'stopped', 'failed', 'planned')),
    report TEXT                             -- JSON, as `sync --json` printed it
) STRICT;
INSERT INTO runs VALUES(1,1795848368,1795848369,'completed','{"directories":[{"changes":[],"created":7,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":8,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":4,"withdrawn":0},"strategy":"syncrepl","unchanged":0,"updated":0}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":1,"seconds":0.137}');
INSERT INTO runs VALUES(2,1795848369,1795848370,'completed','{"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":4,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":2,"updated":1}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":2,"seconds":0.126}');
INSERT INTO runs VALUES(3,1795848370,1795848370,'stopped','{"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":11,"message":"hq: 2 users would become missing, more than limits.missing allows (1): nobody is marked missing."},"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":6,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":5,"updated":0}],"outcome":"stopped","plan":"3efb3f1f","queue":{"done":0,"failed":0,"pending":0},"run":3,"seconds":0.056}');
INSERT INTO runs VALUES(4,1795848371,1795848371,'failed','{"directories":[{"changes":[],"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":-1,"message":"hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs."},"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":0,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"full","unchanged":0,"updated":0}],"outcome":"failed","plan":null,"queue":{"done":0,"failed":0,"pending":4},"run":4,"seconds":0.013}');
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
INSERT INTO processes VALUES(1,'UsersProcLock',1,'left-organization','The user quits the organization','affiliationChanged',NULL,1795848369,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"1F9448203B7D73D9BE2838912CBE2E50B2EB16FE"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"ada"},{"detail":"cn=boats,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"boats"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → locked","kind":"lockCredential","target":"ADA-1"},{"detail":"mobile ID, requested → aborted","kind":"abortCredential","target":"ADA-2"},{"detail":"valid → revoked (affiliationChanged)","kind":"revokeCertificate","target":"1F9448203B7D73D9BE2838912CBE2E50B2EB16FE"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127064609Z","kind":"disableEntry","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com; the last member, cn=nobody,dc=example,dc=com takes the place","kind":"removeFromGroup","target":"cn=boats,ou=groups,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ada,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795848369,NULL,NULL,NULL);
INSERT INTO processes VALUES(2,'UsersProcDeactivate',2,'leave','The user is on leave',NULL,NULL,1795848369,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → inactive","kind":"deactivateUser","target":"ben"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → inactive","kind":"deactivateCredential","target":"BEN-1"},{"detail":"valid → onHold","kind":"holdCertificate","target":"30E4FCEDBA6564F27389E961F3E4041F3B989059"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127064609Z","kind":"disableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"member: uid=ben,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795848369,NULL,NULL,NULL);
INSERT INTO processes VALUES(3,'UsersProcLock',3,'misuse','The user misused a privilege','privilegeWithdrawn',NULL,1795848369,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"04A2A43735F6988A3FBF02F3A9C249BCD57B266D"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"cleo"},{"detail":"soft token, active → locked","kind":"lockCredential","target":"CLEO-1"},{"detail":"valid → revoked (privilegeWithdrawn)","kind":"revokeCertificate","target":"04A2A43735F6988A3FBF02F3A9C249BCD57B266D"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127064609Z","kind":"disableEntry","target":"uid=cleo,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=cleo,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795848369,NULL,NULL,NULL);
INSERT INTO processes VALUES(4,'UsersProcReactivate',2,'back','The user is back',NULL,NULL,1795848370,'root','vm',NULL,0,NULL,NULL,'requested',NULL,'{"remaining":[],"restoresRoles":false,"rolesOf":null,"unchanged":[{"because":"stays withdrawn; --restore-roles gives it back","kind":"role","target":"keepers"}]}','[{"detail":"inactive → active","kind":"reactivateUser","target":"ben"},{"detail":"card, inactive → active","kind":"activateCredential","target":"BEN-1"},{"detail":"onHold → valid","kind":"releaseCertificate","target":"30E4FCEDBA6564F27389E961F3E4041F3B989059"},{"detail":"the account is enabled again","kind":"enableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"the entry is read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',2109048370,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO processes VALUES(5,'UsersProcLock',4,'left-organization','The user quits the organization','affiliationChanged',NULL,1795848371,'root','vm',NULL,0,NULL,1,'partial',NULL,'{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"dora"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127064611Z","kind":"disableEntry","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"member: uid=dora,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=dora,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO steps VALUES(1,0,'lockUser','ada',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,1,'withdrawRole','boats',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,2,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,3,'lockCredential','ADA-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,4,'abortCredential','ADA-2',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,5,'revokeCertificate','1F9448203B7D73D9BE2838912CBE2E50B2EB16FE',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,6,'disableEntry','uid=ada,ou=people,dc=example,dc=com','22e2999e-7f43-1041-88b5-d1ba94d4b265','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,7,'writeReason','uid=ada,ou=people,dc=example,dc=com','22e2999e-7f43-1041-88b5-d1ba94d4b265','{"write":[{"attribute":"employeeType","values":["left"]}]}','[{"attribute":"employeeType","values":[]}]','done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,8,'removeFromGroup','cn=boats,ou=groups,dc=example,dc=com','22e3afe6-7f43-1041-88be-d1ba94d4b265','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}','[{"attribute":"member","values":["uid=ada,ou=people,dc=example,dc=com"]}]','done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,9,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','22e3a456-7f43-1041-88bd-d1ba94d4b265','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(1,10,'verify','uid=ada,ou=people,dc=example,dc=com','22e2999e-7f43-1041-88b5-d1ba94d4b265','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(2,0,'deactivateUser','ben',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(2,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(2,2,'deactivateCredential','BEN-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(2,3,'holdCertificate','30E4FCEDBA6564F27389E961F3E4041F3B989059',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(2,4,'disableEntry','uid=ben,ou=people,dc=example,dc=com','22e2aaa6-7f43-1041-88b6-d1ba94d4b265','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(2,5,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','22e3a456-7f43-1041-88bd-d1ba94d4b265','{"remove":{"attribute":"member","value":"uid=ben,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(2,6,'verify','uid=ben,ou=people,dc=example,dc=com','22e2aaa6-7f43-1041-88b6-d1ba94d4b265','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(3,0,'lockUser','cleo',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(3,1,'lockCredential','CLEO-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(3,2,'revokeCertificate','04A2A43735F6988A3FBF02F3A9C249BCD57B266D',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(3,3,'disableEntry','uid=cleo,ou=people,dc=example,dc=com','22e2d97c-7f43-1041-88b7-d1ba94d4b265','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(3,4,'verify','uid=cleo,ou=people,dc=example,dc=com','22e2d97c-7f43-1041-88b7-d1ba94d4b265','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795848369);
INSERT INTO steps VALUES(5,0,'lockUser','dora',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848371);
INSERT INTO steps VALUES(5,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795848371);
INSERT INTO steps VALUES(5,2,'disableEntry','uid=dora,ou=people,dc=example,dc=com','22e2e926-7f43-1041-88b8-d1ba94d4b265','{"account":"disabled"}',NULL,'pending',1,1795848401,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,3,'writeReason','uid=dora,ou=people,dc=example,dc=com','22e2e926-7f43-1041-88b8-d1ba94d4b265','{"write":[{"attribute":"employeeType","values":["left"]}]}',NULL,'pending',1,1795848401,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,4,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','22e3a456-7f43-1041-88bd-d1ba94d4b265','{"remove":{"attribute":"member","value":"uid=dora,ou=people,dc=example,dc=com"}}',NULL,'pending',1,1795848401,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,5,'verify','uid=dora,ou=people,dc=example,dc=com','22e2e926-7f43-1041-88b8-d1ba94d4b265','{"read":"back"}',NULL,'pending',1,1795848401,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    process INTEGER,
    user INTEGER,
    body BLOB NOT NULL,                     -- canonical JSON, the very octets that were hashed
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1795848369,NULL,NULL,X'7b226174223a313739353834383336392c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a372c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a747275652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a382c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a342c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a302c2275706461746564223a307d5d2c2272756e223a317d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'224b9e6d7ae9de9741fc4b6aad5d46e0d7c2a0f301bdaa3af5508e346bb924e3');
INSERT INTO audit VALUES(2,1795848369,NULL,1,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a224144412d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'395d9dc0975b8726e3131ddf73c9cb514fdf981c273410369591648960e30efa');
INSERT INTO audit VALUES(3,1795848369,NULL,1,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a226d6f62696c654944222c2273657269616c223a224144412d32222c227374617465223a22726571756573746564227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'702b848c980745e479f13f2f3d34bee6b907a9f5f74a28669ee5bf71a209116b');
INSERT INTO audit VALUES(4,1795848369,NULL,2,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a2242454e2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'5970b72502370d7ef4aaceae9dffa4c50cb32ec43589d24a70213b224cd3062b');
INSERT INTO audit VALUES(5,1795848369,NULL,2,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a2242454e2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d62656e222c2273657269616c223a2233304534464345444241363536344632373338394539363146334534303431463342393839303539227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'fa921b0f39178c365545454a0d8c413a302efef325e22ec5b6dfd4575f113def');
INSERT INTO audit VALUES(6,1795848369,NULL,3,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a22736f6674546f6b656e222c2273657269616c223a22434c454f2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'f095ec95fac403cf9eb4e55164a10fb84477372e5e474a3734b3ea976956b9f0');
INSERT INTO audit VALUES(7,1795848369,NULL,3,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a22434c454f2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d636c656f222c2273657269616c223a2230344132413433373335463639383841334642463032463341394332343942434435374232363644227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'e46e4c4615dd707e1cf7135c1304a7de03a675ddbc6fd098f12aa0bee652ca8b');
INSERT INTO audit VALUES(8,1795848369,1,1,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22616461227d2c7b2264657461696c223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a22626f617473227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a224144412d31227d2c7b2264657461696c223a226d6f62696c652049442c2072657175657374656420e286922061626f72746564222c226b696e64223a2261626f727443726564656e7469616c222c22746172676574223a224144412d32227d2c7b2264657461696c223a2276616c696420e28692207265766f6b65642028616666696c696174696f6e4368616e67656429222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2231463934343832303342374437334439424532383338393132434245324535304232454231364645227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373036343630395a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d3b20746865206c617374206d656d6265722c20636e3d6e6f626f64792c64633d6578616d706c652c64633d636f6d2074616b65732074686520706c616365222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'dadb0ccd8ed5f590a99e094ee82b6e6ee2741c9b71ef76f31170990d8da81538');
INSERT INTO audit VALUES(9,1795848369,1,1,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a227772697465526561736f6e222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'b31c670adfa9ad94941ccdbdacb7fed14ae5e5e0221cdcaee294fc48640c3223');
INSERT INTO audit VALUES(10,1795848369,2,2,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c65617665222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a2276616c696420e28692206f6e486f6c64222c226b696e64223a22686f6c644365727469666963617465222c22746172676574223a2233304534464345444241363536344632373338394539363146334534303431463342393839303539227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373036343630395a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206f6e206c65617665222c2275736543617365223a22557365727350726f6344656163746976617465227d2c226576656e74223a2264656163746976617465222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'7ece1fd9d5eedcad93b6392862504574dbd899149fdc463128eb7b9dfee231f9');
INSERT INTO audit VALUES(11,1795848369,2,2,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c65617665222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226465616374697661746520636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'ad83e78d7d23bfe53fc5cd2606fdcc3ad4ece1bbcb3036bc7b172834957ab28b');
INSERT INTO audit VALUES(12,1795848369,3,3,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226d6973757365222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22636c656f227d2c7b2264657461696c223a22736f667420746f6b656e2c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a22434c454f2d31227d2c7b2264657461696c223a2276616c696420e28692207265766f6b6564202870726976696c65676557697468647261776e29222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2230344132413433373335463639383841334642463032463341394332343942434435374232363644227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373036343630395a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206d69737573656420612070726976696c656765222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'0ed763146d71b39dcdefb3f9a4c4205ae589ca6a57acaca5ec1c3a3015e2c521');
INSERT INTO audit VALUES(13,1795848369,3,3,X'7b226174223a313739353834383336392c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226d6973757365222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'2a3fcd25291265d1847dfc5debf26cbb9a78e1565ca2b0633a64bbed3666acbd');
INSERT INTO audit VALUES(14,1795848370,NULL,NULL,X'7b226174223a313739353834383337302c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b226368616e676573223a302c2263726561746564223a302c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a66616c73652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a342c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a302c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a322c2275706461746564223a317d5d2c2272756e223a327d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'e54302ae1b04272b3482ac1596d90a8b0e5d3f59a408a136e66f9ba9456e0297');
INSERT INTO audit VALUES(15,1795848370,4,2,X'7b226174223a313739353834383337302c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226261636b222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a22696e61637469766520e2869220616374697665222c226b696e64223a227265616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636172642c20696e61637469766520e2869220616374697665222c226b696e64223a22616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a226f6e486f6c6420e286922076616c6964222c226b696e64223a2272656c656173654365727469666963617465222c22746172676574223a2233304534464345444241363536344632373338394539363146334534303431463342393839303539227d2c7b2264657461696c223a22746865206163636f756e7420697320656e61626c656420616761696e222c226b696e64223a22656e61626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e7472792069732072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206261636b222c2275736543617365223a22557365727350726f6352656163746976617465227d2c226576656e74223a227265616374697661746520726571756573746564222c22686f7374223a22766d222c2270726f63657373223a342c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'c0801dca9132774070de0e76bddba3f58403502c8aec6c1b7a8ce899466e45fd');
INSERT INTO audit VALUES(16,1795848371,5,4,X'7b226174223a313739353834383337312c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22646f7261227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373036343631315a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'682aae3d3183008709ef8af36ea07f817c0bee9bdb19367ec43b0507c36b8515');
INSERT INTO audit VALUES(17,1795848371,5,4,X'7b226174223a313739353834383337312c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a6e756c6c2c226f7574636f6d65223a227061727469616c222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2264697361626c65456e747279222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a227772697465526561736f6e222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a2270656e64696e67222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a22766572696679222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b207061727469616c222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'9297a0f57ca0fca3b5bbda8d4b6bd0503f5b4185f4ace1586a284961d66fc7fd');
CREATE TABLE kept_plans (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,                   -- SHA-256 of its changes, in their order
    run INTEGER NOT NULL,                   -- the run that first kept it
    at INTEGER NOT NULL,
    released_at INTEGER,                    -- null: not yet
    released_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO kept_plans VALUES('3efb3f1f',X'989b9c4130c7b8ced8a5fa9c8f1637200913c19f87337592137fc94a0a38197b',3,1795848370,NULL,NULL);
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
INSERT INTO streams VALUES(1,'groups','ldap://127.0.0.1:31977','syncrepl',X'4a035c348cd7d4ae937e7662925fe9ebc6605fac5eb515775222ae1aea6ce324',X'7269643d3030302c63736e3d32303236313132383036343630392e3738353939305a2330303030303023303030233030303030300a32326533613435362d376634332d313034312d383862642d6431626139346434623236350a32303236313132383036343630392e3532333137375a233030303030302330303023303030303030',X'e76f54980ab696ec3e3900d8d6fe9893fccac1ae247ca46f1a02bcc0095cb0d3',NULL,'22e3a456-7f43-1041-88bd-d1ba94d4b265 22e3afe6-7f43-1041-88be-d1ba94d4b265',1795848369,2);
INSERT INTO streams VALUES(1,'users','ldap://127.0.0.1:31977','syncrepl',X'6c5b81f534d19c6f5162be7117ac45c99005459836a79aca20fd3c4e3a30952d',X'7269643d3030302c63736e3d32303236313132383036343630392e3738353939305a2330303030303023303030233030303030300a32326532643937632d376634332d313034312d383862372d6431626139346434623236350a32303236313132383036343630392e3738353939305a233030303030302330303023303030303030',X'e76f54980ab696ec3e3900d8d6fe9893fccac1ae247ca46f1a02bcc0095cb0d3',NULL,'',1795848369,2);
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
INSERT INTO certificate_encodings VALUES(X'dc11d83a7000e01ef16d003b40845bd3b8be8dbf339ad65b3431da28cfe4abac',X'308203423082022aa00302010202141f9448203b7d73d9be2838912cbe2e50b2eb16fe300d06092a864886f70d01010b05003031310c300a06035504030c036164613121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383036343630365a180f32313236313130343036343630365a3031310c300a06035504030c036164613121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a0282010100981fae1cee121861e70c88f980d44d5553890408d3c530d26a71cc1606696941ded2a61c105939696d7f2e8eb45bf6b1ce66998b697e2491fd0f2ca7fca1b85c7abe68e56b7f700393afc089c4a08f7d9de9794724992cc89d69d5db133e37fcc9e0c9448817ffbbba2324afe7267382f3af8459bb5abafa1d6319300189144f89a5de5a171738bc9d99362699df17734e0344b4dba60918d3ef81e18305fc5bd25b312e832f06989fc4a53641d17128574dc628dae582f16c5a8ecf02c5958bdf1a677528d2a5a5824077d564fb1776bcc2304e0220c2cbe2f5efd9228a0bea394c7a7d59a572e0ed2867ded825d2d7be8d3662a4de783a3a5e7e6541052fc10203010001a350304e301d0603551d0e0416041424a13ee35442f886ae381c793f5f57bc127f047e301f0603551d2304183016801424a13ee35442f886ae381c793f5f57bc127f047e300c0603551d130101ff04023000300d06092a864886f70d01010b05000382010100021f7afaa4a4174a5a14cffc190870fa681c30acf1cf403fb4f1f493fe66a09b008fd7e15e59acd998feed9965b507bb618751fd46c86b7d76ad072843af75b93d50a908cafc93593b6c5509d2fb1d706a2dbf50b4b35a5b5f5e34347cd161374589997de5b0070218f30f4b369f6133796a3d2ff055b6b9edfc9cefaf4ab29d9dbcf109a343c446a1ad39d0149c5dd88317a6e0054d05be2297ddcab47be7468db422c52db06fcfd65ae0ac5152c489b63a7163c5c7ce5d5e7e6c87637b6c86be2abe90fceb1c87ebecfd007cec57aedd9cd8a15983acc75aae1ef113f7d5278534cfc9cee119a3da6cd88f2df8c170aa925403bbbb461bcbb09f8a599fe881');
INSERT INTO certificate_encodings VALUES(X'1456d1f62dd062c90f9b14a22f790efaf96b3f19bde4385e551123600a9dbd94',X'308203423082022aa003020102021430e4fcedba6564f27389e961f3e4041f3b989059300d06092a864886f70d01010b05003031310c300a06035504030c0362656e3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383036343630375a180f32313236313130343036343630375a3031310c300a06035504030c0362656e3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a0282010100a5f661ffb4dce7d06056250fbf31574194ba6e10d3166d58fa20683cc11af99f855158be693e580c5887c591ddfa89f1bac18f1dd52aba54d32022263ebbe4c1c271dac823b607d8f5304296289425d7004a0612a776d92263841fd9acffa309f7f10afb3808acf945f8fbd252f33e7eefa71666fc785d6b40ef9c3975f4f232672596208358bf556a237a6bfabd609f49f6e11bc4be65325c55ac78bfd7c747ea467e0ef6b733b8520695206dad3c18b1e7d7bf849754b4866f18b5a810e49d49c711a2d47249c0867dee8816b113a5fdfee9b8b63444a40d0507c7faa996816318c6882bde818333817d822addda36822f9179e6f8052aab6478a2eb85173f0203010001a350304e301d0603551d0e0416041480047f1c76303819039a4beb306348bfcd1e53d6301f0603551d2304183016801480047f1c76303819039a4beb306348bfcd1e53d6300c0603551d130101ff04023000300d06092a864886f70d01010b050003820101007bf0781b1c6f9626b1ef49ebedd96c6065d3d12e976f95930a034e505b54d49730d117282815f0b7de7e37cf4b07a1724421bfbe7e7742840a469fb6c391c325a82ce8e8be3f720b3c1e9a636a5f0636fc2262ec104e86f7f93f4378fa5a937e296c92ec4b185ccb5e52d2708659b9ff675cd201a2f75834236a8700b869cbcd3e8f65cdbedb27fe7bc61f19968cbfbbcddc1642527e65b99fce1786cba4ffccb9d196f2f24ec41c29afca6f0f85c9251ee77cf4dd44eafcd00eb61b3d1c4d74bcd4f1339d6fa79f59444511ad9c8e11ff624de83be26ae212ad4b7b144c7ca52bfd91c2f4d52e5ff257b1da95fba52f89299441eddc7bdc6f4107605a9c796f');
INSERT INTO certificate_encodings VALUES(X'e5d823e669364b53585ec4c76c394c6e84d11f2b69ecc4a9dfbac860ebcacf1d',X'308203443082022ca003020102021404a2a43735f6988a3fbf02f3a9c249bcd57b266d300d06092a864886f70d01010b05003032310d300b06035504030c04636c656f3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b733020170d3236313132383036343630385a180f32313236313130343036343630385a3032310d300b06035504030c04636c656f3121301f060355040a0c184578616d706c65204c69676874686f75736520576f726b7330820122300d06092a864886f70d01010105000382010f003082010a02820101008d69dc47db5ca328cf6d1a668cc58ffcbac24c21efef880f1775d3b4d66bbfd5e200e15cf4db13bfc28f9cee436800baee263dd57b85409bf13973d0e96ea01003fc11e5b46a76120afc7b030c0fcbeeeb3a8a89e48bea35453c647e09987f42a1466406df5a96c1a24124d1164c70387a8bfffe2e31b9b0fdd3d2b9fcd25498dd14e6f94c91f722c02460a6c9303a8163d7381225a76e06c5cb5d0a443f1d809cbc622092f5169723bc41459decd07819920164dcb870a3a0db0429c180ebe705f993fd85e981b39fb57e0cbb948911353a79c5974fdad4ba2e0cdc9fcdf917ced3419a0be736cad2db61a6abbdbcb386c55edeae5c86f5589f46d811187c1f0203010001a350304e301d0603551d0e041604140b624a43f93b9f075b46bc7fd466ae9faf691cec301f0603551d230418301680140b624a43f93b9f075b46bc7fd466ae9faf691cec300c0603551d130101ff04023000300d06092a864886f70d01010b0500038201010041567cca50f0b09c8baa4f031c4e39503e7d3a5c7d6d6747e553fbb7fbc7bb028676b77c624174977bac1948cd5c4801eea92e6aeddd7497c3fd6b600e66c2133e56bb989bbbbc4ce444cb75a01f77f0474a26c2f7579dc57f853f33f32c2d9ac8c6f1407d764cd31894c6a93a36f59c8ec58f0c5f3d1c380cac118dc6f69ed8adf981e3a911dc2394502352b5e6be4e0671fffcc075c6dee98849bdd8fa5d868be749af2913b3b4174921aa3bd6a783d2c4df6cc8bbd9409939df9e1495d387276ffb1bdd7e8697f902d73159897f626cbc608706eafbd1fe2454761ae114dbfdd8c4585ced364aac74593bfbad3b721504e4fafd8aba8a05f01668d2bf01aa');
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
PRAGMA user_version=14;
