internal import Ground
internal import LDAP

/// Text that may go to a terminal: what could move the cursor, hide or reorder text is made visible.
///
/// Control characters (C0, DEL, C1), line and paragraph separators, format characters (overrides and
/// isolates of direction, zero-width joiners, byte order marks, tags) and other scalars that a terminal
/// does not draw are shown by their picture or number; octets that are not UTF-8 as `�`. A line feed never
/// passes, so a value is always one line. What is made visible stays as it is when it is made visible again.
struct Sanitized: Hashable, Sendable, CustomStringConvertible {
    let text: String

    init(_ raw: String) {
        var raw = raw
        let plain = raw.withUTF8 { unsafe $0.allSatisfy { (0x20...0x7E).contains($0) } }
        text = plain ? raw : Self.visible(raw)
    }

    var description: String { text }

    private static func visible(_ raw: String) -> String {
        var result = ""
        result.reserveCapacity(raw.utf8.count + 16)
        for scalar in raw.unicodeScalars {
            if isDrawn(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += scalar.picture
            }
        }
        return result
    }

    private static func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20...0x7E).contains(scalar.value) }
        if scalar.properties.isDefaultIgnorableCodePoint { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return true  // an enumeration of Unicode's, not ours
        }
    }
}

extension Sanitized: ExpressibleByStringInterpolation {
    /// So that every value in `"locked \(user.username)"` is made harmless without being asked to.
    init(stringLiteral value: String) {
        self.init(value)
    }
}
