import Fixtures
import Foundation
import Ground
import Testing

/// A store belongs to the configuration that made it, and so do the rights over it.
@Suite struct StoreBelongingTests {
    private let lab: LockLab
    private let lock = ["lock", "ada", "--reason", "misuse", "--yes"]

    init() throws {
        lab = try LockLab()
        lab.configuration.top = """
            operators:
              daemon: {may: [lock]}
              bin: {may: [lock, unlock, force, release]}
            """
        try lab.configure()
        try lab.sync()
    }

    /// A trusted file without operators, with the same store.
    private func other(_ name: String = "other/lockstep.yaml") throws -> String {
        try lab.folder.makeFolder("other")
        var open = lab.configuration
        open.top = ""
        return try lab.folder.write(
            open.text(url: lab.proxy.url)
                .replacing("store: store.db", with: "store: \(lab.folder.file("store.db"))")
                .replacing("hq.password", with: lab.folder.file("hq.password")), to: name)
    }

    private func run(
        _ configuration: String?, as login: String, _ arguments: [String], folder: String? = nil
    ) throws -> FinishedProcess {
        try ChildProcess.run(
            Products.lockstep(),
            (configuration.map { ["--config", $0] } ?? []) + arguments,
            environment: ["SUDO_USER": login], folder: folder)
    }

    @Test func `under another configuration nothing is written, whoever calls`() throws {
        let other = try other()
        let events = try lab.audit().count
        try lab.folder.write("ben\n", to: "list")
        let commands = [
            "lock ada --reason misuse --yes", "unlock ada --reason cleared --yes",
            "deactivate ada --reason holiday --yes", "reactivate ada --reason back --yes",
            "sync", "sync --release 1", "init", "retry", "approve 1 --yes", "reject 1 --because no",
            "withdraw 1", "credential add ada --kind card --serial C1",
            "credential lock C1 --reason misuse --yes",
            "certificate escalate 01 --reason keyCompromise",
        ]
        for command in commands {
            for login in ["daemon", "root"] {
                let end = try run(other, as: login, command.split(separator: " ").map(String.init))
                #expect(end.exitCode == 78, "\(command): \(end.stderr)")
                #expect(
                    end.stderr == """
                        lockstep: error: \(lab.folder.file("store.db")) belongs to the configuration \
                        \(lab.folder.file("lockstep.yaml")), and this is \(other)
                        Use that one. Where this one takes its place: lockstep store adopt --because TEXT

                        """, "\(command)")
            }
        }
        #expect(try run(other, as: "daemon", ["show", "ada"]).exitCode == 0)
        #expect(try run(other, as: "daemon", lock.dropLast() + ["--dry-run"]).exitCode == 0)
        // By standing in its folder.
        let here = try run(nil, as: "daemon", lock, folder: lab.folder.file("other"))
        #expect(here.exitCode == 78, "\(here.stderr)")
        #expect(try lab.audit().count == events)
        #expect(lab.binds("ada"))
    }

    @Test func `a link to it, another spelling and its own folder name the same configuration`()
        throws
    {
        let link = lab.folder.file("link")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: lab.folder.file("lockstep.yaml"))
        #expect(try run(link, as: "bin", ["retry"]).exitCode == 0)
        #expect(
            try run(lab.folder.path + "//./lockstep.yaml", as: "bin", ["retry"]).exitCode == 0)
        #expect(
            try run("lockstep.yaml", as: "bin", ["retry"], folder: lab.folder.path).exitCode == 0)
        #expect(try run(nil, as: "bin", ["retry"], folder: lab.folder.path).exitCode == 0)
    }

    @Test func `whoever has the right force adopts it, and then the first one is the other one`()
        throws
    {
        let other = try other()
        let adopt = ["store", "adopt", "--because", "moved to another folder", "--json"]
        for login in ["daemon", "root"] {
            let end = try run(other, as: login, adopt)
            #expect(end.exitCode == 77)
            #expect(
                JSONValue(parsing: end.stdout)?["error"]?["message"]?.string
                    == "\(login) may not take a store from its configuration")
        }
        // Rights that its own file gave since count once a command has written under it.
        lab.configuration.top = lab.configuration.top.replacing("[lock]", with: "[lock, force]")
        try lab.configure()
        #expect(try run(other, as: "daemon", adopt).exitCode == 77)
        try lab.sync()
        let end = try run(other, as: "daemon", adopt)
        #expect(end.exitCode == 0, "\(end.stderr)")
        #expect(JSONValue(parsing: end.stdout)?["adopted"] == true)
        let event = try #require(try lab.audit().last)
        #expect(event["event"] == "store adopted")
        #expect(event["by"] == "daemon")
        #expect(event["detail"]?["because"] == "moved to another folder")
        #expect(event["detail"]?["from"]?.string == lab.folder.file("lockstep.yaml"))
        #expect(event["detail"]?["to"]?.string == other)
        #expect(try run(nil, as: "bin", ["retry"], folder: lab.folder.path).exitCode == 78)
        #expect(try run(other, as: "man", lock).exitCode == 0)
        // There is nothing more to adopt.
        #expect(try run(other, as: "man", adopt).exitCode == 65)
        try lab.verifyAudit()
    }

    @Test func `a store from before learns it from the first command that writes`() throws {
        let other = try other()
        let forget = try ChildProcess.run(
            "sqlite3", [lab.folder.file("store.db"), "DELETE FROM configuration"])
        #expect(forget.exitCode == 0, "\(forget.stderr)")
        #expect(try run(other, as: "bin", ["show", "ada"]).exitCode == 0)
        _ = try lab.json(as: "bin", ["retry"])
        #expect(try run(other, as: "bin", ["retry"]).exitCode == 78)
    }

    @Test func `check says whose it is`() throws {
        let other = try other()
        let state = { (configuration: String) in
            let end = try run(configuration, as: "root", ["check", "--json"])
            let lines = JSONValue(parsing: end.stdout)?.array ?? []
            return (end.exitCode, lines.first { $0["check"] == "owner" })
        }
        #expect(try state(lab.folder.file("lockstep.yaml")).1?["state"] == "ok")
        let (code, line) = try state(other)
        #expect(code == 78)
        #expect(line?["state"] == "failed")
        #expect(
            line?["message"]?.string?.contains(
                "belongs to the configuration \(lab.folder.file("lockstep.yaml"))") == true)
    }

    @Test func `kept rights that can't be read are not taken for none`() throws {
        let spoil = try ChildProcess.run(
            "sqlite3",
            [lab.folder.file("store.db"), "UPDATE configuration SET rights = '{\"operators\":1}'"])
        #expect(spoil.exitCode == 0)
        let other = try other()
        let end = try run(other, as: "daemon", ["store", "adopt", "--because", "x"])
        #expect(end.exitCode == 74, "\(end.stderr)")
    }
}
