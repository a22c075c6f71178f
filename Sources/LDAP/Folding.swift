/// How a server takes `İ` (U+0130), the one letter that has two lower cases.
///
/// SpecialCasing.txt makes an `i` with a dot above of it, which no other letter is; UnicodeData.txt,
/// which slapd goes by (seen on 2.5.13), a plain `i`: `uid=İpek` and `uid=ipek` are one name there.
package enum Folding: Sendable {
    /// `İ` is a letter of its own.
    case apart
    /// `İ` is an `i`.
    case together

    package func key(_ text: String) -> String {
        switch self {
        case .apart: text.directoryFolded
        case .together: text.plainI.directoryFolded
        }
    }

    /// What two names are compared by.
    package func key(_ dn: DN) -> String {
        switch self {
        case .apart: dn.normalized
        case .together: dn.plainI?.normalized ?? dn.normalized
        }
    }
}

extension String {
    /// The first of the two octets of `İ`; without it there is none.
    package static let dottedILead: UInt8 = 0xC4

    package var hasDottedI: Bool {
        let bytes = utf8.span
        for index in 0..<bytes.count
        where bytes[index] == Self.dottedILead && index + 1 < bytes.count
            && bytes[index + 1] == 0xB0
        {
            return true
        }
        return false
    }

    package var plainI: String {
        guard hasDottedI else { return self }
        var plain = UnicodeScalarView()
        for scalar in unicodeScalars { plain.append(scalar == "\u{130}" ? "i" : scalar) }
        return String(plain)
    }
}

extension DN {
    /// nil: the name has no `İ`.
    package var plainI: DN? {
        text.hasDottedI ? DN(text.plainI) : nil
    }
}
