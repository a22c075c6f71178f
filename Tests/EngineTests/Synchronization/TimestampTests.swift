import Configuration
import Engine
import Fixtures
import Foundation
import Ground
import Identity
import LDAP
import Testing

@testable import Store

/// Syncs on a slapd without content sync: the entries' times tell what changed, a sweep who is gone.
@Suite struct TimestampTests {
    /// Every entry was last changed at another hour of the past.
    static func lab(_ change: (inout SlapdOptions) -> Void = { _ in }) throws -> SyncLab {
        let lab = try SyncLab {
            $0.data = aged(SampleOrganisation().ldif)
            change(&$0)
        }
        lab.users = "filter: (&(objectClass=inetOrgPerson)(!(title=hidden)))"
        let first = try lab.hq()
        #expect((first.strategy, first.full, first.read) == (.modifyTimestamp, true, 12))
        #expect(first.notes.isEmpty)
        #expect(
            first.strategyReason
                == "the database has no overlay syncprov for content sync, or hides its contextCSN")
        #expect(try lab.count("SELECT count(*) FROM streams") == 2)
        return lab
    }

    private static func aged(_ ldif: String) -> String {
        ldif.components(separatedBy: "\n\n").filter { $0.contains("dn: ") }.enumerated().map {
            let day = String(20_260_101 + $0.offset / 24)
            let hour = $0.offset % 24
            return $0.element.trimmingCharacters(in: .newlines)
                + "\nmodifyTimestamp: \(day)\(hour < 10 ? "0" : "")\(hour)0000Z\n"
        }.joined(separator: "\n")
    }

    @discardableResult
    static func delta(_ lab: SyncLab) throws -> DirectoryReport {
        let hq = try lab.hq()
        #expect((hq.strategy, hq.full) == (.modifyTimestamp, false))
        #expect(hq.error == nil && hq.notes.isEmpty, "\(hq.notes)")
        return hq
    }

    @Test func `when nothing changed the newest entry alone is read`() throws {
        let lab = try Self.lab()
        let before = try lab.count("SELECT total_changes()")
        let hq = try Self.delta(lab)
        #expect((hq.read, hq.unchanged, hq.changedAnything) == (1, 1, false))
        #expect(try lab.count("SELECT total_changes()") == before + 4)
    }

    @Test func `who changed, came, went, was renamed or moved is told from each other`() throws {
        let lab = try Self.lab { $0.refint = true }
        let ada = try lab.user("ada")
        let roles = try lab.roles(of: "ada")
        try lab.replace("title", "Head of Testing", of: "ben")
        try lab.addPerson("zoe")
        try lab.server.delete(SampleOrganisation.person("cleo"))
        try lab.server.modify(SyncLab.move("ada", to: "ada.lovely", below: "people"))
        try lab.server.modify(SyncLab.move("dora", to: "dora", below: "left"))
        let hq = try Self.delta(lab)
        #expect((hq.updated, hq.created, hq.renamed, hq.missing) == (1, 1, 1, 2))
        #expect(try lab.user("ada.lovely").id == ada.id)
        #expect(try lab.roles(of: "ada.lovely") == roles)
        #expect(try lab.user("cleo").missingSince != nil)
        try lab.server.modify(
            "dn: uid=dora,ou=left,dc=example,dc=com\nchangetype: modrdn\nnewrdn: uid=dora\n"
                + "deleteoldrdn: 1\nnewsuperior: ou=people,dc=example,dc=com\n")
        #expect(try Self.delta(lab).missing == 0)
        #expect(try lab.user("dora").missingSince == nil)
        #expect(try Self.delta(lab).changedAnything == false)
    }

    @Test func `members of a group come and go, and so do groups`() throws {
        let lab = try Self.lab()
        let group = SampleOrganisation.group("vpn-users")
        try lab.server.modify(
            "dn: \(group)\nchangetype: modify\nadd: member\nmember: "
                + "\(SampleOrganisation.person("ben"))\n")
        #expect(try Self.delta(lab).roles == .init(granted: 1, withdrawn: 0))
        try lab.server.modify(
            "dn: \(SampleOrganisation.group("staff"))\nchangetype: modify\nreplace: description\n"
                + "description: Everybody\n")
        try lab.server.delete(group)
        #expect(try Self.delta(lab).roles == .init(granted: 0, withdrawn: 2))
    }

    @Test func `people below a unit that is renamed have other names`() throws {
        let lab = try Self.lab()
        try lab.server.add(
            "dn: ou=inner,ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: inner\n"
                + "\ndn: uid=zoe,ou=inner,ou=people,dc=example,dc=com\n"
                + "objectClass: inetOrgPerson\nuid: zoe\ncn: Zoe\nsn: Sample\n")
        #expect(try Self.delta(lab).created == 1)
        try lab.server.modify(
            "dn: ou=inner,ou=people,dc=example,dc=com\nchangetype: modrdn\nnewrdn: ou=core\n"
                + "deleteoldrdn: 1\n")
        #expect(try Self.delta(lab).renamed == 1)
        #expect(try lab.user("zoe").record.dn.text == "uid=zoe,ou=core,ou=people,dc=example,dc=com")
    }

    @Test func `a time that is still to come hides nobody else's change`() throws {
        let lab = try SyncLab {
            $0.data = Self.aged(SampleOrganisation().ldif)
                .replacingOccurrences(
                    of: "modifyTimestamp: 2026010105", with: "modifyTimestamp: 2099010105")
        }
        try lab.sync()
        try lab.replace("title", "Head of Testing", of: "ben")
        #expect(try Self.delta(lab).updated == 1)
    }

    @Test func `a server that was put back to an old state is read whole`() throws {
        let lab = try Self.lab()
        try lab.replace("title", "Head of Testing", of: "ben")
        try Self.delta(lab)
        try lab.store.database.execute(
            "UPDATE streams SET cookie = CAST('20261201000000Z;20270115080000Z' AS BLOB)")
        let hq = try lab.hq()
        #expect((hq.full, hq.missing) == (true, 0))
        #expect(
            hq.notes == ["the newest change is older than one seen before: everything was read"])
        try Self.delta(lab)
    }

    @Test func `once a day everything is read`() throws {
        let lab = try Self.lab()
        lab.now = lab.now.advanced(by: 24 * 60 * 60)
        let hq = try lab.hq()
        #expect(hq.full)
        #expect(hq.notes == ["everything was last read a day ago: everything was read"])
        try Self.delta(lab)
    }

    @Test func `where the times can't be read everything is read each time`() throws {
        let lab = try SyncLab { $0.access = ["to attrs=modifyTimestamp by * none"] }
        for _ in 0..<2 {
            let hq = try lab.hq()
            #expect((hq.strategy, hq.full, hq.error == nil) == (.full, true, true))
            #expect(hq.strategyReason == "not every entry shows its modifyTimestamp")
        }
        #expect(try lab.count("SELECT count(*) FROM streams") == 0)
    }

    @Test func `one entry that shows neither id nor time does not have everything read each time`()
        throws
    {
        let lab = try Self.lab()
        let cleo = SampleOrganisation.person("cleo")
        try lab.server.reconfigure(
            "add: olcAccess\nolcAccess: {0}to dn.exact=\"\(cleo)\" "
                + "attrs=entryUUID,modifyTimestamp by * none")
        let whole = try lab.hq()
        #expect((whole.full, whole.rejected.map(\.dn.text)) == (true, [cleo]))
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.replace("title", "Head of Testing", of: "ada")
        let hq = try lab.hq()
        #expect((hq.full, hq.updated, hq.missing) == (false, 1, 0))
        #expect(hq.rejected == whole.rejected)
        #expect(hq.notes == [Self.undecided])
        try lab.server.reconfigure("delete: olcAccess\nolcAccess: {0}")
        let decided = try lab.hq()
        #expect((decided.full, decided.missing, decided.rejected) == (true, 1, []))
        #expect(try lab.user("cleo").missingSince == nil)
        try Self.delta(lab)
    }

    @Test func `who shows no id from the first sync on does not have everything read each time`()
        throws
    {
        let cleo = SampleOrganisation.person("cleo")
        let lab = try SyncLab {
            $0.data = Self.aged(SampleOrganisation().ldif)
            $0.access = ["to dn.exact=\"\(cleo)\" attrs=entryUUID by * none"]
        }
        #expect(try lab.hq().created == 11)
        #expect(try lab.count("SELECT owes_absence FROM directories") == 1)
        try lab.server.delete(SampleOrganisation.person("ben"))
        let hq = try lab.hq()
        #expect((hq.full, hq.missing, hq.rejected.count) == (false, 0, 1))
        #expect(hq.notes == [Self.undecided])
        // Without her nothing is in the way of a decision.
        try lab.server.delete(cleo)
        let decided = try lab.hq()
        #expect((decided.full, decided.missing, decided.rejected) == (true, 1, []))
        try Self.delta(lab)
    }

    private static let undecided =
        "an entry without a readable id was read: nobody is marked missing"

    @Test func `content sync is not used where times are wanted`() throws {
        let lab = try SyncLab { $0.syncProvider = .sessionLog(1_000) }
        lab.more = "sync: {strategy: modifyTimestamp}\n    limits: {missing: 50%}"
        let hq = try lab.hq()
        #expect((hq.strategy, hq.strategyReason) == (.modifyTimestamp, "sync.strategy wants it"))
        try lab.replace("title", "Head of Testing", of: "ben")
        #expect(try Self.delta(lab).updated == 1)
        // And it is as soon as nobody wants them any more.
        lab.more = "limits: {missing: 50%}"
        let better = try lab.hq()
        #expect((better.strategy, better.full) == (.syncrepl, true))
        #expect(
            better.notes == ["changes can be followed by syncrepl again: everything was read"])
    }
}
