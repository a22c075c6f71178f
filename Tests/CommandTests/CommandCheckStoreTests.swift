import Fixtures
import Identity
import Testing

/// What `check` says of the store and its disk.
struct CommandCheckStoreTests {
    /// Runs `check` after `commands` were carried out by a shell that sees mounts of its own.
    private func check(
        _ lab: CommandLab, withMounts commands: String
    ) throws -> CheckResult {
        let line = """
            set -e
            \(commands)
            exec '\(try Products.lockstep())' --config '\(lab.configuration)' check --json
            """
        return try CheckResult(
            ChildProcess.run(
                "/usr/bin/unshare",
                ["--user", "--map-root-user", "--mount", "/bin/sh", "-c", line],
                environment: ["TZ": "UTC"]))
    }

    @Test func `no store yet`() throws {
        let lab = try CommandLab()
        let check = try lab.check()
        #expect(check.exitCode == 0)
        #expect(
            check["store"] == [
                .init(
                    state: "warning",
                    message: "\(lab.store): there is no store yet; lockstep init makes one, and so "
                        + "does the first sync")
            ])
    }

    @Test func `no store where none may be made`() throws {
        let lab = try CommandLab()
        try lab.configure {
            $0.replacing("store: store.db", with: "store: {path: store.db, create: false}")
        }
        let check = try lab.check()
        #expect(check.exitCode == 74)
        #expect(check["store"].map(\.state) == ["failed"])
    }

    @Test func `a folder that is not there`() throws {
        let lab = try CommandLab()
        try lab.configure { $0.replacing("store: store.db", with: "store: nowhere/store.db") }
        let check = try lab.check()
        #expect(check.exitCode == 74)
        let folder = lab.folder.file("nowhere")
        #expect(
            check["store"].first?.message.hasPrefix(
                "\(folder)/store.db: there is no store: its folder \(folder) does not exist")
                == true)
    }

    @Test func `a store that can't be written`() throws {
        let lab = try CommandLab()
        try lab.run("init").succeeded(at: "init")
        let folder = lab.folder.path
        let check = try check(
            lab,
            withMounts: "mount --bind '\(folder)' '\(folder)'; mount -o remount,bind,ro '\(folder)'"
        )
        #expect(check.exitCode == 74)
        let line = try #require(check["store"].first)
        #expect(line.state == "failed")
        #expect(line.message.contains("Read-only file system"), "\(line.message)")
    }

    @Test func `a disk that is nearly full`() throws {
        let lab = try CommandLab()
        let folder = try lab.folder.makeFolder("small")
        try lab.configure { $0.replacing("store: store.db", with: "store: small/store.db") }
        let check = try check(lab, withMounts: "mount -t tmpfs -o size=2m none '\(folder)'")
        #expect(check.exitCode == 74)
        let line = try #require(check["space"].first)
        #expect(line.state == "failed")
        #expect(
            line.message
                == "2048 KiB are free in \(folder): too little for a lock to be sure of. Make room."
        )
    }

    @Test func `a store that is not one, and a chain that was cut`() throws {
        let lab = try CommandLab()
        try lab.folder.write("This is no database, and long enough to be sure.", to: "store.db")
        let other = try lab.check()
        #expect(other.exitCode == 74)
        #expect(other["store"].map(\.state) == ["failed"])
    }

    @Test func `a store that others may write`() throws {
        let lab = try CommandLab()
        try lab.run("init").succeeded(at: "init")
        try ChildProcess.run("/bin/chmod", ["666", lab.store]).succeeded(at: "chmod")
        let check = try lab.check()
        #expect(check.exitCode == 0)
        #expect(
            check["modes"] == [
                .init(
                    state: "warning",
                    message: "\(lab.store) can be written by others: chmod 600 \(lab.store)")
            ])
    }
}
