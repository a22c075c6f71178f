internal import Foundation
internal import Glibc

/// A user of this machine who lives as long as a test; only root can make one.
package final class MachineUser: Sendable {
    package let login: String

    package static var canBeMade: Bool { geteuid() == 0 }

    package init(_ purpose: String) throws {
        login = "ls-\(purpose)-\(UUID().uuidString.prefix(8).lowercased())"
        try Self.patiently(
            "useradd", ["--system", "--no-create-home", "--shell", "/bin/sh", login])
    }

    deinit {
        try? Self.patiently("userdel", [login])
    }

    package var uid: String {
        get throws {
            let end = try ChildProcess.run("id", ["-u", login]).succeeded(at: "id")
            return String(end.stdout.prefix { $0 != "\n" })
        }
    }

    /// Another one may be writing the user database at this moment: exit code 1.
    private static func patiently(_ program: String, _ arguments: [String]) throws {
        for _ in 0..<50 {
            let end = try ChildProcess.run("/usr/sbin/\(program)", arguments)
            if end.exitCode != 1 {
                try end.succeeded(at: program)
                return
            }
            usleep(200_000)
        }
        throw FixtureError("\(program): the user database stays locked")
    }
}
