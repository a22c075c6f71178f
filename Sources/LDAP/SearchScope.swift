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
