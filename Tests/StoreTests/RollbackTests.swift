import Foundation
import Ground
import Identity
import LDAP
import Store
import Testing

@testable import Store

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

    @Test func `the head follows whatever connection wrote`() throws {
        let store = try Store.open(path, for: .write(create: true))
        try store.appendEvents(1)
        let beside = try Store.openBeside(path, toWrite: true)
        try beside.appendEvents(1)
        let end = try #require(try store.audit.head())
        #expect(end.sequence == 2)
        #expect(try HeadFile.read(store: path) == end)
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
            try store.write { (transaction: borrowing Transaction) throws(StoreError) in
                try transaction.append(.example(40))
                try transaction.append(.example(41))
            }
        }
        #expect(
            failure()?.message == """
                the store was rolled back: its audit event 3 is another one than \(path).head has seen
                """)
    }

    @Test func `a head that is behind is advanced`() throws {
        let store = try Store.open(path, for: .write(create: true))
        let born = try head()
        try store.appendEvents(1)
        let old = try head()
        try store.appendEvents(4)
        let new = try head()
        for before in [born, old] {
            try before.write(to: URL(filePath: path + ".head"))
            #expect(failure() == nil)
            #expect(try head() != before)
            #expect(try head().suffix(256).contains(new.suffix(70)))
        }
    }

    @Test func `a store has its head before the first event`() throws {
        _ = try Store.open(path, for: .write(create: true))
        let born = try head()
        #expect(born.count == 256 && born.starts(with: Data("0:00".utf8)))
        // As after a crash between the two: nothing has happened, and nothing can be lost.
        try FileManager.default.removeItem(atPath: path + ".head")
        try Store.open(path, for: .write(create: false)).appendEvents(1)
        #expect(failure() == nil)
    }

    @Test func `events without a head are a store from elsewhere, to be read and adopted`() throws {
        try Store.open(path, for: .write(create: true)).appendEvents(3)
        try FileManager.default.removeItem(atPath: path + ".head")
        let error = failure()
        #expect(error?.kind == .rolledBack)
        #expect(
            error?.description == """
                \(path): the store has 3 audit events, and \(path).head is not there: it was put here \
                from elsewhere, or has lost what tells how far it had come
                """)
        #expect(try Store.open(path, for: .read).rollback == error)
        #expect(!FileManager.default.fileExists(atPath: path + ".head"))
        try adopt()
        #expect(failure() == nil)
    }

    @Test(arguments: [Data(), Data(repeating: 0, count: 256), Data("words".utf8)])
    func `a head that is damaged is named, and to be adopted`(content: Data) throws {
        try Store.open(path, for: .write(create: true)).appendEvents(3)
        try content.write(to: URL(filePath: path + ".head"))
        #expect(failure()?.kind == .corrupt)
        #expect(
            failure()?.description == "\(path).head: it holds no audit head that can be read")
        try adopt()
        #expect(failure() == nil)
    }

    @Test func `a copy that says it is one is none's store, though a head is beside it`() throws {
        let made = Timestamp(seconds: 1_800_000_000)
        do {
            let store = try Store.open(path, for: .write(create: true))
            try store.appendEvents(2)
            try store.database.backUp(to: folder.file("copy.db"), marking: made)
        }
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
        try FileManager.default.moveItem(atPath: folder.file("copy.db"), toPath: path)
        #expect(
            failure()?.description == """
                \(path): it is the copy that was made of a store at 2027-01-15T08:00:00Z: what \
                happened since is unknown to it
                """)
        try adopt()
        #expect(failure() == nil)
        #expect(try Store.open(path, for: .write(create: false)).audit.verify().events == 3)
    }

    private func adopt() throws {
        _ = try Store.open(path, for: .adopt).adopt(
            because: "a test", by: Operator(login: "ada", host: "test", terminal: nil),
            at: Timestamp(seconds: 1_900_000_000))
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
}
