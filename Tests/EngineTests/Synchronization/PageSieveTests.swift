import Engine
import Fixtures
import Identity
import LDAP
import Store
import Testing

/// Full reads of several pages: what says nothing new is told on a thread of its own.
@Suite struct PageSieveTests {
    private static func lab(_ pageSize: Int) throws -> SyncLab {
        let lab = try SyncLab()
        lab.more = "sync: {pageSize: \(pageSize)}\n    limits: {missing: 50%}"
        return lab
    }

    @Test(arguments: [1, 3, 5, 12, 100])
    func `what is new is found on whichever page it stands`(pageSize: Int) throws {
        let lab = try Self.lab(pageSize)
        try lab.sync()
        for name in ["ada", "gwen", "lars"] {
            try lab.server.modify(
                """
                dn: \(SampleOrganisation.person(name))
                changetype: modify
                replace: title
                title: Head of Testing
                """)
        }
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ben"))
            changetype: delete
            """)
        let first = try #require(try lab.sync(SyncOptions(full: true)).directories.first)
        #expect((first.read, first.updated, first.unchanged, first.missing) == (11, 3, 8, 1))
        #expect(Set(lab.changes.map(\.username)) == ["ada", "ben", "gwen", "lars"])
        let second = try #require(try lab.sync(SyncOptions(full: true)).directories.first)
        #expect((second.read, second.unchanged, second.updated) == (11, 11, 0))
        #expect(!second.changedAnything)
    }

    @Test func `an entry that comes twice counts once, whichever base it came from first`() throws {
        let lab = try Self.lab(5)
        lab.usersBase = "[\"ou=people,dc=example,dc=com\", \"dc=example,dc=com\"]"
        try lab.sync()
        for _ in 0..<2 {
            let hq = try #require(try lab.sync(SyncOptions(full: true)).directories.first)
            #expect((hq.read, hq.unchanged, hq.created, hq.updated) == (12, 12, 0, 0))
        }
    }
}
