import Identity
import Testing

@testable import Configuration

@Suite struct KeyErrorTests {
    @Test func `all errors come at once, by line`() {
        let text = """
            directories:
              hq:
                uri: https://ldap.example.com
                bind: {dn: nonsense, pasword: hunter2, passwordFile: p}
                users:
                  base: ou=people,dc=example,dc=com
                  map: {user: uid}
                  scop: one
                dialect: opneldap
            reasons:
              left: {for: [lock], revocation: certificateHold}
              gone: {for: [look]}
            """
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:1:1: store: is missing and required; "
                    + "write, for example, store: /var/lib/lockstep/lockstep.db",
                "lockstep.yaml:3:10: directories.hq.uri: \"https://ldap.example.com\" is no "
                    + "server's address; write ldaps://host, ldap://host or ldapi://path",
                "lockstep.yaml:4:16: directories.hq.bind.dn: this value is no DN; "
                    + "write one such as cn=name,dc=example,dc=com",
                "lockstep.yaml:4:26: directories.hq.bind.pasword: unknown key; here may stand: "
                    + "dn, passwordFile, password, sasl, cleartext. Did you mean \"password\"?",
                "lockstep.yaml:7:12: directories.hq.users.map.username: is missing and required; "
                    + "write, for example, username: uid",
                "lockstep.yaml:7:13: directories.hq.users.map.user: unknown key; here may stand: "
                    + "username, givenName, familyName, displayName, mail, employeeNumber",
                "lockstep.yaml:8:7: directories.hq.users.scop: unknown key; here may stand: "
                    + "base, scope, filter, map, attributes, certificates. Did you mean \"scope\"?",
                "lockstep.yaml:9:14: directories.hq.dialect: \"opneldap\" is not known here; "
                    + "allowed: auto, openldap, 389ds, freeipa, activeDirectory, eDirectory, "
                    + "openDJ, pingDirectory, ibmSDS, custom. Did you mean \"openldap\"?",
                "lockstep.yaml:11:35: reasons.left.revocation: a lock never revokes with "
                    + "certificateHold; allowed: unspecified, keyCompromise, "
                    + "affiliationChanged, superseded, "
                    + "cessationOfOperation, privilegeWithdrawn",
                "lockstep.yaml:12:16: reasons.gone.for: \"look\" is not known here; allowed: "
                    + "lock, deactivate, reactivate, unlock. Did you mean \"lock\"?",
            ])
    }

    @Test(arguments: [
        ("uri: []", "the list is empty; write at least one value"),
        ("uri: [ldaps://a, [b]]", "text is due here, and this is a list"),
        ("uri: {a: b}", "text is due here, and this is a section with keys"),
        ("uri: [ldaps://a, null]", "text is due here, and this is nothing"),
        ("uri: \"\"", "the text is empty; write something, or leave the key out"),
    ])
    func `one value or a list`(written: String, complaint: String) {
        let complaints = Example.complaints(
            Example.minimal().replacing("uri: ldaps://ldap.example.com", with: written))
        #expect(complaints.count == 1)
        #expect(complaints[0].hasSuffix("directories.hq.uri: \(complaint)"))
    }

    @Test(arguments: [
        (
            "metrics: ~/metrics",
            "metrics: ~ does not stand for a home folder here; write the whole path"
        ),
        ("metrics: \"a\\0b\"", "metrics: the text holds a NUL character; leave it out"),
        (
            "defaultRoles: VPN",
            "defaultRoles: a list in [brackets] is due here, and this is a single value"
        ),
        ("approval: true", "approval: a section with keys is due here, and this is a single value"),
        (
            "operators: {alice: {may: [lokc]}}",
            "operators.alice.may: \"lokc\" is not known here; allowed: lock, deactivate, "
                + "reactivate, unlock, approve, force, release, import. Did you mean \"lock\"?"
        ),
        (
            "operators: {alice: {}}\napproval: {approvers: [alcie]}",
            "approval.approvers: \"alcie\" is not among the operators; "
                + "name one of them, or add it there. Did you mean \"alice\"?"
        ),
        (
            "operators: {alice: }",
            "operators.alice: a section with keys is due here, and this is nothing"
        ),
    ])
    func `at the top`(written: String, complaint: String) {
        let complaints = Example.complaints(Example.minimal(top: written))
        #expect(complaints.count == 1)
        #expect(complaints[0].hasSuffix(": \(complaint)"), "\(complaints)")
    }

    @Test(arguments: [
        (
            "sync: {pageSize: 0}",
            "sync.pageSize: \"0\" is no number from 1 to 100000; write digits alone"
        ),
        (
            "users2: {}",
            "users2: unknown key; here may stand: uri, timeout, dialect, canary, tls, bind, users, "
                + "roles, sync, reasons, renamedFrom, missing, disabled, expired, drift, limits, protect. "
                + "Did you mean \"users\"?"
        ),
        (
            "roles: {base: dc=example, filter: \"(cn=\"}",
            "roles.filter: \"(cn=\" is no filter; "
                + "write one such as (objectClass=person), in parentheses"
        ),
        (
            "roles: {base: }",
            "roles.base: is missing and required; write, for example, base: \"ou=groups,dc=example,dc=com\""
        ),
        (
            "protect: [root]",
            "protect: \"root\" is neither an RDN nor a DN; write uid=name, or the entry's whole DN"
        ),
        (
            "renamedFrom: hq",
            "renamedFrom: \"hq\" is the name of a directory in this file; write the name that this one had before, or null"
        ),
        (
            "renamedFrom: a b",
            "renamedFrom: \"a b\" is no name; write up to 64 letters, digits, dashes, dots, underscores"
        ),
        (
            "missing: {then: lock}",
            "missing: then: lock needs a reason; write reason: and one of left"
        ),
        (
            "missing: {then: lock, reason: lfet}",
            "missing.reason: there is no reason \"lfet\"; these would do: left. Did you mean \"left\"?"
        ),
        (
            "missing: {then: lock, reason: directory-disabled}",
            "missing.reason: the reason \"directory-disabled\" is not for lock; these would do: left"
        ),
        (
            "disabled: {then: lock}",
            "disabled: then: lock needs a reason; write reason: and one of left"
        ),
        (
            "disabled: {reason: left}",
            "disabled.reason: the reason \"left\" is not for deactivate; these would do: directory-disabled"
        ),
        (
            "reasons: {lft: {}}",
            "reasons.lft: there is no reason \"lft\"; known: left, directory-disabled. Did you mean \"left\"?"
        ),
        (
            "reasons: {left: {text: x}}",
            "reasons.left.text: stands in the wrong place; it belongs to reasons.left, beside revocation in line 9"
        ),
        (
            "tls: {certificate: c.pem}",
            "tls.certificate: stands here without key; write both, or none of them"
        ),
        (
            "tls: {key: c.pem}",
            "tls.key: stands here without certificate; write both, or none of them"
        ),
        ("tls: {minimum: 1.1}", "tls.minimum: \"1.1\" is not known here; allowed: 1.2, 1.3"),
        (
            "canary: {dn: cn=x}",
            "canary.passwordFile: is missing and required; write, for example, passwordFile: /etc/lockstep/canary.password"
        ),
    ])
    func `in a directory`(written: String, complaint: String) {
        let complaints = Example.complaints(Example.minimal(directory: written))
        #expect(complaints.count == 1, "\(complaints)")
        #expect(
            complaints.first?.hasSuffix(": directories.hq.\(complaint)") == true, "\(complaints)")
    }

    @Test func `one bad key of a section hides no other`() {
        let text = Example.minimal(directory: "missing: {then: lock, after: 1}")
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:7:14: directories.hq.missing: "
                    + "then: lock needs a reason; write reason: and one of left",
                "lockstep.yaml:7:34: directories.hq.missing.after: "
                    + "\"1\" is no duration; write digits and s, m, h or d, such as 30s or 24h",
            ])
    }

    @Test func `a disabled reason serves nothing`() {
        let text = Example.minimal(
            directory: "missing: {then: lock, reason: old}",
            reasons: "old: {revocation: superseded, enabled: false}")
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:7:35: directories.hq.missing.reason: "
                    + "the reason \"old\" is not enabled; these would do: left"
            ])
    }

    @Test func `two directories can't both have been one`() {
        let text = Example.minimal(directory: "renamedFrom: old\n  eu: {renamedFrom: old}")
        #expect(
            Example.complaints(text).contains(
                "lockstep.yaml:8:21: directories.eu.renamedFrom: "
                    + "two directories were renamed from \"old\"; write it at one of them"))
    }

    @Test func `a directory and a reason there must be`() {
        #expect(
            Example.complaints("store: a\ndirectories: {}\nreasons: {}") == [
                "lockstep.yaml:2:14: directories: is empty; name at least one directory",
                "lockstep.yaml:3:10: reasons: is empty; name at least one reason",
            ])
    }

    @Test func `a password file of the environment is for one directory`() throws {
        let text = Example.minimal(bind: "{dn: cn=lockstep}")
        let hq = try Example.load(text, passwordFile: "/run/secret").directories[0]
        guard case .simple(_, .file("/run/secret"), _) = hq.bind else {
            Issue.record("\(hq.bind)")
            return
        }
        let two = Example.minimal(
            directory: """
                drift: report
                  eu: {uri: ldaps://eu, bind: {sasl: GSSAPI}, users: {base: dc=eu, map: {username: uid}}}
                """)
        #expect(Example.complaints(two) == [])
        #expect(
            Example.complaints(two, passwordFile: "/run/secret") == [
                "lockstep.yaml:3:3: directories: LOCKSTEP_PASSWORD_FILE is set, and there are "
                    + "2 directories; unset it, and write bind.passwordFile for each"
            ])
    }
}
