import Engine
import Fixtures
import Ground
import Identity
import LDAP
import Store
import Testing

/// What depends on the time, with a clock of the test's own.
@Suite struct DecisionClockTests {
    private let day: Int64 = 24 * 60 * 60

    private func lab(_ more: String) throws -> SyncLab {
        let lab = try SyncLab { $0.access = DecideLab.access }
        lab.more = more
        return lab
    }

    private func leave(_ name: String, _ lab: SyncLab) throws {
        try lab.server.modify(
            "dn: \(SampleOrganisation.person(name))\nchangetype: modify\n"
                + "replace: employeeType\nemployeeType: left\n")
    }

    @Test func `a clock earlier than the newest audit event withholds every state change`() throws {
        let lab = try lab("missing: {then: lock, reason: left-organization, after: 0s}")
        try lab.sync()
        try leave("ada", lab)
        try lab.server.delete(SampleOrganisation.person("ben"))
        lab.now = lab.now.advanced(by: -1)
        for dry in [true, false] {
            let run = try lab.sync(SyncOptions(isDryRun: dry))
            #expect((run.isClockEarly, run.exitCode) == (true, 75))
            #expect(run.directories.first?.locked == 0)
        }
        #expect(try lab.user("ada").state == .active)
        #expect(try lab.user("ben").missingSince == nil)
        lab.now = lab.now.advanced(by: 1)
        #expect(try lab.hq().locked == 2)
    }

    @Test func `after an adoption the times of a clock that was ahead hold nothing up`() throws {
        let lab = try lab(
            "missing: {then: lock, reason: left-organization, after: 1h}\n"
                + "    limits: {locks: 1, missing: 1}")
        try lab.sync()
        let right = lab.now
        lab.now = right.advanced(by: 3_650 * day)
        try leave("ada", lab)
        try lab.server.delete(SampleOrganisation.person("ben"))
        let ahead = try lab.hq()
        #expect((ahead.locked, ahead.missing) == (1, 1))
        lab.now = right.advanced(by: 60)
        try leave("cleo", lab)
        #expect(try lab.sync().isClockEarly)
        let lines = StoreInspection.lines(lab.store, now: lab.now).map(\.verdict.message)
        #expect(
            lines.contains(
                "the clock is earlier than the newest audit event, of 2037-01-12T08:00:00Z: no sync "
                    + "changes anybody's state. Set the clock. When it is right, and was ahead before, "
                    + "run `lockstep store adopt --because TEXT`."), "\(lines)")

        _ = try lab.store.adopt(
            because: "the clock was ahead",
            by: Operator(login: "ada", host: "test", terminal: nil), at: lab.now)
        let run = try lab.sync()
        #expect((run.isClockEarly, run.exitCode) == (false, 0))
        #expect(run.directories.first?.locked == 1)
        #expect(try lab.user("cleo").state == .locked)
        #expect(try lab.user("ben").state == .active)
        lab.now = lab.now.advanced(by: 3_600)
        #expect(try lab.hq().locked == 1)
        #expect(try lab.user("ben").state == .locked)
    }

    @Test func `what was locked a day ago counts no more`() throws {
        let lab = try lab("limits: {locks: 1}")
        try lab.sync()
        try leave("ada", lab)
        #expect(try lab.hq().locked == 1)
        try leave("ben", lab)
        lab.now = lab.now.advanced(by: day - 1)
        #expect(try lab.sync().exitCode == 11)
        lab.now = lab.now.advanced(by: 1)
        #expect(try lab.hq().locked == 1)
    }

    @Test func `a missing user is locked when her time has passed`() throws {
        let lab = try lab("missing: {then: lock, reason: left-organization, after: 24h}")
        try lab.sync()
        try lab.server.delete(SampleOrganisation.person("ben"))
        #expect(try lab.hq().missing == 1)
        lab.now = lab.now.advanced(by: day - 1)
        #expect(try lab.hq().locked == 0)
        lab.now = lab.now.advanced(by: 1)
        #expect(try lab.hq().locked == 1)
        #expect(try lab.user("ben").state == .locked)
        #expect(try lab.sync().changedAnything == false)
    }

    @Test func `who comes back late is active again, who comes in time stays so`() throws {
        let lab = try lab("missing: {then: deactivate, after: 24h}")
        lab.users = "filter: (&(objectClass=inetOrgPerson)(!(title=hidden)))"
        try lab.sync()
        for (name, wait) in [("ben", day - 1), ("cleo", day)] {
            try title(name, "hidden", lab)
            try lab.sync()
            lab.now = lab.now.advanced(by: wait)
            try lab.sync()
            #expect(try lab.user(name).state == (wait < day ? .active : .inactive))
            try title(name, "Tester", lab)
            #expect(try lab.hq().reactivated == (wait < day ? 0 : 1))
            #expect(try lab.user(name).state == .active)
            lab.now = lab.now.advanced(by: day)
        }
        #expect(try lab.sync().changedAnything == false)
    }

    private func title(_ name: String, _ title: String, _ lab: SyncLab) throws {
        try lab.server.modify(
            "dn: \(SampleOrganisation.person(name))\nchangetype: modify\n"
                + "replace: title\ntitle: \(title)\n")
    }
}
