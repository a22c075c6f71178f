import Fixtures
import Foundation
import Testing

/// Whatever a directory, a file or an argument holds: no command's output moves the cursor or forges a line.
struct HostileTextTests {
    /// Erases the screen in two ways, beeps, begins a line of ours, turns the direction, hides, is too wide.
    private static let hostile =
        "E\u{1B}[2J\u{9B}2J\u{7}\r\nlockstep: ada is locked\u{202E}\u{2066}\u{200B}\u{FEFF}\u{8}\u{2028}vil"

    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.configure {
            $0.replacing("reasons:\n", with: "approval: {unlock: true}\nreasons:\n")
                .replacing("for: [lock]", with: "for: [lock, unlock]")
        }
        try prepare()
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private func prepare() throws {
        let value = base64(Self.hostile)
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            replace: displayName
            displayName:: \(value)
            -
            replace: title
            title:: \(value)
            -
            replace: mail
            mail:: \(base64("a\u{1B}]0;x\u{7}\r\n@example.com"))

            """)
        try lab.server.add(
            """
            dn:: \(base64("cn=\u{1B}[2J\u{202E}x,ou=groups,dc=example,dc=com"))
            objectClass: groupOfNames
            member: \(SampleOrganisation.person("ada"))

            dn:: \(base64("uid=\u{1B}[2J\u{202E}bo,ou=people,dc=example,dc=com"))
            objectClass: inetOrgPerson
            cn: Bo
            sn:: \(value)

            dn:: \(base64("cn=\u{1B}[2J\u{202E},ou=people,dc=example,dc=com"))
            objectClass: inetOrgPerson
            sn: Nameless

            """)
    }

    private func expectHarmless(_ finished: FinishedProcess, _ line: [String]) {
        let said = finished.output + finished.errors
        #expect(said.allSatisfy { $0 == 0x0A || $0 == 0x09 || $0 >= 0x20 }, "\(line)")
        let text = String(decoding: said, as: UTF8.self)
        let harmful = text.unicodeScalars.filter { scalar in
            (0x7F...0x9F).contains(scalar.value)
                || (scalar.value > 0x7F && scalar.properties.isDefaultIgnorableCodePoint)
                || [0x202E, 0x2066, 0x2028, 0x2029].contains(scalar.value)
        }
        #expect(harmful.isEmpty, "\(line): \(harmful.map { String($0.value, radix: 16) })")
        #expect(!text.contains("\nlockstep: ada is locked"), "\(line)")
    }

    @Test func `every command`() throws {
        let note = Self.hostile
        let lines: [[String]] = [
            ["sync", "--dry-run"], ["sync", "--dry-run", "--ldif"], ["sync"], ["--quiet", "sync"],
            ["sync", "--full", "--verbose"], ["find", "ada"], ["find", "bo", "--json"],
            ["find", Self.hostile], ["show", Self.hostile], ["show", "ada"],
            ["credential", "add", "ada", "--kind", "card", "--serial", Self.hostile],
            ["credential", "add", "ada", "--kind", "card", "--serial", "C-1"],
            ["credentials", "ada"], ["certificates"], ["reasons"],
            ["reasons", "show", Self.hostile],
            ["reasons", "show", "left-organization", "--user", "ada"],
            ["lock", "ada", "--reason", "left-organization", "--dry-run"],
            ["lock", "ada", "--reason", "left-organization", "--dry-run", "--ldif"],
            ["lock", "ada", "--reason", "misuse", "--yes", "--note", note],
            ["lock", "ada", "--reason", Self.hostile, "--yes"],
            ["lock", Self.hostile, "--reason", "misuse", "--yes"],
            ["report", "1"], ["report", "1", "--json"],
            ["unlock", "ada", "--reason", "misuse", "--yes", "--note", note], ["requests"],
            ["requests", "--json"], ["reject", "2", "--because", Self.hostile], ["retry"],
            ["status"], ["status", "--json"], ["audit"], ["audit", "--json"], ["audit", "verify"],
            ["store", "check"], ["store", "export"], ["store", "backup", "/nowhere/" + note],
            ["sync", "--directory", note], ["--log-format", "json", "show", note],
            ["--config", "/nowhere/\(note)", "status"], [note], ["--\(note)"],
            ["__complete", "users", "a"], ["__complete", "serials", ""],
        ]
        for line in lines { expectHarmless(try lab.run(line), line) }
    }

    @Test func `also what a server that is down or refuses is said to have said`() throws {
        try lab.run("sync").succeeded(at: "sync")
        try lab.configure { $0.replacing("ou=groups,", with: "ou=\\\\1B[2Jgroups,") }
        expectHarmless(try lab.run("sync"), ["sync"])
        try lab.configure()
        lab.server.kill()
        for line in [["sync"], ["lock", "ada", "--reason", "misuse", "--yes"], ["status"]] {
            expectHarmless(try lab.run(line), line)
        }
    }

    @Test func `a users file and a CSV file of that kind`() throws {
        try lab.run("sync").succeeded(at: "sync")
        let list = try lab.folder.write(Self.hostile + "\n\u{1B}[2J\n", to: "list")
        let csv = try lab.folder.write(
            "user,kind,serial,state,certificate\n\"\(Self.hostile)\",card,\u{1B}[2J,active,\n",
            to: "csv")
        for line in [
            ["lock", "--from", list, "--reason", "misuse", "--yes"],
            ["lock", "--from", list, "--reason", "misuse", "--yes", "--json"],
            ["credential", "import", csv],
        ] { expectHarmless(try lab.run(line), line) }
    }
}
