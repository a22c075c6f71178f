internal import Ground

/// A distinguished name (RFC 4514), compared as a directory compares it.
///
/// Two names are equal when their normalised forms are: attribute types by their one name (`cn`
/// for `commonName` and `2.5.4.3`), values without regard to case, escapes resolved,
/// insignificant space dropped, the parts of a multi-valued RDN in order.
package struct DN: Hashable, Sendable, CustomStringConvertible {
    /// As the server or a person wrote it; what is sent back to a server.
    package let text: String

    /// What two names are compared by.
    ///
    /// RFC 4514 itself, with `,` and `+` alone as separators, folded by `directoryFolded`, so
    /// equal octets mean equal names and a key can be made of them. Shares the text's storage
    /// where that is normal already.
    package let normalized: String

    /// nil unless `text` is a DN of RFC 4514, or of RFC 2253 before it; the empty DN is one.
    package init?(_ text: String) {
        let shape = Shape(text.utf8.span)
        if let normalized = shape.normalized(text) {
            self.init(text: text, normalized: normalized)
        } else if let rdns = DNParser.parse(text) {
            self.init(
                text: text, normalized: rdns.map(DNEscaping.normalize).joined(separator: ","))
        } else {
            return nil
        }
    }

    /// The name of an entry below `parent`.
    package init(rdn: RDN, parent: DN) {
        self.init(
            text: parent.isEmpty ? rdn.text : "\(rdn.text),\(parent.text)",
            normalized: parent.isEmpty ? rdn.normalized : "\(rdn.normalized),\(parent.normalized)")
    }

    /// The DN in a value of `uniqueMember`: `uid=ada,dc=example,dc=com#'0101'B` (RFC 4517, 3.3.21).
    ///
    /// To compare by; what is deleted from a group is the value as it stands there.
    package init?(nameAndOptionalUID text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
        guard parts.count >= 3, let bits = parts.dropLast().last, text.hasSuffix("'B"),
            bits.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") })
        else {
            self.init(text)
            return
        }
        let name = text.utf8.dropLast(bits.count + 3)
        guard name.last == UInt8(ascii: "#") else {
            self.init(text)
            return
        }
        self.init(String(Substring(name.dropLast())))
    }

    private init(text: String, normalized: String) {
        self.text = text
        self.normalized = normalized
    }

    /// Active Directory's other way to name an entry, `<GUID=…>` ([MS-ADTS] 3.1.1.3.1.2.4).
    ///
    /// Good as the base of a search or the target of a modify there; equal to no other name.
    package static func guid(_ id: EntryID) -> DN {
        DN(text: "<GUID=\(id.text)>", normalized: "<guid=\(id.text.asciiLowered)>")
    }

    /// The same by its security identifier, `<SID=S-1-5-…>`.
    package static func sid(_ id: SecurityIdentifier) -> DN {
        DN(text: "<SID=\(id)>", normalized: "<sid=\(id)>".asciiLowered)
    }

    /// Whether it is a name made of an id, which is in no entry's own name.
    package var isOfID: Bool { text.hasPrefix("<") }

    package static let root = DN(text: "", normalized: "")

    package var description: String { text }

    package static func == (left: DN, right: DN) -> Bool {
        left.normalized == right.normalized
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(normalized)
    }

    package var isEmpty: Bool { normalized.isEmpty }

    /// The relative distinguished names, the entry's own first.
    package var rdns: [RDN] {
        zip(DNSeparators.split(text), DNSeparators.split(normalized)).map {
            RDN(text: $0, normalized: $1)
        }
    }

    /// nil for the empty DN.
    package var firstRDN: RDN? {
        guard !isEmpty else { return nil }
        let head = DNSeparators.head(text)
        return RDN(
            text: head, normalized: text == normalized ? head : DNSeparators.head(normalized))
    }

    /// nil for the empty DN, which is the parent of a single RDN.
    package var parent: DN? {
        guard !isEmpty else { return nil }
        let tail = DNSeparators.tail(text)
        return DN(text: tail, normalized: text == normalized ? tail : DNSeparators.tail(normalized))
    }

    package func appending(_ rdn: RDN) -> DN {
        DN(rdn: rdn, parent: self)
    }

    /// Whether the entry is below `ancestor`, which nobody is of himself.
    package func isDescendant(of ancestor: DN) -> Bool {
        guard !ancestor.isEmpty else { return !isEmpty }
        return Self.isDescendant(normalized.utf8.span, of: ancestor.normalized.utf8.span)
    }

    /// The same of normal forms; the ancestor is not the empty name.
    fileprivate static func isDescendant(
        _ whole: Span<UInt8>, of suffix: Span<UInt8>
    ) -> Bool {
        let start = whole.count - suffix.count
        guard start > 1, whole[start - 1] == UInt8(ascii: ",") else { return false }
        var index = 0
        while index < suffix.count {
            guard whole[start + index] == suffix[index] else { return false }
            index += 1
        }
        // A comma behind an odd number of backslashes belongs to a value.
        var backslashes = 0
        while start - 2 - backslashes >= 0, whole[start - 2 - backslashes] == UInt8(ascii: "\\") {
            backslashes += 1
        }
        return backslashes.isMultiple(of: 2)
    }

    /// Whether the entry is `base` itself or below it: the subtree of a search.
    package func isWithin(_ base: DN) -> Bool {
        self == base || isDescendant(of: base)
    }
}

/// A DN whose octets are its normal form, ASCII: what most values of `member` are, where they stand.
package struct NormalName {
    package let octets: ArraySlice<UInt8>

    /// nil for any other value: a text and a `DN` are to be made of it.
    package init?(_ octets: ArraySlice<UInt8>) {
        guard DN.Shape(octets.span).isNormal else { return nil }
        self.octets = octets
    }

    package static func == (name: NormalName, dn: DN) -> Bool {
        name.octets.elementsEqual(dn.normalized.utf8)
    }

    /// As `DN` has it.
    package func isWithin(_ base: DN) -> Bool {
        guard !base.isEmpty else { return true }
        let count = base.normalized.utf8.count
        guard octets.count > count else { return octets.count == count && self == base }
        return DN.isDescendant(octets.span, of: base.normalized.utf8.span)
    }
}
