import Fixtures
import Ground
import Testing

/// `--verbose` shows what is asked of the directory, so that it can be asked again by hand.
struct RequestLogTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab { $0.syncProvider = .sessionLog(100) }
        try lab.run("sync").succeeded(at: "sync")
    }

    /// The lines that a shell could run, as they are said.
    private func searches(_ said: String) -> [String] {
        said.split(separator: "\n").map(String.init).filter { $0.contains("ldapsearch -LLL ") }
    }

    @Test func `each search is a command line that a shell takes, without the password`() throws {
        let said = try lab.run("--verbose", "sync", "--full").stderr
        #expect(!said.contains(Slapd.servicePassword))
        let searches = searches(said)
        #expect(!searches.isEmpty)
        let users = try #require(searches.first { $0.contains("(objectClass=inetOrgPerson)") })
        // The password is asked for: here it is given.
        let typed = users.replacing(" -W ", with: " -w \(Slapd.servicePassword) ")
        let found = try ChildProcess.run("/bin/sh", ["-c", typed]).succeeded(at: "ldapsearch")
        #expect(found.stdout.ranges(of: "\ndn: uid=").count >= 11, "\(typed)\n\(found.stdout)")
        for line in searches where !line.contains("sync=") {
            let typed = line.replacing(" -W ", with: " -w \(Slapd.servicePassword) ")
            let code = try ChildProcess.run("/bin/sh", ["-c", typed]).exitCode
            // Each is understood; some look for what is not there, or must not be seen.
            #expect([0, 32, 50].contains(code), "\(line)")
        }
    }

    @Test func `each change is LDIF that ldapmodify takes`() throws {
        let said = try lab.run("lock", "ada", "--reason", "left-organization", "--yes", "--verbose")
            .stderr
        #expect(said.contains("\ndn: \(SampleOrganisation.person("ada"))\nchangetype: modify\n"))
        let start = try #require(said.firstRange(of: "changetype: modify\nreplace: employeeType"))
        let record = said[..<start.lowerBound].split(separator: "\n").last.map(String.init) ?? ""
        #expect(record == "dn: \(SampleOrganisation.person("ada"))")
        try lab.run("unlock", "ada", "--yes").succeeded(at: "unlock")
        try lab.server.modify(
            "\(record)\nchangetype: modify\nreplace: employeeType\nemployeeType: left\n-\n")
    }

    @Test func `to a program they are fields, and without --verbose nothing is said`() throws {
        let said = try lab.run("--verbose", "--log-format", "json", "sync").stderr
        let lines = said.split(separator: "\n").compactMap { JSONValue(parsing: Array($0.utf8)) }
        #expect(lines.contains { $0["fields"]?["ldapsearch"]?.string != nil }, "\(said)")
        #expect(try lab.run("sync").stderr == "")
    }
}
