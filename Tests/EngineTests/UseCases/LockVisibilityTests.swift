import Fixtures
import Identity
import Testing

/// What the bind DN may write and not read is never claimed.
@Suite struct LockVisibilityTests {
    private let ada = LockLab.person("ada")

    @Test func `a lock value that can't be read is not called disabled`() throws {
        let lab = try LockLab {
            $0.access.insert(
                "to attrs=pwdAccountLockedTime,pwdEndTime by dn.exact=\"\(Slapd.serviceDN)\" =w"
                    + " by * none", at: 0)
        }
        try lab.sync()
        let lock = try lab.lock("ada", exit: 75)
        #expect((lock.outcome, lock.enforced) == ("partial", nil))
        #expect(lock.states(.disableEntry)[ada] != "done")
        #expect(!lab.binds("ada"))
    }

    @Test func `a reason attribute that can't be read is not called written`() throws {
        let lab = try LockLab {
            $0.access.insert(
                "to attrs=employeeType by dn.exact=\"\(Slapd.serviceDN)\" =w by * none", at: 0)
        }
        try lab.sync()
        let lock = try lab.lock("ada", exit: 75)
        #expect((lock.outcome, lock.enforced) == ("partial", "written"))
        #expect(lock.states(.writeReason)[ada] != "done")
    }

    @Test func `members that are hidden since are not called stripped`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to attrs=member by dn.exact=\"\(Slapd.serviceDN)\" =w"
                + " by * none")
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.outcome == "partial")
        #expect(lock.states(.removeFromGroup).count == 3)
        #expect(!lock.states(.removeFromGroup).values.contains("done"))
        try lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(try lab.groups(of: ada).isEmpty)
    }

    @Test func `with ids hidden nothing is written and nothing is called gone`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to attrs=entryUUID by * none")
        let lock = try lab.lock("ada", exit: 75)
        #expect((lock.outcome, lock.enforced) == ("partial", nil))
        #expect(lock.states(.disableEntry) == [ada: "failed"])
        #expect(lab.binds("ada"))
        try lab.reconfigure("delete: olcAccess\nolcAccess: {0}")
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(!lab.binds("ada"))
    }

    @Test func `an entry that is hidden is not called disabled`() throws {
        let lab = try LockLab()
        try lab.sync()
        try lab.reconfigure(
            "add: olcAccess\nolcAccess: {0}to dn.exact=\"\(ada)\" by dn.exact=\"\(Slapd.serviceDN)\""
                + " none by * read")
        let lock = try lab.lock("ada")
        #expect(lock.enforced == nil)
        #expect(
            lock.findings("remaining").contains(
                "entry | \(ada) | deleted or hidden: it could not be seen disabled"))
    }

    @Test func `the only user's deleted entry is done once a group proves that ids are found`()
        throws
    {
        let lab = try LockLab { $0.data = SampleOrganisation(people: 1, groups: 2).ldif }
        try lab.sync()
        try lab.server.delete(ada)
        let lock = try lab.lock("ada")
        #expect((lock.outcome, lock.enforced) == ("completed", nil))
        #expect(try lab.groups(of: ada).isEmpty)
    }
}
