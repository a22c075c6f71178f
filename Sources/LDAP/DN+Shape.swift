internal import Ground

extension DN {
    /// How much work a DN is, found in one pass over its octets.
    ///
    /// Nearly every DN of a directory has neither odd space nor quotes nor several values in an
    /// RDN: such a one needs no parser, and a full sync reads a DN for each entry and membership.
    struct Shape {
        /// Well-formed, and simple enough for `normalized(_:)`.
        private(set) var isPlain = true
        private var hasUpper = false
        private var hasHexadecimal = false
        private var isASCII = true

        init(_ bytes: Span<UInt8>) {
            var position = 0
            repeat {
                isPlain = passType(bytes, &position) && passValue(bytes, &position)
            } while isPlain && position < bytes.count
        }

        /// The octets themselves are the normal form, whichever way a server folds.
        var isNormal: Bool { isPlain && !hasUpper && !hasHexadecimal && isASCII }

        /// The normal form of the text that was looked at; nil where the parser has to make it.
        func normalized(_ text: String) -> String? {
            guard isPlain else { return nil }
            if hasHexadecimal || !isASCII { return Self.fold(text.utf8.span) }
            return hasUpper ? text.asciiLowered : text
        }

        /// Passes a descriptor that has no shorter name, and the `=`.
        private mutating func passType(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
            let start = position
            while position < bytes.count, bytes[position].isKeyCharacter {
                hasUpper = hasUpper || bytes[position].isASCIIUpper
                position += 1
            }
            guard position > start, position < bytes.count, bytes[start].isASCIILetter,
                bytes[position] == UInt8(ascii: "=")
            else { return false }
            if position - start > 3 {
                var name: [UInt8] = []
                for index in start..<position { name.append(bytes[index].asciiLowered) }
                guard !AttributeTypes.isAlias(String(decoding: name, as: UTF8.self)) else {
                    return false
                }
            }
            position += 1
            return true
        }

        /// Passes a value and the comma behind it, which needs a successor.
        private mutating func passValue(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
            let space = UInt8(ascii: " ")
            guard position < bytes.count, bytes[position] != UInt8(ascii: "#") else { return false }
            var previous = space
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    break
                case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    hasUpper = true
                case UInt8(ascii: ","):
                    return previous != space && position < bytes.count
                case space:
                    if previous == space { return false }
                case UInt8(ascii: "\\"):
                    guard passEscape(bytes, &position) else { return false }
                case 0..<space, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ";"),
                    UInt8(ascii: "<"), UInt8(ascii: ">"):
                    return false
                case 0x80...:
                    isASCII = false
                default:
                    break
                }
                previous = byte
            }
            return previous != space
        }

        /// Passes an escape of a character that has to be escaped anywhere in a value.
        private mutating func passEscape(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
            guard position < bytes.count else { return false }
            if Self.isSpecial(bytes[position]) {
                position += 1
                return true
            }
            guard Self.special(bytes, position) != nil else { return false }
            hasHexadecimal = true
            position += 2
            return true
        }

        private static func isSpecial(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "\""), UInt8(ascii: ";"),
                UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"):
                true
            default: false
            }
        }

        /// The special character that two hexadecimal digits stand for: slapd writes `\2C`.
        private static func special(_ bytes: Span<UInt8>, _ position: Int) -> UInt8? {
            guard position + 1 < bytes.count, let high = bytes[position].hexadecimalValue,
                let low = bytes[position + 1].hexadecimalValue
            else { return nil }
            let byte = high << 4 | low
            return isSpecial(byte) ? byte : nil
        }

        private static func fold(_ bytes: Span<UInt8>) -> String? {
            var folded: [UInt8] = []
            folded.reserveCapacity(bytes.count)
            var position = 0
            while position < bytes.count {
                if bytes[position] == UInt8(ascii: "\\") {
                    folded.append(bytes[position])
                    if let special = special(bytes, position + 1) {
                        folded.append(special)
                        position += 3
                    } else {
                        folded.append(bytes[position + 1])
                        position += 2
                    }
                } else if !folded.appendFolded(bytes, &position) {
                    return nil
                }
            }
            return String(decoding: folded, as: UTF8.self)
        }
    }
}
