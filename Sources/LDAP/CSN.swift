internal import Ground

/// A change sequence number of OpenLDAP: when, where and in which order an entry was written.
///
/// `20240131120000.123456Z#000000#001#000000`: the time, the count within it, the server's id and the
/// count of modifications, the last three hexadecimal.
package struct CSN: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// In lower case.
    package let text: String
    /// 0–4095; 0 where the server has none of its own.
    package let serverID: Int

    private static let form = Array("00000000000000.000000Z#xxxxxx#xxx#xxxxxx".utf8)

    /// nil for anything that is not of this form.
    package init?(_ text: some StringProtocol) {
        let octets = text.utf8.map(\.asciiLowered)
        guard octets.count == Self.form.count else { return nil }
        for (octet, wanted) in zip(octets, Self.form) where !Self.fits(octet, wanted) { return nil }
        self.text = String(
            decoding: octets.map { $0 == UInt8(ascii: "z") ? 0x5A : $0 }, as: UTF8.self)
        serverID = octets[30..<33].reduce(0) { $0 << 4 | Int($1.hexadecimalValue ?? 0) }
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
