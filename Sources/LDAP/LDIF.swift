internal import Ground

/// A text of LDIF records (RFC 2849) as `ldapmodify` and `slapadd` take it.
///
/// A value goes in base64 where RFC 2849 demands it and where a terminal would act on it; lines end
/// at 76 octets and go on behind a space.
package struct LDIF: Sendable, CustomStringConvertible {
    /// Everything written so far; each record ends with an empty line.
    package private(set) var text = ""

    package init() {}

    package var description: String { text }

    /// Lines behind `#`; what could forge a line or steer a terminal shows as `?`.
    ///
    /// Belongs before a record: an empty line does not follow it.
    package mutating func comment(_ words: String) {
        for line in words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var shown = ""
            for scalar in line.unicodeScalars {
                shown.unicodeScalars.append(Self.isShown(scalar) ? scalar : "?")
            }
            text += shown.isEmpty ? "#\n" : "# \(shown)\n"
        }
    }

    /// `changetype: modify`; nothing where there are no modifications.
    package mutating func modify(_ dn: DN, _ modifications: [Modification]) {
        guard !modifications.isEmpty else { return }
        line("dn", dn)
        line("changetype: modify")
        for modification in modifications {
            line("\(modification.kind.rawValue): \(modification.attribute.spelling)")
            for value in modification.values { line(modification.attribute.spelling, value) }
            line("-")
        }
        text += "\n"
    }

    /// `changetype: delete`.
    package mutating func delete(_ dn: DN) {
        line("dn", dn)
        line("changetype: delete")
        text += "\n"
    }

    private mutating func line(_ name: String, _ dn: DN) {
        line(name, AttributeValue(dn.text))
    }

    private mutating func line(_ name: String, _ value: AttributeValue) {
        if value.bytes.isEmpty {
            line("\(name):")
        } else if Self.isSafe(value.bytes) {
            line("\(name): \(String(decoding: value.bytes, as: UTF8.self))")
        } else {
            line("\(name):: \(Base64.encode(value.bytes))")
        }
    }

    /// Writes one line of ASCII, folded.
    private mutating func line(_ line: String) {
        var rest = line.utf8[...]
        text += String(Substring(rest.prefix(Self.width)))
        rest = rest.dropFirst(Self.width)
        while !rest.isEmpty {
            text += "\n \(Substring(rest.prefix(Self.width - 1)))"
            rest = rest.dropFirst(Self.width - 1)
        }
        text += "\n"
    }

    private static let width = 76

    /// SAFE-STRING of RFC 2849 without control characters, and without space at the end (note 8).
    private static func isSafe(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return true }
        return first != UInt8(ascii: " ") && first != UInt8(ascii: ":")
            && first != UInt8(ascii: "<") && last != UInt8(ascii: " ")
            && bytes.allSatisfy { $0 < 0x80 && !$0.isASCIIControl }
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
            .surrogate:
            false
        default: true
        }
    }
}

/// One change within a modify request (RFC 4511, 4.6).
package struct Modification: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case add
        case delete
        case replace
    }

    package let kind: Kind
    package let attribute: AttributeName
    /// Empty deletes the whole attribute, for `delete` and `replace`.
    package let values: [AttributeValue]

    package init(_ kind: Kind, _ attribute: AttributeName, _ values: [AttributeValue]) {
        self.kind = kind
        self.attribute = attribute
        self.values = values
    }
}
