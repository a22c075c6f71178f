import Engine
import Fixtures
import Ground
import LDAP
import Store
import Testing

@testable import Store

/// The law of change tracking: whatever happened, following the changes leads to the same store as
/// reading everything into a new one.
@Suite struct ChangeEquivalenceTests {
    @Test(arguments: ChangeTests.Log.allCases, [1, 2] as [UInt64])
    func `following changes is the same as reading everything`(
        log: ChangeTests.Log, seed: UInt64
    ) throws {
        let lab = try ChangeTests.lab(log) { $0.refint = true }
        try Self.hold(lab, seed: seed)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `comparing times is the same as reading everything`(seed: UInt64) throws {
        let lab = try TimestampTests.lab { $0.refint = true }
        try Self.hold(lab, seed: seed)
    }

    private static func hold(_ lab: SyncLab, seed: UInt64) throws {
        lab.more =
            "disabled: {then: keep}\n    limits: {missing: 1000, disabled: 1000, reenabled: 1000}"
        var edits = RandomEdits(seed: seed)
        var followed = 0
        for round in 0..<6 {
            _ = try lab.server.tool("ldapmodify", ["-c"], input: edits.next(12))
            lab.now = lab.now.advanced(by: 60)
            for _ in 0..<2 {
                let hq = try lab.hq()
                #expect(hq.error == nil)
                if !hq.full { followed += 1 }
            }
            let folder = try TemporaryFolder("fresh")
            let fresh = try Store.open(
                folder.file("store.db"), for: .write(create: true),
                by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
            try lab.sync(into: fresh)
            #expect(try users(lab.store) == users(fresh), "round \(round)")
            let (followed, read) = (try members(lab.store), try members(fresh))
            let unlike = Set(followed).symmetricDifference(read)
            #expect(unlike.isEmpty, "round \(round): \(unlike)")
        }
        #expect(followed == 12)
    }

    private static func users(_ store: Store) throws -> [String] {
        let statement = try store.database.prepare(
            """
            SELECT json_array(entry_id, dn, hex(dn_key), username, given_name, family_name,
                display_name, mail, employee_number, attributes, disabled, recognised, hex(digest))
                AS item
            FROM users WHERE missing_since IS NULL ORDER BY entry_id
            """)
        return try statement.all { row throws(StoreError) in try row.text("item") }
    }

    /// Of those who are there: whom else a group names, nobody tells of.
    private static func members(_ store: Store) throws -> [String] {
        let statement = try store.database.prepare(
            """
            SELECT g.entry_id || '|' || g.dn || '|' || g.name || '|' || ifnull(u.dn, n.dn)
                AS item
            FROM role_groups g JOIN memberships m ON m.role_group = g.id
            LEFT JOIN users u ON u.dn_key = m.member AND u.missing_since IS NULL
            LEFT JOIN role_groups n ON n.dn_key = m.member AND n.missing_since IS NULL
            WHERE g.missing_since IS NULL AND ifnull(u.dn, n.dn) IS NOT NULL
            ORDER BY g.entry_id, m.member
            """)
        return try statement.all { row throws(StoreError) in try row.text("item") }
    }
}

/// Change records of which many fit: people and groups come, go, change, move and are renamed.
private struct RandomEdits {
    private var state: UInt64
    private var count = 0
    private var people = (0..<12).map { SampleOrganisation.username($0) }
    private var outside: [String] = []
    private var groups = ["staff", "vpn-users", "project-1", "project-2"]

    init(seed: UInt64) { state = seed }

    mutating func next(_ edits: Int) -> String {
        (0..<edits).map { _ in edit() + "\n" }.joined(separator: "\n")
    }

    private mutating func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    private mutating func edit() -> String {
        count += 1
        guard people.count > 4 else { return birth() }
        let index = random(people.count)
        let person = SampleOrganisation.person(people[index])
        let group = SampleOrganisation.group(groups[random(groups.count)])
        switch random(12) {
        case 0: return birth()
        case 1:
            people.remove(at: index)
            return "dn: \(person)\nchangetype: delete"
        case 2:
            let old = people[index]
            people[index] = "renamed\(count)"
            return SyncLab.move(old, to: people[index], below: "people")
        case 3:
            let name = people.remove(at: index)
            outside.append(name)
            return SyncLab.move(name, to: name, below: "left")
        case 4:
            guard let name = outside.popLast() else { return birth() }
            people.append(name)
            return "dn: uid=\(name),ou=left,dc=example,dc=com\nchangetype: modrdn\n"
                + "newrdn: uid=\(name)\ndeleteoldrdn: 1\n"
                + "newsuperior: ou=people,dc=example,dc=com"
        case 5: return replace(person, "title", "hidden")
        case 6: return replace(person, "title", "Tester")
        case 7: return replace(person, "pwdAccountLockedTime", "000001010000Z")
        case 8, 9: return "dn: \(group)\nchangetype: modify\nadd: member\nmember: \(person)"
        case 10: return "dn: \(group)\nchangetype: modify\ndelete: member\nmember: \(person)"
        default:
            let place = random(groups.count)
            let old = SampleOrganisation.group(groups[place])
            groups[place] = "group\(count)"
            return "dn: \(old)\nchangetype: modrdn\nnewrdn: cn=group\(count)\ndeleteoldrdn: 1"
        }
    }

    private mutating func birth() -> String {
        let name = "new\(count)"
        people.append(name)
        return "dn: \(SampleOrganisation.person(name))\nchangetype: add\n"
            + "objectClass: inetOrgPerson\nuid: \(name)\ncn: \(name)\nsn: \(name)"
    }

    private func replace(_ dn: String, _ attribute: String, _ value: String) -> String {
        "dn: \(dn)\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)"
    }
}
