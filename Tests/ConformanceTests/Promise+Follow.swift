import Fixtures
import Glibc
import Ground
import Testing

extension Promise {
    /// One who follows sees a change, through a cut, a stall and a restart of the server.
    static func follow(_ lab: ConformanceLab) throws {
        try lab.sync()
        let child = try lab.start(["follow"])
        try expect(lab, "is followed\n", in: child)
        try change("one", lab)
        lab.proxy.set(.cut)
        try expect(lab, "error: hq: ", in: child)
        lab.proxy.set(.none)
        try expect(lab, "is followed again", in: child)
        try change("two", lab)
        try lab.server.restart()
        try change("three", lab)
        lab.server.kill()
        try lab.server.start()
        try change("four", lab)
        try lab.server.delete(lab.directory.person("lars"))
        try waits("she is missing") {
            try lab.json("show", "lars")["missingSince"]?.string != nil
        }
        #expect(try lab.sync()["updated"] == 0)
        child.signal(SIGTERM)
        #expect(try child.wait().exitCode == 0, "\(child.errorsSoFar)")
    }

    /// A server that keeps its connections and says nothing is found out, and found back.
    static func followStall(_ lab: ConformanceLab) throws {
        try lab.configure(uri: lab.proxy.url, timeout: "5s")
        try lab.sync()
        let child = try lab.start(["follow"])
        try expect(lab, "is followed\n", in: child)
        lab.proxy.set(.stall)
        try expect(lab, "error: hq: ", in: child)
        lab.proxy.set(.none)
        try expect(lab, "is followed again", in: child)
        try change("one", lab)
    }

    private static func change(_ name: String, _ lab: ConformanceLab) throws {
        try lab.change(
            lab.directory.person("ben"), "replace: mail\nmail: \(name)@example.com\n")
        try waits("\(name) is known") {
            try lab.json("show", "ben")["mail"]?.string == "\(name)@example.com"
        }
    }

    private static func expect(_ lab: ConformanceLab, _ words: String, in child: ChildProcess)
        throws
    {
        try waits("“\(words)” in \(child.errorsSoFar)") { child.errorsSoFar.contains(words) }
    }

    /// Looks again and again, for longer than a stalled server may stay unnoticed.
    private static func waits(_ what: Comment, until isSo: () throws -> Bool) throws {
        for _ in 0..<900 {
            if try isSo() { return }
            usleep(100_000)
        }
        Issue.record(what)
    }
}
