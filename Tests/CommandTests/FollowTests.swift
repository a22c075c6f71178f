import Fixtures
import Foundation
import Glibc
import Ground
import Testing

/// `lockstep follow`, as a program that runs until it is told to stop.
struct FollowTests {
    private let lab: CommandLab

    init() throws {
        lab = try CommandLab()
        try lab.run("sync").succeeded(at: "sync")
    }

    private func follow(_ environment: [String: String] = [:]) throws -> ChildProcess {
        try ChildProcess(
            Products.lockstep(), ["--config", lab.configuration, "--verbose", "follow"],
            environment: ["TZ": "UTC", "XDG_STATE_HOME": lab.folder.file("state")]
                .merging(environment) { $1 },
            folder: lab.folder.path)
    }

    private func title(_ text: String, of user: String) throws {
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person(user))
            changetype: modify
            replace: title
            title: \(text)

            """)
    }

    /// Looks again and again for a quarter of a minute.
    private func waits(
        _ what: Comment, at location: SourceLocation = #_sourceLocation,
        until isSo: () throws -> Bool
    ) throws {
        for _ in 0..<600 {
            if try isSo() { return }
            usleep(50_000)
        }
        Issue.record(what, sourceLocation: location)
    }

    private func isKnown(_ title: String, of user: String) throws -> Bool {
        try lab.json("show", user)["attributes"]?["title"]?[0]?.string == title
    }

    private func isFollowed(_ child: ChildProcess) -> Bool {
        child.errorsSoFar.contains("hq is followed")
    }

    @Test func `a change reaches the store without a sync by hand`() throws {
        let child = try follow()
        try waits("it follows") { isFollowed(child) }
        try title("Countess", of: "ada")
        try waits("the title is known") { try isKnown("Countess", of: "ada") }
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person("ada"))
            changetype: modify
            replace: employeeType
            employeeType: left

            """)
        try waits("she is locked") { try lab.json("show", "ada")["state"] == "locked" }
        child.signal(SIGTERM)
        let ended = try child.wait()
        #expect(ended.exitCode == 0, "\(ended.stderr)")
        #expect(ended.stderr.contains("locked  ada"))
    }

    @Test func `the second who follows a directory learns who has it`() throws {
        let first = try follow()
        try waits("it follows") { isFollowed(first) }
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
        let child = try follow()
        try waits("it follows") { isFollowed(child) }
        lab.server.kill()
        try waits("the loss is told") { child.errorsSoFar.contains("error: hq: ") }
        try lab.server.start()
        try waits("it is back") { child.errorsSoFar.contains("hq is followed again") }
        try title("Countess", of: "ada")
        try waits("the title is known") { try isKnown("Countess", of: "ada") }
    }

    @Test func `a directory that is down at the start is waited for`() throws {
        try lab.server.stop()
        let child = try follow()
        try waits("it is told") { child.errorsSoFar.contains("error: hq: ") }
        #expect(child.isRunning)
        try lab.server.start()
        try title("Countess", of: "ada")
        try waits("the title is known") { try isKnown("Countess", of: "ada") }
    }

    @Test func `a broken configuration is told and the old one kept`() throws {
        let child = try follow()
        try waits("it follows") { isFollowed(child) }
        try lab.configure { $0.replacing("uri:", with: "url:") }
        child.signal(SIGHUP)
        try waits("it is told") {
            child.errorsSoFar.contains("the configuration that was read before is kept")
        }
        try lab.configure()
        try title("Countess", of: "ada")
        try waits("the title is known") { try isKnown("Countess", of: "ada") }
        child.signal(SIGHUP)
        try waits("it is read") { child.errorsSoFar.contains("the configuration was read again") }
        child.signal(SIGTERM)
        // 75: the run that the new configuration began was ended in its middle.
        #expect([0, 75].contains(try child.wait().exitCode))
    }

    @Test func `a password that is changed under it is told once and taken from the file`() throws {
        let child = try follow()
        try waits("it follows") { isFollowed(child) }
        try lab.server.modify(
            """
            dn: \(Slapd.serviceDN)
            changetype: modify
            replace: userPassword
            userPassword: another

            """)
        lab.server.kill()
        try lab.server.start()
        try waits("it is told") { child.errorsSoFar.contains("Invalid credentials (49)") }
        try lab.folder.write("another", to: "password")
        try waits("it is back") { child.errorsSoFar.contains("hq is followed again") }
        let told = child.errorsSoFar.split(separator: "\n").filter { $0.contains("(49)") }
        #expect(told.count == 1, "\(told)")
    }

    @Test func `the service manager hears that it is ready, how it stands, and that it lives`()
        throws
    {
        let manager = try DatagramSocket(at: lab.folder.file("notify"))
        let child = try follow([
            "NOTIFY_SOCKET": lab.folder.file("notify"), "WATCHDOG_USEC": "2000000",
        ])
        try waits("it is ready") { manager.heard.contains("READY=1") }
        try waits("it lives") { manager.heard.filter { $0 == "WATCHDOG=1" }.count > 2 }
        #expect(manager.heard.contains { $0.hasPrefix("STATUS=hq: followed") })
        child.signal(SIGTERM)
        _ = try child.wait()
        #expect(manager.heard.contains("STOPPING=1"))
    }

    @Test func `a burst of changes is one run or few`() throws {
        let child = try follow()
        try waits("it follows") { isFollowed(child) }
        let before = try #require(try lab.json("status")["runs"]?[0]?["run"]?.int)
        for number in 0..<200 { try title("Title \(number)", of: "ben") }
        try waits("the last is known") { try isKnown("Title 199", of: "ben") }
        let after = try #require(try lab.json("status")["runs"]?[0]?["run"]?.int)
        #expect(after - before < 60)
        child.signal(SIGTERM)
        #expect(try child.wait().exitCode == 0)
    }
}

/// A socket that hears what sd_notify(3) sends.
private final class DatagramSocket {
    private let socket: FileDescriptor
    private(set) var lines: [String] = []

    init(at path: String) throws {
        socket = FileDescriptor(Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0))
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let number = socket.number
        let code = unsafe withUnsafePointer(to: &name) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw FixtureError("bind: error \(errno)") }
        _ = fcntl(number, F_SETFL, O_NONBLOCK)
    }

    /// All lines so far.
    var heard: [String] {
        while let octets = socket.read(4_096), !octets.isEmpty {
            lines += String(decoding: octets, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        return lines
    }
}
