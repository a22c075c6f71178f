import Identity
import LDAP
import Testing

@testable import Configuration

@Suite struct DefaultTests {
    private func directory(_ settings: Settings) throws -> DirectorySettings {
        try #require(settings.directories.first)
    }

    @Test func `the six required keys are enough, and the rest has its defaults`() throws {
        let settings = try Example.load(Example.minimal())
        #expect(settings.file == "/etc/lockstep/lockstep.yaml")
        #expect(settings.store.path == "/etc/lockstep/lockstep.db")
        #expect(settings.store.create)
        #expect(settings.operators == nil)
        #expect(settings.metrics == nil)
        #expect(settings.defaultRoles == [])
        #expect(settings.samePerson == [.employeeNumber])
        #expect(settings.approval.useCases == [])
        #expect(settings.approval.expires == 72 * 3600)
        #expect(settings.approval.approvers == [])
        #expect(settings.reasons.map(\.code) == ["left", "directory-disabled"])
        #expect(settings.reasons[0].text == "left")
        #expect(settings.reasons[0].useCases == [.lock])
        #expect(settings.reasons[1].useCases == [.deactivate])
    }

    @Test func `a directory has the documented defaults`() throws {
        let hq = try directory(Example.load(Example.minimal()))
        #expect(hq.name == DirectoryName(rawValue: "hq"))
        #expect(hq.uris.map(\.text) == ["ldaps://ldap.example.com"])
        #expect(hq.tls.ca == nil)
        #expect(!hq.tls.starttls)
        #expect(hq.tls.minimum == .v1_2)
        #expect(hq.timeout.connect == 5)
        #expect(hq.timeout.operation == 30)
        #expect(hq.dialect == nil)
        #expect(hq.canary == nil)
        #expect(hq.roles == nil)
        #expect(hq.sync.strategy == nil)
        #expect(hq.sync.pageSize == 1000)
        #expect(hq.sync.deadline == 3600)
        #expect(hq.sync.every == 30)
        #expect(hq.renamedFrom == nil)
        #expect(hq.missing.then == .keep)
        #expect(hq.missing.after == 86_400)
        #expect(hq.disabled.then == .deactivate)
        #expect(hq.disabled.reason == "directory-disabled")
        #expect(hq.drift == .enforce)
        #expect(hq.limits.missing == .percent(5))
        #expect(hq.limits.disabled == .percent(5))
        #expect(hq.limits.reenabled == .percent(5))
        #expect(hq.limits.locks == .count(50))
        #expect(hq.limits.drift == .count(50))
        #expect(hq.protect == [])
        #expect(hq.reasons.map(\.code) == ["left", "directory-disabled"])
        guard case .simple(_, .file("/etc/lockstep/hq.password"), false) = hq.bind else {
            Issue.record("\(hq.bind)")
            return
        }
    }

    @Test func `users have the documented defaults`() throws {
        let users = try directory(Example.load(Example.minimal())).users
        #expect(users.bases.map(\.text) == ["ou=people,dc=example,dc=com"])
        #expect(users.scope == .subtree)
        #expect(users.filter.description == "(objectClass=*)")
        #expect(users.attributes.map(\.spelling) == ["title", "departmentNumber"])
        #expect(users.certificates?.spelling == "userCertificate;binary")
        #expect(users.map.displayName?.alternatives.count == 3)
        #expect(users.map.mail?.alternatives.count == 1)
    }

    @Test func `null leaves out a property that has a default`() throws {
        let users = try directory(
            Example.load(
                Example.minimal(
                    users: "{base: dc=example, certificates: ~, map: {username: uid, mail: null}}"))
        ).users
        #expect(users.certificates == nil)
        #expect(users.map.mail == nil)
    }

    @Test(arguments: [
        ("\"ou=groups,dc=example,dc=com\"", "cn=nobody,dc=example,dc=com"),
        ("[\"ou=groups,ou=eu,o=acme\", dc=example]", "cn=nobody,o=acme"),
        ("o=acme", "cn=nobody,o=acme"),
    ])
    func `the placeholder is nobody at the root of the groups`(base: String, dn: String) throws {
        let settings = try Example.load(Example.minimal(directory: "roles: {base: \(base)}"))
        let roles = try #require(directory(settings).roles)
        #expect(roles.lastMember == DN(dn).map { .placeholder($0) })
        #expect(roles.filter.description == "(objectClass=groupOfNames)")
        #expect(roles.name.spelling == "cn")
        #expect(roles.scope == .subtree)
    }

    @Test func `a policy for the last member may stand alone`() throws {
        let settings = try Example.load(
            Example.minimal(directory: "roles: {base: dc=example, lastMember: deleteGroup}"))
        #expect(try directory(settings).roles?.lastMember == .deleteGroup)
    }

    @Test func `a deactivation of missing users has a reason`() throws {
        let settings = try Example.load(
            Example.minimal(directory: "missing: {then: deactivate, after: 0s}"))
        let missing = try directory(settings).missing
        #expect(missing.reason == "directory-disabled")
        #expect(missing.after == 0)
    }
}
