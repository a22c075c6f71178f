/// A DN that is kept: of an entry that was read, of a row of the store, of a step in the journal.
///
/// Has the name as the server spelt it, which is shown, stored and sent, and is compared as `DN` is,
/// whatever the spelling. One that was made of a `DN` has its normal form; of a text that was only read it
/// is made where it is compared, and of most rows it never is. What is no DN, which an entry may be rejected
/// for, is equal to the same text alone.
package struct StoredDN: Hashable, Comparable, Sendable, CustomStringConvertible {
    private enum Form: Sendable {
        case parsed(DN)
        case read(String)
    }

    private let form: Form

    package init(_ dn: DN) { form = .parsed(dn) }

    package init(text: String) { form = .read(text) }

    /// Of a text that is about to be compared with many: its normal form is made now.
    package init(comparing text: String) {
        form = DN(text).map(Form.parsed) ?? .read(text)
    }

    /// As the server spelt it.
    package var text: String {
        switch form {
        case .parsed(let dn): dn.text
        case .read(let text): text
        }
    }

    /// nil: it is none.
    package var dn: DN? {
        switch form {
        case .parsed(let dn): dn
        case .read(let text): DN(text)
        }
    }

    package var description: String { text }

    /// Whether the octets are the same: one that is spelt otherwise is the same entry, and to be stored.
    ///
    /// Swift calls texts equal that are canonically equivalent in Unicode: “é” is one character, or two.
    package func isSpelt(as other: StoredDN) -> Bool { text.utf8.elementsEqual(other.text.utf8) }

    private var key: String { dn?.normalized ?? text }

    package static func == (left: StoredDN, right: StoredDN) -> Bool {
        left.isSpelt(as: right) || left.key == right.key
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// By the normal forms: the order in which those who want one name get it.
    package static func < (left: StoredDN, right: StoredDN) -> Bool { left.key < right.key }
}
