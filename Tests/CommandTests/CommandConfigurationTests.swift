import Fixtures
import Ground
import Testing

/// A configuration that can't be used: what is said, exit 78, and nothing on stdout.
struct CommandConfigurationTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
    }

    private func complaint(_ text: String) -> String {
        "lockstep: error: \(lab.configuration)\(text)\n"
    }

    @Test func `all mistakes are told at once, with their places`() throws {
        try lab.configure {
            $0.replacing("    bind:", with: "    bnid:").replacing(
                "for: [lock]", with: "for: [lokc]"
            )
            .replacing("store:", with: "stroe:")
        }
        let finished = try lab.run("find", "ada", "--json")
        #expect(finished.exitCode == 78)
        #expect(finished.stdout == "")
        for expected in [
            ":1:1: stroe: unknown key", "Did you mean \"store\"?", ":1:1: store: is missing",
            ":5:5: directories.hq.bnid: unknown key", "Did you mean \"bind\"?",
            ":26:", "reasons.misuse.for",
        ] {
            #expect(finished.stderr.contains(expected), "\(expected): \(finished.stderr)")
        }
        let lines = finished.stderr.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("lockstep: error: \(lab.configuration):") })
    }

    @Test(arguments: [
        ["check"], ["sync"], ["sync", "--json"], ["show", "ada"],
    ])
    func `a section that is indented too little is one mistake`(command: [String]) throws {
        try lab.configure {
            $0.replacing(
                #/\n    users:\n(.*\n)*?reasons:/#,
                with: """

                    users:
                      base: ou=people,dc=example,dc=com
                      map: {username: uid}
                    roles:
                      base: ou=groups,dc=example,dc=com
                    reasons:
                    """)
        }
        let finished = try lab.run(command)
        #expect(finished.exitCode == 78)
        #expect(finished.stdout == "")
        #expect(
            finished.stderr
                == complaint(
                    ":6:1: users: stands in the wrong place, as does roles; they belong to "
                        + "directories.hq, beside uri in line 4"))
    }

    @Test func `broken YAML is told with its place`() throws {
        try lab.configure { "store: [\n" + $0 }
        let finished = try lab.run("sync")
        #expect(finished.exitCode == 78)
        #expect(finished.stderr.split(separator: "\n").count == 1)
        #expect(
            finished.stderr.hasPrefix(complaint(":3:12: not YAML: ").dropLast()),
            "\(finished.stderr)")
    }

    @Test func `what others may write is not read`() throws {
        try lab.configure(mode: 0o620)
        try lab.expect(
            "find", "ada", exit: 78,
            says: complaint(
                ": the file may be written by group or others (mode 0620); take that away with "
                    + "chmod go-w"))
    }

    @Test func `no configuration at all says where it was looked for`() throws {
        let empty = try TemporaryFolder("commands")
        let finished = try ChildProcess.run(
            Products.lockstep(), ["find", "ada"],
            environment: ["XDG_CONFIG_HOME": empty.path, "LOCKSTEP_CONFIG": ""],
            folder: empty.path)
        #expect(finished.exitCode == 78)
        #expect(finished.stdout == "")
        #expect(
            finished.stderr == """
                lockstep: error: there is no configuration; looked for \(empty.path)/lockstep.yaml, \
                \(empty.path)/lockstep/lockstep.yaml, /etc/lockstep/lockstep.yaml
                Name one with --config, or write one to start from: lockstep init --sample

                """)
        try lab.expect(
            "--config", "other.yaml", "find", "ada", exit: 64,
            says: "lockstep: error: --config is given twice. See 'lockstep help'.\n")
    }

    @Test func `a password that others may read is refused before anything is done`() throws {
        try lab.folder.remove(file: "password")
        try lab.folder.write("secret", to: "password", mode: 0o644)
        try lab.expect(
            "sync", exit: 78,
            says: """
                lockstep: error: \(lab.folder.file("password")): the password is open to every \
                user of this machine (mode 0644); take that away with chmod o= \(lab.folder.file("password"))

                """)
        try lab.expect(
            "find", "ada", exit: 74,
            says: """
                lockstep: error: \(lab.store): there is no store
                Check `store` in the configuration, and that its disk is mounted. `lockstep init` \
                makes a new one.

                """)
    }

    @Test func `a password to be asked for needs somebody to ask`() throws {
        try lab.configure { $0.replacing("passwordFile: password", with: "password: ask") }
        try lab.expect(
            "sync", exit: 78,
            says: """
                lockstep: error: bind.password is `ask`, and there is no terminal to ask at
                Use bind.passwordFile where nobody is there to answer.

                """)
    }

    @Test func `the sample is written once, and is a configuration`() throws {
        let empty = try TemporaryFolder("commands")
        let first = try ChildProcess.run(
            Products.lockstep(), ["init", "--sample"], folder: empty.path)
        #expect(first.stdout == "wrote ./lockstep.yaml: every key is explained there\n")
        #expect(first.exitCode == 0)
        let second = try ChildProcess.run(
            Products.lockstep(), ["init", "--sample", "--json"], folder: empty.path)
        #expect(second.exitCode == 65)
        #expect(JSONValue(parsing: second.output)?["error"]?["exit"] == 65)
        let reasons = try ChildProcess.run(
            Products.lockstep(), ["--config", empty.file("lockstep.yaml"), "reasons", "--json"],
            folder: empty.path)
        #expect(JSONValue(parsing: reasons.output)?.array?.isEmpty == false, "\(reasons.stderr)")
    }
}
