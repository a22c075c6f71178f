internal import Ground

/// What is known of who issued a certificate, by its signature, and whether that CA is told.
package enum Vouching: Hashable, Sendable {
    /// No configured CA issued it, as far as can be told.
    case nobody
    /// It names this CA as its issuer, and that one did not sign it.
    case forged(String)
    case issued(by: KnownAuthority)
}

/// A configured CA, as far as a plan has to do with it.
package struct KnownAuthority: Hashable, Sendable {
    /// Its name in the configuration.
    package let name: String
    /// Whether it is told of what becomes of certificates.
    package let isTold: Bool
    /// Whether it knows certificateHold.
    package let knowsHold: Bool

    package init(name: String, isTold: Bool, knowsHold: Bool) {
        self.name = name
        self.isTold = isTold
        self.knowsHold = knowsHold
    }
}

extension Certificate.Revocation {
    /// The revocation that counts where the CA had it before; nil: this one stays.
    ///
    /// The first reason and time win (RFC 5280, 5.3.1), but a key that was called compromised stays so.
    package func settled(with theirs: Certificate.Revocation?) -> Certificate.Revocation? {
        guard let theirs, theirs.at < at else { return nil }
        return Certificate.Revocation(
            reason: reason == .keyCompromise ? reason : theirs.reason, at: theirs.at, by: by,
            escalatedAt: escalatedAt)
    }
}
