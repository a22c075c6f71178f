import Fixtures
import Ground
import Testing

/// A store that was restored from an older backup.
struct CommandRollbackTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("store", "backup", lab.folder.file("backup")).succeeded(at: "store backup")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        for name in ["store.db", "store.db-wal", "store.db-shm"] {
            try lab.folder.remove(file: name)
        }
        try ChildProcess.run("mv", [lab.folder.file("backup"), lab.store]).succeeded(at: "mv")
    }

    @Test func `every command that writes exits 74 until somebody adopts it, and says how`() throws
    {
        try lab.folder.write("ada\n", to: "list")
        try lab.folder.write(try SampleCertificate.pem, to: "c.pem")
        try lab.folder.write("user,kind,serial,state,certificate\n", to: "cards.csv")
        let commands = [
            "init", "sync", "sync --full", "lock ben --reason misuse --yes",
            "lock --from list --reason misuse --yes", "deactivate ben --reason x --yes",
            "reactivate ben --reason x --yes", "unlock ben --reason x --yes", "retry", "retry 1",
            "approve 1 --yes", "reject 1 --because no", "withdraw 1",
            "credential add ben --kind card --serial C1", "credential import cards.csv",
            "credential lock C1 --reason misuse --yes",
            "certificate import c.pem --credential C1",
            "certificate escalate 01 --reason keyCompromise",
        ]
        for command in commands {
            let words = command.split(separator: " ").map(String.init)
            let end = try lab.run(words + ["--json"])
            #expect(end.exitCode == 74, "\(command): \(end.stderr)")
            let error = JSONValue(parsing: end.stdout)?["error"]
            #expect(
                error?["message"]?.string?.contains("the store was rolled back") == true,
                "\(command): \(end.stdout)")
            #expect(
                error?["hint"]?.string?.contains("lockstep store adopt --because TEXT") == true,
                "\(command): \(end.stdout)")
        }
        for command in ["find ada", "show ada", "status", "audit", "requests", "reasons"] {
            let words = command.split(separator: " ").map(String.init)
            #expect(try lab.run(words).exitCode == 0, "\(command)")
        }
        #expect(lab.server.binds(as: person("ben"), password: "password-of-ben"))
        try lab.run("store", "adopt", "--because", "the disk had died").succeeded(at: "adopt")
        #expect(try lab.run("lock", "ben", "--reason", "misuse", "--yes").exitCode == 0)
        #expect(try lab.json("audit", "verify")["ok"] == true)
    }

    @Test func `without a head beside it a copy is no store either, until somebody adopts it`()
        throws
    {
        try lab.folder.remove(file: "store.db.head")
        for command in [["sync"], ["lock", "ben", "--reason", "misuse", "--yes"]] {
            let end = try lab.run(command + ["--json"])
            #expect(end.exitCode == 74, "\(command): \(end.stderr)")
            let error = JSONValue(parsing: end.stdout)?["error"]
            #expect(error?["message"]?.string?.contains("store.db.head is not there") == true)
        }
        let attention = try lab.json("status")["attention"]?.array ?? []
        #expect(attention.first?["kind"] == "store")
        try lab.run("store", "adopt", "--because", "a new machine").succeeded(at: "adopt")
        // Who was locked after the copy was made is found so: nothing of before is sent again.
        let run = try lab.run("sync")
        #expect(run.exitCode == 0, "\(run.stderr)")
        #expect(try lab.json("audit", "verify")["ok"] == true)
        #expect(try lab.run("store", "adopt", "--because", "again").exitCode == 65)
    }

    @Test func `our own account is never locked, not even by force`() throws {
        try lab.run("store", "adopt", "--because", "a test").succeeded(at: "adopt")
        try lab.configure {
            $0.replacing("base: ou=people,dc=example,dc=com", with: "base: dc=example,dc=com")
                .replacing(
                    "filter: (objectClass=inetOrgPerson)",
                    with: "filter: (|(objectClass=inetOrgPerson)(cn=lockstep))"
                ).replacing("username: uid", with: "username: [uid, cn]")
        }
        _ = try lab.run("sync")
        try lab.expect(
            "lock", "lockstep", "--reason", "misuse", "--yes", "--force", "--note", "x", exit: 77,
            says: """
                lockstep: error: lockstep is the account that Lockstep itself binds with
                Nobody can lock it with Lockstep, not even with --force.

                """)
    }

    private func person(_ name: String) -> String { SampleOrganisation.person(name) }
}
