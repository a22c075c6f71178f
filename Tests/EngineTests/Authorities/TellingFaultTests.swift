import Fixtures
import Foundation
import Glibc
import Ground
import Identity
import Testing

/// A CA that is told by CMP, and what stands between it and us.
@Suite struct TellingFaultTests {
    /// A lab whose ada and ben have a certificate each, and a CA that takes the revocation of one of them.
    private struct CMPLab {
        let lab: TellLab
        let server: CMPServer
        let serial: String
    }

    private func lab(
        for name: String = "ada", options: [String] = [], trust: String? = nil
    ) throws -> CMPLab {
        let lab = try TellLab()
        try lab.ca.issue("ada")
        try lab.ca.issue("ben")
        let server = try CMPServer(for: name, of: lab.ca, options: options)
        try lab.tellByCMP(at: server.url, trust: trust)
        try lab.configure()
        try lab.sync()
        for name in ["ada", "ben"] {
            try lab.carry(lab.ca.file(name, "pem"), on: "card-\(name)", of: name)
        }
        return CMPLab(lab: lab, server: server, serial: try lab.serial(of: "ada"))
    }

    private func words(_ answer: LockAnswer?) -> String {
        answer?.errors(.tellRevocation).first?.message ?? ""
    }

    /// The directory's part is done, whatever the CA does.
    private func expectLocked(_ answer: LockAnswer, _ lab: TellLab) throws {
        #expect(answer.enforced == "written")
        #expect(answer.json["revocation"]?.isNull == true)
        #expect(!lab.lab.binds("ada"))
        #expect(try lab.lab.groups(of: LockLab.person("ada")).isEmpty)
    }

    @Test func `a revocation that the CA took is told, and not claimed to be seen`() throws {
        let cmp = try lab()
        let lock = try cmp.lab.lock("ada")
        #expect(lock.states(.tellRevocation) == [cmp.serial: "done"])
        #expect(lock.json["revocation"] == "told")
        let shown = try cmp.lab.show("ada")["certificates"]?[0]
        #expect(shown?["authority"]?["name"] == "lighthouse")
        #expect(shown?["authority"]?["told"]?.string != nil)
        #expect(shown?["authority"]?["seen"]?.isNull == true)
        let again = try cmp.lab.lock("ada")
        #expect(again.outcome == "alreadyLocked")
        try cmp.lab.verifyAudit()
    }

    @Test func `a CA that is down is told by the retry, and by nobody twice`() throws {
        let cmp = try lab()
        cmp.server.proxy.set(.cut)
        let lock = try cmp.lab.lock("ada", exit: 75)
        try expectLocked(lock, cmp.lab)
        #expect(lock.states(.tellRevocation) == [cmp.serial: "pending"])
        #expect(words(lock).hasPrefix("lighthouse: \(cmp.server.url): "), "\(words(lock))")
        // Its time has not come.
        let run = try cmp.lab.json("sync", exit: 75)
        #expect(run["queue"]?["pending"]?.int == 1)
        cmp.server.proxy.set(.none)
        #expect(try cmp.lab.retry().first?.outcome == "completed")
        #expect(try cmp.lab.json("sync")["queue"]?["pending"]?.int == 0)
        try cmp.lab.verifyAudit()
    }

    @Test func `nobody who listens is down at once`() throws {
        let cmp = try lab()
        try cmp.lab.tellByCMP(at: "http://127.0.0.1:9/pkix/")
        try cmp.lab.configure()
        let begun = ContinuousClock.now
        let lock = try cmp.lab.lock("ada", exit: 75)
        #expect(ContinuousClock.now - begun < .seconds(20))
        #expect(words(lock) == "lighthouse: http://127.0.0.1:9/pkix/: Connection refused")
        try expectLocked(lock, cmp.lab)
    }

