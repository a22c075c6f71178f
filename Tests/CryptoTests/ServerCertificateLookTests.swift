import Fixtures
import Foundation
import Testing

@testable import Crypto

struct ServerCertificateLookTests {
    let certificates: Certificates
    let now = Int64(Date().timeIntervalSince1970)

    init() throws {
        certificates = try Certificates.shared.get()
    }

    private func look(
        _ port: UInt16, startTLS: Bool = false, host: String = "127.0.0.1", ca: String? = nil,
        seconds: Int64 = 30
    ) -> ServerCertificateFinding {
        ServerCertificateLook(
            host: host, port: Int(port), startTLS: startTLS, ca: ca ?? certificates.ca, now: now
        ).finding(withinSeconds: seconds)
    }

    private func server(_ certificate: ServerCertificate) throws -> Slapd {
        try Slapd { $0.tls = SlapdOptions.TLS(certificate) }
    }

    private func dates(_ name: String) throws -> X509Certificate {
        let pem = try Data(contentsOf: URL(filePath: certificates.certificate(name)))
        return try #require(try X509Certificate.certificates(pem: Array(pem)).first)
    }

    private func check(
        _ certificate: ServerCertificate, _ expected: ServerCertificateFinding
    ) throws {
        let slapd = try server(certificate)
        #expect(look(slapd.tlsPort) == expected)
        #expect(look(slapd.port, startTLS: true) == expected)
    }

    @Test func `a good certificate is accepted under each of its names`() throws {
        let slapd = try server(.good)
        for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
            #expect(look(slapd.tlsPort, host: host) == .accepted)
            #expect(look(slapd.port, startTLS: true, host: host) == .accepted)
        }
    }

    @Test func `a certificate of another host lists the hosts it is for`() throws {
        let finding = ServerCertificateFinding.wrongHost(
            host: "127.0.0.1", names: ["ldap.example.test"])
        try check(.wrongHost, finding)
        #expect(finding.sentence == "its certificate is for ldap.example.test, not for 127.0.0.1")
    }

    @Test func `an expired certificate says since when`() throws {
        let end = try dates("expired").notAfter
        try check(.expired, .expired(subject: "CN=expired,O=lockstep test", since: end))
    }

    @Test func `a certificate of the future says from when`() throws {
        let start = try dates("notYetValid").notBefore
        try check(
            .notYetValid, .notYetValid(subject: "CN=notYetValid,O=lockstep test", until: start))
    }

    @Test func `an unknown issuer is named`() throws {
        let finding = ServerCertificateFinding.untrusted(
            "unable to get local issuer certificate", subject: "CN=otherCA,O=lockstep test",
            issuer: "CN=stranger,O=lockstep test")
        try check(.otherCA, finding)
        #expect(
            finding.sentence == """
                its certificate is not trusted: unable to get local issuer certificate, at \
                CN=otherCA,O=lockstep test, issued by CN=stranger,O=lockstep test
                """)
    }

    @Test func `the server's own certificate may be the trusted one`() throws {
        let slapd = try server(.good)
        #expect(look(slapd.tlsPort, ca: certificates.certificate("good")) == .accepted)
    }

    @Test func `an unreadable file of trusted CAs is named`() throws {
        #expect(look(1, ca: "/nowhere/ca.pem") == .unreadableCA("/nowhere/ca.pem"))
    }

    @Test func `a server without TLS is told from one that is not there`() throws {
        let slapd = try Slapd()
        #expect(look(slapd.port) == .noTLS)
        guard case .startTLSRefused(let code, _) = look(slapd.port, startTLS: true) else {
            Issue.record("slapd without a certificate takes StartTLS")
            return
        }
        #expect(code == 2)
        slapd.kill()
        #expect(look(slapd.port) == .unreachable("Connection refused"))
    }

    @Test func `a server that has stopped answering is silent`() throws {
        let slapd = try server(.good)
        slapd.freeze()
        #expect(look(slapd.tlsPort, seconds: 1) == .silent)
        #expect(look(slapd.port, startTLS: true, seconds: 1) == .silent)
        slapd.thaw()
    }

    @Test func `a port that speaks TLS at once does not take StartTLS`() throws {
        let slapd = try server(.good)
        #expect(look(slapd.tlsPort, startTLS: true) == .noTLS)
    }

    @Test func `the request for StartTLS is that of RFC 4511`() {
        #expect(StartTLS.request.count == 31)
    }

    /// A success, the same with Active Directory's long lengths, and a refusal.
    static let answers: [([UInt8], StartTLS.Answer)] = [
        ([0x30, 12, 2, 1, 1, 0x78, 7, 10, 1, 0, 4, 0, 4, 0], .result(0, "")),
        (
            [0x30, 0x84, 0, 0, 0, 16, 2, 1, 1, 0x78, 0x84, 0, 0, 0, 7, 10, 1, 0, 4, 0, 4, 0],
            .result(0, "")
        ),
        ([0x30, 14, 2, 1, 1, 0x78, 9, 10, 1, 2, 4, 0, 4, 2, 0x6e, 0x6f], .result(2, "no")),
        ([], .incomplete), ([0x30], .incomplete), ([0x30, 12, 2, 1, 1], .incomplete),
        ([0x30, 0x84, 0xff, 0xff, 0xff, 0xff], .incomplete), ([0x30, 0x80], .notLDAP),
        ([0x15, 3, 1, 0, 2], .notLDAP), ([0x30, 3, 2, 1, 1], .notLDAP), ([0x30, 0], .notLDAP),
        ([0x30, 5, 2, 1, 1, 0x78, 0], .notLDAP),
    ]

    @Test(arguments: answers)
    func `an answer to StartTLS is read`(bytes: [UInt8], answer: StartTLS.Answer) {
        #expect(StartTLS.answer(bytes) == answer)
    }

    @Test func `times are written in RFC 3339`() {
        #expect(
            ServerCertificateFinding.expired(subject: "CN=x", since: 951_827_696).sentence
                == "the certificate of CN=x has expired, its end was 2000-02-29T12:34:56Z")
        #expect(
            ServerCertificateFinding.notYetValid(subject: "CN=x", until: -1).sentence
                == "the certificate of CN=x is not valid before 1969-12-31T23:59:59Z")
    }
}
