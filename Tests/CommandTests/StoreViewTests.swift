import Fixtures
import Ground
import Testing

/// The documented views say to the sqlite3 shell what the commands say.
struct StoreViewTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
            .succeeded(at: "credential add")
        try lab.folder.write(try SampleCertificate.pem, to: "ada.pem")
        try lab.run("certificate", "import", "ada.pem", "--credential", "C-1")
            .succeeded(at: "certificate import")
    }

    private func rows(_ sql: String) throws -> [JSONValue] {
        let shell = try ChildProcess.run("sqlite3", ["-readonly", "-json", lab.store, sql])
            .succeeded(at: "sqlite3 (Debian package sqlite3)")
        return shell.output.isEmpty ? [] : try #require(JSONValue(parsing: shell.output)?.array)
    }

    @Test func `roles are those of show`() throws {
        let held = try #require(try lab.json("show", "ada")["roles"]?.array)
        let rows = try rows(
            "SELECT * FROM readable_roles WHERE username = 'ada' ORDER BY role, group_dn")
        #expect(rows.map { $0["role"] } == held.map { $0["name"] })
        #expect(rows.map { $0["group_dn"] } == held.map { $0["group"] })
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { $0["direct"] == 1 })
    }

    @Test func `a lock is seen whole`() throws {
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        let ada = try lab.json("show", "ada")
        let user = try #require(
            try rows("SELECT * FROM readable_users WHERE username = 'ada'").first)
        #expect(user["id"] == ada["id"])
        #expect(user["state"] == "locked")
        #expect(user["lock_reason"] == "misuse")
        #expect(user["locked_at"] == ada["lock"]?["at"])
        #expect(user["locked_by"] == ada["lock"]?["by"])
        #expect(try rows("SELECT * FROM readable_roles WHERE username = 'ada'") == [])
        let credential = try rows("SELECT * FROM readable_credentials").first
        #expect(credential?["state"] == "locked")
        let certificate = try rows("SELECT * FROM readable_certificates").first
        for (column, key) in [
            ("serial", "serial"), ("credential", "credential"), ("state", "state"),
            ("not_after", "notAfter"), ("revocation_reason", "revocationReason"),
            ("revoked_at", "revokedAt"),
        ] {
            #expect(certificate?[column] == ada["certificates"]?[0]?[key])
        }
        let process = try rows("SELECT * FROM readable_processes").first
        #expect(process?["use_case"] == "UsersProcLock")
        #expect(process?["state"] == "completed")
        let report = try lab.json("report", "1")
        let steps = try rows("SELECT * FROM readable_steps WHERE process = 1 ORDER BY ordinal")
        #expect(steps.map { $0["kind"] } == report["steps"]?.array?.map { $0["kind"] })
        let events = try rows("SELECT * FROM readable_audit ORDER BY sequence")
        let audit = try #require(try lab.json("audit").array)
        for (column, key) in [
            ("sequence", "sequence"), ("at", "at"), ("by", "by"), ("event", "event"),
            ("hash", "hash"),
        ] {
            #expect(events.map { $0[column] } == audit.map { $0[key] })
        }
    }

    @Test func `no view can be written through`() throws {
        let written = try ChildProcess.run(
            "sqlite3", [lab.store, "UPDATE readable_users SET state = 'active'"])
        #expect(written.exitCode != 0)
    }
}
