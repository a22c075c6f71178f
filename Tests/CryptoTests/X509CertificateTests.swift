import Crypto
import Fixtures
import Foundation
import Testing

struct X509CertificateTests {
    let openssl: OpenSSLTool

    init() throws {
        openssl = try OpenSSLTool()
    }

    private func failure(pem: String) -> CertificateError? {
        do throws(CertificateError) {
            _ = try X509Certificate.certificates(pem: Array(pem.utf8))
            return nil
        } catch {
            return error
        }
    }

    private func field(_ option: String, of name: String) throws -> String {
        let line = try openssl.run(["x509", "-in", name + ".pem", "-noout", option])
        return String(line.drop { $0 != "=" }.dropFirst()).trimmingCharacters(in: .newlines)
    }

    @Test func `a certificate reads as openssl reads it`() throws {
        let pem = try openssl.makeCertificate("ada")
        let certificate = try #require(try X509Certificate.certificates(pem: Array(pem.utf8)).first)
        #expect(certificate.serial == "1A2B3C")
        #expect(try certificate.serial == field("-serial", of: "ada"))
        #expect(certificate.issuer == "CN=Ada,O=Example")
        #expect(certificate.subject == "CN=Ada,O=Example")
        #expect(certificate.notAfter - certificate.notBefore == 30 * 86_400)
        let fingerprint = certificate.fingerprint
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        let line = try openssl.run(["x509", "-in", "ada.pem", "-noout", "-sha256", "-fingerprint"])
        #expect(line.hasSuffix("=" + fingerprint.joined(separator: ":") + "\n"))
    }

