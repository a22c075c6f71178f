import Fixtures
import Foundation
import Ground
import LDAP
import Testing

@testable import lockstep

private let unitNames = [
    "lockstep-sync.service", "lockstep-sync.timer", "lockstep-follow.service",
    "lockstep-mail@.service",
]

/// The crontab and the units in `config`.
struct UnattendedFileTests {
    private static let config = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "config")

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.config.appending(path: name), encoding: .utf8)
    }

    /// The words behind the program's path.
    private func arguments(_ line: Substring) throws -> [String] {
        let words = line.split(separator: " ").map(String.init)
        let program = try #require(words.firstIndex { $0.hasSuffix("/usr/bin/lockstep") })
        return Array(words[(program + 1)...])
    }

    @Test(arguments: [
        "crontab", "systemd/lockstep-sync.service", "systemd/lockstep-follow.service",
    ])
    func `the line that is run is one that the parser takes`(file: String) throws {
        let line = try #require(
            try text(file).split(separator: "\n").first {
                !$0.hasPrefix("#") && $0.contains("/usr/bin/lockstep")
            })
        guard case .command(let command) = try Parser.parse(arguments(line), now: .init(seconds: 0))
        else {
            Issue.record("\(line) is no command")
            return
        }
        #expect(command.name == (file.contains("follow") ? .follow : .sync))
        #expect(command.flag(.quiet) == (file == "crontab"))
    }

    /// The units with the built program in the place of the installed one.
    private func units() throws -> TemporaryFolder {
        let folder = try TemporaryFolder("units")
        for name in unitNames {
            try folder.write(
                text("systemd/\(name)")
                    .replacing("/usr/bin/lockstep", with: Products.lockstep()), to: name)
        }
        return folder
    }

    @Test func `systemd has nothing to say against the units`() throws {
        let folder = try units()
        let finished = try ChildProcess.run(
            "systemd-analyze",
            [
                "verify", "--man=no",
            ] + unitNames.map { folder.file($0) })
        #expect(finished.exitCode == 0)
        #expect(finished.stdout + finished.stderr == "")
    }

    /// What the unit runs, as systemd hands it to the shell.
    private func mailScript() throws -> String {
        let unit = try text("systemd/lockstep-mail@.service").replacing("\\\n", with: "\n")
        let start = try #require(unit.firstRange(of: "ExecStart=/bin/sh -c '"))
        return unit[start.upperBound...].trimmingCharacters(in: .init(charactersIn: "'\n"))
            .replacing("%%", with: "%").replacing("$$", with: "$")
            .replacing("%i", with: "lockstep-sync.service").replacing("%H", with: "host")
    }

    @Test(arguments: [
        "", "hq: 2 users would be locked\n  lock ada: the entry says left",
        #"rejected  uid=a\cb\n.\n: no username"#,
    ])
    func `a run that has said nothing sends no mail, whatever its exit code`(said: String) throws {
        let folder = try TemporaryFolder("mail")
        try folder.write(said, to: "said")
        try TemporaryFolder.install(
            """
            #!/bin/sh
            [ "$2" = --sync ] && exit
            [ "$3" = "_SYSTEMD_INVOCATION_ID=4711" ] && cat '\(folder.file("said"))'

            """, at: folder.file("journalctl"))
        try TemporaryFolder.install(
            "#!/bin/sh\ncat >'\(folder.file("mail"))'\n", at: folder.file("sendmail"))
        try TemporaryFolder.install(
            """
            #!/bin/sh
            case "$*" in
              'show --value --property=InvocationID lockstep-sync.service') echo 4711 ;;
              'show --value --property=ExecMainStatus lockstep-sync.service') echo 11 ;;
            esac

            """, at: folder.file("systemctl"))
        let told = ["MONITOR_INVOCATION_ID": "4711", "MONITOR_EXIT_STATUS": "11"]
        for environment in [told, [:]] {
            try ChildProcess.run(
                "/bin/sh", ["-c", mailScript()],
                environment: environment.merging([
                    "PATH": "\(folder.path):/usr/bin:/bin", "MAILTO": "root",
                ]) { $1 }
            ).succeeded(at: "the mail's script")
            let mail = try? String(contentsOfFile: folder.file("mail"), encoding: .utf8)
            let due = "To: root\nSubject: lockstep-sync.service on host ended with 11\n\n\(said)\n"
            #expect(mail == (said.isEmpty ? nil : due))
            try? FileManager.default.removeItem(atPath: folder.file("mail"))
        }
    }

    @Test(arguments: ["lockstep-sync.service", "lockstep-follow.service"])
    func `a service may do little`(unit: String) throws {
        let folder = try units()
        // 0.0 is nothing at all, 10.0 everything; what is left is the network.
        let finished = try ChildProcess.run(
            "systemd-analyze",
            [
                "security", "--offline=yes", "--threshold=15", "--no-pager",
                folder.file(unit),
            ])
        #expect(finished.exitCode == 0, "\(finished.stdout)\(finished.stderr)")
    }
}
