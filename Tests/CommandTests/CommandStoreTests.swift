import Fixtures
import Ground
import Identity
import Store
import Testing

/// Stores that can't be used, and two programs at one store.
struct CommandStoreTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
    }

    @discardableResult
    private func sqlite(_ sql: String) throws -> FinishedProcess {
        try ChildProcess.run("sqlite3", [lab.store, sql])
            .succeeded(at: "sqlite3 (Debian package sqlite3)")
    }

    @Test func `a sync makes the store and says so, unless it must not`() throws {
        try lab.configure {
            $0.replacing("store: store.db", with: "store: {path: store.db, create: false}")
        }
        try lab.expect(
            "sync", exit: 74,
            says: """
                lockstep: error: \(lab.store): there is no store
                Check `store` in the configuration, and that its disk is mounted. `lockstep init` \
                makes a new one.

                """)
        let made = try lab.run("init")
        #expect(made.stdout == "made the store \(lab.store)\n")
        let again = try lab.run("init", "--json")
        #expect(JSONValue(parsing: again.output)?["created"] == false)
        #expect(try lab.run("sync").exitCode == 0)
    }

    @Test func `a folder that is not there is not made`() throws {
        try lab.configure { $0.replacing("store: store.db", with: "store: disk/store.db") }
        let folder = lab.folder.file("disk")
        try lab.expect(
            "sync", exit: 74,
            says: """
                lockstep: error: \(folder)/store.db: there is no store: its folder \(folder) does \
                not exist
                Check `store` in the configuration, and that its disk is mounted. `lockstep init` \
                makes a new one.

                """)
    }

    @Test(arguments: ["sync", "find ada", "lock ada --reason misuse --yes", "audit verify"])
    func `another program's file is left alone`(line: String) throws {
        try lab.folder.write("hello, this is no database", to: "store.db")
        let finished = try lab.run(line.split(separator: " ").map(String.init))
        #expect(finished.exitCode == 74)
        #expect(finished.stdout == "")
        #expect(
            finished.stderr == """
                lockstep: error: \(lab.store): file is not a database (26)
                Check `store` in the configuration: it names another program's file.

                """)
    }

    @Test func `a store of a newer version is left alone`() throws {
        try lab.run("init").succeeded(at: "init")
        let newest = try sqlite("PRAGMA user_version").stdout.prefix { $0.isNumber }
        try sqlite("PRAGMA user_version = 99")
        for command in ["sync", "audit"] {
            try lab.expect(
                command, exit: 74,
                says: """
                    lockstep: error: \(lab.store): the store is of version 99, and this Lockstep \
                    knows versions up to \(newest)
                    Install the Lockstep that migrated it, or a newer one.

                    """)
        }
    }

    @Test func `a store that was rolled back is read, and not written`() throws {
        try lab.run("sync").succeeded(at: "sync")
        try ChildProcess.run("cp", [lab.store, lab.folder.file("backup")]).succeeded(at: "cp")
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        for name in ["store.db", "store.db-wal", "store.db-shm"] {
            try lab.folder.remove(file: name)
        }
        try ChildProcess.run("mv", [lab.folder.file("backup"), lab.store]).succeeded(at: "mv")
        let written = try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-2")
        #expect(written.exitCode == 74)
        #expect(written.stderr.contains("the store was rolled back"))
        #expect(written.stderr.contains("lockstep store adopt --because TEXT"))
        let read = try lab.run("show", "ada", "--json")
        #expect(read.exitCode == 0)
        #expect(read.stderr.hasPrefix("lockstep: warning: \(lab.store): the store was rolled back"))
        #expect(JSONValue(parsing: read.output)?["username"] == "ada")
    }

    @Test func `a second sync names the first, or waits for it`() throws {
        try lab.run("init").succeeded(at: "init")
        let lock = try RunLock(
            store: lab.store,
            by: RunLock.Holder(pid: 4711, login: "cron", since: .init(seconds: 1_795_442_700)))
        let second = try lab.run("sync", "--json")
        #expect(second.exitCode == 75)
        #expect(
            second.stderr == """
                lockstep: error: another run (process 4711, started by cron) holds the lock since \
                2026-11-23 14:05:00 UTC
                --wait SECONDS waits for its end.

                """)
        #expect(JSONValue(parsing: second.output)?["error"]?["exit"] == 75)
        // A lock of a user does not wait for a sync.
        #expect(try lab.run("lock", "ada", "--reason", "misuse", "--yes").exitCode == 0)
        let waiting = try ChildProcess(
            Products.lockstep(), ["--config", lab.configuration, "sync", "--wait", "60"])
        #expect(waiting.isRunning)
        _ = consume lock
        #expect(try waiting.wait().exitCode == 0)
    }
}
