import Ground
import Identity
import Testing

@testable import Store

/// A store from when each row of a certificate had a state of its own.
struct CertificateMigrationTests {
    private let folder: ScratchFolder
    private let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("test.db")
    }

    private func insert(_ rows: String, into store: Store) throws {
        let script = """
            INSERT INTO directories (id, name) VALUES (1, 'hq');
            INSERT INTO users (id, directory, entry_id, dn, dn_key, username, username_key, state,
                digest, born_run)
            VALUES (1, 1, 'e1', 'uid=ada', x'01', 'ada', 'ada', 'active', x'', 1),
                   (2, 1, 'e2', 'uid=ben', x'02', 'ben', 'ben', 'active', x'', 1);
            INSERT INTO certificates (id, user, serial, issuer, subject, not_before, not_after,
                fingerprint, state, revocation_reason, revoked_at, held_at)
            VALUES \(rows)
            """
        try store.database.execute(script: Array(script.utf8), named: "the old rows")
    }

    private func migrated(_ rows: String) throws -> [[Certificate]] {
        do {
            let old = try Store.open(
                path, for: .write(create: true), by: .example,
                migrations: Migration.all.filter { $0.version < 12 })
            try insert(rows, into: old)
        }
        let store = try Store.open(path, for: .write(create: false))
        #expect(try store.database.problems() == [])
        let table = try CertificateTable(store)
        return try [1, 2].map { try table.certificates(of: $0) }
    }

    private func row(_ id: Int, _ user: Int, _ print: String, _ rest: String) -> String {
        "(\(id), \(user), '01', 'CN=CA', 'CN=x', 0, 9, x'\(print)', \(rest))"
    }

    @Test func `revoked goes before on hold, and that before valid`() throws {
        let found = try migrated(
            [
                row(1, 1, "AA", "'valid', NULL, NULL, NULL"),
                row(2, 2, "AA", "'onHold', NULL, NULL, 5"),
                row(3, 1, "BB", "'revoked', 'superseded', 8, NULL"),
                row(4, 2, "BB", "'onHold', NULL, NULL, 4"),
                row(5, 1, "CC", "'valid', NULL, NULL, NULL"),
            ].joined(separator: ","))
        let held = Certificate.Held(at: Timestamp(seconds: 5), by: nil)
        let revoked = Certificate.Standing.revoked(
            Certificate.Revocation(reason: .superseded, at: Timestamp(seconds: 8), by: nil),
            held: Certificate.Held(at: Timestamp(seconds: 4), by: nil))
        #expect(found[0].map(\.standing) == [.onHold(held), revoked, .valid])
        #expect(found[1].map(\.standing) == [.onHold(held), revoked])
    }

    @Test func `the first time and its reason stay, but no compromised key is forgotten`() throws {
        let found = try migrated(
            [
                row(1, 1, "AA", "'revoked', 'superseded', 8, NULL"),
                row(2, 2, "AA", "'revoked', 'affiliationChanged', 6, NULL"),
                row(3, 1, "BB", "'revoked', 'superseded', 6, NULL"),
                row(4, 2, "BB", "'revoked', 'keyCompromise', 8, NULL"),
            ].joined(separator: ","))
        let wanted: [Certificate.Revocation?] = [
            Certificate.Revocation(
                reason: .affiliationChanged, at: Timestamp(seconds: 6), by: nil),
            Certificate.Revocation(reason: .keyCompromise, at: Timestamp(seconds: 6), by: nil),
        ]
        #expect(found.map { $0.map(\.revocation) } == [wanted, wanted])
    }
}
