internal import CCrypto

/// Where an authority is reached: `http://host[:port][/path]`, or `https`.
package struct AuthorityAddress: Hashable, Sendable {
    /// As it was written.
    package let text: String
    package let isTLS: Bool
    let host: String
    let port: Int
    /// With its query, and a slash at its beginning.
    let path: String

    /// nil for anything else: another scheme, a name or a password before the host, a fragment.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            text.hasPrefix("http://") || text.hasPrefix("https://")
        else { return nil }
        var parts = Parts()
        var isTLS: Int32 = 0
        var port: Int32 = 0
        guard
            unsafe OSSL_HTTP_parse_url(
                text, &isTLS, &parts.user, &parts.host, &parts.portText, &port, &parts.path,
                &parts.query, &parts.fragment) == 1
        else {
            OpenSSLWords.forget()
            return nil
        }
        guard unsafe Parts.text(parts.user).isEmpty, unsafe Parts.text(parts.fragment).isEmpty
        else { return nil }
        host = unsafe Parts.text(parts.host)
        guard !host.isEmpty else { return nil }
        self.text = text
        self.isTLS = isTLS == 1
        self.port = Int(port)
        let query = unsafe Parts.text(parts.query)
        path = unsafe Parts.text(parts.path) + (query.isEmpty ? "" : "?" + query)
    }

    /// What the request names as its host (RFC 9110, 7.2).
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isTLS ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// What OpenSSL allocates for the parts of a URL.
    @safe
    private struct Parts: ~Copyable {
        var user: UnsafeMutablePointer<CChar>?
        var host: UnsafeMutablePointer<CChar>?
        var portText: UnsafeMutablePointer<CChar>?
        var path: UnsafeMutablePointer<CChar>?
        var query: UnsafeMutablePointer<CChar>?
        var fragment: UnsafeMutablePointer<CChar>?

        static func text(_ part: UnsafeMutablePointer<CChar>?) -> String {
            unsafe part.map { unsafe String(cString: $0) } ?? ""
        }

        deinit {
            let parts = unsafe [user, host, portText, path, query, fragment]
            for index in unsafe parts.indices { unsafe lockstep_clear_free(parts[index], 0) }
        }
    }
}
