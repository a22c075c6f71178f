import Fixtures
import Ground
import Identity
import Testing

/// Role groups that vanish or hide their members, more of them than `limits.groups`; entries that can't
/// be users, more of them than `limits.rejected`.
@Suite struct GroupLimitTests {
    private let suffix = SampleOrganisation.suffix

    private func roles(_ lab: DecideLab, of user: String) throws -> [String] {
        (try lab.lab.show(user)["roles"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    private func hide(_ what: String, _ lab: DecideLab) throws {
        try lab.lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to \(what) by dn.exact=\"\(Slapd.serviceDN)\" none"
                + " by * read")
    }

    private func show(_ lab: DecideLab) throws {
        try lab.lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
    }

    @Test(arguments: [[], ["--full"]])
    func `more groups gone than the limit, and no role is withdrawn before the release`(
        mode: [String]
    ) throws {
        let lab = try DecideLab("limits: {groups: 1}") { $0.syncProvider = .sessionLog(100) }
        try lab.sync()
        for name in ["project-1", "project-2"] {
            try lab.lab.server.delete(LockLab.group(name))
        }
        let run =
            try mode.isEmpty ? lab.sync(exit: 11) : lab.sync("--full", exit: 11)
        #expect(run.outcome == "stopped")
        #expect(
            run.error
                == "hq: 2 role groups are gone or show no member, more than limits.groups allows "
                + "(1): no role is withdrawn.")
        let plan = try #require(run.plan)
        #expect(try roles(lab, of: "ada") == ["project-2", "staff", "vpn-users"])
        #expect(try lab.sync(exit: 11).plan == plan)
        let text = try lab.lab.run("sync", "--dry-run").stdout
        #expect(
            text.contains(
                "  withdraw the role of \(LockLab.group("project-2")): the group is gone\n"),
            "\(text)")
        let status = try lab.lab.json("status")["plans"]?.array
        #expect(status?.first?["groups"] == 2)
        #expect(try lab.sync("--release", plan).outcome == "completed")
        #expect(try roles(lab, of: "ada") == ["staff", "vpn-users"])
        #expect(try lab.sync().outcome == "completed")
        #expect(try lab.sync("--release", plan, exit: 65).message?.contains("already") == true)
    }

    @Test func `one by one within a day they count together`() throws {
        let lab = try DecideLab("limits: {groups: 1}")
        try lab.sync()
        try lab.lab.server.delete(LockLab.group("project-1"))
        try lab.sync()
        try lab.lab.server.delete(LockLab.group("project-2"))
        let run = try lab.sync(exit: 11)
        #expect(
            run.error
                == "hq: 1 role group is gone or shows no member, beside 1 of the last 24 hours, "
                + "more than limits.groups allows (1): no role is withdrawn.")
        #expect(try roles(lab, of: "ada").contains("project-2"))
    }

    @Test
    func `an access rule over the groups withdraws nothing, and is over when they are seen again`()
        throws
    {
        let lab = try DecideLab("limits: {groups: 1}")
        try lab.sync()
        try hide("dn.regex=\"cn=project-.*,ou=groups,\(suffix)\"", lab)
        let plan = try #require(try lab.sync("--full", exit: 11).plan)
        #expect(try roles(lab, of: "ada").contains("project-2"))
        try show(lab)
        let refused = try lab.sync("--release", plan, exit: 65)
        #expect(refused.message?.contains("no longer so that the group is gone") == true)
        #expect(try lab.sync().outcome == "completed")
    }

    @Test func `where no group at all is read nothing is withdrawn, whatever the limit`() throws {
        let lab = try DecideLab("limits: {groups: 100%}")
        try lab.sync()
        try hide("filter=(objectClass=groupOfNames)", lab)
        let run = try lab.sync("--full", exit: 11)
        #expect(
            run.error
                == "hq: the read found no role group at all where the store has 4: no role is withdrawn. "
                + "Check roles.base, roles.filter and what the bind DN may read.")
        #expect(try roles(lab, of: "ada").count == 3)
    }

    @Test func `groups that hide their members count, once, and again when that was over`() throws {
        let lab = try DecideLab("limits: {groups: 1}")
        try lab.sync()
        try hide("attrs=member", lab)
        let run = try lab.sync("--full", exit: 11)
        #expect(
            run.error?.hasPrefix("hq: 4 role groups are gone or show no member, ") == true)
        let plan = try #require(run.plan)
        // Whatever is read next, they are looked at again.
        #expect(try lab.sync(exit: 11).plan == plan)
        #expect(try lab.sync("--release", plan).outcome == "completed")
        #expect(try roles(lab, of: "ada").count == 3)
        #expect(try lab.sync("--full").outcome == "completed")
        try show(lab)
        #expect(try lab.sync("--full").outcome == "completed")
        try hide("attrs=member", lab)
        try lab.sync("--full", exit: 11)
    }

    @Test func `more rejected entries than the limit leave a run unfinished until they are well`()
        throws
    {
        let lab = try DecideLab("limits: {rejected: 1}")
        try lab.sync()
        let unit = "ou=people,\(suffix)"
        for letter in ["x", "y"] {
            try lab.lab.addPerson(
                String(repeating: letter, count: 300), at: "cn=\(letter),\(unit)", "cn: \(letter)")
        }
        let run = try lab.sync(exit: 75)
        #expect(run.outcome == "partial")
        #expect(
            run.stderr.contains(
                "2 of the entries can't be users, more than limits.rejected allows (1)"),
            "\(run.stderr)")
        try lab.sync(exit: 75)
        let attention = try lab.lab.json("status")["attention"]?.array ?? []
        #expect(attention.contains { $0["kind"] == "rejected" && $0["target"] == "hq" })
        try lab.lab.server.delete("cn=x,\(unit)")
        #expect(try lab.sync().outcome == "completed")
    }

    @Test func `everybody rejected is no success, whatever the limit`() throws {
        let lab = try DecideLab("limits: {rejected: 100%}") {
            $0.access.insert(
                "to attrs=uid by dn.exact=\"\(Slapd.serviceDN)\" none by * read", at: 0)
        }
        let run = try lab.sync(exit: 75)
        #expect((run.rejected.count, run.outcome) == (12, "partial"))
        try lab.sync(exit: 75)
    }
}
