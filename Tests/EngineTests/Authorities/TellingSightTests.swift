import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// Told is not seen: the CA is asked what it says by now.
@Suite struct TellingSightTests {
    /// A CA whose program revokes as `openssl ca` does, and whose responder answers from the same index.
    private func lab(
        _ body: String? = nil, responder: Bool = true
    ) throws -> (lab: TellLab, door: HTTPDoor) {
        let lab = try TellLab()
        let door = try lab.ca.responder()
        try lab.tellByProgram(body ?? Self.revoke(lab.ca))
        if responder { lab.see = "ocsp: \"\(door.url)/\"" }
        try lab.configure()
        try lab.sync()
        return (lab, door)
    }

    /// Writes the certificate out of the document, and revokes it for the document's reason.
    private static func revoke(_ ca: CertificateAuthority) -> String {
        #"""
        reason=$(sed -n 's/.*"reason":"\([A-Za-z]*\)".*/\1/p' "$self.now")
        printf '%b' "$(sed -n 's/.*"certificate":"\([^"]*\)".*/\1/p' "$self.now")" >"$self.pem"
        """#
            + "\nopenssl ca -batch -config '\(ca.folder.file("ca.cnf"))' -revoke \"$self.pem\""
            + " -crl_reason \"$reason\" 2>\"$self.errors\" && exit 0"
            + "\ntail -n 1 \"$self.errors\" >&2; exit 1"
    }

    @Test func `a revocation that the CA's responder confirms is seen`() throws {
        let (lab, door) = try lab()
        try lab.issue("ada")
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed")
        #expect(lock.json["revocation"] == "seen")
        let shown = try lab.show("ada")["certificates"]?[0]
        #expect(shown?["authority"]?["by"] == "ocsp")
        #expect(shown?["authority"]?["seen"]?.string != nil)
        let report = try lab.json("report", String(lock.process ?? 0))
        #expect(report["revocationState"] == "seen")
        #expect(report["revocation"] == "affiliationChanged")
        let telling = report["steps"]?.array?.last
        #expect(telling?["kind"] == "tellRevocation")
        #expect(telling?["at"]?.string != nil)
        #expect(telling?["seen"]?["by"] == "ocsp")
        let page = lab.folder.file("page.html")
        try lab.succeed("report", String(lock.process ?? 0), "--html", page)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("At the CA"))
        #expect(html.contains("seen: each CA says so itself"))
        #expect(html.contains(" by OCSP"))
        withExtendedLifetime(door) {}
    }

    @Test func `a CA that takes it and does not say so is told, and no more`() throws {
        let (lab, door) = try lab("exit 0")
        try lab.issue("ada")
        let lock = try lab.lock("ada")
        #expect(lock.outcome == "completed")
        #expect(lock.json["revocation"] == "told")
        let text = try lab.start(["report", String(lock.process ?? 0)]).wait().stdout
        #expect(text.contains("told: each CA took it; not every one was seen to say so itself"))
        withExtendedLifetime(door) {}
    }

    @Test func `a hold that was told stays so, whatever has become of the certificate since`()
        throws
    {
        let (lab, door) = try lab("exit 0", responder: false)
        try lab.issue("ada")
        try lab.issue("ben")
        for name in ["ada", "ben"] {
            try lab.succeed("deactivate", name, "--reason", "holiday", "--yes")
        }
        try lab.succeed("reactivate", "ben", "--reason", "back", "--yes")
        try lab.lock("ada")
        let sights = try ["1", "2", "3", "4"].map { try lab.json("report", $0)["revocationState"] }
        #expect(sights == ["told", "told", .null, "told"])
        withExtendedLifetime(door) {}
    }

    @Test func `a hold is seen where its certificate is seen to be revoked by now`() throws {
        let (lab, door) = try lab("exit 0")
        try lab.issue("ada")
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.ca.revoke("ada")
        try lab.lock("ada")
        let sights = try ["1", "2"].map { try lab.json("report", $0)["revocationState"] }
        #expect(sights == ["seen", "seen"])
        withExtendedLifetime(door) {}
    }

    @Test func `what one certificate is not told of, nothing is told of`() throws {
        let (lab, door) = try lab()
        try lab.issue("ada")
        let stranger = try CertificateAuthority("Stranger CA")
        try stranger.issue("other")
        try lab.carry(stranger.file("other", "pem"), on: "other", of: "ada")
        let lock = try lab.lock("ada")
        #expect(lock.json["revocation"]?.isNull == true)
        #expect(
            lock.findings("remaining").contains {
                $0.hasSuffix(
                    "revoked in Lockstep's records: others accept it until the CA has been told")
            })
        withExtendedLifetime(door) {}
    }

    @Test func `what the CA had revoked before has its reason and time`() throws {
        let (lab, door) = try lab("echo certRevoked >&2; exit 3")
        let serial = try lab.issue("ada")
        try lab.ca.revoke("ada", "superseded")
        LockLab.wait(until: LockLab.now(plus: 2))
        let lock = try lab.lock("ada")
        // It refuses, and says itself that it is so: then it is.
        #expect(lock.states(.tellRevocation) == [serial: "done"])
        #expect(lock.json["revocation"] == "seen")
        let shown = try #require(try lab.show("ada")["certificates"]?[0])
        #expect(shown["revocationReason"] == "superseded")
        #expect(try #require(shown["revokedAt"]?.string) < lock.at ?? "")
        #expect(try lab.audit().contains { $0["event"] == "certificate revoked earlier" })
        try lab.verifyAudit()
        withExtendedLifetime(door) {}
    }

    @Test func `the lock of a card tells, and its escalation as well`() throws {
        let (lab, door) = try lab("exit 0")
        let serial = try lab.issue("ada")
        try lab.succeed("credential", "lock", "card-ada", "--reason", "misuse", "--yes")
        try lab.succeed("certificate", "escalate", serial, "--reason", "keyCompromise")
        #expect(
            try lab.requests() == [
                "revoke \(serial) privilegeWithdrawn", "revoke \(serial) keyCompromise",
            ])
        #expect(try lab.lock("ada").states(.tellRevocation).isEmpty)
        try lab.verifyAudit()
        withExtendedLifetime(door) {}
    }

    @Test func `a CA that is down when a card is locked is told by the retry`() throws {
        let (lab, door) = try lab("[ -e \"$self.open\" ] || { echo later >&2; exit 75; }")
        let serial = try lab.issue("ada")
        try lab.succeed("credential", "lock", "card-ada", "--reason", "misuse", "--yes", exit: 75)
        #expect(try lab.show("ada")["certificates"]?[0]?["state"] == "revoked")
        let run = try lab.json("sync", exit: 75)
        #expect(run["queue"]?["pending"]?.int == 1)
        try lab.open()
        try lab.succeed("retry")
        #expect(try lab.requests().last == "revoke \(serial) privilegeWithdrawn")
        #expect(try lab.json("sync")["queue"]?["pending"]?.int == 0)
        #expect(try lab.audit().contains { $0["event"] == "authority told" })
        try lab.verifyAudit()
        withExtendedLifetime(door) {}
    }
}
