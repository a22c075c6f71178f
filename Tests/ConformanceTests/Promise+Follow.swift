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

    /// Who is shown nothing is told of no change, with success: it finds that out by itself.
    static func followRights(_ lab: ConformanceLab) throws {
        let child = try follower(lab)
        try lab.directory.setHidden(true)
        try expect(lab, "the read found no user at all where the store has 12", in: child)
        let status = try lab.json("status")
        #expect(status["missing"] == [])
        #expect(status["attention"] != [], "\(status.text)")
        try lab.sync(exit: 11)
        try lab.server.delete(lab.directory.person("lars"))
        try lab.change(lab.directory.person("ben"), "replace: mail\nmail: new@example.com\n")
        #expect(try lab.json("status")["missing"] == [])
        try lab.directory.setHidden(false)
        try awaits("new", lab)
        try waits("he is missing") {
            try lab.json("show", "lars")["missingSince"]?.string != nil
        }
        #expect(try lab.json("status")["missing"]?.array?.count == 1)
    }

    static func followPassword(_ lab: ConformanceLab) throws {
        let child = try follower(lab)
        try lab.directory.setServicePassword("Another-secret-2")
        try lab.change(lab.directory.person("ben"), "replace: mail\nmail: new@example.com\n")
        try expect(lab, "(49)", in: child)
        // Longer than until the next two tries.
        usleep(4_000_000)
        #expect(child.errorsSoFar.ranges(of: "(49)").count == 1)
        try lab.folder.write("Another-secret-2", to: "hq.password")
        try expect(lab, "is followed again", in: child)
        try awaits("new", lab)
    }

    static func followCookie(_ lab: ConformanceLab) throws {
        let child = try follower(lab)
        try ChildProcess.run(
            "sqlite3",
            ["-cmd", ".timeout 5000", lab.folder.file("store.db")]
                + ["UPDATE streams SET cookie = CAST('stale' AS BLOB)"]
        ).succeeded(at: "sqlite3")
        try lab.server.delete(lab.directory.person("lars"))
        try change("one", lab)
        try waits("he is missing") {
            try lab.json("show", "lars")["missingSince"]?.string != nil
        }
        #expect(try lab.json("status")["missing"]?.array?.count == 1)
        #expect(!child.errorsSoFar.contains("error"), "\(child.errorsSoFar)")
    }

    static func followBeside(_ lab: ConformanceLab) throws {
        let child = try follower(lab)
        for number in 0..<3 {
            try lab.change(
                lab.directory.person("ben"), "replace: mail\nmail: \(number)@example.com\n")
            try lab.sync()
        }
        #expect(try lab.lock("ada")["outcome"] == "completed")
        try lab.expectLocked("ada")
        #expect(try lab.json("retry") == [])
        for number in 0..<3 {
            let backup = try lab.start(["store", "backup", lab.folder.file("backup\(number).db")])
            try lab.change(
                lab.directory.person("cleo"), "replace: mail\nmail: \(number)@example.com\n")
            #expect(try backup.wait().exitCode == 0, "\(backup.errorsSoFar)")
        }
        try change("one", lab)
        child.signal(SIGTERM)
        // 75 where the run that it was told to end had more to read.
        #expect(try [0, 75].contains(child.wait().exitCode), "\(child.errorsSoFar)")
        #expect(!child.errorsSoFar.contains("error"), "\(child.errorsSoFar)")
    }

    static func followBurst(_ lab: ConformanceLab) throws {
        let child = try follower(lab)
        let before = try runs(lab)
        let people = ["ben", "cleo", "dora", "emil"].map(lab.directory.person)
        try lab.server.modify(
            (0..<lab.directory.burst).map { number in
                "dn: \(people[number % people.count])\nchangetype: modify\n"
                    + "replace: mail\nmail: \(number)@example.com\n"
            }.joined(separator: "\n"))
        try awaits("\(lab.directory.burst - 4)", lab)
        #expect(try runs(lab) - before < lab.directory.burst / 20 + 20)
        #expect(try lab.sync()["updated"] == 0)
        #expect(!child.errorsSoFar.contains("error"), "\(child.errorsSoFar)")
    }

    /// One who follows a server that was synced before.
    private static func follower(_ lab: ConformanceLab) throws -> ChildProcess {
        try lab.sync()
        let child = try lab.start(["follow"])
        try expect(lab, "is followed\n", in: child)
        return child
    }

    private static func runs(_ lab: ConformanceLab) throws -> Int {
        Int(try #require(try lab.json("status")["runs"]?[0]?["run"]?.int))
    }

    private static func change(_ name: String, _ lab: ConformanceLab) throws {
        try lab.change(
            lab.directory.person("ben"), "replace: mail\nmail: \(name)@example.com\n")
        try awaits(name, lab)
    }

    private static func awaits(_ name: String, _ lab: ConformanceLab) throws {
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
