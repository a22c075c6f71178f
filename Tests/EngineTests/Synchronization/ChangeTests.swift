import Configuration
import Engine
import Fixtures
import Identity
import LDAP
import Store
import Testing

/// Syncs that read only what changed, on a slapd with and without a log of what went.
@Suite struct ChangeTests {
    enum Log: String, CaseIterable, CustomTestStringConvertible {
        case none
        case session
        case accessLog

        var provider: SlapdOptions.SyncProvider {
            switch self {
            case .none: .plain
            case .session: .sessionLog(1_000)
            case .accessLog: .accessLog
            }
        }

        var testDescription: String { rawValue }
    }

    static func lab(
        _ log: Log, _ change: (inout SlapdOptions) -> Void = { _ in }
    ) throws -> SyncLab {
        let lab = try SyncLab {
            $0.syncProvider = log.provider
            change(&$0)
        }
        lab.users = "filter: (&(objectClass=inetOrgPerson)(!(title=hidden)))"
        let first = try lab.hq()
        #expect((first.strategy, first.full, first.read) == (.syncrepl, true, 12))
        #expect(try lab.count("SELECT count(*) FROM streams") == 2)
        return lab
    }

    @discardableResult
    static func delta(_ lab: SyncLab) throws -> DirectoryReport {
        let hq = try lab.hq()
        #expect((hq.strategy, hq.full) == (.syncrepl, false))
        #expect(hq.error == nil && hq.notes.isEmpty, "\(hq.notes)")
        return hq
    }

    @Test(arguments: Log.allCases)
    func `when nothing changed nobody is read and only the run is stored`(log: Log) throws {
        let lab = try Self.lab(log)
        let before = try lab.count("SELECT total_changes()")
        let hq = try Self.delta(lab)
        #expect((hq.read, hq.groups, hq.changedAnything) == (0, 0, false))
        #expect(try lab.count("SELECT total_changes()") == before + 4)
    }

    @Test(arguments: Log.allCases)
    func `who changed is read, and nobody else`(log: Log) throws {
        let lab = try Self.lab(log)
        try lab.replace("title", "Head of Testing", of: "ben")
        let hq = try Self.delta(lab)
        #expect((hq.read, hq.updated, hq.missing) == (1, 1, 0))
        #expect(try lab.user("ben").record.attributes.contains { $0.values == ["Head of Testing"] })
        #expect(try Self.delta(lab).read == 0)
    }

    @Test(arguments: Log.allCases)
    func `a new entry is taken in, and one that is deleted is missing`(log: Log) throws {
        let lab = try Self.lab(log)
        try lab.addPerson("zoe")
        let born = try Self.delta(lab)
        #expect((born.read, born.created, born.missing) == (1, 1, 0))
        try lab.server.delete(SampleOrganisation.person("ben"))
        let hq = try Self.delta(lab)
        #expect((hq.read, hq.missing) == (0, 1))
        #expect(try lab.user("ben").missingSince == lab.now)
        #expect(try Self.delta(lab).missing == 0)
    }

    @Test(arguments: Log.allCases)
    func `one who is renamed keeps her roles, and one who moves out is missing`(log: Log) throws {
        let lab = try Self.lab(log) { $0.refint = true }
        let ada = try lab.user("ada")
        let roles = try lab.roles(of: "ada")
        try lab.server.modify(SyncLab.move("ada", to: "ada.lovely", below: "people"))
        let hq = try Self.delta(lab)
        #expect((hq.renamed, hq.missing, hq.roles) == (1, 0, .init()))
        #expect(try lab.user("ada.lovely").id == ada.id)
        #expect(try lab.roles(of: "ada.lovely") == roles)
        try Self.delta(lab)
        #expect(try lab.roles(of: "ada.lovely") == roles)
        try lab.server.modify(SyncLab.move("dora", to: "dora", below: "left"))
        #expect(try Self.delta(lab).missing == 1)
        #expect(try lab.user("dora").missingSince != nil)
    }

