import Fixtures
import Foundation
import Identity
import Testing

/// A row that holds what Lockstep never writes is named, and nothing is concluded from it.
@Suite struct DamagedRowTests {
    /// What is done to the store, which row that is, and the command that meets it.
    struct Damage: CustomStringConvertible, Sendable {
        let sql: String
        let row: String
        let command: [String]

        var description: String { sql }
    }

    private static let lock = ["lock", "ben", "--reason", "left-organization", "--yes"]

    private static func step(
        _ change: String, of kind: String = "disableEntry"
    ) -> Damage {
        Damage(
            sql: "UPDATE steps SET \(change) WHERE process = 1 AND kind = '\(kind)'",
            row: "of steps can't be read", command: ["retry"])
    }

    private static let journal: [Damage] = [
        step("change = '{}'"), step("change = NULL"), step("change = 'no JSON'"),
        step(#"change = '{"account":"disbaled"}'"#),
        step(#"change = '{"remove":{"attribute":"member","value":"cn=x"}}'"#),
        step(#"change = '{"read":"back"}'"#), step("entry_id = NULL"), step("entry_id = ''"),
        step("kind = 'lockUser'"), step("kind = 'disabelEntry'"), step("kind = 'verify'"),
        step("state = 'doen'"), step("state = 'planned'"),
        step(#"prior = '[{"attribute":"pwdEndTime"}]'"#), step("error_message = NULL"),
        step("state = 'pending'", of: "lockUser"),
        step(#"change = '{"account":"disabled"}'"#, of: "lockUser"),
    ]

    private static let processes: [Damage] = [
        ("state = 'opne'", ["retry"]), ("use_case = 'UsersProcLokc'", ["retry"]),
        ("enforced = 'porven'", ["retry"]), ("forced = 2", ["retry"]),
        (#"findings = '{"remaining":[{"kind":"group"}]}'"#, ["retry"]),
        ("findings = '[]'", ["retry"]), ("revocation = 'wrong'", ["retry"]),
        ("state = 'opne'", ["show", "ada"]), ("state = 'opne'", ["sync"]),
        ("snapshot = '[1]'", ["report", "1"]),
    ].map { change, command in
        Damage(
            sql: "UPDATE processes SET \(change) WHERE id = 1", row: "row 1 of processes",
            command: command)
    }

    private static let people: [Damage] = [
        ("state = 'lokced'", lock), ("state = 'lokced'", ["sync"]),
        ("state = 'lokced'", ["sync", "--dry-run"]), ("state = 'lokced'", ["show", "ben"]),
        ("disabled = 2", lock), (#"attributes = '{"phone":7}'"#, lock),
        ("attributes = 'wrong'", lock), (#"left_out = '[7]'"#, lock),
    ].map { change, command in
        Damage(
            sql: "UPDATE users SET \(change) WHERE username = 'ben'", row: "of users can't be read",
            command: command)
    }

    private static let credentials: [Damage] = ["'cadr', '01', 'active'", "'card', '01', 'atcive'"]
        .map { values in
            Damage(
                sql: "INSERT INTO credentials (user, kind, serial, state) "
                    + "SELECT id, \(values) FROM users WHERE username = 'ben'",
                row: "of credentials can't be read", command: lock)
        }

    private static let certificates: [Damage] = [
        "'vaild', NULL, NULL", "'revoked', 'wrong', 5", "'revoked', 'superseded', NULL",
        "'valid', 'superseded', 5", "'onHold', NULL, NULL",
    ].map { values in
        Damage(
            sql: "INSERT INTO certificates (user, serial, issuer, subject, not_before, not_after, "
                + "fingerprint, state, revocation_reason, revoked_at) "
                + "SELECT id, '01', 'cn=ca', 'cn=ben', 1, 9999999999, x'01', \(values) "
                + "FROM users WHERE username = 'ben'",
            row: "of certificates can't be read", command: lock)
    }

    private static let plans: [Damage] = [
        ("'disbaled', 'UsersProcLock', 'x'", "of kept_changes", ["sync", "--release", "0badcafe"]),
        ("'disabled', 'UsersProcLokc', 'x'", "of kept_changes", ["sync", "--release", "0badcafe"]),
        ("'missing', NULL, NULL", "of kept_plans", ["sync", "--release", "0badcafe"]),
        ("'disbaled', 'UsersProcLock', 'x'", "of kept_changes", ["status"]),
    ].map { change, row, command in
        Damage(
            sql: "INSERT INTO kept_plans (id, digest, run, at) VALUES ('0badcafe', x'00', 1, 1); "
                + "INSERT INTO kept_changes (plan, user, cause, use_case, reason) SELECT "
                + "'0badcafe', id, \(change) FROM users WHERE username = 'ben'",
            row: row, command: command)
    }

    private static let directories: [Damage] = [
        ("directories SET dialect = 'openldpa'", "row 1 of directories", ["sync"]),
        ("directories SET folds_dotted_i = 2", "row 1 of directories", ["sync"]),
        ("directories SET adopted = 2", "row 1 of directories", ["store", "check"]),
        ("directories SET context_csn = 'wrong'", "row 1 of directories", ["sync"]),
        ("streams SET strategy = 'wrong'", "of streams", ["sync"]),
        ("runs SET report = 'wrong'", "of runs", ["status"]),
        ("run_directories SET is_stopped = 2", "row 1, hq of run_directories", ["status"]),
        ("rejected SET is_unidentified = 2", "row 1, uid=x of rejected", ["sync"]),
    ].map { change, row, command in
        Damage(
            sql: "INSERT INTO rejected (directory, dn, why, since, run) "
                + "VALUES (1, 'uid=x', 'y', 1, 1); UPDATE \(change)",
            row: row, command: command)
    }

    @Test func `it ends the command with 74, and nothing is sent or called done`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        try lab.lock("ada", exit: 75)
        lab.proxy.set(.none)
        let store = lab.folder.file("store.db")
        let copy = lab.folder.file("whole.db")
        // No sync is to find the lock's steps due, however long this takes.
        try edit(store, "UPDATE steps SET due_at = 4102444800 WHERE state = 'pending'")
        try edit(store, "VACUUM INTO '\(copy)'")
        let damages =
            Self.journal + Self.processes + Self.people + Self.credentials + Self.certificates
            + Self.plans + Self.directories
        for damage in damages {
            try edit(store, damage.sql)
            try expectRefusal(of: damage, lab)
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: store + suffix)
            }
            try FileManager.default.copyItem(atPath: copy, toPath: store)
        }
        // Whole again, it is carried out.
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(!lab.binds("ada"))
    }

    private func expectRefusal(of damage: Damage, _ lab: LockLab) throws {
        let end = try lab.start(damage.command).wait()
        let told = end.stdout + end.stderr
        #expect(end.exitCode == 74, "\(damage): \(told)")
        #expect(told.contains(damage.row), "\(damage): \(told)")
        #expect(!told.lowercased().contains("completed"), "\(damage): \(told)")
        #expect(lab.binds("ada"), "\(damage)")
        #expect(lab.binds("ben"), "\(damage)")
        let check = try lab.start(["store", "check"]).wait()
        #expect(check.exitCode == 74, "\(damage): \(check.stdout)")
        #expect(check.stdout.contains(damage.row), "\(damage): \(check.stdout)")
    }

    private func edit(_ store: String, _ sql: String) throws {
        try ChildProcess.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import sqlite3, sys
                c = sqlite3.connect(sys.argv[1], isolation_level=None)
                c.execute("PRAGMA ignore_check_constraints = ON")
                c.execute("DROP TRIGGER IF EXISTS steps_prior_once")
                c.executescript(sys.argv[2])
                c.close()
                """, store, sql,
            ]
        ).succeeded(at: "python3")
    }
}
