/// One value of an attribute: octets, which are text more often than not.
package struct AttributeValue: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// nil where the octets are not UTF-8.
    package var text: String? {
        String(validating: bytes, as: UTF8.self)
    }

    /// Whether a directory would call the value equal to `other`, whatever their case.
    ///
    /// What `recognise` compares by; a value that is not text equals no text.
    package func equalsIgnoringCase(_ other: String) -> Bool {
        text.map { $0.directoryFolded == other.directoryFolded } ?? false
    }
}