    @Test(arguments: Log.allCases)
    func `one who leaves the filter is missing, and comes back`(log: Log) throws {
        let lab = try Self.lab(log)
        try lab.replace("title", "hidden", of: "emil")
        #expect(try Self.delta(lab).missing == 1)
        try lab.replace("title", "Tester", of: "emil")
        let hq = try Self.delta(lab)
        #expect((hq.missing, hq.updated) == (0, 1))
        #expect(try lab.user("emil").missingSince == nil)
    }

    @Test(arguments: Log.allCases)
    func `members of a group come and go without any change of their own`(log: Log) throws {
        let lab = try Self.lab(log)
        let group = SampleOrganisation.group("vpn-users")
        try lab.server.modify(
            "dn: \(group)\nchangetype: modify\nadd: member\nmember: "
                + "\(SampleOrganisation.person("ben"))\n")
        let granted = try Self.delta(lab)
        #expect((granted.read, granted.groups) == (0, 1))
        #expect(granted.roles == .init(granted: 1, withdrawn: 0))
        #expect(try lab.roles(of: "ben").contains("vpn-users"))
        try lab.server.modify(
            "dn: \(group)\nchangetype: modify\ndelete: member\nmember: "
                + "\(SampleOrganisation.person("ben"))\n")
        #expect(try Self.delta(lab).roles == .init(granted: 0, withdrawn: 1))
        try lab.server.delete(group)
        #expect(try Self.delta(lab).roles == .init(granted: 0, withdrawn: 1))
        #expect(try !lab.roles(of: "ada").contains("vpn-users"))
    }

    @Test(arguments: Log.allCases)
    func `a server that was restarted is gone on from`(log: Log) throws {
        let lab = try Self.lab(log)
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.replace("title", "Head", of: "ada")
        try lab.server.restart()
        let hq = try Self.delta(lab)
        #expect((hq.updated, hq.missing) == (1, 1))
    }

    @Test(arguments: Log.allCases)
    func `a name above the entries that changes makes everything be read`(log: Log) throws {
        let lab = try Self.lab(log)
        try lab.server.add(
            "dn: ou=inner,ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: inner\n"
        )
        let hq = try lab.hq()
        #expect((hq.full, hq.read, hq.unchanged) == (true, 12, 12))
        #expect(hq.notes == ["a name above the entries has changed: everything was read"])
        #expect(try Self.delta(lab).read == 0)
    }

    @Test(arguments: Log.allCases)
    func `a username that becomes free goes to the entry that was rejected`(log: Log) throws {
        let lab = try SyncLab { $0.syncProvider = log.provider }
        lab.username = "employeeNumber"
        try lab.addPerson("twin", "employeeNumber: 10001")
        try lab.addPerson("nobody")
        let first = try lab.hq()
        #expect(first.rejected.count == 2)
        #expect(try Self.delta(lab).rejected.count == 2)
        try lab.server.delete(SampleOrganisation.person("ben"))
        try Self.delta(lab)
        let hq = try Self.delta(lab)
        #expect(hq.rejected.count <= 2)
        try lab.replace("employeeNumber", "4711", of: "nobody")
        #expect(try Self.delta(lab).rejected.allSatisfy { !$0.dn.text.contains("nobody") })
        #expect(try lab.user("4711").record.dn.text == SampleOrganisation.person("nobody"))
    }
}

extension SyncLab {
    func replace(_ attribute: String, _ value: String, of name: String) throws {
        try server.modify(
            "dn: \(SampleOrganisation.person(name))\nchangetype: modify\n"
                + "replace: \(attribute)\n\(attribute): \(value)\n")
    }

    /// LDIF that renames or moves a person.
    static func move(_ name: String, to new: String, below unit: String) -> String {
        """
        dn: \(SampleOrganisation.person(name))
        changetype: modrdn
        newrdn: uid=\(new)
        deleteoldrdn: 1
        newsuperior: ou=\(unit),dc=example,dc=com
        """
    }
}
