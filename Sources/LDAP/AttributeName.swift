/// The name of an attribute with its options (RFC 4512, 2.5), such as `userCertificate;binary`.
///
/// Compared without regard to case; keeps the spelling it was made with.
package struct AttributeName: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    package let spelling: String

    /// In lower case; what two names are compared by.
    package let folded: String

    /// nil unless `text` is an attribute description of RFC 4512, 2.5.
    package init?(_ text: String) {
        spelling = text
        folded = text.lowercased()
    }

    package var description: String { spelling }

    package static func == (left: AttributeName, right: AttributeName) -> Bool {
        left.folded == right.folded
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(folded)
    }
}
