package import LDAP

/// An X.509 certificate of a user, as the store keeps it.
package struct Certificate: Hashable, Sendable {
    /// What the CA wrote into it.
    package struct Content: Hashable, Sendable {
        /// Upper-case hexadecimal without separators.
        package let serial: String
        /// RFC 4514.
        package let issuer: String
        /// RFC 4514.
        package let subject: String
        package let notBefore: Timestamp
        package let notAfter: Timestamp
        /// SHA-256 of the DER encoding, 32 octets.
        package let fingerprint: [UInt8]

        package init(
            serial: String, issuer: String, subject: String, notBefore: Timestamp,
            notAfter: Timestamp, fingerprint: [UInt8]
        ) {
            self.serial = serial
            self.issuer = issuer
            self.subject = subject
            self.notBefore = notBefore
            self.notAfter = notAfter
            self.fingerprint = fingerprint
        }
    }

    /// What Lockstep recorded of its standing: `CertificateState` without what follows from a clock.
    package enum Standing: Hashable, Sendable {
        case valid
        case onHold(Held)
        /// `held` where it was on hold before.
        case revoked(Revocation, held: Held?)
    }

    package struct Held: Hashable, Sendable {
        package let at: Timestamp
        /// The process that held it; nil: it was imported so.
        package let by: Int64?

        package init(at: Timestamp, by: Int64?) {
            self.at = at
            self.by = by
        }
    }

    package struct Revocation: Hashable, Sendable {
        package let reason: RevocationReason
        package let at: Timestamp
        /// The process that revoked it; nil: it was imported so.
        package let by: Int64?

        package init(reason: RevocationReason, at: Timestamp, by: Int64?) {
            self.reason = reason
            self.at = at
            self.by = by
        }
    }

    /// The store's own number.
    package let id: Int64
    package let user: Int64
    /// nil: known only from the entry.
    package let credential: Int64?
    package let content: Content
    package let standing: Standing

    package init(
        id: Int64, user: Int64, credential: Int64?, content: Content, standing: Standing
    ) {
        self.id = id
        self.user = user
        self.credential = credential
        self.content = content
        self.standing = standing
    }
}

extension Certificate {
    /// The state at an instant: one that is past its `notAfter` reads expired, whatever it was before.
    ///
    /// That it was revoked, when and why stays with it. `notAfter` itself is still within (RFC 5280,
    /// 4.1.2.5).
    package func state(at now: Timestamp) -> CertificateState {
        if content.notAfter < now { return .expired }
        return switch standing {
        case .valid: .valid
        case .onHold: .onHold
        case .revoked: .revoked
        }
    }

    package var revocation: Revocation? {
        if case .revoked(let revocation, _) = standing { revocation } else { nil }
    }

    /// When it was put on hold; kept when it is revoked afterwards.
    package var held: Held? {
        switch standing {
        case .valid: nil
        case .onHold(let held): held
        case .revoked(_, let held): held
        }
    }
}
