import Foundation
import Identity
import Store
import Synchronization
import Testing

struct LockTests {
    let folder: ScratchFolder
    let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("lockstep.db")
    }

    @Test func `the loser learns who holds the run lock since when`() throws {
        let lock = try RunLock(store: path, by: .example)
        var failure: StoreError?
        do throws(StoreError) {
            _ = try RunLock(store: path, by: .example)
        } catch {
            failure = error
        }
        _ = consume lock
        #expect(failure?.kind == .locked)
        #expect(
            failure?.description == """
                \(path): another run (process 4711, started by ada) holds the lock since \
                2023-11-14T22:13:20Z
                """)
    }

    @Test func `the run lock is free again when its owner is gone`() throws {
        do { _ = try RunLock(store: path, by: .example) }
        _ = try RunLock(store: path, by: .example)
        let attributes = try FileManager.default.attributesOfItem(atPath: path + ".lock")
        #expect(attributes[.size] as? Int == 0)
    }

    @Test func `who waits gets the run lock as soon as it is free`() throws {
        let path = path
        let first = try RunLock(store: path, by: .example)
        // A thread of its own: as a task it would wait on one that the tests share.
        let gotIt = Mutex(false)
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let lock = try? RunLock(store: path, by: .example, waiting: 300)
            gotIt.withLock { $0 = lock != nil }
            ended.signal()
        }
        Thread.sleep(forTimeInterval: 0.1)
        _ = consume first
        ended.wait()
        #expect(gotIt.withLock { $0 })
    }

    @Test func `one program at a time carries out a user's steps`() throws {
        let ada = try ExecutorLock(store: path, user: 1)
        let again = try ExecutorLock(store: path, user: 1)
        let neighbours = try [
            ExecutorLock(store: path, user: 0) != nil, ExecutorLock(store: path, user: 2) != nil,
            ExecutorLock(store: path, user: UserID(rawValue: .max / 2)) != nil,
        ]
        let (isHeld, isRefused) = (ada != nil, again == nil)
        #expect(isHeld)
        #expect(isRefused)
        #expect(neighbours == [true, true, true])
        _ = consume ada
        let later = try ExecutorLock(store: path, user: 1) != nil
        #expect(later)
    }

    @Test func `a lock without its folder names the file`() {
        let inside = folder.file("nowhere/lockstep.db")
        var failure: StoreError?
        do throws(StoreError) {
            _ = try RunLock(store: inside, by: .example)
        } catch {
            failure = error
        }
        #expect(
            failure?.description
                == "\(inside).lock: cannot open it: No such file or directory (2)")
    }
}
