internal import Configuration
internal import Crypto
internal import Ground
internal import LDAP

/// Whether TLS protects what is said to a server, and if not, whose mistake that is.
enum TLSCheck {
    /// Of a server with which TLS is not used.
    static func verdict(without settings: DirectorySettings, _ url: LDAPURL) -> CheckVerdict {
        if url.isLoopback {
            return .ok("\(url): no TLS, and none is needed: nothing leaves this machine")
        }
        let what =
            switch settings.bind {
            case .simple: "the password and everything that is read cross"
            case .external, .gssapi: "everything that is read crosses"
            }
        return .warning(
            "\(url): no TLS: \(what) the network in the clear. Use ldaps:// or tls.starttls.")
    }

    /// Of a server with which TLS is used; nil where it could not be spoken to at all.
    static func verdict(_ finding: ServerCertificateFinding, _ url: LDAPURL) -> CheckVerdict? {
        let remedy: String
        switch finding {
        case .accepted: return .ok("\(url): \(finding.sentence)")
        case .unreachable, .silent: return nil
        case .noTLS: remedy = "Use ldap:// with tls.starttls, or the port that speaks TLS."
        case .startTLSRefused: remedy = "Use ldaps://, or set up TLS on the server."
        case .handshakeFailed:
            remedy = "Compare tls.minimum, tls.certificate and tls.key with what the server wants."
        case .unreadableCA: remedy = "Let tls.ca name a readable PEM file of CA certificates."
        case .untrusted(_, _, let issuer):
            remedy =
                "Let tls.ca name the PEM file of the CA"
                + (issuer.isEmpty ? "." : " that \(issuer) is, or that signed it.")
        case .expired: remedy = "Give the server a new certificate."
        case .notYetValid: remedy = "Compare this machine's clock, and the certificate's dates."
        case .wrongHost:
            remedy =
                "Write one of the certificate's names in uri, or give the server one with that name."
        }
        return .failed("\(url): \(finding.sentence). \(remedy)")
    }
}

extension ServerCertificateLook {
    /// The look at one of a directory's servers; nil where TLS is not used with it.
    init?(_ settings: DirectorySettings, _ url: LDAPURL, now: Timestamp) {
        guard url.scheme == .ldaps || settings.tls.starttls && url.scheme == .ldap else {
            return nil
        }
        self.init(
            host: url.host, port: url.port, startTLS: url.scheme == .ldap, ca: settings.tls.ca,
            now: now.seconds)
    }
}
