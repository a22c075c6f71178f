// Octets as pairs of hexadecimal digits: read in either case, written in lower case unless asked.

extension UInt8 {
    /// The value of a hexadecimal digit in either case.
    @inlinable package var hexadecimalValue: UInt8? {
        if isASCIIDigit { return self - 0x30 }
        let lower = self | 0x20
        return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : nil
    }

    /// The digit that stands for a value below 16.
    fileprivate static func digit(_ value: UInt8, uppercase: Bool) -> UInt8 {
        value < 10 ? 0x30 + value : (uppercase ? 0x41 : 0x61) + value - 10
    }
}

extension [UInt8] {
    /// Appends two hexadecimal digits.
    package mutating func append(hexadecimal octet: UInt8, uppercase: Bool = false) {
        append(UInt8.digit(octet >> 4, uppercase: uppercase))
        append(UInt8.digit(octet & 0x0F, uppercase: uppercase))
    }

    /// The octets that pairs of hexadecimal digits stand for; nil for anything else.
    package init?(hexadecimal digits: some Collection<UInt8>) {
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
    /// Two hexadecimal digits for each octet.
    package init(hexadecimal octets: some Collection<UInt8>, uppercase: Bool = false) {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * octets.count)
        for octet in octets { digits.append(hexadecimal: octet, uppercase: uppercase) }
        self.init(decoding: digits, as: UTF8.self)
    }
}

/// Base64 with padding and in one line (RFC 4648, 4).
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            let bits = (0..<3).reduce(UInt32(0)) { bits, offset in
                bits << 8 | (offset < group.count ? UInt32(group[index + offset]) : 0)
            }
            for position in 0..<4 {
                encoded.append(
                    position > group.count
                        ? UInt8(ascii: "=") : alphabet[Int(bits >> (18 - 6 * position) & 0x3F)])
            }
            index += 3
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
