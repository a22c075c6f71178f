internal import Ground

/// The name of an attribute with its options (RFC 4512, 2.5), such as `userCertificate;binary`.
///
/// Compared without regard to case and to the order of options; keeps the spelling it was made with.
package struct AttributeName: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    package let spelling: String

    /// In lower case; what two names are compared by.
    package let folded: String

    /// Of names that differ another one, nearly always: most of what is asked of an entry is whether it has
    /// a name that it has not.
    private let mark: UInt64

    /// nil unless `text` is an attribute description of RFC 4512, 2.5.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let type = parts.first,
            Self.isDescriptor(type) || Self.isNumericOID(type),
            parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isKeyCharacter) })
        else { return nil }
        self.init(trusted: text)
    }

    /// A name that stands in our own source or that a server answered with: it is not checked.
    package init(trusted text: String) {
        spelling = text
        let lowered = text.asciiLowered
        let separators = lowered.utf8.reduce(0) { $1 == UInt8(ascii: ";") ? $0 + 1 : $0 }
        folded = separators < 2 ? lowered : Self.sortingOptions(of: lowered)
        // FNV-1a, 64 bits.
        mark = folded.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    package var description: String { spelling }

    /// The name without its options: `userCertificate` of `userCertificate;binary`.
    package var base: AttributeName {
        guard let end = spelling.utf8.firstIndex(of: UInt8(ascii: ";")) else { return self }
        return AttributeName(trusted: String(spelling[..<end]))
    }

    /// The options in lower case and in order: `["binary"]`.
    package var options: [String] {
        folded.split(separator: ";").dropFirst().map(String.init)
    }

    package static func == (left: AttributeName, right: AttributeName) -> Bool {
        left.mark == right.mark && left.folded == right.folded
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(folded)
    }

    /// Whether both are the same attribute when `;binary` is left aside.
    ///
    /// Servers answer a request for `userCertificate;binary` with or without the option, although
    /// RFC 4522, 3 wants it returned as it was asked for.
    package func matchesIgnoringBinary(_ other: AttributeName) -> Bool {
        folded == other.folded || withoutBinary == other.withoutBinary
    }

    private var withoutBinary: [String] {
        folded.split(separator: ";").map(String.init).filter { $0 != "binary" }
    }

    private static func sortingOptions(of lowered: String) -> String {
        let parts = lowered.split(separator: ";", omittingEmptySubsequences: false)
        return (parts.prefix(1) + parts.dropFirst().sorted()).joined(separator: ";")
    }

    /// `keystring` of RFC 4512, 1.4: a letter, then letters, digits and hyphens.
    static func isDescriptor(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, first.isASCIILetter else { return false }
        return text.allSatisfy(\.isKeyCharacter)
    }

    /// `numericoid` of RFC 4512, 1.4: two numbers or more, without leading zeros.
    static func isNumericOID(_ text: Substring.UTF8View) -> Bool {
        let numbers = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return numbers.count >= 2
            && numbers.allSatisfy { number in
                guard let first = number.first, number.allSatisfy(\.isASCIIDigit) else {
                    return false
                }
                return first != UInt8(ascii: "0") || number.count == 1
            }
    }
}

extension UInt8 {
    /// ALPHA, DIGIT or HYPHEN: `keychar` of RFC 4512, 1.4.
    var isKeyCharacter: Bool { isASCIILetter || isASCIIDigit || self == UInt8(ascii: "-") }
}
