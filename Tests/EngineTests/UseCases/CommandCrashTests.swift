import Fixtures
import Ground
import Testing

/// Other commands that write, killed at each statement: all or nothing, and the same again ends it.
@Suite struct CommandCrashTests {
    private struct Command: Sendable, CustomTestStringConvertible {
        let words: String
        let by: String
        /// What comes of the same again once it is done: done already, or refused.
        let again: Int32
        /// What is done before.
        var before: [(words: String, by: String)] = []

        var testDescription: String { words }
    }

    private static let ask = (
        words: "lock ada --reason misuse --yes", by: "daemon"
    )

    private static let commands = [
        Command(words: "lock ada --reason misuse --yes", by: "daemon", again: 65),
        Command(words: "approve 1 --yes", by: "bin", again: 0, before: [ask]),
        Command(words: "reject 1 --because no", by: "bin", again: 65, before: [ask]),
        Command(words: "withdraw 1", by: "daemon", again: 65, before: [ask]),
        Command(words: "credential lock C1 --reason misuse --yes", by: "bin", again: 0),
        Command(words: "credential add ben --kind card --serial C2", by: "bin", again: 0),
        Command(
            words: "certificate escalate SERIAL --reason keyCompromise", by: "bin", again: 0,
            before: [("lock ada --reason misuse --yes --force --note x", "daemon")]),
    ]

    @Test(arguments: commands)
    private func `a command that was killed has done all or nothing`(_ command: Command) throws {
        let lab = try lab()
        let serial = try #require(try lab.show("ada")["certificates"]?[0]?["serial"]?.string)
        for (words, login) in command.before {
            _ = try run(lab, words, by: login)
        }
        let words = command.words.replacing("SERIAL", with: serial)
        let before = try export(lab)
        var killed = 0
        for count in 1... {
            let code = try run(lab, words, by: command.by, failAt: "statement:\(count)")
            guard code == 137 else { break }
            killed += 1
            // The steps in the directory have a transaction of their own.
            if try export(lab) != before { break }
        }
        #expect(killed > 1)
        let done = try export(lab)
        #expect(done != before)
        try lab.retry()
        #expect(try run(lab, words, by: command.by) == command.again)
        try lab.verifyAudit()
    }

    @Test(arguments: commands, ["committed", "head"])
    private func `a command that was killed once it was done is done`(
        _ command: Command, _ point: String
    ) throws {
        let lab = try lab()
        let serial = try #require(try lab.show("ada")["certificates"]?[0]?["serial"]?.string)
        for (words, login) in command.before {
            _ = try run(lab, words, by: login)
        }
        let words = command.words.replacing("SERIAL", with: serial)
        let before = try export(lab)
        #expect(try run(lab, words, by: command.by, failAt: "\(point):1") == 137)
        #expect(try export(lab) != before)
        try lab.retry()
        #expect(try run(lab, words, by: command.by) == command.again)
        try lab.verifyAudit()
    }

    private func lab() throws -> LockLab {
        let lab = try LockLab()
        lab.configuration.top = """
            approval: {lock: true}
            operators:
              root: {may: [import]}
              daemon: {may: [lock, force]}
              bin: {may: [approve, lock, import]}
            """
        try lab.configure()
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.succeed(
            "certificate", "import", try Certificates.shared.get().certificate("good"),
            "--credential", "C1")
        return lab
    }

    private func run(
        _ lab: LockLab, _ words: String, by login: String, failAt: String? = nil
    ) throws -> Int32 {
        try lab.start(
            words.split(separator: " ").map(String.init), failAt: failAt, as: login
        ).wait().exitCode
    }

    /// All that the store knows, but when it was asked.
    private func export(_ lab: LockLab) throws -> [JSONValue?] {
        let all = try lab.json("store", "export")
        return ["users", "processes", "audit"].map { all[$0] }
    }
}
