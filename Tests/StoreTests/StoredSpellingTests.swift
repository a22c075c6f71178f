import LDAP
import Store
import Testing

/// What is stored of an entry is stored anew where its name is spelt otherwise by now.
@Suite struct StoredSpellingTests {
    private static let ada = "uid=ada,ou=people,dc=example,dc=com"

    /// A spelling, another username or role; whether it is the same entry, and whether all of it is stored.
    private static let rows: [(dn: String, name: String, isSame: Bool, isStored: Bool)] = [
        (ada, "ada", true, true),
        ("uid=ada,ou=People,dc=example,dc=com", "ada", true, false),
        ("uid=ada, ou=people, dc=example, dc=com", "ada", true, false),
        (ada, "lovelace", true, false),
        ("uid=ada,ou=left,dc=example,dc=com", "ada", false, false),
    ]

    private static func key(_ dn: String) throws -> MemberKey {
        MemberKey(try #require(DN(dn)))
    }

    @Test(arguments: rows)
    func `a user is`(dn: String, name: String, isSame: Bool, isStored: Bool) throws {
        func record(_ dn: String, _ name: String) throws -> UserRecord {
            UserRecord(
                entryID: EntryID("e"), dn: StoredDN(text: dn), dnKey: try Self.key(dn),
                username: name)
        }
        let (known, read) = (try record(Self.ada, "ada"), try record(dn, name))
        #expect((known.dn == read.dn) == isSame)
        #expect((read == known) == isStored)
    }

    @Test(arguments: rows)
    func `a role group is`(dn: String, name: String, isSame: Bool, isStored: Bool) throws {
        func group(_ dn: String, _ name: String) throws -> RoleGroup {
            RoleGroup(
                entryID: EntryID("g"), dn: StoredDN(text: dn), dnKey: try Self.key(dn), name: name)
        }
        let (known, read) = (try group(Self.ada, "ada"), try group(dn, name))
        #expect((known.dn == read.dn) == isSame)
        #expect((read == known) == isStored)
    }
}
