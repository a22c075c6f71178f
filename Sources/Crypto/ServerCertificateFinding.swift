internal import Ground

/// Why libldap would refuse a server's certificate, or that it would not.
///
/// Times are seconds since 1970-01-01T00:00:00Z.
package enum ServerCertificateFinding: Hashable, Sendable {
    case accepted
    /// No connection; the system's words.
    case unreachable(String)
    /// The server took the connection and did not answer in time.
    case silent
    case noTLS
    /// The server's LDAP result code and its words.
    case startTLSRefused(Int, String)
    /// TLS is spoken, and the handshake failed; OpenSSL's words.
    case handshakeFailed(String)
    /// The file of trusted CAs can't be read.
    case unreadableCA(String)
    /// OpenSSL's words, the subject at which the chain breaks and who issued that.
    case untrusted(String, subject: String, issuer: String)
    case expired(subject: String, since: Int64)
    case notYetValid(subject: String, until: Int64)
    /// The names that the certificate is for.
    case wrongHost(host: String, names: [String])

    /// One sentence for people, without a full stop.
    package var sentence: String {
        switch self {
        case .accepted: "its certificate is accepted"
        case .unreachable(let words): "it can't be reached: \(words)"
        case .silent: "it took the connection and did not answer in time"
        case .noTLS: "it speaks no TLS on this port"
        case .startTLSRefused(let code, let words):
            "it refuses StartTLS (\(code))" + (words.isEmpty ? "" : ": \(words)")
        case .handshakeFailed(let words): "the TLS handshake failed: \(words)"
        case .unreadableCA(let path): "the trusted CAs in \(path) can't be read"
        case .untrusted(let words, let subject, let issuer):
            "its certificate is not trusted: \(words), at \(subject), issued by \(issuer)"
        case .expired(let subject, let since):
            "the certificate of \(subject) has expired, its end was \(Timestamp(seconds: since).rfc3339)"
        case .notYetValid(let subject, let until):
            "the certificate of \(subject) is not valid before \(Timestamp(seconds: until).rfc3339)"
        case .wrongHost(let host, let names):
            names.isEmpty
                ? "its certificate names no host, and \(host) was asked for"
                : "its certificate is for \(names.joined(separator: ", ")), not for \(host)"
        }
    }
}
