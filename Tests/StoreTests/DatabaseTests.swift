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
        try database.prepare("SELECT name FROM things ORDER BY id")
            .all { row throws(StoreError) in try row.text("name") }
    }

    @Test func `values come back as they were bound`() throws {
        let insert = try database.prepare("INSERT INTO things VALUES (?, ?, ?)")
        let long = String(repeating: "ä€😀\0", count: 1000)
        try insert.run(Int64.min, long, [0, 255, 0] as [UInt8])
        try insert.run(1 as Int64, "", [] as [UInt8])
        try insert.run(2 as Int64, nil, nil)
        let select = try database.prepare("SELECT id, name, data FROM things ORDER BY id")
        #expect(try select.step())
        #expect(try select.int("id") == Int64.min)
        #expect(try select.text("name") == long)
        #expect(try select.blob("data") == [0, 255, 0])
        #expect(try select.step())
        #expect(try select.optionalText("name") == "")
        #expect(try select.optionalBlob("data") == [])
        #expect(try select.step())
        let isNull = try select.isNull("name")
        #expect(isNull)
        #expect(try select.optionalBlob("data") == nil)
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
        let isNull = try again.isNull("name")
        #expect(isNull)
        #expect(try atOnce.text("name") == "two")
    }

    @Test func `a statement may outlive its database`() throws {
        var other: Database? = try Database(path: folder.emptyFile("other.db"), access: .write)
        let statement = try #require(other).prepare("SELECT 7")
        other = nil
        #expect(try statement.step())
        #expect(statement.number() == 7)
    }

    @Test func `a column is read by the name that it has alone`() throws {
        try database.execute("INSERT INTO things (id, name) VALUES (7, 'seven')")
        let select = try database.prepare(
            "SELECT a.id, a.name, b.name, a.id * 2 AS double FROM things a, things b")
        #expect(try select.step())
        #expect(try select.int("id") == 7)
        #expect(try select.int("double") == 14)
        #expect(try select.optionalInt("double") == 14)
        for name: StaticString in ["name", "data", "idea", "doub"] {
            let error = #expect(throws: StoreError.self) { try select.text(name) }
            #expect(error?.message == "there is not one column “\(name)”")
        }
    }

    @Test func `columns keep their names when the table was changed meanwhile`() throws {
        try database.execute("INSERT INTO things (id, name) VALUES (7, 'seven')")
        let text: StaticString = "SELECT name, id FROM things"
        for _ in 0..<2 {
            let row = try database.prepare(text).first { row throws(StoreError) in
                try (row.int("id"), row.text("name"))
            }
            #expect(try #require(row) == (7, "seven"))
            try database.execute("ALTER TABLE things RENAME COLUMN data TO octets")
            try database.execute("ALTER TABLE things RENAME COLUMN octets TO data")
        }
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
        try reader.snapshot {
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
        let mode = try database.prepare("PRAGMA journal_mode")
            .first { row throws(StoreError) in try row.text("journal_mode") }
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
