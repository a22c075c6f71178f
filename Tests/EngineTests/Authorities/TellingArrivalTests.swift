import Fixtures
import Ground
import Identity
import Testing

/// What arrives at somebody who is locked or inactive is born so, and the CA hears of it.
@Suite struct TellingArrivalTests {
    private func lab(_ body: String = "exit 0") throws -> TellLab {
        let lab = try TellLab()
        try lab.tellByProgram(body)
        try lab.configure()
        try lab.sync()
        return lab
    }

    @Test func `a certificate that a locked user gets is revoked there with the lock's reason`()
        throws
    {
        let lab = try lab()
        try lab.lock("ada")
        try lab.ca.issue("late")
        try lab.enter("late", into: "ada")
        try lab.sync()
        let serial = try lab.serial(of: "late")
        #expect(try lab.show("ada")["certificates"]?[0]?["state"] == "revoked")
        #expect(try lab.requests() == ["revoke \(serial) affiliationChanged"])
        try lab.sync()
        #expect(try lab.requests().count == 1)
        #expect(try lab.show("ada")["certificates"]?[0]?["authority"]?["told"]?.string != nil)
        try lab.verifyAudit()
    }

    @Test func `one that was known of somebody else is revoked there as well`() throws {
        let lab = try lab()
        try lab.ca.issue("shared")
        try lab.enter("shared", into: "ben")
        try lab.sync()
        try lab.lock("ada")
        #expect(try lab.requests() == [])
        try lab.enter("shared", into: "ada")
        try lab.sync()
        try lab.sync()
        let serial = try lab.serial(of: "shared")
        #expect(try lab.show("ben")["certificates"]?[0]?["state"] == "revoked")
        #expect(try lab.requests() == ["revoke \(serial) affiliationChanged"])
    }

    @Test func `one whose serial another CA has given as well is told to its own`() throws {
        let lab = try TellLab()
        let other = try CertificateAuthority("Harbour CA")
        try lab.tellByProgram()
        lab.more =
            "  harbour:\n    certificate: \(other.certificate)\n    tell: {\(lab.tell ?? "")}\n"
        try lab.configure()
        try lab.sync()
        try lab.issue("ada", serial: "4711")
        try lab.lock("ada")
        try other.issue("late", serial: "4711")
        try lab.enter("late", of: other, into: "ada")
        try lab.sync()
        let told = try lab.said()
        #expect(told.map { $0["authority"] } == ["lighthouse", "harbour"])
        #expect(told.map { $0["serial"] } == ["4711", "4711"])
        let shown = try lab.json("authorities")
        #expect(shown[0]?["waiting"] == 0 && shown[1]?["waiting"] == 0)
    }

    @Test func `one that an inactive user gets is held there, and released when they are back`()
        throws
    {
        let lab = try lab()
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.ca.issue("late")
        try lab.enter("late", into: "ada")
        try lab.sync()
        let serial = try lab.serial(of: "late")
        #expect(try lab.requests() == ["hold \(serial) certificateHold"])
        try lab.succeed("reactivate", "ada", "--reason", "back", "--yes")
        #expect(try lab.requests().last == "release \(serial) removeFromCRL")
    }

    @Test func `a CA that is down hears of it from a later sync`() throws {
        let lab = try lab("[ -e \"$self.open\" ] || { echo later >&2; exit 75; }")
        try lab.lock("ada")
        try lab.ca.issue("late")
        try lab.enter("late", into: "ada")
        let run = try lab.json("sync", exit: 75)
        #expect(run["queue"]?["pending"]?.int == 1)
        try lab.open()
        try lab.succeed("retry")
        #expect(try lab.json("sync")["queue"]?["pending"]?.int == 0)
        let serial = try lab.serial(of: "late")
        #expect(try lab.requests().last == "revoke \(serial) affiliationChanged")
    }
}
