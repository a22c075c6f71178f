package import Ground

/// Which authority vouches for a certificate, and what that one was told and says of it.
package struct CertificateBinding: Hashable, Sendable {
    /// By what the authority's word was read.
    package enum Witness: String, Sendable {
        case ocsp
        case crl
    }

    package struct Seen: Hashable, Sendable {
        package let at: Timestamp
        package let by: Witness

        package init(at: Timestamp, by: Witness) {
            self.at = at
            self.by = by
        }
    }

    /// The one whose name the certificate gives as its issuer; nil: none of the configuration.
    package let authority: String?
    /// Whether that one signed it; nil: nothing can tell.
    package let verified: Bool?
    /// When the authority was told of the state that the certificate is in.
    package let told: Timestamp?
    /// When it was seen to say so itself.
    package let seen: Seen?

    package init(authority: String?, verified: Bool?, told: Timestamp? = nil, seen: Seen? = nil) {
        self.authority = authority
        self.verified = verified
        self.told = told
        self.seen = seen
    }

    package static let unknown = CertificateBinding(authority: nil, verified: nil)
}
