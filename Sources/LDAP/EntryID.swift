/// The immutable id that a server gave an entry, in its dialect's canonical text form.
///
/// `entryUUID` and `objectGUID`: 8-4-4-4-12 hexadecimal digits in lower case; `nsUniqueId`: four
/// groups of eight.
package struct EntryID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }
}
