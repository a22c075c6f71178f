import Crypto
import Testing

/// No certificate of a file is passed over in silence.
struct PEMTextTests {
    let openssl: OpenSSLTool

    init() throws {
        openssl = try OpenSSLTool()
    }

    private func failure(_ pem: String) -> CertificateError? {
        do throws(CertificateError) {
            _ = try X509Certificate.certificates(pem: Array(pem.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `a damaged block refuses the file with its line`() throws {
        let one = try openssl.makeCertificate("one", serial: "1")
        let two = try openssl.makeCertificate("two", serial: "2")
        let lines = one.split(separator: "\n").count
        let indented = two.split(separator: "\n").map { "  \($0)\n" }.joined()
        let dashes = two.replacing("-----BEGIN", with: "----BEGIN")
        let strange = "this line begins or ends a PEM block, but has something else in it"
        let cases: [(String, Int, String)] = [
            (one + indented, lines + 1, strange),
            (one + dashes, lines + 1, strange),
            (one + two.replacing("BEGIN", with: "begin"), lines + 1, strange),
            (String(one.dropLast()) + two, lines, strange),
            (one + "\u{FEFF}" + two, lines + 1, strange),
            (
                one.replacing("-----END CERTIFICATE-----\n", with: "") + two, 1,
                "the PEM block that begins here has no END line before the next one begins, in line "
                    + "\(lines)"
            ),
            (
                one + two.replacing("END CERTIFICATE", with: "END CERTIFICATE REQUEST"), lines + 1,
                "the PEM block that begins here ends as another one, in line \(2 * lines)"
            ),
            (
                one + "-----END CERTIFICATE-----\n" + two, lines + 1,
                "a PEM block ends here that has no BEGIN line"
            ),
            (
                one + "-----BEGIN CERTIFICATE-----\nno base64!\n-----END CERTIFICATE-----\n",
                lines + 1, "the PEM block that begins here is not base64"
            ),
        ]
        for (text, line, sentence) in cases {
            let error = failure(text)
            #expect(error?.description == sentence)
            #expect(error?.line == line, "\(sentence)")
        }
    }

    @Test func `text around, blanks behind a line and a mark before it do no harm`() throws {
        let one = try openssl.makeCertificate("one", serial: "1")
        let text =
            "\u{FEFF}" + one.replacing("\n", with: " \r\n")
            + "Bag Attributes\n    friendlyName: begins and ends\nsubject=/CN=one\n" + one
        #expect(
            try X509Certificate.certificates(pem: Array(text.utf8)).map(\.serial) == ["01", "01"])
    }

    @Test func `a CA's certificate says so, whichever extension says it`() throws {
        func isAuthority(_ extensions: String...) throws -> Bool? {
            let pem = try openssl.makeCertificate("some", extensions: extensions)
            return try X509Certificate.certificates(pem: Array(pem.utf8)).first?.isAuthority
        }
        #expect(try isAuthority("basicConstraints=critical,CA:TRUE") == true)
        #expect(try isAuthority("basicConstraints=CA:TRUE,pathlen:0") == true)
        #expect(try isAuthority("basicConstraints=critical,CA:FALSE") == false)
        // OpenSSL's own configuration makes a CA of whatever signs itself.
        #expect(try isAuthority() == true)
    }
}
