import Fixtures
import Ground
import Testing

/// `find` without a text, and `status --check`: what monitoring asks.
struct CommandFindTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
        try lab.run("lock", "ada", "--reason", "misuse", "--yes").succeeded(at: "lock")
    }

    @Test func `find without a text lists everybody in a state`() throws {
        let locked = try lab.json("find", "--state", "locked").array ?? []
        #expect(locked.map { $0["username"] } == ["ada"])
        let active = try lab.json("find", "--state", "active").array ?? []
        #expect(active.count == 11)
        #expect(!active.contains { $0["username"] == "ada" })
        let some = try lab.run("find", "--state", "active", "--limit", "3", "--json")
        #expect(JSONValue(parsing: some.output)?.array?.count == 3)
        #expect(some.stderr.contains("more users match; --limit shows more than 3"))
    }

    @Test func `find without text and state is told what is missing`() throws {
        let finished = try lab.run("find")
        #expect(finished.exitCode == 64)
        #expect(finished.stdout == "")
        #expect(finished.stderr.contains("TEXT or --state is missing."))
    }

    @Test func `the serial of a card or of a certificate finds its holder`() throws {
        try lab.run("credential", "add", "ben", "--kind", "card", "--serial", "Card-77")
            .succeeded(at: "credential add")
        for typed in ["Card-77"] {
            #expect(try lab.json("find", typed).array?.map { $0["username"] } == ["ben"])
        }
        #expect(try lab.json("find", "Card-7").array == [])
        try lab.folder.write(SampleCertificate.pem, to: "ben.pem")
        try lab.run("certificate", "import", "ben.pem", "--credential", "Card-77")
            .succeeded(at: "certificate import")
        let serial = try #require(lab.json("certificates", "ben")[0]?["serial"]?.string)
        let pairs = stride(from: 0, to: serial.count, by: 2).map { place in
            String(serial.dropFirst(place).prefix(2)).lowercased()
        }
        for typed in [serial, serial.lowercased(), pairs.joined(separator: ":")] {
            #expect(
                try lab.json("find", typed).array?.map { $0["username"] } == ["ben"], "\(typed)")
        }
    }

    @Test func `status says by its exit code whether anything needs a person`() throws {
        #expect(try lab.run("status", "--check").exitCode == 0)
        try lab.server.stop()
        try lab.run("sync")
        #expect(try lab.run("status").exitCode == 0)
        let needed = try lab.run("status", "--check", "--json")
        #expect(needed.exitCode == 1)
        #expect(JSONValue(parsing: needed.output)?["attention"]?.array?.isEmpty == false)
    }
}
