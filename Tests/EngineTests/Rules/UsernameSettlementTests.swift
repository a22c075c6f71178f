import Configuration
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Engine

/// Who gets a username that several entries want: with a store, and no server.
@Suite struct UsernameSettlementTests {
    private static let run = RunID(rawValue: 5)

    private let folder: TemporaryFolder
    private let store: Store
    private let directory: DirectoryID
    private let users: UserTable
    private let settlement: UsernameSettlement

    init() throws {
        folder = try TemporaryFolder("settlement")
        store = try Store.open(
            folder.file("store.db"), for: .write(create: true),
            by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
        directory = try store.write { transaction in
            try DirectoryTable(transaction.store).number(of: "hq", former: nil, in: transaction)
        }
        users = try UserTable(store, directory: directory)
        settlement = UsernameSettlement(
            DirectoryRun(
                settings: try RuleExamples.directory(), directory: directory, run: Self.run,
                now: Timestamp(seconds: 1), store: store, observer: SyncObserver()),
            users: users, reader: try UserReader(store))
    }

    /// `uid=NAME` has the username.
    private func mapped(_ name: String, _ username: String) throws -> MappedUser {
        let dn = try #require(DN("uid=\(name),dc=example,dc=com"))
        var record = UserRecord(
            entryID: EntryID(name), dn: StoredDN(dn), dnKey: MemberKey(dn), username: username)
        record.digest = [1]
        return MappedUser(record: record, certificates: [])
    }

    /// A user whom the store knows by the name.
    @discardableResult
    private func known(_ name: String, bornRun: RunID = RunID(rawValue: 1)) throws -> User {
        let record = try mapped(name, name).record
        let id = try store.write { transaction in
            try users.insert(record, state: .active, run: bornRun, in: transaction)
        }
        return try #require(try store.user(id))
    }

    private func contest(_ name: String, wants username: String, _ user: User? = nil) throws
        -> ContestedUsername
    {
        ContestedUsername(mapped: try mapped(name, username), user: user)
    }

    /// `ada: update → ben` for each decision, in their order.
    private func decide(_ contests: [ContestedUsername]) throws -> [String] {
        try settlement.decide(contests).map { decision in
            switch decision {
            case .create(let mapped): "\(mapped.record.entryID): create \(mapped.record.username)"
            case .update(_, let mapped):
                "\(mapped.record.entryID): update \(mapped.record.username)"
            case .reject(let rejection, let known, let mapped):
                "\(rejection.dn): \(rejection.why)"
                    + (known == nil ? "" : ", stays \(mapped?.record.username ?? "")")
            case .same, .note: "?"
            }
        }
    }

    @Test(arguments: [true, false])
    func `of two who are new the first by DN gets it, whichever was read first`(isTurned: Bool)
        throws
    {
        let both = [try contest("a", wants: "ada"), try contest("b", wants: "ada")]
        #expect(
            try decide(isTurned ? both.reversed() : both) == [
                "a: create ada",
                "uid=b,dc=example,dc=com: username ada is already that of uid=a,dc=example,dc=com",
            ])
    }

    @Test func `whoever has it keeps it, whose DN ever comes first`() throws {
        try known("zoe")
        #expect(
            try decide([contest("a", wants: "zoe")]) == [
                "uid=a,dc=example,dc=com: username zoe is already that of "
                    + "uid=zoe,dc=example,dc=com"
            ])
    }

    @Test(arguments: [2, 3, 5])
    func `people who exchange their names, however many in a ring, all get them`(count: Int) throws
    {
        let names = (0..<count).map { "u\($0)" }
        let ring = try names.map { try known($0) }
        let contests = try ring.enumerated().map { index, user in
            try contest(names[index], wants: names[(index + 1) % count], user)
        }
        #expect(
            try decide(contests.reversed())
                == names.indices.map { "u\($0): update u\(($0 + 1) % count)" })
    }

    @Test func `a chain whose end stays where it is moves nobody`() throws {
        let (ada, ben) = try (known("ada"), known("ben"))
        try known("cleo")
        #expect(
            try decide([contest("ada", wants: "ben", ada), contest("ben", wants: "cleo", ben)]) == [
                "uid=ada,dc=example,dc=com: username ben is already that of "
                    + "uid=ben,dc=example,dc=com, stays ada",
                "uid=ben,dc=example,dc=com: username cleo is already that of "
                    + "uid=cleo,dc=example,dc=com, stays ben",
            ])
    }

    @Test func `a chain whose end goes free moves all of it, and a new one gets what is left`()
        throws
    {
        let (ada, ben) = try (known("ada"), known("ben"))
        #expect(
            try decide([
                contest("a", wants: "ada"), contest("ada", wants: "ben", ada),
                contest("ben", wants: "free", ben),
            ]) == ["ada: update ben", "ben: update free", "a: create ada"])
    }

    @Test func `a user whom the store knows goes before one who is new`() throws {
        let zoe = try known("zoe")
        #expect(
            try decide([contest("a", wants: "free"), contest("zoe", wants: "free", zoe)]) == [
                "zoe: update free",
                "uid=a,dc=example,dc=com: username free is already that of "
                    + "uid=zoe,dc=example,dc=com",
            ])
    }

    @Test func `a birth of this run is taken back for one whose DN comes first`() throws {
        let zoe = try known("zoe", bornRun: Self.run)
        #expect(
            try decide([contest("a", wants: "zoe")]) == [
                "a: create zoe",
                "uid=zoe,dc=example,dc=com: username zoe is already that of uid=a,dc=example,dc=com",
            ])
        #expect(settlement.displaced == 1)
        #expect(try store.user(zoe.id) == nil)
    }

    @Test func `a birth of this run that an operator has worked with is not taken back`() throws {
        let zoe = try known("zoe", bornRun: Self.run)
        try store.write { transaction in try store.raiseRevision(of: zoe.id, in: transaction) }
        #expect(try decide([contest("a", wants: "zoe")]).count == 1)
        #expect(settlement.displaced == 0)
        #expect(try store.user(zoe.id) != nil)
    }

    @Test func `a known user's claim takes no birth back`() throws {
        let (ada, zoe) = try (known("ada"), known("zoe", bornRun: Self.run))
        #expect(
            try decide([contest("ada", wants: "zoe", ada)]) == [
                "uid=ada,dc=example,dc=com: username zoe is already that of "
                    + "uid=zoe,dc=example,dc=com, stays ada"
            ])
        #expect(try store.user(zoe.id) != nil)
    }

    @Test func `who is rejected is known by the name all the same, and read again`() throws {
        let ada = try known("ada")
        try known("zoe")
        let decisions = try settlement.decide([contest("ada", wants: "zoe", ada)])
        guard case .reject(let rejection, let user, let mapped)? = decisions.first else {
            Issue.record("not rejected")
            return
        }
        #expect(rejection.names == ["zoe"])
        #expect(user?.id == ada.id)
        #expect(mapped?.record.username == "ada")
        #expect(mapped?.record.otherNames.map(\.text) == ["zoe"])
        #expect(mapped?.record.digest == [])
    }
}
