import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// A lock and its siblings tell the CA, by a program here: what is asked for, of which certificate, and what
/// becomes of it.
@Suite struct TellingTests {
    private func lab(_ body: String = "exit 0", options: String = "") throws -> TellLab {
        let lab = try TellLab()
        try lab.tellByProgram(body, options: options)
        try lab.configure()
        try lab.sync()
        return lab
    }

    @Test func `a lock tells of every certificate that it revokes, once the directory is done`()
        throws
    {
        let lab = try lab()
        let serial = try lab.issue("ada")
        let plan = try lab.json("lock", "ada", "--reason", "left-organization", "--dry-run")
        #expect(LockAnswer(json: plan).states(.tellRevocation) == [serial: "planned"])
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed")
        #expect(lock.states(.tellRevocation) == [serial: "done"])
        #expect(lock.steps.last == "tellRevocation \(serial) done")
        #expect(lock.findings("remaining").allSatisfy { !$0.hasPrefix("certificate") })
        let documents = try lab.said()
        #expect(documents.count == 1)
        let said = try #require(documents.first)
        #expect(said["event"]?.string == "process:\(lock.process ?? 0)")
        #expect(said["request"] == "revoke")
        #expect(said["authority"] == "lighthouse")
        #expect(said["issuer"] == "CN=Lighthouse CA,O=Lighthouse")
        #expect(said["serial"]?.string == serial)
        #expect(said["reason"] == "affiliationChanged")
        #expect(said["at"]?.string == lock.at)
        #expect(said["test"] == false)
        let pem = try String(contentsOfFile: lab.ca.file("ada", "pem"), encoding: .utf8)
        #expect(said["certificate"]?.string == pem)
        #expect(try lab.retry().isEmpty)
        #expect(try lab.said().count == 1)
        try lab.verifyAudit()
    }

