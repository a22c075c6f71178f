import Fixtures
import Ground
import Identity
import Testing

/// Output that can't be written: an error of what only reads, a warning of what has done its work.
struct OutputLossTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
    }

    private func run(_ command: String, _ redirection: String) throws -> FinishedProcess {
        let program = try Products.lockstep()
        return try ChildProcess.run(
            "/bin/bash",
            [
                "-c",
                "'\(program)' --config '\(lab.configuration)' \(command) \(redirection); exit $?",
            ], environment: ["TZ": "UTC"], folder: lab.folder.path)
    }

    @Test(arguments: [
        "find ada", "show ada", "--json show ada", "store export", "store check", "audit",
        "audit verify", "status", "--json status", "reasons", "reasons show misuse",
        "--json credentials", "--json certificates --revoked", "--json requests", "check",
        "sync --dry-run", "lock ada --reason misuse --dry-run",
        "lock ada --reason misuse --dry-run --ldif", "man", "help lock", "completions bash",
        "--version",
    ])
    func `a full disk is an error of a command that only reads`(command: String) throws {
        let full = try run(command, ">/dev/full")
        #expect(full.exitCode == 74, "\(full.stderr)")
        #expect(
            full.stderr.hasSuffix(
                "error: the output can't be written, and is not whole: No space left on device\n"),
            "\(full.stderr)")
    }

    @Test func `a closed stdout is one, too; a reader that has seen enough is none`() throws {
        let closed = try run("show ada", ">&-")
        #expect(closed.exitCode == 74)
        #expect(closed.stderr.contains("Bad file descriptor"))
        let piped = try run("store export", "| true; exit ${PIPESTATUS[0]}")
        #expect(piped.exitCode == 0)
        #expect(piped.stderr == "")
    }

    @Test(arguments: [">/dev/full", ">&-"])
    func `what was done stays done, and the loss is told`(redirection: String) throws {
        let lock = try run("lock ada --reason misuse --yes", redirection)
        #expect(lock.exitCode == 0, "\(lock.stderr)")
        #expect(lock.stderr.contains("warning: the output can't be written, and is not whole:"))
        #expect(try lab.json("show", "ada")["state"] == "locked")
        let refused = try run("unlock ben --yes", redirection)
        #expect(refused.exitCode == 65)
    }

    @Test func `an error that came first is the one that counts`() throws {
        #expect(try run("--json show nobody", ">/dev/full").exitCode == 67)
    }
}
