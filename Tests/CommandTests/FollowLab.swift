import Fixtures
import Foundation
import Glibc
import Ground
import Testing

/// A slapd that tells of changes, and `lockstep follow` beside it.
struct FollowLab {
    let lab: CommandLab

    init(_ change: (inout SlapdOptions) -> Void = { _ in }) throws {
        lab = try CommandLab {
            $0.syncProvider = .sessionLog(1_000)
            change(&$0)
        }
        try lab.run("sync").succeeded(at: "sync")
    }

    func start(_ environment: [String: String] = [:], _ more: [String] = []) throws -> ChildProcess
    {
        try ChildProcess(
            Products.lockstep(), ["--config", lab.configuration, "--verbose", "follow"] + more,
            environment: ["TZ": "UTC", "XDG_STATE_HOME": lab.folder.file("state")]
                .merging(environment) { $1 },
            folder: lab.folder.path)
    }

    func title(_ text: String, of user: String) throws { try set("title", text, of: user) }

    func set(_ attribute: String, _ value: String, of user: String) throws {
        try lab.server.modify(
            """
            dn: \(SampleOrganisation.person(user))
            changetype: modify
            replace: \(attribute)
            \(attribute): \(value)

            """)
    }

    /// Looks again and again for half a minute.
    func waits(
        _ what: @autoclosure () -> Comment, for seconds: Double = 30,
        at location: SourceLocation = #_sourceLocation, until isSo: () throws -> Bool
    ) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if try isSo() { return }
            usleep(50_000)
        }
        Issue.record(what(), sourceLocation: location)
    }

    func isKnown(_ title: String, of user: String) throws -> Bool {
        try lab.json("show", user)["attributes"]?["title"]?[0]?.string == title
    }

    func isFollowed(_ child: ChildProcess) -> Bool {
        child.errorsSoFar.contains("hq is followed")
    }
}

/// A socket that hears what sd_notify(3) sends.
final class DatagramSocket {
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
