/// The few questions that parsers of directory syntax ask of an octet.
extension UInt8 {
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    var isASCIIUpper: Bool { self >= 0x41 && self <= 0x5A }

    var isASCIILetter: Bool {
        let lower = self | 0x20
        return lower >= 0x61 && lower <= 0x7A
    }

    /// ALPHA, DIGIT or HYPHEN: `keychar` of RFC 4512, 1.4.
    var isKeyCharacter: Bool { isASCIILetter || isASCIIDigit || self == UInt8(ascii: "-") }

    /// C0 and DEL: never shown as they are.
    var isASCIIControl: Bool { self < 0x20 || self == 0x7F }

    var asciiLowered: UInt8 { isASCIIUpper ? self | 0x20 : self }

    /// The value of a hexadecimal digit in either case.
    var hexadecimalValue: UInt8? {
        if isASCIIDigit { return self - 0x30 }
        let lower = self | 0x20
        return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : nil
    }
}

extension [UInt8] {
    /// Appends two hexadecimal digits in lower case.
    mutating func append(hexadecimal octet: UInt8) {
        append(Self.digit(octet >> 4))
        append(Self.digit(octet & 0x0F))
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x61 + value - 10
    }

    /// The octets that pairs of hexadecimal digits stand for; nil for anything else.
    init?(hexadecimal digits: some Collection<UInt8>) {
        guard digits.count.isMultiple(of: 2) else { return nil }
        var octets: [UInt8] = []
        octets.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            guard let value = digit.hexadecimalValue else { return nil }
            if let first = high {
                octets.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        self = octets
    }
}

extension String {
    /// The text with A–Z in lower case; shares its storage where there is none.
    var asciiLowered: String {
        let bytes = utf8.span
        var index = 0
        while index < bytes.count, !bytes[index].isASCIIUpper { index += 1 }
        guard index < bytes.count else { return self }
        return unsafe String(unsafeUninitializedCapacity: bytes.count) { lowered in
            for index in 0..<bytes.count {
                unsafe lowered[index] = bytes[index].asciiLowered
            }
            return bytes.count
        }
    }
}
