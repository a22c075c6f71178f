package import Ground

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

    /// What the CA wrote, and the very octets that it wrote.
    package struct Encoded: Hashable, Sendable {
        package let content: Content
        package let der: [UInt8]

        package init(content: Content, der: [UInt8]) {
            self.content = content
            self.der = der
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
        package let by: ProcessID?

        package init(at: Timestamp, by: ProcessID?) {
            self.at = at
            self.by = by
        }
    }

    package struct Revocation: Hashable, Sendable {
        package let reason: RevocationReason
        package let at: Timestamp
        /// The process that revoked it; nil: it was imported so.
        package let by: ProcessID?
        /// When the reason became keyCompromise; nil: it is the first one.
        package let escalatedAt: Timestamp?

        package init(
            reason: RevocationReason, at: Timestamp, by: ProcessID?, escalatedAt: Timestamp? = nil
        ) {
            self.reason = reason
            self.at = at
            self.by = by
            self.escalatedAt = escalatedAt
        }
    }

    /// The store's own number.
    package let id: CertificateID
    package let user: UserID
    /// nil: known only from the entry.
    package let credential: CredentialID?
    package let content: Content
    package let standing: Standing
    package let binding: CertificateBinding

    package init(
        id: CertificateID, user: UserID, credential: CredentialID?, content: Content,
        standing: Standing,
        binding: CertificateBinding = .unknown
    ) {
        self.id = id
        self.user = user
        self.credential = credential
        self.content = content
        self.standing = standing
        self.binding = binding
    }
}

extension Certificate {
    /// The state at an instant: one that is past its `notAfter` reads expired, unless it was revoked.
    ///
    /// `notAfter` itself is still within (RFC 5280, 4.1.2.5).
    package func state(at now: Timestamp) -> CertificateState {
        standing.state(notAfter: content.notAfter, at: now)
    }

    package var revocation: Revocation? { standing.revocation }

    /// When it was put on hold; kept when it is revoked afterwards.
    package var held: Held? { standing.held }
}

extension Certificate.Standing {
    package func state(notAfter: Timestamp, at now: Timestamp) -> CertificateState {
        switch self {
        case .revoked: .revoked
        case .valid: notAfter < now ? .expired : .valid
        case .onHold: notAfter < now ? .expired : .onHold
        }
    }

    package var revocation: Certificate.Revocation? {
        if case .revoked(let revocation, _) = self { revocation } else { nil }
    }

    package var held: Certificate.Held? {
        switch self {
        case .valid: nil
        case .onHold(let held): held
        case .revoked(_, let held): held
        }
    }
}

package enum CertificateState: String, Sendable, CaseIterable {
    case valid
    case onHold
    case revoked
    case expired
}

/// Why a certificate was revoked (RFC 5280, 5.3.1).
package enum RevocationReason: String, Sendable, CaseIterable {
    case unspecified
    case keyCompromise
    case cACompromise
    case affiliationChanged
    case superseded
    case cessationOfOperation
    case certificateHold
    case privilegeWithdrawn
    case aACompromise

    /// Those that Lockstep may write; the others are kept where a CA says them.
    package static let ours = allCases.filter { $0 != .cACompromise && $0 != .aACompromise }

    /// nil for a number that is no reason, and for removeFromCRL, which ends one.
    package init?(code: Int) {
        guard let reason = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = reason
    }

    /// The CRLReason of RFC 5280.
    package var code: Int {
        switch self {
        case .unspecified: 0
        case .keyCompromise: 1
        case .cACompromise: 2
        case .affiliationChanged: 3
        case .superseded: 4
        case .cessationOfOperation: 5
        case .certificateHold: 6
        case .privilegeWithdrawn: 9
        case .aACompromise: 10
        }
    }
}
