/// A relative distinguished name: one attribute and value, or several joined by `+`.
///
/// Compared as `DN` is.
package struct RDN: Hashable, Sendable, CustomStringConvertible {
    /// One attribute and its value, the escapes resolved.
    package struct Pair: Hashable, Sendable {
        package let attribute: AttributeName
        package let value: AttributeValue
        /// The value is the BER encoding that stood behind `#`, of no kind of string.
        package let isEncoded: Bool
    }

    package let text: String
    package let normalized: String

    /// nil unless `text` is one RDN of RFC 4514.
    package init?(_ text: String) {
        guard let dn = DN(text), let first = dn.firstRDN, dn.parent?.text.isEmpty == true else {
            return nil
        }
        self.init(text: text, normalized: first.normalized)
    }

    /// The RDN of an arbitrary value, escaped (RFC 4514, 2.4).
    package init(attribute: AttributeName, value: AttributeValue) {
        let pair = Pair(attribute: attribute, value: value, isEncoded: false)
        let escaped = DNEscaping.escape(value.bytes)
        self.init(
            text: "\(attribute.spelling)=\(escaped)", normalized: DNEscaping.normalize([pair]))
    }

    init(text: String, normalized: String) {
        self.text = text
        self.normalized = normalized
    }

    package var description: String { text }

    /// Attributes and values in the order in which they were written; never empty.
    package var pairs: [Pair] {
        DNParser.parse(text)?.first ?? []
    }

    package static func == (left: RDN, right: RDN) -> Bool {
        left.normalized == right.normalized
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(normalized)
    }
}
