import Fixtures
import Glibc
import Ground
import Testing

@Suite struct LockCrashTests {
    private let ada = LockLab.person("ada")
    private let arguments = ["--json", "lock", "ada", "--reason", "left-organization", "--yes"]

    @Test func `killed at any moment, a second run ends it with one lock`() throws {
        let lab = try LockLab()
        try lab.sync()
        let people = ["ada", "ben", "cleo", "dora", "emil", "finn", "gwen", "hugo", "ines", "jon"]
        for (index, name) in people.enumerated() {
            let child = try lab.start(
                ["--json", "lock", name, "--reason", "left-organization", "--yes"])
            usleep(UInt32(10_000 + index * 12_000))
            child.end()
            let begun = try lab.show(name)["lock"]
            // Whoever is locked is locked for good; nobody else was touched in the directory.
            if begun?.isNull != false {
                #expect(lab.binds(name), "\(name)")
            }
            try lab.retry()
            if begun?.isNull == false {
                #expect(try lab.isLocked(LockLab.person(name)), "\(name)")
                #expect(try lab.show(name)["lock"] == begun)
            }
            let again = try lab.lock(name)
            #expect(try lab.isLocked(LockLab.person(name)))
            #expect(try lab.groups(of: LockLab.person(name)).isEmpty)
            let trail = try lab.audit().filter {
                $0["event"] == "lock" && $0["user"]?["username"]?.string == name
            }
            #expect(trail.count == 1, "\(name): \(trail)")
            #expect(again.at == trail.first?["at"]?.string)
        }
        try lab.verifyAudit()
        #expect(try lab.retry().isEmpty)
    }

    @Test func `killed between any two answers of the server, a retry ends it`() throws {
        let lab = try LockLab()
        try lab.sync()
        let before = lab.proxy.bytesFromServer
        try lab.lock("lars")
        let whole = lab.proxy.bytesFromServer - before
        let people = ["ada", "ben", "cleo", "dora", "emil", "finn", "gwen", "hugo", "ines", "jon"]
        for (index, name) in people.enumerated() {
            let part = whole * (index + 1) / (people.count + 1)
            let stop = lab.proxy.bytesFromServer + part
            lab.proxy.set(.stall, afterBytes: part)
            let child = try lab.start(
                ["--json", "lock", name, "--reason", "left-organization", "--yes"])
            while lab.proxy.bytesFromServer < stop { try #require(child.isRunning) }
            child.end()
            lab.proxy.set(.none)
            let begun = try lab.show(name)["lock"]
            let retried = try lab.retry()
            #expect(retried.allSatisfy { $0.outcome == "completed" })
            if begun?.isNull == false { #expect(retried.count == 1) }
            try lab.lock(name)
            #expect(try lab.isLocked(LockLab.person(name)))
            #expect(try lab.groups(of: LockLab.person(name)).isEmpty)
        }
        try lab.verifyAudit()
    }

    @Test func `kill of the server in the middle leaves the rest for a retry`() throws {
        let lab = try LockLab()
        try lab.sync()
        let before = lab.proxy.bytesFromServer
        try lab.lock("lars")
        let part = (lab.proxy.bytesFromServer - before) * 2 / 3
        let stop = lab.proxy.bytesFromServer + part
        lab.proxy.set(.stall, afterBytes: part)
        let child = try lab.start(arguments)
        while lab.proxy.bytesFromServer < stop { try #require(child.isRunning) }
        lab.server.kill()
        lab.proxy.set(.none)
        #expect(try child.wait().exitCode == 75)
        try lab.server.start()
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(try lab.isLocked(ada))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends it after the step in flight`(_ signal: Int32) throws {
        let lab = try LockLab()
        try lab.sync()
        let before = lab.proxy.bytesFromServer
        try lab.lock("lars")
        let part = (lab.proxy.bytesFromServer - before) * 3 / 5
        let stop = lab.proxy.bytesFromServer + part
        lab.proxy.set(.stall, afterBytes: part)
        let child = try lab.start(arguments)
        while lab.proxy.bytesFromServer < stop { try #require(child.isRunning) }
        child.signal(signal)
        usleep(100_000)
        lab.proxy.set(.none)
        let end = try child.wait()
        #expect(end.exitCode == 75, "\(end.stderr)")
        #expect(JSONValue(parsing: end.stdout)?["outcome"] == "partial", "\(end.stdout)")
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(try lab.isLocked(ada))
        #expect(try lab.groups(of: ada).isEmpty)
    }

    @Test(arguments: [">&-", "| true", ">/dev/full"])
    func `an output that nobody reads ends the output, not the work`(_ redirection: String) throws {
        let lab = try LockLab()
        try lab.sync()
        let words =
            ([try Products.lockstep(), "--config", lab.folder.file("lockstep.yaml")] + arguments)
            .map { "'\($0)'" }.joined(separator: " ")
        let end = try ChildProcess.run(
            "/bin/bash", ["-o", "pipefail", "-c", "\(words) \(redirection)"])
        #expect(end.exitCode == 0, "\(end.stderr)")
        #expect(try lab.isLocked(ada))
        #expect(try lab.groups(of: ada).isEmpty)
        #expect(try lab.show("ada")["state"] == "locked")
        try lab.verifyAudit()
    }
}
