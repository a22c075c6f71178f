import Fixtures
import Ground
import Identity
import Testing

/// What keeps somebody in, or out, of Active Directory beside the groups and the bit that a lock changes.
@Suite struct SambaAccessTests {
    private let ada = SambaOrganisation.person("ada")
    private let everybody = "CN=Domain Users,CN=Users,\(SambaOrganisation.suffix)"
    private let vpn = SambaOrganisation.group("vpn-users")
    private let project = SambaOrganisation.group("project-1")
    private let elsewhere = "CN=tower,OU=left,\(SambaOrganisation.suffix)"

    /// Domain Users are in a role group, which is in another one and in one that is elsewhere.
    private func lab() throws -> SambaLab {
        let lab = try SambaLab()
        try lab.server.add("dn: \(elsewhere)\nobjectClass: group\ncn: tower\n")
        for (group, member) in [(vpn, everybody), (project, vpn), (elsewhere, vpn)] {
            try lab.server.modify(
                "dn: \(group)\nchangetype: modify\nadd: member\nmember: \(member)\n")
        }
        try lab.sync()
        return lab
    }

    private var told: [String] {
        let because =
            "held through the primary group of the account, \(everybody): no lock strips it"
        return [vpn, project, elsewhere].map { "group | \($0) | \(because)" }
    }

    @Test func `groups that are held through the primary group alone are told`() throws {
        let lab = try lab()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(lock.states(.removeFromGroup)[vpn] == "done")
        let remaining = lock.findings("remaining")
        for line in told { #expect(remaining.contains(line), "\(remaining)") }
        #expect(!remaining.contains { $0.contains("CN=staff") }, "\(remaining)")
        let groups = (try lab.json("test", "ada")["groups"]?.array ?? []).compactMap {
            $0["group"]?.string
        }
        for group in [everybody, vpn, project, elsewhere] {
            #expect(groups.contains(group), "\(groups)")
        }
    }

    @Test func `a retry tells them of a lock that the server did not see`() throws {
        let lab = try lab()
        lab.server.proxy.set(.cut)
        #expect(
            try lab.lock("ada", exit: 75).findings("remaining").allSatisfy { !told.contains($0) })
        lab.server.proxy.set(.none)
        let remaining = try lab.retry().first?.findings("remaining") ?? []
        for line in told { #expect(remaining.contains(line), "\(remaining)") }
        #expect(remaining.contains { $0.hasPrefix("group | \(everybody) | the primary group") })
    }

    @Test func `a role group that is the primary group is told, and no step tries to strip it`()
        throws
    {
        let lab = try SambaLab()
        let staff = SambaOrganisation.group("staff")
        let id = try #require(try lab.server.values("primaryGroupToken", of: staff).first)
        try lab.server.modify(
            "dn: \(ada)\nchangetype: modify\nreplace: primaryGroupID\nprimaryGroupID: \(id)\n")
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed", "\(lock.json.text)")
        #expect(lock.states(.removeFromGroup)[staff] == nil)
        #expect(
            lock.findings("remaining").contains(
                "group | \(staff) | the primary group of the account: no lock strips it"),
            "\(lock.json.text)")
    }

    @Test func `an account that has expired is told by show, status, test and the preview`() throws
    {
        let lab = try SambaLab()
        try lab.sync()
        let because = "has expired (2020-01-01T00:00:00Z)"
        #expect(try lab.json("test", "ada")["signIn"] == "yes")
        try lab.server.modify(
            "dn: \(ada)\nchangetype: modify\nreplace: accountExpires\n"
                + "accountExpires: 132223104000000000\n")
        #expect(!lab.binds("ada"))
        #expect(try lab.directory()["disabled"] == 0)
        let shown = try lab.show("ada")
        #expect(shown["state"] == "active")
        #expect(shown["account"]?["hindrances"] == [.string(because)], "\(shown.text)")
        let hindered = try lab.json("status")["hindered"]?.array ?? []
        #expect(hindered.map { $0["because"] } == [[.string(because)]])
        let test = try lab.json("test", "ada")
        #expect(test["account"]?["state"] == "hindered")
        #expect(test["account"]?["because"] == [.string(because)])
        #expect(test["signIn"] == "no", "\(test.text)")
        let preview = try lab.run("lock", "ada", "--reason", "left-organization", "--dry-run")
        #expect(preview.stdout.contains(because), "\(preview.stdout)")
        for never in ["0", "9223372036854775807"] {
            try lab.server.modify(
                "dn: \(ada)\nchangetype: modify\nreplace: accountExpires\naccountExpires: \(never)\n"
            )
            try lab.sync()
            #expect(try lab.json("test", "ada")["signIn"] == "yes")
            #expect(try lab.json("status")["hindered"] == [])
            #expect(lab.binds("ada"))
        }
    }
}
