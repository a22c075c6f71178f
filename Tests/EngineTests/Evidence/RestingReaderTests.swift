import Fixtures
import Foundation
import Ground
import Identity
import Store
import Testing

@testable import Store

/// Whoever reads page by page may rest for hours; the store's log must not grow for them.
@Suite struct RestingReaderTests {
    private let lab: LockLab

    /// Two thousand locks and as many audit events: more than a pipe holds of any list of them.
    init() throws {
        lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
        let store = try store()
        try store.database.execute(
            "CREATE TEMP TABLE one AS SELECT * FROM processes WHERE id = 1; BEGIN")
        for id in Int64(2)...2_000 {
            try store.database.prepare("UPDATE one SET id = ?").run(id)
            try store.database.execute("INSERT INTO processes SELECT * FROM one")
        }
        try store.database.execute("COMMIT")
        try append(2_000, to: store)
    }

    private func store() throws -> Store {
        try Store.open(
            lab.folder.file("store.db"), for: .write(create: false),
            by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
    }

    private func append(_ count: Int, to store: Store) throws {
        try store.write { (transaction: borrowing Transaction) throws(StoreError) in
            for _ in 0..<count {
                _ = try transaction.append(
                    AuditEvent(
                        at: LockLab.now(plus: 0), by: "test", host: "admin.example", terminal: nil,
                        event: "configuration changed", process: nil, user: nil,
                        detail: ["note": .string(String(repeating: "n", count: 100))]))
            }
        }
    }

    @Test(arguments: [
        "report --since 1d", "--json report --since 1d", "report --since 1d --html -", "audit",
        "--json audit",
    ])
    func `the store's log is moved to its file all the same`(command: String) throws {
        let program = try Products.lockstep()
        let reader = try ChildProcess(
            "/bin/bash",
            [
                "-c",
                "'\(program)' --config lockstep.yaml \(command) | (head -c 1000; touch first; "
                    + "until [ -e go ]; do sleep 0.05; done; cat); exit ${PIPESTATUS[0]}",
            ], environment: ["TZ": "UTC"], folder: lab.folder.path)
        for _ in 0..<600 where !FileManager.default.fileExists(atPath: lab.folder.file("first")) {
            usleep(50_000)
        }
        let store = try store()
        try append(1, to: store)
        var isBusy = true
        for _ in 0..<100 where isBusy {
            isBusy =
                try store.database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").firstNumber() != 0
            if isBusy { usleep(50_000) }
        }
        #expect(!isBusy)
        #expect(reader.isRunning)
        try lab.folder.write("", to: "go")
        let end = try reader.wait()
        #expect(end.exitCode == 0, "\(end.stderr)")
        #expect(end.output.count > 150_000, "\(end.output.count)")
    }
}
