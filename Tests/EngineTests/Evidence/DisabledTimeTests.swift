import Fixtures
import Ground
import Store
import Testing

@testable import Store

/// The time to disabled is that of the disabling that was seen to hold.
@Suite struct DisabledTimeTests {
    private let lab: LockLab
    private let ada = LockLab.person("ada")

    init() throws {
        lab = try LockLab()
        try lab.sync()
        try lab.lock("ada")
    }

    /// The server took the lock a thousand seconds ago, nothing has been read back since, and the entry is open.
    private func open(afterSeen enforced: String?) throws {
        let store = try Store.open(
            lab.folder.file("store.db"), for: .write(create: false),
            by: RunLock.Holder(pid: 1, login: "test", since: Timestamp(seconds: 0)))
        try store.database.prepare(
            """
            UPDATE processes SET state = 'partial', finished_at = NULL, at = at - 1000, enforced = ?
            WHERE id = 1
            """
        ).run(enforced)
        try store.database.execute("DROP TRIGGER steps_done_once")
        try store.database.execute(
            """
            UPDATE steps SET finished_at = finished_at - 1000 WHERE kind != 'verify';
            UPDATE steps SET state = 'pending', finished_at = NULL WHERE kind = 'verify'
            """)
        try lab.change(ada, "delete: pwdAccountLockedTime\n-\ndelete: pwdEndTime")
    }

    private func disabling() throws -> (seconds: Int64?, state: String?, late: Int?) {
        let report = try lab.json("report", "1")
        let step = report["steps"]?.array?.first { $0["kind"] == "disableEntry" }
        let late = try lab.json("report", "--since", "1d")["late"]?.array?.count
        if step?["state"] == "done" {
            let at = try #require(report["at"]?.string.flatMap { Timestamp(rfc3339: $0) })
            let done = try #require(step?["at"]?.string.flatMap { Timestamp(rfc3339: $0) })
            #expect(done.seconds - at.seconds == report["secondsToDisabled"]?.int)
        }
        return (report["secondsToDisabled"]?.int, step?["state"]?.string, late)
    }

    @Test func `one that the server said and that a reading back contradicts is none`() throws {
        try open(afterSeen: nil)
        try lab.json("retry", exit: 75)
        var now = try disabling()
        #expect((now.seconds, now.state, now.late) == (nil, "pending", 1))
        #expect(try lab.run("report", "1").stdout.contains("not disabled yet"))
        try lab.json("retry")
        now = try disabling()
        #expect((now.state, now.late) == ("done", 1))
        #expect(try #require(now.seconds) >= 1_000)
        try lab.verifyAudit()
    }

    @Test func `one that was seen, and was undone by somebody, stays the first`() throws {
        try open(afterSeen: "written")
        try lab.json("retry", exit: 75)
        var now = try disabling()
        #expect((now.state, now.late) == ("pending", 0))
        #expect(try #require(now.seconds) < 60)
        try lab.json("retry")
        now = try disabling()
        #expect((now.state, now.late) == ("done", 0))
        #expect(try #require(now.seconds) < 60)
    }
}
