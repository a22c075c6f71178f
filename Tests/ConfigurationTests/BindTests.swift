import LDAP
import Testing

@testable import Configuration

@Suite struct BindTests {
    private static let password = "hunter2"

    @Test(arguments: [
        "{dn: cn=a, password: hunter2}", "{dn: cn=a, password: [hunter2]}",
        "{dn: cn=a, password: {hunter2: hunter2}}", "{dn: cn=a, password:hunter2}",
        "{dn: cn=a, pass: hunter2}", "{dn: cn=a, passwordFile: [hunter2]}", "hunter2",
        "[hunter2]", "{dn: hunter2, passwordFile: p}", "{sasl: hunter2}",
        "{dn: cn=a, password: !hunter2}", "{dn: cn=a, password: &hunter2 x}",
        "{dn: cn=a, password: *hunter2}", "{dn: cn=a, password: @hunter2}",
        "{dn: cn=a, password: hunter2, cleartext: hunter2}", "{dn: cn=a, password: \"hunter2}",
        "{dn: cn=a, passwordFile: p, cleartext: hunter2}", "{hunter2}",
        "{dn: cn=a, passwordFile: p, credentials: {secret: hunter2}}",
    ])
    func `a password in the file is refused and never shown`(bind: String) {
        let complaints = Example.complaints(Example.minimal(bind: bind))
        #expect(!complaints.isEmpty)
        #expect(!complaints.joined().contains(Self.password), "\(complaints)")
    }

    @Test(arguments: ["canary: {dn: hunter2, passwordFile: [hunter2], password: hunter2}"])
    func `nor is the canary's`(directory: String) {
        let complaints = Example.complaints(Example.minimal(directory: directory))
        #expect(complaints.count == 3)
        #expect(!complaints.joined().contains(Self.password), "\(complaints)")
    }

    @Test func `nor one in an address`() {
        let complaints = Example.complaints(Example.minimal(uri: "ldap://cn=a:hunter2@host"))
        #expect(complaints.count == 1)
        #expect(!complaints.joined().contains(Self.password), "\(complaints)")
    }

    @Test(arguments: [
        (
            "{dn: cn=a, password: hunter2}",
            "5:32: directories.hq.bind.password: a password never stands in this file; write it "
                + "into a file of its own, name that with passwordFile, or write ask here"
        ),
        (
            "{dn: cn=a, password: ask, passwordFile: p}",
            "5:51: directories.hq.bind.passwordFile: "
                + "does not go with password: ask; leave one of the two out"
        ),
        (
            "{dn: cn=a}",
            "5:11: directories.hq.bind: says no password; "
                + "write passwordFile: /path/of/the/file, or password: ask"
        ),
        (
            "{passwordFile: p}",
            "5:11: directories.hq.bind: says neither dn nor sasl; "
                + "write dn and passwordFile, or sasl: EXTERNAL or GSSAPI"
        ),
        (
            "{sasl: EXTERNAL, passwordFile: p}",
            "5:42: directories.hq.bind.passwordFile: does not go with sasl; "
                + "leave one of the two out"
        ),
        (
            "{sasl: external}",
            "5:18: directories.hq.bind.sasl: this value is not known here; "
                + "allowed: EXTERNAL, GSSAPI"
        ),
    ])
    func `there is one way to bind`(bind: String, complaint: String) {
        #expect(Example.complaints(Example.minimal(bind: bind)) == ["lockstep.yaml:\(complaint)"])
    }

    @Test func `the three ways to bind`() throws {
        let ask = try Example.load(Example.minimal(bind: "{dn: cn=a, password: ask}"))
        let asked = PasswordSource.ask(for: "cn=a (directories.hq.bind)")
        guard case .simple(let dn, asked, false) = ask.directories[0].bind else {
            Issue.record("\(ask.directories[0].bind)")
            return
        }
        #expect(dn.text == "cn=a")
        let external = try Example.load(Example.minimal(bind: "{sasl: EXTERNAL}"))
        guard case .external = external.directories[0].bind else {
            Issue.record("\(external.directories[0].bind)")
            return
        }
        let gssapi = try Example.load(Example.minimal(bind: "{sasl: GSSAPI}"))
        guard case .gssapi = gssapi.directories[0].bind else {
            Issue.record("\(gssapi.directories[0].bind)")
            return
        }
    }

    @Test(arguments: [
        ("ldap://ldap.example.com", "", "", true), ("ldap://127.0.0.1:3890", "", "", false),
        ("ldap://localhost", "", "", false), ("ldapi://%2Frun%2Fslapd%2Fldapi", "", "", false),
        ("ldaps://ldap.example.com", "", "", false),
        ("ldap://ldap.example.com", "tls: {starttls: true}", "", false),
        ("ldap://ldap.example.com", "", ", cleartext: true", false),
        ("[ldaps://a.example.com, ldap://b.example.com]", "", "", true),
    ])
    func `a password crosses the network protected or by order`(
        uri: String, directory: String, cleartext: String, isRefused: Bool
    ) {
        let complaints = Example.complaints(
            Example.minimal(
                uri: uri, bind: "{dn: cn=a, passwordFile: p\(cleartext)}", directory: directory))
        #expect(complaints.count == (isRefused ? 1 : 0), "\(complaints)")
        let complaint =
            "directories.hq.uri: the password would cross the network unprotected; "
            + "write ldaps://, tls.starttls: true, or bind.cleartext: true if that is really wanted"
        #expect(complaints.allSatisfy { $0.hasSuffix(complaint) })
    }

    @Test func `without a password cleartext is nobody's business`() {
        let text = Example.minimal(uri: "ldap://ldap.example.com", bind: "{sasl: GSSAPI}")
        #expect(Example.complaints(text) == [])
    }

    @Test(arguments: ["ldaps://ldap.example.com", "ldapi://%2Frun%2Fldapi"])
    func `StartTLS is for plain connections alone`(uri: String) {
        let text = Example.minimal(uri: uri, directory: "tls: {starttls: true}")
        #expect(
            Example.complaints(text) == [
                "lockstep.yaml:4:10: directories.hq.uri: tls.starttls does not go with "
                    + "\(uri.prefix { $0 != ":" })://; write ldap://, or starttls: false"
            ])
    }
}
