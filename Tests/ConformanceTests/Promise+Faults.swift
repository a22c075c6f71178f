import Fixtures
import Ground
import Identity
import Testing

extension Promise {
    /// Cut at several places of the conversation, and in the end once more while the retry runs.
    static func cut(_ lab: ConformanceLab) throws {
        try lab.sync()
        // The first lock learns of the server what the others know.
        try lab.lock("lars")
        let before = lab.proxy.bytesFromServer
        try lab.lock("kira")
        let whole = lab.proxy.bytesFromServer - before
        for (index, user) in ["ben", "cleo", "dora", "emil"].enumerated() {
            lab.proxy.set(.cut, afterBytes: whole * (index + 1) / 5)
            let end = try lab.start(
                ["--json", "lock", user, "--reason", "left-organization", "--yes"]
            ).wait()
            #expect(try lab.json("show", user)["state"] == "locked")
            lab.proxy.set(.none)
            // Behind the reading back only what the lock does not end is looked for.
            if end.exitCode == 75 {
                try retry(lab)
            } else {
                #expect(end.exitCode == 0 && index > 1)
            }
            try lab.expectLocked(user)
        }
        #expect(try lab.sync()["drift"] == 0)
    }

    static func stall(_ lab: ConformanceLab) throws {
        try lab.sync()
        let before = lab.proxy.bytesFromServer
        try lab.lock("lars")
        let whole = lab.proxy.bytesFromServer - before
        try lab.configure(uri: lab.proxy.url, timeout: "2s")
        lab.proxy.set(.stall, afterBytes: whole * 3 / 5)
        #expect(try lab.lock("ada", exit: 75)["outcome"] == "partial")
        lab.proxy.set(.none)
        try lab.configure(uri: lab.proxy.url)
        try retry(lab)
        try lab.expectLocked("ada")
    }

    static func killed(_ lab: ConformanceLab) throws {
        try lab.sync()
        lab.server.kill()
        #expect(try lab.lock("ada", exit: 75)["outcome"] == "partial")
        #expect(try lab.json("show", "ada")["state"] == "locked")
        try lab.sync(exit: 69)
        try lab.server.start()
        try retry(lab)
        try lab.expectLocked("ada")
        #expect(try lab.sync()["missing"] == 0)
    }

    static func readOnly(_ lab: ConformanceLab) throws {
        try lab.sync()
        try lab.directory.setReadOnly(true)
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock["outcome"] == "partial")
        // Nothing was refused for good: a server that takes no writes now will take them again.
        #expect(!states(lock).contains("failed"), "\(lock.text)")
        #expect(lab.binds("ada"))
        try lab.directory.setReadOnly(false)
        try retry(lab)
        try lab.expectLocked("ada")
    }

    static func sample(_ kind: DirectoryKind) throws {
        var options = ConformanceOptions()
        options.isSecure = true
        let lab = try ConformanceLab(kind, options)
        let ca = try Certificates.shared.get().ca
        try lab.configure(uri: lab.directory.tlsURL) {
            $0.replacing("    timeout: {", with: "    tls: {ca: \(ca)}\n    timeout: {")
        }
        #expect(try lab.sync()["created"] == 12)
        #expect(try lab.lock("ada")["outcome"] == "completed")
        try lab.expectLocked("ada")
        #expect(try lab.sync()["drift"] == 0)
    }

    private static func retry(_ lab: ConformanceLab) throws {
        let processes = try lab.json("retry").array ?? []
        #expect(processes.map { $0["outcome"] } == ["completed"])
    }
}
