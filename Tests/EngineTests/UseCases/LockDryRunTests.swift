import Fixtures
import Identity
import Testing

@Suite struct LockDryRunTests {
    private let ada = LockLab.person("ada")
    private let lockAda = ["lock", "ada", "--reason", "left-organization"]

    @Test func `a dry run writes nothing anywhere`() throws {
        let lab = try LockLab()
        try lab.sync()
        let entry = try lab.server.entry(ada)
        let before = try (lab.show("ada"), lab.audit())
        let plan = LockAnswer(
            json: try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run"))
        #expect((plan.outcome, plan.process, plan.enforced) == ("planned", nil, nil))
        #expect(!plan.steps.isEmpty)
        #expect(plan.steps.allSatisfy { $0.hasSuffix(" planned") })
        #expect(try lab.server.entry(ada) == entry)
        #expect(try lab.show("ada") == before.0)
        #expect(try lab.audit() == before.1)
        #expect(lab.binds("ada"))
    }

    @Test func `the steps of the dry run are those of the lock`() throws {
        let lab = try LockLab()
        try lab.sync()
        let plan = LockAnswer(
            json: try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run"))
        let lock = try lab.lock("ada")
        #expect(
            plan.steps.map { $0.replacing(" planned", with: " done") } == lock.steps)
        #expect(plan.findings("unchanged") == lock.findings("unchanged"))
        #expect(plan.findings("remaining") == lock.findings("remaining"))
    }

    @Test func `the LDIF does to a twin what the lock does`() throws {
        let groups = """
            dn: \(LockLab.group("unique"))
            objectClass: groupOfUniqueNames
            cn: unique
            uniqueMember: \(ada)#'0101'B

            dn: \(LockLab.group("posix"))
            objectClass: posixGroup
            cn: posix
            gidNumber: 7
            memberUid: ada
            memberUid: ben

            """
        let lab = try LockLab()
        let twin = try LockLab()
        for each in [lab, twin] { try each.server.add(groups) }
        try lab.sync()
        let ldif = try lab.run(
            "lock", "ada", "--reason", "left-organization", "--dry-run", "--ldif")
        #expect(ldif.exitCode == 0, "\(ldif.stderr)")
        try twin.server.modify(ldif.stdout)
        try lab.lock("ada")
        let names = ["staff", "vpn-users", "project-1", "project-2", "unique", "posix"]
        for dn in [ada] + names.map({ LockLab.group($0) }) {
            let attributes = ["*", "pwdAccountLockedTime"]
            #expect(
                try twin.server.entry(dn, attributes: attributes)
                    == lab.server.entry(dn, attributes: attributes), "\(ldif.stdout)")
        }
        #expect(try twin.isLocked(ada))
    }

    @Test func `the LDIF names an entry as it is called now`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.rename(ada, to: "uid=ada", below: "ou=left,dc=example,dc=com")
        let moved = "uid=ada,ou=left,dc=example,dc=com"
        let dry = ["lock", "ada", "--reason", "left-organization", "--dry-run"]
        let ldif = try lab.start(dry + ["--ldif"]).wait().stdout
        #expect(ldif.contains("dn: \(moved)\n"), "\(ldif)")
        #expect(!ldif.contains(ada), "\(ldif)")
        let plan = LockAnswer(json: try lab.json(as: "root", dry))
        #expect(plan.states(.disableEntry).map(\.key) == [moved])
    }

    @Test func `of an entry that is gone the LDIF says nothing, and strips its groups`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.server.delete(ada)
        let ldif = try lab.start(lockAda + ["--dry-run", "--ldif"]).wait().stdout
        #expect(!ldif.contains("dn: \(ada)\n"), "\(ldif)")
        #expect(ldif.contains("dn: \(LockLab.group("staff"))\n"), "\(ldif)")
        try lab.server.modify(ldif)
        #expect(try lab.groups(of: ada).isEmpty)
    }

    @Test(arguments: ["deleteGroup", "fail"])
    func `the LDIF does to a group's last member what the policy says`(_ policy: String) throws {
        let lab = try LockLab()
        lab.configuration.lastMember = "{policy: \(policy)}"
        try lab.configure()
        try lab.sync()
        let ldif = try lab.start(lockAda + ["--dry-run", "--ldif"]).wait().stdout
        let vpn = LockLab.group("vpn-users")
        #expect(
            ldif.contains("dn: \(vpn)\nchangetype: delete\n") == (policy == "deleteGroup"),
            "\(ldif)")
        #expect(!ldif.contains("dn: \(vpn)\nchangetype: modify\n"), "\(ldif)")
        try lab.server.modify(ldif)
        #expect(try lab.isLocked(ada))
    }

    @Test func `what stands there already is not in the LDIF`() throws {
        let lab = try LockLab()
        try lab.change(ada, "replace: employeeType\nemployeeType: left")
        try lab.sync()
        let ldif = try lab.start(lockAda + ["--dry-run", "--ldif"]).wait().stdout
        #expect(!ldif.contains("employeeType"), "\(ldif)")
        #expect(ldif.contains("replace: description\n"), "\(ldif)")
    }

    @Test(arguments: [("root", Int32(74)), ("bin", 0)])
    func `no caller says where a dry run's copy of the store lies`(
        login: String, exit: Int32
    ) throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.addPerson("newcomer")
        let end = try ChildProcess.run(
            Products.lockstep(),
            [
                "--config", lab.folder.file("lockstep.yaml"), "lock", "newcomer", "--reason",
                "left-organization", "--dry-run",
            ], environment: ["SUDO_USER": login, "TMPDIR": lab.folder.file("nowhere")])
        #expect(end.exitCode == exit, "\(end.stderr)")
    }

    @Test func `LDIF goes with a dry run alone`() throws {
        let lab = try LockLab()
        try lab.sync()
        let end = try lab.run("lock", "ada", "--reason", "left-organization", "--yes", "--ldif")
        #expect((end.exitCode, end.stdout) == (64, ""))
        #expect(lab.binds("ada"))
    }

    @Test func `a dry run with the directory down says so`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.cut)
        let plan = LockAnswer(
            json: try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run"))
        #expect(plan.outcome == "planned")
        #expect(plan.states(.removeFromGroup).count == 3)
        let text = try lab.run("lock", "ada", "--reason", "left-organization", "--dry-run")
        #expect(
            text.stdout.contains("The plan is made from the last sync; the retry reads afresh."))
        #expect(text.stdout.contains("pwdAccountLockedTime: 000001010000Z, pwdEndTime: "))
    }
}