    @Test func `a CA that is silent has its time, and the directory does not wait for it`() throws {
        let cmp = try lab()
        cmp.server.proxy.set(.stall)
        let begun = ContinuousClock.now
        let child = try cmp.lab.start([
            "--json", "lock", "ada", "--reason", "left-organization", "--yes",
        ])
        while cmp.lab.lab.binds("ada"), child.isRunning { usleep(50_000) }
        #expect(child.isRunning)
        #expect(ContinuousClock.now - begun < .seconds(20))
        let end = try child.wait()
        #expect(end.exitCode == 75)
        #expect(ContinuousClock.now - begun < .seconds(60))
        let lock = LockAnswer(json: try #require(JSONValue(parsing: end.stdout)))
        #expect(words(lock) == "lighthouse: \(cmp.server.url): no answer in time")
        try expectLocked(lock, cmp.lab)
    }

    @Test func `who is asked to end does not wait for a silent CA, which is told later`() throws {
        let cmp = try lab()
        cmp.server.proxy.set(.stall)
        let child = try cmp.lab.start([
            "--json", "lock", "ada", "--reason", "left-organization", "--yes",
        ])
        // She is taken out of her groups last, before the CA's turn.
        while try !cmp.lab.lab.groups(of: LockLab.person("ada")).isEmpty {
            try #require(child.isRunning)
            usleep(50_000)
        }
        usleep(1_000_000)
        let begun = ContinuousClock.now
        child.signal(SIGTERM)
        let end = try child.wait()
        #expect(end.exitCode == 75)
        #expect(ContinuousClock.now - begun < .seconds(8))
        let lock = LockAnswer(json: try #require(JSONValue(parsing: end.stdout)))
        #expect(lock.states(.tellRevocation) == [cmp.serial: "pending"])
        try expectLocked(lock, cmp.lab)
        cmp.server.proxy.set(.none)
        #expect(try cmp.lab.retry().first?.outcome == "completed")
    }

    @Test(arguments: [
        (8, "failed", "badCertId (4)"), (24, "pending", "systemUnavail (24)"),
    ])
    func `what the CA answers is told in its words`(row: (Int, String, String)) throws {
        // 4 is what an unknown serial is called; 24 passes.
        let bit = row.0 == 8 ? 4 : row.0
        let cmp = try lab(options: [
            "-pkistatus", "2", "-failure", "\(bit)", "-statusstring", "ask the desk",
        ])
        let lock = try cmp.lab.lock("ada", exit: 75)
        #expect(lock.states(.tellRevocation) == [cmp.serial: row.1])
        #expect(words(lock).contains(row.2), "\(words(lock))")
        #expect(words(lock).hasSuffix("it says: ask the desk"), "\(words(lock))")
        try expectLocked(lock, cmp.lab)
    }

    @Test func `revoked already is done`() throws {
        let cmp = try lab(options: ["-pkistatus", "2", "-failure", "10"])
        let lock = try cmp.lab.lock("ada")
        #expect(lock.states(.tellRevocation) == [cmp.serial: "done"])
        #expect(lock.json["revocation"] == "told")
    }

    @Test func `a CA that knows another certificate alone refuses this one`() throws {
        let cmp = try lab(for: "ben")
        let lock = try cmp.lab.lock("ada", exit: 75)
        #expect(lock.states(.tellRevocation) == [cmp.serial: "failed"], "\(words(lock))")
        try expectLocked(lock, cmp.lab)
    }

    @Test func `an answer that somebody else signed counts for nothing`() throws {
        let stranger = try CertificateAuthority("Stranger CA")
        let cmp = try lab(trust: stranger.certificate)
        let lock = try cmp.lab.lock("ada", exit: 75)
        #expect(lock.states(.tellRevocation) == [cmp.serial: "pending"], "\(words(lock))")
        try expectLocked(lock, cmp.lab)
    }

    @Test func `an answer under a certificate that has ended counts for nothing`() throws {
        let lab = try TellLab()
        try lab.ca.issue("ada")
        try lab.ca.issue("desk", .signer, days: -3)
        let server = try CMPServer(for: "ada", of: lab.ca, signer: "desk")
        try lab.tellByCMP(at: server.url)
        try lab.configure()
        try lab.sync()
        try lab.carry(lab.ca.file("ada", "pem"), on: "card-ada", of: "ada")
        let serial = try lab.serial(of: "ada")
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.states(.tellRevocation) == [serial: "pending"], "\(words(lock))")
        try expectLocked(lock, lab)
    }

    @Test func `garbage counts for nothing`() throws {
        let cmp = try lab()
        let door = try HTTPDoor { _ in
            HTTPDoor.Response(type: "application/pkixcmp", body: [0x30, 3, 2, 1, 0])
        }
        try cmp.lab.tellByCMP(at: door.url)
        try cmp.lab.configure()
        let lock = try cmp.lab.lock("ada", exit: 75)
        #expect(words(lock) == "lighthouse: \(door.url): its answer is no CMP message")
        try expectLocked(lock, cmp.lab)
    }

    @Test func `locked, unlocked and locked again while the CA is down, it is told once`() throws {
        let cmp = try lab()
        cmp.server.proxy.set(.cut)
        try cmp.lab.lock("ada", exit: 75)
        try cmp.lab.succeed("unlock", "ada", "--reason", "cleared", "--yes", exit: 75)
        try cmp.lab.lock("ada", exit: 75)
        cmp.server.proxy.set(.none)
        let ended = try cmp.lab.retry()
        #expect(ended.map(\.outcome) == ["completed"])
        #expect(ended.first?.states(.tellRevocation) == [cmp.serial: "done"])
        #expect(try cmp.lab.retry().isEmpty)
        try cmp.lab.verifyAudit()
    }
}
