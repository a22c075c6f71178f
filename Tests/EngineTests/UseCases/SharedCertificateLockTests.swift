import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// One certificate in the entries of two people: whatever becomes of it becomes of it for both.
@Suite struct SharedCertificateLockTests {
    private func lab() throws -> LockLab {
        let lab = try LockLab()
        for user in ["ada", "ben"] { try add("good", to: user, lab) }
        try lab.sync()
        return lab
    }

    private func add(_ name: String, to user: String, _ lab: LockLab) throws {
        let pem = try String(
            contentsOfFile: Certificates.shared.get().certificate(name), encoding: .utf8)
        let der = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        try lab.change(
            LockLab.person(user), "add: userCertificate;binary\nuserCertificate;binary:: \(der)")
    }

    private func certificate(of user: String, _ lab: LockLab) throws -> [String?] {
        let found = try #require(try lab.show(user)["certificates"]?.array)
        #expect(found.count == 1)
        return ["state", "revocationReason", "revokedAt", "heldAt"].map { found[0][$0]?.string }
    }

    @Test func `it is revoked once, and the first reason and time win`() throws {
        let lab = try lab()
        let first = try lab.lock("ada")
        let wanted = ["revoked", "affiliationChanged", first.at, nil]
        for user in ["ada", "ben"] { #expect(try certificate(of: user, lab) == wanted) }
        let history = try lab.show("ben")["history"]?.array ?? []
        #expect(history.last?["event"] == "certificate revoked")
        #expect(history.last?["process"]?.int == first.process)
        let second = try lab.lock("ben", reason: "misuse")
        #expect(second.states(.revokeCertificate).isEmpty)
        for user in ["ada", "ben"] { #expect(try certificate(of: user, lab) == wanted) }
        let list = try lab.json("certificates", "--revoked")
        #expect(list.array?.count == 1)
        #expect(list[0]?["others"]?.array?.count == 1)
        #expect(list[0]?["disputed"] == false)
        try lab.verifyAudit()
    }

    @Test func `the lock of a card that carries it revokes it for both`() throws {
        let lab = try lab()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.succeed(
            "certificate", "import", try Certificates.shared.get().certificate("good"),
            "--credential", "C1")
        try lab.succeed("credential", "lock", "C1", "--reason", "misuse", "--yes")
        for user in ["ada", "ben"] {
            #expect(try certificate(of: user, lab).prefix(2) == ["revoked", "privilegeWithdrawn"])
        }
        #expect(try lab.show("ben")["history"]?.array?.last?["event"] == "certificate revoked")
        #expect(try lab.json("certificates", "--revoked")[0]?["credential"] == "C1")
    }

    @Test func `a preview names who else has it`() throws {
        let lab = try lab()
        let plan = try lab.run("lock", "ada", "--reason", "misuse", "--dry-run")
        #expect(plan.stdout.contains("ben has it too, valid → revoked (privilegeWithdrawn)"))
    }

    @Test(arguments: [["ada", "ben"], ["ben", "ada"]])
    func `what one's deactivation put on hold only the last one's return releases`(
        order: [String]
    ) throws {
        let lab = try lab()
        try lab.sibling("deactivate", "ada", reason: "holiday")
        #expect(try certificate(of: "ben", lab)[0] == "onHold")
        try lab.sibling("deactivate", "ben", reason: "holiday")
        let first = try lab.sibling("reactivate", order[0], reason: "back")
        #expect(first.states(.releaseCertificate).isEmpty)
        for user in order { #expect(try certificate(of: user, lab)[0] == "onHold") }
        let second = try lab.sibling("reactivate", order[1], reason: "back")
        #expect(second.states(.releaseCertificate).count == 1)
        for user in order { #expect(try certificate(of: user, lab) == ["valid", nil, nil, nil]) }
    }

    @Test func `on hold for one, it is revoked by the lock of the other, and keeps both times`()
        throws
    {
        let lab = try lab()
        let held = try lab.sibling("deactivate", "ada", reason: "holiday")
        let lock = try lab.lock("ben")
        let wanted = ["revoked", "affiliationChanged", lock.at, held.at]
        for user in ["ada", "ben"] { #expect(try certificate(of: user, lab) == wanted) }
        let back = try lab.sibling("reactivate", "ada", reason: "back")
        #expect(back.states(.releaseCertificate).isEmpty)
        #expect(try certificate(of: "ada", lab) == wanted)
    }

    @Test func `it is revoked for everybody once it is found on a locked user`() throws {
        let lab = try LockLab()
        try add("good", to: "ada", lab)
        try lab.sync()
        try lab.lock("ben")
        #expect(try certificate(of: "ada", lab)[0] == "valid")
        for name in ["good", "expired"] { try add(name, to: "ben", lab) }
        try lab.sync()
        #expect(try certificate(of: "ada", lab)[0] == "revoked")
        let found = try lab.show("ben")["certificates"]?.array ?? []
        #expect(
            found.map { "\($0["state"]?.string ?? "")" }.sorted() == ["expired", "revoked"])
        #expect(try lab.json("certificates", "--revoked").array?.count == 1)
    }

    @Test func `a different one with its issuer and serial is marked, and escalated for nobody`()
        throws
    {
        let lab = try LockLab()
        try lab.sync()
        for (user, credential) in [("ada", "C1"), ("ben", "C2")] {
            try lab.succeed("credential", "add", user, "--kind", "card", "--serial", credential)
            let file = lab.folder.file("\(user).pem")
            try ChildProcess.run(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-keyout", lab.folder.file("key"), "-out", file, "-set_serial",
                    "-0x4711", "-subj", "/CN=One", "-addext", "basicConstraints=CA:FALSE",
                ]
            ).succeeded(at: "openssl")
            try lab.succeed("certificate", "import", file, "--credential", credential)
        }
        let lock = try lab.lock("ada")
        #expect(
            lock.findings("remaining").contains(
                "certificate | -4711 | disputed: a different certificate of somebody else has its "
                    + "issuer and serial"))
        let list = try #require(try lab.json("certificates", "--revoked").array)
        #expect(list.map { $0["disputed"] } == [true])
        #expect(list.map { $0["verified"] } == [.null])
        for user in ["ada", "ben"] {
            #expect(try lab.show(user)["certificates"]?[0]?["disputed"] == true)
        }
        let table = try lab.run("certificates", "--revoked")
        #expect(table.stdout.contains(", disputed"))
        #expect(table.stderr.contains("the CA must go by the fingerprint"))

        let refused = try lab.json(
            "certificate", "escalate", "-4711", "--reason", "keyCompromise", exit: 65)
        #expect(
            refused["error"]?["message"]
                == "different certificates claim the serial “-4711” of “CN=One”")
        #expect(refused["error"]?["candidates"]?.array?.count == 2)
        let answer = try lab.json(
            "certificate", "escalate", "-4711", "--reason", "keyCompromise", "--user", "ada")
        #expect(answer["user"]?["username"] == "ada")
        #expect(answer["revocationReason"] == "keyCompromise")
        #expect(answer["escalatedAt"] != .null)
        #expect(try lab.show("ben")["certificates"]?[0]?["state"] == "valid")
    }
}
