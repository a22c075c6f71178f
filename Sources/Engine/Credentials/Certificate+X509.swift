internal import Crypto
internal import Identity
internal import LDAP

extension Certificate.Content {
    /// What the CA wrote into it.
    init(_ certificate: X509Certificate) {
        self.init(
            serial: certificate.serial, issuer: certificate.issuer, subject: certificate.subject,
            notBefore: Timestamp(seconds: certificate.notBefore),
            notAfter: Timestamp(seconds: certificate.notAfter),
            fingerprint: certificate.fingerprint)
    }

    /// nil unless the octets are one certificate.
    init?(der: [UInt8]) {
        guard let certificate = try? X509Certificate(der: der) else { return nil }
        self.init(certificate)
    }
}
