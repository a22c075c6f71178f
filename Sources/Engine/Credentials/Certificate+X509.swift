internal import Crypto
internal import Ground
internal import Identity

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