    @Test func `a deactivation holds, its end releases, and the lock of what is held revokes`()
        throws
    {
        let lab = try lab()
        let (ada, ben) = (try lab.issue("ada"), try lab.issue("ben"))
        for name in ["ada", "ben"] {
            try lab.succeed("deactivate", name, "--reason", "holiday", "--yes")
        }
        try lab.succeed("reactivate", "ada", "--reason", "back", "--yes")
        let lock = try lab.lock("ben", reason: "misuse")
        #expect(lock.states(.tellRevocation) == [ben: "done"])
        #expect(
            try lab.requests() == [
                "hold \(ada) certificateHold", "hold \(ben) certificateHold",
                "release \(ada) removeFromCRL", "revoke \(ben) privilegeWithdrawn",
            ])
    }

    @Test func `a CA that knows no hold is told of none, and the deactivation says so`() throws {
        let lab = try lab(options: ", holds: false")
        let serial = try lab.issue("ada")
        let answer = LockAnswer(
            json: try lab.json("deactivate", "ada", "--reason", "holiday", "--yes"))
        #expect(answer.states(.tellHold).isEmpty)
        #expect(
            answer.findings("remaining").contains(
                "certificate | \(serial) | on hold in Lockstep's records: lighthouse knows no "
                    + "certificateHold, and others accept it"))
        try lab.succeed("reactivate", "ada", "--reason", "back", "--yes")
        #expect(try lab.said().isEmpty)
    }

    @Test(arguments: [
        (#"echo "busy at present" >&2; exit 75"#, "pending", "busy at present"),
        (#"echo "no such profile" >&2; exit 3"#, "failed", "no such profile (exit 3)"),
    ])
    func `what the CA's program can't do now, or refuses, is told in its words`(
        body: String, state: String, words: String
    ) throws {
        let lab = try lab("[ -e \"$self.open\" ] && exit 0; \(body)")
        let serial = try lab.issue("ada")
        let lock = try lab.lock("ada", exit: 75)
        #expect(lock.outcome == "partial")
        #expect(lock.enforced == "written")
        #expect(!lab.lab.binds("ada"))
        #expect(lock.states(.tellRevocation) == [serial: state])
        #expect(lock.errors(.tellRevocation).first?.message == "lighthouse: \(words)")
        let status = try lab.json("status")
        #expect(status["pending"]?.array?.count == 1)
        try lab.open()
        #expect(try lab.retry().first?.outcome == "completed")
        #expect(try lab.show("ada")["pending"]?.array?.isEmpty == true)
        try lab.verifyAudit()
    }

    @Test func `an unlock takes over what the lock had not told, and it is told once`() throws {
        let lab = try lab("[ -e \"$self.open\" ] || exit 75")
        let serial = try lab.issue("ada")
        try lab.lock("ada", exit: 75)
        let unlock = LockAnswer(
            json: try lab.json("unlock", "ada", "--reason", "cleared", "--yes", exit: 75))
        #expect(unlock.states(.tellRevocation) == [serial: "pending"])
        let again = try lab.lock("ada", reason: "misuse", exit: 75)
        #expect(again.states(.tellRevocation) == [serial: "pending"])
        let before = try lab.said().count
        try lab.open()
        let ended = try lab.retry()
        #expect(ended.map(\.outcome) == ["completed"])
        #expect(try lab.said().count == before + 1)
        // The first revocation's reason, whatever the second lock was for.
        #expect(try lab.requests().last == "revoke \(serial) affiliationChanged")
        try lab.verifyAudit()
    }

    @Test func `a certificate of two people is told of once`() throws {
        let lab = try lab()
        let serial = try lab.issue("ada")
        try lab.enter("ada", into: "ada")
        try lab.enter("ada", into: "ben")
        try lab.sync()
        #expect(try lab.lock("ada").states(.tellRevocation) == [serial: "done"])
        #expect(try lab.lock("ben").states(.tellRevocation).isEmpty)
        #expect(try lab.requests() == ["revoke \(serial) affiliationChanged"])
    }

    @Test func `what only names the CA in somebody's own entry is not told`() throws {
        let lab = try lab()
        // Ben's serial, under the name of the CA, signed by a namesake.
        let ben = try lab.issue("ben")
        let namesake = try CertificateAuthority()
        try namesake.issue("forged", serial: ben)
        try lab.enter("forged", of: namesake, into: "ada")
        try lab.sync()
        let lock = try lab.lock("ada")
        #expect(lock.states(.revokeCertificate) == [ben: "done"])
        #expect(lock.states(.tellRevocation).isEmpty)
        #expect(
            lock.findings("remaining").contains(
                "certificate | \(ben) | names lighthouse as its issuer and is not signed by it: no "
                    + "CA is told of it"))
        #expect(try lab.said().isEmpty)
        #expect(try lab.show("ben")["certificates"]?[0]?["state"] == "valid")
    }

    @Test(arguments: ["00C0FFEE", "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF01"])
    func `a serial of any length is told whole`(serial: String) throws {
        let lab = try lab()
        let name = try lab.issue("ada", serial: serial)
        try lab.lock("ada")
        #expect(try lab.requests() == ["revoke \(name) affiliationChanged"])
    }

    @Test func `what an import brings as revoked came from the CA, and is not told`() throws {
        let lab = try lab()
        try lab.ca.issue("ada")
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.succeed(
            "certificate", "import", lab.ca.file("ada", "pem"), "--credential", "C1", "--state",
            "revoked", "--reason", "superseded", "--at", "2026-02-03T04:05:06Z")
        #expect(try lab.lock("ada").states(.tellRevocation).isEmpty)
        #expect(try lab.retry().isEmpty)
        #expect(try lab.said().isEmpty)
    }

    @Test func `an authority that is no longer configured is named, and told when it is back`()
        throws
    {
        let lab = try lab("exit 75")
        let serial = try lab.issue("ada")
        let lock = try lab.lock("ada", exit: 75)
        let authorities = lab.tell
        lab.tell = nil
        try lab.configure()
        let gone = try lab.retry(exit: 75)
        #expect(
            gone.first?.errors(.tellRevocation).first?.message
                == "no CA “lighthouse” is configured that is told")
        lab.tell = authorities
        try lab.configure()
        try lab.tellByProgram()
        #expect(try lab.retry().map(\.process) == [lock.process])
        #expect(try lab.requests().last == "revoke \(serial) affiliationChanged")
    }
}
