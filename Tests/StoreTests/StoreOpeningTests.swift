import Foundation
import Ground
import Identity
import Testing

@testable import Store

struct StoreOpeningTests {
    let folder: ScratchFolder
    let path: String
    private let newest = Migration.all.map(\.version).max() ?? 0

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("lockstep.db")
    }

    private func failure(_ path: String, for access: Store.Access) -> StoreError? {
        do throws(StoreError) {
            _ = try Store.open(path, for: access)
            return nil
        } catch {
            return error
        }
    }

    private func mode(_ path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test func `a store is made where there is none, readable by its owner alone`() throws {
        let store = try Store.open(path, for: .write(create: true))
        try store.appendEvents(1)
        #expect(store.isNew)
        #expect(!store.isWritableByOthers)
        for suffix in ["", "-wal", "-shm", ".lock", ".head"] {
            #expect(try mode(path + suffix) == 0o600, "\(suffix)")
        }
        #expect(try store.database.integer("PRAGMA user_version") == newest)
        #expect(try store.database.integer("PRAGMA application_id") == Migration.applicationID)
    }

    @Test func `the second opening finds what the first has made`() throws {
        try Store.open(path, for: .write(create: true)).appendEvents(2)
        let store = try Store.open(path, for: .write(create: true))
        #expect(!store.isNew)
        #expect(try store.audit.head()?.sequence == 2)
    }

    @Test(arguments: [Store.Access.read, .write(create: false), .adopt])
    func `no store is made where that is not allowed`(access: Store.Access) throws {
        #expect(failure(path, for: access)?.description == "\(path): there is no store")
        #expect(failure(path, for: access)?.kind == .missing)
        #expect(!FileManager.default.fileExists(atPath: path))
        // What a crash leaves between making the file and filling it is no store either.
        let empty = try folder.emptyFile("empty.db")
        #expect(failure(empty, for: access)?.kind == .missing)
        #expect(try Store.open(empty, for: .write(create: true)).isNew)
    }

    @Test(arguments: [Store.Access.read, .write(create: true)])
    func `a missing folder is named and not made`(access: Store.Access) {
        let inside = folder.file("nowhere/lockstep.db")
        #expect(
            failure(inside, for: access)?.description
                == "\(inside): there is no store: its folder \(folder.path)/nowhere does not exist"
        )
        #expect(failure(inside, for: access)?.kind == .missing)
    }

    @Test(arguments: [Store.Access.read, .write(create: true)])
    func `a file of text is refused`(access: Store.Access) throws {
        try String(repeating: "words ", count: 1000)
            .write(toFile: path, atomically: true, encoding: .utf8)
        #expect(failure(path, for: access)?.kind == .notADatabase)
        let folder = folder.path
        #expect(failure(folder, for: access)?.description == "\(folder): it is not a file")
    }

    @Test(arguments: [Store.Access.read, .write(create: true)])
    func `another program's database is refused and left as it is`(access: Store.Access) throws {
        _ = try folder.emptyFile("lockstep.db")
        do {
            let other = try Database(path: path, access: .write)
            try other.execute("CREATE TABLE songs (title TEXT)")
        }
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(
            failure(path, for: access)?.description
                == "\(path): it is another program's database, not a store")
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test(arguments: [Store.Access.read, .write(create: true)])
    func `a store of a newer Lockstep is refused`(access: Store.Access) throws {
        try Store.open(path, for: .write(create: true)).database
            .execute("PRAGMA user_version = 99")
        let error = failure(path, for: access)
        #expect(error?.kind == .newerVersion)
        #expect(
            error?.description
                == "\(path): the store is of version 99, and this Lockstep knows versions up to \(newest)"
        )
    }

    @Test func `an older store learns the use case that gives roles back, and stays guarded`()
        throws
    {
        // It makes the older file, and can't work on it: that is what the migrations are for.
        #expect(throws: StoreError.self) {
            try Store.open(
                path, for: .write(create: true), by: .example,
                migrations: Migration.all.filter { $0.version <= 7 })
        }
        #expect(try Database(path: path, access: .read).integer("PRAGMA user_version") == 7)
        let store = try Store.open(path, for: .write(create: false))
        #expect(try store.database.integer("PRAGMA user_version") == newest)
        #expect(
            try store.database.integer(
                """
                SELECT count(*) FROM sqlite_schema WHERE name = 'processes'
                AND sql LIKE '%''UsersProcUnlock'', ''UsersProcRestoreRoles'')%'
                """) == 1)
        #expect(try store.database.integer("PRAGMA writable_schema") == 0)
        #expect(throws: StoreError.self) {
            try store.database.execute(
                "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'processes'")
        }
        #expect(try store.database.integer("SELECT count(*) FROM pragma_integrity_check") == 1)
    }

    @Test func `a migration keeps a backup of the version before`() throws {
        try Store.open(path, for: .write(create: true)).appendEvents(3)
        let script =
            "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = \(newest + 1)"
        let migrations =
            Migration.all + [Migration(version: newest + 1, script: Array(script.utf8))]
        let old = failure(opening: .read, migrations)
        #expect(old?.kind == .olderVersion)
        #expect(
            old?.message
                == "the store is of version \(newest), and this Lockstep needs version \(newest + 1)"
        )
        let store = try Store.open(
            path, for: .write(create: false), by: .example, migrations: migrations)
        #expect(!store.isNew)
        #expect(try store.database.integer("PRAGMA user_version") == newest + 1)
        let backup = try Store.open(path + ".backup-v\(newest)", for: .read)
        #expect(try backup.audit.verify().events == 3)
        #expect(try mode(path + ".backup-v\(newest)") == 0o600)
    }

    @Test func `a migration that fails leaves the store as it was`() throws {
        try Store.open(path, for: .write(create: true)).appendEvents(1)
        let script =
            "CREATE TABLE extra (id INTEGER); PRAGMA user_version = \(newest + 1); SELECT nothing"
        let migrations =
            Migration.all + [Migration(version: newest + 1, script: Array(script.utf8))]
        let error = failure(opening: .write(create: true), migrations)
        #expect(error?.statement == "migration to version \(newest + 1)")
        let store = try Store.open(path, for: .write(create: false))
        #expect(try store.database.integer("PRAGMA user_version") == newest)
        #expect(throws: StoreError.self) { try store.database.execute("SELECT * FROM extra") }
    }

    private func failure(opening access: Store.Access, _ migrations: [Migration]) -> StoreError? {
        do throws(StoreError) {
            _ = try Store.open(path, for: access, by: .example, migrations: migrations)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a reader reads while somebody writes`() throws {
        let writer = try Store.open(path, for: .write(create: true))
        try writer.appendEvents(1)
        try writer.write { (transaction: borrowing Transaction) throws(StoreError) in
            try transaction.append(.example(1))
            let reader = try Store.open(path, for: .read)
            #expect(try reader.audit.head()?.sequence == 1)
        }
    }

    @Test func `a copy is whole and a store of its own`() throws {
        let store = try Store.withUser(in: folder)
        try store.appendEvents(50)
        let path = folder.file("copy.db")
        try store.database.backUp(to: path, marking: Timestamp(seconds: 1_800_000_000))
        try store.appendEvents(1)
        #expect(failure(path, for: .write(create: false))?.kind == .rolledBack)
        _ = try Store.open(path, for: .adopt).adopt(
            because: "a test", by: Operator(login: "ada", host: "test", terminal: nil),
            at: Timestamp(seconds: 1_800_000_060))
        let copy = try Store.open(path, for: .write(create: false))
        #expect(try copy.audit.verify().events == 51)
        #expect(try copy.database.problems() == [])
    }
}
