/// The address of a server (RFC 4516): scheme, host and port, or a socket's path.
package struct LDAPURL: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, Sendable {
        case ldap
        case ldaps
        case ldapi
    }

    package let scheme: Scheme
    /// A host name or address; for `ldapi` the path of the socket, decoded.
    package let host: String
    /// 389 or 636 where none is written; 0 for `ldapi`.
    package let port: Int
    package let text: String

    /// nil unless `text` is `ldap://host[:port]`, `ldaps://host[:port]` or `ldapi://path`, without DN or filter.
    package init?(_ text: String) {
        return nil
    }

    package var description: String { text }

    /// 127.0.0.0/8, ::1, `localhost` or a socket.
    package var isLoopback: Bool { false }
}
