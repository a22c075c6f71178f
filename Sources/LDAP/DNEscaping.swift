internal import Ground

/// Writes values of RDNs: as they are, for a server, or folded, to be compared.
enum DNEscaping {
    /// The value with everything escaped that RFC 4514, 2.4 asks for, and control characters.
    static func escape(_ value: [UInt8]) -> String {
        let keepsText = String(validating: value, as: UTF8.self) != nil
        var escaped: [UInt8] = []
        escaped.reserveCapacity(value.count)
        for (index, byte) in value.enumerated() {
            let isEnd = index == 0 || index == value.count - 1
            switch byte {
            case UInt8(ascii: " ") where isEnd, UInt8(ascii: "#") where index == 0:
                escaped += [UInt8(ascii: "\\"), byte]
            default:
                append(byte, to: &escaped, keepsText: keepsText)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// The canonical form of one RDN: its pairs folded and in order.
    static func normalize(_ pairs: [RDN.Pair]) -> String {
        let normalized = pairs.map(normalize)
        return (normalized.count > 1 ? normalized.sorted() : normalized).joined(separator: "+")
    }

    private static func normalize(_ pair: RDN.Pair) -> String {
        var bytes = Array(AttributeTypes.canonical(pair.attribute.folded).utf8)
        bytes.append(UInt8(ascii: "="))
        if pair.isEncoded {
            bytes.append(UInt8(ascii: "#"))
            for byte in pair.value.bytes { bytes.append(hexadecimal: byte) }
        } else {
            appendFolded(pair.value.bytes, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func appendFolded(_ value: [UInt8], to bytes: inout [UInt8]) {
        let text = String(validating: value, as: UTF8.self)
        let folded = text.map { Array($0.directoryFolded.utf8) } ?? value.map(\.asciiLowered)
        if folded.isEmpty, !value.isEmpty {
            // Nothing but space is one space, and not the empty value.
            bytes += Array(#"\20"#.utf8)
        }
        for (index, byte) in folded.enumerated() {
            if index == 0, byte == UInt8(ascii: "#") { bytes.append(UInt8(ascii: "\\")) }
            append(byte, to: &bytes, keepsText: text != nil)
        }
    }

    /// Octets that are no text have no insignificant space either.
    private static func append(_ byte: UInt8, to bytes: inout [UInt8], keepsText: Bool) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"):
            bytes += [UInt8(ascii: "\\"), byte]
        case _ where byte.isASCIIControl || !keepsText && (byte >= 0x80 || byte == 0x20):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(hexadecimal: byte)
        default:
            bytes.append(byte)
        }
    }
}