    @Test(arguments: [
        ("/O=Müller, Söhne/CN=Zoë 😀", #"CN=Zoë 😀,O=Müller\, Söhne"#),
        (#"/CN=a\+b"c\\d<e>;#f"#, #"CN=a\+b\"c\\d\<e\>\;#f"#),
        ("/DC=com/DC=example/CN=x", "CN=x,DC=example,DC=com"),
        ("/CN=\u{1b}[2J", #"CN=\1B[2J"#), ("/", ""),
    ])
    func `a subject is written as RFC 4514 has it`(subject: String, text: String) throws {
        let pem = try openssl.makeCertificate("name", subject: subject)
        #expect(try X509Certificate.certificates(pem: Array(pem.utf8)).map(\.subject) == [text])
    }

    @Test(arguments: [
        ("0", "00"), ("1", "01"), ("0xABC", "0ABC"), ("-1", "-01"), ("-256", "-0100"),
        ("0xFFEEDDCCBBAA99887766554433221100FFEEDDCC", "FFEEDDCCBBAA99887766554433221100FFEEDDCC"),
    ])
    func `a serial is upper-case hexadecimal`(serial: String, text: String) throws {
        let pem = try openssl.makeCertificate("serial", serial: serial)
        #expect(try X509Certificate.certificates(pem: Array(pem.utf8)).map(\.serial) == [text])
    }

    @Test(arguments: [
        ("20491231235959Z", 2_524_607_999), ("20500101000000Z", 2_524_608_000),
        ("99991231235959Z", 253_402_300_799),
    ])
    func `an end after 2050 is read`(end: String, seconds: Int64) throws {
        try openssl.makeCertificate("ca")
        try openssl.write("", "index")
        try openssl.write("01\n", "serial")
        try openssl.write(
            """
            [ca]
            default_ca = d
            [d]
            database = index
            serial = serial
            new_certs_dir = .
            default_md = sha256
            policy = p
            [p]
            organizationName = optional
            commonName = supplied
            """, "ca.cnf")
        try openssl.run([
            "req", "-new", "-key", "ca.key", "-subj", "/CN=later", "-out", "later.csr",
        ])
        try openssl.run([
            "ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-notext",
            "-startdate", "19700101000000Z", "-enddate", end, "-in", "later.csr",
            "-out", "later.pem",
        ])
        let certificate = try X509Certificate.certificates(pem: openssl.bytes("later.pem")).first
        #expect(certificate?.notBefore == 0)
        #expect(certificate?.notAfter == seconds)
    }

    @Test func `several certificates keep their order, with text between them`() throws {
        let one = try openssl.makeCertificate("one", serial: "1")
        let two = try openssl.makeCertificate("two", serial: "2")
        let pem = "Ada's\r\n" + two.replacing("\n", with: "\r\n") + "\nand\n" + one + "the end"
        #expect(
            try X509Certificate.certificates(pem: Array(pem.utf8)).map(\.serial) == ["02", "01"])
    }

    @Test func `a private key is refused wherever it stands`() throws {
        let pem = try openssl.makeCertificate("ada")
        let key = String(decoding: try openssl.bytes("ada.key"), as: UTF8.self)
        for text in [pem + key, key + pem, key] {
            #expect(failure(pem: text)?.kind == .privateKey)
        }
        #expect(
            failure(pem: key)?.description
                == "it holds a private key: give the certificates alone")
    }

    @Test func `what is no certificate is refused with its reason`() throws {
        let pem = try openssl.makeCertificate("ada")
        try openssl.run(["req", "-new", "-key", "ada.key", "-subj", "/CN=x", "-out", "x.csr"])
        let request = String(decoding: try openssl.bytes("x.csr"), as: UTF8.self)
        let cut = String(pem.prefix(pem.count / 2))
        let foreign = request.replacing("CERTIFICATE REQUEST", with: "CERTIFICATE")
        let sentences = [
            "": "it holds no certificate in PEM", "words": "it holds no certificate in PEM",
            request: "it holds a CERTIFICATE REQUEST, and only certificates are taken",
            pem + cut: "the PEM block that begins here has no END line",
            pem + foreign:
                "of the PEM block that begins here: it is not an X.509 certificate in DER",
        ]
        for (text, sentence) in sentences { #expect(failure(pem: text)?.description == sentence) }
    }

    @Test func `octets after a certificate are refused`() throws {
        try openssl.makeCertificate("ada")
        try openssl.run(["x509", "-in", "ada.pem", "-outform", "DER", "-out", "ada.der"])
        let der = try openssl.bytes("ada.der")
        #expect(try X509Certificate(der: der).serial == "1A2B3C")
        #expect(throws: CertificateError.self) { try X509Certificate(der: der + [0]) }
        #expect(throws: CertificateError.self) { try X509Certificate(der: []) }
        #expect(throws: CertificateError.self) { try X509Certificate(der: [0x30]) }
        let error = #expect(throws: CertificateError.self) {
            try X509Certificate.certificates(pem: der)
        }
        #expect(error?.description == "it holds no certificate in PEM, but looks like DER")
    }

    @Test(arguments: [1, 2, 3, 4])
    func `hostile octets are refused or read, and never crash`(seed: UInt64) throws {
        let names = ["DNS:a.example", "IP:127.0.0.1", "email:ada@example.com"]
        try openssl.makeCertificate(
            "ada", subject: "/O=Müller/CN=Zoë",
            extensions: ["subjectAltName=" + names.joined(separator: ",")])
        try openssl.run(["x509", "-in", "ada.pem", "-outform", "DER", "-out", "ada.der"])
        let der = try openssl.bytes("ada.der")
        var random = SeededGenerator(seed: seed)
        var read = 0
        for _ in 0..<5_000 {
            var mutant = der
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let place = Int.random(in: 0..<mutant.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: mutant[place] = UInt8.random(in: 0...255, using: &random)
                case 1: mutant[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: mutant.removeLast(mutant.count - place)
                default: mutant.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
                if mutant.isEmpty { mutant = [0x30] }
            }
            if (try? X509Certificate(der: mutant)) != nil { read += 1 }
        }
        #expect(read > 0)
    }
}
