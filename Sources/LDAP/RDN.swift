/// A relative distinguished name: one attribute and value, or several joined by `+`.
package struct RDN: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package let normalized: String

    /// nil unless `text` is one RDN of RFC 4514.
    package init?(_ text: String) {
        self.text = text
        normalized = text.lowercased()
    }

    package var description: String { text }
}
