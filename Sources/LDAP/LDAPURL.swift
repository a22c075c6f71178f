internal import Glibc
internal import Ground

/// The address of a server (RFC 4516): scheme, host and port, or a socket's path.
///
/// Two are equal when they lead to the same place: scheme and host in any case, the port written
/// or not.
package struct LDAPURL: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, Sendable {
        case ldap
        case ldaps
        case ldapi
    }

    package let scheme: Scheme
    /// A host name or address, an IPv6 one without brackets; for `ldapi` the path of the socket,
    /// decoded, empty for libldap's own default.
    package let host: String
    /// 389 or 636 where none is written; 0 for `ldapi`.
    package let port: Int
    package let text: String

    /// nil unless `text` is `ldap://host[:port]`, `ldaps://host[:port]` or `ldapi://path`, without
    /// DN or filter.
    ///
    /// A slash at the end is allowed. The socket's path may be percent-encoded, as libldap wants
    /// it, or written plainly (`ldapi:///run/slapd/ldapi`), as people do.
    package init?(_ text: String) {
        guard let separator = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased())
        else { return nil }
        let rest = text[separator.upperBound...]
        let place: (host: String, port: Int)?
        switch scheme {
        case .ldapi: place = Self.socketPath(rest).map { ($0, 0) }
        case .ldap: place = Self.hostAndPort(rest, defaultPort: 389)
        case .ldaps: place = Self.hostAndPort(rest, defaultPort: 636)
        }
        guard let place else { return nil }
        self.scheme = scheme
        (host, port) = place
        self.text = text
    }

    /// The entry that a continuation reference leads to: `ldap://host/CN=Configuration,DC=example,DC=com`.
    ///
    /// nil where it names none.
    package static func name(inReference text: String) -> DN? {
        guard let separator = text.firstRange(of: "://"),
            let slash = text[separator.upperBound...].firstIndex(of: "/")
        else { return nil }
        let name = text[text.index(after: slash)...].prefix { $0 != "?" }
        guard let dn = PercentCoding.decode(name).flatMap({ DN($0) }), !dn.isEmpty else {
            return nil
        }
        return dn
    }

    package var description: String { text }

    /// The address as `ldap_initialize` takes it: port written out, path percent-encoded.
    package var uri: String {
        guard scheme != .ldapi else {
            let path = PercentCoding.encode(host) { octet in
                octet.isKeyCharacter || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "_")
            }
            return "ldapi://\(path)/"
        }
        let shown = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(shown):\(port)"
    }

    /// 127.0.0.0/8, ::1, `localhost` or a socket.
    package var isLoopback: Bool {
        if scheme == .ldapi || host.lowercased() == "localhost" { return true }
        if let address = Self.address(host, family: AF_INET, length: 4) { return address[0] == 127 }
        guard let address = Self.address(host, family: AF_INET6, length: 16) else { return false }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127]
        return address == Array(repeating: 0, count: 15) + [1] || address.starts(with: mapped)
    }

    package static func == (left: LDAPURL, right: LDAPURL) -> Bool {
        left.key == right.key
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(key)
    }

    private var key: String { scheme == .ldapi ? uri : uri.asciiLowered }

    private static func hostAndPort(
        _ text: Substring, defaultPort: Int
    ) -> (host: String, port: Int)? {
        let authority = text.last == "/" ? text.dropLast() : text
        let host: Substring
        let rest: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            rest = authority[authority.index(after: end)...]
            guard address(String(host), family: AF_INET6, length: 16) != nil else { return nil }
        } else {
            let end = authority.firstIndex(of: ":") ?? authority.endIndex
            (host, rest) = (authority[..<end], authority[end...])
            guard isHostName(host.utf8) else { return nil }
        }
        guard !rest.isEmpty else { return (String(host), defaultPort) }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.utf8.allSatisfy(\.isASCIIDigit), let port = Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        return (String(host), port)
    }

    /// A name (with an underscore, as some have) or an IPv4 address.
    private static func isHostName(_ name: Substring.UTF8View) -> Bool {
        !name.isEmpty && name.count <= 253
            && name.allSatisfy {
                $0.isKeyCharacter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
            }
            && name.first != UInt8(ascii: "-") && name.first != UInt8(ascii: ".")
    }

    private static func socketPath(_ text: Substring) -> String? {
        guard !text.isEmpty, text != "/" else { return "" }
        // `%2Frun%2Fldapi/` ends with the slash that would stand before a DN; a plain path does not.
        let isEncoded = text.first == "%"
        let path = isEncoded && text.last == "/" ? text.dropLast() : text
        guard let decoded = PercentCoding.decode(path), decoded.utf8.first == UInt8(ascii: "/"),
            decoded.utf8.last != UInt8(ascii: "/"), !decoded.utf8.contains(0),
            !path.utf8.contains(UInt8(ascii: "?")), !isEncoded || !path.utf8.contains(0x2F)
        else { return nil }
        return decoded
    }

    /// The octets of a numeric address; nil for a name.
    private static func address(_ text: String, family: Int32, length: Int) -> [UInt8]? {
        guard !text.utf8.contains(0) else { return nil }
        var octets = [UInt8](repeating: 0, count: length)
        let isAddress = unsafe octets.withUnsafeMutableBytes {
            unsafe inet_pton(family, text, $0.baseAddress) == 1
        }
        return isAddress ? octets : nil
    }
}

/// How far below its base a search looks (RFC 4511, 4.5.1.2).
package enum SearchScope: String, Sendable, CaseIterable {
    case base
    case one
    case subtree

    /// Whether a search from `base` looks at an entry of this name.
    package func reaches(_ dn: DN, from base: DN) -> Bool {
        switch self {
        case .base: dn == base
        case .one: dn.parent == base
        case .subtree: dn.isWithin(base)
        }
    }
}
