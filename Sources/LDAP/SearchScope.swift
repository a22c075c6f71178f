/// How far below its base a search looks (RFC 4511, 4.5.1.2).
package enum SearchScope: String, Sendable, CaseIterable {
    case base
    case one
    case subtree
}
