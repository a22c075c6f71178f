import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// Stores that earlier programs made, as text, each with the answers that its own program gave.
///
/// Each went through one story: a sync with a rejected entry, an import of credentials, a lock, a
/// deactivation, a request that waits, a plan that a limit kept, and a lock while the directory was
/// down. `answers.json` has the document of each command, by its words.
@Suite struct OldStoreTests {
    /// A version of the schema, and the fixture whose rows it has.
    struct Origin: Sendable, CustomTestStringConvertible {
        let version: Int
        let fixture: Int

        var testDescription: String { "version \(version)" }
    }

    private static let fixtures = [3, 4, 5, 6, 7, 14, 15, 17, 18]

    // No program was ever left at one of the others. What came after version 7 came together, and 16
    // came with 17: such a store is that of 7, or of 15, brought up by the scripts in between. 1 and 2
    // came together with 3: such a store has of the rows of 3 what there was a place for.
    static let origins =
        fixtures.map { Origin(version: $0, fixture: $0) }
        + (8...13).map { Origin(version: $0, fixture: 7) }
        + [Origin(version: 16, fixture: 15)]
        + (1...2).map { Origin(version: $0, fixture: 3) }

    /// What a program answered that is answered otherwise today, by the fixture.
    ///
    /// To version 6 a plan was out of date once a later sync had failed; it stands until one has read.
    /// To version 5 `status` named no cookie, though they were kept.
    private static let corrected = [
        3: ["status.attention: ", "status.directories[0].cookies: "],
        4: ["status.attention: ", "status.directories[0].cookies: "],
        5: ["status.attention: ", "status.directories[0].cookies: "],
        6: ["status.attention: ", "status.plans[0].current: "],
    ]

    private let folder: TemporaryFolder
    private var store: String { folder.file("lockstep.db") }

    init() throws { folder = try TemporaryFolder("old-store") }

