import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import Testing

/// Receivers hear of what is done, whatever becomes of them and of the directory.
@Suite struct ReceiverTests {
    private let receiver: ReceiverLab
    private var lab: LockLab { receiver.lab }

    init() throws {
        receiver = try ReceiverLab()
    }

    private func notified(_ answer: LockAnswer) -> String? { answer.states(.notify)["doors"] }

    @Test func `a lock waits for its receivers, and shows them`() throws {
        let plan = try lab.run("lock", "ada", "--reason", "misuse", "--dry-run")
        #expect(
            plan.stdout.contains("\nReceivers\n  notify  doors  \(receiver.program)\n"),
            "\(plan.stdout)")
        #expect(try receiver.heard().isEmpty)
        let answer = try lab.lock("ada")
        #expect(answer.outcome == "completed")
        #expect(answer.steps.last == "notify doors done")
        #expect(try receiver.heard() == ["process:1"])
        let document = try receiver.document("process:1")
        #expect(document["trigger"] == "operator")
        #expect(document["test"] == false)
        #expect(document["useCase"] == "UsersProcLock")
        #expect(document["user"]?["username"] == "ada")
        #expect(document["user"]?["state"] == "locked")
        // It hears after the directory.
        let others = (document["steps"]?.array ?? []).filter { $0["kind"] != "notify" }
        #expect(others.allSatisfy { $0["state"] == "done" })
        let withdrawn = document["roles"]?["withdrawn"]?.array ?? []
        #expect(withdrawn.contains { $0["name"] == "staff" }, "\(withdrawn)")
        #expect(document["roles"]?["granted"] == [])
        #expect(try lab.retry().isEmpty)
        #expect(try receiver.heard() == ["process:1"])
        try lab.verifyAudit()
    }

    @Test func `a report says that the directory is done and somebody is not told`() throws {
        try receiver.behave("echo 'no door for ada' >&2; end 1")
        let end = try lab.run("lock", "ada", "--reason", "misuse", "--yes")
        #expect(end.exitCode == 75)
        #expect(end.stdout.contains("; not everybody is told  ada: process 1"), "\(end.stdout)")
        #expect(end.stdout.contains("  failed      notify             doors\n"), "\(end.stdout)")
        #expect(end.stdout.contains("              no door for ada (exit 1)\n"))
        let report = try lab.run("report", "1")
        #expect(report.stdout.contains("Receivers"), "\(report.stdout)")
        #expect(report.stdout.contains("no door for ada (exit 1)"))
    }

    @Test func `a directory that is down does not keep it from hearing of a lock`() throws {
        lab.proxy.set(.cut)
        let answer = try lab.lock("ada", exit: 75)
        #expect(notified(answer) == "done")
        let steps = try receiver.document("process:1")["steps"]?.array ?? []
        #expect(steps.contains { $0["kind"] == "disableEntry" && $0["state"] == "pending" })
        lab.proxy.set(.none)
        #expect(try lab.retry().map(\.outcome) == ["completed"])
        #expect(try receiver.heard() == ["process:1"])
    }

    @Test func `nobody opens a door for an unlock that may still be refused`() throws {
        try lab.lock("ada")
        lab.proxy.set(.cut)
        let answer = try lab.unlock(exit: 75)
        #expect(notified(answer) == "pending")
        #expect(try receiver.heard() == ["process:1"])
        lab.proxy.set(.none)
        #expect(try lab.retry().map(\.outcome) == ["completed"])
        #expect(try receiver.heard() == ["process:1", "process:2"])
    }

    @Test func `what was not delivered is taken over by the next process`() throws {
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C-1")
        try receiver.behave("end 75")
        try lab.lock("ada", exit: 75)
        try receiver.behave("end 0")
        let unlocked = try lab.unlock()
        #expect(unlocked.outcome == "completed")
        #expect(try receiver.heard() == ["process:1", "process:2"])
        #expect(
            LockAnswer(json: try lab.json("report", "1")).states(.notify)["doors"] != "pending")
        let document = try receiver.document("process:2")
        #expect(document["useCase"] == "UsersProcUnlock")
        // It has heard of nothing: to it the card was active until now.
        let card = document["credentials"]?.array?.first
        #expect(card?["before"] == "active")
        #expect(card?["after"] == "locked")
        try receiver.passTime()
        #expect(try lab.retry().isEmpty)
    }

    @Test func `who does not ask for the next use case is not told of it`() throws {
        receiver.more = "for: [lock]"
        try receiver.configure()
        try receiver.behave("end 75")
        try lab.lock("ada", exit: 75)
        #expect(try lab.unlock().states(.notify).isEmpty)
        // What goes the same way is told to whoever has not heard.
        receiver.more = "for: [deactivate]"
        try receiver.configure()
        #expect(
            try notified(lab.sibling("deactivate", "ben", reason: "holiday", exit: 75)) == "pending"
        )
        try receiver.behave("end 0")
        #expect(try notified(lab.lock("ben")) == "done")
        #expect(try receiver.document("process:4")["useCase"] == "UsersProcLock")
        #expect(try lab.lock("cleo").states(.notify).isEmpty)
    }

    @Test func `of two the older is told first, and one at a time`() throws {
        try receiver.behave("end 75")
        try lab.lock("ada", exit: 75)
        try lab.lock("ben", exit: 75)
        try receiver.behave("end 0")
        try receiver.passTime()
        try lab.lock("cleo")
        #expect(
            try receiver.heard().suffix(3) == ["process:1", "process:2", "process:3"])
    }

    @Test func `a list locks all before anybody is told, and tells all`() throws {
        try receiver.behave("sleep 0.2; end 0")
        let people = ["ada", "ben", "cleo", "dora", "emil"]
        let answer = try lab.json(
            as: "root", ["lock", "--from", "-", "--reason", "misuse", "--yes"],
            input: people.joined(separator: "\n"))
        #expect(answer.array?.count == people.count)
        for one in answer.array ?? [] {
            #expect(notified(LockAnswer(json: one)) == "done")
            #expect(one["outcome"] == "completed")
        }
        #expect(try receiver.heard() == (1...5).map { "process:\($0)" })
        #expect(try receiver.document("process:1")["trigger"] == "list")
        // In the log of audit events the locks come before the first that was told.
        let events = try lab.audit().compactMap { $0["event"]?.string }.filter {
            $0.hasPrefix("lock")
        }
        let last = try #require(events.lastIndex(of: "lock"))
        #expect(last < (events.firstIndex(of: "lock completed") ?? 0), "\(events)")
    }

    @Test func `the last line of a list says who is not told`() throws {
        try receiver.behave("end 75")
        try lab.folder.write("ada\nben\n", to: "leavers.txt")
        let end = try lab.run(
            "lock", "--from", lab.folder.file("leavers.txt"), "--reason", "misuse", "--yes")
        #expect(end.exitCode == 75)
        #expect(
            end.stdout.hasSuffix(
                "\n2 locked (2 not told everywhere yet), 0 already locked, 0 refused\n"),
            "\(end.stdout)")
    }

    @Test func `what it has not heard hides no drift`() throws {
        try receiver.behave("end 1")
        try lab.lock("ada", exit: 75)
        try lab.change(
            LockLab.person("ada"), "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
        let run = try lab.json("sync", exit: 75)
        #expect(run["directories"]?[0]?["drift"] == 1, "\(run.text)")
        #expect(try lab.isLocked(LockLab.person("ada")))
        #expect(try receiver.document("process:2")["trigger"] == "drift")
        // By hand, too.
        try lab.change(
            LockLab.person("ada"), "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
        let again = try lab.lock("ada", exit: 75)
        #expect(again.outcome == "alreadyLocked")
        #expect(try lab.isLocked(LockLab.person("ada")))
    }

    @Test(arguments: [false, true])
    func `a lock that stands again is told anew where the unlock was told`(isTold: Bool) throws {
        lab.configuration.recognise = "recognise: {employeeType: left}"
        try receiver.configure()
        try lab.lock("ada", reason: "misuse")
        lab.proxy.set(.cut)
        _ = try lab.unlock(exit: 75)
        // As if a first step of the unlock had been done, and then no other.
        if isTold {
            try receiver.sql("UPDATE steps SET attempts = 1 WHERE process = 2 AND kind = 'notify'")
        }
        try lab.change(LockLab.person("ada"), "replace: employeeType\nemployeeType: left")
        lab.proxy.set(.none)
        #expect(try lab.retry(exit: 65).map(\.outcome) == ["refused", "completed"])
        // Another event: a receiver may pass over one that it has heard.
        #expect(try receiver.heard() == (isTold ? ["process:1", "process:1:2"] : ["process:1"]))
        try lab.verifyAudit()
    }

    @Test func `it hears of what a sync does by itself`() throws {
        lab.configuration.recognise = "recognise: {employeeType: left}"
        try receiver.configure()
        try lab.change(LockLab.person("ada"), "replace: employeeType\nemployeeType: left")
        try lab.sync()
        let document = try receiver.document("process:1")
        #expect(document["trigger"] == "sync")
        #expect(document["by"] == "sync")
    }

    @Test func `it hears of what somebody approved`() throws {
        receiver.others = "\napproval: {lock: true}"
        try receiver.configure()
        let asked = try lab.json(
            as: "nobody", ["lock", "ada", "--reason", "misuse", "--yes"], exit: 10)
        #expect(try receiver.heard().isEmpty)
        let process = try #require(asked["process"]?.int)
        _ = try lab.json(as: "daemon", ["approve", "\(process)", "--yes"])
        #expect(try receiver.document("process:\(process)")["trigger"] == "approval")
    }

    @Test func `it hears of a plan that was released`() throws {
        lab.configuration.recognise = "recognise: {employeeType: left}"
        lab.configuration.more += "\n    limits: {locks: 1}"
        try receiver.configure()
        for name in ["ada", "ben"] {
            try lab.change(LockLab.person(name), "replace: employeeType\nemployeeType: left")
        }
        let plan = try #require(try lab.json("sync", exit: 11)["plan"]?.string)
        #expect(try receiver.heard().isEmpty)
        let report = try lab.json("sync", "--release", plan)
        #expect(report["outcome"] == "completed")
        #expect(try receiver.heard() == ["process:1", "process:2"])
        #expect(try receiver.document("process:2")["trigger"] == "release")
    }
}
