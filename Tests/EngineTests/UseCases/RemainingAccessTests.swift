import Fixtures
import Foundation
import Identity
import Testing

/// Access that a lock does not end: told, and never called stripped.
@Suite struct RemainingAccessTests {
    private let ada = LockLab.person("ada")

    @Test func `a dynamic group whose search finds her is told, others are not`() throws {
        let schema = try String(contentsOfFile: "/etc/ldap/schema/dyngroup.ldif", encoding: .utf8)
        let lab = try LockLab { $0.extraConfig.append(schema) }
        for (name, url) in [
            ("testers", "ldap:///ou=people,dc=example,dc=com??sub?(title=Tester)"),
            ("encoded", "ldap:///ou=people,dc=example,dc=com??one?(cn=Ada%20Sample)"),
            ("others", "ldap:///ou=people,dc=example,dc=com??sub?(title=Keeper)"),
            ("elsewhere", "ldap:///ou=left,dc=example,dc=com??sub?(title=Tester)"),
        ] {
            try lab.addGroup(name, "groupOfURLs", "memberURL: \(url)")
        }
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        let told = lock.findings("remaining").filter { $0.contains("dynamic") }
        #expect(
            Set(told)
                == Set(
                    ["testers", "encoded"].map {
                        "group | \(LockLab.group($0)) | a dynamic group, whose memberURL finds her: "
                            + "no lock strips it"
                    }), "\(told)")
    }

    @Test func `what she holds through a kept group stays, and is told`() throws {
        let lab = try LockLab()
        lab.configuration.keep = "[\"\(LockLab.group("staff"))\"]"
        try lab.configure()
        try lab.addGroup("building", "groupOfNames", "member: \(LockLab.group("staff"))")
        try lab.addGroup("tower", "groupOfNames", "member: \(LockLab.group("vpn-users"))")
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed")
        let building = LockLab.group("building")
        let because = "held through a group that the configuration keeps"
        #expect(lock.findings("unchanged").contains("role | building | \(because)"))
        #expect(
            lock.findings("remaining").contains(
                "group | \(building) | \(because): no lock strips that one"))
        #expect(lock.states(.withdrawRole)["building"] == nil)
        #expect(lock.states(.withdrawRole)["tower"] == "done")
        let roles = (try lab.show("ada")["roles"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(roles == ["building", "staff"])
        try lab.succeed("sync", "--check")
    }
}