    @Test(arguments: origins)
    func `an older store opens, keeps its backup and gives the same answers`(origin: Origin) throws
    {
        let version = origin.version
        try rebuild(origin)
        #expect(try number("PRAGMA user_version", in: store) == version)
        try run("init").succeeded(at: "init")
        if try number("PRAGMA user_version", in: store) != version {
            let backup = store + ".backup-v\(version)"
            #expect(try number("PRAGMA user_version", in: backup) == version)
        }
        guard case .object(let answers) = try answers(of: origin.fixture) else {
            throw FixtureError("the answers of version \(version) are no object")
        }
        #expect(!answers.isEmpty)
        for (command, before) in answers {
            let words = command.split(separator: " ").map(String.init)
            let finished = try run(["--json"] + words)
            let after = try #require(
                JSONValue(parsing: finished.output), "\(command): \(finished.stderr)")
            let differences = Self.differences(before, after, at: command).filter { found in
                !Self.corrected[origin.fixture, default: []].contains { found.hasPrefix($0) }
            }
            #expect(differences == [])
        }
    }

    @Test(arguments: origins)
    func `what was left open in an older store is taken up again`(origin: Origin) throws {
        try rebuild(origin)
        let finished = try run(["retry", "--json"])
        #expect(finished.exitCode == 75, "\(finished.stderr)")
        guard case .array(let processes)? = JSONValue(parsing: finished.output) else {
            throw FixtureError("no processes: \(finished.stdout)\(finished.stderr)")
        }
        #expect(processes.count == 1)
    }

    @Test func `every version that a program may have left has its store`() throws {
        let newest = try Self.scriptNames().count
        #expect(Set(Self.origins.map(\.version)).isSuperset(of: 1..<newest))
    }

    /// Where `after` does not say what `before` said; keys that were added since are no difference.
    private static func differences(
        _ before: JSONValue, _ after: JSONValue, at path: String
    ) -> [String] {
        switch (before, after) {
        case (.object(let old), .object(let new)):
            old.keys.sorted().flatMap { key in
                guard let then = old[key], let now = new[key] else {
                    return ["\(path).\(key) is gone"]
                }
                return differences(then, now, at: "\(path).\(key)")
            }
        case (.array(let old), .array(let new)) where old.count == new.count:
            zip(old, new).enumerated().flatMap { index, pair in
                differences(pair.0, pair.1, at: "\(path)[\(index)]")
            }
        default: before == after ? [] : ["\(path): \(before) became \(after)"]
        }
    }

    private static func file(_ version: Int, _ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "OldStores/v\(version)/\(name)")
    }

    private func answers(of version: Int) throws -> JSONValue {
        let bytes = try Data(contentsOf: Self.file(version, "answers.json"))
        return try #require(JSONValue(parsing: Array(bytes)))
    }

    /// Makes the database of its text; its outside head stands beside it as it was.
    private func rebuild(_ origin: Origin) throws {
        // A store names the configuration that it belongs to.
        let text = try String(
            contentsOf: Self.file(origin.fixture, "store.sql"), encoding: .utf8
        ).replacing("FOLDER", with: folder.path)
        try folder.write("", to: "lockstep.db")
        if origin.version < origin.fixture {
            try sqlite(text, in: folder.file("newer.db"))
            for script in try Self.scripts(1...origin.version) { try sqlite(script, in: store) }
            try takeOver(rowsOf: folder.file("newer.db"))
        } else {
            try sqlite(text, in: store)
            let later = origin.fixture + 1..<origin.version + 1
            for script in try Self.scripts(later) { try sqlite(script, in: store) }
        }
        let head = Self.file(origin.fixture, "store.head")
        if let text = try? String(contentsOf: head, encoding: .utf8) {
            try folder.write(text, to: "lockstep.db.head")
        }
        try folder.write("secret", to: "password")
        let configuration = try String(
            contentsOf: Self.file(origin.fixture, "lockstep.yaml"), encoding: .utf8)
        try folder.write(configuration, to: "lockstep.yaml")
    }

    /// What made the versions, in their order.
    private static func scripts(_ versions: some Sequence<Int>) throws -> [String] {
        let files = try scriptNames()
        return try versions.map { version in
            let file = try #require(files.first { $0.hasPrefix("v\(version)_") })
            let script = try String(contentsOf: schema.appending(path: file), encoding: .utf8)
            return "BEGIN;\n\(script)COMMIT;\n"
        }
    }

    private static var schema: URL {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../schema/store").standardized
    }

    private static func scriptNames() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: schema.path)
            .filter { $0.hasSuffix(".sql") }
    }

    /// Takes over all rows of a newer store, without the columns and tables that this one has not.
    private func takeOver(rowsOf newer: String) throws {
        let copies = try ChildProcess.run(
            "/usr/bin/sqlite3",
            [
                store,
                """
                SELECT 'INSERT OR REPLACE INTO main.' || t || ' (' || c || ') SELECT ' || c ||
                    ' FROM newer.' || t || ';'
                FROM (SELECT m.name AS t, group_concat(p.name) AS c
                    FROM sqlite_schema m JOIN pragma_table_info(m.name) p
                    WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' GROUP BY m.name)
                """,
            ]
        ).succeeded(at: "sqlite3").stdout
        try sqlite("ATTACH '\(newer)' AS newer;\nBEGIN;\n\(copies)COMMIT;\n", in: store)
    }

    private func sqlite(_ script: String, in path: String) throws {
        try ChildProcess.run("/usr/bin/sqlite3", ["-bail", path], input: Array(script.utf8))
            .succeeded(at: "sqlite3")
    }

    private func number(_ query: String, in path: String) throws -> Int {
        let finished = try ChildProcess.run("/usr/bin/sqlite3", ["-readonly", path, query])
            .succeeded(at: query)
        return try #require(Int(finished.stdout.filter { !$0.isNewline }))
    }

    private func run(_ command: String) throws -> FinishedProcess { try run([command]) }

    private func run(_ arguments: [String]) throws -> FinishedProcess {
        try ChildProcess.run(
            Products.lockstep(), ["--config", folder.file("lockstep.yaml")] + arguments,
            environment: ["TZ": "UTC", "XDG_STATE_HOME": folder.file("state")],
            folder: folder.path)
    }
}
