import Engine
import Fixtures
import Ground
import Identity
import LDAP
import Testing

@testable import Store

/// The first load of a store, which builds its indexes when everything is read.
@Suite struct LoadTests {
    @Test func `a load leaves the schema as it was`() throws {
        let lab = try SyncLab()
        let before = try schema(lab.store)
        try lab.sync()
        #expect(try schema(lab.store) == before)
    }

    @Test func `whoever opens the store to write builds what a crash left out`() throws {
        let lab = try SyncLab()
        let before = try schema(lab.store)
        try lab.sync()
        let users = try lab.count("SELECT count(*) FROM users")
        let ada = try lab.user("ada")
        try crash(lab)
        // The same entry came twice, as where two bases overlap.
        try take(ada.record, into: lab)
        let again = try reopen(lab)
        #expect(try schema(again) == before)
        #expect(try lab.count("SELECT count(*) FROM users") == users)
        #expect(try lab.user("ada").id == ada.id)
        #expect(try again.database.problems() == [])
        #expect(!(try lab.hq().changedAnything))
    }

    @Test func `usernames that a load gave twice before a crash are settled by the next sync`()
        throws
    {
        let lab = try SyncLab()
        try lab.sync()
        let users = try lab.count("SELECT count(*) FROM users")
        try crash(lab)
        var other = try lab.user("ada").record
        other.entryID = EntryID("00000000-0000-4000-8000-000000000000")
        other.dn = "uid=zoe,ou=people,dc=example,dc=com"
        other.dnKey = MemberKey(try #require(other.dn.dn))
        try take(other, into: lab)
        _ = try reopen(lab)
        let hq = try lab.hq()
        #expect(try lab.count("SELECT count(*) FROM users") == users)
        #expect(try lab.user("ada").record.dn.text == SampleOrganisation.person("ada"))
        #expect(
            hq.rejected.contains {
                $0.dn == other.dn
                    && $0.why
                        == "username ada is already that of \(SampleOrganisation.person("ada"))"
            })
        #expect(hq.missing == 0)
        // The load that was cut short had born them.
        #expect(hq.created == 0)
        let search = try UserSearch(lab.store)
        #expect(try search.find("ada", state: nil, limit: 5).users.count == 1)
    }

    @Test func `a load goes on where somebody opens the store to write meanwhile`() throws {
        let lab = try SyncLab()
        let before = try schema(lab.store)
        var opened = 0
        lab.progress = { progress in
            guard progress.phase == .users else { return }
            opened += (try? self.reopen(lab)) == nil ? 0 : 1
        }
        let hq = try lab.hq()
        #expect(opened > 0)
        #expect((hq.created, hq.read, hq.rejected.count) == (12, 12, 0))
        #expect(try lab.count("SELECT count(*) FROM users") == 12)
        #expect(try schema(lab.store) == before)
        lab.progress = { _ in }
        #expect(!(try lab.hq().changedAnything))
    }

    private func schema(_ store: Store) throws -> [String] {
        try store.database.prepare(
            "SELECT name || coalesce(sql, '') AS item FROM sqlite_schema ORDER BY name"
        ).all { row throws(StoreError) in try row.text("item") }
    }

    /// As after a crash within a load.
    private func crash(_ lab: SyncLab) throws {
        try lab.store.database.execute(
            """
            DROP INDEX users_entry; DROP INDEX users_username; DROP INDEX users_dn;
            DROP INDEX memberships_member; UPDATE directories SET unsettled = 1
            """)
    }

    private func take(_ record: UserRecord, into lab: SyncLab) throws {
        try lab.store.write { transaction in
            _ = try UserTable(transaction.store, directory: DirectoryID(rawValue: 1))
                .insert(record, state: .active, run: RunID(rawValue: 1), in: transaction)
        }
    }

    private func reopen(_ lab: SyncLab) throws -> Store {
        try Store.open(
            lab.folder.file("store.db"), for: .write(create: false),
            by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
    }
}
