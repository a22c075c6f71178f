import Fixtures
import Ground
import Testing

/// Certificates that are put on credentials by hand: nothing is reported that is not so.
struct CommandCertificateTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        for (user, serial) in [("ada", "BLUE"), ("ada", "GREEN"), ("ben", "RED")] {
            try lab.run("credential", "add", user, "--kind", "card", "--serial", serial)
                .succeeded(at: "credential add")
        }
        try lab.folder.write(try SampleCertificate.pem, to: "one.pem")
    }

    private func put(_ file: String = "one.pem", on card: String, _ more: String...) throws
        -> FinishedProcess
    {
        try lab.run(["certificate", "import", file, "--credential", card] + more)
    }

    private func serials(on card: String) throws -> Int? {
        try lab.json("credentials").array?.first { $0["serial"]?.string == card }?["certificates"]?
            .array?.count
    }

    private func certificate(of user: String = "ada") throws -> JSONValue? {
        try lab.json("certificates", user)[0]
    }

    @Test(arguments: ["GREEN", "RED"])
    func `one that another credential carries is refused, and moved on demand`(card: String) throws
    {
        try put(on: "BLUE").succeeded(at: "import")
        let serial = try #require(try certificate()?["serial"]?.string)
        let refused = try put(on: card)
        #expect(refused.exitCode == 65)
        #expect(
            refused.stderr.hasPrefix(
                "lockstep: error: the certificate \(serial) is on the card BLUE of ada\n"))
        #expect(try [serials(on: "BLUE"), serials(on: card)] == [1, 0])
        let moved = try put(on: card, "--move")
        #expect(moved.stdout == "\(card) carries the certificate \(serial), valid\n")
        #expect(try [serials(on: "BLUE"), serials(on: card)] == [0, 1])
        try lab.run("credential", "lock", card, "--reason", "misuse", "--yes")
            .succeeded(at: "credential lock")
        #expect(try certificate(of: card == "RED" ? "ben" : "ada")?["state"] == "revoked")
        let events = try lab.json("audit").array ?? []
        let move = events.first {
            $0["event"] == "certificate moved" && $0["user"]?["username"] == "ada"
        }
        #expect(move?["detail"]?["from"] == "BLUE")
        #expect(move?["detail"]?["credential"]?.string == card)
    }

    @Test func `what the CA did to a known one is brought in, and never taken back`() throws {
        try put(on: "BLUE").succeeded(at: "import")
        try put(on: "BLUE", "--state", "onHold", "--at", "2026-01-02").succeeded(at: "hold")
        #expect(try certificate()?["heldAt"] == "2026-01-02T00:00:00Z")
        let revoking = [
            "--state", "revoked", "--reason", "keyCompromise", "--at", "2026-01-05",
        ]
        try lab.run(["certificate", "import", "one.pem", "--credential", "BLUE"] + revoking)
            .succeeded(at: "revoke")
        let list = try lab.json("certificates", "--revoked")
        #expect(list[0]?["revocationReason"] == "keyCompromise")
        #expect(list[0]?["revokedAt"] == "2026-01-05T00:00:00Z")
        #expect(list[0]?["heldAt"] == "2026-01-02T00:00:00Z")
        let serial = list[0]?["serial"]?.string ?? ""
        for state in [["--state", "valid"], ["--state", "onHold", "--at", "2026-01-07"]] {
            let refused = try lab.run(
                ["certificate", "import", "one.pem", "--credential", "BLUE"] + state)
            #expect(refused.exitCode == 65)
            #expect(
                refused.stderr == """
                    lockstep: error: the certificate \(serial) is revoked (keyCompromise) since \
                    2026-01-05 00:00:00 UTC
                    A revocation is never taken back.

                    """)
        }
        let again = try put(
            on: "BLUE", "--state", "revoked", "--reason", "superseded", "--at", "2026-01-09")
        #expect(
            again.stdout == """
                BLUE carries the certificate \(serial), revoked
                  it was revoked before, 2026-01-05 00:00 UTC (keyCompromise), and that stays

                """)
        #expect(try lab.json("certificates", "--revoked") == list)
    }

    @Test func `of a chain the leaf is taken, and the CAs are named and left out`() throws {
        let files = try Certificates.shared.get()
        let chain = try ["good", "ca"].map {
            try ChildProcess.run("/bin/cat", [files.certificate($0)]).succeeded(at: "cat").stdout
        }
        try lab.folder.write(chain.joined(), to: "chain.pem")
        let taken = try put("chain.pem", on: "BLUE")
        #expect(
            taken.stderr == """
                lockstep: warning: chain.pem: CN=ca,O=lockstep test is a CA's certificate, which is \
                nobody's: it was left out

                """)
        #expect(taken.exitCode == 0)
        #expect(try lab.json("certificates").array?.count == 1)
        // As a store has it from when CAs were not told apart.
        let ca =
            try ChildProcess.run(
                "openssl",
                ["x509", "-in", files.certificate("ca"), "-noout", "-fingerprint", "-sha256"]
            ).succeeded(at: "openssl").stdout.split(separator: "=").last ?? ""
        try ChildProcess.run(
            "sqlite3",
            [
                lab.store,
                "INSERT INTO certificates (user, serial, issuer, subject, not_before, not_after, "
                    + "fingerprint, state) SELECT id, '01', 'CN=ca', 'CN=ca', 0, 9, "
                    + "x'\(ca.filter(\.isHexDigit))', 'valid' FROM users WHERE username = 'ada'",
            ]
        ).succeeded(at: "sqlite3")
        #expect(try lab.json("certificates").array?.count == 2)
        #expect(try put("chain.pem", on: "BLUE").exitCode == 0)
        #expect(try lab.json("certificates").array?.count == 1)
        #expect(
            try lab.json("show", "ada")["history"]?.array?.last?["event"]
                == "certificate of a CA left out")
        try lab.folder.write(chain[1], to: "ca.pem")
        let refused = try put("ca.pem", on: "BLUE")
        #expect(refused.exitCode == 65)
        #expect(
            refused.stderr == """
                lockstep: error: ca.pem holds no certificate of a person, but those of CAs: \
                “CN=ca,O=lockstep test”
                A CA's certificate is nobody's credential.

                """)
        try lab.folder.write(
            "user,kind,serial,state,certificate\nben,card,NEW,active,chain.pem\n", to: "c.csv")
        try lab.run("certificate", "import", "chain.pem", "--credential", "RED", "--move")
            .succeeded(at: "move")
        let imported = try lab.run("credential", "import", "c.csv")
        #expect(imported.exitCode == 65)
        #expect(imported.stderr.contains("c.csv:2: the certificate "))
        #expect(imported.stderr.contains(" is on the card RED of ben\n"))
    }

    @Test func `what is no plain file is refused at once`() throws {
        try ChildProcess.run("mkfifo", [lab.folder.file("pipe.pem")]).succeeded(at: "mkfifo")
        try lab.expect(
            "certificate", "import", "pipe.pem", "--credential", "BLUE", exit: 65,
            says: "lockstep: error: pipe.pem is no plain file\n")
        try lab.expect(
            "credential", "import", "/dev/zero", exit: 65,
            says: "lockstep: error: /dev/zero is no plain file\n")
        try lab.folder.write(
            "user,kind,serial,state,certificate\nada,card,NEW,active,pipe.pem\n", to: "c.csv")
        try lab.expect(
            "credential", "import", "c.csv", exit: 65,
            says: """
                lockstep: error: c.csv:2: ./pipe.pem is no plain file
                Nothing was imported.

                """)
    }

    @Test func `one certificate on two credentials of a file is refused with both lines`() throws {
        try lab.folder.write(
            """
            user,kind,serial,state,certificate
            ada,card,N1,active,one.pem
            ben,card,N2,active,one.pem
            ada,card,N3,locked,one.pem

            """, to: "c.csv")
        let refused = try lab.run("credential", "import", "c.csv")
        #expect(refused.exitCode == 65)
        #expect(refused.stderr.contains("c.csv:3: has the certificate "))
        #expect(refused.stderr.contains(", which line 2 has on another credential\n"))
        #expect(try lab.json("certificates") == [])
    }

    @Test func `nothing comes alive on a locked credential, but what the CA revoked is taken`()
        throws
    {
        try lab.run("credential", "lock", "BLUE", "--reason", "misuse", "--yes")
            .succeeded(at: "credential lock")
        let complaint = """
            lockstep: error: the card BLUE is locked: no certificate can come alive on it
            What the CA has revoked can be recorded: --state revoked --reason REASON --at TIME.

            """
        for more in [[], ["--state", "valid"], ["--state", "onHold", "--at", "2026-01-02"]] {
            let refused = try lab.run(
                ["certificate", "import", "one.pem", "--credential", "BLUE"] + more)
            #expect(refused.stderr == complaint)
            #expect(refused.exitCode == 65)
        }
        let row = "ada,card,OLD,locked,one.pem\n"
        try lab.folder.write("user,kind,serial,state,certificate\n" + row, to: "c.csv")
        #expect(try lab.run("credential", "import", "c.csv").exitCode == 65)
        try put(on: "BLUE", "--state", "revoked", "--reason", "superseded", "--at", "2026-01-02")
            .succeeded(at: "import")
        #expect(try certificate()?["state"] == "revoked")
    }

    @Test func `of one serial the kind decides`() throws {
        for kind in ["virtualSmartcard", "softToken"] {
            try lab.run("credential", "add", "ada", "--kind", kind, "--serial", "DEV-77")
                .succeeded(at: "credential add")
        }
        let shared = try lab.run("credential", "lock", "DEV-77", "--reason", "misuse", "--yes")
        #expect(shared.exitCode == 65)
        #expect(
            shared.stderr.contains(
                "2 credentials have the serial “DEV-77”: virtualSmartcard of ada, softToken of ada")
        )
        #expect(shared.stderr.hasSuffix("Say which it is with --kind.\n"))
        try put(on: "DEV-77", "--kind", "softToken").succeeded(at: "import")
        try lab.run(
            "credential", "lock", "DEV-77", "--kind", "softToken", "--reason", "misuse", "--yes"
        ).succeeded(at: "credential lock")
        let states = try lab.json("credentials", "ada").array?
            .filter { $0["serial"] == "DEV-77" }.map { $0["state"] }
        #expect(states == ["active", "locked"])
        #expect(try certificate()?["state"] == "revoked")
    }

    @Test func `a plan of a credential's lock is made anew at Next, and shown again`() throws {
        let child = try TerminalChild(
            Products.lockstep(),
            ["--config", lab.configuration, "credential", "lock", "BLUE", "--reason", "misuse"])
        try child.wait(for: "Next or Cancel? ")
        try put(on: "BLUE").succeeded(at: "import")
        child.type("next\n")
        try child.wait(for: "The plan has changed meanwhile:")
        try child.wait(for: "revoke certificate")
        try child.wait(for: "Next or Cancel? ")
        #expect(try certificate()?["state"] == "valid")
        child.type("next\n")
        #expect(try child.end() == 0)
        #expect(try certificate()?["state"] == "revoked")
        #expect(try lab.json("credentials", "ada")[0]?["state"] == "locked")
    }
}
