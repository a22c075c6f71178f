import Fixtures
import Foundation
import Identity

/// Somebody of this machine who runs Lockstep through sudo, as root or as the account that owns the store.
///
/// sudo allows it by the line of the README, with this test's names in it.
final class SudoLab {
    let lab: LockLab
    /// Who is at the keyboard.
    let caller: MachineUser
    /// Whom sudo makes of them; nil: root.
    let owner: MachineUser?
    /// The caller's own folder.
    let home: TemporaryFolder
    private let programs: TemporaryFolder
    private let rule: String

    init(owned: Bool) throws {
        lab = try LockLab()
        caller = try MachineUser("caller")
        owner = owned ? try MachineUser("owner") : nil
        home = try TemporaryFolder("home")
        try ChildProcess.run("chown", [caller.login, home.path]).succeeded(at: "chown")
        programs = try TemporaryFolder("programs")
        try ChildProcess.run("chmod", ["755", programs.path]).succeeded(at: "chmod")
        try ChildProcess.run(
            "install", ["-m", "755", Products.lockstep(), programs.file("lockstep")]
        ).succeeded(at: "install")
        rule = "/etc/sudoers.d/\(caller.login)"
        let line = try Self.recommended()
            .replacing("%helpdesk", with: caller.login)
            .replacing("(lockstep)", with: "(\(owner?.login ?? "root")) NOPASSWD:")
            .replacing("/usr/bin/lockstep", with: programs.file("lockstep"))
        try Data("\(line)\n".utf8).write(to: URL(filePath: rule))
        try ChildProcess.run("chmod", ["440", rule]).succeeded(at: "chmod")
        lab.configuration.top = "operators: {\(caller.login): {may: [lock]}}"
        try lab.configure()
        if let owner {
            try ChildProcess.run("chown", ["-R", owner.login, lab.folder.path])
                .succeeded(at: "chown")
        }
        // As cron does: no right is needed for it.
        try run("sync").succeeded(at: "sync")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: rule)
    }

    /// The line that the README recommends.
    private static func recommended() throws -> String {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let readme = try String(
            contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        guard let line = readme.split(separator: "\n").first(where: { $0.hasPrefix("%helpdesk ") })
        else { throw FixtureError("the README has no line for sudoers") }
        return String(line)
    }

    var configuration: String { lab.folder.file("lockstep.yaml") }

    /// Runs it through sudo; `configuration` in the place of the lab's own.
    func run(
        _ arguments: String..., configuration: String? = nil, input: String = "",
        folder: String = "/"
    ) throws -> FinishedProcess {
        // Where nobody has logged in the test does it for them.
        let login = "echo \(try caller.uid) >/proc/self/loginuid"
        let command =
            [
                "runuser", "-u", caller.login, "--", "sudo", "-n", "-u", owner?.login ?? "root",
                programs.file("lockstep"), "--config", configuration ?? self.configuration,
            ] + arguments
        return try ChildProcess.run(
            "/bin/sh",
            ["-c", "(\(login)) 2>/dev/null; exec \"$@\"", "sh"] + command,
            input: Array(input.utf8), folder: folder)
    }

    /// A file of the caller's that nobody else may read.
    func write(_ text: String, to name: String) throws -> String {
        let file = try home.write(text, to: name)
        try ChildProcess.run("chown", [caller.login, file]).succeeded(at: "chown")
        return file
    }

    /// Whose the file is.
    func owner(of file: String) throws -> String {
        let end = try ChildProcess.run("stat", ["-c", "%U", file]).succeeded(at: "stat")
        return String(end.stdout.prefix { $0 != "\n" })
    }
}
