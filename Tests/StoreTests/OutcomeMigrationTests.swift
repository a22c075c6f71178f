import Identity
import LDAP
import Testing

@testable import Store

/// A store from when sentences and printed documents were read back.
struct OutcomeMigrationTests {
    private let folder: ScratchFolder
    private let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.file("test.db")
    }

    private func migrated(_ script: String) throws -> Store {
        do {
            let old = try Store.open(
                path, for: .write(create: true), by: .example,
                migrations: Migration.all.filter { $0.version < 15 })
            try old.database.execute(script: Array(script.utf8), named: "the old rows")
        }
        let store = try Store.open(path, for: .write(create: false))
        #expect(try store.database.problems() == [])
        return store
    }

    private func run(_ id: Int, _ outcome: String, _ report: String) -> String {
        "INSERT INTO runs VALUES (\(id), 10, 20, '\(outcome)', '\(report)');"
    }

    @Test func `a run keeps what it did, and whether a safety limit stopped it`() throws {
        let figures = """
            "created":1,"updated":2,"renamed":3,"missing":4,"locked":5,"deactivated":6,"drift":7
            """
        let store = try migrated(
            run(
                1, "stopped",
                """
                {"plan":"0badcafe","directories":[
                {"name":"hq","strategy":"syncrepl",\(figures),"error":{"code":11,"message":"too many"}},
                {"name":"lab","strategy":"full",\(figures),"error":null}]}
                """)
                + run(
                    2, "failed",
                    """
                    {"plan":null,"directories":[{"name":"hq","strategy":"full",\(figures),
                    "error":{"code":11,"message":"Administrative limit exceeded"}}]}
                    """)
                + "INSERT INTO runs VALUES (3, 10, NULL, NULL, NULL);")
        let runs = try RunTable(store).last(10)
        let counts = RunTable.Counts(
            created: 1, updated: 2, renamed: 3, missing: 4, locked: 5, deactivated: 6, drift: 7)
        #expect(runs.map(\.outcome) == [nil, .failed, .stopped])
        #expect(runs.map(\.plan) == [nil, nil, "0badcafe"])
        #expect(
            runs[2].directories == [
                RunTable.Part(
                    name: "hq", strategy: "syncrepl", isStopped: true,
                    error: StepError(code: .adminLimitExceeded, message: "too many"), counts: counts
                ),
                RunTable.Part(
                    name: "lab", strategy: "full", isStopped: false, error: nil, counts: counts),
            ])
        #expect(runs[1].directories.map(\.isStopped) == [false])
        #expect(runs[1].directories.first?.error?.message == "Administrative limit exceeded")
        #expect(runs[0].directories.isEmpty)
    }

    @Test(arguments: ["wrong", "7", "{}", #"{"directories":7}"#, #"{"directories":[7,{}]}"#])
    func `a report that says nothing keeps no store from being opened`(report: String) throws {
        let store = try migrated(run(1, "completed", report))
        let rows = try store.database.integer("SELECT count(*) FROM run_directories")
        #expect(rows == 0)
    }

    @Test func `an entry without an id is known by more than its sentence`() throws {
        let store = try migrated(
            """
            INSERT INTO directories (id, name) VALUES (1, 'hq');
            INSERT INTO rejected (directory, dn, why, since, run, is_user) VALUES
                (1, 'uid=a', 'no readable id: entryUUID is absent or hidden', 1, 1, 0),
                (1, 'uid=b', 'no username: uid has no value', 1, 1, 1);
            """)
        let found = try RejectedTable(store, directory: 1).list(limit: 10)
        #expect(found.map(\.dn.text) == ["uid=a", "uid=b"])
        #expect(found.map(\.isUnidentified) == [true, false])
        #expect(found.map(\.isUser) == [false, true])
    }
}
