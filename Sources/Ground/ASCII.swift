/// The few questions that parsers ask of an octet, answered where they are asked: a search reads
/// millions of them.
extension UInt8 {
    @inlinable package var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    @inlinable package var isASCIIUpper: Bool { self >= 0x41 && self <= 0x5A }

    @inlinable package var isASCIILetter: Bool {
        let lower = self | 0x20
        return lower >= 0x61 && lower <= 0x7A
    }

    /// C0 and DEL: never shown as they are.
    @inlinable package var isASCIIControl: Bool { self < 0x20 || self == 0x7F }

    @inlinable package var asciiLowered: UInt8 { isASCIIUpper ? self | 0x20 : self }
}

extension String {
    /// The text with A–Z in lower case; shares its storage where there is none.
    package var asciiLowered: String {
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
