import Fixtures
import Ground
import Testing

/// What `check` says of Active Directory's own accounts, as Samba has them.
@Suite struct SambaCheckTests {
    /// What is said of the users, a sentence each, unless all is well.
    private func warnings(_ lab: SambaLab) throws -> [String] {
        let end = try lab.run("--json", "check")
        let lines = try #require(JSONValue(parsing: end.stdout)?.array, "\(end.stderr)")
        return lines.filter { $0["check"] == "users" && $0["state"] != "ok" }
            .compactMap { $0["message"]?.string }
    }

    /// The one that tells of the server's own accounts and of computers.
    private func strangers(_ lab: SambaLab) throws -> String? {
        try warnings(lab).first { $0.contains("no person's") }
    }

    @Test func `the domain's root as base finds computers, krbtgt and Administrator, and says so`()
        throws
    {
        let lab = try SambaLab()
        #expect(try warnings(lab) == [])
        lab.usersBase = SambaOrganisation.suffix
        lab.usersFilter = "(objectClass=user)"
        try lab.configure()
        let all = try #require(try strangers(lab))
        #expect(all.hasPrefix("users.filter (objectClass=user) matches too much: "), "\(all)")
        #expect(
            all.hasSuffix(". Narrow users.filter or users.base, or name them under protect."),
            "\(all)")
        // Administrator, Guest, krbtgt, and the domain controller itself.
        #expect(all.split(separator: " ").compactMap { Int($0) }.first ?? 0 >= 4, "\(all)")

        // Those of the server's own are people by their class; Samba has one more, for its DNS.
        lab.usersFilter = "(&(objectCategory=person)(objectClass=user))"
        try lab.configure()
        let own = try #require(try strangers(lab))
        #expect(own.contains(" accounts that are no person's, such as "), "\(own)")

        lab.usersFilter =
            "(&(objectCategory=person)(objectClass=user)(!(isCriticalSystemObject=TRUE)))"
        try lab.configure()
        #expect(try strangers(lab) == nil)
    }
}
