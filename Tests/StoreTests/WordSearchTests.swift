import Identity
import LDAP
import Testing

@testable import Store

/// What `find` finds must not depend on whether it looks at the first users alone.
struct WordSearchTests {
    private static let users = 300
    private let folder: ScratchFolder
    private let store: Store

    init() throws {
        folder = try ScratchFolder()
        store = try Store.open(folder.file("test.db"), for: .write(create: true))
        try store.write { transaction in
            try transaction.database.execute("INSERT INTO directories (id, name) VALUES (1, 'hq')")
            let table = try UserTable(transaction.store, directory: 1)
            for number in 0..<Self.users {
                try Self.insert(number, into: table, in: transaction)
            }
        }
    }

    /// Everybody has `everybody` and `Été`, half of them `half`, one in seven `seventh`, two `rare`.
    private static func insert(
        _ number: Int, into table: UserTable, in transaction: borrowing Transaction
    ) throws {
        let name = "uid=u\(number),dc=example,dc=com"
        var record = UserRecord(
            entryID: EntryID("e\(number)"), dn: StoredDN(text: name),
            dnKey: MemberKey(try #require(DN(name))),
            username: "u\(number)")
        record.displayName = "Everybody Été"
        if number.isMultiple(of: 2) { record.givenName = "half" }
        if number.isMultiple(of: 7) { record.familyName = "Seventh" }
        if [41, 280].contains(number) { record.mail = "rare@example.com" }
        let state: UserState = number.isMultiple(of: 50) ? .inactive : .active
        _ = try table.insert(record, state: state, run: 1, in: transaction)
    }

    @Test(
        arguments: [
            "everybody", "ete", "every half", "half seventh", "rare", "everybody rare",
            "rare half everybody", "seventh rare", "u1", "half u28", "nobody", "nobody everybody",
            "", "!?",
        ], [nil, .active, .inactive, .locked] as [UserState?])
    func `the first users tell the same as all of them`(text: String, state: UserState?) throws {
        let whole = try UserSearch(store, sampling: WordSampling(least: .max))
        for (size, rounds) in [(5, 2), (20, 2), (100, 4), (1_000, 1)] as [(Int64, Int64)] {
            let sampled = try UserSearch(
                store, sampling: WordSampling(least: 1, size: size, rounds: rounds))
            for limit in [1, 3, 50, 1_000] {
                let right = try whole.find(text, state: state, limit: limit)
                let found = try sampled.find(text, state: state, limit: limit)
                #expect(found.users.map(\.id) == right.users.map(\.id))
                #expect(found.isCut == right.isCut)
            }
        }
    }

    @Test func `a store that is only read is searched the same way`() throws {
        let reading = try Store.open(folder.file("test.db"), for: .read)
        let sampled = try UserSearch(
            reading, sampling: WordSampling(least: 1, size: 20, rounds: 2))
        let found = try reading.snapshot { try sampled.find("every", state: nil, limit: 5) }
        #expect(found.users.map(\.record.username) == ["u0", "u1", "u2", "u3", "u4"])
        #expect(found.isCut)
    }
}
