import Fixtures
import Ground
import Store
import Testing

/// Killed at every place that a debug build names, it leaves all or nothing, and the next run ends it.
@Suite struct CrashMatrixTests {
    private static let lock = ["--reason", "left-organization", "--yes"]

    @Test(arguments: FailPoint.allCases)
    func `a lock that was killed there is a lock, whole and once, after the next run`(
        _ point: FailPoint
    ) throws {
        let lab = try Self.lab()
        var rows: [String] = []
        for count in 1... {
            let name = SampleOrganisation.username(count)
            let end = try lab.start(["lock", name] + Self.lock, failAt: "\(point):\(count)").wait()
            guard end.exitCode == 137 else {
                #expect(end.exitCode == 0, "\(end.stderr)")
                break
            }
            let begun = try lab.show(name)
            let isLocked = begun["lock"]?.isNull == false
            try expectAllOrNothing(begun, isLocked: isLocked)
            let way = count.isMultiple(of: 2) ? "retry" : "sync"
            try lab.succeed(way)
            if !isLocked {
                #expect(lab.binds(name), "\(name)")
                try lab.lock(name)
            }
            try expectOneLock(of: name, lab, as: isLocked ? begun["lock"] : nil)
            rows.append(isLocked ? "locked here; the next \(way) ends it" : "nothing; lock again")
        }
        #expect(!rows.isEmpty)
        Self.show(rows, "lock", point)
        try lab.verifyAudit()
        #expect(try lab.retry().isEmpty)
        try lab.succeed("sync", "--check")
    }

    @Test(arguments: FailPoint.allCases)
    func `an unlock that was killed there gives everything back after the next run`(
        _ point: FailPoint
    ) throws {
        let lab = try Self.lab()
        var rows: [String] = []
        let unlock = ["--reason", "cleared", "--yes", "--restore-roles"]
        for count in 1... {
            let name = SampleOrganisation.username(count)
            let groups = try lab.groups(of: LockLab.person(name))
            try lab.lock(name)
            let end = try lab.start(["unlock", name] + unlock, failAt: "\(point):\(count)").wait()
            guard end.exitCode == 137 else {
                #expect(end.exitCode == 0, "\(end.stderr)")
                break
            }
            let isBegun = try lab.show(name)["state"] == "active"
            let way = count.isMultiple(of: 2) ? "retry" : "sync"
            try lab.succeed(way)
            if !isBegun {
                #expect(!lab.binds(name), "\(name)")
                try lab.succeed("unlock", name, "--reason", "cleared", "--yes", "--restore-roles")
            }
            #expect(lab.binds(name), "\(name)")
            #expect(try lab.groups(of: LockLab.person(name)) == groups)
            #expect(try lab.show(name)["state"] == "active")
            rows.append(isBegun ? "open here; the next \(way) ends it" : "nothing; unlock again")
        }
        #expect(!rows.isEmpty)
        Self.show(rows, "unlock", point)
        try lab.verifyAudit()
        #expect(try lab.retry().isEmpty)
    }

    /// A hundred people, a card and a requested one each.
    private static func lab() throws -> LockLab {
        let people = 100
        let lab = try LockLab { options in
            options.data = SampleOrganisation(people: people, groups: 8).ldif
        }
        try lab.sync()
        var lines = ["user,kind,serial,state,certificate"]
        for index in 0..<people {
            let name = SampleOrganisation.username(index)
            lines += ["\(name),card,C\(index),active,", "\(name),mobileID,M\(index),requested,"]
        }
        try lab.folder.write(lines.joined(separator: "\n") + "\n", to: "cards.csv")
        try lab.succeed("credential", "import", lab.folder.file("cards.csv"))
        return lab
    }

    private func expectAllOrNothing(_ shown: JSONValue, isLocked: Bool) throws {
        let states = (shown["credentials"]?.array ?? []).compactMap { $0["state"]?.string }
        #expect(Set(states) == (isLocked ? ["locked", "aborted"] : ["active", "requested"]))
        #expect(shown["state"] == (isLocked ? "locked" : "active"))
        #expect(shown["roles"]?.array?.isEmpty == isLocked)
    }

    /// Disabled and stripped, by one process with one trail, at the time that it was begun.
    private func expectOneLock(of name: String, _ lab: LockLab, as begun: JSONValue?) throws {
        let dn = LockLab.person(name)
        #expect(try lab.isLocked(dn), "\(name)")
        #expect(try lab.groups(of: dn).isEmpty, "\(name)")
        let shown = try lab.show(name)
        try expectAllOrNothing(shown, isLocked: true)
        #expect(shown["pending"]?.array?.isEmpty == true)
        if let begun { #expect(shown["lock"] == begun) }
        let trail = try lab.json("audit", "--user", name).array ?? []
        let events = trail.compactMap { $0["event"]?.string }
        #expect(events.filter { $0 == "lock" }.count == 1, "\(events)")
        #expect(events.filter { $0 == "lock completed" }.count == 1, "\(events)")
        #expect(Set(trail.compactMap { $0["process"]?.int }).count == 1)
    }

    /// One line a stretch of equal outcomes.
    private static func show(_ rows: [String], _ what: String, _ point: FailPoint) {
        var first = 0
        for index in rows.indices {
            let isLast = index + 1 == rows.count
            func kind(_ row: String) -> String { String(row.prefix { $0 != ";" }) }
            guard isLast || kind(rows[index + 1]) != kind(rows[index]) else { continue }
            let outcomes = Set(rows[first...index]).sorted().joined(separator: " / ")
            print("crash matrix | \(what) | \(point) \(first + 1)–\(index + 1) | \(outcomes)")
            first = index + 1
        }
    }
}
