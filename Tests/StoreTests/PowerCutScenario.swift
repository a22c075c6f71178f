import Foundation
import Ground
import Identity
import LDAP
import RecordingVFS

@testable import Store

/// Locks one person after the other, and marks each commit that was acknowledged.
///
/// Runs in a process of its own, whose SQLite records what it writes.
enum PowerCutScenario {
    static let people: Int64 = 20

    static func play(path: String, log: String) throws {
        guard unsafe recording_vfs_install(log) == 0 else {
            throw StoreError(.other, message: "the recording VFS can't be had", path: log)
        }
        let store = try Store.open(path, for: .write(create: true))
        // The log is moved to the database often: that is where the order of writes matters.
        store.database.checkpoint(everyPages: 12)
        try store.write { (transaction: borrowing Transaction) throws(StoreError) in
            try store.database.execute(
                """
                INSERT INTO directories (id, name) VALUES (1, 'hq');
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
                INSERT INTO users (id, directory, entry_id, dn, dn_key, username, username_key,
                    state, digest, born_run)
                SELECT i, 1, 'e' || i, 'uid=p' || i || ',dc=example,dc=com', CAST(i AS BLOB),
                    'p' || i, 'p' || i, 'active', x'', 1 FROM n;
                INSERT INTO credentials (id, user, kind, serial, state)
                SELECT id, id, 'card', 'C' || id, 'active' FROM users
                """)
        }
        try mark("people", path)
        for user in 1...people {
            guard let process = try store.begin(draft(user), plan: plan(user)) else { continue }
            try mark("begun \(user)", path)
            let steps = try store.processes.process(process)?.steps.filter { $0.kind.isRemote }
            try store.finish(
                ProcessEnd(
                    process: process, at: Timestamp(seconds: 1_700_000_000 + user),
                    results: (steps ?? []).map { ($0, .done) }, enforced: .written,
                    isSeenDisabled: true, remaining: []),
                by: by)
            try mark("ended \(user)", path)
        }
    }

    /// What was acknowledged, and what `STORE.head` holds by then.
    private static func mark(_ text: String, _ path: String) throws {
        let head = (try? Data(contentsOf: URL(filePath: path + ".head"))) ?? Data()
        let octets = Array((text + "\n").utf8) + head
        unsafe octets.withUnsafeBytes {
            unsafe recording_vfs_mark($0.baseAddress, Int32($0.count))
        }
    }

    private static let by = Operator(login: "ada", host: "admin.example", terminal: nil)

    private static func draft(_ user: Int64) -> ProcessDraft {
        ProcessDraft(
            useCase: .lock, user: UserID(rawValue: user), revision: 0, reason: "misuse",
            reasonText: "Misuse",
            revocation: .privilegeWithdrawn, note: nil,
            at: Timestamp(seconds: 1_700_000_000 + user), by: by, forced: false, run: nil)
    }

    private static func plan(_ user: Int64) -> Plan {
        let entry = EntryID("e\(user)")
        let dn = "uid=p\(user),dc=example,dc=com"
        return Plan(
            steps: [
                PlannedStep(target: "p\(user)", work: .local(.user(.lock)), detail: ""),
                PlannedStep(
                    target: "C\(user)",
                    work: .local(.credential(CredentialID(rawValue: user), .locked)), detail: ""),
                PlannedStep(target: dn, work: .remote(DisableEntry(entry)), detail: ""),
                PlannedStep(target: dn, work: .remote(Verify(entry)), detail: ""),
            ], unchanged: [], remaining: [])
    }
}
