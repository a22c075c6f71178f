package import Ground
package import LDAP

/// What a CA is asked to do with a certificate that it issued.
package enum AuthorityRequest: String, Sendable, CaseIterable {
    case revoke
    case hold
    case release

    /// How the certificate is to stand.
    package var wanted: CertificateState {
        switch self {
        case .revoke: .revoked
        case .hold: .onHold
        case .release: .valid
        }
    }

    /// What asks for this state; nil: nothing does.
    package init?(for state: CertificateState) {
        switch state {
        case .revoked: self = .revoke
        case .onHold: self = .hold
        case .valid: self = .release
        case .expired: return nil
        }
    }
}

/// A certificate that a CA is told about.
package struct ToldCertificate: Hashable, Sendable {
    /// The CA's name in the configuration, as it was then.
    package let authority: String
    /// SHA-256 of the DER encoding: others may claim its issuer and serial.
    package let fingerprint: [UInt8]

    package init(authority: String, fingerprint: [UInt8]) {
        self.authority = authority
        self.fingerprint = fingerprint
    }
}

/// The CA of a certificate is to be told what has become of it.
///
/// With which reason the store says at each attempt: it may have become another one meanwhile.
package protocol TellAuthority: RemoteStep {
    static var request: AuthorityRequest { get }

    var certificate: ToldCertificate { get }

    init(_ certificate: ToldCertificate)
}

extension TellAuthority {
    package var entry: EntryID? { nil }

    package var journal: JSONValue {
        [
            Self.request.rawValue: .string(String(hexadecimal: certificate.fingerprint)),
            "authority": .string(certificate.authority),
        ]
    }

    package init(journal: JSONValue, entry: EntryID?) throws(Unreadable) {
        try journal.requireKeys(Self.request.rawValue, "authority")
        let digits = try journal.text(Self.request.rawValue)
        guard entry == nil, let octets = [UInt8](hexadecimal: digits.utf8), octets.count == 32
        else { throw Unreadable("names no certificate by its SHA-256") }
        self.init(
            ToldCertificate(authority: try journal.text("authority"), fingerprint: octets))
    }
}

/// The certificate is to be revoked there.
package struct TellRevocation: TellAuthority {
    package static let kind = StepKind("tellRevocation", AuthorityRequest.place)
    package static let request = AuthorityRequest.revoke

    package let certificate: ToldCertificate

    package init(_ certificate: ToldCertificate) {
        self.certificate = certificate
    }
}

/// The certificate is to be put on hold there.
package struct TellHold: TellAuthority {
    package static let kind = StepKind("tellHold", AuthorityRequest.place)
    package static let request = AuthorityRequest.hold

    package let certificate: ToldCertificate

    package init(_ certificate: ToldCertificate) {
        self.certificate = certificate
    }
}

/// The certificate is to be taken from hold there.
package struct TellRelease: TellAuthority {
    package static let kind = StepKind("tellRelease", AuthorityRequest.place)
    package static let request = AuthorityRequest.release

    package let certificate: ToldCertificate

    package init(_ certificate: ToldCertificate) {
        self.certificate = certificate
    }
}

extension StepKind {
    package static let tellRevocation = TellRevocation.kind
    package static let tellHold = TellHold.kind
}

extension AuthorityRequest {
    fileprivate static let place = StepKind.Place.elsewhere("At the CA")

    /// The step that makes the request.
    package func step(about certificate: ToldCertificate) -> any TellAuthority {
        switch self {
        case .revoke: TellRevocation(certificate)
        case .hold: TellHold(certificate)
        case .release: TellRelease(certificate)
        }
    }
}
