import Crypto
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Store

struct AuditLogTests {
    let folder: ScratchFolder
    let store: Store

    init() throws {
        folder = try ScratchFolder()
        store = try Store.open(folder.file("lockstep.db"), for: .write(create: true))
        try store.appendEvents(6)
    }

    private func sequences(user: UserID? = nil, since: Int64? = nil) throws -> [Int64] {
        var found: [Int64] = []
        try store.audit.read(user: user, since: since.map(Timestamp.init(seconds:))) {
            found.append($0.sequence)
        }
        return found
    }

    /// What somebody with a text editor for databases does: the triggers are no obstacle to her.
    private func tamper(_ sql: StaticString) throws {
        try store.database.execute(
            """
            DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_in_sequence
            """)
        try store.database.execute(sql)
    }

    @Test func `events come back as they were appended`() throws {
        var found: [AuditEvent] = []
        try store.audit.read { found.append($0.event) }
        #expect(found == (0..<6).map(AuditEvent.example))
    }

    @Test func `the very octets that were hashed are kept`() throws {
        let body = try store.database.prepare("SELECT body, hash FROM audit WHERE sequence = 1")
            .first { row throws(StoreError) in try [row.blob("body"), row.blob("hash")] }
        #expect(
            body.map { String(decoding: $0[0], as: UTF8.self) } == #"{"at":1700000000,"by":"ada","#
                + #""detail":{"note":"nº 0","reason":"misuse"},"event":"lock","#
                + #""host":"admin.example","process":0,"terminal":"pts/0","#
                + #""user":{"dn":"uid=user1,dc=example,dc=com","id":1,"username":"user1"}}"#)
        #expect(body.map { SHA256.hash($0[0]) } == body?[1])
    }

    @Test func `events are found by user and by time`() throws {
        #expect(try sequences(user: 2) == [2, 4, 6])
        #expect(try sequences(since: 1_700_000_003) == [4, 5, 6])
        #expect(try sequences(user: 2, since: 1_700_000_003) == [4, 6])
        #expect(try sequences(since: 1_800_000_000) == [])
        #expect(try store.audit.newest() == Timestamp(seconds: 1_700_000_005))
    }

    static let changes: [StaticString] = [
        "UPDATE audit SET at = 0", "DELETE FROM audit WHERE sequence = 6",
        "INSERT INTO audit VALUES (8, 0, NULL, NULL, x'', x'')",
        "INSERT OR REPLACE INTO audit VALUES (6, 0, NULL, NULL, x'', x'')",
    ]

    @Test(arguments: changes)
    func `the log is append-only`(sql: StaticString) throws {
        #expect(throws: StoreError.self) { try store.database.execute(sql) }
        #expect(try store.audit.verify().firstBroken == nil)
    }

    @Test func `an untouched chain is whole, and proven against its own head`() throws {
        let head = try #require(try store.audit.head())
        #expect(
            try store.audit.verify() == AuditVerdict(events: 6, firstBroken: nil, isProven: false))
        try store.appendEvents(2)
        #expect(
            try store.audit.verify(head: head)
                == AuditVerdict(events: 8, firstBroken: nil, isProven: true))
    }

    @Test func `an edited event is named`() throws {
        try tamper(
            """
            UPDATE audit SET body = CAST(replace(CAST(body AS TEXT), 'misuse', 'nothing') AS BLOB)
            WHERE sequence = 3
            """)
        #expect(try store.audit.verify().firstBroken == 3)
    }

    @Test func `an event that is hidden from a search is named`() throws {
        try tamper("UPDATE audit SET user = 99 WHERE sequence = 4")
        #expect(try store.audit.verify().firstBroken == 4)
    }

    @Test func `a removed event is named`() throws {
        try tamper("DELETE FROM audit WHERE sequence = 2")
        #expect(try store.audit.verify().firstBroken == 2)
    }

    @Test func `an inserted event is named`() throws {
        try tamper(
            """
            UPDATE audit SET sequence = -sequence WHERE sequence > 2;
            UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0;
            INSERT INTO audit SELECT 3, at, process, user, body, hash FROM audit WHERE sequence = 1
            """)
        #expect(try store.audit.verify().firstBroken == 3)
    }

    @Test func `a cut end is seen with the head from outside alone`() throws {
        let head = try #require(try store.audit.head())
        try tamper("DELETE FROM audit WHERE sequence > 4")
        #expect(try store.audit.verify().firstBroken == nil)
        #expect(
            try store.audit.verify(head: head)
                == AuditVerdict(events: 4, firstBroken: 5, isProven: true))
    }

    @Test func `another chain of the same length is seen with the head from outside`() throws {
        let head = try #require(AuditHead("3:" + String(repeating: "AB", count: 32)))
        #expect(try store.audit.verify(head: head).firstBroken == 3)
    }

    @Test(arguments: ["", "1", "1:", "0:" + String(repeating: "a", count: 64), "1:zz", "x:y:z"])
    func `what is no head is nil`(text: String) {
        #expect(AuditHead(text) == nil)
    }

    @Test func `a transaction that fails appends nothing`() throws {
        struct Unrelated: Error {}
        #expect(throws: Unrelated.self) {
            try store.write { transaction in
                try transaction.append(.example(6))
                throw Unrelated()
            }
        }
        #expect(try store.audit.head()?.sequence == 6)
        try store.appendEvents(1)
        #expect(try store.audit.verify().events == 7)
    }
}
