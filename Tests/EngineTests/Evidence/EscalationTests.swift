import Fixtures
import Ground
import Testing

/// `certificate escalate`, the one change to a revocation.
@Suite struct EscalationTests {
    private func lab() throws -> LockLab {
        let lab = try LockLab()
        try lab.sync()
        try lab.succeed("credential", "add", "ada", "--kind", "card", "--serial", "C1")
        try lab.succeed(
            "certificate", "import", try Certificates.shared.get().certificate("good"),
            "--credential", "C1")
        return lab
    }

    private func certificate(_ lab: LockLab) throws -> JSONValue {
        try #require(try lab.show("ada")["certificates"]?[0])
    }

    @Test func `an escalation changes the reason, keeps the time, and is audited`() throws {
        let lab = try lab()
        let locked = try lab.lock("ada")
        let serial = try #require(try certificate(lab)["serial"]?.string)
        let answer = try lab.json(
            "certificate", "escalate", serial.lowercased(), "--reason", "keyCompromise")
        #expect(answer["revocationReason"] == "keyCompromise")
        #expect(answer["revokedAt"]?.string == locked.at)
        #expect(answer["user"]?["username"] == "ada")
        #expect(try certificate(lab)["revocationReason"] == "keyCompromise")
        let event = try #require(try lab.audit().last)
        #expect(event["event"] == "certificate escalated")
        #expect(event["detail"]?["before"] == "affiliationChanged")
        #expect(event["detail"]?["revokedAt"]?.string == locked.at)
        let count = try lab.audit().count
        try lab.json("certificate", "escalate", serial, "--reason", "keyCompromise")
        #expect(try lab.audit().count == count)
        try lab.verifyAudit()
    }

    @Test func `what is not revoked is refused`() throws {
        let lab = try lab()
        let serial = try #require(try certificate(lab)["serial"]?.string)
        let answer = try lab.json(
            "certificate", "escalate", serial, "--reason", "keyCompromise", exit: 65)
        #expect(answer["error"]?["message"]?.string == "the certificate \(serial) is not revoked")
        #expect(try certificate(lab)["state"] == "valid")
    }

    @Test(arguments: ["affiliationChanged", "superseded", "certificateHold"])
    func `no other reason takes the place of a revocation's`(reason: String) throws {
        let lab = try lab()
        let answer = try lab.json(
            "certificate", "escalate", "01", "--reason", reason, exit: 65)
        #expect(
            answer["error"]?["message"]?.string
                == "the reason of a revocation can't be changed to \(reason)")
    }

    @Test func `an unknown serial is refused`() throws {
        let lab = try lab()
        let answer = try lab.json(
            "certificate", "escalate", "FE", "--reason", "keyCompromise", exit: 65)
        #expect(answer["error"]?["message"] == "there is no certificate “FE”")
    }

    @Test func `a serial that two issuers share is refused until the issuer is named`() throws {
        let lab = try lab()
        try lab.succeed("credential", "add", "ben", "--kind", "card", "--serial", "C2")
        for (issuer, credential) in [("One", "C1"), ("Two", "C2")] {
            let file = lab.folder.file("\(issuer).pem")
            try ChildProcess.run(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-keyout", lab.folder.file("key"), "-out", file, "-set_serial",
                    "0x4711", "-subj", "/CN=\(issuer)", "-addext",
                    "basicConstraints=critical,CA:FALSE",
                ]
            ).succeeded(at: "openssl")
            try lab.succeed(
                "certificate", "import", file, "--credential", credential, "--state", "revoked",
                "--reason", "superseded", "--at", "2026-01-01")
        }
        let refused = try lab.json(
            "certificate", "escalate", "4711", "--reason", "keyCompromise", exit: 65)
        #expect(
            refused["error"]?["message"] == "2 issuers share the serial “4711”: “CN=One”, “CN=Two”")
        #expect(refused["error"]?["candidates"]?.array?.count == 2)
        let answer = try lab.json(
            "certificate", "escalate", "4711", "--reason", "keyCompromise", "--issuer", "cn=two")
        #expect(answer["user"]?["username"] == "ben")
        #expect(
            try lab.show("ada")["certificates"]?.array?.contains {
                $0["revocationReason"] == "keyCompromise"
            } == false)
    }

    @Test func `who may not lock may not escalate`() throws {
        let lab = try lab()
        lab.configuration.top = "operators: {somebody: {may: [lock]}}"
        try lab.configure()
        try lab.json("certificate", "escalate", "01", "--reason", "keyCompromise", exit: 77)
    }
}
