import Fixtures
import Ground
import Testing

@Suite struct LockConcurrencyTests {
    private let ada = LockLab.person("ada")
    private let arguments = ["--json", "lock", "ada", "--reason", "left-organization", "--yes"]

    @Test func `several at the same person make one lock`() throws {
        let lab = try LockLab()
        try lab.sync()
        let children = try (0..<5).map { _ in try lab.start(arguments) }
        var processes: Set<Int64?> = []
        var outcomes: [String?] = []
        for child in children {
            let end = try child.wait()
            #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
            let answer = LockAnswer(json: try #require(JSONValue(parsing: end.stdout)))
            processes.insert(answer.process)
            outcomes.append(answer.outcome)
        }
        #expect(processes.count == 1)
        #expect(outcomes.count { $0 == "completed" } == 1, "\(outcomes)")
        #expect(outcomes.count { $0 == "alreadyLocked" } == 4, "\(outcomes)")
        let trail = try lab.audit().filter { $0["event"] == "lock" }
        #expect(trail.count == 1)
        #expect(try lab.groups(of: ada).isEmpty)
        try lab.verifyAudit()
    }

    @Test func `while another carries it out, nothing is done twice`() throws {
        let lab = try LockLab()
        try lab.sync()
        let before = lab.proxy.bytesFromServer
        try lab.lock("lars")
        let part = (lab.proxy.bytesFromServer - before) * 3 / 5
        let stop = lab.proxy.bytesFromServer + part
        lab.proxy.set(.stall, afterBytes: part)
        let first = try lab.start(arguments)
        while lab.proxy.bytesFromServer < stop { try #require(first.isRunning) }
        let second = try lab.start(["--json", "retry"])
        lab.proxy.set(.none)
        #expect(try first.wait().exitCode == 0)
        #expect(try second.wait().exitCode == 0)
        #expect(try lab.audit().count { $0["process"]?.int == 2 } == 2)
    }

    @Test func `a lock does not wait for a sync`() throws {
        let lab = try LockLab()
        try lab.sync()
        lab.proxy.set(.stall, afterBytes: 2_000)
        let stop = lab.proxy.bytesFromServer + 2_000
        let sync = try lab.start(["--json", "sync", "--full"])
        while lab.proxy.bytesFromServer < stop { try #require(sync.isRunning) }
        // Another way to the same server.
        let other = try TCPProxy(to: lab.server.port)
        let own = lab.configuration.text(url: lab.proxy.url)
        try lab.folder.write(lab.configuration.text(url: other.url), to: "lockstep.yaml")
        let lock = try lab.start(arguments).wait()
        try lab.folder.write(own, to: "lockstep.yaml")
        #expect(lock.exitCode == 0, "\(lock.stdout)\(lock.stderr)")
        #expect(sync.isRunning)
        lab.proxy.set(.none)
        let end = try sync.wait()
        #expect(end.exitCode == 0, "\(end.stdout)\(end.stderr)")
        let user = try lab.show("ada")
        #expect(user["state"] == "locked")
        #expect(user["roles"] == [])
        try lab.sync()
        #expect(try lab.show("ada")["roles"] == [])
        #expect(try lab.isLocked(ada))
    }
}
