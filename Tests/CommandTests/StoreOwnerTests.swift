import Fixtures
import Foundation
import Testing

/// Whose a store is that root makes for a service, and what anybody else is told who tries it.
@Suite(.enabled(if: MachineUser.canBeMade)) struct StoreOwnerTests {
    private let lab: CommandLab
    private let owner: MachineUser
    private let stranger: MachineUser
    private let program: TemporaryFolder
    private let data: TemporaryFolder

    init() throws {
        lab = try CommandLab()
        owner = try MachineUser("owner")
        stranger = try MachineUser("stranger")
        // The configuration is root's, and everybody may read it; the store's folder is the service's.
        data = try TemporaryFolder("data")
        program = try TemporaryFolder("program")
        let store = data.file("store.db")
        try lab.configure(mode: 0o644) {
            $0.replacing("store: store.db", with: "store: \(store)")
        }
        try lab.folder.remove(file: "password")
        try lab.folder.write(Slapd.servicePassword, to: "password", mode: 0o640)
        try ChildProcess.run("chgrp", [owner.login, lab.folder.file("password")])
            .succeeded(at: "chgrp")
        try ChildProcess.run("chmod", ["755", lab.folder.path, program.path]).succeeded(at: "chmod")
        try ChildProcess.run("chown", [owner.login, data.path]).succeeded(at: "chown")
        try ChildProcess.run(
            "install", ["-m", "755", Products.lockstep(), program.file("lockstep")]
        ).succeeded(at: "install")
    }

    private func run(_ arguments: String..., as user: MachineUser) throws -> FinishedProcess {
        try ChildProcess.run(
            "runuser",
            ["-u", user.login, "--", program.file("lockstep"), "--config", lab.configuration]
                + arguments, folder: "/")
    }

    @Test func `a store that root makes is its folder's owner's, who goes on with it`() throws {
        try lab.run("sync").succeeded(at: "sync by root")
        let owners = try ChildProcess.run("/bin/sh", ["-c", "stat -c %U '\(data.path)'/*"]).stdout
        #expect(Set(owners.split(separator: "\n").map(String.init)) == [owner.login])
        try run("sync", as: owner).succeeded(at: "sync by the owner")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock by root")
        try run("sync", as: owner).succeeded(at: "sync by the owner")
    }

    /// Root without the right to give files away, as in some containers.
    private func runUnableToGive(_ arguments: String...) throws -> FinishedProcess {
        try ChildProcess.run(
            "setpriv",
            ["--bounding-set=-chown", program.file("lockstep"), "--config", lab.configuration]
                + arguments)
    }

    @Test(arguments: ["init", "sync", "check"])
    func `a store that can't be given to its folder's owner is not left behind`(command: String)
        throws
    {
        let told = try runUnableToGive(command)
        if command != "check" {
            #expect(told.exitCode == 74)
            #expect(
                told.stderr == """
                    lockstep: error: \(data.file("store.db")): cannot give it to its folder's owner: \
                    Operation not permitted (1)
                    It belongs to \(owner.login): sudo -u \(owner.login) lockstep …

                    """, "\(told.stderr)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: data.path) == [])
        try run("sync", as: owner).succeeded(at: "sync by the owner")
    }

    @Test func `what is made beside a store and can't be given to its owner is not left behind`()
        throws
    {
        try run("sync", as: owner).succeeded(at: "sync by the owner")
        for suffix in ["lock", "users.lock"] {
            try? FileManager.default.removeItem(atPath: data.file("store.db.\(suffix)"))
        }
        let told = try runUnableToGive("sync")
        #expect(told.exitCode == 74)
        #expect(told.stderr.contains("cannot give it to the store's owner"), "\(told.stderr)")
        #expect(told.stderr.split(separator: "\n").count == 2, "\(told.stderr)")
        let locked = try runUnableToGive("lock", "ada", "--reason", "misuse", "--yes")
        #expect(locked.exitCode != 0)
        let owners = try ChildProcess.run("/bin/sh", ["-c", "stat -c %U '\(data.path)'/*"]).stdout
        #expect(Set(owners.split(separator: "\n").map(String.init)) == [owner.login])
        try run("sync", as: owner).succeeded(at: "sync by the owner")
        try run("retry", as: owner).succeeded(at: "retry by the owner")
    }

    @Test(arguments: ["find", "show"])
    func `whoever may not open it is told whose it is, and what to type`(command: String) throws {
        try lab.run("sync").succeeded(at: "sync")
        let told = try run(command, "ada", as: stranger)
        #expect(told.exitCode == 74)
        #expect(
            told.stderr.hasSuffix(
                "It belongs to \(owner.login): sudo -u \(owner.login) lockstep …\n"),
            "\(told.stderr)")
    }
}

/// A configuration that nobody named and that lies in the working directory.
struct ImplicitConfigurationTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
    }

    private func run(_ arguments: String...) throws -> String {
        try ChildProcess.run(Products.lockstep(), arguments, folder: lab.folder.path).stderr
    }

    @Test func `is named where a store begins under it, and with --verbose`() throws {
        let sentence = "the configuration in this folder: \(lab.configuration)\n"
        #expect(try run("sync").contains("using \(sentence)"))
        #expect(try run("status") == "")
        #expect(try run("find", "ada") == "")
        #expect(
            try run("status", "--verbose").contains(
                "the configuration is the one in this folder: \(lab.configuration)\n"))
    }

    @Test func `is named where the store belongs to another one`() throws {
        _ = try run("sync")
        try lab.folder.makeFolder("other")
        let own = try String(contentsOfFile: lab.configuration, encoding: .utf8)
        let other = try lab.folder.write(
            own.replacing("store: store.db", with: "store: \(lab.store)")
                .replacing("passwordFile: password", with: "passwordFile: ../password"),
            to: "other/lockstep.yaml")
        let said = try ChildProcess.run(
            Products.lockstep(), ["status"], folder: lab.folder.file("other")
        ).stderr
        #expect(
            said.split { $0.isWhitespace }.joined(separator: " ")
                == "lockstep: warning: using the configuration in this folder, \(other), and the store "
                + "belongs to \(lab.configuration)", "\(said)")
    }

    @Test func `without /proc the command line is said to be unreadable, not missing`() throws {
        let said = try ChildProcess.run(
            "/usr/bin/unshare",
            [
                "--user", "--map-root-user", "--mount", "/bin/sh", "-c",
                "mount -t tmpfs none /proc && exec '\(try Products.lockstep())' status",
            ])
        #expect(said.exitCode == 64)
        #expect(
            said.stderr.hasPrefix(
                "lockstep: error: The command line can't be read: it is told by /proc/self/cmdline, and "
                    + "/proc is not mounted here."), "\(said.stderr)")
    }
}
