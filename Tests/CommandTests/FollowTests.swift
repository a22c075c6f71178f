import Fixtures
import Glibc
import Ground
import Testing

/// `lockstep follow`, as a program that runs until it is told to stop.
struct FollowTests {
    private let follow: FollowLab
    private var lab: CommandLab { follow.lab }

    init() throws { follow = try FollowLab() }

    @Test func `a change reaches the store without a sync by hand`() throws {
        let child = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(child) }
        try follow.title("Countess", of: "ada")
        try follow.waits("the title is known") { try follow.isKnown("Countess", of: "ada") }
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            replace: employeeType
            employeeType: left

            """)
        try follow.waits("she is locked") { try lab.json("show", "ada")["state"] == "locked" }
        child.signal(SIGTERM)
        let ended = try child.wait()
        // 75: what she was changed to is told as well, and the run for that was ended in its middle.
        #expect([0, 75].contains(ended.exitCode), "\(ended.stderr)")
        #expect(ended.stderr.contains("locked  ada"))
    }

    @Test func `the second who follows a directory learns who has it`() throws {
        let first = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(first) }
        let second = try lab.run("follow")
        #expect(second.exitCode == 75)
        #expect(second.stderr.contains("hq is followed since "))
        #expect(second.stderr.contains("process \(first.pid)"))
        #expect(
            try lab.json("status")["directories"]?[0]?["follower"]?["pid"]?.int
                == Int64(first.pid))
        #expect(try lab.run("sync").exitCode == 0)
    }

    @Test func `a server that is started again is followed again`() throws {
        let child = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(child) }
        lab.server.kill()
        try follow.waits("the loss is told") { child.errorsSoFar.contains("error: hq: ") }
        try lab.server.start()
        try follow.waits("it is back") { child.errorsSoFar.contains("hq is followed again") }
        try follow.title("Countess", of: "ada")
        try follow.waits("the title is known") { try follow.isKnown("Countess", of: "ada") }
    }

    @Test func `a directory that is down at the start is waited for`() throws {
        try lab.server.stop()
        let child = try follow.start()
        try follow.waits("it is told") { child.errorsSoFar.contains("error: hq: ") }
        #expect(child.isRunning)
        try lab.server.start()
        try follow.title("Countess", of: "ada")
        try follow.waits("the title is known") { try follow.isKnown("Countess", of: "ada") }
    }

    @Test func `a broken configuration is told and the old one kept`() throws {
        let child = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(child) }
        try lab.configure { $0.replacing("uri:", with: "url:") }
        child.signal(SIGHUP)
        try follow.waits("it is told") {
            child.errorsSoFar.contains("the configuration that was read before is kept")
        }
        try lab.configure()
        try follow.title("Countess", of: "ada")
        try follow.waits("the title is known") { try follow.isKnown("Countess", of: "ada") }
        child.signal(SIGHUP)
        try follow.waits("it is read") {
            child.errorsSoFar.contains("the configuration was read again")
        }
        child.signal(SIGTERM)
        // 75: the run that the new configuration began was ended in its middle.
        #expect([0, 75].contains(try child.wait().exitCode))
    }

    @Test func `a password that is changed under it is told once and taken from the file`() throws {
        let child = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(child) }
        try lab.server.modify(
            """
            dn: \(Slapd.serviceDN)
            changetype: modify
            replace: userPassword
            userPassword: another

            """)
        lab.server.kill()
        try lab.server.start()
        try follow.waits("it is told") { child.errorsSoFar.contains("Invalid credentials (49)") }
        try lab.folder.write("another", to: "password")
        try follow.waits("it is back") { child.errorsSoFar.contains("hq is followed again") }
        let told = child.errorsSoFar.split(separator: "\n").filter { $0.contains("(49)") }
        #expect(told.count == 1, "\(told)")
    }

    @Test func `the service manager hears that it is ready, how it stands, and that it lives`()
        throws
    {
        let manager = try DatagramSocket(at: lab.folder.file("notify"))
        let child = try follow.start([
            "NOTIFY_SOCKET": lab.folder.file("notify"), "WATCHDOG_USEC": "2000000",
        ])
        try follow.waits("it is ready") { manager.heard.contains("READY=1") }
        try follow.waits("it lives") { manager.heard.filter { $0 == "WATCHDOG=1" }.count > 2 }
        #expect(manager.heard.contains { $0.hasPrefix("STATUS=hq is followed") })
        child.signal(SIGTERM)
        _ = try child.wait()
        #expect(manager.heard.contains("STOPPING=1"))
    }

    @Test func `a burst of changes is one run or few`() throws {
        let child = try follow.start()
        try follow.waits("it follows") { follow.isFollowed(child) }
        let before = try #require(try lab.json("status")["runs"]?[0]?["run"]?.int)
        for number in 0..<200 { try follow.title("Title \(number)", of: "ben") }
        try follow.waits("the last is known") { try follow.isKnown("Title 199", of: "ben") }
        let after = try #require(try lab.json("status")["runs"]?[0]?["run"]?.int)
        #expect(after - before < 60)
        child.signal(SIGTERM)
        #expect(try child.wait().exitCode == 0)
    }
}
