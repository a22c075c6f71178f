/// The little of BER (X.690) that values of controls and a few answers are made of: definite lengths
/// alone, tags of one octet.
package enum BER {
    package static let boolean: UInt8 = 0x01
    /// INTEGER.
    package static let number: UInt8 = 0x02
    package static let octetString: UInt8 = 0x04
    package static let enumerated: UInt8 = 0x0a
    package static let sequence: UInt8 = 0x30
    package static let set: UInt8 = 0x31

    /// What stands at the start of some octets.
    package enum Element {
        /// Its content, and what follows it.
        case whole(content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)
        /// The octets end before it does.
        case incomplete
        /// Something else than was looked for.
        case other
    }

    package static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    /// An INTEGER that is not negative.
    package static func integer(_ value: Int) -> [UInt8] {
        var bytes = bigEndian(value)
        if bytes.isEmpty || bytes[0] >= 0x80 { bytes.insert(0, at: 0) }
        return element(number, bytes)
    }

    /// The element with that tag at the start of `bytes`.
    package static func first(in bytes: ArraySlice<UInt8>, tag: UInt8) -> Element {
        var rest = bytes
        guard let found = rest.popFirst() else { return .incomplete }
        guard found == tag else { return .other }
        guard var count = rest.popFirst().map(Int.init) else { return .incomplete }
        if count >= 0x80 {
            let digits = count - 0x80
            guard (1...4).contains(digits) else { return .other }
            guard rest.count >= digits else { return .incomplete }
            count = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(digits)
        }
        guard rest.count >= count else { return .incomplete }
        return .whole(content: rest.prefix(count), rest: rest.dropFirst(count))
    }

    /// The content of the element at the start of `bytes`, and what follows it.
    ///
    /// nil unless it has that tag and is whole.
    package static func content(
        _ bytes: ArraySlice<UInt8>, tag: UInt8
    ) -> (content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard case .whole(let content, let rest) = first(in: bytes, tag: tag) else { return nil }
        return (content, rest)
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

/// The elements of a SEQUENCE one after the other; what is not as it must be is nil, never a crash.
package struct BERReader {
    private var rest: ArraySlice<UInt8>

    package init(_ content: ArraySlice<UInt8>) {
        rest = content
    }

    /// Of the one element with that tag which `bytes` must be.
    package init?(_ bytes: [UInt8], tag: UInt8) {
        guard let whole = BER.content(bytes[...], tag: tag), whole.rest.isEmpty else { return nil }
        rest = whole.content
    }

    package var isAtEnd: Bool { rest.isEmpty }

    /// The content of the next element if it has that tag and is whole; else nothing is taken.
    package mutating func take(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard let element = BER.content(rest, tag: tag) else { return nil }
        rest = element.rest
        return element.content
    }

    package mutating func octets() -> [UInt8]? {
        take(BER.octetString).map(Array.init)
    }

    /// `standard` where there is none; nil where there is one that is not of one octet.
    package mutating func boolean(standard: Bool) -> Bool? {
        guard rest.first == BER.boolean else { return standard }
        guard let content = take(BER.boolean), content.count == 1 else { return nil }
        return content.first != 0
    }

    /// An ENUMERATED of one octet, which is all that controls use.
    package mutating func enumerated() -> UInt8? {
        guard let content = take(BER.enumerated), content.count == 1 else { return nil }
        return content.first
    }
}
