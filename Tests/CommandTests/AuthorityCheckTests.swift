import Fixtures
import Foundation
import Ground
import Testing

/// `check` looks whether a CA can be told, asked and believed.
struct AuthorityCheckTests {
    private let lab: AuthorityLab

    init() throws { lab = try AuthorityLab() }

    @Test func `check proves what it can without revoking anything`() throws {
        _ = try lab.sync()
        let lines = try #require(try lab.json("check").array).filter {
            ["authority", "revocation"].contains($0["check"]?.string)
        }
        #expect(lines.map { $0["state"] } == ["ok", "ok", "ok", "ok"])
        let text = lines.compactMap { $0["message"]?.string }
        #expect(
            text[0].hasPrefix(
                "staff-ca: the certificate of “CN=Lighthouse CA,O=Lighthouse” is good until "))
        #expect(text[1] == "staff-ca is not told; lockstep certificates --revoked is its list")
        #expect(text[2].hasPrefix("staff-ca: list 01 of "))
        #expect(text[3] == "all 3 live certificates are vouched for")
    }

    @Test func `check tries CMP without revoking anything`() throws {
        try lab.ca.issue("ra", .signer)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: lab.ca.file("ra", "key"))
        let server = try CMPServer(for: "ada", of: lab.ca)
        let told = { (anchors: String) in
            "authorities: {staff-ca: {certificate: \(lab.ca.certificate), tell: {cmp: {"
                + "uri: \"\(server.url)\", certificate: \(lab.ca.file("ra", "pem")), "
                + "key: \(lab.ca.file("ra", "key")), trust: \(anchors)}}}}\n"
        }
        try lab.configure { $0 + told(lab.ca.certificate) }
        func line() throws -> JSONValue? {
            try lab.json("check").array?.first { $0["check"] == "revocation" }
        }
        #expect(
            try line()?["message"]?.string
                == "staff-ca answers at \(server.url), and takes our protection")
        let stranger = try CertificateAuthority("Stranger CA")
        try lab.configure { $0 + told(stranger.certificate) }
        #expect(try line()?["state"] == "failed")
        #expect(!server.log.contains("revocation request"))
    }
}
