/// What a certificate says of itself (RFC 5280); its signature is not looked at.
package struct X509Certificate: Hashable, Sendable {
    /// Upper-case hexadecimal without separators, an even number of digits; a negative serial, which
    /// RFC 5280 forbids, has a minus before it.
    package let serial: String
    /// RFC 4514, in UTF-8; empty for the empty name.
    package let issuer: String
    /// RFC 4514, in UTF-8; empty for the empty name.
    package let subject: String
    /// Seconds since 1970-01-01T00:00:00Z.
    package let notBefore: Int64
    /// Seconds since 1970-01-01T00:00:00Z; the year 9999 stands for no end (RFC 5280, 4.1.2.5).
    package let notAfter: Int64
    /// Whether it says that it is a CA's: nobody's credential.
    package let isAuthority: Bool
    package let der: [UInt8]
    /// SHA-256 of the DER encoding, 32 octets.
    package let fingerprint: [UInt8]

    /// Reads one certificate in DER, and nothing behind it.
    package init(der: [UInt8]) throws(CertificateError) {
        guard let owner = CertificateOwner.parse(der) else {
            throw CertificateError(.notACertificate, "it is not an X.509 certificate in DER")
        }
        guard let issuer = owner.issuer, let subject = owner.subject else {
            throw CertificateError(.notACertificate, "its issuer or subject can't be read")
        }
        guard let notBefore = owner.notBefore, let notAfter = owner.notAfter else {
            throw CertificateError(.notACertificate, "its validity can't be read")
        }
        serial = owner.serial
        self.issuer = issuer
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
        isAuthority = owner.isAuthority
        self.der = der
        fingerprint = SHA256.hash(der)
    }
}

/// Why octets are no certificate that can be kept.
package struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        case notACertificate
        /// The file holds none.
        case empty
        case privateKey
        /// A PEM block of another kind, such as a request or a revocation list.
        case otherBlock
        /// A PEM block that is cut off, indented, joined to another, or not base64.
        case malformedBlock
    }

    package let kind: Kind
    /// The line of the file that it is about, from 1; nil: the whole file.
    package let line: Int?
    /// A sentence for people, without a full stop.
    package let description: String

    init(_ kind: Kind, line: Int? = nil, _ description: String) {
        self.kind = kind
        self.line = line
        self.description = description
    }
}
