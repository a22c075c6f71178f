#!/usr/bin/python3
"""What people write themselves: a paged read into SQLite, with the indexes that its questions need.

by_hand.py {python-ldap | ldap3} URI BIND_DN PASSWORD_FILE PEOPLE GROUPS STORE
"""
import sqlite3
import sys

USERS = ["entryUUID", "uid", "givenName", "sn", "displayName", "cn", "mail", "employeeNumber", "title",
         "departmentNumber", "pwdAccountLockedTime", "pwdEndTime"]
GROUPS = ["entryUUID", "cn", "member"]


def python_ldap(uri, dn, password):
    import ldap
    from ldap.controls import SimplePagedResultsControl as Paged

    connection = ldap.initialize(uri)
    connection.simple_bind_s(dn, password)

    def pages(base, filter, attributes, size):
        control = Paged(True, size=size, cookie="")
        while True:
            message = connection.search_ext(base, ldap.SCOPE_SUBTREE, filter, attributes, serverctrls=[control])
            _, data, _, controls = connection.result3(message)
            yield data
            control.cookie = next(c.cookie for c in controls if c.controlType == Paged.controlType)
            if not control.cookie:
                return

    return pages


def ldap3(uri, dn, password):
    import ldap3 as library

    connection = library.Connection(library.Server(uri), dn, password, auto_bind=True, read_only=True)
    paged = "1.2.840.113556.1.4.319"

    def pages(base, filter, attributes, size):
        cookie = None
        while True:
            connection.search(base, filter, attributes=attributes, paged_size=size, paged_cookie=cookie)
            yield [(entry["dn"], entry["raw_attributes"]) for entry in connection.response]
            cookie = connection.result["controls"][paged]["value"]["cookie"]
            if not cookie:
                return

    return pages


def one(entry, name):
    values = entry.get(name)
    return values[0].decode() if values else None


def main(library, uri, dn, password_file, people, groups, store):
    with open(password_file) as file:
        pages = {"python-ldap": python_ldap, "ldap3": ldap3}[library](uri, dn, file.read().rstrip("\n"))
    database = sqlite3.connect(store)
    database.executescript("""
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE users (id INTEGER PRIMARY KEY, entry_id TEXT, dn TEXT, username TEXT, given TEXT, family TEXT,
            display TEXT, mail TEXT, number TEXT, title TEXT, department TEXT, locked TEXT, ends TEXT);
        CREATE TABLE role_groups (id INTEGER PRIMARY KEY, entry_id TEXT, dn TEXT, name TEXT);
        CREATE TABLE memberships (role_group INTEGER, member TEXT, PRIMARY KEY (role_group, member)) WITHOUT ROWID;
        """)
    for page in pages(people, "(objectClass=inetOrgPerson)", USERS, 1000):
        database.executemany("INSERT INTO users VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [
            (one(e, "entryUUID"), name, one(e, "uid"), one(e, "givenName"), one(e, "sn"),
             one(e, "displayName") or one(e, "cn"), (one(e, "mail") or "").lower(), one(e, "employeeNumber"),
             one(e, "title"), one(e, "departmentNumber"), one(e, "pwdAccountLockedTime"), one(e, "pwdEndTime"))
            for name, e in page])
        database.commit()
    for page in pages(groups, "(objectClass=groupOfNames)", GROUPS, 100):
        for name, e in page:
            group = database.execute("INSERT INTO role_groups VALUES (NULL, ?, ?, ?)",
                                     (one(e, "entryUUID"), name, one(e, "cn"))).lastrowid
            database.executemany("INSERT OR IGNORE INTO memberships VALUES (?, ?)",
                                 [(group, member.decode().lower()) for member in e.get("member", [])])
        database.commit()
    # A word index, as `find` has one.
    database.executescript("""
        CREATE UNIQUE INDEX users_entry ON users (entry_id); CREATE INDEX users_username ON users (username);
        CREATE INDEX users_dn ON users (dn); CREATE INDEX memberships_member ON memberships (member);
        CREATE VIRTUAL TABLE word_index USING fts5 (words, content = '', columnsize = 0, detail = none);
        INSERT INTO word_index (rowid, words) SELECT id, username || ' ' || coalesce(given, '') || ' ' ||
            coalesce(family, '') || ' ' || coalesce(display, '') || ' ' || mail || ' ' || coalesce(number, '') || ' ' ||
            coalesce(title, '') || ' ' || coalesce(department, '') FROM users;
        """)
    database.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
