import Foundation
import Store
import Testing

struct RollbackTests {
    let folder: ScratchFolder
    let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("lockstep.db")
    }

    /// A store with three events, put back to when it had two.
    private func rollBack() throws {
        let copy = folder.file("copy.db")
        do {
            let store = try Store.open(path, for: .write(create: true))
            try store.appendEvents(2)
            try store.database.backUp(to: copy)
            try store.appendEvents(1)
        }
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
        try FileManager.default.moveItem(atPath: copy, toPath: path)
    }

    private func failure() -> StoreError? {
        do throws(StoreError) {
            _ = try Store.open(path, for: .write(create: true))
            return nil
        } catch {
            return error
        }
    }

    private func head() throws -> Data { try Data(contentsOf: URL(filePath: path + ".head")) }

    @Test func `a store that was rolled back is read but not written`() throws {
        try rollBack()
        let error = failure()
        #expect(error?.kind == .rolledBack)
        #expect(
            error?.description == """
                \(path): the store was rolled back: \(path).head has seen audit event 3, and the \
                store ends with 2
                """)
        let store = try Store.open(path, for: .read)
        #expect(store.rollback == error)
        #expect(try store.audit.head()?.sequence == 2)
    }

    @Test func `an adopted store is written again`() throws {
        try rollBack()
        do {
            let store = try Store.open(path, for: .adopt)
            #expect(store.rollback?.kind == .rolledBack)
            try store.appendEvents(2)
            try store.acceptRollback()
        }
        let store = try Store.open(path, for: .write(create: false))
        #expect(store.rollback == nil)
        try store.appendEvents(1)
        #expect(failure() == nil)
    }

    @Test func `a store that went another way since is seen`() throws {
        try rollBack()
        do {
            let store = try Store.open(path, for: .adopt)
            try store.transaction { () throws(StoreError) in
                try store.audit.append(.example(40))
                try store.audit.append(.example(41))
            }
        }
        #expect(
            failure()?.message == """
                the store was rolled back: its audit event 3 is another one than \(path).head has seen
                """)
    }

    @Test func `a head that is behind or missing is advanced`() throws {
        let store = try Store.open(path, for: .write(create: true))
        try store.appendEvents(1)
        let old = try head()
        try store.appendEvents(4)
        let new = try head()
        for before in [old, Data(), Data(repeating: 0, count: 256)] {
            try before.write(to: URL(filePath: path + ".head"))
            #expect(failure() == nil)
            #expect(try head().suffix(256).contains(new.suffix(70)))
        }
        try FileManager.default.removeItem(atPath: path + ".head")
        #expect(failure() == nil)
    }

    @Test func `a torn record leaves the one before`() throws {
        let store = try Store.open(path, for: .write(create: true))
        try store.appendEvents(1)
        try store.appendEvents(1)
        let whole = try head()
        for start in [0, 128] {
            var torn = whole
            torn.replaceSubrange(start + 5..<start + 60, with: Data(repeating: 0, count: 55))
            try torn.write(to: URL(filePath: path + ".head"))
            #expect(failure() == nil)
        }
    }

    @Test func `a head that can't be read is an error, not a fresh start`() throws {
        try Store.open(path, for: .write(create: true)).appendEvents(1)
        try Data("words".utf8).write(to: URL(filePath: path + ".head"))
        #expect(failure()?.kind == .corrupt)
        #expect(
            failure()?.description == "\(path).head: it holds no audit head that can be read")
    }
}
