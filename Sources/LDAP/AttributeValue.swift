/// One value of an attribute: octets, which are text more often than not.
package struct AttributeValue: Hashable, Sendable {
    /// A part of what several values may share: those of an entry lie in one piece.
    package let octets: ArraySlice<UInt8>

    package init(octets: ArraySlice<UInt8>) {
        self.octets = octets
    }

    package init(bytes: [UInt8]) {
        octets = bytes[...]
    }

    package init(_ text: String) {
        octets = Array(text.utf8)[...]
    }

    /// A copy of the octets.
    package var bytes: [UInt8] { Array(octets) }

    /// nil where the octets are not UTF-8.
    package var text: String? {
        // Not `String(validating:as:)`, whose generic code takes longer than the validation.
        guard let text = try? UTF8Span(validating: octets.span) else { return nil }
        return String(copying: text)
    }

    /// Whether a directory would call the value equal to `other`, whatever their case.
    ///
    /// What `recognise` compares by; a value that is not text equals no text.
    package func equalsIgnoringCase(_ other: String) -> Bool {
        text.map { $0.directoryFolded == other.directoryFolded } ?? false
    }
}
