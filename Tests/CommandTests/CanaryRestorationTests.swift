import Fixtures
import Foundation
import Glibc
import Ground
import Testing

/// A canary that a check left locked is given back, whatever ended the check and became of its records.
struct CanaryRestorationTests {
    @Test func `records that can't be read stop nothing, and a check begins them anew`() throws {
        let lab = try Canary.lab()
        try lab.run("sync").succeeded(at: "sync")
        _ = try lab.check()
        let file = lab.store + ".canary"
        // As a check leaves the canary that is cut short, and then a disk its records.
        try lab.server.modify(
            "dn: \(Canary.dn)\nchangetype: modify\n"
                + "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z\n")
        try Data("words\n".utf8).write(to: URL(filePath: file))
        let run = try lab.run("sync")
        #expect(run.exitCode == 0)
        let why = "\(file): it can't be read: is a canary still locked?"
        #expect(run.stderr.contains(why), "\(run.stderr)")
        let attention = try lab.json("status")["attention"]?.array ?? []
        #expect(attention.contains { $0["message"]?.string == why })
        #expect(
            try lab.json("lock", "ada", "--reason", "misuse", "--yes")["enforced"] == "written")
        #expect(try lab.check()["canary"].first?.state == "ok")
        #expect(try Canary.isOpen(lab))
        #expect(try !lab.run("sync").stderr.contains(why))
    }

    @Test func `a lock of the records that is no file of ours stops no sync, and is said`() throws {
        let lab = try Canary.lab()
        try lab.run("sync").succeeded(at: "sync")
        _ = try lab.check()
        let file = lab.store + ".canary.lock"
        try FileManager.default.removeItem(atPath: file)
        #expect(unsafe mkfifo(file, 0o600) == 0)
        let run = try lab.run("sync")
        #expect(run.exitCode == 0)
        #expect(run.stderr.contains(file), "\(run.stderr)")
        let check = try lab.check()["canary"]
        #expect(check.map(\.state) == ["notProven"])
        try FileManager.default.removeItem(atPath: file)
        #expect(try !lab.run("sync").stderr.contains(file))
    }

    @Test(arguments: ["check", "sync"])
    func `a canary that a check left locked is given back`(command: String) throws {
        let lab = try Canary.lab()
        try lab.run("sync").succeeded(at: "sync")
        // What a check has written when it is killed between locking and giving back.
        let id = try #require(lab.server.values("entryUUID", of: Canary.dn).first)
        try lab.folder.write(
            """
            {"hq":{"lock":{"at":1795000000,"dn":"\(Canary.dn)","entryID":"\(id)","prior":\
            [{"attribute":"pwdAccountLockedTime","values":[]},{"attribute":"pwdEndTime","values":[]}]},\
            "policy":"","provenAt":null}}

            """, to: "store.db.canary")
        try lab.server.modify(
            """
            dn: \(Canary.dn)
            changetype: modify
            replace: pwdAccountLockedTime
            pwdAccountLockedTime: 000001010000Z

            """)
        #expect(!lab.server.binds(as: Canary.dn, password: "canary-secret"))
        try lab.run(command).succeeded(at: command)
        #expect(try Canary.isOpen(lab))
    }

    /// A check whose canary is locked, and which hears no more from the server.
    private func halted(_ lab: CommandLab) throws -> (check: ChildProcess, proxy: TCPProxy) {
        let proxy = try TCPProxy(to: lab.server.port)
        try lab.configure { Canary.naming($0.replacing(lab.server.url, with: proxy.url)) }
        _ = try lab.check()
        // The canary comes last: most of what a whole check is told may pass at once.
        let all = proxy.bytesFromServer
        proxy.set(.stall, afterBytes: all - 1_500)
        let check = try ChildProcess(
            Products.lockstep(), ["--config", lab.configuration, "check"],
            environment: ["TZ": "UTC"], folder: lab.folder.path)
        while try lab.server.values("pwdAccountLockedTime", of: Canary.dn).isEmpty {
            try #require(check.isRunning, "\(check.outputSoFar)")
            guard proxy.bytesFromServer >= 2 * all - 1_500 else { continue }
            proxy.set(.none)
            // Less than the answer to one search.
            proxy.set(.stall, afterBytes: 50)
        }
        return (check, proxy)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal is obeyed when the canary is open again`(_ signal: Int32) throws {
        let lab = try Canary.lab()
        let (check, proxy) = try halted(lab)
        #expect(try !Canary.isOpen(lab))
        check.signal(signal)
        proxy.set(.none)
        #expect(try check.wait().exitCode == 128 + signal)
        #expect(try Canary.isOpen(lab))
    }

    @Test(arguments: ["check", "sync"])
    func `what is killed amid a proof is made good`(command: String) throws {
        let lab = try Canary.lab()
        try lab.run("sync").succeeded(at: "sync")
        let (check, proxy) = try halted(lab)
        check.end()
        proxy.set(.none)
        #expect(try !Canary.isOpen(lab))
        try lab.run(command).succeeded(at: command)
        #expect(try Canary.isOpen(lab))
    }

    @Test func `a record of which only a part was written takes nothing away`() throws {
        let lab = try Canary.lab()
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        let whole = try String(contentsOfFile: lab.store + ".canary", encoding: .utf8)
        try lab.folder.write(String(whole.prefix(20)), to: "store.db.canary.part")
        #expect(try lab.check()["canary"].map(\.state) == ["ok"])
        let folder = try FileManager.default.contentsOfDirectory(atPath: lab.folder.path)
        #expect(!folder.contains("store.db.canary.part"))
    }

    @Test func `a locked canary that is gone is told of by its name`() throws {
        let lab = try Canary.lab()
        let (check, proxy) = try halted(lab)
        check.end()
        proxy.set(.none)
        try lab.server.delete(Canary.dn)
        let next = try lab.check()
        #expect(next.exitCode == 69)
        #expect(
            next["canary"].map(\.message) == [
                """
                \(Canary.dn) was locked by a check and could not be given back: the next check or \
                sync tries again. Let the bind DN write what a lock writes; if the entry is gone, \
                remove \(lab.store).canary.
                """
            ])
    }
}
