/// The little of BER (X.690) that values of controls are made of.
enum BER {
    static let boolean: UInt8 = 0x01
    static let octetString: UInt8 = 0x04
    static let enumerated: UInt8 = 0x0a
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    /// An INTEGER that is not negative.
    static func integer(_ value: Int) -> [UInt8] {
        var bytes = bigEndian(value)
        if bytes.isEmpty || bytes[0] >= 0x80 { bytes.insert(0, at: 0) }
        return element(0x02, bytes)
    }

    /// The content of the element at the start of `bytes`, and what follows it.
    ///
    /// nil unless it has that tag and is whole.
    static func content(
        _ bytes: ArraySlice<UInt8>, tag: UInt8
    ) -> (content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard bytes.count >= 2, bytes.first == tag else { return nil }
        var start = bytes.startIndex + 2
        var count = Int(bytes[bytes.startIndex + 1])
        if count >= 0x80 {
            let digits = count - 0x80
            guard (1...4).contains(digits), bytes.endIndex - start >= digits else { return nil }
            count = bytes[start..<(start + digits)].reduce(0) { $0 << 8 | Int($1) }
            start += digits
        }
        guard bytes.endIndex - start >= count else { return nil }
        return (bytes[start..<(start + count)], bytes[(start + count)...])
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let digits = bigEndian(count)
        return [0x80 | UInt8(digits.count)] + digits
    }

    /// Without leading zeros; empty for 0.
    private static func bigEndian(_ value: Int) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        while rest > 0 {
            bytes.append(UInt8(rest & 0xff))
            rest >>= 8
        }
        return bytes.reversed()
    }
}
