import Fixtures
import Foundation
import Ground
import Testing

/// What a CA does by itself reaches the store with the next sync.
struct AuthorityFollowingTests {
    private let lab: AuthorityLab

    init() throws { lab = try AuthorityLab() }

    @Test func `what the CA revoked or held by itself becomes so here, once`() throws {
        try lab.ca.revoke("ada", "CACompromise")
        try lab.ca.revoke("ben", "certificateHold")
        try lab.ca.revoke("cleo", "superseded")
        try lab.ca.publish()
        let report = try lab.sync()
        #expect(report?["revoked"] == 2)
        #expect(report?["held"] == 1)
        #expect(
            try [lab.state("ada"), lab.state("ben"), lab.state("cleo")] == [
                "revoked", "onHold", "revoked",
            ])
        let ada = try lab.json("certificates", "ada")[0]
        #expect(ada?["serial"] == "7F00112233445566778899AABBCCDDEEFF001122")
        #expect(ada?["revocationReason"] == "cACompromise")
        #expect(ada?["authority"]?["by"] == "crl")
        #expect(ada?["seen"]?.string != nil)
        #expect(ada?["told"] == .null)
        let event = try lab.json("audit", "--user", "ada").array?.last
        #expect(event?["event"] == "certificate revoked")
        #expect(event?["by"] == "authority:staff-ca")
        #expect(event?["detail"]?["reason"] == "cACompromise")
        let events = try lab.json("audit").array?.count
        try lab.age()
        let again = try lab.sync()
        #expect(again?["revoked"] == 0)
        #expect(again?["error"] == .null)
        #expect(try lab.json("audit").array?.count == events)
        // What it takes back is valid again; a list that was read within the hour is not read again.
        try lab.release("ben")
        try lab.ca.publish()
        #expect(try lab.sync()?["released"] == 0)
        try lab.age()
        #expect(try lab.sync()?["released"] == 1)
        #expect(try lab.state("ben") == "valid")
        #expect(try lab.needs() == [])
    }

    @Test func `a list that was published before a release puts nothing back on hold`() throws {
        func tell(_ program: String) throws {
            try lab.configure { text in
                text.replacing(
                    "\nreasons:\n",
                    with: "\nreasons:\n  leave: {for: [deactivate]}\n  back: {for: [reactivate]}\n")
                    + "authorities: {staff-ca: {certificate: \(lab.ca.certificate), "
                    + "tell: {run: \(program)}, see: {crl: \(lab.ca.file("list", "pem"))}}}\n"
            }
        }
        try tell("[/bin/true]")
        try lab.run("sync").succeeded(at: "sync")
        try lab.ca.revoke("ben", "certificateHold")
        try lab.ca.publish()
        try lab.run("deactivate", "ben", "--reason", "leave", "--yes")
            .succeeded(at: "deactivate")
        #expect(try lab.state("ben") == "onHold")
        // The CA is down while ben comes back.
        try tell("[/bin/sh, -c, exit 75]")
        #expect(try lab.run("reactivate", "ben", "--reason", "back", "--yes").exitCode == 75)
        try lab.age()
        try lab.run("sync")
        #expect(try lab.state("ben") == "valid")
        try tell("[/bin/true]")
        try lab.run("retry").succeeded(at: "retry")
        let told = try lab.json("report", "2")["steps"]?.array?
            .first { $0["kind"] == "tellRelease" }
        #expect(told?["state"] == "done")
        // The list of before is read once more.
        try lab.age()
        try lab.run("sync").succeeded(at: "sync")
        #expect(try lab.state("ben") == "valid")
    }

    @Test func `a negative serial is found on the list as well`() throws {
        // RFC 5280 forbids it, and `openssl ca` gives none itself.
        try ChildProcess.run(
            "openssl",
            ["x509", "-req", "-in", lab.ca.file("cleo", "csr"), "-CA", lab.ca.certificate]
                + ["-CAkey", lab.ca.key, "-set_serial", "-5", "-days", "30", "-outform", "DER"]
                + ["-out", lab.ca.file("cleo", "der")]
        ).succeeded(at: "openssl x509")
        try lab.server.modify(
            """
            dn: uid=cleo,ou=people,dc=example,dc=com
            changetype: modify
            replace: userCertificate;binary
            userCertificate;binary:: \(Data(lab.ca.der("cleo")).base64EncodedString())
            """)
        try lab.ca.folder.append(
            "R\t351231000000Z\t260101000000Z,superseded\t-05\tunknown\t/O=Lighthouse/CN=cleo\n",
            to: "index.txt")
        try lab.ca.publish()
        #expect(try lab.sync()?["revoked"] == 1)
        let cleo = try lab.json("certificates", "cleo")[0]
        #expect(cleo?["serial"] == "-05")
        #expect(cleo?["verified"] == true)
        #expect(cleo?["revokedAt"] == "2026-01-01T00:00:00Z")
        #expect(cleo?["revocationReason"] == "superseded")
    }

    @Test func `what a process of ours holds stays on hold`() throws {
        #expect(try lab.sync()?["error"] == .null)
        try lab.configure {
            $0 + "  away: {for: [deactivate]}\n"
                + "authorities: {staff-ca: {certificate: \(lab.ca.certificate), "
                + "see: {crl: \(lab.ca.file("list", "pem"))}}}\n"
        }
        try lab.run("deactivate", "ben", "--reason", "away", "--yes").succeeded(at: "deactivate")
        try lab.age()
        #expect(try lab.sync()?["released"] == 0)
        #expect(try lab.state("ben") == "onHold")
        // Hers alone is set free by the CA, and then held because she is away.
        try lab.ca.revoke("ada", "certificateHold")
        try lab.ca.publish()
        try lab.age()
        #expect(try lab.sync()?["held"] == 1)
        try lab.run("deactivate", "ada", "--reason", "away", "--yes").succeeded(at: "deactivate")
        try lab.release("ada")
        try lab.ca.publish()
        try lab.age()
        _ = try lab.sync()
        #expect(try lab.state("ada") == "onHold")
        try lab.run("reactivate", "ada", "--yes").succeeded(at: "reactivate")
        #expect(try lab.state("ada") == "valid")
    }

    @Test func `without a list the responder is asked about live certificates`() throws {
        let responder = try lab.ca.responder()
        try lab.configure("ocsp: \"\(responder.url)\"")
        try lab.ca.revoke("ada", "keyCompromise")
        let report = try lab.sync()
        #expect(report?["revoked"] == 1)
        #expect(report?["error"] == .null)
        let ada = try lab.json("certificates", "ada")[0]
        #expect(ada?["revocationReason"] == "keyCompromise")
        #expect(ada?["authority"]?["by"] == "ocsp")
        #expect(try lab.state("ben") == "valid")
        let shown = try lab.json("authorities")[0]
        #expect(shown?["ocsp"]?["uri"]?.string == responder.url)
        #expect(shown?["ocsp"]?["askedAt"]?.string != nil)
        #expect(shown?["crl"] == .null)
        #expect(shown?["certificates"] == 3)
    }

    @Test func `a list comes over HTTP as well`() throws {
        try lab.ca.revoke("ben")
        let der = lab.ca.file("list", "der")
        try ChildProcess.run(
            "openssl", ["crl", "-in", lab.ca.publish(), "-outform", "DER", "-out", der]
        ).succeeded(at: "openssl crl")
        let body = Array(try Data(contentsOf: URL(filePath: der)))
        let door = try HTTPDoor { _ in
            HTTPDoor.Response(type: "application/pkix-crl", body: body)
        }
        try lab.configure("crl: \"\(door.url)/staff.crl\"")
        #expect(try lab.sync()?["revoked"] == 1)
        #expect(try lab.state("ben") == "revoked")
    }
}
