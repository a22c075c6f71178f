import Fixtures
import Foundation
import Testing

/// The bind password is used, and stays nowhere.
struct SecretTests {
    private static let secret = Slapd.servicePassword

    private func filesWithSecret(in folder: TemporaryFolder) throws -> [String] {
        let found = try ChildProcess.run("grep", ["-rlaF", Self.secret, folder.path])
        return found.stdout.split(separator: "\n").map {
            String($0.dropFirst(folder.path.count + 1))
        }
    }

    private func lab(tls: Bool) throws -> CommandLab {
        guard tls else { return try CommandLab() }
        let lab = try CommandLab { $0.tls = SlapdOptions.TLS() }
        let ca = try Certificates.shared.get().ca
        try lab.configure {
            $0.replacing(
                "uri: \(lab.server.url)", with: "uri: \(lab.server.tlsURL)\n    tls: {ca: \(ca)}")
        }
        return lab
    }

    @Test func `no command shows it or writes it down`() throws {
        let lab = try lab(tls: false)
        var said = ""
        func run(_ words: String...) throws {
            let finished = try lab.run(["--verbose", "--log-format", "json"] + words)
            said += finished.stdout + finished.stderr
        }
        try run("sync")
        try run("lock", "ada", "--reason", "misuse", "--yes")
        try run("report", "1", "--html", "report.html")
        try run("status", "--json")
        try run("store", "export")
        try run("store", "backup", "backup.db")
        try lab.server.modify(
            """
            dn: \(Slapd.serviceDN)
            changetype: modify
            replace: userPassword
            userPassword: another

            """)
        try run("sync")
        #expect(said.contains("Invalid credentials"))
        lab.server.kill()
        try run("sync")
        #expect(!said.contains(Self.secret))
        #expect(try filesWithSecret(in: lab.folder) == ["password"])
    }

    @Test(arguments: [false, true])
    func `a process that is bound has it no more, and would dump no core`(tls: Bool) throws {
        let lab = try lab(tls: tls)
        try lab.run("sync").succeeded(at: "sync")
        let child = try TerminalChild(
            Products.lockstep(),
            ["--config", lab.configuration, "lock", "ada", "--reason", "misuse"])
        try child.wait(for: "Next or Cancel? ")
        #expect(try !shown("cmdline", of: child.pid).contains(Self.secret))
        #expect(try !shown("environ", of: child.pid).contains(Self.secret))
        // One byte: with a limit of none the kernel still pipes a core to a program (core(5)).
        #expect(
            try shown("limits", of: child.pid).split(separator: "\n")
                .contains {
                    $0.hasPrefix("Max core file size") && $0.split(separator: " ")[4] == "1"
                })
        if let image = try MemoryImage(of: child.pid) {
            #expect(image.contains("uid=ada,ou=people"))
            #expect(!image.contains(Self.secret))
        }
        child.type("c\n")
        #expect(try child.end() == 12)
    }

    private func asking() throws -> CommandLab {
        let lab = try CommandLab()
        try lab.configure { $0.replacing("passwordFile: password", with: "password: ask") }
        try lab.folder.remove(file: "password")
        return lab
    }

    @Test func `a password that is asked for is taken as it is, asked once and not shown`() throws {
        let lab = try asking()
        // Blanks at its ends belong to it. In LDIF such a value is base64: “ a secret ”.
        try lab.server.modify(
            """
            dn: \(Slapd.serviceDN)
            changetype: modify
            replace: userPassword
            userPassword:: IGEgc2VjcmV0IA==

            """)
        let child = try TerminalChild(Products.lockstep(), ["--config", lab.configuration, "sync"])
        try child.wait(for: "Password of \(Slapd.serviceDN) (directories.hq.bind): ")
        #expect(!child.showsTyping)
        child.type(" a secret \n")
        #expect(try child.end() == 0)
        #expect(!child.screen.contains("secret "))
        #expect(child.screen.components(separatedBy: "Password of").count == 2)
        #expect(child.showsTyping)
    }

    @Test(arguments: ["\u{3}", "\u{4}", "\n"])
    func `Ctrl-C, the end of input and nothing cancel, and the terminal is as it was`(
        answer: String
    ) throws {
        let lab = try asking()
        let child = try TerminalChild(Products.lockstep(), ["--config", lab.configuration, "sync"])
        try child.wait(for: "(directories.hq.bind): ")
        child.type(answer)
        #expect(try child.end() == 12)
        #expect(child.screen.contains("no password was given: nothing was done"))
        #expect(child.showsTyping)
    }

    @Test func `without a terminal nobody is asked`() throws {
        let lab = try asking()
        for line in ["sync", "lock ada --reason misuse --yes"] {
            try lab.run("init").succeeded(at: "init")
            let finished = try lab.run(line.split(separator: " ").map(String.init))
            #expect(finished.exitCode == 78)
            #expect(finished.stderr.contains("there is no terminal to ask at"))
            #expect(finished.stdout == "")
        }
    }

    private func shown(_ name: String, of pid: Int32) throws -> String {
        try ChildProcess.run("cat", ["/proc/\(pid)/\(name)"]).succeeded(at: name).stdout
    }
}
