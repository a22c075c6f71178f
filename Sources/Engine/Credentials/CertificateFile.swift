internal import Crypto
internal import Ground
package import Identity

/// What a PEM file holds: certificates that can be somebody's, and those of CAs, which are nobody's.
package struct CertificateFile: Sendable {
    /// Each once, in the file's order; never empty.
    package let certificates: [Certificate.Encoded]
    /// Those of CAs, which are left out: most tools write them beside the leaf.
    package let authorities: [Certificate.Content]

    package init(pem: [UInt8], named file: String) throws(Refusal) {
        let found: [X509Certificate]
        do throws(CertificateError) {
            found = try X509Certificate.certificates(pem: pem)
        } catch {
            let place = error.line.map { "\(file):\($0)" } ?? file
            throw Refusal(.refused, "\(place): \(error.description)")
        }
        var seen: Set<[UInt8]> = []
        certificates = found.filter { !$0.isAuthority && seen.insert($0.fingerprint).inserted }
            .map(Certificate.Encoded.init)
        authorities = found.filter(\.isAuthority).map { Certificate.Encoded($0).content }
        guard !certificates.isEmpty else {
            let names = authorities.map { "“\($0.subject)”" }.joined(separator: ", ")
            throw Refusal(
                .refused, "\(file) holds no certificate of a person, but those of CAs: \(names)",
                hint: "A CA's certificate is nobody's credential.")
        }
    }
}

extension Certificate.Encoded {
    /// What the CA wrote into it.
    init(_ certificate: X509Certificate) {
        self.init(
            content: Certificate.Content(
                serial: certificate.serial, issuer: certificate.issuer,
                subject: certificate.subject,
                notBefore: Timestamp(seconds: certificate.notBefore),
                notAfter: Timestamp(seconds: certificate.notAfter),
                fingerprint: certificate.fingerprint),
            der: certificate.der)
    }
}
