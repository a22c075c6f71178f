import Foundation
import Testing

@testable import Store

struct DatabaseTests {
    struct Unrelated: Error {}

    let folder: ScratchFolder
    let database: Database

    init() throws {
        folder = try ScratchFolder()
        database = try Database(path: folder.emptyFile("test.db"), access: .write)
        try database.keepWriteAheadLog()
        try database.execute(
            "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB) STRICT")
    }

    private func names() throws -> [String] {
        try database.prepare("SELECT name FROM things ORDER BY id").all { row in row.text(0) }
    }

    @Test func `values come back as they were bound`() throws {
        let insert = try database.prepare("INSERT INTO things VALUES (?, ?, ?)")
        let long = String(repeating: "ä€😀\0", count: 1000)
        try insert.run(Int64.min, long, [0, 255, 0] as [UInt8])
        try insert.run(1 as Int64, "", [] as [UInt8])
        try insert.run(2 as Int64, nil, nil)
        let select = try database.prepare("SELECT id, name, data FROM things ORDER BY id")
        #expect(try select.step())
        #expect(select.int(0) == Int64.min)
        #expect(select.text(1) == long)
        #expect(select.blob(2) == [0, 255, 0])
        #expect(try select.step())
        #expect(select.optionalText(1) == "")
        #expect(select.optionalBlob(2) == [])
        #expect(try select.step())
        let isNull = select.isNull(1)
        #expect(isNull)
        #expect(select.optionalBlob(2) == nil)
        #expect(try !select.step())
    }

    @Test func `a statement that is asked for again starts with no row and no value`() throws {
        let text: StaticString = "INSERT INTO things (name) VALUES (?) RETURNING id, name"
        do {
            let first = try database.prepare(text)
            try first.bind("one", at: 1)
            #expect(try first.step())
        }
        let again = try database.prepare(text)
        let atOnce = try database.prepare(text)
        try atOnce.bind("two", at: 1)
        #expect(try again.step())
        #expect(try atOnce.step())
        let isNull = again.isNull(1)
        #expect(isNull)
        #expect(atOnce.text(1) == "two")
    }

    @Test func `a statement may outlive its database`() throws {
        var other: Database? = try Database(path: folder.emptyFile("other.db"), access: .write)
        let statement = try #require(other).prepare("SELECT 7")
        other = nil
        #expect(try statement.step())
        #expect(statement.int(0) == 7)
    }

    @Test func `a failed transaction leaves nothing behind`() throws {
        #expect(throws: Unrelated.self) {
            try database.transaction {
                try database.execute("INSERT INTO things (name) VALUES ('one')")
                throw Unrelated()
            }
        }
        #expect(try names() == [])
        #expect(!database.isInTransaction)
    }

    @Test func `a transaction that SQLite has rolled back by itself gives its cause`() throws {
        let error = #expect(throws: StoreError.self) {
            try database.transaction { () throws(StoreError) in
                try database.execute("INSERT INTO things (name) VALUES ('one')")
                try database.execute("INSERT OR ROLLBACK INTO things (name) VALUES ('one')")
            }
        }
        #expect(error?.kind == .constraint)
        #expect(try names() == [])
    }

    @Test func `a statement serves again after an error`() throws {
        let insert = try database.prepare("INSERT INTO things (name) VALUES (?)")
        try insert.run("one")
        let error = #expect(throws: StoreError.self) { try insert.run("one") }
        try insert.run("two")
        #expect(try names() == ["one", "two"])
        #expect(
            error?.description == """
                \(database.path): UNIQUE constraint failed: things.name (2067), \
                at: INSERT INTO things (name) VALUES (?)
                """)
    }

    @Test func `a snapshot sees nothing of what others commit meanwhile`() throws {
        let reader = try Database(path: database.path, access: .read)
        try reader.snapshot { () throws(StoreError) in
            #expect(try reader.integer("SELECT count(*) FROM things") == 0)
            try database.execute("INSERT INTO things (name) VALUES ('one')")
            #expect(try reader.integer("SELECT count(*) FROM things") == 0)
        }
        #expect(try reader.integer("SELECT count(*) FROM things") == 1)
    }

    @Test func `a reader may not write`() throws {
        let reader = try Database(path: database.path, access: .read)
        let error = #expect(throws: StoreError.self) {
            try reader.execute("INSERT INTO things (name) VALUES ('one')")
        }
        #expect(error?.kind == .readOnly)
    }

    @Test func `text in double quotes is a name, never a string`() throws {
        #expect(throws: StoreError.self) {
            try database.execute(#"INSERT INTO things (name) VALUES ("one")"#)
        }
    }

    @Test func `settings are as the contract has them`() throws {
        #expect(try database.integer("PRAGMA foreign_keys") == 1)
        #expect(try database.integer("PRAGMA synchronous") == 2)
        #expect(try database.integer("PRAGMA trusted_schema") == 0)
        let mode = try database.prepare("PRAGMA journal_mode").first { row in row.text(0) }
        #expect(mode == "wal")
    }

    @Test func `a missing file, a folder and a file of text are refused`() throws {
        let text = folder.file("text")
        try String(repeating: "not a database ", count: 100)
            .write(toFile: text, atomically: true, encoding: .utf8)
        #expect(kind(of: folder.file("nothing.db")) == .missing)
        #expect(kind(of: text) == .notADatabase)
        #expect(kind(of: folder.path) != nil)
    }

    private func kind(of path: String) -> StoreError.Kind? {
        do throws(StoreError) {
            _ = try Database(path: path, access: .write)
            return nil
        } catch {
            return error.kind
        }
    }
}
