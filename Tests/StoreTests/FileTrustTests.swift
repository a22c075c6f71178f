import Fixtures
import Foundation
import Testing

@testable import Store

/// No file beside the store is believed by its name alone.
struct FileTrustTests {
    private let folder: ScratchFolder
    private let path: String
    private static let suffixes = [".lock", ".head", ".users.lock", ".canary.lock", ".canary"]

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("lockstep.db")
    }

    /// Everything that opens a file beside the store.
    private func useAll() throws(StoreError) {
        let store = try Store.open(path, for: .write(create: true), by: .example)
        try store.appendEvents(1)
        _ = try store.executorLock(of: 1)
        // A child of another test has the locks, too, until it has become its program.
        _ = try RunLock(store: path, by: .example, waiting: 10)
        while try !setCanary() { usleep(1_000) }
    }

    /// false: somebody else has the lock.
    private func setCanary() throws(StoreError) -> Bool {
        guard let canary = try CanaryFile(store: path) else { return false }
        try canary.set(CanaryRecord(), of: "hq")
        return true
    }

    private func failure() -> StoreError? {
        do throws(StoreError) {
            try useAll()
            return nil
        } catch {
            return error
        }
    }

    private func remove(_ file: String) throws {
        try? FileManager.default.removeItem(atPath: file)
    }

    @Test(arguments: suffixes)
    func `a second name of another file is refused, and it is left as it is`(
        suffix: String
    ) throws {
        try useAll()
        let other = folder.file("other")
        try "somebody else's".write(toFile: other, atomically: false, encoding: .utf8)
        try remove(path + suffix)
        try FileManager.default.linkItem(atPath: other, toPath: path + suffix)
        let error = try #require(failure())
        #expect(error.kind == .exposed)
        #expect(
            error.description
                == "\(path)\(suffix): it has 2 names, and may be somebody else's file")
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "somebody else's")
    }

    @Test(arguments: suffixes) func `a link is not followed`(suffix: String) throws {
        try useAll()
        try remove(path + suffix)
        try FileManager.default.createSymbolicLink(
            atPath: path + suffix, withDestinationPath: folder.file("nowhere"))
        #expect(failure() != nil)
        #expect(!FileManager.default.fileExists(atPath: folder.file("nowhere")))
    }

    @Test(.timeLimit(.minutes(1)), arguments: suffixes)
    func `a pipe is refused, and not waited for`(suffix: String) throws {
        try useAll()
        try remove(path + suffix)
        try ChildProcess.run("mkfifo", [path + suffix]).succeeded(at: "mkfifo")
        #expect(failure()?.kind == .exposed)
    }

    @Test(arguments: ["-wal", "-shm", "-journal"])
    func `what SQLite would open by its name is looked at first`(suffix: String) throws {
        try useAll()
        let other = folder.file("other")
        try "somebody else's".write(toFile: other, atomically: false, encoding: .utf8)
        try remove(path + suffix)
        try FileManager.default.createSymbolicLink(
            atPath: path + suffix, withDestinationPath: other)
        #expect(failure()?.kind == .exposed)
        #expect(throws: StoreError.self) {
            try Store.open(path, for: .read, by: .example)
        }
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "somebody else's")
    }

    @Test(.enabled(if: MachineUser.canBeMade)) func `somebody else's file is refused`() throws {
        try useAll()
        // Debian's uid 1; the store is root's.
        try ChildProcess.run("chown", ["daemon", path + ".head"]).succeeded(at: "chown")
        let error = try #require(failure())
        #expect(error.description == "\(path).head: it belongs to user 1")
        try ChildProcess.run("chown", ["root", path + ".head"]).succeeded(at: "chown")
        try ChildProcess.run("chown", ["daemon", folder.path]).succeeded(at: "chown")
        #expect(
            failure()?.description == """
                \(path): its folder \(folder.path) belongs to user 1, who could put another store there; \
                only root, the store's owner or you may own it
                """)
        // The folder's owner may own the store.
        try ChildProcess.run("chown", ["-R", "daemon", folder.path]).succeeded(at: "chown")
        try useAll()
    }

    @Test(arguments: ["775", "757", "1777"])
    func `a folder that others can write is refused`(mode: String) throws {
        try useAll()
        try ChildProcess.run("chmod", [mode, folder.path]).succeeded(at: "chmod")
        let error = try #require(failure())
        #expect(error.kind == .exposed)
        let shown = mode.count == 3 ? "0" + mode : mode
        #expect(
            error.description == """
                \(path): its folder \(folder.path) may be written by group or others (mode \(shown)), who \
                could put another store there
                """)
    }

    @Test func `a store with two names is refused, and one that a link leads to is opened`() throws
    {
        try useAll()
        let link = folder.file("link.db")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        _ = try Store.open(link, for: .read, by: .example)
        try FileManager.default.linkItem(atPath: path, toPath: folder.file("second.db"))
        #expect(failure()?.kind == .exposed)
    }
}
