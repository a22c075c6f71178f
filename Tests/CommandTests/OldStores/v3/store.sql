PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE directories (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- the key in lockstep.yaml
    keeps_uids INTEGER NOT NULL DEFAULT 0,  -- 1: a group named members by uid, so users have their uid_key
    unsettled INTEGER NOT NULL DEFAULT 0    -- 1: a first load took users in without comparing their usernames
, context_csn TEXT) STRICT;
INSERT INTO directories VALUES(1,'hq',0,0,'20261128085714.598103Z#000000#000#000000');
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
) STRICT;
INSERT INTO users VALUES(1,1,'6e0fa2e2-7f55-1041-8b65-37250121912d','uid=ada,ou=people,dc=example,dc=com',X'de4f333762262c2c1900ff3bffd29d77',NULL,'ada','ada','Ada','Ljósberg','Ada Ljósberg','ada@example.com','1001','{"title":["Keeper of the light"]}','locked',1,NULL,1,'left-organization',X'a8e2aedd4ad8125f962350cf2e2aa5ac8fbe570d15ab357c7132d3d21fd3f0f5',3,1);
INSERT INTO users VALUES(2,1,'6e183db2-7f55-1041-8b66-37250121912d','uid=ben,ou=people,dc=example,dc=com',X'3cb51b97eeb68c2ca97630a88e2bb9ae',NULL,'ben','ben','Ben','Brimdal','Ben Brimdal','ben@example.com','1002','{"title":["Keeper of the light"]}','inactive',2,NULL,1,NULL,X'8fc78c7b625bee088f49f5b91bb5ee9d88eb5a2423d7b4b55e54abcc40452480',3,1);
INSERT INTO users VALUES(3,1,'6e184faa-7f55-1041-8b67-37250121912d','uid=cleo,ou=people,dc=example,dc=com',X'769edd445c0541601a2163c79937b899',NULL,'cleo','cleo','Cleo','Harbour','Cleo Harbour','cleo@example.com','1003','{"title":["Keeper of the light"]}','locked',3,NULL,1,NULL,X'4d716d35e2a60a6297a6168b26cf2543bcd4d6db1d59982820d0d21876b70d48',3,1);
INSERT INTO users VALUES(4,1,'6e185c66-7f55-1041-8b68-37250121912d','uid=dora,ou=people,dc=example,dc=com',X'4bfa1da4aa98f63670f50e3bea1b4998',NULL,'dora','dora','Dora','Keeper','Dora Keeper','dora@example.com','1004','{"title":["Keeper of the light"]}','locked',5,NULL,0,NULL,X'1bcd99d252cdba23e91f9ede361d4791ef0e67e1095e762920707db28faa69bd',1,1);
INSERT INTO users VALUES(5,1,'6e1869fe-7f55-1041-8b69-37250121912d','uid=eli,ou=people,dc=example,dc=com',X'1c67acd8e57acf8dfba8dffc1ce627ac',NULL,'eli','eli','Eli','Lantern','Eli Lantern','eli@example.com','1005','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'a35a1f75a4afbe1cf98116782624e6f4e49be9f27656c4b933a5d5f7c0f00373',0,1);
INSERT INTO users VALUES(7,1,'6e187ca0-7f55-1041-8b6b-37250121912d','uid=gwen,ou=people,dc=example,dc=com',X'dc3e5946c78a7c9f1916b4a7bcb6e1f9',NULL,'gwen','gwen','Gwen','Pier','Gwen Pier','gwen@example.com','1007','{"title":["Keeper of the light"]}','active',NULL,NULL,0,NULL,X'7a1cb0d60eef73b1e2b0c136b12f2d3afb6a454e7410894e2b1c941129bd54b5',0,1);
INSERT INTO users VALUES(8,1,'6e1889ca-7f55-1041-8b6c-37250121912d','cn=twin,ou=people,dc=example,dc=com',X'63e389473d8cd18a607f397b91a87cc9',NULL,'finn','finn',NULL,'Twin',NULL,NULL,NULL,'{}','active',NULL,NULL,0,NULL,X'dfaa4f7dffbfb3ff8d07f3b63be695b100091a8bfb56aab89b5f5747c50ebb95',0,1);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','user_words','user_words',0,'CREATE VIRTUAL TABLE user_words USING fts5 (
    words, content = '''', columnsize = 0, detail = none, tokenize = ''unicode61 remove_diacritics 2''
)');
CREATE TABLE IF NOT EXISTS 'user_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO user_words_data VALUES(1,X'0750');
INSERT INTO user_words_data VALUES(10,X'000000000102020002010101020101');
INSERT INTO user_words_data VALUES(137438953473,X'000000da053031303031010401320204013303040134040401350504013606040137070103616461010106626561636f6e0603016e02020672696d64616c020104636c656f0302026f6d010101010101010104646f7261040103656c6905020678616d706c6501010101010101010466696e6e060201046777656e070107686172626f75720301066b65657065720101010101010101076c616e7465726e050204696768740101010101010102076a6f73626572670101026f660101010101010101047069657207010374686501010101010101020377696e08040704040404040406090409070b07060f08070a0f0a0d0a0b070c');
INSERT INTO user_words_data VALUES(274877906945,X'0000005005303130303606000106626561636f6e06000103636f6d060001076578616d706c650600010466696e6e060001066b6565706572060001056c69676874060001026f6606000103746865060004080a070b080a0906');
CREATE TABLE IF NOT EXISTS 'user_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO user_words_idx VALUES(1,X'',2);
INSERT INTO user_words_idx VALUES(2,X'',2);
CREATE TABLE IF NOT EXISTS 'user_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO user_words_config VALUES('version',4);
CREATE TABLE rejected (
    directory INTEGER NOT NULL REFERENCES directories,
    dn TEXT NOT NULL,
    why TEXT NOT NULL,
    since INTEGER NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (directory, dn)
) STRICT, WITHOUT ROWID;
INSERT INTO rejected VALUES(1,'uid=finn,ou=people,dc=example,dc=com','username finn is already that of cn=twin,ou=people,dc=example,dc=com',1795856227,3);
CREATE TABLE role_groups (
    id INTEGER PRIMARY KEY,
    directory INTEGER NOT NULL REFERENCES directories,
    entry_id TEXT NOT NULL,
    dn TEXT NOT NULL,
    dn_key BLOB NOT NULL,
    name TEXT NOT NULL,                     -- of the role
    digest BLOB,                            -- of all that was read; null: compare its members at the next read
    missing_since INTEGER
) STRICT;
INSERT INTO role_groups VALUES(1,1,'6e189460-7f55-1041-8b6d-37250121912d','cn=keepers,ou=groups,dc=example,dc=com',X'83aa08726a25310874883b94bd773181','keepers',X'b6ec70314d29159dedfe53b7c9cda9e96e1a3eb5483a0c3c5a052196ce217419',NULL);
INSERT INTO role_groups VALUES(2,1,'6e189dac-7f55-1041-8b6e-37250121912d','cn=boats,ou=groups,dc=example,dc=com',X'ecb7b579e3eec3decb9929206a823829','boats',X'fd3ff9c59a2468512dd1d7fda19a9cad4f426332ef1ba588772ed355a5df34d4',NULL);
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
    held_by INTEGER REFERENCES processes,
    UNIQUE (user, fingerprint),
    CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)),
    CHECK ((state = 'revoked') = (revocation_reason IS NOT NULL)),
    CHECK (state != 'onHold' OR held_at IS NOT NULL)
) STRICT;
INSERT INTO certificates VALUES(1,1,NULL,'5ECE92DA27BFFB9524BA50D1CAC26828AF3C374E','O=Example Lighthouse Works,CN=ada','O=Example Lighthouse Works,CN=ada',1795856216,4949456216,X'5013fb15a6a6288eefdcb6200167f986b643e0913094b7198a9e5bf537c44e5d','revoked','affiliationChanged',1795856230,1,NULL,NULL);
INSERT INTO certificates VALUES(2,2,3,'0482095FD5AD9DB977FD4BD8A27741B845F6D8D8','O=Example Lighthouse Works,CN=ben','O=Example Lighthouse Works,CN=ben',1795856219,4949456219,X'd3c82b0901e6ee4c598b122590e44f12a253fe3ff01d388b4622510576814632','onHold',NULL,NULL,NULL,1795856231,2);
INSERT INTO certificates VALUES(3,3,4,'084676C90485F8A3AD098400B2A8CF914DB23B5E','O=Example Lighthouse Works,CN=cleo','O=Example Lighthouse Works,CN=cleo',1795856222,4949456222,X'7750c2590675fa07c0a40450ac7fdf1bc92b0bcb8495edc371977a586e708a87','revoked','privilegeWithdrawn',1795856234,3,NULL,NULL);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    finished INTEGER,
    outcome TEXT CHECK (outcome IN ('completed', 'partial', 'stopped', 'failed', 'planned')),
    report TEXT                             -- JSON, as `sync --json` printed it
) STRICT;
INSERT INTO runs VALUES(1,1795856227,1795856228,'completed','{"directories":[{"created":7,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":8,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":4,"withdrawn":0},"strategy":"syncrepl","unchanged":0,"updated":0}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":1,"seconds":1.121}');
INSERT INTO runs VALUES(2,1795856235,1795856236,'completed','{"directories":[{"created":0,"deactivated":0,"disabled":0,"drift":0,"error":null,"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":4,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":2,"updated":1}],"outcome":"completed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":2,"seconds":0.759}');
INSERT INTO runs VALUES(3,1795856237,1795856238,'stopped','{"directories":[{"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":11,"message":"hq: 2 of 5 users would become missing, more than limits.missing allows (1, that is 1): nobody is marked missing."},"full":true,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":6,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"syncrepl","unchanged":5,"updated":0}],"outcome":"stopped","plan":"3efb3f1f","queue":{"done":0,"failed":0,"pending":0},"run":3,"seconds":0.828}');
INSERT INTO runs VALUES(4,1795856241,1795856242,'failed','{"directories":[{"created":0,"deactivated":0,"disabled":0,"drift":0,"error":{"code":-1,"message":"hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs."},"full":false,"locked":0,"missing":0,"name":"hq","reactivated":0,"read":0,"reenabled":0,"rejected":[{"dn":"uid=finn,ou=people,dc=example,dc=com","why":"username finn is already that of cn=twin,ou=people,dc=example,dc=com"}],"renamed":0,"roles":{"granted":0,"withdrawn":0},"strategy":"full","unchanged":0,"updated":0}],"outcome":"failed","plan":null,"queue":{"done":0,"failed":0,"pending":0},"run":4,"seconds":0.248}');
CREATE TABLE processes (
    id INTEGER PRIMARY KEY,
    use_case TEXT NOT NULL CHECK (use_case IN
        ('UsersProcLock', 'UsersProcDeactivate', 'UsersProcReactivate', 'UsersProcUnlock')),
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
    ('missing', 'disabled', 'reenabled', 'recognised', 'drift')), released TEXT) STRICT;
INSERT INTO processes VALUES(1,'UsersProcLock',1,'left-organization','The user quits the organization','affiliationChanged',NULL,1795856230,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ada,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"5ECE92DA27BFFB9524BA50D1CAC26828AF3C374E"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"ada"},{"detail":"cn=boats,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"boats"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → locked","kind":"lockCredential","target":"ADA-1"},{"detail":"mobile ID, requested → aborted","kind":"abortCredential","target":"ADA-2"},{"detail":"valid → revoked (affiliationChanged)","kind":"revokeCertificate","target":"5ECE92DA27BFFB9524BA50D1CAC26828AF3C374E"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127085710Z","kind":"disableEntry","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=ada,ou=people,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com; the last member, cn=nobody,dc=example,dc=com takes the place","kind":"removeFromGroup","target":"cn=boats,ou=groups,dc=example,dc=com"},{"detail":"member: uid=ada,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ada,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795856230,NULL,NULL);
INSERT INTO processes VALUES(2,'UsersProcDeactivate',2,'leave','The user is on leave',NULL,NULL,1795856231,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=ben,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → inactive","kind":"deactivateUser","target":"ben"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"card, active → inactive","kind":"deactivateCredential","target":"BEN-1"},{"detail":"valid → onHold","kind":"holdCertificate","target":"0482095FD5AD9DB977FD4BD8A27741B845F6D8D8"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127085711Z","kind":"disableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"member: uid=ben,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795856232,NULL,NULL);
INSERT INTO processes VALUES(3,'UsersProcLock',3,'misuse','The user misused a privilege','privilegeWithdrawn',NULL,1795856234,'root','vm',NULL,0,NULL,1,'completed','written','{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=cleo,ou=people,dc=example,dc=com"},{"because":"revoked in Lockstep''s records: others accept it until the CA has been told","kind":"certificate","target":"084676C90485F8A3AD098400B2A8CF914DB23B5E"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"cleo"},{"detail":"soft token, active → locked","kind":"lockCredential","target":"CLEO-1"},{"detail":"valid → revoked (privilegeWithdrawn)","kind":"revokeCertificate","target":"084676C90485F8A3AD098400B2A8CF914DB23B5E"},{"detail":"pwdAccountLockedTime: 000001010000Z, pwdEndTime: 20261127085714Z","kind":"disableEntry","target":"uid=cleo,ou=people,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=cleo,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,1795856234,NULL,NULL);
INSERT INTO processes VALUES(4,'UsersProcReactivate',2,'back','The user is back',NULL,NULL,1795856236,'root','vm',NULL,0,NULL,NULL,'requested',NULL,'{"remaining":[],"restoresRoles":false,"unchanged":[{"because":"stays withdrawn; --restore-roles gives it back","kind":"role","target":"keepers"}]}','[{"detail":"inactive → active","kind":"reactivateUser","target":"ben"},{"detail":"card, inactive → active","kind":"activateCredential","target":"BEN-1"},{"detail":"onHold → valid","kind":"releaseCertificate","target":"0482095FD5AD9DB977FD4BD8A27741B845F6D8D8"},{"detail":"the account is enabled again","kind":"enableEntry","target":"uid=ben,ou=people,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=ben,ou=people,dc=example,dc=com"}]',2109056236,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO processes VALUES(5,'UsersProcLock',4,'left-organization','The user quits the organization','affiliationChanged',NULL,1795856240,'root','vm',NULL,0,NULL,1,'partial',NULL,'{"remaining":[{"because":"LDAP connections that are already bound, Kerberos tickets and SSH keys go on until they end","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"},{"because":"SASL binds by certificate are not stopped by the password policy","kind":"session","target":"uid=dora,ou=people,dc=example,dc=com"}],"unchanged":[]}','[{"detail":"active → locked","kind":"lockUser","target":"dora"},{"detail":"cn=keepers,ou=groups,dc=example,dc=com","kind":"withdrawRole","target":"keepers"},{"detail":"pwdAccountLockedTime: 000001010000Z","kind":"disableEntry","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"employeeType: left","kind":"writeReason","target":"uid=dora,ou=people,dc=example,dc=com"},{"detail":"member: uid=dora,ou=people,dc=example,dc=com","kind":"removeFromGroup","target":"cn=keepers,ou=groups,dc=example,dc=com"},{"detail":"the entry and the groups are read back","kind":"verify","target":"uid=dora,ou=people,dc=example,dc=com"}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO steps VALUES(1,0,'lockUser','ada',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,1,'withdrawRole','boats',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,2,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,3,'lockCredential','ADA-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,4,'abortCredential','ADA-2',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,5,'revokeCertificate','5ECE92DA27BFFB9524BA50D1CAC26828AF3C374E',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,6,'disableEntry','uid=ada,ou=people,dc=example,dc=com','6e0fa2e2-7f55-1041-8b65-37250121912d','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,7,'writeReason','uid=ada,ou=people,dc=example,dc=com','6e0fa2e2-7f55-1041-8b65-37250121912d','{"write":[{"attribute":"employeeType","values":["left"]}]}','[{"attribute":"employeeType","values":[]}]','done',1,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,8,'removeFromGroup','cn=boats,ou=groups,dc=example,dc=com','6e189dac-7f55-1041-8b6e-37250121912d','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,9,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','6e189460-7f55-1041-8b6d-37250121912d','{"remove":{"attribute":"member","value":"uid=ada,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(1,10,'verify','uid=ada,ou=people,dc=example,dc=com','6e0fa2e2-7f55-1041-8b65-37250121912d','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795856230);
INSERT INTO steps VALUES(2,0,'deactivateUser','ben',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856231);
INSERT INTO steps VALUES(2,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856231);
INSERT INTO steps VALUES(2,2,'deactivateCredential','BEN-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856231);
INSERT INTO steps VALUES(2,3,'holdCertificate','0482095FD5AD9DB977FD4BD8A27741B845F6D8D8',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856231);
INSERT INTO steps VALUES(2,4,'disableEntry','uid=ben,ou=people,dc=example,dc=com','6e183db2-7f55-1041-8b66-37250121912d','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795856232);
INSERT INTO steps VALUES(2,5,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','6e189460-7f55-1041-8b6d-37250121912d','{"remove":{"attribute":"member","value":"uid=ben,ou=people,dc=example,dc=com"}}',NULL,'done',1,NULL,NULL,NULL,1795856232);
INSERT INTO steps VALUES(2,6,'verify','uid=ben,ou=people,dc=example,dc=com','6e183db2-7f55-1041-8b66-37250121912d','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795856232);
INSERT INTO steps VALUES(3,0,'lockUser','cleo',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856234);
INSERT INTO steps VALUES(3,1,'lockCredential','CLEO-1',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856234);
INSERT INTO steps VALUES(3,2,'revokeCertificate','084676C90485F8A3AD098400B2A8CF914DB23B5E',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856234);
INSERT INTO steps VALUES(3,3,'disableEntry','uid=cleo,ou=people,dc=example,dc=com','6e184faa-7f55-1041-8b67-37250121912d','{"account":"disabled"}','[{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]','done',1,NULL,NULL,NULL,1795856234);
INSERT INTO steps VALUES(3,4,'verify','uid=cleo,ou=people,dc=example,dc=com','6e184faa-7f55-1041-8b67-37250121912d','{"read":"back"}',NULL,'done',1,NULL,NULL,NULL,1795856234);
INSERT INTO steps VALUES(5,0,'lockUser','dora',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856240);
INSERT INTO steps VALUES(5,1,'withdrawRole','keepers',NULL,NULL,NULL,'done',0,NULL,NULL,NULL,1795856240);
INSERT INTO steps VALUES(5,2,'disableEntry','uid=dora,ou=people,dc=example,dc=com','6e185c66-7f55-1041-8b68-37250121912d','{"account":"disabled"}',NULL,'pending',1,1795856270,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,3,'writeReason','uid=dora,ou=people,dc=example,dc=com','6e185c66-7f55-1041-8b68-37250121912d','{"write":[{"attribute":"employeeType","values":["left"]}]}',NULL,'pending',1,1795856270,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,4,'removeFromGroup','cn=keepers,ou=groups,dc=example,dc=com','6e189460-7f55-1041-8b6d-37250121912d','{"remove":{"attribute":"member","value":"uid=dora,ou=people,dc=example,dc=com"}}',NULL,'pending',1,1795856270,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
INSERT INTO steps VALUES(5,5,'verify','uid=dora,ou=people,dc=example,dc=com','6e185c66-7f55-1041-8b68-37250121912d','{"read":"back"}',NULL,'pending',1,1795856270,-1,'hq: no server answers. ldap://127.0.0.1:31977: Can''t contact LDAP server (-1). Check uri and tls, and that the server runs.',NULL);
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    process INTEGER,
    user INTEGER,
    body BLOB NOT NULL,                     -- canonical JSON, the very octets that were hashed
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1795856228,NULL,NULL,X'7b226174223a313739353835363232382c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b2263726561746564223a372c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a747275652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a382c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a342c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a302c2275706461746564223a307d5d2c2272756e223a317d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'708c8dd93e8779963401189308b9877aca0ce33f32070b5b2cbc7cf36d62265c');
INSERT INTO audit VALUES(2,1795856229,NULL,1,X'7b226174223a313739353835363232392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a224144412d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'f4fc4e775238c9d7f9e6c81dcfe0a3e6d381429ddd7d9a639d2c1c28a1732788');
INSERT INTO audit VALUES(3,1795856229,NULL,1,X'7b226174223a313739353835363232392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a226d6f62696c654944222c2273657269616c223a224144412d32222c227374617465223a22726571756573746564227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'18557dc238f7fcac3606520798cea0a2f734d1af8a80f07f583c9df1e1e35171');
INSERT INTO audit VALUES(4,1795856229,NULL,2,X'7b226174223a313739353835363232392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a2263617264222c2273657269616c223a2242454e2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'b4041f1e97981509d18678b6f51354053a95185d356e2a3a324907da945575ad');
INSERT INTO audit VALUES(5,1795856229,NULL,2,X'7b226174223a313739353835363232392c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a2242454e2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d62656e222c2273657269616c223a2230343832303935464435414439444239373746443442443841323737343142383435463644384438227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'795dd28097611923eeea68e74fc7ffb5d9aebcf3652fdf48136e1aca67be46f6');
INSERT INTO audit VALUES(6,1795856229,NULL,3,X'7b226174223a313739353835363232392c226279223a22726f6f74222c2264657461696c223a7b226b696e64223a22736f6674546f6b656e222c2273657269616c223a22434c454f2d31222c227374617465223a22616374697665227d2c226576656e74223a2263726564656e7469616c206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'087fec96931d9e9a0de568d7154063612b32d89bd26d4d8c75c80ab3c83dd3d9');
INSERT INTO audit VALUES(7,1795856229,NULL,3,X'7b226174223a313739353835363232392c226279223a22726f6f74222c2264657461696c223a7b2263726564656e7469616c223a22434c454f2d31222c22697373756572223a224f3d4578616d706c65204c69676874686f75736520576f726b732c434e3d636c656f222c2273657269616c223a2230383436373643393034383546384133414430393834303042324138434639313444423233423545227d2c226576656e74223a226365727469666963617465206164646564222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'2fa5964ae71c08335d9eb8bd9c0be69a6c1abb0813798f5ec289d76915854175');
INSERT INTO audit VALUES(8,1795856230,1,1,X'7b226174223a313739353835363233302c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22616461227d2c7b2264657461696c223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a22626f617473227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a224144412d31227d2c7b2264657461696c223a226d6f62696c652049442c2072657175657374656420e286922061626f72746564222c226b696e64223a2261626f727443726564656e7469616c222c22746172676574223a224144412d32227d2c7b2264657461696c223a2276616c696420e28692207265766f6b65642028616666696c696174696f6e4368616e67656429222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2235454345393244413237424646423935323442413530443143414332363832384146334333373445227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373038353731305a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d3b20746865206c617374206d656d6265722c20636e3d6e6f626f64792c64633d6578616d706c652c64633d636f6d2074616b65732074686520706c616365222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'91c6bac6a0a89712823541c4f19402ef36f562aa219e4ea1e1510ea04c33456f');
INSERT INTO audit VALUES(9,1795856230,1,1,X'7b226174223a313739353835363233302c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a227772697465526561736f6e222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d626f6174732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a312c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d6164612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a312c22757365726e616d65223a22616461227d7d',X'56367225e6dec47ff0cb53a1adbae87f2cd0b60f63d855902407d8c5a660d789');
INSERT INTO audit VALUES(10,1795856231,2,2,X'7b226174223a313739353835363233312c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c65617665222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a22636172642c2061637469766520e2869220696e616374697665222c226b696e64223a226465616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a2276616c696420e28692206f6e486f6c64222c226b696e64223a22686f6c644365727469666963617465222c22746172676574223a2230343832303935464435414439444239373746443442443841323737343142383435463644384438227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373038353731315a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206f6e206c65617665222c2275736543617365223a22557365727350726f6344656163746976617465227d2c226576656e74223a2264656163746976617465222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'13ed9ec07ce03df6a679d899389b5c52ec40b9f5d3f96727e85ac4ccbe4d36e3');
INSERT INTO audit VALUES(11,1795856232,2,2,X'7b226174223a313739353835363233322c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226c65617665222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a22646f6e65222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226465616374697661746520636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a322c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'86308de6f3715cf033f93da155443ba1eecd7d335abba8ea0d9a86dc77f03133');
INSERT INTO audit VALUES(12,1795856234,3,3,X'7b226174223a313739353835363233342c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226d6973757365222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22636c656f227d2c7b2264657461696c223a22736f667420746f6b656e2c2061637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b43726564656e7469616c222c22746172676574223a22434c454f2d31227d2c7b2264657461696c223a2276616c696420e28692207265766f6b6564202870726976696c65676557697468647261776e29222c226b696e64223a227265766f6b654365727469666963617465222c22746172676574223a2230383436373643393034383546384133414430393834303042324138434639313444423233423545227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a2c20707764456e6454696d653a2032303236313132373038353731345a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206d69737573656420612070726976696c656765222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'2c1f0a5d876752faa44bf2efbaf436232f3c10a1aee2782c01f283acdf4b3d62');
INSERT INTO audit VALUES(13,1795856234,3,3,X'7b226174223a313739353835363233342c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a227772697474656e222c226f7574636f6d65223a22636f6d706c65746564222c22726561736f6e223a226d6973757365222c227374657073223a5b7b226572726f72223a6e756c6c2c226b696e64223a2264697361626c65456e747279222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a6e756c6c2c226b696e64223a22766572696679222c227374617465223a22646f6e65222c22746172676574223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b20636f6d706c65746564222c22686f7374223a22766d222c2270726f63657373223a332c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d636c656f2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a332c22757365726e616d65223a22636c656f227d7d',X'6459cff07a8d9248f22e2d823398b530d5e498b895fc88fde7f15a4a64ebafd1');
INSERT INTO audit VALUES(14,1795856236,NULL,NULL,X'7b226174223a313739353835363233362c226279223a2273796e63222c2264657461696c223a7b226469726563746f72696573223a5b7b2263726561746564223a302c226465616374697661746564223a302c2264697361626c6564223a302c226472696674223a302c226572726f72223a6e756c6c2c2266756c6c223a66616c73652c226c6f636b6564223a302c226d697373696e67223a302c226e616d65223a226871222c227265616374697661746564223a302c2272656164223a342c227265656e61626c6564223a302c2272656a6563746564223a312c2272656e616d6564223a302c22726f6c6573223a7b226772616e746564223a302c2277697468647261776e223a307d2c227374726174656779223a2273796e637265706c222c22756e6368616e676564223a322c2275706461746564223a317d5d2c2272756e223a327d2c226576656e74223a2273796e63222c22686f7374223a22766d222c2270726f63657373223a6e756c6c2c227465726d696e616c223a6e756c6c2c2275736572223a6e756c6c7d',X'a723c6afbe5a4b5949f15c7559630bec630387832a51d84f103e6e6b394510b2');
INSERT INTO audit VALUES(15,1795856236,4,2,X'7b226174223a313739353835363233362c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226261636b222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a22696e61637469766520e2869220616374697665222c226b696e64223a227265616374697661746555736572222c22746172676574223a2262656e227d2c7b2264657461696c223a22636172642c20696e61637469766520e2869220616374697665222c226b696e64223a22616374697661746543726564656e7469616c222c22746172676574223a2242454e2d31227d2c7b2264657461696c223a226f6e486f6c6420e286922076616c6964222c226b696e64223a2272656c656173654365727469666963617465222c22746172676574223a2230343832303935464435414439444239373746443442443841323737343142383435463644384438227d2c7b2264657461696c223a22746865206163636f756e7420697320656e61626c656420616761696e222c226b696e64223a22656e61626c65456e747279222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a225468652075736572206973206261636b222c2275736543617365223a22557365727350726f6352656163746976617465227d2c226576656e74223a227265616374697661746520726571756573746564222c22686f7374223a22766d222c2270726f63657373223a342c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d62656e2c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a322c22757365726e616d65223a2262656e227d7d',X'b6879f765740a22634c0ce581a2ab48e76188df9abfdd9b5ab90a59e064cca22');
INSERT INTO audit VALUES(16,1795856240,5,4,X'7b226174223a313739353835363234302c226279223a22726f6f74222c2264657461696c223a7b226361757365223a6e756c6c2c22666f72636564223a66616c73652c226e6f7465223a6e756c6c2c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c2272656c6561736564223a6e756c6c2c2272756e223a6e756c6c2c227374657073223a5b7b2264657461696c223a2261637469766520e28692206c6f636b6564222c226b696e64223a226c6f636b55736572222c22746172676574223a22646f7261227d2c7b2264657461696c223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d222c226b696e64223a227769746864726177526f6c65222c22746172676574223a226b656570657273227d2c7b2264657461696c223a227077644163636f756e744c6f636b656454696d653a203030303030313031303030305a222c226b696e64223a2264697361626c65456e747279222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a22656d706c6f796565547970653a206c656674222c226b696e64223a227772697465526561736f6e222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a226d656d6265723a207569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226b696e64223a2272656d6f766546726f6d47726f7570222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b2264657461696c223a2274686520656e74727920616e64207468652067726f757073206172652072656164206261636b222c226b696e64223a22766572696679222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d2c2274657874223a22546865207573657220717569747320746865206f7267616e697a6174696f6e222c2275736543617365223a22557365727350726f634c6f636b227d2c226576656e74223a226c6f636b222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'60d22894639e06e10fb2b4c4e0b621157a3656cf45ab0e155df6f91a2e4f4f04');
INSERT INTO audit VALUES(17,1795856240,5,4,X'7b226174223a313739353835363234302c226279223a22726f6f74222c2264657461696c223a7b22656e666f72636564223a6e756c6c2c226f7574636f6d65223a227061727469616c222c22726561736f6e223a226c6566742d6f7267616e697a6174696f6e222c227374657073223a5b7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2264697361626c65456e747279222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a227772697465526561736f6e222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a2272656d6f766546726f6d47726f7570222c227374617465223a2270656e64696e67222c22746172676574223a22636e3d6b6565706572732c6f753d67726f7570732c64633d6578616d706c652c64633d636f6d227d2c7b226572726f72223a2268713a206e6f2073657276657220616e73776572732e206c6461703a2f2f3132372e302e302e313a33313937373a2043616e277420636f6e74616374204c4441502073657276657220282d31292e20436865636b2075726920616e6420746c732c20616e64207468617420746865207365727665722072756e732e222c226b696e64223a22766572696679222c227374617465223a2270656e64696e67222c22746172676574223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d227d5d7d2c226576656e74223a226c6f636b207061727469616c222c22686f7374223a22766d222c2270726f63657373223a352c227465726d696e616c223a6e756c6c2c2275736572223a7b22646e223a227569643d646f72612c6f753d70656f706c652c64633d6578616d706c652c64633d636f6d222c226964223a342c22757365726e616d65223a22646f7261227d7d',X'0fd0f794b56b6924f8e7dff7920032c816d707e817bb4d4443715556e3b7dd37');
CREATE TABLE kept_plans (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,                   -- SHA-256 of its changes, in their order
    run INTEGER NOT NULL,                   -- the run that first kept it
    at INTEGER NOT NULL,
    released_at INTEGER,                    -- null: not yet
    released_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO kept_plans VALUES('3efb3f1f',X'989b9c4130c7b8ced8a5fa9c8f1637200913c19f87337592137fc94a0a38197b',3,1795856238,NULL,NULL);
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
INSERT INTO streams VALUES(1,'groups','ldap://127.0.0.1:31977','syncrepl',X'1a07b0550d223857a97d05cf655f496bab3fd70f7744362879a794f909675249',X'7269643d3030302c63736e3d32303236313132383038353731342e3539383130335a233030303030302330303023303030303030',X'969a96762006245aab704239aaf6492971a9c248f5bf99f172001525c856873a',NULL,'6e189460-7f55-1041-8b6d-37250121912d 6e189dac-7f55-1041-8b6e-37250121912d',1795856235,2);
INSERT INTO streams VALUES(1,'users','ldap://127.0.0.1:31977','syncrepl',X'39a1ce7150c8e14d4ccf4c5148c549c4583417d104d03f8f4b18a86c93724da9',X'7269643d3030302c63736e3d32303236313132383038353731342e3539383130335a233030303030302330303023303030303030',X'969a96762006245aab704239aaf6492971a9c248f5bf99f172001525c856873a',NULL,'',1795856235,2);
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
CREATE UNIQUE INDEX users_entry ON users (directory, entry_id);
CREATE INDEX users_username ON users (username_key);
CREATE INDEX users_dn ON users (dn_key, directory);
CREATE INDEX memberships_member ON memberships (member, role_group);
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id=1282102132;
PRAGMA user_version=3;
