import Engine
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

@Suite struct HostileEntryTests {
    @Test func `what can't be a username is rejected with why, and the rest goes on`() throws {
        let lab = try SyncLab()
        lab.username = "description"
        lab.users = "filter: (objectClass=inetOrgPerson)"
        let long = String(repeating: "x", count: 257)
        try lab.addPerson("long", "description: \(long)")
        try lab.addPerson("good", "description: good")
        // AGEAYg== is a NUL between two letters, which description allows and nobody wants.
        try lab.addPerson("nul", "description:: YQBi")
        let hq = try lab.hq()
        #expect((hq.created, hq.rejected.count, hq.read) == (1, 14, 15))
        let why = Dictionary(uniqueKeysWithValues: hq.rejected.map { ($0.dn.text, $0.why) })
        #expect(why[SampleOrganisation.person("long")] == "username has 257 octets, more than 256")
        #expect(why[SampleOrganisation.person("nul")] == "description contains a NUL")
        #expect(
            why[SampleOrganisation.person("ada")] == "no username: description has no value")
        #expect(!(try lab.hq().changedAnything))
    }

    @Test func `a property that can't be kept is left out, and the user may be disabled`() throws {
        let lab = try SyncLab()
        try lab.sync()
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            replace: mail
            mail: \(String(repeating: "x", count: 400))@example.com
            -
            replace: pwdAccountLockedTime
            pwdAccountLockedTime: 000001010000Z
            """)
        let hq = try lab.hq()
        #expect((hq.rejected.count, hq.disabled, hq.missing) == (0, 1, 0))
        #expect(try lab.user("ada").record.mail == nil)
        #expect(
            hq.remarks == [
                "\(SampleOrganisation.person("ada")): left out, because mail has 412 octets, "
                    + "more than 320"
            ])
        #expect(try lab.user("ada").record.disabled == true)
        let again = try lab.hq()
        #expect((again.rejected.count, again.disabled, again.remarks) == (0, 0, []))
        #expect(!again.changedAnything)
    }

    @Test func `names of the world, quotes and query words are found as they are`() throws {
        let lab = try SyncLab()
        try lab.addPerson("o'brien", "displayName:: \(base64("Żółć \"NEAR(a)\" * Ærø 李小龍"))")
        try lab.sync()
        let search = try UserSearch(lab.store)
        for text in ["zołc", "Żółć", "NEAR", "ærø", "李小", "o'brien", "O'BRIEN", "brien near"] {
            #expect(try search.find(text, state: nil, limit: 5).users.count == 1, "\(text)")
        }
        for text in ["\"", "*", "NEAR(", "a AND", "-", "", "(", "x:y", "{}", "^", "\u{0}"] {
            _ = try search.find(text, state: nil, limit: 5)
        }
        #expect(try search.find("sample zz", state: nil, limit: 5).users.isEmpty)
        let found = try search.find("e", state: .active, limit: 2)
        #expect((found.users.count, found.isCut) == (2, true))
        #expect(try search.find("e", state: .locked, limit: 2).users.isEmpty)
        #expect(
            try search.find("10001", state: nil, limit: 5).users.map(\.record.username) == ["ben"])
    }

    @Test func `a user is found by whatever names her`() throws {
        let lab = try SyncLab()
        try lab.sync()
        let ada = try lab.user("ada")
        for text in [
            "ADA", "hq:ada", "Ada@Example.com", "10000", "id:\(ada.id)",
            "UID=Ada, ou=People,dc=example,dc=com", "hq:10000",
        ] {
            #expect(try lab.user(text).id == ada.id, "\(text)")
        }
        let lookup = try UserLookup(lab.store)
        for text in [
            "nobody", "lab:ada", "hq:", "ada*", "", "%", "10000 ", ada.id.description,
            "id:0\(ada.id)",
            "id:999",
        ] {
            #expect(try lookup.find(text).users.isEmpty, "\(text)")
        }
    }

    @Test func `a dry run says the same and writes nothing`() throws {
        let lab = try SyncLab()
        try lab.sync()
        try lab.server.delete(SampleOrganisation.person("ben"))
        try lab.addPerson("new")
        try lab.server.add(
            "dn: cn=zoe,ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: ada\ncn: zoe\nsn: z\n"
        )
        let changes = try lab.count("SELECT total_changes()")
        let rehearsal = try RehearsalStore(
            copying: lab.store, in: lab.folder.path,
            by: RunLock.Holder(pid: 1, login: "test", since: lab.now))
        let dry = try lab.sync(SyncOptions(isDryRun: true), into: rehearsal.store)
        let told = lab.changes
        #expect(dry.outcome == .planned)
        #expect(try lab.count("SELECT total_changes()") == changes)
        let real = try lab.sync()
        #expect(dry.directories.map(Self.figures) == real.directories.map(Self.figures))
        #expect(
            dry.directories.first?.json["changes"]?.array?.map { $0["outcome"] } == ["planned"])
        #expect(told == lab.changes)
        #expect(Set(told.map(\.kind)) == [.created, .missing, .rejected])
    }

    /// All but what became of each change.
    private static func figures(_ report: DirectoryReport) -> JSONValue? {
        guard case .object(var members) = report.json else { return nil }
        members["changes"] = nil
        return .object(members)
    }

    private func base64(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = Array(text.utf8)
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let value = (0..<3).reduce(0) { $0 << 8 | Int($1 < group.count ? group[$1] : 0) }
            for index in 0..<4 {
                let digit = alphabet[value >> (18 - 6 * index) & 63]
                result.append(index <= group.count ? digit : "=")
            }
        }
        return result
    }
}
