internal import Ground

/// A search as a URL, as `memberURL` of a dynamic group has it: `ldap:///ou=people,dc=example??sub?(title=Keeper)`.
///
/// Only what is searched, not where: a URL with a host is another server's. RFC 4516.
package struct SearchURL: Hashable, Sendable {
    package let base: DN
    package let scope: SearchScope
    package let filter: Filter

    /// nil for anything else, and for one with an extension that must be understood.
    package init?(_ text: String) {
        guard text.lowercased().hasPrefix("ldap:///") else { return nil }
        var parts = text.dropFirst("ldap:///".count)
            .split(separator: "?", maxSplits: 4, omittingEmptySubsequences: false)
            .map { PercentCoding.decode($0) }
        while parts.count < 5 { parts.append("") }
        guard let base = parts[0].flatMap({ DN($0) }),
            let scope = parts[2].flatMap(Self.scope),
            let filter = parts[3].flatMap({ Filter($0.isEmpty ? "(objectClass=*)" : $0) }),
            parts[4]?.hasPrefix("!") == false
        else { return nil }
        self.base = base
        self.scope = scope
        self.filter = filter
    }

    /// "If <scope> is omitted, a <scope> of "base" is assumed." `one` and `sub` are RFC 4516's own.
    private static func scope(_ text: String) -> SearchScope? {
        switch text.lowercased() {
        case "", "base": .base
        case "one": .one
        case "sub": .subtree
        default: nil  // any other word
        }
    }

    /// Whether the entry is where the search looks; the filter is the server's to match.
    package func reaches(_ dn: DN) -> Bool { scope.reaches(dn, from: base) }
}
