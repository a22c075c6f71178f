import Fixtures
import Foundation
import Ground
import Testing

/// Who is at the keyboard: what that person can't set.
@Suite struct OperatorTests {
    /// Only with the right to audit (CAP_AUDIT_CONTROL) can a test log in as somebody.
    private static let mayLogIn: Bool = {
        let end = try? ChildProcess.run("/bin/sh", ["-c", "echo 1 >/proc/self/loginuid"])
        return end?.exitCode == 0
    }()

    /// By whom a lock would be; `before` is said to the shell that becomes the program.
    private func by(
        _ lab: LockLab, _ environment: [String: String], before: String = ":"
    ) throws -> String? {
        let words =
            [
                try Products.lockstep(), "--config", lab.folder.file("lockstep.yaml"), "--json",
                "lock", "ada", "--reason", "misuse", "--dry-run",
            ].map { "'\($0)'" }.joined(separator: " ")
        let end = try ChildProcess.run(
            "/bin/sh", ["-c", "\(before) && exec \(words)"], environment: environment)
        return JSONValue(parsing: end.stdout)?["by"]?.string
    }

    @Test func `SUDO_USER counts for root where it is a login, USER and LOGNAME never`() throws {
        let lab = try LockLab()
        try lab.sync()
        let names = ["USER": "bin", "LOGNAME": "bin", "USERNAME": "bin"]
        let own = try #require(try by(lab, names))
        #expect(own != "bin")
        #expect(
            try by(lab, names.merging(["SUDO_USER": "daemon"]) { $1 }) == "daemon")
        #expect(try by(lab, ["SUDO_USER": "no-such-login"]) == own)
        #expect(try by(lab, ["SUDO_USER": ""]) == own)
    }

    @Test(.enabled(if: mayLogIn)) func `who has logged in counts before SUDO_USER`() throws {
        let lab = try LockLab()
        try lab.sync()
        // Debian's uid 1.
        let login = "echo 1 >/proc/self/loginuid"
        #expect(try by(lab, ["SUDO_USER": "bin"], before: login) == "daemon")
        // A login without a name is none.
        let nobody = "echo 54321 >/proc/self/loginuid"
        #expect(try by(lab, ["SUDO_USER": "bin"], before: nobody) == "bin")
    }
}
