import Fixtures
import Identity
import Testing

/// What `check` says of bases, filters, attributes and groups.
struct CommandCheckContentTests {
    private let suffix = SampleOrganisation.suffix

    /// One line about one thing must stand so, and give the exit code.
    private func expect(
        _ check: String, _ state: String, exit code: Int32, says message: String,
        configuring change: (String) -> String,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let lab = try CommandLab()
        try lab.configure(change)
        let result = try lab.check()
        #expect(result.exitCode == code, sourceLocation: location)
        #expect(
            result[check] == [
                .init(state: state, message: message.replacing("URL", with: lab.server.url))
            ],
            sourceLocation: location)
    }

    @Test func `a base that is not there`() throws {
        try expect(
            "users", "failed", exit: 69,
            says:
                "users.base ou=peeple,\(suffix) does not exist at URL, or the bind DN may not see "
                + "it; the nearest that exists is \(suffix)."
        ) { $0.replacing("ou=people,", with: "ou=peeple,") }
    }

    @Test func `a filter that matches nothing`() throws {
        try expect(
            "users", "failed", exit: 69,
            says:
                "users.filter (objectClass=posixAccount) matches nothing below ou=people,\(suffix). "
                + "Correct users.filter or users.base, or let the bind DN read there."
        ) { $0.replacing("(objectClass=inetOrgPerson)", with: "(objectClass=posixAccount)") }
    }

    private var tooMuch: String {
        "users.filter (objectClass=*) matches too much: 1 of 13 entries can't be a user, such as "
            + "ou=people,\(suffix) (no username: uid has no value). Narrow users.filter, or correct "
            + "users.map.username."
    }

    @Test func `a filter that matches too much`() throws {
        try expect(
            "users", "warning", exit: 0, says: tooMuch
        ) { $0.replacing("(objectClass=inetOrgPerson)", with: "(objectClass=*)") }
    }

    /// One base in another, one twice, and one that is spelt otherwise.
    @Test func `of bases that overlap nobody is counted twice`() throws {
        try expect(
            "users", "warning", exit: 0, says: tooMuch
        ) {
            $0.replacing("(objectClass=inetOrgPerson)", with: "(objectClass=*)")
                .replacing(
                    "base: ou=people,\(suffix)",
                    with: "base: [\"ou=people,\(suffix)\", \"uid=ada,ou=people,\(suffix)\", "
                        + "\"OU=people, \(suffix)\"]")
        }
    }

    @Test func `a filter that matches our own account`() throws {
        try expect(
            "users", "warning", exit: 0,
            says: "users.filter (objectClass=simpleSecurityObject) matches too much: "
                + "\(Slapd.serviceDN) is an account of Lockstep's own. Narrow users.filter or "
                + "users.base."
        ) {
            $0.replacing("(objectClass=inetOrgPerson)", with: "(objectClass=simpleSecurityObject)")
                .replacing("ou=people,", with: "ou=services,")
                .replacing("username: uid", with: "username: cn")
                .replacing("write: {employeeType: left}", with: "write: {description: left}")
        }
    }

    @Test(arguments: [("employeeType", "!(employeeType=left)"), ("pwdEndTime", "!(pwdEndTime=*)")])
    func `a filter that names what a lock writes`(name: String, part: String) throws {
        let lab = try CommandLab()
        try lab.configure {
            $0.replacing(
                "(objectClass=inetOrgPerson)", with: "(&(objectClass=inetOrgPerson)(\(part)))")
        }
        #expect(
            try lab.check()["users"] == [
                .init(
                    state: "warning",
                    message:
                        "users.filter (&(objectClass=inetOrgPerson)(\(part))) names \(name), which "
                        + "a lock writes: whoever is locked or deactivated falls out of it, and looks "
                        + "missing. Take \(name) out of the filter.")
            ])
    }

    @Test(arguments: [("inetOrgPerson", 78, "failed"), ("person", 0, "warning")])
    func `two directories that read the same entries`(
        filter: String, code: Int32, state: String
    ) throws {
        let lab = try CommandLab()
        try lab.configure(
            with: "again", base: "ou=people,dc=example,dc=com", filter: "(objectClass=\(filter))")
        let check = try lab.check()
        #expect(check.exitCode == code)
        let line = try #require(check["configuration"].last)
        #expect(line.state == state)
        #expect(
            line.message.hasPrefix(
                "the directories hq and again both read ou=people,\(suffix) of 127.0.0.1:"),
            "\(line.message)")
    }

    @Test func `no role groups`() throws {
        let lab = try CommandLab()
        try lab.configure { text in
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            lines.removeAll { line in
                ["    roles:", "      base: ou=groups", "      filter: (objectClass=groupOfNames)"]
                    .contains { line.hasPrefix($0) }
                    || line.hasPrefix("      name: cn") || line.hasPrefix("      lastMember:")
            }
            return lines.joined(separator: "\n")
        }
        #expect(
            try lab.check()["roles"] == [
                .init(
                    state: "warning",
                    message:
                        "no role groups are configured: a lock takes nobody out of any group, and "
                        + "its report names those that it finds. Write roles.base and roles.filter."
                )
            ])
    }

    @Test func `a map to an attribute that the schema lacks`() throws {
        try expect(
            "map", "failed", exit: 78,
            says: "users.map.employeeNumber names staffNumber, which the schema lacks. Correct the "
                + "name, or load its schema on the server."
        ) { $0.replacing("employeeNumber: employeeNumber", with: "employeeNumber: staffNumber") }
    }

    @Test func `a kept attribute that is binary`() throws {
        try expect(
            "map", "warning", exit: 0,
            says: "users.attributes names jpegPhoto, which is binary. A value that is no text is "
                + "left out; name it no more to be rid of this line."
        ) { $0.replacing("attributes: [title]", with: "attributes: [title, jpegPhoto]") }
    }

    @Test func `a reason whose attribute the schema lacks`() throws {
        try expect(
            "reasons", "failed", exit: 78,
            says:
                "reasons.left-organization.write names lockedFor, which the schema lacks. Correct "
                + "the name, or load its schema on the server."
        ) { $0.replacing("write: {employeeType: left}", with: "write: {lockedFor: left}") }
    }

    @Test func `a reason whose attribute the entries' classes don't allow`() throws {
        try expect(
            "reasons", "failed", exit: 78,
            says: "reasons.left-organization.write names loginShell, which the classes of 12 of 12 "
                + "entries don't allow, such as uid=ada,ou=people,\(suffix). Choose another "
                + "attribute, or give the entries a class that allows it."
        ) { $0.replacing("write: {employeeType: left}", with: "write: {loginShell: /bin/false}") }
    }

    @Test func `a reason that writes what the server alone writes`() throws {
        try expect(
            "reasons", "failed", exit: 78,
            says: "reasons.left-organization.write names entryUUID, which the server alone writes. "
                + "Choose another attribute."
        ) { $0.replacing("write: {employeeType: left}", with: "write: {entryUUID: left}") }
    }

    @Test func `a reason with two values for an attribute that takes one`() throws {
        try expect(
            "reasons", "failed", exit: 78,
            says: "reasons.left-organization.write names displayName with 2 values, and it takes "
                + "one. Leave one."
        ) {
            $0.replacing("write: {employeeType: left}", with: "write: {displayName: [left, gone]}")
        }
    }

    @Test func `a base of groups that is not there`() throws {
        try expect(
            "roles", "failed", exit: 69,
            says:
                "roles.base ou=gruops,\(suffix) does not exist at URL, or the bind DN may not see "
                + "it; the nearest that exists is \(suffix)."
        ) { $0.replacing("ou=groups,", with: "ou=gruops,") }
    }

    @Test func `a base of groups that holds none`() throws {
        try expect(
            "roles", "warning", exit: 0,
            says:
                "roles.filter (objectClass=groupOfNames) matches nothing below ou=left,\(suffix): "
                + "no lock would strip a group. Correct roles.filter or roles.base, or let the bind "
                + "DN read there."
        ) { $0.replacing("ou=groups,", with: "ou=left,") }
    }

    @Test func `members that the bind DN may not see`() throws {
        let lab = try CommandLab { $0.access = ["to attrs=member by * none"] }
        let result = try lab.check()
        #expect(result.exitCode == 69)
        #expect(
            result["roles"] == [
                .init(
                    state: "failed",
                    message: "4 of 4 groups show no member though there must be one, such as "
                        + "\(SampleOrganisation.group("project-1")). Let the bind DN read member.")
            ])
    }

    @Test func `a server that gives fewer than there are`() throws {
        let lab = try CommandLab {
            $0.sizeLimit = 5
        }
        let result = try lab.check()
        #expect(result.exitCode == 69)
        let message = try #require(result["users"].first?.message)
        #expect(message.hasPrefix("reading users below ou=people,\(suffix)"), "\(message)")
        #expect(message.hasSuffix("raise it (olcLimits, size.prtotal and time)."), "\(message)")
    }

    @Test func `a server that hides what it is is known by its schema`() throws {
        let lab = try CommandLab {
            $0.frontendAccess = ["to dn.base=\"\" attrs=objectClass by * search"]
        }
        let line = try #require(try lab.check()["dialect"].first)
        #expect(line.state == "ok")
        #expect(
            line.message.hasPrefix(
                "openldap, found by its schema; the server says: no vendor is named; paged results,"
            ),
            "\(line.message)")
    }

    @Test func `a server that hides its schema, too, wants to be named`() throws {
        let lab = try CommandLab {
            $0.frontendAccess = [
                "to dn.base=\"\" attrs=objectClass by * search",
                "to dn.base=\"cn=Subschema\" by * none",
            ]
        }
        let result = try lab.run("check")
        #expect(result.exitCode == 69)
        #expect(
            result.stdout.contains(" does not say what kind of server it is. Set dialect."),
            "\(result.stdout)")
    }

    @Test func `a dialect by hand that the server does not look like`() throws {
        let lab = try CommandLab()
        try lab.configure { $0.replacing("    users:\n", with: "    dialect: 389ds\n    users:\n") }
        let result = try lab.check()
        let line = try #require(result["dialect"].first)
        #expect(line.state == "warning")
        #expect(
            line.message.hasPrefix(
                "dialect is 389ds, set by hand, and the server looks like openldap: no vendor is "
                    + "named; paged results,"), "\(line.message)")
    }
}
