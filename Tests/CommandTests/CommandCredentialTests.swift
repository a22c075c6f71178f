import Fixtures
import Ground
import Identity
import Testing

/// Credentials and certificates that are added by hand, well or badly.
struct CommandCredentialTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
    }

    private static let header = "user,kind,serial,state,certificate\n"

    private func importing(_ rows: String) throws -> FinishedProcess {
        try lab.folder.write(Self.header + rows, to: "cards.csv")
        return try lab.run("credential", "import", "cards.csv")
    }

    private func expectNothingImported() throws {
        #expect(try lab.json("credentials") == [])
        #expect(try lab.json("certificates") == [])
    }

    @Test func `a file is imported whole, and a second time changes nothing`() throws {
        try lab.folder.write(try SampleCertificate.pem, to: "ada.pem")
        let rows =
            "ada,card,C-1,active,ada.pem\r\n\"ben\",softToken,\"a,\"\"b\",,\n\ncleo,mobileID,M,locked,\n"
        let first = try importing(rows)
        #expect(
            first.stdout == "3 credentials and 1 certificates added, 0 rows were there already\n")
        #expect(first.exitCode == 0)
        let second = try importing(rows)
        #expect(
            second.stdout == "0 credentials and 0 certificates added, 3 rows were there already\n")
        let credentials = try lab.json("credentials")
        #expect(credentials.array?.compactMap { $0["serial"]?.string } == ["C-1", "a,\"b", "M"])
        #expect(
            credentials.array?.compactMap { $0["state"]?.string } == ["active", "active", "locked"])
    }

    @Test func `every bad row is named, and nothing is imported`() throws {
        try lab.folder.write(try SampleCertificate.pemWithKey, to: "key.pem")
        try lab.folder.write("-----BEGIN CERTIFICATE-----\nMII", to: "broken.pem")
        try lab.folder.write("no certificate", to: "empty.pem")
        let finished = try importing(
            """
            ada,card,C-1,active,
            nobody,card,C-1,active,
            ada,kart,C-1,active,
            ada,card,C-2,aktive,
            ada,card,C-3
            ada,card,C-1,active,
            ada,card,C-4,active,missing.pem
            ada,card,C-5,active,broken.pem
            ada,card,C-6,active,key.pem
            ada,card,C-7,active,empty.pem
            ada,card,,active,
            ada,card, C-8,active,
            ada,card,C-\u{1B}[2J,active,

            """)
        #expect(
            finished.stderr == """
                lockstep: error: cards.csv:3: there is no user “nobody”
                lockstep: error: cards.csv:4: “kart” is no kind: use card, temporaryCard, \
                virtualSmartcard, mobileID, softToken
                lockstep: error: cards.csv:5: “aktive” is no state: use requested, active, \
                inactive, locked, expired, aborted, returned
                lockstep: error: cards.csv:6: has 3 fields instead of 5
                lockstep: error: cards.csv:7: says the same as line 2
                lockstep: error: cards.csv:8: cannot read ./missing.pem: No such file or directory
                lockstep: error: cards.csv:9: broken.pem:1: the PEM block that begins here has no \
                END line
                lockstep: error: cards.csv:10: key.pem: it holds a private key: give the \
                certificates alone
                lockstep: error: cards.csv:11: empty.pem: it holds no certificate in PEM
                lockstep: error: cards.csv:12: the serial is empty
                lockstep: error: cards.csv:13: the serial begins or ends with a blank
                lockstep: error: cards.csv:14: the serial has a control character in it
                Nothing was imported.

                """)
        #expect(finished.exitCode == 65)
        #expect(finished.stdout == "")
        try expectNothingImported()
    }

    @Test(arguments: [
        ("\"ada,card,C-1,active,\n", "2: has a quote that is never closed"),
        ("ada,card,\"C\"1,active,\n", "2: has text behind a closing quote"),
        ("ada,card,C-1,active,\nben;card;C-2;active;\n", "3: has 1 field instead of 5"),
    ])
    func `what is no CSV is refused whole`(rows: String, complaint: String) throws {
        let finished = try importing(rows)
        #expect(
            finished.stderr
                == "lockstep: error: cards.csv:\(complaint)\nNothing was imported.\n")
        #expect(finished.exitCode == 65)
        try expectNothingImported()
    }

    @Test func `a file that is not UTF-8, or has another header, is refused`() throws {
        try lab.folder.write("user;kind;serial\n", to: "cards.csv")
        try lab.expect(
            "credential", "import", "cards.csv", exit: 65,
            says: """
                lockstep: error: cards.csv:1: the first line must be \
                user,kind,serial,state,certificate
                Nothing was imported.

                """)
        let octets = Array(Self.header.utf8) + [0x61, 0x2C, 0xFF, 0x0A]
        let finished = try ChildProcess.run(
            Products.lockstep(), ["-c", lab.configuration, "credential", "import", "-"],
            input: octets, folder: lab.folder.path)
        #expect(
            finished.stderr == "lockstep: error: -:2: is not UTF-8\nNothing was imported.\n")
        #expect(finished.exitCode == 65)
        try lab.expect(
            "credential", "import", "nothing.csv", exit: 65,
            says: "lockstep: error: cannot read nothing.csv: No such file or directory\n")
    }

    @Test func `certificates lie beside the CSV file`() throws {
        try lab.folder.makeFolder("cards")
        try lab.folder.write(try SampleCertificate.pem, to: "cards/ada.pem")
        try lab.folder.write(
            Self.header + "ada,card,C-1,active,ada.pem\n", to: "cards/cards.csv")
        try lab.run("credential", "import", "cards/cards.csv").succeeded(at: "import")
        #expect(try lab.json("certificates").array?.count == 1)
    }

    @Test func `nothing new comes alive on a locked user`() throws {
        try lab.run("lock", "ada", "--reason", "left-organization", "--yes")
            .succeeded(at: "lock")
        for state in ["active", "requested"] {
            try lab.expect(
                "credential", "add", "ada", "--kind", "card", "--serial", "C-1", "--state", state,
                exit: 65,
                says: "lockstep: error: ada is locked: a credential can't become \(state)\n")
        }
        let refused = try importing("ada,card,C-1,active,\n")
        #expect(refused.exitCode == 65)
        try lab.run(
            "credential", "add", "ada", "--kind", "card", "--serial", "C-1", "--state", "inactive"
        )
        .succeeded(at: "credential add")
        try lab.folder.write(try SampleCertificate.pem, to: "ada.pem")
        let born = try lab.json("certificate", "import", "ada.pem", "--credential", "C-1")[0]
        #expect(born?["state"] == "revoked")
        #expect(born?["revocationReason"] == "affiliationChanged")
        let onHold = try SampleCertificate.pem
        try lab.folder.write(onHold, to: "hold.pem")
        let held = try lab.json(
            "certificate", "import", "hold.pem", "--credential", "C-1", "--state", "onHold",
            "--at", "2026-01-01")[0]
        #expect(held?["state"] == "revoked")
        #expect(held?["heldAt"] == "2026-01-01T00:00:00Z")
    }

    @Test func `a certificate keeps the state that it is imported with`() throws {
        try importing("ada,card,C-1,active,\n").succeeded(at: "import")
        try lab.folder.write(try SampleCertificate.pem, to: "ada.pem")
        let old = try lab.json(
            "certificate", "import", "ada.pem", "--credential", "C-1", "--state", "revoked",
            "--reason", "superseded", "--at", "2026-03-01")[0]
        #expect(old?["revocationReason"] == "superseded")
        #expect(old?["revokedAt"] == "2026-03-01T00:00:00Z")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
        #expect(try lab.json("certificates", "ada")[0]?["revocationReason"] == "superseded")
        try lab.expect(
            "certificate", "import", "ada.pem", "--credential", "C-1", "--state", "onHold",
            "--at", "2999-01-01", exit: 65,
            says: "lockstep: error: --at 2999-01-01 00:00:00 UTC is still to come\n")
        try lab.expect(
            "certificate", "import", "ada.pem", "--credential", "C-2", exit: 65,
            says: "lockstep: error: there is no credential “C-2”\n")
    }

    @Test func `a lost card is locked, and its holder stays as she is`() throws {
        try lab.folder.write(try SampleCertificate.pem, to: "ada.pem")
        try importing("ada,card,C-1,active,ada.pem\nben,card,C-1,active,\n").succeeded(at: "import")
        let shared = try lab.run("credential", "lock", "C-1", "--reason", "misuse", "--yes")
        #expect(shared.exitCode == 65)
        #expect(
            shared.stderr == """
                lockstep: error: 2 credentials have the serial “C-1”: card of ada, card of ben
                  id    username  name         state   dn
                  id:1  hq:ada    Ada Sample   active  uid=ada
                  id:2  hq:ben    Ben Example  active  uid=ben
                Say which it is with --user.

                """)
        try lab.expect(
            "credential", "lock", "C-1", "--reason", "misuse", "--user", "ada", exit: 64,
            says: """
                lockstep: error: without a terminal --yes is needed. See 'lockstep help \
                credential lock'.

                """)
        let locked = try lab.run(
            "credential", "lock", "C-1", "--reason", "misuse", "--user", "ada", "--yes")
        #expect(locked.stdout.hasPrefix("Locked  the card C-1 of ada, misuse\n"))
        let again = try lab.run(
            "credential", "lock", "C-1", "--reason", "misuse", "--user", "ada", "--yes")
        #expect(again.stdout == "Unchanged  the card C-1 of ada: it was locked already\n")
        #expect(try lab.json("show", "ada")["state"] == "active")
        #expect(try lab.json("certificates", "ada")[0]?["revocationReason"] == "privilegeWithdrawn")
        #expect(try lab.json("credentials", "ben")[0]?["state"] == "active")
    }
}
