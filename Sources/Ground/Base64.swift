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
