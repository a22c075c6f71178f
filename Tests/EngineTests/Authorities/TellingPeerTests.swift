import Fixtures
import Foundation
import Ground
import Identity
import Testing

/// CMP with servers of two makes, OpenSSL's and Bouncy Castle's, and with what a CA of long standing has: a
/// chain, serials of every kind, an index of its own.
@Suite struct TellingPeerTests {
    /// `certificate`: the file of the one that ada has, and the only one that the server knows.
    private func lock(
        _ lab: TellLab, _ server: CMPServer, exit: Int32 = 0
    ) throws -> LockAnswer {
        try lab.tellByCMP(at: server.url)
        try lab.configure()
        try lab.sync()
        try lab.carry(lab.ca.file("ada", "pem"), on: "card-ada", of: "ada")
        return try lab.lock("ada", exit: exit)
    }

    @Test(arguments: [true, false])
    func `who signs the answers is believed by the chain that comes with them`(hasChain: Bool)
        throws
    {
        let lab = try TellLab()
        try lab.ca.issue("ada")
        try lab.ca.issue("below", .authority)
        try lab.ca.issue("desk", .signer, by: "below")
        let server = try CMPServer(
            for: "ada", of: lab.ca, signer: "desk",
            options: hasChain ? ["-srv_untrusted", lab.ca.file("below", "pem")] : [])
        let lock = try lock(lab, server, exit: hasChain ? 0 : 75)
        let serial = try lab.serial(of: "ada")
        #expect(lock.states(.tellRevocation) == [serial: hasChain ? "done" : "pending"])
        let words = lock.errors(.tellRevocation).first?.message ?? ""
        #expect(hasChain || words.hasPrefix("lighthouse: \(server.url): "), "\(words)")
        try lab.verifyAudit()
    }

    @Test(arguments: ["00C0FFEE", "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF01", "00FF00FF00FF00FF"])
    func `a serial with leading zeros or of 20 octets is found by the CA`(serial: String) throws {
        let lab = try TellLab()
        try lab.ca.issue("ada", serial: serial)
        let server = try CMPServer(for: "ada", of: lab.ca)
        let lock = try lock(lab, server)
        #expect(lock.states(.tellRevocation) == [try lab.serial(of: "ada"): "done"])
    }

    @Test(arguments: [true, false])
    func `Bouncy Castle holds, releases, revokes, and knows what it has revoked`(isSigned: Bool)
        throws
    {
        let lab = try TellLab()
        try lab.ca.issue("ra", .signer)
        let server = try BouncyCastleServer(of: lab.ca)
        if isSigned {
            try lab.tellByCMP(at: server.url)
        } else {
            let secret = try lab.folder.write("swordfish\n", to: "secret", mode: 0o600)
            lab.tell =
                "cmp: {uri: \"\(server.url)\", reference: lockstep, secretFile: \"\(secret)\", "
                + "trust: \"\(lab.ca.certificate)\"}"
        }
        try lab.configure()
        try lab.sync()
        let serial = try lab.issue("ada", serial: "00F1")
        let check = try lab.start(["--json", "check"]).wait().stdout
        #expect(check.contains("lighthouse answers at \(server.url), and takes our protection"))
        try lab.succeed("deactivate", "ada", "--reason", "holiday", "--yes")
        try lab.succeed("reactivate", "ada", "--reason", "back", "--yes")
        let lock = try lab.lock("ada")
        #expect(lock.states(.tellRevocation) == [serial: "done"])
        #expect(server.asked == ["f1 6", "f1 8", "f1 3"])
        // As if its answer had been lost: it says that it is revoked, which is what was asked for.
        try lab.forgetTold()
        try lab.succeed("retry")
        #expect(server.asked.last == "f1 3" && server.asked.count == 4)
        #expect(try lab.json("authorities")[0]?["untold"] == 0)
        // A first reason can't be made a worse one there: Bouncy Castle says so, and it counts as told.
        try lab.succeed("certificate", "escalate", serial, "--reason", "keyCompromise")
        #expect(server.asked.last == "f1 1")
        try lab.verifyAudit()
    }

    @Test func `a negative serial is found by the CA as well`() throws {
        let lab = try TellLab()
        try lab.ca.issue("ada")
        // RFC 5280 forbids it, and some CAs have given it.
        try ChildProcess.run(
            "openssl",
            ["x509", "-req", "-in", lab.ca.file("ada", "csr"), "-CA", lab.ca.certificate]
                + ["-CAkey", lab.ca.key, "-set_serial", "-5", "-days", "30"]
                + ["-out", lab.ca.file("ada", "pem")]
        ).succeeded(at: "openssl x509")
        let server = try CMPServer(for: "ada", of: lab.ca)
        let lock = try lock(lab, server)
        #expect(lock.states(.tellRevocation) == ["-05": "done"])
        #expect(lock.json["revocation"] == "told")
        try lab.succeed("certificate", "escalate", "--reason", "keyCompromise", "--", "-05")
        #expect(try lab.show("ada")["certificates"]?[0]?["revocationReason"] == "keyCompromise")
    }
}
