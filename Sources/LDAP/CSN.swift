package import Ground

/// A change sequence number of OpenLDAP or of 389: when, where and in which order an entry was written.
///
/// `20240131120000.123456Z#000000#001#000000`: the time, the count within it, the server's id and the
/// count of modifications, the last three hexadecimal. 389 writes the same in twenty hexadecimal digits,
/// the time in seconds since 1970: `65ba3780000000010000`.
package struct CSN: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// In lower case.
    package let text: String
    /// 0–4095, and 0 where the server has none of its own; of 389 a replica's id, 1–65535.
    package let serverID: Int

    private static let form = Array("00000000000000.000000Z#xxxxxx#xxx#xxxxxx".utf8)

    /// nil for anything that is of neither form.
    package init?(_ text: some StringProtocol) {
        let octets = text.utf8.map(\.asciiLowered)
        if octets.count == 20, octets.allSatisfy({ $0.hexadecimalValue != nil }) {
            self.text = String(decoding: octets, as: UTF8.self)
            serverID = Self.number(octets[12..<16])
            return
        }
        guard octets.count == Self.form.count else { return nil }
        for (octet, wanted) in zip(octets, Self.form) where !Self.fits(octet, wanted) { return nil }
        self.text = String(
            decoding: octets.map { $0 == UInt8(ascii: "z") ? 0x5A : $0 }, as: UTF8.self)
        serverID = Self.number(octets[30..<33])
    }

    /// When it was written, where 389 says so.
    package var time: Timestamp? {
        guard text.utf8.count == 20 else { return nil }
        return Timestamp(seconds: Int64(Self.number(text.utf8.prefix(8))))
    }

    private static func number(_ digits: some Sequence<UInt8>) -> Int {
        digits.reduce(0) { $0 << 4 | Int($1.hexadecimalValue ?? 0) }
    }

    package var description: String { text }

    package static func < (left: CSN, right: CSN) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static func fits(_ octet: UInt8, _ wanted: UInt8) -> Bool {
        switch wanted {
        case UInt8(ascii: "0"): octet.isASCIIDigit
        case UInt8(ascii: "x"): octet.hexadecimalValue != nil
        default: octet == wanted.asciiLowered
        }
    }
}
