import Identity
import Store
import Testing

@testable import Engine

/// What passes counted, added up.
@Suite struct DirectoryCountsTests {
    /// Of every figure something.
    private static var example: DirectoryCounts {
        var counts = DirectoryCounts()
        counts.read = 1
        counts.created = 2
        counts.updated = 3
        counts.renamed = 4
        counts.unchanged = 5
        counts.missing = 6
        counts.disabled = 7
        counts.reenabled = 8
        counts.locked = 9
        counts.deactivated = 10
        counts.reactivated = 11
        counts.drift = 12
        counts.roles = RoleChanges.Counts(granted: 13, withdrawn: 14)
        counts.foreignMembers = 15
        counts.groups = 16
        counts.changedGroups = 17
        counts.rejectionsChanged = true
        counts.changes = 18
        counts.made = [
            MadeChange(
                missing: AuditEvent.Subject(
                    id: UserID(rawValue: 19), username: "ada", dn: "uid=ada,dc=example,dc=com"),
                isDryRun: false)
        ]
        counts.notes = ["a note"]
        counts.noteLeftOut("left out")
        counts.isUnfinished = true
        counts.hasTooManyRejected = true
        counts.unmarked = [UserID(rawValue: 20)]
        counts.withheldGroups = [
            GroupChange(group: GroupID(rawValue: 21), dn: "cn=vpn", kind: .gone)
        ]
        counts.limits = ["a limit"]
        return counts
    }

    private static func figures(_ counts: DirectoryCounts) -> [String: String] {
        var figures: [String: String] = [:]
        for child in Mirror(reflecting: counts).children {
            figures[child.label ?? ""] = "\(child.value)"
        }
        return figures
    }

    @Test func `every figure is added`() {
        let (none, example) = (Self.figures(DirectoryCounts()), Self.figures(Self.example))
        for (name, value) in example {
            #expect(value != none[name], "the example says nothing of \(name)")
        }
        var sum = DirectoryCounts()
        sum += Self.example
        #expect(Self.figures(sum) == example)
        sum += Self.example
        for (name, value) in Self.figures(sum) where value != "true" {
            #expect(value != example[name], "\(name) is not added")
        }
        #expect((sum.read, sum.drift, sum.roles.withdrawn) == (2, 24, 28))
    }

    @Test func `of what was left out the first are shown, and the others counted`() {
        var part = DirectoryCounts()
        for number in 1...15 { part.noteLeftOut("left out \(number)") }
        var sum = DirectoryCounts()
        sum += part
        sum += part
        #expect(sum.remarks.count == 21)
        #expect(sum.remarks.last == "and of 10 more entries something was left out")
    }

    @Test func `a limit is told once, however many passes come upon it`() {
        var part = DirectoryCounts()
        part.limits = ["hq: too many.", "hq: too many."]
        var report = DirectoryReport(name: "hq")
        report.add(part)
        report.add(part)
        #expect(report.error?.message == "hq: too many.")
        part.limits = ["hq: others."]
        report.add(part)
        #expect(report.error?.message == "hq: too many. hq: others.")
    }

    @Test func `a limit goes before what ended the read, and both are told`() {
        var part = DirectoryCounts()
        part.limits = ["hq: too many."]
        var report = DirectoryReport(name: "hq")
        report.add(part)
        report.fail(51, "hq: busy.")
        report.fail(81, "hq: gone.")
        #expect(report.isStopped && !report.isReadToTheEnd)
        #expect(report.error?.code == 11)
        #expect(report.error?.message == "hq: too many. hq: busy.")
    }

    @Test func `a read that begins again counts its entries anew, and what was stored once`() {
        var report = DirectoryReport(name: "hq")
        report.add(Self.example)
        report.beginAgain(because: "begun again")
        #expect((report.read, report.unchanged, report.groups) == (0, 0, 0))
        #expect((report.created, report.renamed, report.roles.granted) == (2, 4, 13))
        #expect(report.unmarked.isEmpty && report.withheldGroups.isEmpty && !report.isStopped)
        #expect(report.notes == ["a note", "begun again"])
    }
}
