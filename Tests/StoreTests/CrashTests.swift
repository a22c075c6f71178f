import Foundation
import Testing

@testable import Store

/// A disk that is full for this process alone, for ever.
private func limitFiles(toBytes count: UInt) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: count, rlim_max: count)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}

/// What happens to a process is done to a child of its own.
///
/// The child finds the store's path in its environment.
struct CrashTests {
    let folder: ScratchFolder
    let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("lockstep.db")
    }

    @Test func `killed within a transaction, it leaves nothing behind`() async throws {
        try Store.open(path, for: .write(create: true)).appendEvents(2)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try Store.open(path, for: .write(create: false))
            try store.write { (transaction: borrowing Transaction) throws(StoreError) in
                for number in 0..<2000 { try transaction.append(.example(number)) }
                kill(getpid(), SIGKILL)
            }
        }
        let store = try Store.open(path, for: .write(create: false))
        #expect(try store.audit.verify().events == 2)
        #expect(try store.database.problems() == [])
        try store.appendEvents(1)
    }

    @Test func `killed with the run lock and a user's lock, it frees both`() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let run = try RunLock(store: path, by: .example)
            let user = try ExecutorLock(store: path, user: 1)
            kill(getpid(), SIGKILL)
            _ = consume run
            _ = consume user
        }
        _ = try RunLock(store: path, by: .example)
        let isFree = try ExecutorLock(store: path, user: 1) != nil
        #expect(isFree)
    }

    @Test func `a full disk is said so, and nothing is stored`() async throws {
        try Store.open(path, for: .write(create: true)).appendEvents(2)
        await #expect(processExitsWith: .success) { [path = path as String] in
            let store = try Store.open(path, for: .write(create: false))
            // Changes that stay in memory meet no disk.
            try store.database.execute("PRAGMA cache_size = 10")
            limitFiles(toBytes: 300_000)
            let error = #expect(throws: StoreError.self) {
                try store.write { (transaction: borrowing Transaction) throws(StoreError) in
                    for number in 0..<100_000 { try transaction.append(.example(number)) }
                }
            }
            #expect(error?.kind == .full)
        }
        let store = try Store.open(path, for: .write(create: false))
        #expect(try store.audit.verify().events == 2)
    }

    @Test func `a folder that the reader may not write is said so`() async throws {
        try Store.open(path, for: .write(create: true)).appendEvents(2)
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        await #expect(processExitsWith: .success) { [path = path as String] in
            // Root may write everywhere. It is root again at its end: the leak sanitizer looks at
            // the process then, and may not look at one that gave its rights away.
            let isRoot = getuid() == 0
            if isRoot {
                setreuid(65534, 0)
                seteuid(65534)
            }
            defer { if isRoot { seteuid(0) } }
            let error = #expect(throws: StoreError.self) { try Store.open(path, for: .read) }
            #expect(error?.kind == .permission)
            #expect(
                error?.message.hasPrefix("who reads it must be able to write it and its folder: ")
                    == true)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    }
}
