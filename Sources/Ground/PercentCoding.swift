/// `%2F` for an octet that would mean something where it stands (RFC 3986, 2.1).
package enum PercentCoding {
    /// nil where a `%` has no two hexadecimal digits behind it, or what comes out is no UTF-8.
    package static func decode(_ text: some StringProtocol) -> String? {
        var decoded: [UInt8] = []
        var octets = text.utf8.makeIterator()
        while let octet = octets.next() {
            guard octet == UInt8(ascii: "%") else {
                decoded.append(octet)
                continue
            }
            guard let high = octets.next()?.hexadecimalValue,
                let low = octets.next()?.hexadecimalValue
            else { return nil }
            decoded.append(high << 4 | low)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    /// Every octet but those that `isKept` names.
    package static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        var encoded: [UInt8] = []
        for octet in text.utf8 {
            if isKept(octet) {
                encoded.append(octet)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(hexadecimal: octet)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
